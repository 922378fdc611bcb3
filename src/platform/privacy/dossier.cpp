#include <boost/json.hpp>

#include "platform/audit/api.h"
#include "platform/i18n/format.h"
#include "platform/i18n/translate.h"
#include "platform/identity/pages.h"
#include "platform/identity/second_factor.h"
#include "platform/pdf/api.h"
#include "platform/privacy/api.h"

namespace privacy {
namespace {

namespace json = boost::json;
using base::message;
using i18n::marked;

// One place where something may be kept about a person: :id the account, :email the address, :name the name.
struct Source {
    std::string_view key, title, sql;
    std::span<const Field> fields;
};
using Fields = Field[];

constexpr Fields account = {{"number", marked("Number"), Kind::number},
                            {"sign_in", marked("Sign-in name")},
                            {"display_name", marked("Shown to colleagues as")},
                            {"email", marked("E-mail address")},
                            {"role", marked("Role"), Kind::word},
                            {"office", marked("Number of the office"), Kind::number},
                            {"language", marked("Language")},
                            {"created", marked("Since"), Kind::moment},
                            {"disabled", marked("Disabled"), Kind::flag},
                            {"second_factor", marked("Second factor"), Kind::flag},
                            {"recovery_codes", marked("Recovery codes left"), Kind::number}};
constexpr Fields passkeys = {{"name", marked("Name")}, {"since", marked("Since"), Kind::moment}, {"last_used", marked("Last used"), Kind::moment}};
constexpr Fields sessions = {{"device", marked("Device")},
                             {"way", marked("Signed in by"), Kind::word},
                             {"since", marked("Since"), Kind::moment},
                             {"last_used", marked("Last used"), Kind::moment}};
constexpr Fields devices = {{"first_seen", marked("First seen"), Kind::moment}, {"last_seen", marked("Last seen"), Kind::moment}};
constexpr Fields providers = {{"issuer", marked("Issuer")}, {"subject", marked("Name there")}};
constexpr Fields tokens = {{"name", marked("Name")},
                           {"scopes", marked("Scope")},
                           {"since", marked("Since"), Kind::moment},
                           {"until", marked("Until"), Kind::moment},
                           {"last_used", marked("Last used"), Kind::moment}};
constexpr Fields kept_lists = {{"name", marked("Name")}, {"since", marked("Since"), Kind::moment}};
constexpr Fields exports = {{"ordered", marked("Ordered"), Kind::moment},
                            {"query", marked("Filter")},
                            {"format", marked("Format")},
                            {"measures", marked("Measures"), Kind::number},
                            {"state", marked("State"), Kind::word}};
constexpr Fields mails = {{"subject", marked("Subject")}, {"state", marked("State"), Kind::word}, {"queued", marked("Written"), Kind::moment}};
constexpr Fields subscriptions = {{"every_days", marked("Every so many days"), Kind::number},
                                  {"asked", marked("Asked for"), Kind::day},
                                  {"confirmed", marked("Confirmed"), Kind::day}};
constexpr Fields lists = {{"list", marked("Mailing list")},
                          {"consent", marked("Words of the consent")},
                          {"asked", marked("Asked for"), Kind::moment},
                          {"confirmed", marked("Confirmed"), Kind::moment},
                          {"left", marked("Left"), Kind::moment}};
constexpr Fields contacts = {{"organisation", marked("Organisation")},
                             {"function", marked("Function")},
                             {"person", marked("Person")},
                             {"email", marked("E-mail address")},
                             {"phone", marked("Telephone")},
                             {"published", marked("Published"), Kind::flag},
                             {"withdrawn", marked("Withdrawn"), Kind::moment}};
constexpr Fields consents = {{"field", marked("Field"), Kind::word},
                             {"purpose", marked("Purpose"), Kind::word},
                             {"given", marked("Given on"), Kind::day},
                             {"withdrawn", marked("Withdrawn on"), Kind::day}};
constexpr Fields addresses = {{"what", marked("For what")}, {"since", marked("Since"), Kind::day}};
constexpr Fields offices = {{"office", marked("Office")},
                            {"holder", marked("Holder")},
                            {"deputy", marked("Deputy")},
                            {"from", marked("From"), Kind::day},
                            {"until", marked("Until"), Kind::day}};
constexpr Fields seats = {{"seat", marked("Seat")},
                          {"representative", marked("Representative")},
                          {"substitute", marked("Substitute")},
                          {"from", marked("From"), Kind::day},
                          {"until", marked("Until"), Kind::day}};
constexpr Fields barriers = {{"received", marked("Received"), Kind::moment}, {"page", marked("Page")}, {"description", marked("Description")}};
constexpr Fields views = {{"on", marked("Day"), Kind::day}, {"viewer", marked("Who")}, {"what", marked("What was opened"), Kind::word}};
constexpr Fields changes = {{"at", marked("When"), Kind::moment},
                            {"subject", marked("Kind of record")},
                            {"record", marked("Record")},
                            {"action", marked("What was done"), Kind::word}};

constexpr Source sources[] = {
    {"account", marked("Account"),
     R"sql(select id as number, sign_in, display_name, email, role, office_id as office, language, created_at as created,
                  disabled_at is not null as disabled, totp_secret is not null as second_factor,
                  (select count(*) from recovery_codes r where r.account_id = a.id and r.used_at is null) as recovery_codes
             from accounts a where id = :id)sql",
     account},
    {"passkeys", marked("Passkeys"), "select name, created_at as since, last_used_at as last_used from passkeys where account_id = :id order by id",
     passkeys},
    {"sessions", marked("Sessions"),
     "select device, way, created_at as since, last_seen_at as last_used from sessions where account_id = :id order by created_at", sessions},
    {"devices", marked("Devices seen before"),
     "select first_seen_at as first_seen, last_seen_at as last_seen from known_devices where account_id = :id order by first_seen_at", devices},
    {"identity_providers", marked("Sign-in by a provider"), "select issuer, subject from account_subjects where account_id = :id order by issuer",
     providers},
    {"api_tokens", marked("Keys for programs"),
     "select name, scopes, created_at as since, expires_at as until_on, last_used_at as last_used from api_tokens where account_id = :id order by id",
     tokens},
    {"filters", marked("Saved filters"), "select name, created_at as since from measure_filters where account_id = :id order by id", kept_lists},
    {"uploads", marked("Uploaded lists"), "select name, uploaded_at as since from measure_uploads where account_id = :id order by id", kept_lists},
    {"exports", marked("Lists written to a file"),
     "select ordered_at as ordered, query, format, total as measures, state from measure_exports where account_id = :id order by ordered_at, id",
     exports},
    {"mails", marked("Mails"), "select subject, state, queued_at as queued from mail_outbox where lower(recipient) = :email order by id", mails},
    {"subscriptions", marked("Subscriptions"),
     "select every_days, asked_on as asked, confirmed_on as confirmed from digest_subscriptions where lower(mail) = :email order by id",
     subscriptions},
    {"lists", marked("Mailing lists"),
     R"sql(select l.title_de as list, s.consent, s.asked_at as asked, s.confirmed_at as confirmed, s.left_at as left_list
             from mailing_subscribers s join mailing_lists l on l.id = s.list_id where s.email_key = :email order by s.id)sql",
     lists},
    {"contacts", marked("Contact of an organisation"),
     R"sql(select o.name_de as organisation, p.label_de as function, p.person, p.email, p.phone, p.published, p.withdrawn_at as withdrawn
             from contact_points p join organisations o on o.id = p.organisation_id
            where (:email <> '' and lower(p.email) = :email) or (:name <> '' and p.person = :name) order by p.id)sql",
     contacts},
    {"consents", marked("Consents"),
     R"sql(select n.field, n.purpose, n.given_on as given, n.withdrawn_on as withdrawn
             from contact_consents n join contact_points p on p.id = n.contact_id
            where (:email <> '' and lower(p.email) = :email) or (:name <> '' and p.person = :name) order by n.id)sql",
     consents},
    {"confirmations", marked("Address for confirmations"),
     "select title as what, due_on as since from confirmation_subjects where lower(email) = :email order by id", addresses},
    {"status_rounds", marked("Address of an office or partner that is asked"),
     R"sql(select b.name_de as what, cast(null as {day}) as since from office_details d join bearers b on b.id = d.office_id where lower(d.mail) = :email
           union all select partner, invited_on from commitment_invitations where lower(mail) = :email)sql",
     addresses},
    {"offices", marked("Offices held"),
     R"sql(select b.name_de as office, h.holder, h.deputy, h.from_on, h.until_on from office_holdings h join bearers b on b.id = h.office_id
            where h.holder = :name or h.deputy = :name order by h.id)sql",
     offices},
    {"seats", marked("Seats in networks"),
     R"sql(select s.title_de as seat, t.representative, t.substitute, t.from_on, t.until_on from seat_terms t join group_seats s on s.id = t.seat_id
            where t.representative = :name or t.substitute = :name order by t.id)sql",
     seats},
    {"barriers", marked("Reports of barriers"),
     "select received_at as received, page, description from accessibility_feedback where lower(contact) = :email order by id", barriers},
    {"views", marked("Who looked at these data"),
     R"sql(select v.on_day, coalesce(a.display_name, '') as viewer, v.what from personal_data_views v left join accounts a on a.id = v.viewer_id
            where v.person_id in (0, :id) and v.viewer_id <> :id order by v.on_day desc, v.id desc)sql",
     views},
    {"changes", marked("Changes made with the account"),
     "select at, subject, record, action from audit_entries where account_id = :id order by number desc", changes},
};

