#include "history/pages.h"

#include "duties/api.h"
#include "evidence/api.h"
#include "network/api.h"
#include "plan/api.h"
#include "platform/audit/api.h"
#include "platform/identity/store.h"
#include "platform/web/page.h"
#include "platform/web/url.h"

namespace history {
namespace {

using base::message;

constexpr std::int64_t entries_a_page = 50;

// A record of the log that belongs to what the page is about.
struct Subject {
    std::string subject, record;
    std::string of{};  // which part it is: a period, a term of office
};

struct Record {
    web::Text title = std::string();
    std::string url;
    std::vector<Subject> subjects;
};

base::Result<std::optional<Record>> plan_of(db::Connection& c, const std::string& key, const std::string& language) {
    TRY(const auto all, plan::plans(c));
    for (const auto& p : all)
        if (p.key == key)
            return std::optional(
                Record{p.title.in(language), "/konzept/" + web::url_encode(key), {{"plan.plan", key}, {"plan.plan", std::to_string(p.id.value)}}});
    return std::optional<Record>();
}

base::Result<std::optional<Record>> duty_of(db::Connection& c, const std::string& key, const std::string& language) {
    TRY(const auto duty, duties::find_duty(c, key));
    if (!duty) return std::optional<Record>();
    Record out{duty->title.in(language), "/pflichten/" + web::url_encode(key), {{"duties.duty", key}}};
    // What was decided or explained stands in the log by duty and period.
    std::set<std::string> seen;
    const auto add = [&](const char* subject, const auto& all) {
        for (const auto& fact : all)
            if (fact.duty == key && seen.insert(subject + fact.period).second)
                out.subjects.push_back({subject, key + "/" + fact.period, fact.period});
    };
    TRY(const auto waived, duties::waivers(c));
    TRY(const auto extended, duties::extensions(c));
    TRY(const auto explained, duties::explanations(c));
    add("duties.waiver", waived);
    add("duties.extension", extended);
    add("duties.explanation", explained);
    return std::optional(std::move(out));
}

base::Result<std::optional<Record>> evidence_of(db::Connection& c, const std::string& key, const std::string& language) {
    TRY(const auto entry, evidence::find_by_key(c, key));
    if (!entry) return std::optional<Record>();
    const auto& r = entry->record;
    return std::optional(Record{r.title.empty() ? evidence::name_of_kind(r.kind).in(language) : r.title.in(language),
                                "/nachweise/" + web::url_encode(key),
                                {{"evidence.entry", key}}});
}

base::Result<std::optional<Record>> office_of(db::Connection& c, const std::string& key, const std::string& language) {
    TRY(const auto all, network::bearers(c));
    TRY(const auto terms, network::holdings(c));
    for (const auto& b : all) {
        if (b.key != key) continue;
        Record out{b.name.in(language), "/stellen/" + web::url_encode(key), {{"network.bearer", key}}};
        for (const auto& h : terms)
            if (h.office == b.id) out.subjects.push_back({"network.holding", std::to_string(h.id.value), base::iso(h.from)});
        return std::optional(std::move(out));
    }
    return std::optional<Record>();
}

struct Named {
    std::string_view name;
    base::Message words;
};

// What the log calls a field or an action, as a person does. A name without words here is shown as it is.
const std::vector<Named>& words() {
    static const std::vector<Named> all{{"create", message("Created")},
                                        {"change", message("Changed")},
                                        {"withdraw", message("Withdrawn")},
                                        {"publish", message("Published")},
                                        {"withdraw_publication", message("Taken back from publication")},
                                        {"adopt", message("Adopted")},
                                        {"confirm", message("Confirmed")},
                                        {"end", message("Ended")},
                                        {"title_de", message("Title")},
                                        {"title_en", message("Title in English")},
                                        {"name_de", message("Name")},
                                        {"name_en", message("Name in English")},
                                        {"published", message("Publication")},
                                        {"bearer", message("Bearer")},
                                        {"joint", message("Joint bearers")},
                                        {"modality", message("Modality")},
                                        {"valid_from", message("Valid from")},
                                        {"valid_until", message("Valid until")},
                                        {"grace_days", message("Grace in days")},
                                        {"rule", message("The rule")},
                                        {"origins", message("Origin")},
                                        {"clause", message("Clause")},
                                        {"statement", message("Statement")},
                                        {"kind", message("Kind")},
                                        {"subject", message("Subject")},
                                        {"organisation", message("Organisation")},
                                        {"occurred_on", message("Day it happened")},
                                        {"until", message("Holds until")},
                                        {"quantity", message("Quantity")},
                                        {"note", message("Internal note")},
                                        {"link", message("Link")},
                                        {"reason", message("Reason")},
                                        {"reason_de", message("Reason")},
                                        {"resolution", message("Resolution")},
                                        {"decided_on", message("Decided on")},
                                        {"new_due", message("New day")},
                                        {"withdrawn_on", message("Withdrawn on")},
                                        {"text_de", message("Text")},
                                        {"holder", message("Holder")},
                                        {"deputy", message("Deputy")},
                                        {"from", message("From")}};
    return all;
}

std::string in_words(const web::Context& context, const std::string& name) {
    for (const auto& known : words())
        if (known.name == name) return context.say(known.words);
    return name;
}

void fill_difference(web::View row, const web::Context& context, const audit::Difference& d) {
    row.set("FIELD", in_words(context, d.field));
    row.show_if("PURGED", d.purged);
    const auto shown = [](const std::optional<std::string>& side) { return side && !side->empty(); };
    if (shown(d.before)) row.section("BEFORE").set("TEXT", *d.before);
    if (shown(d.after)) row.section("AFTER").set("TEXT", *d.after);
    row.show_if("BOTH", shown(d.before) && shown(d.after));
}

base::Result<http::Response> page_of(db::Database& database, const http::Request& request, const web::Context& context) {
    // Not allowed looks like not there.
    if (!context.actor.signed_in()) return base::error(base::ErrorKind::not_found, "no history for the public");
    using Find = base::Result<std::optional<Record>> (*)(db::Connection&, const std::string&, const std::string&);
    static const std::map<std::string, Find> finders{{"konzept", plan_of}, {"pflicht", duty_of}, {"nachweis", evidence_of}, {"stelle", office_of}};
    const auto finder = finders.find(request.path_values.get("what"));
    if (finder == finders.end()) return base::error(base::ErrorKind::not_found, "no such history");
    const auto older = context.query.get("vor");
    struct Found {
        Record record;
        std::vector<std::pair<audit::Entry, std::string>> entries;
        std::map<std::int64_t, std::string> names;
    };
    TRY(auto found, database.read([&](db::Connection& c) -> base::Result<Found> {
        TRY(auto record, finder->second(c, request.path_values.get("key"), std::string(i18n::code(context.language))));
        if (!record) return base::error(base::ErrorKind::not_found, "no such record");
        Found out{std::move(*record), {}, {}};
        audit::Page page{.limit = entries_a_page + 1, .older_than = {}};
        if (!older.empty() && older.find_first_not_of("0123456789") == std::string::npos && older.size() < 18)
            page.older_than = audit::EntryId{std::stoll(older)};
        for (const auto& s : out.record.subjects) {
            TRY(auto entries, audit::history(c, s.subject, s.record, page));
            for (auto& e : entries) out.entries.emplace_back(std::move(e), s.of);
        }
        std::sort(out.entries.begin(), out.entries.end(), [](const auto& a, const auto& b) { return a.first.id.value > b.first.id.value; });
        TRY(const auto accounts, identity::accounts(c));
        for (const auto& a : accounts) out.names.emplace(a.id.value, a.display_name);
        return out;
    }));
    const bool more = found.entries.size() > static_cast<std::size_t>(entries_a_page);
    if (more) found.entries.resize(static_cast<std::size_t>(entries_a_page));
    return web::page(
        context, {.title = message("History"), .lead = found.record.title, .crumbs = {{found.record.title, found.record.url}}, .index = false},
        "history/history.tpl", [&](web::View& view) {
            view.show_if("NONE", found.entries.empty());
            for (const auto& [entry, of] : found.entries) {
                auto row = view.section("ENTRY");
                row.set("WHAT", in_words(context, entry.action));
                if (!of.empty()) row.section("OF").set("TEXT", of);
                row.set("WHEN", i18n::format_moment(context.language, entry.at));
                const auto name = found.names.find(entry.account.value);
                row.set("WHO", name == found.names.end() ? context.say(message("the program itself")) : name->second);
                row.set("NUMBER", std::to_string(entry.id.value));
                std::optional<web::View> changes;
                for (const auto& d : entry.differences) {
                    if (!changes) changes = row.section("CHANGES");
                    fill_difference(changes->section("CHANGE"), context, d);
                }
            }
            if (more) view.section("OLDER").set("URL", web::Url(context.path).with("vor", std::to_string(found.entries.back().first.id.value)).str());
        });
}

}  // namespace

void mount(http::Router& router, web::Site& site, db::Database& database) {
    router.get("/verlauf/{what:slug}/{key:any}",
               site.page([&database](const http::Request& request, const web::Context& context) { return page_of(database, request, context); }));
}

}  // namespace history
