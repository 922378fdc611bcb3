// Standing duties: freshness, coverage, gaps.
#include <gtest/gtest.h>

#include "tests/duties/support/facts.h"

using namespace facts;
using duties::Aggregate;
using duties::Period;
using duties::Rule;

namespace {

Rule held() {
    Rule r;
    r.evidence = "network.office_held";
    r.period = Period::standing;
    return r;
}

Event held_from(const char* from, const char* until = "", const char* subject = "officer") {
    return {.occurred_on = from, .kind = "network.office_held", .subject = subject, .until = until};
}

Rule fresh(int days) {
    Rule r = held();
    r.fresh_days = days;
    return r;
}

}  // namespace

TEST(Standing, AnOfficeHeldWithoutAGap) {
    const auto d = duty(held());
    const auto evidence = ledger({held_from("2018-01-01")});
    const auto all = judge(d, evidence, "2019-05-01");
    EXPECT_EQ(reading(all, "2018"), "fulfilled 2018-01-01");
    EXPECT_EQ(reading(all, "2019"), "fulfilled 2019-01-01");
    EXPECT_EQ(reading(all, "2020"), "not_yet_due");
    EXPECT_EQ(reading(judge(d, evidence, "2017-12-31"), "2018"), "not_yet_due");
    EXPECT_EQ(reading(judge(d, evidence, "2021-06-01"), "2020"), "fulfilled 2020-01-01");
}

TEST(Standing, TheGapBeginsTheDayAfterTheTermAndCountsUpToTheDay) {
    const auto d = duty(held());
    const auto evidence = ledger({held_from("2018-01-01", "2019-03-31"), held_from("2019-05-01")});
    EXPECT_EQ(reading(judge(d, evidence, "2019-03-31"), "2019"), "fulfilled 2019-01-01");
    EXPECT_EQ(base::iso(*find(judge(d, evidence, "2019-03-01"), "2019")->due_on), "2019-03-31");
    const auto first_day = judge(d, evidence, "2019-04-01");
    EXPECT_EQ(reading(first_day, "2019"), "breached");
    EXPECT_EQ(gaps(*find(first_day, "2019")), "2019-04-01..2019-04-01");
    const auto later = judge(d, evidence, "2019-12-31");
    EXPECT_EQ(reading(later, "2019"), "breached");
    EXPECT_EQ(gaps(*find(later, "2019")), "2019-04-01..2019-04-30");
    EXPECT_EQ(find(later, "2019")->missing->text.en, "a gap of 30 days");
    EXPECT_EQ(reading(later, "2018"), "fulfilled 2018-01-01");
    EXPECT_EQ(find(first_day, "2019")->missing->text.en, "0 of 1 office");
}

TEST(Standing, AGapWithinTheGraceIsRememberedAsLate) {
    auto d = duty(held());
    d.grace_days = 30;
    const auto evidence = ledger({held_from("2018-01-01", "2019-03-31"), held_from("2019-05-01")});
    EXPECT_EQ(reading(judge(d, evidence, "2019-04-01"), "2019"), "overdue");
    EXPECT_EQ(reading(judge(d, evidence, "2019-04-30"), "2019"), "overdue");
    EXPECT_EQ(reading(judge(d, evidence, "2019-05-01"), "2019"), "fulfilled_late 2019-05-01");
    d.grace_days = 29;
    EXPECT_EQ(reading(judge(d, evidence, "2019-04-29"), "2019"), "overdue");
    EXPECT_EQ(reading(judge(d, evidence, "2019-04-30"), "2019"), "breached");
    EXPECT_EQ(reading(judge(d, evidence, "2019-12-31"), "2019"), "breached");
}

TEST(Standing, AGapIsAsLongAsItIsOverTheTurnOfTheYear) {
    auto d = duty(held());
    d.grace_days = 20;
    const auto evidence = ledger({held_from("2018-01-01", "2018-12-20"), held_from("2019-01-15")});
    EXPECT_EQ(reading(judge(d, evidence, "2019-01-09"), "2019"), "overdue");
    EXPECT_EQ(reading(judge(d, evidence, "2019-01-10"), "2019"), "breached");
    const auto all = judge(d, evidence, "2019-06-01");
    EXPECT_EQ(gaps(*find(all, "2018")), "2018-12-21..2018-12-31");
    EXPECT_EQ(gaps(*find(all, "2019")), "2019-01-01..2019-01-14");
    EXPECT_EQ(reading(all, "2018"), "breached");
}

TEST(Standing, WhatWasNotThereFromTheFirstDayIsAGapFromTheFirstDay) {
    const auto all = judge(duty(held()), ledger({held_from("2018-01-03")}), "2018-02-01");
    EXPECT_EQ(gaps(*find(all, "2018")), "2018-01-01..2018-01-02");
    EXPECT_EQ(reading(judge(duty(held()), {}, "2021-03-01"), "2020"), "term_ended");
}