std::string cell_of(const db::Row& row, const Field& f) {
    // "from", "until", "on" and "left" are words of SQL.
    const auto column = f.key == "from"    ? "from_on"
                        : f.key == "until" ? "until_on"
                        : f.key == "on"    ? "on_day"
                        : f.key == "left"  ? "left_list"
                                           : std::string(f.key);
    if (row.is_null(column)) return {};
    switch (f.kind) {
        case Kind::text:
        case Kind::word: return row.text(column);
        case Kind::number: return std::to_string(row.int64(column));
        case Kind::flag: return row.boolean(column) ? "true" : "false";
        case Kind::day: return base::iso(row.day(column));
        case Kind::moment: return base::iso(row.instant(column));
    }
    return {};
}

// What a source asks for; without it the source has nothing to say.
bool applies(const Source& s, const Person& p) {
    const auto asks = [&](std::string_view name) { return s.sql.find(name) != std::string_view::npos; };
    return (asks(":id") && p.account) || (asks(":email") && !p.email.empty()) || (asks(":name") && !p.name.empty());
}

base::Result<Section> read(db::Connection& c, const Source& s, const Person& p) {
    Section out{.key = s.key, .title = s.title, .fields = s.fields, .rows = {}};
    if (!applies(s, p)) return out;
    db::Parameters parameters;
    const auto asks = [&](std::string_view name) { return s.sql.find(name) != std::string_view::npos; };
    if (asks(":id")) parameters.emplace_back("id", p.account.value);
    if (asks(":email")) parameters.emplace_back("email", p.email);
    if (asks(":name")) parameters.emplace_back("name", p.name);
    std::string sql(s.sql);
    if (const auto at = sql.find("{day}"); at != std::string::npos) sql.replace(at, 5, c.engine() == db::Engine::sqlite ? "text" : "date");
    TRY_VOID(c.for_each(sql, parameters, [&](const db::Row& row) {
        auto& cells = out.rows.emplace_back();
        for (const auto& f : s.fields) cells.push_back(cell_of(row, f));
    }));
    return out;
}

