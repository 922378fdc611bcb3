// Contact points and the consents of persons (Art. 6 (1) a and 7 GDPR).
#include <fmt/format.h>

#include "organisations/rules.h"
#include "organisations/store.h"
#include "platform/audit/api.h"

namespace organisations {
namespace {

using base::message;

constexpr std::string_view columns =
    "id, organisation_id, kind, label_de, label_en, person, email, phone, topic, from_on, until_on, published, evidence_key, sample";

ContactPoint contact_of(const db::Row& row) {
    ContactPoint out;
    out.id = row.id<ContactId>("id");
    out.organisation = row.id<OrganisationId>("organisation_id");
    out.is_person = row.text("kind") == "person";
    out.label = {row.text("label_de"), row.text("label_en")};
    out.person = row.text("person");
    out.email = row.text("email");
    out.phone = row.text("phone");
    out.topic = row.text("topic");
    out.from = row.optional_day("from_on");
    out.until = row.optional_day("until_on");
    out.published = row.boolean("published");
    out.evidence_key = row.text("evidence_key");
    out.sample = row.boolean("sample");
    return out;
}

audit::Values values_of(const ContactPoint& p) {
    return {{"organisation", std::to_string(p.organisation.value)},
            {"kind", p.is_person ? "person" : "function"},
            {"label_de", p.label.de},
            {"label_en", p.label.en},
            {"person", p.person},
            {"email", p.email},
            {"phone", p.phone},
            {"topic", p.topic},
            {"from", p.from ? base::iso(*p.from) : ""},
            {"until", p.until ? base::iso(*p.until) : ""},
            {"published", p.published ? "yes" : "no"}};
}

base::Result<void> recorded(db::Connection& c, const By& by, ContactId id, std::string action, audit::Values before, audit::Values after) {
    return audit::record(c, by.actor, by.now, "organisations.contact", std::to_string(id.value), std::move(action), std::move(before),
                         std::move(after));
}

base::Result<void> add_consents(db::Connection& c, std::vector<ContactPoint>& all, std::string_view where, const db::Parameters& p) {
    std::map<std::int64_t, ContactPoint*> by_id;
    for (auto& one : all) by_id[one.id.value] = &one;
    return c.for_each(
        fmt::format("select id, contact_id, field, purpose, given_on, withdrawn_on from contact_consents where contact_id in ({}) order by id",
                    where),
        p, [&](const db::Row& row) {
            if (const auto it = by_id.find(row.int64("contact_id")); it != by_id.end())
                it->second->consents.push_back(
                    {row.int64("id"), row.text("field"), row.text("purpose"), row.day("given_on"), row.optional_day("withdrawn_on")});
        });
}

base::Result<std::vector<ContactPoint>> read(db::Connection& c, const std::string& where, const db::Parameters& p) {
    TRY(auto all, c.query<ContactPoint>(
                      fmt::format("select {} from contact_points where {} and withdrawn_at is null order by organisation_id, id", columns, where), p,
                      contact_of));
    TRY_VOID(add_consents(c, all, fmt::format("select id from contact_points where {}", where), p));
    return all;
}

}  // namespace

base::Result<std::vector<ContactPoint>> contacts_of(db::Connection& c, OrganisationId id) { return read(c, "organisation_id = :id", {{"id", id}}); }
base::Result<std::vector<ContactPoint>> all_contacts(db::Connection& c) { return read(c, "1 = 1", {}); }

base::Result<ContactPoint> contact(db::Connection& c, ContactId id) {
    TRY(auto found, read(c, "id = :id", {{"id", id}}));
    if (found.empty()) return base::error(base::ErrorKind::not_found, "no such contact");
    return std::move(found.front());
}

base::Result<std::optional<audit::Trail>> trail(db::Connection& c, std::string_view key) {
    TRY(const auto o, find_by_key(c, key));
    if (!o) return std::optional<audit::Trail>();
    audit::Trail out{o->name, "/organisationen/" + o->key, {{"organisations.organisation", o->key}}};
    TRY_VOID(c.for_each("select id, label_de from contact_points where organisation_id = :id order by id", {{"id", o->id}}, [&](const db::Row& row) {
        out.traces.push_back({"organisations.contact", std::to_string(row.int64("id")), row.text("label_de")});
    }));
    return std::optional(std::move(out));
}

base::Result<ContactId> save_contact(db::Connection& c, const ContactPoint& p, const By& by) {
    auto mistakes = mistakes_in(p);
    const auto key = email_key(p.email);
    if (!key.empty()) {
        TRY_VOID(c.for_each(
            R"sql(
            select o.name_de
              from contact_points p
              join organisations o on o.id = p.organisation_id
             where p.email_key = :key and p.withdrawn_at is null and p.id <> :id
        )sql",
            {{"key", key}, {"id", p.id.value}}, [&](const db::Row& row) {
                mistakes.push_back(
                    {"email",
                     message("This e-mail address stands at “{name}” already. One address reaches one place.", {{"name", row.text("name_de")}}), 0});
            }));
    }
    if (!mistakes.empty()) return base::error({base::ErrorKind::invalid_input, "a contact with mistakes", std::move(mistakes), {}});
    db::Parameters values{{"organisation", p.organisation},
                          {"kind", p.is_person ? "person" : "function"},
                          {"label_de", p.label.de},
                          {"label_en", p.label.en},
                          {"person", p.person},
                          {"email", p.email},
                          {"email_key", key},
                          {"phone", p.phone},
                          {"topic", p.topic},
                          {"from", p.from},
                          {"until", p.until},
                          {"published", p.published}};
    ContactId id = p.id;
    if (!id) {
        values.emplace_back("sample", p.sample);
        TRY(id, c.insert<ContactId>(R"sql(
            insert into contact_points (organisation_id, kind, label_de, label_en, person, email, email_key, phone, topic, from_on, until_on, published, sample)
            values (:organisation, :kind, :label_de, :label_en, :person, :email, :email_key, :phone, :topic, :from, :until, :published, :sample)
            returning id
        )sql",
                                    values));
        TRY_VOID(recorded(c, by, id, "create", {}, values_of(p)));
        for (const auto& consent : p.consents) TRY_VOID(give_consent(c, id, consent, by));
        return id;
    }
    TRY(const auto before, contact(c, id));
    values.emplace_back("id", id);
    TRY_VOID(c.execute(R"sql(
        update contact_points
           set organisation_id = :organisation, kind = :kind, label_de = :label_de, label_en = :label_en, person = :person, email = :email,
               email_key = :email_key, phone = :phone, topic = :topic, from_on = :from, until_on = :until, published = :published
         where id = :id
    )sql",
                       values));
    TRY_VOID(recorded(c, by, id, "change", values_of(before), values_of(p)));
    return id;
}

