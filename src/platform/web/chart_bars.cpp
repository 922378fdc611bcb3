#include <algorithm>
#include <numeric>

#include <fmt/format.h>

#include "platform/web/chart.h"
#include "platform/web/chart_parts.h"
#include "platform/web/chip.h"

namespace web {
namespace {

using base::message;
using namespace chart_parts;

// Where a colour is light, the number on it is dark.
bool is_soft(std::string_view css) { return css == "late" || css == "soon" || css == "open" || css == "mute"; }

}  // namespace

std::string chart_css(std::string_view state_name) {
    const auto* look = look_of(state_name);
    return look ? std::string(look->tone) : "open";
}

std::vector<ChartKey> state_keys(const std::vector<std::string>& names) {
    std::vector<ChartKey> keys;
    for (const auto& name : names) keys.push_back({state_label(name), chart_css(name)});
    return keys;
}

Html chart(const Context& context, const StackedBars& bars) {
    std::int64_t most = 1;
    for (const auto& row : bars.rows) most = std::max(most, std::accumulate(row.values.begin(), row.values.end(), std::int64_t{0}));

    std::string legend, drawing = "<div class=\"app-bars\">";
    Twin twin;
    twin.heads.push_back(context.say(bars.row_title));
    std::vector<std::string> labels;
    for (const auto& key : bars.keys) {
        labels.push_back(context.say(key.label));
        legend += legend_swatch(key.css, labels.back());
        twin.heads.push_back(labels.back());
    }
    for (const auto& row : bars.rows) {
        std::string words, rects;
        std::vector<TwinCell> cells{{row.label, row.url, false}};
        double x = 0;
        for (std::size_t i = 0; i < bars.keys.size(); ++i) {
            const auto value = i < row.values.size() ? row.values[i] : 0;
            const auto number = i18n::format_number(context.language, value);
            cells.push_back({number, {}, true});
            if (value <= 0) continue;
            words += (words.empty() ? "" : ", ") + number + " " + labels[i];
            const double width = 100.0 * static_cast<double>(value) / static_cast<double>(most);
            // The gap of 0.3 % keeps neighbours apart for those who see no difference in colour.
            rects += fmt::format(R"(<rect class="c-{}" x="{}" y="1" width="{}" height="30" rx="2"/>)", bars.keys[i].css, percent(x),
                                 percent(std::max(width - 0.3, 0.1)));
            if (width >= 3.5)
                rects += fmt::format(R"(<text class="{}" x="{}" y="21" text-anchor="middle">{}</text>)", is_soft(bars.keys[i].css) ? "c-out" : "c-in",
                                     percent(x + width / 2), number);
            x += width;
        }
        if (words.empty()) {
            words = context.say(message("no figures"));
            rects = fmt::format(R"(<text class="c-muted" x="0" y="21">{}</text>)", escape(words));
        }
        drawing += fmt::format(R"(<p>{}</p><svg class="app-svg" height="32" role="img">{}{}</svg>)",
                               row.url.empty() ? escape(row.label) : link(row.url, row.label).str(),
                               title_and_description(row.label + ": " + words, ""), rects);
        twin.rows.push_back(std::move(cells));
    }
    return figure(context, context.say(bars.title), legend, drawing + "</div>", twin);
}

Html progress(const Context& context, const Text& label, std::int64_t value, std::int64_t of, std::string_view css) {
    const double share = of > 0 ? std::clamp(100.0 * static_cast<double>(value) / static_cast<double>(of), 0.0, 100.0) : 0;
    const auto words = context.say(message(
        "{label}: {value} of {of}",
        {{"label", context.say(label)}, {"value", i18n::format_number(context.language, value)}, {"of", i18n::format_number(context.language, of)}}));
    std::string bar;
    if (share > 0) bar = fmt::format(R"(<rect class="c-{}" x="0" y="1" width="{}" height="18" rx="3"/>)", css, percent(share));
    return Html::trusted(fmt::format(
        R"(<div class="app-progress"><span>{}</span><svg class="app-svg" height="20" aria-hidden="true"><rect class="c-track" x="0" y="1" width="100%" height="18" rx="3"/>{}</svg></div>)",
        escape(words), bar));
}

}  // namespace web
