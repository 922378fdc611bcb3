// Duties by the calendar: both sides of every limit.
#include <gtest/gtest.h>

#include "tests/duties/support/facts.h"

using namespace facts;
using duties::Aggregate;
using duties::Comparison;
using duties::Period;
using duties::Rule;
using duties::State;

namespace {

struct Case {
    const char* as_of;
    const char* expected;
};

void expect_all(const duties::Duty& d, const std::vector<evidence::Record>& evidence, const char* period, const std::vector<Case>& cases) {
    for (const auto& c : cases) EXPECT_EQ(reading(judge(d, evidence, c.as_of), period), c.expected) << "as of " << c.as_of;
}

Rule once_by(Day due) {
    Rule r;
    r.period = Period::once;
    r.due = due;
    return r;
}

Rule places() {
    Rule r;
    r.evidence = "funding.places_secured";
    r.aggregate = Aggregate::sum;
    r.threshold = Quantity::of(12);
    r.filter = {{"claim", "none"}};
    return r;
}

Event places_on(const char* day, double quantity, const char* claim = "none") {
    return {.occurred_on = day, .kind = "funding.places_secured", .quantity = quantity, .attributes = {{"claim", claim}}};
}

}  // namespace

TEST(Once, PassesFromOpenToBreachedDayByDay) {
    auto d = duty(once_by(day(2018, 6, 30)));
    d.grace_days = 14;
    expect_all(d, {}, "once",
               {{"2017-12-31", "not_yet_due"},
                {"2018-01-01", "open"},
                {"2018-05-30", "open"},
                {"2018-05-31", "due_soon"},
                {"2018-06-30", "due_soon"},
                {"2018-07-01", "overdue"},
                {"2018-07-14", "overdue"},
                {"2018-07-15", "breached"},
                {"2020-12-31", "breached"},
                {"2021-01-01", "term_ended"}});
}

TEST(Once, TheDayItselfIsInTime) {
    const auto d = duty(once_by(day(2018, 6, 30)));
    expect_all(d, ledger({{.occurred_on = "2018-06-30"}}), "once",
               {{"2018-06-29", "due_soon"}, {"2018-06-30", "fulfilled 2018-06-30"}, {"2021-06-01", "fulfilled 2018-06-30"}});
    expect_all(d, ledger({{.occurred_on = "2018-07-01"}}), "once",
               {{"2018-06-30", "due_soon"}, {"2018-07-01", "fulfilled_late 2018-07-01"}, {"2021-06-01", "fulfilled_late 2018-07-01"}});
}

TEST(Once, WhatCameBeforeTheValidityIsNotCounted) {
    const auto d = duty(once_by(day(2018, 6, 30)));
    EXPECT_EQ(reading(judge(d, ledger({{.occurred_on = "2017-12-31"}}), "2018-03-01"), "once"), "open");
    EXPECT_EQ(reading(judge(d, ledger({{.occurred_on = "2018-01-01"}}), "2018-03-01"), "once"), "fulfilled 2018-01-01");
}

TEST(Yearly, TheLimitIsTheLastDayOfTheYear) {
    const auto d = duty();
    expect_all(d, {}, "2019",
               {{"2018-12-31", "not_yet_due"},
                {"2019-01-01", "open"},
                {"2019-11-30", "open"},
                {"2019-12-01", "due_soon"},
                {"2019-12-31", "due_soon"},
                {"2020-01-01", "breached"}});
    EXPECT_EQ(reading(judge(d, ledger({{.occurred_on = "2019-12-31"}}), "2020-06-01"), "2019"), "fulfilled 2019-12-31");
    EXPECT_EQ(reading(judge(d, ledger({{.occurred_on = "2019-01-01"}}), "2020-06-01"), "2019"), "fulfilled 2019-01-01");
    EXPECT_EQ(reading(judge(d, ledger({{.occurred_on = "2018-12-31"}}), "2020-06-01"), "2019"), "breached");
    EXPECT_EQ(reading(judge(d, ledger({{.occurred_on = "2020-01-01"}}), "2020-06-01"), "2019"), "breached");
}

