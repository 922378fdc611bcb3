#pragma once
#include <span>

#include "duties/model.h"
#include "duties/periods.h"

namespace duties {

inline bool operator==(const Slot& a, const Slot& b) { return a.label == b.label && a.begins == b.begins && a.ends == b.ends && a.due == b.due; }

// From a day on, what a standing rule reads; until the next step.
struct Step {
    enum class Status { met, gap, not_applicable };
    base::Day from{};
    Status status = Status::gap;
    Quantity have, need;  // only told of a gap
    std::vector<std::string> members;
    friend bool operator==(const Step&, const Step&) = default;
};

// What the evidence says of one period, before the day, waivers and validity speak. This is what the roll-ups keep: it reads the same on every
// day from `last_on` on, and where it is for coverage on every day.
struct Summary {
    Slot slot;
    base::Day due{};  // with the extension in force
    bool applicable = true;
    bool holds = false;                // on the due day, or so far
    std::optional<base::Day> since;    // … since that day; absent while it holds without any record ("at most")
    std::optional<base::Day> late_on;  // first day after the due day on which it held
    Quantity have, need;
    std::vector<std::string> members;   // each, share: who is missing
    std::vector<std::string> evidence;  // keys, at most evidence_shown
    int evidence_count = 0;
    std::optional<base::Day> first_on;  // day of the first record that counted …
    std::optional<base::Day> last_on;   // … and of the last
    std::vector<Step> steps;  // standing: from the one in force when the year begins (a gap from its first day on) to the end of the last gap
    friend bool operator==(const Summary&, const Summary&) = default;

    void saw(base::Day d) {
        if (!first_on || d < *first_on) first_on = d;
        if (!last_on || d > *last_on) last_on = d;
    }
};

// The kinds a rule reads: evidence, population, request.
bool reads(const Rule&, const evidence::Record&);

// One summary for every period up to `until`. `records` are those that count (see judge), only the ones the rule reads, in the order of
// (occurred_on, id, key). Extensions are those in force for this duty.
std::vector<Summary> summarise(const Duty&, const std::vector<const evidence::Record*>& records, std::span<const Extension* const> extensions,
                               base::Day until);

// The state of a period on a day.
Occurrence finish(const Duty&, const Summary&, const Waiver*, const Extension*, base::Day as_of);

// One period without any record.
Summary empty_summary(const Duty&, const Slot&, std::span<const Extension* const> extensions);

}  // namespace duties
