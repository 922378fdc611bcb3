#include "tests/disclosure/brute_force.h"
#include "tests/disclosure/support.h"

namespace disclosure_test {
namespace {

// What the enumeration says of each protected cell, and the audit, on the same pattern.
void compare(const Case& c, const Pattern& pattern, std::size_t& compared, std::size_t& unsafe_seen) {
    const auto rules = rules_of(c);
    const std::set<Key> suppressed(pattern.suppressed.begin(), pattern.suppressed.end());
    const auto truth = enumerate_intervals(c.problem, suppressed, rules.lower_bound, 20'000);
    if (!truth) return;
    const auto result = audit(c.problem, pattern, rules);
    ASSERT_TRUE(result) << base::describe(result.error());
    ++compared;
    bool all_safe = true;
    for (const auto& cell : result->protected_cells) {
        const bool hidden = suppressed.contains(cell.key);
        const bool wide = hidden && truth->at(cell.key).high - truth->at(cell.key).low >= rules.required_width;
        all_safe = all_safe && wide;
        EXPECT_EQ(cell.verdict == Verdict::safe, wide) << name_of(c.problem, cell.key) << " verdict " << static_cast<int>(cell.verdict);
        EXPECT_EQ(cell.verdict == Verdict::published, !hidden);
        if (hidden) {
            EXPECT_GE(cell.interval.low, truth->at(cell.key).low);
            if (truth->at(cell.key).high < cell.count + 8) { EXPECT_LE(cell.interval.high, truth->at(cell.key).high); }
        }
    }
    EXPECT_EQ(result->safe, all_safe);
    unsafe_seen += !all_safe;
}

TEST(Audit, AgreesWithTheEnumerationOfAllTables) {
    Random random(20181);
    std::size_t compared = 0, unsafe_seen = 0;
    const int rounds = std::getenv("MITEINANDER_SLOW") ? 12'000 : 1'500;
    for (int i = 0; i < rounds && !testing::Test::HasFailure(); ++i) {
        const auto c = random_case(random);
        const auto layout = lay_out(c.problem, rules_of(c), Knowledge::equations);
        ASSERT_TRUE(layout);
        Pattern pattern;
        const auto share = random.below(4);
        for (const auto& cell : layout->cells)
            if (cell.is_protected ? random.below(60) > 0 : random.below(4) < share) pattern.suppressed.push_back(cell.key);
        SCOPED_TRACE("round " + std::to_string(i));
        compare(c, pattern, compared, unsafe_seen);
    }
    // Both verdicts must have been tried often, or the agreement says little.
    EXPECT_GT(compared, static_cast<std::size_t>(rounds) / 2);
    EXPECT_GT(unsafe_seen, static_cast<std::size_t>(rounds) / 20);
    EXPECT_GT(compared - unsafe_seen, static_cast<std::size_t>(rounds) / 20);
}

TEST(Audit, SuppressionIsSafeByTheEnumeration) {
    Random random(4711);
    std::size_t compared = 0, unsafe_seen = 0;
    const int rounds = std::getenv("MITEINANDER_SLOW") ? 4'000 : 400;
    for (int i = 0; i < rounds && !testing::Test::HasFailure(); ++i) {
        const auto c = random_case(random);
        const auto result = suppress(c.problem, rules_of(c));
        ASSERT_TRUE(result) << "round " << i << base::describe(result.error());
        EXPECT_TRUE(result->certificate.passed);
        SCOPED_TRACE("round " + std::to_string(i));
        compare(c, result->pattern, compared, unsafe_seen);
    }
    EXPECT_EQ(unsafe_seen, 0u);
    EXPECT_GT(compared, static_cast<std::size_t>(rounds) / 2);
}

Pattern peer(const Case& c, const std::string& folder, const std::string& file) {
    auto found = read_pattern(case_folder(folder) + "/" + file, c.problem, rules_of(c));
    EXPECT_TRUE(found) << (found ? "" : base::describe(found.error()));
    return found ? *found : Pattern{};
}

TEST(Audit, RejectsThePatternThatForgetsOnes) {
    const auto c = public_case("p02_gem_nat");
    const auto result = audit(c.problem, peer(c, "p02_gem_nat", "peer_sdctable_hitas.csv"), rules_of(c));
    ASSERT_TRUE(result);
    EXPECT_FALSE(result->safe);
    EXPECT_EQ(result->unsafe().size(), 210u);
    EXPECT_EQ(result->count(Verdict::forced), 210u);

    // An attacker who does not know that suppressed counts are at least 1 learns nothing from the same pattern.
    auto lax = rules_of(c);
    lax.lower_bound = 0;
    const auto naive = audit(c.problem, peer(c, "p02_gem_nat", "peer_sdctable_hitas.csv"), lax);
    ASSERT_TRUE(naive);
    EXPECT_TRUE(naive->safe);
}

TEST(Audit, AcceptsPatternsKnownToBeSafe) {
    for (const auto& [folder, file, secondary] : {std::tuple{"p01_gem_alt_sex", "peer_gausssuppression.csv", 45u},
                                                  {"p01_gem_alt_sex", "known_better_41_secondary.csv", 41u},
                                                  {"p02_gem_nat", "peer_gausssuppression.csv", 121u},
                                                  {"p02_gem_nat", "known_better_98_secondary.csv", 98u},
                                                  {"p02_gem_nat", "peer_sdctable_hypercube.csv", 344u},
                                                  {"p09_ssb_d2", "peer_gausssuppression.csv", 20u}}) {
        SCOPED_TRACE(file);
        const auto c = public_case(folder);
        const auto result = audit(c.problem, peer(c, folder, file), rules_of(c));
        ASSERT_TRUE(result);
        EXPECT_TRUE(result->safe);
        EXPECT_EQ(result->secondary, secondary);
    }
}

TEST(Audit, VerdictDoesNotDependOnNamesOfCodes) {
    Random random(99);
    for (int i = 0; i < 60; ++i) {
        const auto c = random_case(random);
        const auto layout = lay_out(c.problem, rules_of(c), Knowledge::equations);
        ASSERT_TRUE(layout);
        Pattern pattern;
        for (const auto& cell : layout->cells)
            if (cell.is_protected || random.below(3) == 0) pattern.suppressed.push_back(cell.key);
        // Reverse the order of the codes of every dimension.
        auto mirrored = c;
        const auto flip = [](const Dimension& d, int code) { return static_cast<int>(d.codes.size()) - 1 - code; };
        for (std::size_t k = 0; k < c.problem.dimensions.size(); ++k) {
            const auto& from = c.problem.dimensions[k];
            auto& to = mirrored.problem.dimensions[k];
            for (int code = 0; code < static_cast<int>(from.codes.size()); ++code) {
                const int place = flip(from, code);
                to.codes[place] = from.codes[code];
                to.parents[place].clear();
                to.children[place].clear();
                for (const int p : from.parents[code]) to.parents[place].push_back(flip(from, p));
                for (const int p : from.children[code]) to.children[place].push_back(flip(from, p));
            }
            to.total = flip(from, from.total);
        }
        for (auto& cell : mirrored.problem.inner)
            for (std::size_t k = 0; k < cell.codes.size(); ++k) cell.codes[k] = flip(c.problem.dimensions[k], cell.codes[k]);
        Pattern other = pattern;
        for (auto& key : other.suppressed)
            for (std::size_t k = 0; k < key.size(); ++k) key[k] = flip(c.problem.dimensions[k], key[k]);
        const auto a = audit(c.problem, pattern, rules_of(c)), b = audit(mirrored.problem, other, rules_of(c));
        ASSERT_TRUE(a && b);
        EXPECT_EQ(a->safe, b->safe);
        for (const auto v : {Verdict::safe, Verdict::forced, Verdict::determined, Verdict::too_narrow}) EXPECT_EQ(a->count(v), b->count(v)) << i;
    }
}

TEST(Audit, PublishingFewerCellsKeepsItSafe) {
    const auto c = public_case("p01_gem_alt_sex");
    auto pattern = peer(c, "p01_gem_alt_sex", "known_better_41_secondary.csv");
    const auto layout = lay_out(c.problem, rules_of(c), Knowledge::equations);
    ASSERT_TRUE(layout);
    Random random(5);
    for (int i = 0; i < 12; ++i) {
        const auto& cell = layout->cells[random.below(layout->cells.size())];
        if (std::ranges::find(pattern.suppressed, cell.key) == pattern.suppressed.end()) pattern.suppressed.push_back(cell.key);
        const auto result = audit(c.problem, pattern, rules_of(c));
        ASSERT_TRUE(result);
        EXPECT_TRUE(result->safe);
    }
}

// Named apart from the others so that the thread sanitizer sees it: after the first round two ways through are followed side by side.
TEST(Elsewhere, APatternHasTheSameVerdictOnOneThreadAndOnTwo) {
    const auto c = public_case("p03_nat_alt_sex_sta");
    const auto pattern = peer(c, "p03_nat_alt_sex_sta", "peer_gausssuppression.csv");
    Options options;
    options.threads = 1;
    const auto one = audit(c.problem, pattern, rules_of(c), options);
    options.threads = 2;
    const auto two = audit(c.problem, pattern, rules_of(c), options);
    ASSERT_TRUE(one && two);
    EXPECT_TRUE(one->safe);
    EXPECT_EQ(one->witnesses, two->witnesses);
    EXPECT_TRUE(std::ranges::equal(one->protected_cells, two->protected_cells, [](const CellVerdict& a, const CellVerdict& b) {
        return a.key == b.key && a.verdict == b.verdict && a.interval.low == b.interval.low && a.interval.high == b.interval.high;
    }));
}

}  // namespace
}  // namespace disclosure_test