TEST(Yearly, AReportForTheYearBeforeSaysSo) {
    const auto d = duty();
    const auto evidence = ledger({{.occurred_on = "2019-02-14", .attributes = {{"period", "2018"}}}});
    expect_all(d, evidence, "2018",
               {{"2019-02-13", "breached"}, {"2019-02-14", "fulfilled_late 2019-02-14"}, {"2020-12-31", "fulfilled_late 2019-02-14"}});
    EXPECT_EQ(reading(judge(d, evidence, "2019-12-31"), "2019"), "due_soon");
}

TEST(Yearly, ADayWithinTheYearLeavesTheRestOfItForBeingLate) {
    Rule r;
    r.due_month_day = std::chrono::June / 30;
    const auto d = duty(r);
    EXPECT_EQ(reading(judge(d, ledger({{.occurred_on = "2019-06-30"}}), "2020-06-01"), "2019"), "fulfilled 2019-06-30");
    EXPECT_EQ(reading(judge(d, ledger({{.occurred_on = "2019-07-01"}}), "2020-06-01"), "2019"), "fulfilled_late 2019-07-01");
    EXPECT_EQ(reading(judge(d, {}, "2019-06-30"), "2019"), "due_soon");
    EXPECT_EQ(reading(judge(d, {}, "2019-07-01"), "2019"), "breached");
}

TEST(Yearly, TheTwentyNinthOfFebruaryIsTheTwentyEighthElsewhere) {
    Rule r;
    r.due_month_day = std::chrono::February / 29;
    const auto all = judge(duty(r), {}, "2020-01-01");
    EXPECT_EQ(base::iso(*find(all, "2019")->due_on), "2019-02-28");
    EXPECT_EQ(base::iso(*find(all, "2020")->due_on), "2020-02-29");
}

TEST(Yearly, DueInTheYearAfterTakesWhatComesUntilThen) {
    Rule r;
    r.due_month_day = std::chrono::March / 31;
    r.due_next_year = true;
    const auto d = duty(r);
    EXPECT_EQ(reading(judge(d, ledger({{.occurred_on = "2019-03-31"}}), "2019-12-31"), "2018"), "fulfilled 2019-03-31");
    EXPECT_EQ(reading(judge(d, ledger({{.occurred_on = "2019-03-31"}}), "2019-12-31"), "2019"), "open");
    EXPECT_EQ(reading(judge(d, ledger({{.occurred_on = "2019-04-01"}}), "2019-12-31"), "2018"), "breached");
    EXPECT_EQ(reading(judge(d, ledger({{.occurred_on = "2019-04-01"}}), "2019-12-31"), "2019"), "fulfilled 2019-04-01");
    // What 2018 no longer needs is 2019's.
    const auto both = ledger({{.occurred_on = "2018-11-01"}, {.occurred_on = "2019-02-01"}});
    EXPECT_EQ(reading(judge(d, both, "2019-12-31"), "2018"), "fulfilled 2018-11-01");
    EXPECT_EQ(reading(judge(d, both, "2019-12-31"), "2019"), "fulfilled 2019-02-01");
    // 2020 is due after the validity: it ends open.
    EXPECT_EQ(reading(judge(d, {}, "2020-12-31"), "2020"), "open");
    EXPECT_EQ(reading(judge(d, {}, "2021-01-01"), "2020"), "term_ended");
}