base::Message word(const std::string& value) {
    if (const auto role = identity::role_named(value)) return identity::title_of(*role);
    for (const auto& page : watched_pages())
        if (page.what == value) return message(page.title);
    static const std::map<std::string, base::Message, std::less<>> words{{"password", message("password")},
                                                                         {"passkey", message("passkey")},
                                                                         {"provider", message("provider")},
                                                                         {"waiting", message("waits")},
                                                                         {"running", message("is being written")},
                                                                         {"done", message("done")},
                                                                         {"failed", message("failed")},
                                                                         {"queued", message("waits")},
                                                                         {"sent", message("sent")},
                                                                         {"given_up", message("given up")},
                                                                         {"withheld", message("withheld")},
                                                                         {"person", message("Person")},
                                                                         {"email", message("E-mail address")},
                                                                         {"phone", message("Telephone")},
                                                                         {"create", message("Created")},
                                                                         {"change", message("Changed")},
                                                                         {"withdraw", message("Withdrawn")},
                                                                         {"publish", message("Published")},
                                                                         {"search", message("Everything kept about the person")}};
    const auto found = words.find(value);
    return found == words.end() ? message(value) : found->second;
}

json::value value_of(Kind kind, const std::string& cell) {
    if (cell.empty() && kind != Kind::text) return nullptr;
    if (kind == Kind::number) return std::stoll(cell);
    if (kind == Kind::flag) return cell == "true";
    return json::value(cell);
}

}  // namespace

