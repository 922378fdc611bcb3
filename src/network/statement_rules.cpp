#include "network/statement_rules.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace network {
namespace {

using base::message;

constexpr std::size_t most_named = 8;

// "5.3.1-d" and "5.3.1" are both of clause 5.3.1.
std::string clause_of(const std::string& statement) { return statement.substr(0, statement.find('-')); }

// The statements of that clause and of those below it.
std::vector<std::string> statements_of(const std::string& clause, const std::vector<std::string>& all) {
    std::vector<std::string> out;
    for (const auto& key : all) {
        const auto of = clause_of(key);
        if ((of == clause || of.starts_with(clause + ".")) && std::find(out.begin(), out.end(), key) == out.end()) out.push_back(key);
    }
    return out;
}

base::Message unknown(const std::string& statement, const std::vector<std::string>& all) {
    for (auto clause = clause_of(statement); !clause.empty();) {
        if (const auto near = statements_of(clause, all); !near.empty()) {
            const auto shown =
                fmt::format("{}{}", fmt::join(near.begin(), near.begin() + static_cast<std::ptrdiff_t>(std::min(near.size(), most_named)), ", "),
                            near.size() > most_named ? ", …" : "");
            return message("The concept has no statement “{key}”. Under clause {clause} there are: {known}",
                           {{"key", statement}, {"clause", clause}, {"known", shown}});
        }
        const auto dot = clause.rfind('.');
        clause = dot == std::string::npos ? "" : clause.substr(0, dot);
    }
    return message("The concept has no statement “{key}”. Its statements stand with their numbers at each clause, under “Concepts”.",
                   {{"key", statement}});
}

}  // namespace

std::vector<base::FieldError> mistakes_in_statement(const Statements& known, const std::string& plan, const std::string& statement) {
    if (!plan.empty() && !known.contains(plan)) {
        std::vector<std::string> plans;
        for (const auto& [key, statements] : known) plans.push_back(key);
        if (plans.empty()) return {{"plan", message("There is no concept “{key}”: none has been read in yet.", {{"key", plan}}), 0}};
        return {{"plan",
                 message("There is no concept “{key}”. There are: {known}.", {{"key", plan}, {"known", fmt::format("{}", fmt::join(plans, ", "))}}),
                 0}};
    }
    if (statement.empty()) return {};
    std::vector<std::string> all;
    for (const auto& [key, statements] : known)
        if (plan.empty() || key == plan) all.insert(all.end(), statements.begin(), statements.end());
    if (std::find(all.begin(), all.end(), statement) != all.end()) return {};
    if (known.empty())
        return {{"statement",
                 message("There is no concept yet that could have a statement “{key}”. Leave the field empty until one is read in.",
                         {{"key", statement}}),
                 0}};
    return {{"statement", unknown(statement, all), 0}};
}

}  // namespace network
