#include "platform/i18n/format.h"

#include <cmath>

#include <gtest/gtest.h>

namespace {

using base::day;
using i18n::Language;

TEST(Format, WritesDaysAndMonths) {
    EXPECT_EQ(i18n::format_day(Language::de, day(2018, 6, 30)), "30.06.2018");
    EXPECT_EQ(i18n::format_day(Language::en, day(2018, 6, 30)), "30 June 2018");
    EXPECT_EQ(i18n::format_day_long(Language::de, day(2018, 3, 1)), "1. März 2018");
    EXPECT_EQ(i18n::format_weekday(Language::de, day(2018, 6, 30)), "Samstag");
    EXPECT_EQ(i18n::format_weekday(Language::en, day(2024, 2, 29)), "Thursday");
    EXPECT_EQ(i18n::format_month(Language::de, std::chrono::year(2019) / 12), "Dezember 2019");
    EXPECT_EQ(i18n::format_period(Language::de, day(2019, 1, 1), day(2019, 12, 31)), "2019");
    EXPECT_EQ(i18n::format_period(Language::de, day(2019, 1, 1), day(2019, 6, 30)), "01.01.2019 – 30.06.2019");
}

TEST(Format, WritesMomentsInBerlin) {
    // 22:30 UTC is the next day in Berlin's summer, and still the same day in winter.
    EXPECT_EQ(i18n::format_moment(Language::de, *base::parse_iso_instant("2026-07-01T22:30:00Z")), "02.07.2026, 00:30 Uhr");
    EXPECT_EQ(i18n::format_moment(Language::de, *base::parse_iso_instant("2026-12-01T22:30:00Z")), "01.12.2026, 23:30 Uhr");
    EXPECT_EQ(i18n::format_moment(Language::en, *base::parse_iso_instant("2026-11-18T13:32:00Z")), "18 November 2026, 14:32");
}

TEST(Format, WritesNumbersAndMoney) {
    EXPECT_EQ(i18n::format_number(Language::de, 1234567), "1.234.567");
    EXPECT_EQ(i18n::format_number(Language::en, 1234567), "1,234,567");
    EXPECT_EQ(i18n::format_number(Language::de, 999), "999");
    EXPECT_EQ(i18n::format_number(Language::de, 0), "0");
    EXPECT_EQ(i18n::format_number(Language::de, -1000), "−1.000");
    EXPECT_EQ(i18n::format_number(Language::de, INT64_MIN), "−9.223.372.036.854.775.808");
    EXPECT_EQ(i18n::format_decimal(Language::de, 7.6, 1), "7,6");
    EXPECT_EQ(i18n::format_decimal(Language::en, 1234.5, 2), "1,234.50");
    EXPECT_EQ(i18n::format_decimal(Language::de, -0.04, 1), "0,0");  // no minus before nothing
    EXPECT_EQ(i18n::format_decimal(Language::de, NAN, 1), "–");
    EXPECT_EQ(i18n::format_percent(Language::de, 0.59), "59\u00A0%");
    EXPECT_EQ(i18n::format_percent(Language::en, 0.59), "59%");
    EXPECT_EQ(i18n::format_money(Language::de, 4850050), "48.500,50\u00A0€");
    EXPECT_EQ(i18n::format_money(Language::en, 4850050), "€48,500.50");
    EXPECT_EQ(i18n::format_money(Language::de, -5), "−0,05\u00A0€");
}

}  // namespace