base::Result<void> note_evidence(db::Connection& c, ContactId id, const std::string& key) {
    TRY_VOID(c.execute("update contact_points set evidence_key = :key where id = :id", {{"key", key}, {"id", id}}));
    return {};
}

base::Result<void> withdraw_contact(db::Connection& c, ContactId id, const By& by) {
    TRY(const auto before, contact(c, id));
    TRY_VOID(c.execute("update contact_points set withdrawn_at = :now where id = :id", {{"now", by.now}, {"id", id}}));
    return recorded(c, by, id, "withdraw", values_of(before), {});
}

base::Result<void> give_consent(db::Connection& c, ContactId id, const Consent& consent, const By& by) {
    TRY(const auto p, contact(c, id));
    if (!p.is_person) return base::invalid("field", message("Only a person consents; of a function you decide what is published."));
    if (consent.field != "person" && consent.field != "email" && consent.field != "phone")
        return base::invalid("field", message("Please choose one of the fields offered."));
    if (consents(p, consent.field, consent.purpose, consent.given_on)) return base::invalid("field", message("This consent is recorded already."));
    TRY_VOID(c.execute(
        "insert into contact_consents (contact_id, field, purpose, given_on, withdrawn_on) values (:id, :field, :purpose, :given, :withdrawn)",
        {{"id", id}, {"field", consent.field}, {"purpose", consent.purpose}, {"given", consent.given_on}, {"withdrawn", consent.withdrawn_on}}));
    return recorded(c, by, id, "consent", {}, {{"field", consent.field}, {"purpose", consent.purpose}, {"given_on", base::iso(consent.given_on)}});
}

base::Result<void> withdraw_consent(db::Connection& c, ContactId id, std::int64_t consent, base::Day on, const By& by) {
    TRY(const auto changed,
        c.execute("update contact_consents set withdrawn_on = :on where id = :consent and contact_id = :id and withdrawn_on is null",
                  {{"on", on}, {"consent", consent}, {"id", id}}));
    if (changed == 0) return base::error(base::ErrorKind::not_found, "no such consent in force");
    return recorded(c, by, id, "withdraw consent", {{"consent", std::to_string(consent)}}, {{"withdrawn_on", base::iso(on)}});
}

}  // namespace organisations
