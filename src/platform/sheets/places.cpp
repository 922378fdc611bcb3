#include "platform/sheets/places.h"

#include <algorithm>
#include <string_view>
#include <tuple>

namespace sheets {
namespace {

// "Tabelle1!C7" → (Tabelle1, 7, 3). Anything else stands before all cells.
std::tuple<std::string_view, long, long> position_of(std::string_view place) {
    const auto mark = place.rfind('!');
    const auto sheet = mark == std::string_view::npos ? std::string_view() : place.substr(0, mark);
    if (mark != std::string_view::npos) place.remove_prefix(mark + 1);
    long column = 0, row = 0;
    for (; !place.empty() && place.front() >= 'A' && place.front() <= 'Z' && column < 100'000; place.remove_prefix(1))
        column = column * 26 + (place.front() - 'A' + 1);
    for (; !place.empty() && place.front() >= '0' && place.front() <= '9' && row < 100'000'000; place.remove_prefix(1))
        row = row * 10 + (place.front() - '0');
    return {sheet, row, column};
}

}  // namespace

void in_reading_order(std::vector<base::FieldError>& told) {
    std::stable_sort(told.begin(), told.end(), [](const auto& a, const auto& b) { return position_of(a.field) < position_of(b.field); });
}

}  // namespace sheets
