#pragma once
#include "disclosure/model.h"

namespace disclosure_test {

// A second auditor that shares nothing with the first but the definition: it writes down every equation "parent = sum of children"
// from the hierarchies and enumerates all tables of whole numbers that satisfy them. Nothing when there are too many.
std::optional<std::map<disclosure::Key, disclosure::Interval>> enumerate_intervals(const disclosure::Problem&,
                                                                                   const std::set<disclosure::Key>& suppressed,
                                                                                   disclosure::Count lower_bound, std::size_t most_steps);
// The same in parts: equations as sums that are zero, and the tables that satisfy any such equations. Cells are named by any keys.
using Sum = std::vector<std::pair<disclosure::Key, int>>;
std::vector<Sum> equations_of(const disclosure::Problem&);
std::optional<std::map<disclosure::Key, disclosure::Interval>> enumerate(const std::map<disclosure::Key, disclosure::Count>& counts,
                                                                         const std::set<disclosure::Key>& suppressed, const std::vector<Sum>&,
                                                                         disclosure::Count lower_bound, std::size_t most_steps,
                                                                         const std::map<disclosure::Key, disclosure::Interval>* bounds = nullptr);
// Counts of all cells of all tables, zeros included.
std::map<disclosure::Key, disclosure::Count> all_cells(const disclosure::Problem&);

}  // namespace disclosure_test
