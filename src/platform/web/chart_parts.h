#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "platform/web/context.h"
#include "platform/web/html.h"

// What all charts share: the figure around them, the legend and the table twin.
namespace web::chart_parts {

struct TwinCell {
    std::string text;
    std::string url = {};
    bool number = false;
};
struct Twin {
    std::vector<std::string> heads;
    std::vector<std::vector<TwinCell>> rows;  // the first cell of a row is its heading
};

std::string legend_swatch(std::string_view css, std::string_view label);
// <figure> with caption, legend (may be empty), drawing and the table twin in <details>.
Html figure(const Context&, const std::string& title, const std::string& legend_items, const std::string& drawing, const Twin&);
// A coordinate as an attribute: "12.5%", without trailing zeros, so that pages stay small.
std::string percent(double);
std::string title_and_description(std::string_view title, std::string_view description);

}  // namespace web::chart_parts
