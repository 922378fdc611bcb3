#include "platform/base/day.h"

#include <algorithm>

#include <date/tz.h>
#include <fmt/format.h>

namespace base {
namespace {

std::optional<int> number(std::string_view s) {
    if (s.empty() || s.size() > 4) return {};
    int value = 0;
    for (char c : s) {
        if (c < '0' || c > '9') return {};
        value = value * 10 + (c - '0');
    }
    return value;
}

std::optional<Day> valid(int y, int m, int d) {
    if (y < 1000 || y > 9999 || m < 1 || d < 1) return {};
    const Day result = day(y, static_cast<unsigned>(m), static_cast<unsigned>(d));
    if (!result.ok()) return {};
    return result;
}

const date::time_zone* berlin() {
    static const date::time_zone* zone = date::locate_zone("Europe/Berlin");
    return zone;
}

}  // namespace

std::optional<Day> parse_iso_day(std::string_view s) {
    if (s.size() != 10 || s[4] != '-' || s[7] != '-') return {};
    const auto y = number(s.substr(0, 4)), m = number(s.substr(5, 2)), d = number(s.substr(8, 2));
    if (!y || !m || !d) return {};
    return valid(*y, *m, *d);
}

std::optional<Day> parse_day(std::string_view s) {
    while (!s.empty() && (s.front() == ' ' || s.front() == '\t')) s.remove_prefix(1);
    while (!s.empty() && (s.back() == ' ' || s.back() == '\t')) s.remove_suffix(1);
    if (auto day = parse_iso_day(s)) return day;
    const auto first = s.find('.');
    if (first == std::string_view::npos) return {};
    const auto second = s.find('.', first + 1);
    if (second == std::string_view::npos) return {};
    auto part = [](std::string_view p) {
        while (!p.empty() && p.front() == ' ') p.remove_prefix(1);
        return p;
    };
    const auto d = part(s.substr(0, first)), m = part(s.substr(first + 1, second - first - 1)), y = part(s.substr(second + 1));
    if (d.size() > 2 || m.size() > 2 || y.size() != 4) return {};
    const auto dn = number(d), mn = number(m), yn = number(y);
    if (!dn || !mn || !yn) return {};
    return valid(*yn, *mn, *dn);
}

std::string iso(Day d) {
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(d.year()), static_cast<unsigned>(d.month()), static_cast<unsigned>(d.day()));
}

std::string iso(Instant t) {
    const auto days = std::chrono::floor<std::chrono::days>(t);
    const std::chrono::hh_mm_ss time{t - days};
    return fmt::format("{}T{:02}:{:02}:{:02}.{:06}Z", iso(Day{days}), time.hours().count(), time.minutes().count(), time.seconds().count(),
                       time.subseconds().count());
}

std::optional<Instant> parse_iso_instant(std::string_view s) {
    if (s.size() < 20 || (s[10] != 'T' && s[10] != ' ') || s[13] != ':' || s[16] != ':' || s.back() != 'Z') return {};
    const auto d = parse_iso_day(s.substr(0, 10));
    const auto h = number(s.substr(11, 2)), m = number(s.substr(14, 2)), sec = number(s.substr(17, 2));
    if (!d || !h || !m || !sec || *h > 23 || *m > 59 || *sec > 59) return {};
    long micros = 0;
    auto fraction = s.substr(19, s.size() - 20);
    if (!fraction.empty()) {
        if (fraction.front() != '.' || fraction.size() < 2 || fraction.size() > 7) return {};
        fraction.remove_prefix(1);
        for (std::size_t i = 0; i < 6; ++i) {
            const char c = i < fraction.size() ? fraction[i] : '0';
            if (c < '0' || c > '9') return {};
            micros = micros * 10 + (c - '0');
        }
    }
    return std::chrono::sys_days(*d) + std::chrono::hours(*h) + std::chrono::minutes(*m) + std::chrono::seconds(*sec) +
           std::chrono::microseconds(micros);
}

Day plus_days(Day d, int days) { return Day{std::chrono::sys_days(d) + std::chrono::days(days)}; }
int days_between(Day from, Day until) { return static_cast<int>((std::chrono::sys_days(until) - std::chrono::sys_days(from)).count()); }
Day last_of_month(std::chrono::year_month m) { return Day{m / std::chrono::last}; }

Day berlin_day(Instant t) {
    const auto local = date::make_zoned(berlin(), t).get_local_time();
    const auto days = std::chrono::floor<std::chrono::days>(local.time_since_epoch());
    return Day{std::chrono::sys_days(days)};
}

Instant berlin_start_of(Day d) {
    const date::local_days local{std::chrono::sys_days(d).time_since_epoch()};
    return std::chrono::time_point_cast<std::chrono::microseconds>(berlin()->to_sys(local, date::choose::earliest));
}

Instant Clock::now() const {
    const auto real = std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
    if (!fixed_) return real;
    const auto since_midnight = real - berlin_start_of(berlin_day(real));
    return berlin_start_of(*fixed_) + std::min<std::chrono::microseconds>(since_midnight, std::chrono::hours(22));
}

Day Clock::today() const { return fixed_ ? *fixed_ : berlin_day(now()); }

}  // namespace base
