#pragma once
// Many measures changed at once: planned on what is there now, applied only to what was seen in the plan.
#include "measures/bulk_rules.h"
#include "measures/store.h"

namespace measures {

inline constexpr std::int64_t most_at_once = 1000;

// Chosen one by one, or everything a filter finds.
struct Selection {
    std::vector<std::string> keys;
    std::optional<Filter> filter;
};
struct BulkPlan {
    std::vector<BulkItem> items;
    std::int64_t total = 0;  // what the filter finds, also when it is too much
    std::string seal;        // of the versions the plan was made on
    bool too_many() const { return total > most_at_once; }
    std::size_t changing() const, refused() const, left() const;
};
using Permitted = std::function<May(const Measure&)>;
base::Result<BulkPlan> plan_bulk(db::Connection&, const Selection&, const BulkChange&, const World&, const By&, const Permitted&);

struct BulkDone {
    std::size_t changed = 0, left_out = 0;
};
// Changes what can be changed and leaves out what is refused. When a measure changed since the plan was shown: conflict "version".
base::Result<BulkDone> apply_bulk(db::Connection&, const Selection&, const BulkChange&, const std::string& seal, const World&, const By&,
                                  const Permitted&);

}  // namespace measures
