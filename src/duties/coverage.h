#pragma once
#include "duties/summary.h"

namespace duties {

// A standing rule: one summary for every calendar year, with the days of the year on which it held and on which it did not. `records` are at least
// those that cover a day of the wanted years or the day after them; `before` tells since when a gap lasts that the first of them begins with.
std::vector<Summary> by_coverage(const Duty&, const std::vector<Slot>& slots, Some wanted, const std::vector<const evidence::Record*>& records,
                                 const Summary* before);

// The first day of the gap a year ends with.
std::optional<base::Day> open_gap(const Summary&);

// The last day a record covers: its `until`, or its freshness if that ends earlier. Absent: open end.
std::optional<base::Day> covers_until(const Rule&, const evidence::Record&);

}  // namespace duties
