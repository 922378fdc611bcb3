#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "platform/web/chart.h"
#include "platform/web/chart_parts.h"

namespace web {
namespace {

using base::message;
using namespace chart_parts;

constexpr double top = 14, bottom = 206, height = 236;  // px of the plot; texts below the axis

struct Scale {
    std::vector<double> ticks;
    double y(double value) const {
        const double range = ticks.back() - ticks.front();
        return bottom - (bottom - top) * (value - ticks.front()) / (range > 0 ? range : 1);
    }
};

Scale scale_of(double least, double most) { return {axis_ticks(least, most)}; }

int digits_of(const Scale& scale, int wanted) {
    if (scale.ticks.size() < 2) return wanted;
    const double step = scale.ticks[1] - scale.ticks[0];
    return step >= 1 ? 0 : std::clamp(static_cast<int>(std::ceil(-std::log10(step) - 1e-9)), 0, 6);
}

// The numbers stand in an svg of their own width, so that the plot beside it can be laid out in percent.
std::string y_axis(const Context& context, const Scale& scale, int digits) {
    std::string out = fmt::format(R"(<svg class="app-yaxis" height="{}" aria-hidden="true">)", height);
    for (const auto tick : scale.ticks)
        out += fmt::format(R"(<text class="c-muted" x="100%" y="{:.1f}" text-anchor="end">{}</text>)", scale.y(tick) + 4.5,
                           i18n::format_decimal(context.language, tick, digits_of(scale, digits)));
    return out + "</svg>";
}

std::string grid(const Scale& scale) {
    std::string out;
    for (const auto tick : scale.ticks)
        out += fmt::format(R"(<line class="{}" x1="0" x2="100%" y1="{:.1f}" y2="{:.1f}"/>)", tick == 0 ? "c-axis" : "c-grid", scale.y(tick),
                           scale.y(tick));
    return out;
}

// Labels below the axis, thinned out so that they do not touch on a phone.
std::string x_labels(const std::vector<std::string>& labels, const std::function<double(std::size_t)>& place) {
    std::string out;
    std::size_t longest = 1;
    for (const auto& label : labels) longest = std::max(longest, label.size());
    const std::size_t room = std::max<std::size_t>(1, 44 / (longest + 2));
    const std::size_t step = (labels.size() + room - 1) / room;
    for (std::size_t i = 0; i < labels.size(); i += step)
        out += fmt::format(R"(<text class="c-muted" x="{}" y="{}" text-anchor="middle">{}</text>)", percent(place(i)), height - 8, escape(labels[i]));
    return out;
}

std::string with_unit(const Context& context, const Text& title, const Text& unit) {
    const auto words = context.say(unit);
    return context.say(title) + (words.empty() ? "" : " (" + words + ")");
}

}  // namespace

std::vector<double> axis_ticks(double least, double most) {
    if (!std::isfinite(least) || !std::isfinite(most)) least = most = 0;
    least = std::min(least, 0.0);
    most = std::max(most, 0.0);
    if (most - least <= 0) most = 1;
    const double rough = (most - least) / 5;
    const double power = std::pow(10, std::floor(std::log10(rough)));
    const double step = power * (rough / power <= 1 ? 1 : rough / power <= 2 ? 2 : rough / power <= 5 ? 5 : 10);
    std::vector<double> ticks;
    for (double at = std::floor(least / step + 1e-9); at <= std::ceil(most / step - 1e-9); ++at) ticks.push_back(at * step == 0 ? 0 : at * step);
    return ticks;
}

Html chart(const Context& context, const LineChart& lines) {
    double least = 0, most = lines.target.value_or(0);
    for (const auto& series : lines.series)
        for (const auto& value : series.values)
            if (value) {
                least = std::min(least, *value);
                most = std::max(most, *value);
            }
    const auto scale = scale_of(least, most);
    const auto count = lines.x.size();
    const auto place = [&](std::size_t i) { return count < 2 ? 50.0 : 4 + 92.0 * static_cast<double>(i) / static_cast<double>(count - 1); };
    const auto say = [&](double value) { return i18n::format_decimal(context.language, value, lines.digits); };

    std::string curves, points, legend, words;
    Twin twin;
    twin.heads.push_back(with_unit(context, message("Period"), lines.unit));
    for (const auto& label : lines.x) twin.rows.push_back({{label, {}, false}});
    for (std::size_t s = 0; s < lines.series.size(); ++s) {
        const auto& series = lines.series[s];
        twin.heads.push_back(series.label);
        const auto css = s == 0 ? std::string("c-line") : fmt::format("c-line c-line{}", s + 1);
        std::string path, area;
        std::optional<std::size_t> begun;
        const auto end_area = [&](std::size_t last) {
            if (begun) area += fmt::format("L{:.2f} {:.2f}L{:.2f} {:.2f}Z", place(last), scale.y(0), place(*begun), scale.y(0));
            begun.reset();
        };
        for (std::size_t i = 0; i < count; ++i) {
            const auto value = i < series.values.size() ? series.values[i] : std::nullopt;
            twin.rows[i].push_back({value ? say(*value) : "–", {}, true});
            if (!value) {
                if (i > 0) end_area(i - 1);
                continue;
            }
            const auto y = scale.y(*value);
            const auto step = fmt::format("{}{:.2f} {:.2f}", begun ? "L" : "M", place(i), y);
            path += step;
            area += step;
            if (!begun) begun = i;
            points += fmt::format(R"(<circle class="c-series{}" cx="{}" cy="{:.1f}" r="4"><title>{}</title></circle>)", s + 1, percent(place(i)), y,
                                  escape(series.label + ", " + lines.x[i] + ": " + say(*value)));
            if (lines.series.size() == 1 && count <= 8)
                points +=
                    fmt::format(R"(<text class="c-out" x="{}" y="{:.1f}" text-anchor="middle">{}</text>)", percent(place(i)), y - 9, say(*value));
            words += (words.empty() ? "" : "; ") + (lines.series.size() > 1 ? series.label + ", " : "") + lines.x[i] + ": " + say(*value);
        }
        if (count > 0) end_area(count - 1);
        // Paths know no percent: they lie in a box of 100 units that is stretched to the width, with strokes that are not.
        curves +=
            fmt::format(R"(<svg class="c-box" x="0" y="0" width="100%" height="{0}" viewBox="0 0 100 {0}" preserveAspectRatio="none">)", height);
        if (lines.area && lines.series.size() == 1) curves += fmt::format(R"(<path class="c-area" d="{}"/>)", area);
        curves += fmt::format(R"(<path class="{}" d="{}"/></svg>)", css, path);
        if (lines.series.size() > 1)
            legend +=
                fmt::format(R"(<li><svg viewBox="0 0 24 12" class="app-legend__line" aria-hidden="true"><path class="{}" d="M1 6H23"/></svg>{}</li>)",
                            css, escape(series.label));
    }
    if (lines.target) {
        const auto y = scale.y(*lines.target);
        const auto label = context.say(message("Target: {value}", {{"value", say(*lines.target)}}));
        curves += fmt::format(
            R"(<line class="c-target" x1="0" x2="100%" y1="{0:.1f}" y2="{0:.1f}"/><text class="c-out" x="100%" y="{1:.1f}" text-anchor="end">{2}</text>)",
            y, y - 6, escape(label));
        words += (words.empty() ? "" : "; ") + label;
    }
    const auto title = with_unit(context, lines.title, lines.unit);
    return figure(context, title, legend,
                  fmt::format(R"(<div class="app-plot">{}<svg class="app-svg" height="{}" role="img">{}{}{}{}{}</svg></div>)",
                              y_axis(context, scale, lines.digits), height, title_and_description(title, words), grid(scale), curves, points,
                              x_labels(lines.x, place)),
                  twin);
}

Html chart(const Context& context, const GroupedBars& bars) {
    double least = 0, most = 0;
    for (const auto& series : bars.series)
        for (const auto value : series.values) {
            least = std::min(least, value);
            most = std::max(most, value);
        }
    const auto scale = scale_of(least, most);
    const auto groups = std::max<std::size_t>(1, bars.groups.size());
    const auto inner = std::max<std::size_t>(1, bars.series.size());
    const double slot = 100.0 / static_cast<double>(groups), bar = slot * 0.76 / static_cast<double>(inner);
    const auto say = [&](double value) { return i18n::format_decimal(context.language, value, bars.digits); };

    std::string drawn, legend, words;
    Twin twin;
    twin.heads.push_back(with_unit(context, message("Group"), bars.unit));
    for (const auto& group : bars.groups) twin.rows.push_back({{group, {}, false}});
    for (std::size_t s = 0; s < bars.series.size(); ++s) {
        const auto& series = bars.series[s];
        twin.heads.push_back(series.label);
        legend += legend_swatch(fmt::format("series{}", s + 1), series.label);
        for (std::size_t g = 0; g < bars.groups.size(); ++g) {
            const double value = g < series.values.size() ? series.values[g] : 0;
            twin.rows[g].push_back({say(value), {}, true});
            const double x = slot * (static_cast<double>(g) + 0.12) + bar * static_cast<double>(s);
            const double from = std::min(scale.y(value), scale.y(0)), tall = std::fabs(scale.y(value) - scale.y(0));
            drawn += fmt::format(R"(<rect class="c-series{}" x="{}" y="{:.1f}" width="{}" height="{:.1f}" rx="1"><title>{}</title></rect>)", s + 1,
                                 percent(x), from, percent(bar * 0.94), std::max(tall, 0.5),
                                 escape(series.label + ", " + bars.groups[g] + ": " + say(value)));
            if (groups * inner <= 10)
                drawn += fmt::format(R"(<text class="c-out" x="{}" y="{:.1f}" text-anchor="middle">{}</text>)", percent(x + bar * 0.47), from - 5,
                                     say(value));
            words += (words.empty() ? "" : "; ") + series.label + ", " + bars.groups[g] + ": " + say(value);
        }
    }
    const auto title = with_unit(context, bars.title, bars.unit);
    // Names of groups are words and not numbers: as text below the drawing they may break.
    std::string names;
    for (const auto& group : bars.groups) names += "<span>" + escape(group) + "</span>";
    return figure(
        context, title, bars.series.size() > 1 ? legend : std::string(),
        fmt::format(
            R"(<div class="app-plot">{}<svg class="app-svg" height="{}" role="img">{}{}{}</svg><div class="app-xlabels" aria-hidden="true">{}</div></div>)",
            y_axis(context, scale, bars.digits), height, title_and_description(title, words), grid(scale), drawn, names),
        twin);
}

Html sparkline(const Context& context, const Text& label, const std::vector<double>& values) {
    const auto words = context.say(label);
    if (values.size() < 2) return Html::text(words);
    const auto [low, high] = std::minmax_element(values.begin(), values.end());
    const double range = *high - *low;
    std::string path;
    double x = 0, y = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        x = 2 + 96.0 * static_cast<double>(i) / static_cast<double>(values.size() - 1);
        y = range > 0 ? 28 - 24 * (values[i] - *low) / range : 16;
        path += fmt::format("{}{:.1f} {:.1f}", i == 0 ? "M" : "L", x, y);
    }
    return Html::trusted(fmt::format(
        R"(<svg class="app-spark" viewBox="0 0 100 32" role="img"><title>{}</title><path class="c-line" d="{}"/><circle class="c-mark" cx="{:.1f}" cy="{:.1f}" r="3"/></svg>)",
        escape(words), path, x, y));
}

}  // namespace web
