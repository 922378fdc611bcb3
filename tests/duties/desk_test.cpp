// What stands on the desk, and in which order.
#include "duties/desk.h"

#include <gtest/gtest.h>

#include "tests/duties/support/facts.h"

using namespace facts;
using duties::Pile;
using duties::State;

namespace {

duties::Occurrence period(State state, const char* due, const char* ends = "") {
    duties::Occurrence o;
    o.state = state;
    o.due_on = on(due);
    o.ends = on(*ends ? ends : due);
    o.period = due;
    return o;
}

// Which periods a pile holds, in order.
std::vector<std::string> order(Pile pile, const std::vector<duties::Judged>& judged, const std::string& own_office = "") {
    std::vector<std::string> out;
    for (const auto& row : duties::rows_of(pile, judged, own_office, on("2020-09-30"))) out.push_back(row.duty->key + " " + row.occurrence->period);
    return out;
}

}  // namespace

TEST(Desk, EveryPeriodLiesOnThePileItIsWorkedFrom) {
    auto shaky = period(State::open, "2020-12-31");
    shaky.at_risk = {"office_vacant"};
    auto shaky_and_soon = period(State::due_soon, "2020-10-15");
    shaky_and_soon.at_risk = {"office_vacant"};
    const std::vector<std::tuple<const char*, duties::Occurrence, std::optional<Pile>>> cases{
        {"within its grace, even from last year", period(State::overdue, "2019-12-31"), Pile::overdue},
        {"due in two weeks", period(State::due_soon, "2020-10-15"), Pile::due_soon},
        {"due in two weeks and at risk", shaky_and_soon, Pile::due_soon},
        {"missed in March", period(State::breached, "2020-03-31"), Pile::missed_this_year},
        {"behind an assumption in March", period(State::behind_assumption, "2020-03-31"), Pile::missed_this_year},
        {"over 2019, due in March 2020", period(State::breached, "2020-03-31", "2019-12-31"), Pile::missed_this_year},
        {"a gap in 2020 that began in 2019", period(State::breached, "2019-11-30", "2020-12-31"), Pile::missed_this_year},
        {"on the first day of the year", period(State::breached, "2020-01-01"), Pile::missed_this_year},
        {"on the last day of the year before", period(State::breached, "2019-12-31"), Pile::missed_before},
        {"behind an assumption in 2018", period(State::behind_assumption, "2018-12-31"), Pile::missed_before},
        {"open and at risk", shaky, Pile::at_risk},
        {"open", period(State::open, "2020-12-31"), {}},
        {"fulfilled late", period(State::fulfilled_late, "2019-12-31"), {}},
        {"waived", period(State::waived, "2019-12-31"), {}},
    };
    for (const auto& [name, occurrence, wanted] : cases) EXPECT_EQ(duties::pile_of(occurrence, on("2020-09-30")), wanted) << name;
}

TEST(Desk, WhatIsDueNowComesBeforeWhatIsOver) {
    const std::vector<Pile> wanted{Pile::overdue, Pile::due_soon, Pile::missed_this_year, Pile::at_risk, Pile::missed_before};
    EXPECT_EQ(std::vector<Pile>(duties::piles.begin(), duties::piles.end()), wanted);
}

TEST(Desk, TheOwnOfficeFirstThenTheEarliestDayAndOfThePastTheLatest) {
    auto first = duty(), second = duty();
    first.key = "a";
    first.bearer = "council";
    second.key = "b";
    second.bearer = "youth";
    const std::vector<duties::Judged> judged{
        {&first, {period(State::breached, "2018-12-31"), period(State::breached, "2019-12-31"), period(State::due_soon, "2020-10-20")}},
        {&second, {period(State::breached, "2017-12-31"), period(State::breached, "2019-06-30"), period(State::due_soon, "2020-10-10")}}};
    using Rows = std::vector<std::string>;
    EXPECT_EQ(order(Pile::due_soon, judged), (Rows{"b 2020-10-10", "a 2020-10-20"}));
    EXPECT_EQ(order(Pile::due_soon, judged, "council"), (Rows{"a 2020-10-20", "b 2020-10-10"}));
    EXPECT_EQ(order(Pile::missed_before, judged), (Rows{"a 2019-12-31", "b 2019-06-30", "a 2018-12-31", "b 2017-12-31"}));
    EXPECT_EQ(order(Pile::missed_before, judged, "youth"), (Rows{"b 2019-06-30", "b 2017-12-31", "a 2019-12-31", "a 2018-12-31"}));
    EXPECT_TRUE(order(Pile::overdue, judged).empty());
}