TEST(PartsOfTheYear, EachHasItsOwnDay) {
    struct Row {
        Period period;
        const char* label;
        const char* first;
        const char* last;
    };
    for (const Row& row :
         {Row{Period::half_year, "2019-H1", "2019-01-01", "2019-06-30"}, Row{Period::half_year, "2019-H2", "2019-07-01", "2019-12-31"},
          Row{Period::quarter, "2019-Q1", "2019-01-01", "2019-03-31"}, Row{Period::quarter, "2019-Q3", "2019-07-01", "2019-09-30"},
          Row{Period::month, "2020-02", "2020-02-01", "2020-02-29"}, Row{Period::month, "2019-12", "2019-12-01", "2019-12-31"}}) {
        Rule r;
        r.period = row.period;
        auto d = duty(r);
        d.due_soon_days = 5;
        const auto after = base::iso(base::plus_days(on(row.last), 1)), before = base::iso(base::plus_days(on(row.first), -1));
        EXPECT_EQ(reading(judge(d, {}, before), row.label), "not_yet_due") << row.label;
        EXPECT_EQ(reading(judge(d, {}, row.first), row.label), "open") << row.label;
        EXPECT_EQ(reading(judge(d, {}, row.last), row.label), "due_soon") << row.label;
        EXPECT_EQ(reading(judge(d, {}, after), row.label), after > "2020-12-31" ? "term_ended" : "breached") << row.label;
        EXPECT_EQ(reading(judge(d, ledger({{.occurred_on = row.first}}), "2020-12-31"), row.label), std::string("fulfilled ") + row.first);
        EXPECT_EQ(reading(judge(d, ledger({{.occurred_on = row.last}}), "2020-12-31"), row.label), std::string("fulfilled ") + row.last);
        EXPECT_EQ(reading(judge(d, ledger({{.occurred_on = before}}), "2020-12-31"), row.label), "breached") << row.label;
    }
}

TEST(PartsOfTheYear, DaysAfterTheEndBelongToThePeriodThatStillNeedsThem) {
    Rule r;
    r.period = Period::quarter;
    r.due_after_days = 14;
    const auto d = duty(r);
    EXPECT_EQ(base::iso(*find(judge(d, {}, "2019-01-01"), "2018-Q4")->due_on), "2019-01-14");
    EXPECT_EQ(reading(judge(d, {}, "2019-01-14"), "2018-Q4"), "due_soon");
    EXPECT_EQ(reading(judge(d, {}, "2019-01-15"), "2018-Q4"), "breached");
    EXPECT_EQ(reading(judge(d, ledger({{.occurred_on = "2019-01-14"}}), "2019-06-30"), "2018-Q4"), "fulfilled 2019-01-14");
    EXPECT_EQ(reading(judge(d, ledger({{.occurred_on = "2019-01-14"}}), "2019-06-30"), "2019-Q1"), "breached");
    const auto both = ledger({{.occurred_on = "2018-08-05"}, {.occurred_on = "2018-10-05"}, {.occurred_on = "2019-01-05"}});
    EXPECT_EQ(reading(judge(d, both, "2019-06-30"), "2018-Q4"), "fulfilled 2018-10-05");
    EXPECT_EQ(reading(judge(d, both, "2019-06-30"), "2019-Q1"), "fulfilled 2019-01-05");
}

TEST(Sum, NineOfTwelvePlaces) {
    const auto d = duty(places());
    const auto evidence = ledger({places_on("2018-03-01", 5), places_on("2018-09-01", 7), places_on("2019-05-01", 9),
                                  places_on("2019-05-02", 8, "legal"), places_on("2020-01-15", 12)});
    const auto all = judge(d, evidence, "2020-09-30");
    EXPECT_EQ(reading(all, "2018"), "fulfilled 2018-09-01");
    EXPECT_EQ(reading(all, "2019"), "breached");
    EXPECT_EQ(reading(all, "2020"), "fulfilled 2020-01-15");
    ASSERT_TRUE(find(all, "2019")->missing);
    EXPECT_EQ(find(all, "2019")->missing->text.en, "9 of 12 places");
    EXPECT_EQ(find(all, "2019")->missing->text.de, "9 von 12 Plätzen");
    EXPECT_EQ(find(all, "2019")->evidence_count, 1);
    EXPECT_EQ(find(all, "2018")->evidence.size(), 2u);
    EXPECT_FALSE(find(all, "2018")->missing);
}

