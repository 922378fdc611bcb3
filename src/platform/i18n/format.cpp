#include "platform/i18n/format.h"

#include <array>
#include <cmath>
#include <string_view>

#include <date/tz.h>
#include <fmt/format.h>

namespace i18n {
namespace {

constexpr std::string_view no_break = "\u00A0";

constexpr std::array<std::string_view, 12> german_months{"Januar", "Februar", "März",      "April",   "Mai",      "Juni",
                                                         "Juli",   "August",  "September", "Oktober", "November", "Dezember"};
constexpr std::array<std::string_view, 12> english_months{"January", "February", "March",     "April",   "May",      "June",
                                                          "July",    "August",   "September", "October", "November", "December"};
constexpr std::array<std::string_view, 7> german_weekdays{"Sonntag", "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag"};
constexpr std::array<std::string_view, 7> english_weekdays{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};

unsigned number(std::chrono::day d) { return static_cast<unsigned>(d); }
unsigned number(std::chrono::month m) { return static_cast<unsigned>(m); }

std::string grouped(std::string digits, char separator) {
    for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3) digits.insert(static_cast<std::size_t>(at), 1, separator);
    return digits;
}

// U+2212 and not a hyphen: it has the width of a digit, and no line breaks behind it.
constexpr std::string_view minus = "\u2212";

}  // namespace

std::string month_name(Language language, std::chrono::month month) {
    const auto index = (number(month) + 11) % 12;
    return std::string(language == Language::de ? german_months[index] : english_months[index]);
}

std::string format_day(Language language, base::Day day) {
    if (language == Language::en) return format_day_long(language, day);
    return fmt::format("{:02}.{:02}.{:04}", number(day.day()), number(day.month()), base::year_of(day));
}

std::string format_day_long(Language language, base::Day day) {
    return fmt::format("{}{} {} {:04}", number(day.day()), language == Language::de ? "." : "", month_name(language, day.month()),
                       base::year_of(day));
}

std::string format_weekday(Language language, base::Day day) {
    const auto index = std::chrono::weekday(std::chrono::sys_days(day)).c_encoding();
    return std::string(language == Language::de ? german_weekdays[index] : english_weekdays[index]);
}

std::string format_month(Language language, std::chrono::year_month month) {
    return fmt::format("{} {:04}", month_name(language, month.month()), static_cast<int>(month.year()));
}

std::string format_period(Language language, base::Day from, base::Day until) {
    const auto year = base::year_of(from);
    if (from == base::day(year, 1, 1) && until == base::day(year, 12, 31)) return std::to_string(year);
    return format_day(language, from) + " – " + format_day(language, until);
}

std::string format_moment(Language language, base::Instant instant) {
    const auto day = base::berlin_day(instant);
    // The offset of the hour itself: 14:32 stays 14:32 on the two days a year when the clocks change.
    const auto zoned = date::make_zoned("Europe/Berlin", std::chrono::floor<std::chrono::seconds>(instant));
    const auto local = zoned.get_local_time();
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(local - std::chrono::floor<std::chrono::days>(local)).count();
    return fmt::format("{}, {:02}:{:02}{}", format_day(language, day), minutes / 60, minutes % 60, language == Language::de ? " Uhr" : "");
}

std::string format_number(Language language, std::int64_t value) {
    const auto magnitude = value < 0 ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
    return (value < 0 ? std::string(minus) : std::string()) + grouped(std::to_string(magnitude), language == Language::de ? '.' : ',');
}

std::string format_decimal(Language language, double value, int digits) {
    if (!std::isfinite(value)) return "–";
    auto text = fmt::format("{:.{}f}", std::fabs(value), digits);
    const bool zero = text.find_first_not_of("0.") == std::string::npos;
    const auto point = text.find('.');
    auto out = grouped(text.substr(0, point), language == Language::de ? '.' : ',');
    if (point != std::string::npos) out += (language == Language::de ? ',' : '.') + text.substr(point + 1);
    return (value < 0 && !zero ? std::string(minus) : std::string()) + out;
}

std::string format_percent(Language language, double share, int digits) {
    return format_decimal(language, share * 100, digits) + (language == Language::de ? std::string(no_break) + "%" : "%");
}

std::string format_money(Language language, std::int64_t cents) {
    const auto magnitude = cents < 0 ? 0 - static_cast<std::uint64_t>(cents) : static_cast<std::uint64_t>(cents);
    const bool german = language == Language::de;
    const auto amount = fmt::format("{}{}{:02}", grouped(std::to_string(magnitude / 100), german ? '.' : ','), german ? ',' : '.', magnitude % 100);
    const std::string sign(cents < 0 ? minus : std::string_view{});
    return german ? sign + amount + std::string(no_break) + "€" : sign + "€" + amount;
}

}  // namespace i18n
