#include "tests/disclosure/support.h"

namespace disclosure_test {
namespace {

TEST(Suppress, KeepsMoreThanGaussSuppressionOnPublicCases) {
    for (const auto& [folder, secondary] : {std::pair{"p01_gem_alt_sex", 45u}, {"p02_gem_nat", 121u}, {"p09_ssb_d2", 20u}}) {
        SCOPED_TRACE(folder);
        const auto c = public_case(folder);
        Options fast;
        fast.effort = Effort::fast;
        const auto result = suppress(c.problem, rules_of(c), fast);
        ASSERT_TRUE(result) << base::describe(result.error());
        EXPECT_TRUE(result->certificate.passed);
        EXPECT_LE(result->audit.secondary, secondary);
    }
}

TEST(Suppress, ByDefaultKeepsAHundredSecondaryCellsOnNationalities) {
    const auto c = public_case("p02_gem_nat");
    const auto result = suppress(c.problem, rules_of(c));
    ASSERT_TRUE(result) << base::describe(result.error());
    EXPECT_TRUE(result->certificate.passed);
    EXPECT_LE(result->audit.secondary, 100u);
}

TEST(Suppress, GivesTheSamePatternForTheSameSeedWhateverTheThreads) {
    for (const auto* folder : {"p01_gem_alt_sex", "p02_gem_nat", "p07_flows"})
        for (const auto effort : {Effort::fast, Effort::standard}) {
            const auto c = public_case(folder);
            Options one, two;
            one.effort = two.effort = effort;
            one.threads = 1;
            two.threads = 2;
            const auto a = suppress(c.problem, rules_of(c), one), b = suppress(c.problem, rules_of(c), two);
            ASSERT_TRUE(a && b);
            EXPECT_EQ(a->pattern.suppressed, b->pattern.suppressed);
        }
}

TEST(Suppress, MakesIntervalsAsWideAsAskedFor) {
    const auto c = public_case("p01_gem_alt_sex");
    auto rules = rules_of(c);
    rules.required_width = 2;
    const auto result = suppress(c.problem, rules);
    ASSERT_TRUE(result) << base::describe(result.error());
    EXPECT_TRUE(result->certificate.passed);
    for (const auto& cell : result->audit.protected_cells) EXPECT_GE(cell.interval.high - cell.interval.low, 2) << name_of(c.problem, cell.key);
}

TEST(Suppress, LeavesCellsThatMustBePublished) {
    const auto c = public_case("p01_gem_alt_sex");
    auto rules = rules_of(c);
    const auto before = suppress(c.problem, rules);
    ASSERT_TRUE(before);
    const auto layout = lay_out(c.problem, rules, Knowledge::equations);
    ASSERT_TRUE(layout);
    for (const auto& key : before->pattern.suppressed)
        if (const auto& cell = layout->cells[layout->cell_of_key.at(key)]; !cell.is_protected && rules.priorities.empty())
            rules.priorities.emplace_back(key, 1);
    ASSERT_EQ(rules.priorities.size(), 1u);
    const auto after = suppress(c.problem, rules);
    ASSERT_TRUE(after) << base::describe(after.error());
    EXPECT_TRUE(after->certificate.passed);
    EXPECT_EQ(std::ranges::count(after->pattern.suppressed, rules.priorities[0].first), 0);
}

TEST(Suppress, HidesMoreWhereSomebodyAloneInACellWouldComputeAnother) {
    for (const auto* folder : {"p01_gem_alt_sex", "p02_gem_nat", "p07_flows", "p09_ssb_d2"}) {  // the flows are linked tables
        SCOPED_TRACE(folder);
        const auto c = public_case(folder);
        auto rules = rules_of(c);
        const auto open = suppress(c.problem, rules);
        rules.insider_level = 1;
        const auto closed = suppress(c.problem, rules);
        ASSERT_TRUE(open && closed);
        EXPECT_GT(open->audit.insider_pairs, 0u);
        EXPECT_EQ(closed->audit.insider_pairs, 0u);
        EXPECT_TRUE(closed->certificate.passed);
        EXPECT_GT(closed->audit.secondary, open->audit.secondary);
    }
}

TEST(Suppress, IsSafeAgainstInsidersInTablesOfEveryShape) {
    Random random(77);
    int had_pairs = 0;
    for (int i = 0; i < 200; ++i) {
        const auto c = random_case(random);
        auto rules = rules_of(c);
        const auto open = suppress(c.problem, rules);
        rules.insider_level = 1;
        const auto closed = suppress(c.problem, rules);
        ASSERT_TRUE(open && closed) << i;
        had_pairs += open->audit.insider_pairs > 0;
        EXPECT_EQ(closed->audit.insider_pairs, 0u) << i;
        EXPECT_TRUE(closed->certificate.passed) << i;
    }
    EXPECT_GT(had_pairs, 20);
}

// 2 + 6 = 8: with 6 and 8 published whatever happens, nothing hides the 2.
TEST(Suppress, NamesTheCellsThatNothingCanProtect) {
    Mistakes none;
    Case c;
    c.problem.dimensions.push_back(parse_hierarchy("place", parse_csv("place", "child,parent\nNorth,all\nSouth,all\n", none), none));
    ASSERT_FALSE(none.any());
    const auto& place = c.problem.dimensions[0];
    c.problem.tables = {{"T", {0}}};
    c.problem.inner = {{{*place.find("North")}, 2, 0, 0, 0}, {{*place.find("South")}, 6, 0, 0, 0}};
    Rules rules;
    ASSERT_TRUE(suppress(c.problem, rules));
    rules.priorities = {{{*place.find("South")}, 1}, {{place.total}, 1}};
    for (const auto effort : {Effort::fast, Effort::standard}) {
        Options options;
        options.effort = effort;
        const auto made = suppress(c.problem, rules, options);
        ASSERT_FALSE(made);
        EXPECT_EQ(made.error().kind, base::ErrorKind::conflict);
        ASSERT_EQ(made.error().fields.size(), 1u);
        EXPECT_EQ(base::in_english(made.error().fields[0].message), "North could be computed whatever is suppressed now.");
    }
}

}  // namespace
}  // namespace disclosure_test
