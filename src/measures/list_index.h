#pragma once
// What lists of measures are read from beside the measures themselves: how many there are of each kind, and the terms each is found by. Kept in the
// transaction of every change, so that a page never counts what it does not show.
#include <set>

#include "measures/model.h"
#include "platform/db/db.h"

namespace measures {

// Words, folded and stemmed, of both titles, the working name and the number; and the clauses of its statements with all clauses above them.
std::set<std::string> terms_of(const Measure&);
std::string term_of_clause(std::string_view plan, std::string_view clause);

base::Result<void> index_new(db::Connection&, const Measure&);
base::Result<void> index_changed(db::Connection&, const Measure& before, const Measure& after);
base::Result<void> index_moved(db::Connection&, const Measure& before, State to);
// Rows were taken out of the table itself, or put there past the store.
base::Result<void> count_anew(db::Connection&);
// For databases from before there were terms.
base::Result<void> complete_terms(db::Database&);

}  // namespace measures
