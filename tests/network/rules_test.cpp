#include <gtest/gtest.h>

#include "network/api.h"

using base::day;
using network::OfficeRisk;

namespace {

const network::Bearer officer{
    .id = {1}, .key = "officer", .kind = network::BearerKind::office, .name = {}, .short_name = {}, .part_of = {}, .feed = true};

network::Holding held(base::Day from, std::optional<base::Day> until = {}, std::optional<base::Day> funded = {}) {
    return {.id = {}, .office = {1}, .from = from, .until = until, .funded_until = funded, .holder = "", .deputy = ""};
}
std::vector<OfficeRisk> risks(const std::vector<network::Holding>& all, base::Day today) { return network::risks_of(officer, all, today); }

}  // namespace

TEST(OfficeRisks, AnOfficeIsVacantFromTheDayAfterTheTerm) {
    const std::vector all{held(day(2018, 1, 1), day(2018, 6, 30))};
    EXPECT_EQ(risks(all, day(2018, 6, 30)), std::vector{OfficeRisk::term_ends});
    EXPECT_EQ(risks(all, day(2018, 7, 1)), std::vector{OfficeRisk::vacant});
}

TEST(OfficeRisks, TheEndOfATermShowsNinetyDaysAhead) {
    const std::vector all{held(day(2018, 1, 1), day(2018, 12, 31))};
    EXPECT_TRUE(risks(all, day(2018, 10, 2)).empty());  // 90 days later is the last day of the term
    EXPECT_EQ(risks(all, day(2018, 10, 3)), std::vector{OfficeRisk::term_ends});
}

TEST(OfficeRisks, ASuccessorEndsTheAlarm) {
    const std::vector all{held(day(2018, 1, 1), day(2018, 12, 31)), held(day(2019, 1, 1))};
    EXPECT_TRUE(risks(all, day(2018, 12, 31)).empty());
    EXPECT_TRUE(risks(all, day(2019, 1, 1)).empty());
}

TEST(OfficeRisks, AnEndedFundingShowsFromTheDayAfter) {
    const std::vector all{held(day(2018, 1, 1), {}, day(2019, 8, 31))};
    EXPECT_TRUE(risks(all, day(2019, 8, 31)).empty());
    EXPECT_EQ(risks(all, day(2019, 9, 1)), std::vector{OfficeRisk::funding_ended});
}

TEST(OfficeRisks, NothingIsSaidOfAnOfficeWithoutRecordsNorOfBodies) {
    EXPECT_TRUE(risks({}, day(2019, 1, 1)).empty());
    auto body = officer;
    body.kind = network::BearerKind::body;
    EXPECT_TRUE(network::risks_of(body, {held(day(2018, 1, 1), day(2018, 6, 30))}, day(2019, 1, 1)).empty());
}

// Ziffer 4.2: the district's organs, administration, companies and subordinate institutions are subjects of measures; partners are not (R2).
// For the desk: which office, since or until which day; the earliest first.
TEST(OfficeAlarms, NameTheirDayAndFundingIsToldAheadOfItsEnd) {
    const auto alarms = [](const std::vector<network::Holding>& all, base::Day today) {
        std::string out;
        const std::vector everybody{officer};
        for (const auto& a : network::alarms_of(everybody, all, today))
            out += a.office->key + " " + network::sentence_of(a, base::iso(a.on)).text + " " + base::iso(a.on) + "; ";
        return out;
    };
    const std::vector ends{held(day(2018, 1, 1), day(2018, 12, 31), day(2018, 12, 31))};
    EXPECT_EQ(alarms(ends, day(2018, 10, 2)), "");
    EXPECT_EQ(alarms(ends, day(2018, 10, 3)),
              "officer the term ends on {day}, and nobody follows 2018-12-31; officer the funding of the post ends on {day} 2018-12-31; ");
    EXPECT_EQ(alarms(ends, day(2019, 1, 1)), "officer vacant since {day} 2019-01-01; ");
    const std::vector unpaid{held(day(2018, 1, 1), {}, day(2018, 12, 31))};
    EXPECT_EQ(alarms(unpaid, day(2018, 12, 31)), "officer the funding of the post ends on {day} 2018-12-31; ");
    EXPECT_EQ(alarms(unpaid, day(2019, 1, 1)), "officer the funding of the post ended on {day} 2018-12-31; ");
    EXPECT_EQ(alarms({}, day(2019, 1, 1)), "") << "an office without records says nothing";
}

TEST(Bearers, OnlyTheDistrictsOwnAreSubjects) {
    for (const char* own : {"office", "body", "unit", "subordinate_institution", "district_company", "network"})
        EXPECT_TRUE(network::belongs_to_district(*network::bearer_kind(own))) << own;
    for (const char* other : {"municipality", "partner"}) EXPECT_FALSE(network::belongs_to_district(*network::bearer_kind(other))) << other;
    EXPECT_FALSE(network::bearer_kind("person"));
}
