#pragma once
// Where the clauses of a concept come from: proposed by likeness, kept and taken back by people.
#include "plan/rules.h"

namespace plan {

struct LineageProposal {
    int after = -1;   // index of the clause of the new text; -1: nothing of the new text continues the old clause
    int before = -1;  // index of the old clause; -1: new
    Relation relation = Relation::new_clause;
    double alike = 0;
};
// One proposal for each clause of the new text, then the old clauses nothing continues.
std::vector<LineageProposal> propose_lineage(const std::vector<Comparable>& before, const std::vector<Comparable>& after);

// A relation other than "new" names the clause it comes from, of another concept; the same is kept once.
base::Result<void> keep_lineage(db::Connection&, const Lineage&, const By&);
base::Result<void> drop_lineage(db::Connection&, const Lineage&, const By&);

}  // namespace plan
