#include <gmock/gmock.h>

#include "tests/disclosure/support.h"

namespace disclosure_test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

CaseTexts texts(std::string inner) {
    return {"key,value\nthreshold,3\n", std::move(inner), "table,dims\nT,a\n", {{"a", "child,parent\nx,s\ny,s\nz,s\n"}}};
}

Problem problem_of(std::string inner) {
    const auto found = parse_case(texts(std::move(inner)));
    EXPECT_TRUE(found) << (found ? "" : base::describe(found.error()));
    return found->problem;
}

bool is_protected(const Problem& problem, const Rules& rules, const char* code) {
    const auto layout = lay_out(problem, rules, Knowledge::equations);
    EXPECT_TRUE(layout);
    return layout->cells[layout->cell_of_key.at({*problem.dimensions[0].find(code)})].is_protected;
}

TEST(Rules, BothSidesOfEachLimit) {
    struct Limit {
        std::string what;
        void (*rule)(Rules&);
        std::string outside, inside;  // contributors, largest, second and count of x
    };
    for (const auto& l : std::vector<Limit>{
             {"threshold", [](Rules& r) { r.threshold = 5; }, "x,5,5,1,1", "x,4,4,1,1"},
             {"threshold of one protects nothing", [](Rules& r) { r.threshold = 2; }, "x,2,2,1,1", "x,1,1,1,0"},
             {"few contributors", [](Rules& r) { r.few_contributors = 3; }, "x,90,3,30,30", "x,90,2,45,45"},
             {"the largest of three quarters", [](Rules& r) { r.dominance_percent_of_largest = 75; }, "x,100,9,75,10", "x,100,9,76,10"},
             {"the two largest", [](Rules& r) { r.dominance_percent_of_two = 85; }, "x,100,9,50,35", "x,100,9,50,36"},
             {"a share is not rounded", [](Rules& r) { r.dominance_percent_of_largest = 75; }, "x,401,9,300,10", "x,401,9,301,10"}}) {
        Rules rules;
        rules.threshold = 1;
        l.rule(rules);
        const std::string head = "a,freq,contributors,largest,second\n", rest = "\ny,80,40,2,2\nz,90,40,2,2\n";
        EXPECT_FALSE(is_protected(problem_of(head + l.outside + rest), rules, "x")) << l.what;
        EXPECT_TRUE(is_protected(problem_of(head + l.inside + rest), rules, "x")) << l.what;
    }
}

TEST(Rules, ContributionsAddUpAlongTheHierarchy) {
    const auto problem = problem_of("a,freq,contributors,largest,second\nx,60,1,60,0\ny,20,1,20,0\nz,20,2,15,5\n");
    Rules rules;
    rules.threshold = 1;
    rules.few_contributors = 4;  // the sum has four
    rules.dominance_percent_of_largest = 60;
    rules.dominance_percent_of_two = 80;  // 60 of x and 20 of y
    EXPECT_FALSE(is_protected(problem, rules, "s"));
    rules.dominance_percent_of_two = 79;
    EXPECT_TRUE(is_protected(problem, rules, "s"));
    rules.dominance_percent_of_two = 0;
    rules.dominance_percent_of_largest = 59;
    EXPECT_TRUE(is_protected(problem, rules, "s"));
    rules.dominance_percent_of_largest = 0;
    rules.few_contributors = 5;
    EXPECT_TRUE(is_protected(problem, rules, "s"));
    // Without contributions there is nothing to dominate.
    EXPECT_FALSE(is_protected(problem_of("a,freq\nx,60\ny,20\nz,20\n"), rules, "s"));
}

// x and y are hidden, their sum is known: x is between the lower bound and what the lower bound leaves of the sum.
Audit pair_audit(const std::string& inner, Count lower_bound, Count width) {
    const auto problem = problem_of(inner);
    Rules rules;
    rules.threshold = 4;
    rules.lower_bound = lower_bound;
    rules.required_width = width;
    const auto result = audit(problem, {{{*problem.dimensions[0].find("x")}, {*problem.dimensions[0].find("y")}}}, rules);
    EXPECT_TRUE(result);
    return *result;
}

TEST(Rules, TheAttackerKnowsTheLowerBoundAndTheWidthIsMeasuredFromIt) {
    for (const auto& [inner, lower_bound, width, safe] : {std::tuple{"a,freq\nx,1\ny,1\nz,9\n", 1, 1, false},
                                                          {"a,freq\nx,1\ny,1\nz,9\n", 0, 1, true},
                                                          {"a,freq\nx,1\ny,1\nz,9\n", 0, 2, true},
                                                          {"a,freq\nx,1\ny,1\nz,9\n", 0, 3, false},
                                                          {"a,freq\nx,1\ny,2\nz,9\n", 1, 1, true},
                                                          {"a,freq\nx,1\ny,2\nz,9\n", 1, 2, false},
                                                          {"a,freq\nx,3\ny,2\nz,9\n", 1, 3, true},
                                                          {"a,freq\nx,3\ny,2\nz,9\n", 1, 4, false}})
        EXPECT_EQ(pair_audit(inner, lower_bound, width).safe, safe) << inner << lower_bound << " " << width;
}

