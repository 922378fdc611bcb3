#include "groups/rules.h"

#include <gtest/gtest.h>

using namespace groups;
using base::day;

namespace {

Term term(base::Day from, std::optional<base::Day> until, std::int64_t id = 0) {
    Term t;
    t.id = {id};
    t.from = from;
    t.until = until;
    t.representative = "Vertretung";
    return t;
}

}  // namespace

TEST(Gaps, AreTheDaysNobodySits) {
    const auto from = day(2019, 1, 1), until = day(2019, 12, 31);
    EXPECT_EQ(days_of(gaps({}, from, until)), 365);
    EXPECT_TRUE(gaps({term(day(2018, 1, 1), {})}, from, until).empty());
    EXPECT_TRUE(gaps({term(day(2018, 1, 1), day(2019, 6, 30)), term(day(2019, 7, 1), day(2020, 1, 1))}, from, until).empty())
        << "one day after the other";
    EXPECT_EQ(gaps({term(day(2018, 1, 1), day(2019, 5, 31)), term(day(2019, 8, 15), {})}, from, until),
              (std::vector<Span>{{day(2019, 6, 1), day(2019, 8, 14)}}));
    EXPECT_EQ(gaps({term(day(2019, 1, 2), day(2019, 12, 30))}, from, until),
              (std::vector<Span>{{day(2019, 1, 1), day(2019, 1, 1)}, {day(2019, 12, 31), day(2019, 12, 31)}}));
    EXPECT_EQ(days_of(gaps({term(day(2020, 1, 1), {})}, from, until)), 365) << "begins only after";
}

TEST(SeatTerm, IsRefusedWithEveryReason) {
    const std::vector<Term> there{term(day(2018, 1, 1), day(2018, 6, 30), 1), term(day(2019, 1, 1), {}, 2)};
    EXPECT_TRUE(mistakes_in(term(day(2018, 7, 1), day(2018, 12, 31)), there).empty());
    EXPECT_EQ(mistakes_in(term(day(2018, 6, 30), day(2018, 12, 31)), there).size(), 1u) << "the border day";
    EXPECT_EQ(mistakes_in(term(day(2018, 3, 1), {}), there).size(), 2u) << "both in the way are named";
    EXPECT_TRUE(mistakes_in(term(day(2018, 1, 1), day(2018, 12, 31), 1), there).empty()) << "a term is not in its own way";
    auto nobody = term(day(2018, 7, 1), day(2018, 6, 1));
    nobody.representative = "";
    EXPECT_EQ(mistakes_in(nobody, {}).size(), 2u);
}

TEST(Meeting, InTheFutureWasNotHeld) {
    Meeting m;
    m.title = {"Runde", ""};
    m.on = day(2020, 10, 1);
    EXPECT_TRUE(mistakes_in(m, day(2020, 9, 30)).empty());
    m.state = MeetingState::held;
    EXPECT_EQ(mistakes_in(m, day(2020, 9, 30)).size(), 1u);
    EXPECT_TRUE(mistakes_in(m, day(2020, 10, 1)).empty());
}

TEST(Quarters, EndWithTheOneOfToday) {
    const auto quarters = quarters_until(day(2020, 2, 29), 3);
    ASSERT_EQ(quarters.size(), 3u);
    EXPECT_EQ(quarter_name(quarters.front()), "3/2019");
    EXPECT_EQ(quarters.back(), (Span{day(2020, 1, 1), day(2020, 3, 31)}));
}
