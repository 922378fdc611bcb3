#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace base {

// A civil day. Due dates, periods and "today" are days without a time zone; only the clock knows Europe/Berlin.
using Day = std::chrono::year_month_day;
// A moment in UTC, microseconds.
using Instant = std::chrono::sys_time<std::chrono::microseconds>;

// "2018-06-30"; nothing for anything else, the 31st of June included. Years 1000 to 9999.
std::optional<Day> parse_iso_day(std::string_view);
// "30.06.2018", "30.6.2018", also the ISO form: what people type into a German date field.
std::optional<Day> parse_day(std::string_view);
std::string iso(Day);
// "2018-06-30T12:00:00.000000Z" and back; the fraction may be shorter or missing.
std::string iso(Instant);
std::optional<Instant> parse_iso_instant(std::string_view);

Day plus_days(Day, int days);
int days_between(Day from, Day until);  // until - from; negative when until is earlier
Day last_of_month(std::chrono::year_month);
inline Day day(int year, unsigned month, unsigned d) { return std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(d); }
inline int year_of(Day d) { return static_cast<int>(d.year()); }

// The civil day in Europe/Berlin at a moment.
Day berlin_day(Instant);
// First moment of a civil day in Europe/Berlin.
Instant berlin_start_of(Day);

// The one clock of the program. A fixed day (--today) is for demonstrations and tests: today() answers it, and now() keeps the
// time of day of the real clock on that day, so that what is recorded stays in order. Safe to use from any thread.
class Clock {
  public:
    Clock() = default;
    explicit Clock(Day fixed) : fixed_(fixed) {}
    Instant now() const;
    Day today() const;
    std::optional<Day> fixed() const { return fixed_; }

  private:
    std::optional<Day> fixed_;
};

}  // namespace base
