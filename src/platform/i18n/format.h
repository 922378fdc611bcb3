#pragma once
#include <cstdint>
#include <string>

#include "platform/base/day.h"
#include "platform/i18n/language.h"

namespace i18n {

// How the languages of the product write days, months, numbers and money. Written out here and not taken from the operating
// system, whose locales differ from machine to machine; a letter to the council must not.
std::string format_day(Language, base::Day);                           // 30.06.2018 · 30 June 2018
std::string format_day_long(Language, base::Day);                      // 30. Juni 2018 · 30 June 2018
std::string format_weekday(Language, base::Day);                       // Samstag · Saturday
std::string format_month(Language, std::chrono::year_month);           // Juni 2018 · June 2018
std::string month_name(Language, std::chrono::month);                  // Juni · June
std::string format_period(Language, base::Day from, base::Day until);  // 01.01.2018 – 31.12.2018; a whole year: 2018
std::string format_moment(Language, base::Instant);                    // 18.11.2026, 14:32 Uhr · 18 November 2026, 14:32 (Europe/Berlin)

std::string format_number(Language, std::int64_t);                   // 1.234.567 · 1,234,567
std::string format_decimal(Language, double, int digits);            // 7,6 · 7.6
std::string format_percent(Language, double share, int digits = 0);  // of 0.59: 59 % · 59%
std::string format_money(Language, std::int64_t cents);              // 48.500,50 € · €48,500.50

}  // namespace i18n
