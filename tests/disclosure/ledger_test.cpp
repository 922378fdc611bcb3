#include "disclosure/ledger.h"

#include <gmock/gmock.h>
#include <unistd.h>
#include <filesystem>

#include "tests/disclosure/brute_force.h"
#include "tests/disclosure/support.h"

namespace disclosure_test {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

PublicationName called(std::string period, Kind kind = Kind::stock, Audience audience = Audience::everybody) {
    PublicationName out;
    out.statistic = "foreigners";
    out.period = std::move(period);
    out.kind = kind;
    out.audience = audience;
    return out;
}

Rules threshold(Count t) {
    Rules rules;
    rules.threshold = t;
    return rules;
}

// A publication with the given cells suppressed, as if it had been published in spite of any audit.
Publication published(const Problem& problem, const Rules& rules, const PublicationName& name, const std::set<Key>& hidden) {
    Publication out;
    out.name = name;
    out.method = "suppress";
    out.threshold = rules.threshold;
    out.lower_bound = rules.lower_bound;
    out.required_width = rules.required_width;
    out.dimensions = problem.dimensions;
    out.tables = problem.tables;
    const auto layout = lay_out(problem, rules, Knowledge::equations);
    EXPECT_TRUE(layout);
    for (const auto& cell : layout->cells)
        out.figures.push_back({cell.key, cell.count,
                               !hidden.contains(cell.key) ? Status::published
                               : cell.is_protected        ? Status::primary
                                                          : Status::secondary});
    return out;
}

// The world of the enumeration: cells of all publications by {period, kind} and key.
struct World {
    std::map<Key, Count> counts;
    std::set<Key> hidden;  // and nowhere published
    std::vector<Sum> sums;

    static Key name(int period, int kind, const Key& key) {
        Key out{period, kind};
        out.insert(out.end(), key.begin(), key.end());
        return out;
    }
    void add(int period, int kind, const Problem& problem, const std::set<Key>& suppressed) {
        for (const auto& [key, count] : all_cells(problem)) {
            const auto cell = name(period, kind, key);
            const bool is_new = counts.emplace(cell, count).second;
            if (!suppressed.contains(key))
                hidden.erase(cell), shown.insert(cell);
            else if (is_new || !shown.contains(cell))
                hidden.insert(cell);
        }
        for (auto sum : equations_of(problem)) {
            for (auto& [key, sign] : sum) key = name(period, kind, key);
            sums.push_back(std::move(sum));
        }
    }

