#pragma once
// Pure rules on texts: how alike two are, what changed between them word by word, which clauses of a corrected text are the old ones, and
// which statements oblige nobody.
#include <functional>

#include "plan/store.h"

namespace plan {

enum class Change { same, removed, added };
struct DiffPart {
    Change change = Change::same;
    std::string text;  // words and the spaces behind them
};
// What to take away and to put in, word by word, to make the second text of the first.
std::vector<DiffPart> word_differences(std::string_view before, std::string_view after);

// 0 for nothing in common to 1 for the same words; case and spacing make no difference.
double similarity(std::string_view a, std::string_view b);

struct Comparable {
    std::string number, heading, text;
};
// For each new clause the old one it continues, or -1: by number first, when the words are not wholly others, then by likeness alone.
std::vector<int> match(const std::vector<Comparable>& before, const std::vector<Comparable>& after);

// Why nobody can be held to a statement (domain.md, vague clauses).
enum class Vagueness { no_bearer, no_rule, need_without_bearer, no_frequency, said_so };
struct VagueStatement {
    StatementDetail statement;
    std::vector<Vagueness> reasons;
};
// `has_duty` answers whether a duty with a rule stands behind a statement: duties know, plans do not.
std::vector<VagueStatement> vague_statements(const std::vector<StatementDetail>&, const std::function<bool(StatementId)>& has_duty);
base::Message reason_of(Vagueness);

}  // namespace plan