bool Dossier::empty() const {
    return std::all_of(sections.begin(), sections.end(), [](const Section& s) { return s.rows.empty(); });
}

base::Result<Dossier> dossier(db::Connection& c, const Person& asked, const identity::Actor& by, base::Instant now) {
    Dossier out{.person = asked, .made = now, .sections = {}};
    if (asked.account) {
        TRY(const auto a, identity::account(c, asked.account));
        out.person.name = a.display_name;
        out.person.email = a.email;
    }
    out.person.email = identity::normal_sign_in(out.person.email);
    for (const auto& source : sources) {
        TRY(auto section, read(c, source, out.person));
        out.sections.push_back(std::move(section));
    }
    if (asked.account && by.account == asked.account) return out;
    TRY_VOID(audit::record(c, by, now, "privacy.person", asked.account ? std::to_string(asked.account.value) : "search", "read", {}, {}));
    return out;
}

std::string as_json(const Dossier& d) {
    json::object out;
    for (const auto& s : d.sections) {
        json::array rows;
        for (const auto& row : s.rows) {
            json::object one;
            for (std::size_t i = 0; i < s.fields.size(); ++i) one[s.fields[i].key] = value_of(s.fields[i].kind, row[i]);
            rows.push_back(std::move(one));
        }
        // There is at most one account, and it is no list.
        if (s.key == "account") {
            if (!rows.empty()) out[s.key] = std::move(rows.front());
        } else {
            out[s.key] = std::move(rows);
        }
    }
    return json::serialize(out);
}

base::Result<std::string> about(db::Connection& c, identity::AccountId id, const identity::Actor& by, base::Instant now) {
    TRY(const auto d, dossier(c, {.account = id, .name = {}, .email = {}}, by, now));
    return as_json(d);
}

std::string shown(i18n::Language language, Kind kind, const std::string& value) {
    if (value.empty()) return value;
    switch (kind) {
        case Kind::text:
        case Kind::number: return value;
        case Kind::word: return i18n::translate(language, word(value));
        case Kind::flag: return i18n::translate(language, value == "true" ? message("yes") : message("no"));
        case Kind::day: {
            const auto day = base::parse_iso_day(value);
            return day ? i18n::format_day(language, *day) : value;
        }
        case Kind::moment: {
            const auto moment = base::parse_iso_instant(value);
            return moment ? i18n::format_moment(language, *moment) : value;
        }
    }
    return value;
}

base::Result<std::string> as_pdf(const Dossier& d, i18n::Language language, const std::string& municipality) {
    const auto say = [&](const base::Message& m) { return i18n::translate(language, m); };
    pdf::Document document({.title = say(message("What is kept about {name}", {{"name", d.person.name.empty() ? d.person.email : d.person.name}})),
                            .language = std::string(i18n::code(language)),
                            .foot = municipality,
                            .page = say(message("Page {page}"))});
    document.paragraph(say(message("Art. 15 GDPR. Made on {moment}.", {{"moment", i18n::format_moment(language, d.made)}})));
    std::string nothing;
    for (const auto& s : d.sections) {
        if (s.rows.empty()) {
            nothing += (nothing.empty() ? "" : ", ") + say(message(s.title));
            continue;
        }
        document.heading(say(message(s.title)));
        std::vector<std::string> head;
        std::vector<std::vector<std::string>> rows;
        if (s.rows.size() == 1 && s.fields.size() > 6) {  // many fields of one record stand below each other
            head = {say(message("Field")), say(message("Value"))};
            for (std::size_t i = 0; i < s.fields.size(); ++i)
                rows.push_back({say(message(s.fields[i].title)), shown(language, s.fields[i].kind, s.rows.front()[i])});
        } else {
            for (const auto& f : s.fields) head.push_back(say(message(f.title)));
            for (const auto& row : s.rows) {
                auto& cells = rows.emplace_back();
                for (std::size_t i = 0; i < row.size(); ++i) cells.push_back(shown(language, s.fields[i].kind, row[i]));
            }
        }
        document.table(head, rows);
    }
    if (!nothing.empty()) document.paragraph(say(message("Nothing is kept under: {list}.", {{"list", nothing}})));
    return document.bytes();
}

}  // namespace privacy