TEST(Rules, AWiderIntervalThanWitnessesCanSpanIsRefused) {
    const auto problem = problem_of("a,freq\nx,3\ny,2\nz,9\n");
    Rules rules;
    rules.required_width = largest_width;
    EXPECT_TRUE(lay_out(problem, rules, Knowledge::equations));
    rules.required_width = largest_width + 1;
    const auto refused = lay_out(problem, rules, Knowledge::equations);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, base::ErrorKind::invalid_input);
}

TEST(Rules, WhoIsAloneInACellMayNotComputeAnotherWhenInsidersCount) {
    const auto safe = [](const std::string& inner, std::vector<const char*> hidden, int level) {
        const auto problem = problem_of(inner);
        Rules rules;
        rules.threshold = 4;
        rules.insider_level = level;
        Pattern pattern;
        for (const char* code : hidden) pattern.suppressed.push_back({*problem.dimensions[0].find(code)});
        const auto result = audit(problem, pattern, rules);
        EXPECT_TRUE(result);
        EXPECT_EQ(certify(problem, pattern, rules, *result, "audit").passed, result->safe);
        return std::pair(result->safe, result->insider_pairs);
    };
    // Who is the one in x subtracts herself from x + y; with z hidden as well, y + z remains.
    EXPECT_EQ(safe("a,freq\nx,1\ny,3\nz,9\n", {"x", "y"}, 0), std::pair(true, std::size_t{1}));
    EXPECT_EQ(safe("a,freq\nx,1\ny,3\nz,9\n", {"x", "y"}, 1), std::pair(false, std::size_t{1}));
    EXPECT_EQ(safe("a,freq\nx,1\ny,3\nz,9\n", {"x", "y", "z"}, 1), std::pair(true, std::size_t{0}));
    // Two people in x: neither is alone.
    EXPECT_EQ(safe("a,freq\nx,2\ny,3\nz,9\n", {"x", "y"}, 1), std::pair(true, std::size_t{0}));
}

TEST(Rules, AGroupThatSharesOneCategoryIsReported) {
    const auto found = parse_case({"key,value\nthreshold,2\n",
                                   "a,b,freq\nx,m,7\ny,m,3\ny,f,4\nz,f,6\nz,m,6\n",
                                   "table,dims\nT,a b\n",
                                   {{"a", "child,parent\nx,s\ny,s\nz,s\n"}, {"b", "child,parent\nm,t\nf,t\n"}}});
    ASSERT_TRUE(found);
    Rules rules;
    rules.threshold = 2;
    const auto silent = audit(found->problem, {}, rules);
    ASSERT_TRUE(silent);
    EXPECT_THAT(silent->group_disclosures, IsEmpty());
    rules.report_group_disclosure = true;
    const auto told = audit(found->problem, {}, rules);
    ASSERT_TRUE(told);
    // All of x are m. In y both occur.
    ASSERT_EQ(told->group_disclosures.size(), 1u);
    EXPECT_EQ(name_of(found->problem, told->group_disclosures[0]), "x × m");
    EXPECT_TRUE(told->safe);
}

TEST(Costs, NameCellsTheirPriceAndWhatMustBePublished) {
    const auto problem = problem_of("a,freq\nx,2\ny,20\nz,20\n");
    Rules rules;
    rules.threshold = 3;
    const auto pattern = [&](const char* costs) {
        const auto read = parse_costs(costs, problem, rules);
        EXPECT_TRUE(read) << (read ? "" : base::describe(read.error()));
        const auto result = suppress(problem, *read);
        EXPECT_TRUE(result) << (result ? "" : base::describe(result.error()));
        std::vector<std::string> out;
        for (const auto& key : result->pattern.suppressed) out.push_back(name_of(problem, key));
        return out;
    };
    EXPECT_THAT(pattern("a,cost\ny,50\nz,0\n"), ElementsAre("x", "z"));
    EXPECT_THAT(pattern("a,cost\ny,0\nz,50\n"), ElementsAre("x", "y"));
    EXPECT_THAT(pattern("a,must_publish\ny,1\nz,0\n"), ElementsAre("x", "z"));
    EXPECT_THAT(pattern("a,cost,must_publish\nz,0.5,1\ny,,\n"), ElementsAre("x", "y"));
    // Where both are needed for anything to be safe, there is no pattern.
    const auto both = parse_costs("a,must_publish\ny,1\nz,1\ns,1\n", problem, rules);
    ASSERT_TRUE(both);
    EXPECT_FALSE(suppress(problem, *both));
}

TEST(Costs, NameAllMistakes) {
    const auto problem = problem_of("a,freq\nx,2\ny,20\nz,20\n");
    Rules rules;
    rules.threshold = 3;
    const auto refused = parse_costs("a,cost,must_publish\nq,1,0\ny,-1,0\ny,1,0\nz,much,2\nx,0,1\n", problem, rules);
    ASSERT_FALSE(refused);
    const auto says = base::describe(refused.error());
    for (const char* part :
         {"line 2: costs.csv: Code “q”", "line 3: costs.csv: “-1” is not a cost", "line 4: costs.csv: The same combination is already in line 3",
          "line 5: costs.csv: “much” is not a cost", "line 5: costs.csv: Column must_publish", "line 6: costs.csv: The cell x is protected"})
        EXPECT_THAT(says, HasSubstr(part));
    EXPECT_FALSE(parse_costs("a\nx\n", problem, rules));
    EXPECT_FALSE(parse_costs("a,price\nx,2\n", problem, rules));
    EXPECT_FALSE(parse_costs("", problem, rules));
}

}  // namespace
}  // namespace disclosure_test
