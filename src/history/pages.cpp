#include "history/pages.h"

#include "duties/api.h"
#include "evidence/api.h"
#include "exchanges/api.h"
#include "groups/api.h"
#include "history/words.h"
#include "mailing/api.h"
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
                out.subjects.push_back({subject, key + "/" + fact.period, duties::period_name(fact.period).in(language)});
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

// What the capability itself knows of where its history stands.
std::optional<Record> record_of(const std::optional<audit::Trail>& trail, const std::string& language) {
    if (!trail) return {};
    Record out{trail->title.in(language), trail->url, {}};
    for (const auto& t : trail->traces) out.subjects.push_back({t.subject, t.record, t.of});
    return out;
}
template <base::Result<std::optional<audit::Trail>> (*trail)(db::Connection&, std::string_view)>
base::Result<std::optional<Record>> by_trail(db::Connection& c, const std::string& key, const std::string& language) {
    TRY(const auto found, trail(c, key));
    return record_of(found, language);
}

void fill_difference(web::View row, const web::Context& context, const Names& names, const audit::Entry& entry, const audit::Difference& d) {
    row.set("FIELD", in_words(context, d.field));
    row.show_if("PURGED", d.purged);
    const auto before = value_in_words(context, names, entry, d.field, d.before.value_or("")),
               after = value_in_words(context, names, entry, d.field, d.after.value_or(""));
    if (!before.empty()) row.section("BEFORE").set("TEXT", before);
    if (!after.empty()) row.section("AFTER").set("TEXT", after);
    row.show_if("BOTH", !before.empty() && !after.empty());
}

using Find = base::Result<std::optional<Record>> (*)(db::Connection&, const std::string&, const std::string&);

base::Result<http::Response> show(db::Database& database, const web::Context& context, Find find, const std::string& key) {
    const auto older = context.query.get("vor");
    struct Found {
        Record record;
        std::vector<std::pair<audit::Entry, std::string>> entries;
        std::map<std::int64_t, std::string> people;
        Names names;
    };
    TRY(auto found, database.read([&](db::Connection& c) -> base::Result<Found> {
        TRY(auto record, find(c, key, std::string(i18n::code(context.language))));
        if (!record) return base::error(base::ErrorKind::not_found, "no such record");
        Found out{std::move(*record), {}, {}, {}};
        audit::Page page{.limit = entries_a_page + 1, .older_than = {}};
        if (!older.empty() && older.find_first_not_of("0123456789") == std::string::npos && older.size() < 18)
            page.older_than = audit::EntryId{std::stoll(older)};
        for (const auto& s : out.record.subjects) {
            TRY(auto entries, audit::history(c, s.subject, s.record, page));
            for (auto& e : entries) out.entries.emplace_back(std::move(e), s.of);
        }
        std::sort(out.entries.begin(), out.entries.end(), [](const auto& a, const auto& b) { return a.first.id.value > b.first.id.value; });
        TRY(const auto accounts, identity::accounts(c));
        for (const auto& a : accounts) out.people.emplace(a.id.value, a.display_name);
        TRY(out.names, names(c, context));
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
                const auto person = found.people.find(entry.account.value);
                row.set("WHO", person == found.people.end() ? context.say(message("the program itself")) : person->second);
                row.set("NUMBER", std::to_string(entry.id.value));
                std::optional<web::View> changes;
                for (const auto& d : entry.differences) {
                    // A field nobody filled in says nothing.
                    if (!is_shown(d.field) || (!d.purged && d.before.value_or("").empty() && d.after.value_or("").empty())) continue;
                    if (!changes) changes = row.section("CHANGES");
                    fill_difference(changes->section("CHANGE"), context, found.names, entry, d);
                }
            }
            if (more) view.section("OLDER").set("URL", web::Url(context.path).with("vor", std::to_string(found.entries.back().first.id.value)).str());
        });
}

base::Result<http::Response> page_of(db::Database& database, const http::Request& request, const web::Context& context) {
    // Not allowed looks like not there.
    if (!context.actor.signed_in()) return base::error(base::ErrorKind::not_found, "no history for the public");
    static const std::map<std::string, Find> finders{{"konzept", plan_of},
                                                     {"pflicht", duty_of},
                                                     {"nachweis", evidence_of},
                                                     {"stelle", by_trail<network::trail>},
                                                     {"organisation", by_trail<organisations::trail>},
                                                     {"netzwerk", by_trail<groups::trail>},
                                                     {"kontakt", by_trail<exchanges::trail>},
                                                     {"verteiler", by_trail<mailing::trail>}};
    const auto what = request.path_values.get("what");
    const auto finder = finders.find(what);
    if (finder == finders.end()) return base::error(base::ErrorKind::not_found, "no such history");
    // Lists by invitation and drafts are for those who steer.
    if (what == "verteiler" && !context.actor.steers()) return base::error(base::ErrorKind::not_found, "for those who steer");
    return show(database, context, finder->second, request.path_values.get("key"));
}

base::Result<std::optional<Record>> account_of(db::Connection& c, const std::string& id, const std::string&) {
    TRY(const auto a, identity::account(c, identity::AccountId{std::stoll(id)}));
    return std::optional(Record{a.display_name, "/konten/" + id, {{"identity.account", id}}});
}

base::Result<http::Response> account_page(db::Database& database, const http::Request& request, const web::Context& context) {
    if (context.actor.role != identity::Role::administrator) return base::error(base::ErrorKind::not_found, "administrators only");
    return show(database, context, account_of, std::to_string(request.id("id")));
}

}  // namespace

void mount(http::Router& router, web::Site& site, db::Database& database) {
    router.get("/verlauf/{what:slug}/{key:any}",
               site.page([&database](const http::Request& request, const web::Context& context) { return page_of(database, request, context); }));
    router.get("/konten/{id}/verlauf", site.page([&database](const http::Request& request, const web::Context& context) {
        return account_page(database, request, context);
    }));
}

}  // namespace history