TEST(Sum, ElevenIsNotTwelve) {
    const auto d = duty(places());
    for (const auto& [quantity, expected] : std::vector<std::pair<double, const char*>>{
             {11, "breached"}, {11.999, "breached"}, {12, "fulfilled 2019-05-01"}, {13, "fulfilled 2019-05-01"}})
        EXPECT_EQ(reading(judge(d, ledger({places_on("2019-05-01", quantity)}), "2020-01-01"), "2019"), expected) << quantity;
}

TEST(Count, TheNthRecordFulfils) {
    Rule r;
    r.threshold = Quantity::of(3);
    const auto d = duty(r);
    const auto evidence = ledger({{.occurred_on = "2019-01-10"}, {.occurred_on = "2019-05-10"}, {.occurred_on = "2019-08-10"}});
    EXPECT_EQ(reading(judge(d, evidence, "2019-08-09"), "2019"), "open");
    EXPECT_EQ(find(judge(d, evidence, "2019-08-09"), "2019")->missing->text.en, "2 of 3 reports");
    EXPECT_EQ(reading(judge(d, evidence, "2019-08-10"), "2019"), "fulfilled 2019-08-10");
}

TEST(AtMost, IsKeptOnlyOnceNothingMoreCanCome) {
    Rule r;
    r.comparison = Comparison::at_most;
    r.threshold = Quantity::of(1);
    const auto d = duty(r);
    const auto one = ledger({{.occurred_on = "2019-03-01"}}), two = ledger({{.occurred_on = "2019-03-01"}, {.occurred_on = "2019-04-01"}});
    EXPECT_EQ(reading(judge(d, one, "2019-12-31"), "2019"), "due_soon");
    EXPECT_EQ(reading(judge(d, one, "2020-01-01"), "2019"), "fulfilled 2019-12-31");
    EXPECT_EQ(reading(judge(d, two, "2019-12-31"), "2019"), "due_soon");
    EXPECT_EQ(reading(judge(d, two, "2020-01-01"), "2019"), "breached");
    EXPECT_EQ(find(judge(d, two, "2020-01-01"), "2019")->missing->text.en, "2 reports, at most 1");
}

TEST(Exactly, OneTooManyIsNotMet) {
    Rule r;
    r.comparison = Comparison::exactly;
    r.threshold = Quantity::of(2);
    const auto d = duty(r);
    std::vector<Event> events;
    for (const char* expected : {"breached", "breached", "fulfilled 2019-02-01", "breached"}) {
        EXPECT_EQ(reading(judge(d, ledger(events), "2020-01-01"), "2019"), expected) << events.size();
        events.push_back({.occurred_on = "2019-0" + std::to_string(events.size() + 1) + "-01"});
    }
}

TEST(Latest, TheValueOnTheDayDecides) {
    Rule r;
    r.evidence = "statistics.value_observed";
    r.aggregate = Aggregate::latest;
    r.threshold = Quantity::of(50);
    r.due_month_day = std::chrono::June / 30;
    const auto d = duty(r);
    const auto value = [](const char* day, double v) { return Event{.occurred_on = day, .kind = "statistics.value_observed", .quantity = v}; };
    EXPECT_EQ(reading(judge(d, ledger({value("2019-02-01", 60)}), "2019-12-31"), "2019"), "fulfilled 2019-02-01");
    EXPECT_EQ(reading(judge(d, ledger({value("2019-02-01", 60), value("2019-06-30", 49.9)}), "2019-12-31"), "2019"), "breached");
    EXPECT_EQ(reading(judge(d, ledger({value("2019-02-01", 60), value("2019-07-01", 49)}), "2019-12-31"), "2019"), "fulfilled 2019-02-01");
    EXPECT_EQ(reading(judge(d, ledger({value("2019-02-01", 40), value("2019-07-01", 50)}), "2019-12-31"), "2019"), "fulfilled_late 2019-07-01");
}

