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
// day from `last_on` on; whether the rule held, `steps` tell of every day before, too (as_read_on).
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
    // standing: from the one in force when the year begins (a gap from its first day on) to the end of the last gap
    // else: the days on which the reading changed, without what is missing
    std::vector<Step> steps;
    bool every_day = true;           // false: it changed too often to keep every step
    std::vector<std::string> taken;  // keys of the evidence it took out of the days between its end and its due day
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

// The same for some of a duty's periods, in a row. `slots` are all its periods, `before` what is known of the one before the first wanted (nothing: it
// has no evidence), and `records` at least those that bear on the wanted ones. Not for rules on request, nor for a share of what happened.
struct Some {
    std::size_t first = 0, count = 0;
};
std::vector<Summary> summarise(const Duty&, const std::vector<Slot>& slots, Some wanted, const std::vector<const evidence::Record*>& records,
                               std::span<const Extension* const> extensions, const Summary* before);

// What it read on an earlier day: whether the rule held and since when. What was missing and which evidence there was, it does not tell. Nothing when
// not even that is known.
std::optional<Summary> as_read_on(const Duty&, const Summary&, base::Day);

// The day evidence of this period can still decide on: its last, or the due day if that is later.
base::Day due_with(std::span<const Extension* const>, const Slot&);

// The state of a period on a day.
Occurrence finish(const Duty&, const Summary&, const Waiver*, const Extension*, base::Day as_of);

// One period without any record.
Summary empty_summary(const Duty&, const Slot&, std::span<const Extension* const> extensions);

}  // namespace duties
