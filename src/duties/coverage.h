#pragma once
#include "duties/summary.h"

namespace duties {

// A standing rule: one summary for every calendar year, with the days of the year on which it held and on which it did not.
std::vector<Summary> by_coverage(const Duty&, const std::vector<const evidence::Record*>& records, std::span<const Extension* const> extensions,
                                 base::Day until);

// The last day a record covers: its `until`, or its freshness if that ends earlier. Absent: open end.
std::optional<base::Day> covers_until(const Rule&, const evidence::Record&);

}  // namespace duties
