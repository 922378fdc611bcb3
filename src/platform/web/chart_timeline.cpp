#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "platform/web/chart.h"
#include "platform/web/chart_parts.h"
#include "platform/web/chip.h"

namespace web {

using base::message;
using namespace chart_parts;

Html chart(const Context& context, const Timeline& timeline) {
    const double span = std::max(1, base::days_between(timeline.from, timeline.until) + 1);
    const auto place = [&](base::Day day) { return std::clamp(100.0 * base::days_between(timeline.from, day) / span, 0.0, 100.0); };

    // Years where there are some, else months: never so many that they touch.
    std::string ticks, lines;
    const int years = base::year_of(timeline.until) - base::year_of(timeline.from) + 1;
    const int step = years > 24 ? 5 : years > 10 ? 2 : 1;
    if (years >= 2) {
        for (int year = base::year_of(timeline.from); year <= base::year_of(timeline.until); ++year) {
            const auto first = std::max(base::day(year, 1, 1), timeline.from);
            const auto last = std::min(base::day(year, 12, 31), timeline.until);
            lines += fmt::format(R"(<line class="c-grid" x1="{0}" x2="{0}" y1="0" y2="100%"/>)", percent(place(first)));
            if ((year - base::year_of(timeline.from)) % step == 0 && base::days_between(first, last) > 120)
                ticks += fmt::format(R"(<text class="c-muted" x="{}" y="16" text-anchor="middle">{}</text>)",
                                     percent((place(first) + place(last)) / 2), year);
        }
    } else {
        for (unsigned month = 1; month <= 12; ++month) {
            const auto first = base::day(base::year_of(timeline.from), month, 1);
            if (first < timeline.from || first > timeline.until) continue;
            lines += fmt::format(R"(<line class="c-grid" x1="{0}" x2="{0}" y1="0" y2="100%"/>)", percent(place(first)));
            if (month % 3 == 1)
                ticks += fmt::format(R"(<text class="c-muted" x="{}" y="16">{}</text>)", percent(place(first)),
                                     escape(i18n::month_name(context.language, std::chrono::month(month))));
        }
    }
    std::string today;
    if (timeline.today && *timeline.today >= timeline.from && *timeline.today <= timeline.until) {
        today = fmt::format(R"(<line class="c-today" x1="{0}" x2="{0}" y1="0" y2="100%"/>)", percent(place(*timeline.today)));
        const auto at = place(*timeline.today);
        ticks += fmt::format(R"(<text class="c-strong" x="{}" y="34" text-anchor="{}">{}</text>)", percent(at),
                             at > 85   ? "end"
                             : at < 15 ? "start"
                                       : "middle",
                             escape(context.format(*timeline.today)));
    }

    std::set<std::string> shown;
    std::string legend,
        drawing = "<div class=\"app-bars\"><p aria-hidden=\"true\"></p><svg class=\"app-svg\" height=\"40\" aria-hidden=\"true\">" + ticks + "</svg>";
    Twin twin;
    twin.heads = {context.say(timeline.row_title), context.say(message("Period")), context.say(message("State in the period"))};
    for (const auto& row : timeline.rows) {
        std::string drawn, words;
        for (const auto& period : row.periods) {
            const auto css = period.state.empty() ? period.css : chart_css(period.state);
            const auto label =
                period.state.empty() ? period.label : context.say(state_label(period.state)) + (period.label.empty() ? "" : ", " + period.label);
            const auto when = i18n::format_period(context.language, period.from, period.until);
            twin.rows.push_back({{row.label, row.url, false}, {when, period.url, false}, {label, {}, false}});
            words += (words.empty() ? "" : "; ") + when + ": " + label;
            const double x = place(period.from), width = std::max(place(base::plus_days(period.until, 1)) - x - 0.3, 0.4);
            drawn += fmt::format(R"(<g><title>{}</title><rect class="c-{}" x="{}" y="4" width="{}" height="28" rx="2"/>)",
                                 escape(when + ": " + label), css, percent(x), percent(width));
            if (const auto* look = look_of(period.state); look && width >= 3)
                drawn += fmt::format(R"svg(<svg class="c-icon c-icon--{}" x="{}" y="10"><g transform="translate(-8 0)">{}</g></svg>)svg", css,
                                     percent(x + width / 2), look->icon);
            drawn += "</g>";
            if (!period.state.empty() && shown.insert(period.state).second)
                legend += "<li>" + state_icon(period.state).str() + " " + escape(context.say(state_label(period.state))) + "</li>";
        }
        if (words.empty()) words = context.say(message("no figures"));
        drawing += fmt::format(R"(<p>{}</p><svg class="app-svg" height="36" role="img">{}{}{}{}</svg>)",
                               row.url.empty() ? escape(row.label) : link(row.url, row.label).str(),
                               title_and_description(row.label + ": " + words, ""), lines, drawn, today);
    }
    return figure(context, context.say(timeline.title), legend, drawing + "</div>", twin);
}

}  // namespace web
