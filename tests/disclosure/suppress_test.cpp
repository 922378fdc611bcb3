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
    const auto c = public_case("p02_gem_nat");
    Options one, two;
    one.threads = 1;
    two.threads = 2;
    const auto a = suppress(c.problem, rules_of(c), one), b = suppress(c.problem, rules_of(c), two);
    ASSERT_TRUE(a && b);
    EXPECT_EQ(a->pattern.suppressed, b->pattern.suppressed);
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

}  // namespace
}  // namespace disclosure_test
