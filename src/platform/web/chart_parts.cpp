#include "platform/web/chart_parts.h"

#include <fmt/format.h>

namespace web::chart_parts {

std::string percent(double value) {
    auto text = fmt::format("{:.2f}", value);
    while (text.back() == '0') text.pop_back();
    if (text.back() == '.') text.pop_back();
    return text + "%";
}

std::string title_and_description(std::string_view title, std::string_view description) {
    return "<title>" + escape(title) + "</title>" + (description.empty() ? std::string() : "<desc>" + escape(description) + "</desc>");
}

std::string legend_swatch(std::string_view css, std::string_view label) {
    return fmt::format(
        R"(<li><svg viewBox="0 0 12 12" aria-hidden="true"><rect class="c-{}" x="1" y="1" width="10" height="10" rx="1"/></svg>{}</li>)", css,
        escape(label));
}

Html figure(const Context& context, const std::string& title, const std::string& legend_items, const std::string& drawing, const Twin& twin) {
    std::string out = "<figure class=\"app-chart\"><figcaption>" + escape(title) + "</figcaption>";
    if (!legend_items.empty()) out += "<ul class=\"app-legend\">" + legend_items + "</ul>";
    out += drawing;
    out += "<details><summary>" + escape(context.say(base::message("Figures as a table"))) +
           "</summary><div class=\"app-scroll\" role=\"region\" tabindex=\"0\" aria-label=\"" + escape(title) +
           "\"><table class=\"app-table app-table--plain\"><thead><tr>";
    for (std::size_t i = 0; i < twin.heads.size(); ++i)
        out += fmt::format("<th scope=\"col\"{}>{}</th>",
                           i > 0 && !twin.rows.empty() && i < twin.rows[0].size() && twin.rows[0][i].number ? " class=\"app-end\"" : "",
                           escape(twin.heads[i]));
    out += "</tr></thead><tbody>";
    for (const auto& row : twin.rows) {
        out += "<tr>";
        for (std::size_t i = 0; i < row.size(); ++i) {
            const auto content = row[i].url.empty() ? escape(row[i].text) : link(row[i].url, row[i].text).str();
            out +=
                i == 0 ? "<th scope=\"row\">" + content + "</th>" : fmt::format("<td{}>{}</td>", row[i].number ? " class=\"app-end\"" : "", content);
        }
        out += "</tr>";
    }
    return Html::trusted(out + "</tbody></table></div></details></figure>");
}

}  // namespace web::chart_parts
