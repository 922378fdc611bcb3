#include "app/confirmation_wiring.h"

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

}  // namespace

confirmation::Kinds confirmation_kinds() {
    return {{"contact",
             {.title = message("Contact"),
              .describe = describe,
              .change = change,
              .url = [](db::Connection& c, const std::string& record) -> std::string {
                  const auto p = organisations::contact(c, id_of(record));
                  if (!p) return "/organisationen";
                  const auto o = organisations::find(c, p->organisation);
                  return o && *o ? "/organisationen/" + (*o)->key : "/organisationen";
              }}}};
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
        confirmation::Reminding how;
        TRY(how.public_address, mail::public_address(c));
        TRY_VOID(confirmation::remind(c, confirmation_kinds(), how, now));
        return {};
    });
}

}  // namespace app
