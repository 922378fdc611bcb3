#include "platform/base/day.h"

#include <gtest/gtest.h>

using base::day;

TEST(Day, IsoIsReadAndWritten) {
    EXPECT_EQ(base::parse_iso_day("2018-06-30"), day(2018, 6, 30));
    EXPECT_EQ(base::iso(day(2018, 6, 30)), "2018-06-30");
    for (const char* wrong : {"", "2018-06-31", "2018-6-30", "2018-02-29", "30.06.2018", "2018-06-30 ", "0999-01-01", "2018-00-10"})
        EXPECT_FALSE(base::parse_iso_day(wrong)) << wrong;
}

TEST(Day, PeopleTypeGermanDates) {
    EXPECT_EQ(base::parse_day("30.06.2018"), day(2018, 6, 30));
    EXPECT_EQ(base::parse_day(" 1.7.2018 "), day(2018, 7, 1));
    EXPECT_EQ(base::parse_day("2018-07-01"), day(2018, 7, 1));
    for (const char* wrong : {"31.06.2018", "1.7.18", "1.7", "a.b.cccc", "001.07.2018", "29.02.2019"}) EXPECT_FALSE(base::parse_day(wrong)) << wrong;
}

TEST(Day, CountsAcrossLeapDays) {
    EXPECT_EQ(base::plus_days(day(2020, 2, 28), 1), day(2020, 2, 29));
    EXPECT_EQ(base::plus_days(day(2019, 2, 28), 1), day(2019, 3, 1));
    EXPECT_EQ(base::days_between(day(2019, 12, 31), day(2020, 12, 31)), 366);
    EXPECT_EQ(base::last_of_month(std::chrono::year(2020) / 2), day(2020, 2, 29));
}

TEST(Instant, KeepsMicroseconds) {
    const auto t = base::parse_iso_instant("2018-06-30T22:15:01.000250Z");
    ASSERT_TRUE(t);
    EXPECT_EQ(base::iso(*t), "2018-06-30T22:15:01.000250Z");
    EXPECT_EQ(base::parse_iso_instant("2018-06-30T22:15:01Z"), *t - std::chrono::microseconds(250));
    EXPECT_FALSE(base::parse_iso_instant("2018-06-30T24:00:00Z"));
    EXPECT_FALSE(base::parse_iso_instant("2018-06-30T22:15:01"));
}

// 22:30 UTC is half past midnight of the next day in Berlin in summer, and half past eleven of the same day in winter.
TEST(Clock, TheCivilDayIsBerlins) {
    EXPECT_EQ(base::berlin_day(*base::parse_iso_instant("2018-06-30T22:30:00Z")), day(2018, 7, 1));
    EXPECT_EQ(base::berlin_day(*base::parse_iso_instant("2018-12-30T22:30:00Z")), day(2018, 12, 30));
    EXPECT_EQ(base::iso(base::berlin_start_of(day(2018, 7, 1))), "2018-06-30T22:00:00.000000Z");
}

TEST(Clock, AFixedDayIsTodayAndNow) {
    const base::Clock clock(day(2020, 9, 30));
    EXPECT_EQ(clock.today(), day(2020, 9, 30));
    EXPECT_EQ(base::berlin_day(clock.now()), day(2020, 9, 30));
}