TEST(Freshness, TheLastDayIsStillFresh) {
    const auto d = duty(fresh(180));
    const auto evidence = ledger({held_from("2018-01-01"), held_from("2018-06-30")});  // fresh until 2018-06-30 and 2018-12-27
    EXPECT_EQ(reading(judge(d, evidence, "2018-12-27"), "2018"), "fulfilled 2018-01-01");
    const auto after = judge(d, evidence, "2018-12-28");
    EXPECT_EQ(reading(after, "2018"), "breached");
    EXPECT_EQ(gaps(*find(after, "2018")), "2018-12-28..2018-12-28");
    const auto one_day_late = ledger({held_from("2018-01-01"), held_from("2018-07-01")});
    EXPECT_EQ(reading(judge(d, one_day_late, "2018-07-01"), "2018"), "fulfilled 2018-01-01") << "fresh until 30 June and again on 1 July";
    const auto two_days_late = ledger({held_from("2018-01-01"), held_from("2018-07-02")});
    EXPECT_EQ(gaps(*find(judge(d, two_days_late, "2018-08-01"), "2018")), "2018-07-01..2018-07-01");
}

TEST(Coverage, EachNamedSeatIsFilled) {
    Rule r = held();
    r.evidence = "network.seat_filled";
    r.aggregate = Aggregate::each;
    r.each = {"youth", "social", "jobcenter"};
    const auto seat = [](const char* from, const char* name, const char* until = "") {
        return Event{.occurred_on = from, .kind = "network.seat_filled", .subject = name, .until = until};
    };
    const auto d = duty(r);
    const auto evidence = ledger(
        {seat("2018-01-01", "youth"), seat("2018-01-01", "social", "2019-08-31"), seat("2018-01-01", "jobcenter"), seat("2019-09-01", "social")});
    EXPECT_EQ(reading(judge(d, evidence, "2020-02-01"), "2019"), "fulfilled 2019-01-01");
    const auto empty_seat = ledger({seat("2018-01-01", "youth"), seat("2018-01-01", "social", "2019-08-31"), seat("2018-01-01", "jobcenter")});
    const auto all = judge(d, empty_seat, "2019-09-01");
    EXPECT_EQ(reading(all, "2019"), "breached");
    EXPECT_EQ(find(all, "2019")->missing->text.en, "2 of 3 seats; missing: social");
}

TEST(Coverage, EveryActiveOfferIsConfirmed) {
    Rule r;
    r.period = Period::standing;
    r.evidence = "catalogue.offer_confirmed";
    r.population = "catalogue.offer_active";
    r.aggregate = Aggregate::share;
    r.threshold = Quantity::of(100);
    r.fresh_days = 180;
    const auto d = duty(r);
    const auto offer = [](const char* from, const char* s, const char* until = "") {
        return Event{.occurred_on = from, .kind = "catalogue.offer_active", .subject = s, .until = until};
    };
    const auto confirmed = [](const char* day, const char* s) {
        return Event{.occurred_on = day, .kind = "catalogue.offer_confirmed", .subject = s};
    };
    EXPECT_EQ(reading(judge(d, {}, "2018-12-31"), "2018"), "not_applicable");
    const auto evidence = ledger({offer("2018-03-01", "a", "2018-10-31"), confirmed("2018-03-01", "a"), confirmed("2018-08-01", "a")});
    EXPECT_EQ(reading(judge(d, evidence, "2019-06-01"), "2018"), "fulfilled 2018-03-01");
    EXPECT_EQ(reading(judge(d, evidence, "2019-06-01"), "2019"), "not_applicable");
    const auto stale = ledger({offer("2018-03-01", "a", "2018-10-31"), confirmed("2018-03-01", "a")});  // fresh until 28 August
    EXPECT_EQ(gaps(*find(judge(d, stale, "2019-06-01"), "2018")), "2018-08-29..2018-10-31");
    EXPECT_EQ(reading(judge(d, stale, "2018-08-28"), "2018"), "fulfilled 2018-03-01");
    EXPECT_EQ(find(judge(d, stale, "2018-09-01"), "2018")->missing->text.en, "0 of 1 offer; missing: a");
}

TEST(Coverage, ASeatConfirmedTwiceIsOneSeat) {
    Rule r = held();
    r.threshold = Quantity::of(2);
    const auto d = duty(r);
    EXPECT_EQ(reading(judge(d, ledger({held_from("2018-01-01"), held_from("2018-01-01")}), "2018-06-01"), "2018"), "breached");
    EXPECT_EQ(reading(judge(d, ledger({held_from("2018-01-01"), held_from("2018-01-01", "", "deputy")}), "2018-06-01"), "2018"),
              "fulfilled 2018-01-01");
}
