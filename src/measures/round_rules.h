#pragma once
// Status rounds: the officer asks all accountable offices for a report by a day; reminders before it, escalation after it.
#include "measures/model.h"

namespace measures {

using RoundId = base::Id<struct StatusRoundTag>;

struct Round {
    RoundId id;
    base::Day asked_on{};
    base::Day answer_by{};                 // the day itself is in time
    std::vector<int> reminder_days{7, 1};  // before the deadline
    int escalate_after_days = 7;           // after the deadline: the head of the unit is told
    std::string note;
    bool sample = false;
};
struct RoundRequest {
    std::int64_t id = 0;
    MeasureId measure;
    std::string office;
    std::optional<base::Day> answered_on;
    std::vector<base::Day> reminded_on;
    std::optional<base::Day> escalated_on;
};
enum class RoundState { waiting, due_soon, answered, answered_late, late, escalated };
std::string_view name_of(RoundState);

// A report as of a day counts as evidence while it is not older than the agreed interval; the last day of it still counts.
bool is_fresh(int interval_days, base::Day given_on, base::Day today);

RoundState state_of(const Round&, const RoundRequest&, base::Day today);
// Whether something is to be sent today: once for each reminder day, even when the job did not run on the very day; once for the escalation.
bool reminder_is_due(const Round&, const RoundRequest&, base::Day today);
bool escalation_is_due(const Round&, const RoundRequest&, base::Day today);
std::vector<base::FieldError> mistakes_in(const Round&);

struct RoundTotals {
    int asked = 0, answered = 0, late = 0, waiting = 0;
};
RoundTotals totals_of(const Round&, const std::vector<RoundRequest>&, base::Day today);

}  // namespace measures
