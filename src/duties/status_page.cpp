#include "duties/status_page.h"

#include "duties/json.h"
#include "duties/sentence.h"
#include "platform/web/chart.h"
#include "platform/web/chip.h"
#include "platform/web/page.h"

namespace duties {
namespace {

using base::message;

std::string lang(const web::Context& context) { return std::string(i18n::code(context.language)); }

struct Figures {
    int total = 0, done = 0, running = 0, soon = 0, behind = 0, at_risk = 0;
};

Figures figures_of(const std::vector<Judged>& all, base::Day day) {
    Figures f;
    for (const auto& j : all) {
        const auto* o = current_of(j, day);
        if (!o) continue;
        ++f.total;
        if (is_done(o->state)) ++f.done;
        if (o->state == State::open || o->state == State::due_soon) ++f.running;
        if (o->state == State::due_soon) ++f.soon;
        if (is_behind(o->state)) ++f.behind;
        if (!o->at_risk.empty()) ++f.at_risk;
    }
    return f;
}

web::Html chart_by_chapter(const web::Context& context, const Loaded& loaded, const std::map<std::string, std::string>& headings) {
    std::vector<std::string> states;
    for (const auto state : {State::fulfilled, State::fulfilled_late, State::open, State::due_soon, State::overdue, State::breached,
                             State::behind_assumption, State::waived, State::not_yet_due, State::not_applicable, State::term_ended})
        if (std::any_of(loaded.judgement.judged.begin(), loaded.judgement.judged.end(), [&](const Judged& j) {
                const auto* o = current_of(j, context.day());
                return o && o->state == state;
            }))
            states.emplace_back(name_of(state));
    web::StackedBars bars{
        .title = message("Duties by chapter and state"), .row_title = message("Chapter"), .keys = web::state_keys(states), .rows = {}};
    for (const auto& j : loaded.judgement.judged) {
        const auto* o = current_of(j, context.day());
        if (!o) continue;
        const auto chapter = chapter_of(j.duty->clause);
        const auto heading = headings.find(chapter);
        const std::string label = heading == headings.end() || heading->second.empty() ? chapter : chapter + " " + heading->second;
        if (bars.rows.empty() || bars.rows.back().label != label)
            bars.rows.push_back(
                {.label = label, .url = with_day(context, "/pflichten?kapitel=" + chapter), .values = std::vector<std::int64_t>(states.size())});
        const auto at = std::find(states.begin(), states.end(), name_of(o->state)) - states.begin();
        ++bars.rows.back().values[static_cast<std::size_t>(at)];
    }
    return web::chart(context, bars);
}

base::Result<std::map<std::string, std::string>> headings_of(db::Database& database, const web::Context& context, const Loaded& loaded) {
    std::map<std::string, std::string> out;
    for (const auto& p : loaded.plans) {
        if (p.key != loaded.plan) continue;
        TRY(const auto clauses, database.read([&](db::Connection& c) { return plan::clauses_of(c, p.id, context.day()); }));
        for (const auto& clause : clauses) out.emplace(clause.number, clause.heading.in(lang(context)));
    }
    return out;
}

// Of every duty the period that tells how it stands.
std::vector<Shown> current_in(const Judgement& judgement, base::Day day) {
    std::vector<Shown> out;
    for (const auto& j : judgement.judged)
        if (const auto* o = current_of(j, day)) out.push_back({j.duty, o});
    return out;
}

}  // namespace

base::Day month_before(base::Day d) {
    const base::Day earlier = d - std::chrono::months(1);
    return earlier.ok() ? earlier : base::last_of_month(earlier.year() / earlier.month());
}

base::Result<http::Response> status_page(db::Database& database, const http::Request&, const web::Context& context) {
    TRY(auto loaded, load(database, context, Scope::one_plan, "", Which::current));
    TRY_VOID(name_shown(database, context, loaded, current_in(loaded.judgement, context.day())));
    TRY(const auto headings, headings_of(database, context, loaded));
    const base::Day before = month_before(context.day());
    TRY(const auto past, database.read([&](db::Connection& c) { return states_on(c, loaded.judgement, before, context.known_on); }));
    const auto& judged = loaded.judgement.judged;
    const auto figures = figures_of(judged, context.day());
    std::string title;
    for (const auto& p : loaded.plans)
        if (p.key == loaded.plan) title = p.title.in(lang(context));
    return web::page(
        context,
        {.title =
             title.empty() ? web::Text(message("State of implementation")) : web::Text(message("{plan}: state of implementation", {{"plan", title}})),
         .lead = message("As of {day}", {{"day", context.format(context.day())}}),
         .actions = {{.title = message("All duties"), .url = with_day(context, "/pflichten"), .primary = false, .icon = {}},
                     {.title = message("Key figures"), .url = web::Url("/kennzahlen").with("plan", loaded.plan).str(), .primary = false, .icon = {}}},
         .alternates = {{message("All duties as CSV"), with_day(context, "/pflichten.csv"), "text/csv"},
                        {message("All duties as JSON"), with_day(context, "/pflichten.json"), "application/json"}}},
        "duties/status.tpl", [&](web::View& view) {
            const auto kpi = [&](std::string_view tone, const base::Message& label, int value, const base::Message& detail) {
                auto tile = view.section("KPI");
                tile.set("TONE", tone);
                tile.set("LABEL", label);
                tile.set("VALUE", value);
                tile.set("DETAIL", detail);
            };
            const auto total = std::to_string(figures.total);
            kpi("ok", message("fulfilled"), figures.done, message("of {total} duties", {{"total", total}}));
            kpi("run", message("under way"), figures.running, message("{n} due within their notice", {{"n", std::to_string(figures.soon)}}));
            kpi("bad", message("behind"), figures.behind, message("overdue, missed, or behind an assumption"));
            kpi("warn", message("at risk"), figures.at_risk, message("vacancy, ended funding, late contributions"));
            view.set("CHART", chart_by_chapter(context, loaded, headings));
            view.show_if("EMPTY", judged.empty());
            // The tree: chapters, in them the clauses with their duties.
            std::optional<web::View> chapter, clause;
            std::string chapter_now = "\n", clause_now = "\n";
            int done = 0, all = 0;
            const auto close = [&] {
                if (chapter) chapter->set("SUM", std::to_string(done) + "/" + std::to_string(all));
                done = all = 0;
            };
            for (const auto& j : judged) {
                const auto* o = current_of(j, context.day());
                if (!o) continue;
                if (chapter_of(j.duty->clause) != chapter_now) {
                    close();
                    chapter_now = chapter_of(j.duty->clause);
                    chapter = view.section("CHAPTER");
                    chapter->set("NUMBER", chapter_now);
                    const auto heading = headings.find(chapter_now);
                    chapter->set("HEADING", heading == headings.end() ? "" : heading->second);
                    clause_now = "\n";
                }
                if (j.duty->clause != clause_now) {
                    clause_now = j.duty->clause;
                    clause = chapter->section("CLAUSE");
                    clause->set("NUMBER", clause_now);
                    const auto heading = headings.find(clause_now);
                    clause->set("HEADING", heading == headings.end() ? "" : heading->second);
                }
                ++all;
                if (is_done(o->state)) ++done;
                auto row = clause->section("DUTY");
                row.set("URL", duty_url(*j.duty, context));
                row.set("TITLE", j.duty->title.in(lang(context)));
                row.set("PERIOD", loaded.period_text(*j.duty, o->period, context));
                row.set("STATE", web::state_chip(context, name_of(o->state)));
                if (o->origin == OriginKind::assumption) {
                    auto assumed = row.section("ASSUMED");
                    assumed.set("CHIP", origin_chip(context, o->origin));
                }
                if (o->missing) row.set_if("MISSING", loaded.missing_text(*j.duty, *o->missing, context));
                for (const auto& reason : o->at_risk) row.section("RISK").set("TEXT", sentence_of_risk(reason));
            }
            close();
            // What reads otherwise than a month ago.
            std::optional<web::View> changes;
            for (std::size_t i = 0; i < judged.size(); ++i) {
                const auto& j = judged[i];
                const auto* now = current_of(j, context.day());
                const auto* then = current_of(past[i], before);
                if (!now || !then || (now->state == then->state && now->period == then->period)) continue;
                if (!changes) changes = view.section("CHANGES");
                auto change = changes->section("CHANGE");
                change.set("CLAUSE", j.duty->clause);
                change.set("URL", duty_url(*j.duty, context));
                change.set("TITLE", j.duty->title.in(lang(context)));
                change.set("FROM", web::state_chip(context, name_of(then->state)));
                change.set("TO", web::state_chip(context, name_of(now->state)));
                change.set("PERIOD", loaded.period_text(*j.duty, now->period, context));
            }
            view.show_if("NO_CHANGE", !changes);
            view.set("SINCE", before);
        });
}

base::Result<http::Response> duties_page(db::Database& database, const http::Request&, const web::Context& context) {
    TRY(auto loaded, load(database, context, Scope::one_plan, "", Which::current));
    TRY_VOID(name_shown(database, context, loaded, current_in(loaded.judgement, context.day())));
    const auto filter = filter_of(context, loaded);
    const auto choices = chosen(filter);
    auto table = table_of(context, message("Duties and how they stand"));
    for (const auto& j : loaded.judgement.judged)
        if (const auto* o = current_of(j, context.day()); o && choices.fits(*j.duty, *o)) add_row(table, context, loaded, *j.duty, *o);
    table.sorted_as_asked().in_pages().when_empty(message("No duty fits this choice.")).caption_hidden();
    std::vector<web::Action> actions;
    if (context.actor.steers()) actions.push_back({message("Compose a duty"), "/pflichten/neu", true, "add"});
    web::Url csv("/pflichten.csv", context.query), json("/pflichten.json", context.query);
    return web::page(context,
                     {.title = message("Duties"),
                      .lead = message("As of {day}", {{"day", context.format(context.day())}}),
                      .crumbs = {{message("State of implementation"), with_day(context, "/umsetzung")}},
                      .actions = actions},
                     filter.html() + table.html() + web::exports(context, {{message("CSV"), csv.str()}, {message("JSON"), json.str()}}));
}

base::Result<http::Response> duties_csv(db::Database& database, const http::Request&, const web::Context& context) {
    TRY(auto loaded, load(database, context, Scope::one_plan));
    TRY_VOID(name_shown(database, context, loaded, everything_in(loaded.judgement)));
    const auto choices = chosen(filter_of(context, loaded));
    auto table = table_of(context, message("Duties"));
    for (const auto& j : loaded.judgement.judged)
        for (const auto& o : j.occurrences)
            if (choices.fits(*j.duty, o)) add_row(table, context, loaded, *j.duty, o);
    return web::download(table.csv(), "text/csv; charset=utf-8", "pflichten.csv");
}

base::Result<http::Response> duties_json(db::Database& database, const http::Request&, const web::Context& context) {
    TRY(auto loaded, load(database, context, Scope::one_plan));
    TRY_VOID(name_shown(database, context, loaded, everything_in(loaded.judgement)));
    const auto choices = chosen(filter_of(context, loaded));
    boost::json::array out;
    for (const auto& j : loaded.judgement.judged)
        for (const auto& o : j.occurrences) {
            if (!choices.fits(*j.duty, o)) continue;
            auto row = json_of(*j.duty, o, &loaded.naming);
            // Keys of evidence that is not published are not for everybody; the page of the duty names the published ones.
            if (!context.actor.signed_in()) row.erase("evidence");
            out.push_back(std::move(row));
        }
    return http::Response::json(boost::json::serialize(out));
}

}  // namespace duties
