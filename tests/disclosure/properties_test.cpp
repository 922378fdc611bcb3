#include <gmock/gmock.h>

#include "disclosure/perturb.h"
#include "tests/disclosure/brute_force.h"
#include "tests/disclosure/support.h"

namespace disclosure_test {
namespace {

int rounds(int fast) { return std::getenv("MITEINANDER_SLOW") ? 8 * fast : fast; }

Problem with_tables(const Problem& from, std::vector<Table> tables) {
    auto out = from;
    out.tables = std::move(tables);
    return out;
}

std::vector<Table> all_pairs(const Problem& problem) {
    std::vector<Table> out;
    for (int a = 0; a < static_cast<int>(problem.dimensions.size()); ++a)
        for (int b = a + 1; b < static_cast<int>(problem.dimensions.size()); ++b)
            out.push_back({"T" + std::to_string(a) + std::to_string(b), {a, b}});
    return out;
}

// A certificate speaks of its tables. With one table more it no longer covers, and the audit of the larger problem sees what the new
// table gives away.
TEST(Properties, AddingATableNeverMakesTheCertificateLie) {
    Random random(6);
    int compared = 0, became_unsafe = 0;
    for (int i = 0; i < rounds(150) && !testing::Test::HasFailure(); ++i) {
        const auto c = random_case(random);
        if (c.problem.dimensions.size() < 2 || c.problem.inner.empty()) continue;
        auto tables = all_pairs(c.problem);
        random.shuffle(tables);
        auto fewer = tables;
        if (fewer.size() > 1)
            fewer.pop_back();
        else
            fewer = {{"A", {0}}};
        const auto small = with_tables(c.problem, fewer), large = with_tables(c.problem, tables);
        const auto made = suppress(small, rules_of(c));
        ASSERT_TRUE(made) << base::describe(made.error());
        ASSERT_TRUE(covers(made->certificate, small, made->pattern, rules_of(c)));
        EXPECT_FALSE(covers(made->certificate, large, made->pattern, rules_of(c)));
        // The protected cells the new table brings are hidden, nothing else.
        auto pattern = made->pattern;
        const auto layout = lay_out(large, rules_of(c), Knowledge::equations);
        ASSERT_TRUE(layout);
        std::set<Key> hidden(pattern.suppressed.begin(), pattern.suppressed.end());
        for (const auto& cell : layout->cells)
            if (cell.is_protected) hidden.insert(cell.key);
        const auto truth = enumerate_intervals(large, hidden, 1, 20'000);
        if (!truth) continue;
        const auto result = audit(large, {{hidden.begin(), hidden.end()}}, rules_of(c));
        ASSERT_TRUE(result);
        bool safe = true;
        for (const auto& cell : layout->cells)
            if (cell.is_protected) safe = safe && truth->at(cell.key).high - truth->at(cell.key).low >= 1;
        EXPECT_EQ(result->safe, safe) << "round " << i;
        EXPECT_EQ(certify(large, {{hidden.begin(), hidden.end()}}, rules_of(c), *result, "audit").passed, safe);
        ++compared;
        became_unsafe += !safe;
    }
    EXPECT_GT(compared, rounds(150) / 4);
    EXPECT_GT(became_unsafe, 0);
}

TEST(Properties, PublishingFewerCellsKeepsItSafe) {
    Random random(8);
    int safe = 0;
    for (int i = 0; i < rounds(150) && !testing::Test::HasFailure(); ++i) {
        const auto c = random_case(random);
        const auto made = suppress(c.problem, rules_of(c));
        ASSERT_TRUE(made) << base::describe(made.error());
        const auto layout = lay_out(c.problem, rules_of(c), Knowledge::equations);
        ASSERT_TRUE(layout);
        std::set<Key> hidden(made->pattern.suppressed.begin(), made->pattern.suppressed.end());
        for (const auto& cell : layout->cells)
            if (random.below(3) == 0) hidden.insert(cell.key);
        const auto result = audit(c.problem, {{hidden.begin(), hidden.end()}}, rules_of(c));
        ASSERT_TRUE(result);
        EXPECT_TRUE(result->safe) << "round " << i;
        ++safe;
    }
    EXPECT_EQ(safe, rounds(150));
}

// Reading the same case with its lines in another order and its codes renamed.
TEST(Properties, OrderOfLinesAndNamesOfCodesLeaveTheVerdictUnchanged) {
    Random random(21);
    for (int i = 0; i < rounds(40); ++i) {
        const auto gem = 2 + random.below(4), nat = 2 + random.below(3);
        std::vector<std::string> inner;
        for (std::uint64_t g = 0; g < gem; ++g)
            for (std::uint64_t n = 0; n < nat; ++n)
                if (const auto count = random.below(7); count > 0) inner.push_back(fmt::format("{},{},{}\n", g, n, count));
        if (inner.empty()) continue;
        const auto read = [&](const std::vector<std::string>& lines, std::string_view prefix) {
            std::string rows = "g,n,freq\n", g_edges = "child,parent\n", n_edges = "child,parent\n";
            for (const auto& line : lines) rows += std::string(prefix) + line.substr(0, 2) + std::string(prefix) + line.substr(2);
            for (std::uint64_t k = 0; k < gem; ++k) g_edges += fmt::format("{}{},all\n", prefix, prefix.empty() ? k : gem - 1 - k);
            for (std::uint64_t k = 0; k < nat; ++k) n_edges += fmt::format("{}{},all\n", prefix, k);
            const auto found = parse_case({"key,value\nthreshold,4\n", rows, "table,dims\nT,g n\n", {{"g", g_edges}, {"n", n_edges}}});
            EXPECT_TRUE(found) << (found ? "" : base::describe(found.error()));
            return *found;
        };
        auto shuffled = inner;
        random.shuffle(shuffled);
        const auto a = read(inner, ""), b = read(shuffled, "z");
        const auto layout = lay_out(a.problem, rules_of(a), Knowledge::equations);
        ASSERT_TRUE(layout);
        Pattern pattern, renamed;
        for (const auto& cell : layout->cells) {
            if (!cell.is_protected && random.below(3)) continue;
            pattern.suppressed.push_back(cell.key);
            renamed.suppressed.emplace_back();
            for (std::size_t d = 0; d < cell.key.size(); ++d) {
                const auto& code = a.problem.dimensions[d].codes[cell.key[d]];
                renamed.suppressed.back().push_back(*b.problem.dimensions[d].find(code == "all" ? code : "z" + code));
            }
        }
        const auto first = audit(a.problem, pattern, rules_of(a)), second = audit(b.problem, renamed, rules_of(b));
        ASSERT_TRUE(first && second);
        EXPECT_EQ(first->safe, second->safe);
        EXPECT_EQ(first->insider_pairs, second->insider_pairs);
        for (const auto v : {Verdict::safe, Verdict::forced, Verdict::determined, Verdict::too_narrow, Verdict::published})
            EXPECT_EQ(first->count(v), second->count(v)) << i;
    }
}

TEST(Properties, TheSameSeedGivesTheSameAndAnyOtherIsSafeAsWell) {
    const auto c = public_case("p01_gem_alt_sex");
    std::set<std::vector<Key>> patterns;
    for (const std::uint64_t seed : {1, 2, 3}) {
        Options options;
        options.effort = Effort::fast;
        options.seed = seed;
        const auto once = suppress(c.problem, rules_of(c), options), again = suppress(c.problem, rules_of(c), options);
        ASSERT_TRUE(once && again);
        EXPECT_EQ(once->pattern.suppressed, again->pattern.suppressed);
        EXPECT_EQ(once->certificate.pattern_hash, again->certificate.pattern_hash);
        EXPECT_TRUE(once->certificate.passed);
    }
}

TEST(Properties, AStopEndsTheSearchWithASafePattern) {
    const auto c = public_case("p02_gem_nat");
    std::atomic<bool> stop = false;
    std::set<std::string> stages;
    Options options;
    options.effort = Effort::budget;
    options.seconds = 300;
    options.control.stop = &stop;
    options.control.progress = [&](std::string_view stage, double share) {
        stages.emplace(stage);
        EXPECT_GE(share, 0.0);
        EXPECT_LE(share, 1.0);
        if (stage == "search") stop = true;
    };
    const auto began = std::chrono::steady_clock::now();
    const auto result = suppress(c.problem, rules_of(c), options);
    EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(120));
    ASSERT_TRUE(result) << base::describe(result.error());
    EXPECT_TRUE(result->certificate.passed);
    EXPECT_TRUE(stages.contains("search"));
    EXPECT_GE(stages.size(), 2u);
}

TEST(Properties, AnAuditWithoutTimeCallsNothingSafeThatIsNotProven) {
    const auto c = public_case("p02_gem_nat");
    std::atomic<bool> stop = true;
    Options options;
    options.control.stop = &stop;
    options.audit_seconds = 0;
    const auto pattern = read_pattern(case_folder("p02_gem_nat") + "/peer_gausssuppression.csv", c.problem, rules_of(c));
    ASSERT_TRUE(pattern);
    const auto result = audit(c.problem, *pattern, rules_of(c), options);
    ASSERT_TRUE(result);
    for (const auto& cell : result->protected_cells)
        if (cell.verdict == Verdict::safe) { EXPECT_GE(cell.interval.high - cell.interval.low, 1); }
    EXPECT_EQ(result->safe, result->count(Verdict::safe) == result->primary);
}

// Every table of whole numbers whose figures round to the same.
TEST(Properties, TheAuditOfRoundingAgreesWithTheEnumeration) {
    Random random(55);
    int compared = 0, unsafe = 0;
    for (int i = 0; i < rounds(120) && !testing::Test::HasFailure(); ++i) {
        const auto c = random_case(random);
        if (c.problem.inner.size() > 5 || c.problem.inner.empty()) continue;
        const Count base = 2 + static_cast<Count>(random.below(4));
        std::set<Key> all;
        std::map<Key, Interval> bounds;
        for (const auto& [key, count] : all_cells(c.problem)) {
            if (count == 0) continue;
            const Count rounded = (count + base / 2) / base * base;
            all.insert(key);
            bounds[key] = {std::max<Count>(1, rounded - base / 2), rounded - base / 2 + base - 1};
        }
        const auto truth = enumerate(all_cells(c.problem), all, equations_of(c.problem), 1, 200'000, &bounds);
        if (!truth) continue;
        const auto result = round(c.problem, base, rules_of(c));
        ASSERT_TRUE(result);
        EXPECT_EQ(result->certificate.passed, result->audit.safe);
        for (const auto& cell : result->audit.protected_cells)
            EXPECT_EQ(cell.verdict == Verdict::safe, truth->at(cell.key).high > truth->at(cell.key).low) << "round " << i << " base " << base;
        ++compared;
        unsafe += !result->audit.safe;
    }
    EXPECT_GT(compared, rounds(120) / 8);
    EXPECT_GT(unsafe, 0);
    EXPECT_LT(unsafe, compared);
}

TEST(Properties, RoundingToOneIsNoRounding) {
    const auto c = public_case("p09_ssb_d2");
    const auto exact = round(c.problem, 1, rules_of(c));
    ASSERT_TRUE(exact);
    EXPECT_EQ(exact->audit.count(Verdict::safe), 0u);
    EXPECT_FALSE(exact->certificate.passed);
}

// The moments of the noise, from the table itself: 10 000 evenly spread keys.
TEST(CellKey, NoiseHasTheMomentsItPromises) {
    for (Count n = 0; n <= 60; ++n) {
        double sum = 0, squares = 0;
        Count most = 0;
        const int draws = 30'000;
        for (int k = 0; k < draws; ++k) {
            const Count value = cell_key_value(n, (k + 0.5) / draws), noise = value - n;
            sum += static_cast<double>(noise);
            squares += static_cast<double>(noise * noise);
            most = std::max(most, std::abs(noise));
            EXPECT_TRUE(value == 0 || value >= 3) << n;
        }
        EXPECT_NEAR(sum / draws, 0.0, 1e-3) << n;
        EXPECT_LE(most, 2) << n;
        const double variance = n == 0 || n == 3 ? 0.0 : n <= 2 ? 2.0 : n == 4 ? 0.6 : 1.2;
        EXPECT_NEAR(squares / draws, variance, 5e-3) << n;
    }
}

TEST(CellKey, TheSamePeopleGetTheSameNoiseInEveryTable) {
    const auto c = public_case("p01_gem_alt_sex");
    const auto value_of = [](const std::vector<PublishedFigure>& figures) {
        std::map<Key, Count> out;
        for (const auto& f : figures) out[f.key] = f.value;
        return out;
    };
    const auto whole = cell_key(c.problem, {17}, rules_of(c)), again = cell_key(c.problem, {17}, rules_of(c)),
               other = cell_key(c.problem, {18}, rules_of(c));
    ASSERT_TRUE(whole && again && other);
    EXPECT_EQ(value_of(whole->figures), value_of(again->figures));
    EXPECT_NE(value_of(whole->figures), value_of(other->figures));
    EXPECT_TRUE(whole->certificate.passed);
    EXPECT_EQ(whole->certificate.method, again->certificate.method);
    EXPECT_NE(whole->certificate.method, other->certificate.method);
    EXPECT_NE(whole->certificate.pattern_hash, other->certificate.pattern_hash);
    auto small = c.problem;
    small.tables = {{"one", {small.tables[0].dimensions[0]}}};
    const auto part = cell_key(small, {17}, rules_of(c));
    ASSERT_TRUE(part);
    const auto all = value_of(whole->figures);
    for (const auto& f : part->figures) EXPECT_EQ(all.at(f.key), f.value);
}

}  // namespace
}  // namespace disclosure_test
