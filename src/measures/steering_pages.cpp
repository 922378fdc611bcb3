#include "measures/steering_pages.h"

#include <fmt/format.h>

#include "measures/views.h"
#include "platform/audit/api.h"
#include "platform/web/chart.h"
#include "platform/web/form.h"
#include "platform/web/table.h"
#include "platform/web/url.h"

namespace measures {
namespace {

using base::message;

// ---- The rule set ----

constexpr std::string_view settings[] = {"optional_rules", "officer", "chair"};

base::Message label_of_setting(std::string_view name) {
    if (name == "optional_rules") return message("Optional rules");
    if (name == "officer") return message("Office of the integration officer");
    return message("Office that chairs the advisory council");
}

base::Result<http::Response> rules_page(const Desk& desk, const web::Context& context, const http::Fields* typed, const base::Error* refused) {
    struct Read {
        World world;
        std::vector<network::Bearer> bearers;
        std::vector<std::pair<std::string_view, audit::Entry>> changes;
    };
    TRY(const auto read, desk.database.read([&](db::Connection& c) -> base::Result<Read> {
        Read out;
        TRY(out.world, read_world(c, context.today));
        TRY(out.bearers, network::bearers(c));
        for (const auto name : settings) {
            TRY(const auto entries, audit::history(c, "measures.settings", name));
            for (const auto& entry : entries) out.changes.emplace_back(name, entry);
        }
        std::stable_sort(out.changes.begin(), out.changes.end(), [](const auto& a, const auto& b) { return a.second.at > b.second.at; });
        return out;
    }));
    return web::page(context,
                     {.title = message("Rules of a binding measure"),
                      .lead = message("What a measure must show for each grade. Some rules a municipality may leave open; every change is recorded."),
                      .crumbs = {{message("Measures"), "/massnahmen"}},
                      .status = refused ? 422 : 200},
                     "measures/rules.tpl", [&](web::View& view) {
                         view.list("RULE", all_rules, [&](web::View& row, Rule rule) {
                             row.set("NAME", name_of(rule));
                             row.set("TITLE", title_of(rule));
                             row.set("CLAUSE", clause_of(rule));
                             row.set("GRADE", label_of(needed_for(rule)));
                             row.set("STATE", read.world.rules.requires_rule(rule)
                                                  ? web::chip(context, web::ChipTone::info, message("required"))
                                                  : web::chip(context, web::ChipTone::neutral, message("optional here")));
                         });
                         std::optional<web::View> changes;
                         if (!read.changes.empty()) changes = view.section("CHANGES");
                         for (const auto& [name, entry] : read.changes) {
                             auto row = changes->section("CHANGE");
                             row.set("ISO", base::iso(base::berlin_day(entry.at)));
                             row.set("DAY", base::berlin_day(entry.at));
                             std::string text = context.say(label_of_setting(name));
                             for (const auto& d : entry.differences) text += ": „" + d.before.value_or("") + "“ → „" + d.after.value_or("") + "“";
                             row.set("TEXT", text);
                         }
                         if (!edits_all(context)) return;
                         web::Form form(context, {.action = "/massnahmen/regeln"});
                         if (typed) form.typed(*typed);
                         if (refused) form.error(*refused);
                         std::vector<web::Choice> optional, offices;
                         std::vector<std::string> chosen;
                         for (const auto rule : all_rules) {
                             if (!may_be_optional(rule)) continue;
                             optional.push_back({std::string(name_of(rule)), std::string(name_of(rule)) + " " + context.say(title_of(rule))});
                             if (!read.world.rules.requires_rule(rule)) chosen.push_back(std::string(name_of(rule)));
                         }
                         for (const auto& bearer : read.bearers)
                             if (bearer.kind == network::BearerKind::office)
                                 offices.push_back({bearer.key, bearer.name.in(i18n::code(context.language))});
                         form.checkboxes("freigestellt", message("Rules left open here"), optional, chosen, {.optional = true});
                         form.select("beauftragte", message("Office of the integration officer"), offices, {.value = read.world.officer});
                         form.select("vorsitz", message("Office that chairs the advisory council"), offices,
                                     {.value = read.world.chair, .hint = message("It accepts the evidence of the officer's own measures.")});
                         view.section("EDIT").set("FORM", form.html());
                     });
}

base::Result<http::Response> save_rules_page(const Desk& desk, const http::Request& request, const web::Context& context) {
    if (!edits_all(context)) return base::error(base::ErrorKind::not_found, "for the officer");
    const auto done = desk.change(context, [&](db::Connection& c, const World& world, const By& by) -> base::Result<void> {
        RuleSet set;
        for (const auto& name : request.form.all("freigestellt"))
            if (const auto rule = rule_named(name)) set.optional.push_back(*rule);
        if (set != world.rules) TRY_VOID(save_rules(c, set, by));
        const auto office = [&](const char* field, std::string_view setting, const std::string& before) -> base::Result<void> {
            const auto key = request.form.get(field);
            if (key.empty() || key == before) return {};
            if (std::none_of(world.bearers.begin(), world.bearers.end(),
                             [&](const BearerFact& b) { return b.key == key && b.kind == network::BearerKind::office; }))
                return base::invalid(field, message("There is no such office."));
            return save_setting(c, setting, key, by);
        };
        TRY_VOID(office("beauftragte", "officer", world.officer));
        return office("vorsitz", "chair", world.chair);
    });
    if (done) return web::see_other(context, "/massnahmen/regeln", message("Saved. From now on every measure is judged by it."));
    if (done.error().fields.empty()) return tl::unexpected(done.error());
    return rules_page(desk, context, &request.form, &done.error());
}

// ---- Means by year and unit ----

struct Means {
    std::string office;
    int year = 0;
    std::int64_t measures = 0, planned = 0, spent = 0, permille = 0;
};

base::Result<std::vector<Means>> means(db::Connection& c, bool published_only) {
    return c.query<Means>(fmt::format(R"sql(
        select m.accountable, r.year, count(distinct m.id) as measures, cast(coalesce(sum(r.planned_cents), 0) as bigint) as planned,
               cast(coalesce(sum(r.spent_cents), 0) as bigint) as spent, cast(coalesce(sum(r.post_permille), 0) as bigint) as permille
          from measure_resources r
          join measures m on m.id = r.measure_id
         where r.withdrawn_at is null
           and r.year is not null
           and m.state not in ('rejected', 'repealed', 'replaced') {}
         group by m.accountable, r.year
         order by r.year desc, m.accountable
    )sql",
                                      published_only ? "and m.published = :yes" : ""),
                          published_only ? db::Parameters{{"yes", true}} : db::Parameters{}, [](const db::Row& row) {
                              return Means{row.text("accountable"), static_cast<int>(row.int64("year")),
                                           row.int64("measures"),   row.int64("planned"),
                                           row.int64("spent"),      row.int64("permille")};
                          });
}

struct MeansRead {
    std::vector<Means> all;
    std::vector<network::Bearer> bearers;
};
base::Result<MeansRead> read_means(const Desk& desk, const web::Context& context) {
    return desk.database.read([&](db::Connection& c) -> base::Result<MeansRead> {
        MeansRead out;
        TRY(out.all, means(c, !context.actor.signed_in()));
        TRY(out.bearers, network::bearers(c));
        return out;
    });
}

web::Table means_table(const web::Context& context, const MeansRead& read, int year) {
    web::Table table(context, message("Means by year and unit"),
                     {{.key = "jahr", .title = message("Year"), .numeric = true, .sortable = true, .nowrap = true},
                      {.key = "stelle", .title = message("Accountable"), .sortable = true, .heading = true},
                      {.key = "massnahmen", .title = message("Measures"), .numeric = true, .sortable = true},
                      {.key = "geplant", .title = message("Planned"), .numeric = true, .sortable = true},
                      {.key = "ausgegeben", .title = message("Spent"), .numeric = true, .sortable = true},
                      {.key = "rest", .title = message("Left"), .numeric = true, .sortable = true},
                      {.key = "stellen", .title = message("Posts"), .numeric = true, .sortable = true}});
    const auto money = [&](std::int64_t cents) {
        return web::Cell(i18n::format_money(context.language, cents)).sorted_by(fmt::format("{:020}", cents + 1'000'000'000'000'000));
    };
    for (const auto& m : read.all) {
        if (year != 0 && m.year != year) continue;
        table.row({web::Cell(std::to_string(m.year)), web::Cell(name_of_bearer(context, read.bearers, m.office)),
                   web::Cell::number(context.language, m.measures), money(m.planned), money(m.spent), money(m.planned - m.spent),
                   web::Cell(i18n::format_decimal(context.language, static_cast<double>(m.permille) / 1000.0, 2))});
    }
    table.caption_hidden().when_empty(message("No means are shown yet.")).sorted_as_asked();
    return table;
}

int asked_year(const web::Context& context) {
    const auto typed = context.query.get("jahr");
    return typed.size() == 4 && typed.find_first_not_of("0123456789") == std::string::npos ? std::stoi(typed) : 0;
}

base::Result<http::Response> means_page(const Desk& desk, const web::Context& context) {
    TRY(const auto read, read_means(desk, context));
    const int year = asked_year(context);
    std::map<int, std::pair<std::int64_t, std::int64_t>> years;
    for (const auto& m : read.all) {
        years[m.year].first += m.planned;
        years[m.year].second += m.spent;
    }
    web::GroupedBars bars{.title = message("Planned against spent"), .unit = std::string("€"), .groups = {}, .series = {}};
    bars.series = {{context.say(message("Planned")), {}}, {context.say(message("Spent")), {}}};
    for (const auto& [y, sums] : years) {
        bars.groups.push_back(std::to_string(y));
        bars.series[0].values.push_back(static_cast<double>(sums.first) / 100.0);
        bars.series[1].values.push_back(static_cast<double>(sums.second) / 100.0);
    }
    return web::page(context,
                     {.title = message("Means of the measures"),
                      .lead = message("What is planned and what was spent, by year and accountable unit."),
                      .crumbs = {{message("Measures"), "/massnahmen"}}},
                     "measures/means.tpl", [&](web::View& view) {
                         const web::Url here("/massnahmen/mittel", context.query);
                         const auto choice = [&](const std::string& label, const std::string& value, bool current) {
                             auto link = view.section("YEAR").section(current ? "CURRENT" : "OTHER");
                             link.set("LABEL", label);
                             if (!current) link.set("URL", here.with("jahr", value).str());
                         };
                         choice(context.say(message("all years")), "", year == 0);
                         for (const auto& [y, sums] : years) choice(std::to_string(y), std::to_string(y), y == year);
                         if (!years.empty()) view.section("CHART").set("HTML", web::chart(context, bars));
                         view.set("TABLE", means_table(context, read, year).html() +
                                               web::exports(context, {{message("CSV"), web::Url("/massnahmen/mittel.csv", context.query).str()}}));
                     });
}

}  // namespace

void mount_steering(http::Router& router, const Desk& desk) {
    router.get("/massnahmen/regeln",
               desk.site.page([desk](const http::Request&, const web::Context& c) { return rules_page(desk, c, nullptr, nullptr); }));
    router.post("/massnahmen/regeln", desk.site.page([desk](const http::Request& r, const web::Context& c) { return save_rules_page(desk, r, c); }));
    router.get("/massnahmen/mittel", desk.site.page([desk](const http::Request&, const web::Context& c) { return means_page(desk, c); }));
    router.get("/massnahmen/mittel.csv", desk.site.page([desk](const http::Request&, const web::Context& c) -> base::Result<http::Response> {
        TRY(const auto read, read_means(desk, c));
        return web::download(means_table(c, read, asked_year(c)).csv(), "text/csv; charset=utf-8", "mittel.csv");
    }));
}

}  // namespace measures