TEST(Each, EveryMemberOfTheNamedSet) {
    Rule r;
    r.aggregate = Aggregate::each;
    r.each = {"integration", "literacy"};
    r.each_by = "course";
    const auto d = duty(r);
    const auto course = [](const char* day, const char* name) { return Event{.occurred_on = day, .attributes = {{"course", name}}}; };
    const auto one =
        judge(d, ledger({course("2019-02-01", "integration"), course("2019-03-01", "integration"), course("2019-03-01", "sewing")}), "2020-01-01");
    EXPECT_EQ(reading(one, "2019"), "breached");
    EXPECT_EQ(find(one, "2019")->missing->text.en, "1 of 2 reports; missing: literacy");
    EXPECT_EQ(find(one, "2019")->missing->text.de, "1 von 2 Berichten; es fehlt: literacy");
    EXPECT_EQ(reading(judge(d, ledger({course("2019-02-01", "integration"), course("2019-04-01", "literacy")}), "2020-01-01"), "2019"),
              "fulfilled 2019-04-01");
}

TEST(Share, EveryDecisionNeedsBothStatements) {
    Rule r;
    r.evidence = "funding.statement_given";
    r.population = "funding.decision_made";
    r.aggregate = Aggregate::share;
    r.threshold = Quantity::of(100);
    r.each = {"officer", "council"};
    r.each_by = "by";
    const auto d = duty(r);
    const auto decision = [](const char* day, const char* s) { return Event{.occurred_on = day, .kind = "funding.decision_made", .subject = s}; };
    const auto opinion = [](const char* day, const char* s, const char* by) {
        return Event{.occurred_on = day, .kind = "funding.statement_given", .subject = s, .attributes = {{"by", by}}};
    };
    EXPECT_EQ(reading(judge(d, {}, "2020-01-01"), "2019"), "not_applicable");
    EXPECT_EQ(reading(judge(d, ledger({opinion("2019-01-01", "a", "officer")}), "2020-01-01"), "2019"), "not_applicable");
    // A statement of December counts for a decision of January.
    const auto good = ledger({opinion("2018-12-20", "a", "officer"), opinion("2018-12-21", "a", "council"), decision("2019-01-10", "a")});
    EXPECT_EQ(reading(judge(d, good, "2020-01-01"), "2019"), "fulfilled 2019-01-10");
    EXPECT_EQ(reading(judge(d, good, "2020-01-01"), "2018"), "not_applicable");
    const auto half = ledger({opinion("2018-12-20", "a", "officer"), decision("2019-01-10", "a")});
    EXPECT_EQ(reading(judge(d, half, "2020-01-01"), "2019"), "breached");
    EXPECT_EQ(find(judge(d, half, "2020-01-01"), "2019")->missing->text.en, "0 of 1 decision; missing: a");
    EXPECT_EQ(reading(judge(d, half, "2020-01-01"), "2020"), "not_applicable");
}

TEST(Share, ThePercentageIsComparedExactly) {
    Rule r;
    r.evidence = "measures.status_reported";
    r.population = "measures.under_way";
    r.aggregate = Aggregate::share;
    r.threshold = Quantity{66667};  // 66.667 %
    const auto d = duty(r);
    std::vector<Event> events;
    for (const char* m : {"a", "b", "c"}) events.push_back({.occurred_on = "2018-05-01", .kind = "measures.under_way", .subject = m});
    events.push_back({.occurred_on = "2019-03-01", .kind = "measures.status_reported", .subject = "a"});
    events.push_back({.occurred_on = "2019-04-01", .kind = "measures.status_reported", .subject = "b"});
    EXPECT_EQ(reading(judge(d, ledger(events), "2020-01-01"), "2019"), "breached");
    auto lower = d;
    lower.rule.threshold = Quantity{66666};
    EXPECT_EQ(reading(judge(lower, ledger(events), "2020-01-01"), "2019"), "fulfilled 2019-04-01");
    // A measure that ended before the year is not asked for.
    events[2].until = "2018-12-31";
    EXPECT_EQ(reading(judge(d, ledger(events), "2020-01-01"), "2019"), "fulfilled 2019-04-01");
    events[2].until = "2019-01-01";
    EXPECT_EQ(reading(judge(d, ledger(events), "2020-01-01"), "2019"), "breached");
}

