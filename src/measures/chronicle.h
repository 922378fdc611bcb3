#pragma once
// A measure or target with everything that ever happened to it, as a data set carries it from one installation to another.
#include "measures/target_store.h"

namespace measures {

struct Chronicle {
    Measure measure;                      // with resources and milestones; its state follows from the history
    std::vector<std::string> depends_on;  // numbers
    std::vector<Entry> history;
    std::vector<Delivery> deliveries;
    std::vector<StatusReport> reports;
};
struct TargetChronicle {
    Target target;
    std::vector<TargetEntry> history;
};

// The state the moves lead to, from "proposed" on; the states of the entries are filled in. Nothing when one is no move of its state.
std::optional<State> follow(std::vector<Entry>&);

// As they were, without asking the gate again: the days of the past had other facts. Parents and dependencies may stand in any order.
base::Result<void> restore(db::Connection&, const std::vector<Chronicle>&, const std::vector<TargetChronicle>&, const By&);
base::Result<std::vector<Chronicle>> chronicles(db::Connection&);
base::Result<std::vector<TargetChronicle>> target_chronicles(db::Connection&);
// Everything a sample brought.
base::Result<void> remove_sample(db::Connection&, const By&);

}  // namespace measures
