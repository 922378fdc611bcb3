#include "platform/sheets/number_format.h"

#include <fmt/format.h>

#include <cmath>

namespace sheets {

Reading reading_of(int id) {
    if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 58)) return Reading::day;
    if (id == 22) return Reading::moment;
    if (id == 46) return Reading::elapsed;
    if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47)) return Reading::time;
    return Reading::number;
}

Reading reading_of(std::string_view code) {
    bool day = false, time = false, month_or_minute = false;
    for (std::size_t i = 0; i < code.size(); ++i) {
        const char c = code[i] >= 'A' && code[i] <= 'Z' ? static_cast<char>(code[i] - 'A' + 'a') : code[i];
        if (c == ';') break;  // the first section is for positive numbers, and so for days
        if (c == '"') {
            i = code.find('"', i + 1);
            if (i == std::string_view::npos) break;
        } else if (c == '\\' || c == '_' || c == '*') {
            ++i;
        } else if (c == '[') {
            const auto end = code.find(']', i);
            if (end == std::string_view::npos) break;
            const auto inside = code.substr(i + 1, end - i - 1);
            // [h], [mm], [ss]: elapsed time. Colours, conditions and languages ([Red], [>5], [$-407]) say nothing.
            if (!inside.empty() && inside.find_first_not_of("hHmMsS") == std::string_view::npos) return Reading::elapsed;
            i = end;
        } else if (code.substr(i).starts_with("General") || code.substr(i).starts_with("Standard")) {
            i += code[i] == 'G' ? 6 : 7;
        } else if (c == 'd' || c == 'y') {
            day = true;
        } else if (c == 'h' || c == 's') {
            time = true;
        } else if (c == 'm') {
            month_or_minute = true;
        } else if (c == '0' || c == '#' || c == '?') {
            // Digits make it a number, but for fractions of a second ("ss.000").
            if (!day && !time && !month_or_minute) return Reading::number;
        }
    }
    if (day && time) return Reading::moment;
    if (day) return Reading::day;
    if (time) return Reading::time;
    return month_or_minute ? Reading::day : Reading::number;
}

Cell dated(double serial, Reading reading, DateSystem system) {
    if (reading == Reading::number || !std::isfinite(serial) || serial < 0 || serial >= 2958466) return serial;
    auto whole = static_cast<int>(std::floor(serial));
    auto second = static_cast<int>(std::lround((serial - whole) * 86400));
    if (second == 86400) {
        second = 0;
        ++whole;
    }
    if (reading == Reading::time) whole = 0;
    if (reading == Reading::time || reading == Reading::elapsed) return fmt::format("{:02}:{:02}", whole * 24 + second / 3600, second / 60 % 60);
    base::Day day;
    if (system == DateSystem::since_1904)
        day = base::plus_days(base::day(1904, 1, 1), whole);
    else if (whole == 60)
        return Fault{"29.02.1900"};
    else
        day = base::plus_days(whole < 60 ? base::day(1899, 12, 31) : base::day(1899, 12, 30), whole);
    if (base::year_of(day) > 9999) return serial;
    if (reading == Reading::day) return day;
    return Moment{day, second};
}

}  // namespace sheets