TEST(OnRequest, WithinSoManyDaysOfTheRequest) {
    Rule r;
    r.evidence = "advice.answered";
    r.request = "advice.requested";
    r.period = Period::on_request;
    r.answer_within_days = 30;
    const auto d = duty(r);
    const auto asked = [](const char* day, const char* s) { return Event{.occurred_on = day, .kind = "advice.requested", .subject = s}; };
    const auto answered = [](const char* day, const char* s) { return Event{.occurred_on = day, .kind = "advice.answered", .subject = s}; };
    EXPECT_EQ(reading(judge(d, {}, "2019-06-01"), "2018"), "not_applicable");
    EXPECT_EQ(reading(judge(d, {}, "2019-06-01"), "2019"), "not_applicable");
    EXPECT_EQ(reading(judge(d, {}, "2019-06-01"), "2020"), "none");
    expect_all(
        d, ledger({asked("2019-03-01", "q")}), "q",
        {{"2019-02-28", "none"}, {"2019-03-01", "due_soon"}, {"2019-03-31", "due_soon"}, {"2019-04-01", "breached"}, {"2021-01-01", "term_ended"}});
    EXPECT_EQ(reading(judge(d, ledger({asked("2019-03-01", "q"), answered("2019-03-31", "q")}), "2019-12-31"), "q"), "fulfilled 2019-03-31");
    EXPECT_EQ(reading(judge(d, ledger({asked("2019-03-01", "q"), answered("2019-04-01", "q")}), "2019-12-31"), "q"), "fulfilled_late 2019-04-01");
    EXPECT_EQ(reading(judge(d, ledger({asked("2019-03-01", "q"), answered("2019-03-02", "other")}), "2019-12-31"), "q"), "breached");
    // The request's own deadline wins.
    auto own = asked("2019-03-01", "q");
    own.attributes = {{"answer_by", "2019-03-05"}};
    EXPECT_EQ(base::iso(*find(judge(d, ledger({own}), "2019-03-02"), "q")->due_on), "2019-03-05");
}

TEST(OnRequest, AskedTwiceIsAnsweredTwice) {
    Rule r;
    r.evidence = "advice.answered";
    r.request = "advice.requested";
    r.period = Period::on_request;
    r.answer_within_days = 10;
    const auto evidence = ledger({{.occurred_on = "2019-03-01", .kind = "advice.requested", .subject = "q"},
                                  {.occurred_on = "2019-03-05", .kind = "advice.answered", .subject = "q"},
                                  {.occurred_on = "2019-05-01", .kind = "advice.requested", .subject = "q"}});
    const auto all = judge(duty(r), evidence, "2019-12-31");
    EXPECT_EQ(reading(all, "q"), "fulfilled 2019-03-05");
    EXPECT_EQ(reading(all, "q (2)"), "breached");
}

TEST(OnRequest, APaperMayComeBeforeItsMeeting) {
    Rule r;
    r.evidence = "council.paper_delivered";
    r.request = "council.deliberation_held";
    r.period = Period::on_request;
    r.answer_within_days = 0;
    const auto meeting = Event{.occurred_on = "2019-05-20", .kind = "council.deliberation_held", .subject = "m"};
    for (const auto& [day, expected] : std::vector<std::pair<const char*, const char*>>{
             {"2019-05-02", "fulfilled 2019-05-02"}, {"2019-05-20", "fulfilled 2019-05-20"}, {"2019-05-21", "fulfilled_late 2019-05-21"}})
        EXPECT_EQ(
            reading(judge(duty(r), ledger({meeting, {.occurred_on = day, .kind = "council.paper_delivered", .subject = "m"}}), "2019-12-31"), "m"),
            expected);
}
