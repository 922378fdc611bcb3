#include "measures/bulk_rules.h"

#include <gtest/gtest.h>

#include "tests/measures/support.h"

namespace measures {
namespace {

using base::day;
using namespace examples;

BulkItem planned(const Measure& m, const BulkChange& change, May may = {}) {
    static const District district;
    return plan_change(m, change, district.now(), "officer", may);
}
std::vector<std::string> rules_of(const BulkItem& item) {
    std::vector<std::string> out;
    for (const auto& refusal : item.refusals) out.push_back(refusal.rule.empty() ? base::in_english(refusal.text) : refusal.rule);
    return out;
}

TEST(BulkMonths, KeepToTheEndOfTheMonth) {
    const struct {
        base::Day from;
        int months;
        base::Day to;
    } cases[] = {{day(2019, 1, 31), 1, day(2019, 2, 28)},  {day(2020, 1, 31), 1, day(2020, 2, 29)},   {day(2020, 2, 29), 12, day(2021, 2, 28)},
                 {day(2019, 12, 31), 1, day(2020, 1, 31)}, {day(2019, 1, 15), -1, day(2018, 12, 15)}, {day(2019, 3, 31), -1, day(2019, 2, 28)},
                 {day(2019, 5, 15), 0, day(2019, 5, 15)},  {day(2019, 5, 15), 120, day(2029, 5, 15)}};
    for (const auto& c : cases) EXPECT_EQ(plus_months(c.from, c.months), c.to) << base::iso(c.from) << " " << c.months;
    auto m = binding_measure();
    m.schedule = {day(2019, 1, 1), day(2019, 6, 30), Rhythm::none, {}};
    BulkChange change;
    change.months = 2;
    EXPECT_EQ(changed_by(m, change).schedule.ends_on, day(2019, 8, 31)) << "the last day of a month stays the last day of a month";
}

TEST(BulkChange, TakesAnAccountableOfficeOutOfTheOthers) {
    auto m = binding_measure();
    m.joint = {"jugend"};
    m.coworkers = {"vhs"};
    BulkChange change;
    change.accountable = "jugend";
    change.add_coworker = "soziales";
    const auto after = changed_by(m, change);
    EXPECT_EQ(after.accountable, "jugend");
    EXPECT_TRUE(after.joint.empty());
    EXPECT_EQ(after.coworkers, (std::vector<std::string>{"soziales", "vhs"}));
    change.add_coworker = "jugend";
    EXPECT_EQ(changed_by(m, change).coworkers, std::vector<std::string>{"vhs"}) << "it is accountable already";
    change.drop_coworker = "vhs";
    EXPECT_TRUE(changed_by(m, change).coworkers.empty());
}

TEST(BulkChange, TellsItsOwnMistakesAllAtOnce) {
    const District district;
    BulkChange change;
    EXPECT_EQ(mistakes_in(change, district.statements).size(), 1u) << "nothing is chosen";
    change.months = 121;
    change.starts_on = day(2019, 2, 1);
    change.ends_on = day(2019, 1, 31);
    change.add_statements = {{"2018", "9.9-z"}};
    change.report_interval_days = 0;
    change.resolution = "KT 1/2019";
    EXPECT_EQ(mistakes_in(change, district.statements).size(), 6u);
    change = {};
    change.report_interval_days = 3660;
    change.add_statements = {{"2018", "5.1-a"}};
    EXPECT_TRUE(mistakes_in(change, district.statements).empty());
}

TEST(BulkPlan, MovesDatesFreelyUntilAMeasureBinds) {
    BulkChange change;
    change.months = 12;
    auto m = binding_measure();
    EXPECT_EQ(planned(m, change).changed, (std::vector<std::string>{"beginn", "ende"}));
    m.resources.clear();
    EXPECT_TRUE(planned(m, change).refusals.empty());
    m.state = State::agreed;
    const auto refused = planned(m, change);
    EXPECT_EQ(refused.refusals.size(), 2u) << "number and day of the resolution";
    EXPECT_EQ(refused.refusals[0].source, "4.2");
    change.resolution = "KT 1/2019";
    change.resolved_on = today;
    EXPECT_TRUE(planned(m, change).refusals.empty());
    change.resolved_on = base::plus_days(today, 1);
    EXPECT_EQ(planned(m, change).refusals.size(), 1u) << "a resolution of tomorrow";
    m.state = State::fulfilled;
    change.resolved_on = today;
    EXPECT_EQ(planned(m, change).refusals.size(), 1u) << "closed";
}

TEST(BulkPlan, LeavesResourcesNoYearOutside) {
    BulkChange change;
    change.starts_on = day(2020, 1, 1);
    change.ends_on = day(2020, 12, 31);
    EXPECT_EQ(planned(binding_measure(), change).refusals.size(), 1u) << "the budget of 2019 would lie before the measure";
}

TEST(BulkPlan, JudgesTheStepOnWhatTheChangeMakesOfIt) {
    BulkChange change;
    change.step = Step{};
    change.step->move = Move::agree;
    auto m = binding_measure();
    m.state = State::in_clarification;
    EXPECT_TRUE(planned(m, change).refusals.empty());
    EXPECT_EQ(planned(m, change).after.state, State::agreed);
    m.resources.clear();
    m.criterion = {};
    m.accountable = "verein";
    EXPECT_EQ(rules_of(planned(m, change)), (std::vector<std::string>{"R2", "R4", "R6"})) << "all of them, not the first";
    for (const auto& refusal : planned(m, change).refusals) {
        EXPECT_FALSE(refusal.source.empty());
        EXPECT_FALSE(base::in_english(refusal.remedy).empty());
    }
    change.accountable = "soziales";
    EXPECT_EQ(rules_of(planned(m, change)), (std::vector<std::string>{"R4", "R6"})) << "the same change names an office of the district";
    m.state = State::proposed;
    EXPECT_EQ(planned(m, change).refusals.size(), 3u) << "not a step of this state, either";
}

TEST(BulkPlan, KeepsACommitmentItsPartners) {
    auto m = binding_measure();
    m.kind = Kind::self_commitment;
    m.accountable = "verein";
    m.resources.clear();
    BulkChange change;
    change.accountable = "soziales";
    EXPECT_EQ(planned(m, change).refusals.size(), 1u);
    change = {};
    change.report_interval_days = 90;
    EXPECT_TRUE(planned(m, change).refusals.empty()) << "what is not its words";
}

TEST(BulkPlan, SaysWhoMayInstead) {
    BulkChange change;
    change.report_interval_days = 90;
    EXPECT_EQ(planned(binding_measure(), change, {.edit = false}).refusals.size(), 1u);
    change.step = Step{};
    EXPECT_EQ(planned(binding_measure(), change, {.edit = true, .step = false}).refusals.size(), 1u);
}

TEST(BulkPlan, LeavesWhatIsSoAlready) {
    BulkChange change;
    change.accountable = "soziales";
    EXPECT_TRUE(planned(binding_measure(), change).is_left());
}

}  // namespace
}  // namespace measures
