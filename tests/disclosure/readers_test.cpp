#include <gmock/gmock.h>

#include "disclosure/perturb.h"
#include "tests/disclosure/support.h"

namespace disclosure_test {
namespace {

using testing::HasSubstr;

CaseTexts good() {
    return {"key,value\nthreshold,3\nnote,a, b and c\n", "a,freq\nx,2\ny,1\nz,7\n", "table,dims\nT,a\n", {{"a", "child,parent\nx,s\ny,s\nz,s\n"}}};
}

std::string mistakes_of(const CaseTexts& texts) {
    const auto found = parse_case(texts);
    return found ? "none" : base::describe(found.error());
}

TEST(Readers, TakeAGoodCase) {
    const auto found = parse_case(good());
    ASSERT_TRUE(found) << base::describe(found.error());
    EXPECT_EQ(found->threshold, 3);
    EXPECT_EQ(found->problem.inner.size(), 3u);
}

TEST(Readers, NameEveryMistakeWithItsLine) {
    struct Wrong {
        std::string what;
        void (*spoil)(CaseTexts&);
        std::string says;
    };
    for (const auto& w : std::vector<Wrong>{
             {"cycle", [](CaseTexts& t) { t.hierarchies[0].second = "child,parent\nx,s\ny,u\nu,y\nz,s\n"; }, "runs in a circle"},
             {"two totals", [](CaseTexts& t) { t.hierarchies[0].second = "child,parent\nx,s\ny,s\nz,q\n"; }, "one total"},
             {"negative", [](CaseTexts& t) { t.inner = "a,freq\nx,-2\n"; }, "line 2: inner.csv: The count -2 is negative"},
             {"fraction", [](CaseTexts& t) { t.inner = "a,freq\nx,1\ny,1.5\n"; }, "line 3: inner.csv: The count 1.5 is not a whole number"},
             {"unknown code", [](CaseTexts& t) { t.inner = "a,freq\nq,1\n"; }, "line 2: inner.csv: Code “q”"},
             {"sum counted", [](CaseTexts& t) { t.inner = "a,freq\ns,1\n"; }, "is a sum"},
             {"twice", [](CaseTexts& t) { t.inner = "a,freq\nx,1\ny,2\nx,1\n"; }, "line 4: inner.csv: The same combination is already in line 2"},
             {"empty file", [](CaseTexts& t) { t.inner.clear(); }, "inner.csv: The file is empty"},
             {"no hierarchy", [](CaseTexts& t) { t.tables = "table,dims\nT,b\n"; }, "Dimension b has no hierarchy"},
             {"open quote", [](CaseTexts& t) { t.inner = "a,freq\n\"x,1\n"; }, "not closed"}}) {
        auto texts = good();
        w.spoil(texts);
        EXPECT_THAT(mistakes_of(texts), HasSubstr(w.says)) << w.what;
    }
}

TEST(Readers, RefuseAPatternThatPublishesAProtectedCell) {
    const auto found = parse_case(good());
    ASSERT_TRUE(found);
    Rules rules;
    rules.threshold = 3;
    EXPECT_TRUE(parse_pattern("a,freq,primary\nx,2,1\ny,1,1\n", found->problem, rules));
    const auto refused = parse_pattern("a,freq,primary\nx,2,1\nz,7,0\n", found->problem, rules);
    ASSERT_FALSE(refused);
    EXPECT_THAT(base::describe(refused.error()), HasSubstr("publishes the protected cell y"));
}

TEST(Import, ChecksTheSumsOfATable) {
    Mistakes mistakes;
    const auto wrong = import_table(parse_csv("t", "a,n\nx,2\ny,3\nTotal,6\n", mistakes), {"a"}, {}, mistakes);
    ASSERT_FALSE(wrong);
    EXPECT_THAT(base::describe(wrong.error()), HasSubstr("line 4"));
    Mistakes none;
    const auto right = import_table(parse_csv("t", "a,n\nx,2\ny,3\nTotal,5\n", none), {"a"}, {}, none);
    ASSERT_TRUE(right) << base::describe(right.error());
    EXPECT_EQ(right->inner.size(), 2u);
}

TEST(CellKey, HasMeanZeroKeepsZeroAndAvoidsOneAndTwo) {
    for (Count n = 0; n <= 40; ++n) {
        double sum = 0;
        constexpr int draws = 3000;
        for (int i = 0; i < draws; ++i) {
            const auto value = cell_key_value(n, (i + 0.5) / draws);
            sum += static_cast<double>(value - n);
            EXPECT_TRUE(value != 1 && value != 2);
            EXPECT_LE(std::abs(value - n), 2);
        }
        EXPECT_NEAR(sum / draws, 0.0, 0.002) << n;
    }
    EXPECT_EQ(cell_key_value(0, 0.5), 0);
}

TEST(Rounding, TakesEachFigureFromTheExactValue) {
    const auto found = parse_case(good());
    ASSERT_TRUE(found);
    const auto rounded = round(found->problem, 5, Rules{});
    ASSERT_TRUE(rounded);
    std::multiset<Count> values;
    for (const auto& f : rounded->figures) values.insert(f.value);
    EXPECT_EQ(values, (std::multiset<Count>{0, 0, 5, 10}));  // 2, 1, 7 and the sum 10
    EXPECT_FALSE(round(found->problem, 0, Rules{}));
}

TEST(Certificate, CoversExactlyItsPattern) {
    const auto c = public_case("p01_gem_alt_sex");
    const auto result = suppress(c.problem, rules_of(c));
    ASSERT_TRUE(result);
    EXPECT_TRUE(covers(result->certificate, c.problem, result->pattern, rules_of(c)));
    EXPECT_LE(result->audit.secondary, 45u);
    auto fewer = result->pattern;
    fewer.suppressed.pop_back();
    EXPECT_FALSE(covers(result->certificate, c.problem, fewer, rules_of(c)));
    auto other = rules_of(c);
    other.threshold = 3;
    EXPECT_FALSE(covers(result->certificate, c.problem, result->pattern, other));
}

}  // namespace
}  // namespace disclosure_test