  private:
    std::set<Key> shown;
};

std::set<Key> some_hidden(const Problem& problem, const Rules& rules, Random& random, std::uint64_t share) {
    std::set<Key> out;
    const auto layout = lay_out(problem, rules, Knowledge::equations);
    EXPECT_TRUE(layout);
    for (const auto& cell : layout->cells)
        if (cell.is_protected || random.below(4) < share) out.insert(cell.key);
    return out;
}

Pattern pattern_of(const std::set<Key>& hidden) { return {{hidden.begin(), hidden.end()}}; }

// What the enumeration says of every protected cell of one publication.
std::set<Key> narrow(const std::map<Key, Interval>& truth, int period, int kind, const Problem& problem, const Rules& rules) {
    std::set<Key> out;
    const auto layout = lay_out(problem, rules, Knowledge::equations);
    for (const auto& cell : layout->cells) {
        const auto found = truth.find(World::name(period, kind, cell.key));
        if (cell.is_protected && (found == truth.end() || found->second.high - found->second.low < rules.required_width)) out.insert(cell.key);
    }
    return out;
}

std::set<Key> unsafe_of(const Audit& audit) {
    std::set<Key> out;
    for (const auto& cell : audit.unsafe()) out.insert(cell.key);
    return out;
}

std::set<Key> opened_of(const LedgerAudit& audit, std::size_t publication) {
    std::set<Key> out;
    for (const auto& cell : audit.opened)
        if (cell.publication == publication) out.insert(cell.key);
    return out;
}

int rounds(int fast) { return std::getenv("MITEINANDER_SLOW") ? 8 * fast : fast; }

TEST(Ledger, AgreesWithTheEnumerationWhenTablesOfOnePeriodComeOneAfterTheOther) {
    Random random(31);
    int compared = 0, opened = 0, safe = 0;
    for (int i = 0; i < rounds(300) && !testing::Test::HasFailure(); ++i) {
        auto c = random_case(random);
        const auto rules = threshold(c.threshold);
        if (c.problem.dimensions.size() < 2) continue;
        Problem first = c.problem, second = c.problem;
        first.tables = {{"A", {0}}};
        if (random.below(2) && c.problem.dimensions.size() > 2) first.tables = {{"A", {0, 1}}};
        second.tables = {{"B", {0, 1}}};
        if (random.below(2) && c.problem.dimensions.size() > 2) second.tables = {{"B", {1, 2}}};
        const auto hidden_first = some_hidden(first, rules, random, random.below(4)),
                   hidden_second = some_hidden(second, rules, random, random.below(4));
        World world;
        world.add(0, 0, first, hidden_first);
        world.add(0, 0, second, hidden_second);
        const auto truth = enumerate(world.counts, world.hidden, world.sums, 1, 20'000);
        if (!truth) continue;
        Ledger ledger{{published(first, rules, called("2019"), hidden_first)}};
        const auto result = audit(second, pattern_of(hidden_second), rules, ledger, called("2019"));
        ASSERT_TRUE(result) << base::describe(result.error());
        SCOPED_TRACE("round " + std::to_string(i));
        EXPECT_EQ(unsafe_of(result->audit), narrow(*truth, 0, 0, second, rules));
        EXPECT_EQ(opened_of(*result, 0), narrow(*truth, 0, 0, first, rules));
        ++compared;
        opened += !result->opened.empty();
        safe += result->safe();
    }
    EXPECT_GT(compared, rounds(300) / 3);
    EXPECT_GT(opened, rounds(300) / 60);
    EXPECT_GT(safe, rounds(300) / 60);
}

// Two stocks and what came and went between them.
struct Years {
    Problem before, in, out, after;
};

Years random_years(Random& random, const Case& c) {
    Years y{c.problem, c.problem, c.problem, c.problem};
    std::map<Key, Count> stock;
    for (auto* p : {&y.in, &y.out, &y.after}) p->inner.clear();
    for (const auto& cell : y.before.inner) stock[cell.codes] = cell.count;
    Key key(c.problem.dimensions.size());
    const auto run = [&](const auto& self, std::size_t d) -> void {
        if (d < key.size()) {
            for (int code = 0; code < static_cast<int>(c.problem.dimensions[d].codes.size()); ++code)
                if (c.problem.dimensions[d].is_leaf(code)) {
                    key[d] = code;
                    self(self, d + 1);
                }
            return;
        }
        const Count had = stock.contains(key) ? stock[key] : 0, came = static_cast<Count>(random.below(3));
        const Count went = static_cast<Count>(random.below(static_cast<std::uint64_t>(std::min<Count>(2, had + came)) + 1));
        if (came > 0) y.in.inner.push_back({key, came, 0, 0, 0});
        if (went > 0) y.out.inner.push_back({key, went, 0, 0, 0});
        if (had + came - went > 0) y.after.inner.push_back({key, had + came - went, 0, 0, 0});
    };
    run(run, 0);
    return y;
}

TEST(Ledger, KnowsThatStocksAndFlowsAddUp) {
    Random random(77);
    int compared = 0, unsafe_with = 0, safe_without = 0;
    for (int i = 0; i < rounds(240) && !testing::Test::HasFailure(); ++i) {
        auto c = random_case(random);
        if (c.problem.dimensions.size() > 2 || c.problem.inner.empty()) continue;
        const auto rules = threshold(c.threshold);
        const auto y = random_years(random, c);
        const auto share = random.below(4);
        std::array<std::set<Key>, 4> hidden;
        const std::array<const Problem*, 4> problems{&y.before, &y.in, &y.out, &y.after};
        for (std::size_t k = 0; k < 4; ++k) hidden[k] = some_hidden(*problems[k], rules, random, share);
        World world;
        world.add(0, 0, y.before, hidden[0]);
        world.add(1, 1, y.in, hidden[1]);
        world.add(1, 2, y.out, hidden[2]);
        world.add(1, 0, y.after, hidden[3]);
        for (const auto& [key, count] : all_cells(y.after))
            world.sums.push_back(
                {{World::name(1, 0, key), 1}, {World::name(1, 2, key), 1}, {World::name(0, 0, key), -1}, {World::name(1, 1, key), -1}});
        const auto truth = enumerate(world.counts, world.hidden, world.sums, 1, 20'000);
        if (!truth) continue;
        auto after = called("2020");
        after.follows = "2019";
        Ledger ledger{{published(y.before, rules, called("2019"), hidden[0]), published(y.in, rules, called("2020", Kind::inflow), hidden[1]),
                       published(y.out, rules, called("2020", Kind::outflow), hidden[2])}};
        const auto result = audit(y.after, pattern_of(hidden[3]), rules, ledger, after);
        ASSERT_TRUE(result) << base::describe(result.error());
        SCOPED_TRACE("round " + std::to_string(i));
        EXPECT_EQ(result->unbalanced, 0u);
        EXPECT_EQ(unsafe_of(result->audit), narrow(*truth, 1, 0, y.after, rules));
        EXPECT_EQ(opened_of(*result, 0), narrow(*truth, 0, 0, y.before, rules));
        EXPECT_EQ(opened_of(*result, 1), narrow(*truth, 1, 1, y.in, rules));
        EXPECT_EQ(opened_of(*result, 2), narrow(*truth, 1, 2, y.out, rules));
        ++compared;
        const auto alone = audit(y.after, pattern_of(hidden[3]), rules, Ledger{}, after);
        ASSERT_TRUE(alone);
        EXPECT_TRUE(!result->audit.safe || alone->audit.safe) << "knowing more made it safer";
        unsafe_with += !result->safe();
        safe_without += alone->safe() && !result->safe();
    }
    EXPECT_GT(compared, rounds(240) / 4);
    EXPECT_GT(unsafe_with, rounds(240) / 24);
    EXPECT_GT(safe_without, 0);
}

TEST(Ledger, SuppressionIsSafeWithAllThatWasPublishedBeforeOrRefused) {
    Random random(404);
    int safe = 0, refused = 0;
    for (int i = 0; i < rounds(160) && !testing::Test::HasFailure(); ++i) {
        auto c = random_case(random);
        if (c.problem.dimensions.size() > 2 || c.problem.inner.empty()) continue;
        const auto rules = threshold(c.threshold);
        const auto y = random_years(random, c);
        World world;
        Ledger ledger;
        auto after = called("2020");
        after.follows = "2019";
        SCOPED_TRACE("round " + std::to_string(i));
        for (const auto& [problem, name] :
             {std::pair{&y.before, called("2019")}, {&y.in, called("2020", Kind::inflow)}, {&y.out, called("2020", Kind::outflow)}}) {
            const auto made = suppress(*problem, rules, ledger, name);
            ASSERT_TRUE(made) << base::describe(made.error());
            EXPECT_TRUE(made->certificate.passed);
            ledger.publications.push_back(made->publication);
            world.add(name.period == "2019" ? 0 : 1, static_cast<int>(name.kind), *problem,
                      {made->pattern.suppressed.begin(), made->pattern.suppressed.end()});
        }
        const auto made = suppress(y.after, rules, ledger, after);
        std::set<Key> hidden;
        if (made)
            hidden.insert(made->pattern.suppressed.begin(), made->pattern.suppressed.end());
        else
            hidden = some_hidden(y.after, rules, random, 4);  // all of it
        world.add(1, 0, y.after, hidden);
        for (const auto& [key, count] : all_cells(y.after))
            world.sums.push_back(
                {{World::name(1, 0, key), 1}, {World::name(1, 2, key), 1}, {World::name(0, 0, key), -1}, {World::name(1, 1, key), -1}});
        const auto truth = enumerate(world.counts, world.hidden, world.sums, 1, 20'000);
        if (!truth) continue;
        std::size_t narrow_cells = 0;
        int k = 0;
        for (const auto& [problem, period, kind] : {std::tuple{&y.before, 0, 0}, {&y.in, 1, 1}, {&y.out, 1, 2}, {&y.after, 1, 0}}) {
            narrow_cells += narrow(*truth, period, kind, *problem, rules).size();
            ++k;
        }
        if (made) {
            EXPECT_TRUE(made->certificate.passed);
            EXPECT_EQ(narrow_cells, 0u);
            ++safe;
        } else {
            EXPECT_EQ(made.error().kind, base::ErrorKind::conflict) << base::describe(made.error());
            EXPECT_GT(narrow_cells, 0u) << "refused without need";
            ++refused;
        }
    }
    EXPECT_GT(safe, rounds(160) / 8);
    EXPECT_GT(refused, 0);
}

// Four communes; x and y are small.
Case communes(std::string inner) {
    const auto found = parse_case({"key,value\ncase,foreigners\nthreshold,5\n",
                                   std::move(inner),
                                   "table,dims\nT,gem\n",
                                   {{"gem", "child,parent\nw,all\nx,all\ny,all\nz,all\n"}}});
    EXPECT_TRUE(found) << (found ? "" : base::describe(found.error()));
    return *found;
}

TEST(Ledger, RefusesAndNamesThePublicationThatGivesACellAway) {
    const auto c = communes("gem,freq\nw,40\nx,3\ny,4\nz,20\n");
    // In 2019 a threshold of 3 was enough: x and y were published.
    Ledger ledger{{published(c.problem, threshold(5), called("2018"), {}), published(c.problem, threshold(3), called("2019"), {})}};
    const auto refused = suppress(c.problem, threshold(5), ledger, called("2019"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, base::ErrorKind::conflict);
    const auto says = base::describe(refused.error());
    EXPECT_THAT(says, HasSubstr("foreigners 2019 (stock, public)"));
    EXPECT_THAT(says, testing::Not(HasSubstr("2018")));
    EXPECT_THAT(says, HasSubstr("x could be computed"));
    // Without the culprit it can be published.
    ledger.publications.pop_back();
    EXPECT_TRUE(suppress(c.problem, threshold(5), ledger, called("2019")));
}

TEST(Ledger, PublishesAgainWhatWasPublishedAndHidesAgainWhatWasHidden) {
    const auto c = communes("gem,freq\nw,40\nx,3\ny,30\nz,31\n");
    const auto key = [&](const char* code) { return Key{*c.problem.dimensions[0].find(code)}; };
    // Alone, y would be hidden beside x, being the smallest. But the year before hid z, and this year y has been published elsewhere.
    const auto alone = suppress(c.problem, threshold(5), Ledger{}, called("2020"));
    ASSERT_TRUE(alone);
    EXPECT_EQ(alone->pattern.suppressed, (std::vector<Key>{key("x"), key("y")}));
    Ledger habit{{published(c.problem, threshold(5), called("2019"), {key("x"), key("z")})}};
    const auto alike = suppress(c.problem, threshold(5), habit, called("2020"));
    ASSERT_TRUE(alike);
    EXPECT_EQ(alike->pattern.suppressed, (std::vector<Key>{key("x"), key("z")}));
    Ledger shown{{published(c.problem, threshold(5), called("2020"), {key("x"), key("z")})}};
    const auto again = suppress(c.problem, threshold(5), shown, called("2020"));
    ASSERT_TRUE(again) << base::describe(again.error());
    EXPECT_EQ(again->pattern.suppressed, (std::vector<Key>{key("x"), key("z")}));
    EXPECT_TRUE(again->certificate.passed);
}

TEST(Ledger, KeepsWhatTheCouncilReadsFromThePublicButNotTheOtherWayRound) {
    const auto c = communes("gem,freq\nw,40\nx,3\ny,4\nz,20\n");
    const auto all = published(c.problem, threshold(3), called("2019", Kind::stock, Audience::internal), {});
    // The council may read counts from 3 on; that is no reason to refuse the public its table, in which they are hidden.
    const Ledger internal{{all}};
    const auto open = suppress(c.problem, threshold(5), internal, called("2019"));
    ASSERT_TRUE(open) << base::describe(open.error());
    EXPECT_TRUE(open->certificate.passed);
    EXPECT_EQ(open->pattern.suppressed.size(), 2u);
    // What the public has read, the council has read as well.
    const Ledger published_before{{published(c.problem, threshold(3), called("2019"), {})}};
    EXPECT_FALSE(suppress(c.problem, threshold(5), published_before, called("2019", Kind::stock, Audience::internal)));
    // A public table that shows z gives away x to those who have read w + x + z in the council.
    const auto small = communes("gem,freq\nw,40\nx,2\ny,14\nz,20\n");
    const auto key = [&](const char* code) { return Key{*small.problem.dimensions[0].find(code)}; };
    const Ledger council{{published(small.problem, threshold(3), called("2019", Kind::stock, Audience::internal), {key("x"), key("z")})}};
    const auto audited = audit(small.problem, {{key("x"), key("y")}}, threshold(3), council, called("2019"));
    ASSERT_TRUE(audited);
    EXPECT_FALSE(audited->safe());
    ASSERT_EQ(audited->opened.size(), 1u);
    EXPECT_EQ(audited->opened[0].key, key("x"));
    EXPECT_EQ(audited->culprits, (std::vector<std::size_t>{0}));
    const auto kept = suppress(small.problem, threshold(3), council, called("2019"));
    ASSERT_TRUE(kept) << base::describe(kept.error());
    EXPECT_TRUE(kept->certificate.passed);
    EXPECT_TRUE(std::ranges::count(kept->pattern.suppressed, key("z")));
}

TEST(Ledger, RefusesTwoCountsOfOneCellUnlessTheCodeHasANewMeaning) {
    const auto before = communes("gem,freq\nw,40\nx,13\ny,14\nz,20\n"), after = communes("gem,freq\nw,40\nx,27\nz,20\n");
    const Ledger ledger{{published(before.problem, threshold(5), called("2019"), {})}};
    const auto refused = suppress(after.problem, threshold(5), ledger, called("2019"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, base::ErrorKind::invalid_input);
    EXPECT_THAT(base::describe(refused.error()), HasSubstr("x counts 27 in foreigners 2019"));
    // y has become a part of x.
    auto merged = called("2019");
    merged.versions["gem"] = "2019-07-06";
    const auto made = suppress(after.problem, threshold(5), ledger, merged);
    ASSERT_TRUE(made) << base::describe(made.error());
    // In another period every count is another.
    EXPECT_TRUE(suppress(after.problem, threshold(5), ledger, called("2020")));
    // The total has not changed its meaning.
    const auto fewer = communes("gem,freq\nw,40\nx,26\nz,20\n");
    EXPECT_FALSE(suppress(fewer.problem, threshold(5), ledger, merged));
}

TEST(Ledger, RefusesASecondMethodAndASecondAttacker) {
    const auto c = communes("gem,freq\nw,40\nx,3\ny,4\nz,20\n");
    Ledger ledger{{published(c.problem, threshold(5), called("2019"), {{1}, {2}})}};
    const auto rounded = perturbed(c.problem, ledger, called("2019"), "round 5");
    ASSERT_FALSE(rounded);
    EXPECT_THAT(base::describe(rounded.error()), HasSubstr("another method"));
    EXPECT_TRUE(perturbed(c.problem, ledger, called("2020"), "round 5"));
    Ledger coarse{{*perturbed(c.problem, {}, called("2019"), "round 5")}};
    EXPECT_FALSE(suppress(c.problem, threshold(5), coarse, called("2019")));
    EXPECT_FALSE(perturbed(c.problem, coarse, called("2019"), "round 10"));
    EXPECT_TRUE(perturbed(c.problem, coarse, called("2019"), "round 5"));
    auto wide = threshold(5);
    wide.required_width = 2;
    EXPECT_FALSE(suppress(c.problem, wide, ledger, called("2020")));
}

TEST(LedgerFile, KeepsEverythingAndRefusesWhatIsDamaged) {
    const auto c = communes("gem,freq\nw,40\nx,3\ny,4\nz,20\n");
    auto name = called("2019", Kind::outflow, Audience::internal);
    name.follows = "2018";
    name.versions["gem"] = "new";
    const auto line = line_of(published(c.problem, threshold(5), name, {{1}, {2}}));
    const auto back = parse_ledger(line + line, "ledger");
    ASSERT_TRUE(back) << base::describe(back.error());
    ASSERT_EQ(back->publications.size(), 2u);
    EXPECT_EQ(line_of(back->publications[1]), line);
    EXPECT_EQ(back->publications[0].name.versions, name.versions);
    for (const auto& [damaged, says] : std::vector<std::pair<std::string, std::string>>{
             {line + "{}\n", "line 2: ledger: “statistic” is missing"},
             {line + "nonsense\n", "line 2: ledger: The line is not JSON"},
             {line.substr(0, line.size() - 1), "line 1: ledger: The last line is not complete"},
             {std::string(line).replace(line.find("\"stock\"") == std::string::npos ? line.find("\"out\"") : 0, 5, "\"sid\""), "“kind”"},
             {std::string(line).replace(line.find("[\"x\",3"), 6, "[\"x\",-"), "not"},
             {std::string(line).replace(line.find("[\"x\",3"), 6, "[\"q\",3"), "Code “q”"}}) {
        const auto refused = parse_ledger(damaged, "ledger");
        ASSERT_FALSE(refused) << says;
        EXPECT_THAT(base::describe(refused.error()), HasSubstr(says));
    }
    // A line that can be read but does not add up.
    const auto odd = parse_ledger(std::string(line).replace(line.find("[\"x\",3"), 6, "[\"x\",4"), "ledger");
    ASSERT_TRUE(odd);
    auto same = called("2020", Kind::stock, Audience::internal);
    const auto result = suppress(c.problem, threshold(5), *odd, same);
    ASSERT_FALSE(result);
    EXPECT_THAT(base::describe(result.error()), HasSubstr("do not add up"));
}

TEST(LedgerFile, GrowsByLinesAndNotBehindAnothersBack) {
    const auto path = testing::TempDir() + "ledger_" + std::to_string(::getpid());
    std::filesystem::remove(path);
    const auto c = communes("gem,freq\nw,40\nx,3\ny,4\nz,20\n");
    const auto p = published(c.problem, threshold(5), called("2019"), {{1}, {2}});
    const auto none = read_ledger(path);
    ASSERT_TRUE(none);
    EXPECT_THAT(none->publications, IsEmpty());
    EXPECT_TRUE(append_to_ledger(path, p, 0));
    EXPECT_FALSE(append_to_ledger(path, p, 0));
    EXPECT_TRUE(append_to_ledger(path, p, 1));
    const auto both = read_ledger(path);
    ASSERT_TRUE(both);
    EXPECT_EQ(both->publications.size(), 2u);
    EXPECT_EQ(std::filesystem::status(path).permissions() & std::filesystem::perms::others_read, std::filesystem::perms::none);
    EXPECT_FALSE(append_to_ledger("/nowhere/ledger", p, 0));
    std::filesystem::remove(path);
}

}  // namespace
}  // namespace disclosure_test
