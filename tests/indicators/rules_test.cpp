#include "indicators/rules.h"

#include <gtest/gtest.h>

using namespace indicators;
using base::day;

TEST(Periods, AreNamedByTheirRhythm) {
    const std::tuple<const char*, Rhythm, base::Day, base::Day> cases[] = {
        {"2020", Rhythm::yearly, day(2020, 1, 1), day(2020, 12, 31)},         {"2020-H1", Rhythm::half_yearly, day(2020, 1, 1), day(2020, 6, 30)},
        {"2020-H2", Rhythm::half_yearly, day(2020, 7, 1), day(2020, 12, 31)}, {"2020-Q1", Rhythm::quarterly, day(2020, 1, 1), day(2020, 3, 31)},
        {"2020-Q4", Rhythm::quarterly, day(2020, 10, 1), day(2020, 12, 31)},  {"2020-02", Rhythm::monthly, day(2020, 2, 1), day(2020, 2, 29)},
        {"2020-12", Rhythm::monthly, day(2020, 12, 1), day(2020, 12, 31)}};
    for (const auto& [name, rhythm, from, until] : cases) {
        EXPECT_EQ(period_of(name), (Period{from, until, rhythm})) << name;
        EXPECT_EQ(period_name(rhythm, from), name);
        EXPECT_EQ(period_name(rhythm, until), name);
    }
    for (const auto* none : {"", "20", "1989", "2101", "2020-H0", "2020-H3", "2020-Q0", "2020-Q5", "2020-00", "2020-13", "2020-1", "2020/01", "zwei"})
        EXPECT_FALSE(period_of(none)) << none;
    EXPECT_TRUE(period_of("1990"));
    EXPECT_TRUE(period_of("2100"));
}

TEST(Periods, TheLastOneThatEnded) {
    EXPECT_EQ(last_ended(Rhythm::yearly, day(2020, 12, 31)), "2019");
    EXPECT_EQ(last_ended(Rhythm::yearly, day(2021, 1, 1)), "2020");
    EXPECT_EQ(last_ended(Rhythm::quarterly, day(2020, 6, 30)), "2020-Q1");
    EXPECT_EQ(last_ended(Rhythm::quarterly, day(2020, 7, 1)), "2020-Q2");
    EXPECT_EQ(last_ended(Rhythm::monthly, day(2020, 1, 15)), "2019-12");
    EXPECT_EQ(last_ended(Rhythm::half_yearly, day(2020, 1, 15)), "2019-H2");
}

TEST(Values, EveryMistakeAtOnceAndBothSidesOfEachLimit) {
    Indicator i;
    i.key = "treffs";
    i.title = {"Treffs", ""};
    i.unit = {"Treffs", ""};
    EXPECT_TRUE(mistakes_in(i).empty());
    const auto today = day(2020, 9, 30);
    Value v;
    v.period = "2020";
    v.value = Quantity{};  // zero is a value
    v.observed_on = today;
    EXPECT_TRUE(mistakes_in(v, i, today).empty());
    v.observed_on = day(2020, 10, 1);
    v.period = "2021";
    v.value.reset();
    EXPECT_EQ(mistakes_in(v, i, today).size(), 3u);
    v = {.period = "2020-H1", .value = {}, .observed_on = today, .note = "Wurde nicht gezählt."};
    EXPECT_EQ(mistakes_in(v, i, today).size(), 1u);  // of another rhythm; without a value, but with a comment
    i.rhythm = Rhythm::half_yearly;
    EXPECT_TRUE(mistakes_in(v, i, today).empty());
    for (const auto* key : {"", "Treffs", "-a", "a-", "a b"}) {
        i.key = key;
        EXPECT_FALSE(mistakes_in(i).empty()) << key;
    }
}

TEST(Values, OnlyTheRightOneOfAPeriodCounts) {
    const auto value = [](const char* period, int amount, bool withdrawn = false) {
        Value v;
        v.period = period;
        v.value = Quantity::of(amount);
        if (withdrawn) v.withdrawn_on = day(2020, 9, 1);
        return v;
    };
    const auto line = current({value("2019", 5, true), value("2020", 7), value("2019", 6), value("no period", 1)});
    ASSERT_EQ(line.size(), 2u);
    EXPECT_EQ(line[0].value, Quantity::of(6));
    EXPECT_EQ(line[1].value, Quantity::of(7));
}
