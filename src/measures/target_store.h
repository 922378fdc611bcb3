#pragma once
#include "measures/store.h"
#include "measures/target_rules.h"

namespace measures {

base::Result<std::vector<Target>> targets(db::Connection&);
base::Result<Target> find_target(db::Connection&, std::string_view key);  // not_found
base::Result<std::vector<TargetEntry>> target_history_of(db::Connection&, TargetId);
// A draft; its key is the next of its year ("Z-2019-02") unless it brings one.
base::Result<Target> create_target(db::Connection&, Target, const By&);
// One of the rules of target_rules.h, applied to the target as it is kept: what it answers is saved with its entry. Whoever had an older version
// in front of them gets conflict "version" (0: any).
base::Result<Target> change_target(db::Connection&, std::string_view key, int version, const std::function<TargetResult(const Target&)>& step,
                                   const By&);
base::Result<void> publish_target(db::Connection&, std::string_view key, bool published, const By&);

}  // namespace measures
