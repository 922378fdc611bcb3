#include "app/confirmation_wiring.h"

#include "app/recipients.h"
#include "groups/store.h"
#include "network/api.h"
#include "organisations/rules.h"
#include "platform/mail/api.h"

namespace app {
namespace {

using base::message;

organisations::ContactId id_of(const std::string& record) { return {std::atoll(record.c_str())}; }

base::Result<std::vector<confirmation::Line>> describe(db::Connection& c, const std::string& record) {
    TRY(const auto p, organisations::contact(c, id_of(record)));
    TRY(const auto organisation, organisations::find(c, p.organisation));
    const auto say = [](const base::Message& m) { return i18n::translate(i18n::default_language, m); };
    std::vector<confirmation::Line> out{{"", say(message("Organisation")), organisation ? organisation->name.de : std::string()},
                                        {"label_de", say(message("What the contact is for")), p.label.de}};
    if (p.is_person) out.push_back({"person", say(message("Name of the person")), p.person});
    out.push_back({"email", say(message("E-mail")), p.email});
    out.push_back({"phone", say(message("Telephone")), p.phone});
    return out;
}

base::Result<void> change(db::Connection& c, const std::string& record, const std::map<std::string, std::string>& values, base::Instant now) {
    TRY(auto p, organisations::contact(c, id_of(record)));
    // Only what the link's page offered: whoever got the mail corrects their own address, nothing else.
    const auto take = [&](const char* name, std::string& to) {
        const auto it = values.find(name);
        if (it != values.end()) to = it->second.substr(0, 200);
    };
    take("label_de", p.label.de);
    if (p.is_person) take("person", p.person);
    take("email", p.email);
    take("phone", p.phone);
    TRY_VOID(organisations::save_contact(c, p, {{}, now}));
    return keep_contact_current(c, p, false, now);
}

base::Result<std::string> organisation_of_contact(db::Connection& c, const std::string& record) {
    TRY(const auto p, organisations::contact(c, id_of(record)));
    TRY(const auto o, organisations::find(c, p.organisation));
    return o ? o->name.de : std::string();
}

// ---- Memberships: who sits for whom in a network or working group ----

struct Membership {
    groups::Group group;
    groups::Seat seat;
    groups::Term term;
    std::optional<organisations::Organisation> organisation;
};

base::Result<std::vector<Membership>> memberships(db::Connection& c, std::optional<groups::TermId> only = {}) {
    TRY(const auto all, groups::all(c));
    TRY(const auto seats, groups::seats(c));
    TRY(const auto terms, groups::terms(c));
    std::vector<Membership> out;
    for (const auto& term : terms) {
        if (!term.organisation || (only && term.id != *only)) continue;
        const auto seat = std::find_if(seats.begin(), seats.end(), [&](const auto& s) { return s.id == term.seat; });
        if (seat == seats.end()) continue;
        const auto group = std::find_if(all.begin(), all.end(), [&](const auto& g) { return g.id == seat->group; });
        if (group == all.end()) continue;
        TRY(auto organisation, organisations::find(c, term.organisation));
        out.push_back({*group, *seat, term, std::move(organisation)});
    }
    return out;
}

base::Result<Membership> membership(db::Connection& c, const std::string& record) {
    TRY(auto found, memberships(c, groups::TermId{std::atoll(record.c_str())}));
    if (found.empty()) return base::error(base::ErrorKind::not_found, "nobody sits there any more");
    return std::move(found.front());
}

base::Result<std::vector<confirmation::Line>> describe_membership(db::Connection& c, const std::string& record) {
    TRY(const auto m, membership(c, record));
    const auto say = [](const base::Message& text) { return i18n::translate(i18n::default_language, text); };
    return std::vector<confirmation::Line>{{"", say(message("Network or working group")), m.group.title.de},
                                           {"", say(message("Seat")), m.seat.title.de},
                                           {"", say(message("Who sits there")), m.organisation ? m.organisation->name.de : std::string()},
                                           {"representative", say(message("Representative")), m.term.representative},
                                           {"substitute", say(message("Stands in")), m.term.substitute}};
}

base::Result<void> change_membership(db::Connection& c, const std::string& record, const std::map<std::string, std::string>& values,
                                     base::Instant now) {
    TRY(auto m, membership(c, record));
    const auto take = [&](const char* name, std::string& to) {
        const auto it = values.find(name);
        if (it != values.end()) to = it->second.substr(0, 120);
    };
    take("representative", m.term.representative);
    take("substitute", m.term.substitute);
    return groups::name_people(c, m.term.id, m.term.representative, m.term.substitute, {{}, now});
}

// Where an organisation is asked: at the contact it names for networks, else at a function, else at whatever address there is.
std::string address_of(const std::vector<organisations::ContactPoint>& contacts, base::Day today) {
    const auto rank = [&](const organisations::ContactPoint& p) {
        if (!mail::is_address(p.email) || (p.from && today < *p.from) || (p.until && *p.until < today)) return 0;
        return p.topic == "network" ? 3 : p.is_person ? 1 : 2;
    };
    const organisations::ContactPoint* best = nullptr;
    for (const auto& p : contacts)
        if (rank(p) > (best ? rank(*best) : 0)) best = &p;
    return best ? best->email : std::string();
}

base::Result<void> keep_memberships_current(db::Connection& c, base::Instant now) {
    const auto today = base::berlin_day(now);
    TRY(const auto all, memberships(c));
    std::set<std::string> standing;
    for (const auto& m : all) {
        if (!m.term.covers(today) || (m.group.until && *m.group.until < today)) continue;
        TRY(const auto contacts, organisations::contacts_of(c, m.term.organisation));
        confirmation::Subject s;
        s.kind = "membership";
        s.record = std::to_string(m.term.id.value);
        s.title = m.seat.title.de + ", " + m.group.title.de;
        s.office = m.group.lead.empty() ? "officer" : m.group.lead;
        s.email = address_of(contacts, today);
        s.sample = m.term.sample;
        standing.insert(s.record);
        TRY(const auto kept, confirmation::find(c, s.kind, s.record));
        if (!kept || kept->title != s.title || kept->office != s.office || kept->email != s.email) TRY_VOID(confirmation::keep(c, s, today));
    }
    TRY(const auto kept, confirmation::records_of(c, "membership"));
    for (const auto& record : kept)
        if (!standing.contains(record)) TRY_VOID(confirmation::drop(c, "membership", record, now));
    return {};
}

// Of the office, else the officers.
base::Result<std::vector<confirmation::Recipient>> people_of(db::Connection& c, const std::string& office) {
    TRY(const auto bearers, network::bearers(c));
    TRY(const auto all, recipients(c));
    const auto* found = &all.officers;
    for (const auto& b : bearers)
        if (const auto at = all.of_office.find(b.id.value); b.key == office && at != all.of_office.end()) found = &at->second;
    std::vector<confirmation::Recipient> out;
    for (const auto& one : *found) out.push_back({one.address, one.name, one.language});
    return out;
}

}  // namespace

confirmation::Kinds confirmation_kinds() {
    return {{"membership",
             {.title = message("Membership"),
              .describe = describe_membership,
              .change = change_membership,
              .url = [](db::Connection& c, const std::string& record) -> std::string {
                  const auto m = membership(c, record);
                  return m ? "/netzwerke/" + m->group.key : "/netzwerke";
              },
              .by = [](db::Connection& c, const std::string& record) -> base::Result<std::string> {
                  TRY(const auto m, membership(c, record));
                  return m.organisation ? m.organisation->name.de : m.seat.title.de;
              }}},
            {"contact",
             {.title = message("Contact"),
              .describe = describe,
              .change = change,
              .url = [](db::Connection& c, const std::string& record) -> std::string {
                  const auto p = organisations::contact(c, id_of(record));
                  if (!p) return "/organisationen";
                  const auto o = organisations::find(c, p->organisation);
                  return o && *o ? "/organisationen/" + (*o)->key : "/organisationen";
              },
              .by = organisation_of_contact}}};
}

confirmation::Wiring confirmation_wiring(std::function<base::Result<void>(db::Connection&)> changed) {
    confirmation::Wiring out;
    out.kinds = confirmation_kinds();
    out.changed = std::move(changed);
    out.office_name = [](db::Connection& c, std::int64_t office) -> base::Result<std::string> {
        TRY(const auto all, network::bearers(c));
        for (const auto& b : all)
            if (b.id.value == office) return b.name.de;
        return std::string();
    };
    return out;
}

base::Result<void> keep_contact_current(db::Connection& c, const organisations::ContactPoint& p, bool gone, base::Instant now) {
    const auto record = std::to_string(p.id.value);
    const auto today = base::berlin_day(now);
    if (gone || (p.until && *p.until < today)) return confirmation::drop(c, "contact", record, now);
    TRY(const auto organisation, organisations::find(c, p.organisation));
    confirmation::Subject s;
    s.kind = "contact";
    s.record = record;
    s.title = p.label.de + ", " + (organisation ? organisation->name.de : std::string());
    s.office = "officer";
    s.email = p.email;
    s.sample = p.sample;
    TRY_VOID(confirmation::keep(c, s, today));
    return {};
}

base::Result<void> remind_of_confirmations(db::Database& database, const base::Clock& clock) {
    return database.write([&](db::Connection& c) -> base::Result<void> {
        const auto now = clock.now();
        TRY(const auto contacts, organisations::all_contacts(c));
        for (const auto& p : contacts) {
            TRY(const auto kept, confirmation::find(c, "contact", std::to_string(p.id.value)));
            if (!kept) TRY_VOID(keep_contact_current(c, p, false, now));
        }
        TRY_VOID(keep_memberships_current(c, now));
        confirmation::Reminding how;
        how.people_of = people_of;
        TRY(how.public_address, mail::public_address(c));
        TRY_VOID(confirmation::remind(c, confirmation_kinds(), how, now));
        return {};
    });
}

}  // namespace app
