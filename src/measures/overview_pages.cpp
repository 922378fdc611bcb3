#include "measures/overview_pages.h"

#include "measures/filter_pages.h"
#include "measures/views.h"
#include "platform/web/chart.h"
#include "platform/web/url.h"

namespace measures {
namespace {

using base::message;

// More than fit on one page are not a picture any more; the list pages through them.
constexpr int most_shown = 500;

struct Shown {
    Filter filter;
    Page page;
    World world;
    std::vector<network::Bearer> bearers;
    std::vector<SavedFilter> saved;
};

base::Result<Shown> read(const Desk& desk, const http::Request& request, const web::Context& context) {
    Shown out;
    out.filter = filter_of(request.query, context);
    out.filter.page = 1;
    out.filter.per_page = most_shown;
    out.filter.sort = Sort::end;
    TRY_VOID(desk.database.read([&](db::Connection& c) -> base::Result<void> {
        TRY(out.world, read_world(c, context.day()));
        TRY(out.bearers, network::bearers(c));
        TRY(out.saved, filters_of(c, context));
        TRY_VOID(complete(c, out.filter));
        TRY(out.page, list(c, out.filter));
        return {};
    }));
    return out;
}

web::Html panel_of(const web::Context& context, const http::Request& request, const Shown& shown,
                   std::vector<std::pair<std::string, std::string>> keep = {}) {
    return filter_panel(context, request.query,
                        {.path = request.path, .filter = &shown.filter, .bearers = &shown.bearers, .saved = &shown.saved, .keep = std::move(keep)});
}

base::Result<http::Response> board(const Desk& desk, const http::Request& request, const web::Context& context) {
    TRY(const auto shown, read(desk, request, context));
    if (auto start = to_default(request, shown.saved)) return std::move(*start);
    return web::page(context, {.title = message("Measures by state"), .crumbs = {{message("Measures"), "/massnahmen"}}}, "measures/board.tpl",
                     [&](web::View& view) {
                         view.set("FILTER", panel_of(context, request, shown));
                         view.show_if("EMPTY", shown.page.dossiers.empty());
                         for (const auto state : all_states) {
                             std::vector<const Dossier*> cards;
                             for (const auto& dossier : shown.page.dossiers)
                                 if (dossier.measure.state == state && dossier.measure.kind != Kind::self_commitment) cards.push_back(&dossier);
                             if (cards.empty()) continue;
                             auto column = view.section("COLUMN");
                             column.set("ID", name_of(state));
                             column.set("LABEL", label_of(state));
                             column.set("COUNT", cards.size());
                             column.list("CARD", cards, [&](web::View& card, const Dossier* dossier) {
                                 const auto& m = dossier->measure;
                                 const auto now = judged(*dossier, shown.world);
                                 card.set("URL", "/massnahmen/" + m.key);
                                 card.set("KEY", m.key);
                                 card.set("TITLE", m.title.in(i18n::code(context.language)));
                                 card.set("ACCOUNTABLE", name_of_bearer(context, shown.bearers, m.accountable));
                                 card.set("GRADE", web::chip(context, tone_of(now.gate.grade), label_of(now.gate.grade)));
                                 card.set("FLAGS", flags_html(context, now.flags));
                             });
                         }
                     });
}

// "2019" or "2019-Q2"; anything else is the year of today.
struct Window {
    std::string name;
    Days days;
};
Window window_of(const std::string& name, base::Day today) {
    if (name.size() >= 4 && name.find_first_not_of("0123456789") >= 4) {
        const int year = (name[0] - '0') * 1000 + (name[1] - '0') * 100 + (name[2] - '0') * 10 + (name[3] - '0');
        if (year >= 1990 && year <= 2100) {
            if (name.size() == 4) return {name, calendar_period(Rhythm::yearly, base::day(year, 1, 1))};
            if (name.size() == 7 && name.substr(4, 2) == "-Q" && name[6] >= '1' && name[6] <= '4')
                return {name, calendar_period(Rhythm::quarterly, base::day(year, static_cast<unsigned>(name[6] - '0') * 3, 1))};
        }
    }
    const int year = base::year_of(today);
    return {std::to_string(year), calendar_period(Rhythm::yearly, base::day(year, 1, 1))};
}

std::string css_of(const Measure& m, const Flags& flags) {
    if (m.state == State::fulfilled) return "ok";
    if (flags.overdue || m.state == State::not_fulfilled) return "bad";
    if (flags.at_risk() || flags.due_soon) return "warn";
    return m.binds() && is_open(m.state) ? "run" : "open";
}

base::Result<http::Response> timeline(const Desk& desk, const http::Request& request, const web::Context& context) {
    TRY(const auto shown, read(desk, request, context));
    if (auto start = to_default(request, shown.saved)) return std::move(*start);
    const auto window = window_of(request.query.get("zeitraum"), context.day());
    const int year = base::year_of(window.days.from);
    return web::page(context,
                     {.title = message("Timeline of measures"),
                      .lead = context.format(window.days.from) + " – " + context.format(window.days.until),
                      .crumbs = {{message("Measures"), "/massnahmen"}}},
                     "measures/timeline.tpl", [&](web::View& view) {
                         view.set("FILTER", panel_of(context, request, shown, {{"zeitraum", window.name}}));
                         const web::Url here("/massnahmen/zeitplan", request.query);
                         std::vector<std::string> zooms{std::to_string(year - 1), std::to_string(year)};
                         for (const auto* quarter : {"-Q1", "-Q2", "-Q3", "-Q4"}) zooms.push_back(std::to_string(year) + quarter);
                         zooms.push_back(std::to_string(year + 1));
                         view.list("ZOOM", zooms, [&](web::View& row, const std::string& name) {
                             auto link = row.section(name == window.name ? "CURRENT" : "OTHER");
                             link.set("LABEL", name);
                             if (name != window.name) link.set("URL", here.with("zeitraum", name).str());
                         });
                         web::Timeline chart{.title = message("Timeline of measures"),
                                             .row_title = message("Measures"),
                                             .from = window.days.from,
                                             .until = window.days.until,
                                             .today = {},
                                             .rows = {}};
                         if (window.days.contains(context.day())) chart.today = context.day();
                         std::vector<const Measure*> undated;
                         for (const auto& dossier : shown.page.dossiers) {
                             const auto& m = dossier.measure;
                             if (!m.schedule.starts_on && !m.schedule.ends_on) {
                                 undated.push_back(&m);
                                 continue;
                             }
                             const auto from = std::max(
                                 m.schedule.starts_on.value_or(*(m.schedule.ends_on ? m.schedule.ends_on : m.schedule.starts_on)), window.days.from);
                             const auto until = std::min(m.schedule.ends_on.value_or(window.days.until), window.days.until);
                             if (until < from) continue;
                             const auto flags = judged(dossier, shown.world).flags;
                             // What the colour says stands in words, too.
                             auto name = m.key + " " + m.title.in(i18n::code(context.language));
                             if (flags.overdue)
                                 name += " – " + context.say(message("past its date"));
                             else if (flags.at_risk())
                                 name += " – " + context.say(message("at risk"));
                             web::Timeline::Period period{from, until, "", css_of(m, flags), context.say(label_of(m.state)), {}};
                             chart.rows.push_back({std::move(name), "/massnahmen/" + m.key, {std::move(period)}});
                         }
                         view.show_if("EMPTY", chart.rows.empty() && undated.empty());
                         if (!chart.rows.empty()) view.section("CHART").set("HTML", web::chart(context, chart));
                         if (undated.empty()) return;
                         auto section = view.section("UNDATED");
                         section.list("ROW", undated, [&](web::View& row, const Measure* m) {
                             row.set("URL", "/massnahmen/" + m->key);
                             row.set("TITLE", m->title.in(i18n::code(context.language)));
                         });
                     });
}

}  // namespace

void mount_overviews(http::Router& router, const Desk& desk) {
    router.get("/massnahmen/tafel", desk.site.page([desk](const http::Request& r, const web::Context& c) { return board(desk, r, c); }));
    router.get("/massnahmen/zeitplan", desk.site.page([desk](const http::Request& r, const web::Context& c) { return timeline(desk, r, c); }));
}

}  // namespace measures
