#include "platform/web/csv.h"

#include <algorithm>

namespace web {
namespace {

bool is_number(std::string_view text) {
    if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
    return !text.empty() && text.front() >= '0' && text.front() <= '9' &&
           std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || c == '.' || c == ','; });
}

bool looks_like_formula(std::string_view text) {
    return !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos && !is_number(text);
}

}  // namespace

Csv& Csv::row(const std::vector<std::string>& cells) {
    bool first = true;
    for (const auto& cell : cells) {
        if (!first) text_ += separator_;
        first = false;
        const std::string value = (looks_like_formula(cell) ? "'" : "") + cell;
        if (value.find_first_of("\"\r\n;,\t") == std::string::npos) {
            text_ += value;
            continue;
        }
        text_ += '"';
        for (const char c : value) text_ += c == '"' ? std::string("\"\"") : std::string(1, c);
        text_ += '"';
    }
    text_ += "\r\n";
    return *this;
}

}  // namespace web
