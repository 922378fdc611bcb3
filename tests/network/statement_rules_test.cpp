// What a task of an office may come from, and what helps whoever mistyped it.
#include "network/statement_rules.h"

#include <gtest/gtest.h>

using network::Statements;

namespace {

const Statements known{{"2018", {"4.1-a", "4.1-b", "5.3.1-d", "5.4.1.1-a", "5.4.1.2-a"}}, {"2012", {"2.1-a"}}};

// "field: the English sentence with its places filled"
std::string told(const Statements& all, const std::string& plan, const std::string& statement) {
    std::string out;
    for (const auto& mistake : network::mistakes_in_statement(all, plan, statement)) {
        auto text = mistake.message.text;
        for (const auto& [name, value] : mistake.message.arguments)
            for (auto at = text.find("{" + name + "}"); at != std::string::npos; at = text.find("{" + name + "}", at + value.size()))
                text.replace(at, name.size() + 2, value);
        out += mistake.field + ": " + text;
    }
    return out;
}

}  // namespace

TEST(StatementOfATask, IsOneOfTheConcept) {
    for (const auto& [plan, statement] : {std::pair("", ""), {"", "4.1-a"}, {"2018", "4.1-a"}, {"", "2.1-a"}, {"2012", ""}})
        EXPECT_EQ(told(known, plan, statement), "") << plan << " " << statement;
}

TEST(StatementOfATask, IsToldWithWhatStandsNearest) {
    const std::tuple<const char*, const char*, const char*> cases[] = {
        {"", "4.1-c", "statement: The concept has no statement “4.1-c”. Under clause 4.1 there are: 4.1-a, 4.1-b"},
        {"", "4.1", "statement: The concept has no statement “4.1”. Under clause 4.1 there are: 4.1-a, 4.1-b"},
        {"", "5.4.1.9-a", "statement: The concept has no statement “5.4.1.9-a”. Under clause 5.4.1 there are: 5.4.1.1-a, 5.4.1.2-a"},
        {"2012", "4.1-a",
         "statement: The concept has no statement “4.1-a”. Its statements stand with their numbers at each clause, under “Concepts”."},
        {"", "x", "statement: The concept has no statement “x”. Its statements stand with their numbers at each clause, under “Concepts”."},
        {"2017", "4.1-a", "plan: There is no concept “2017”. There are: 2012, 2018."},
    };
    for (const auto& [plan, statement, sentence] : cases) EXPECT_EQ(told(known, plan, statement), sentence);
    EXPECT_EQ(told({}, "", "4.1-a"),
              "statement: There is no concept yet that could have a statement “4.1-a”. Leave the field empty until one is read in.");
    EXPECT_EQ(told({}, "2018", "4.1-a"), "plan: There is no concept “2018”: none has been read in yet.");
}

TEST(StatementOfATask, ALongListIsCut) {
    Statements many;
    for (int n = 1; n <= 9; ++n) many["2018"].push_back("5." + std::to_string(n) + "-a");
    EXPECT_EQ(told(many, "", "5-x"),
              "statement: The concept has no statement “5-x”. Under clause 5 there are: 5.1-a, 5.2-a, 5.3-a, 5.4-a, 5.5-a, 5.6-a, "
              "5.7-a, 5.8-a, …");
}
