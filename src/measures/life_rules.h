#pragma once
// The life of a measure: which step is allowed when, what changes only by resolution, and the flags that are derived and never stored.
#include "measures/gate_rules.h"

namespace measures {

enum class Move {
    clarify,
    agree,
    start,
    submit,
    fulfil,
    conclude_period,
    send_back,
    find_partly,
    find_not,
    reject,
    suspend,
    resume,
    repeal,
    replace
};
std::string_view name_of(Move);
std::optional<Move> move_named(std::string_view);
base::Message title_of(Move);
inline constexpr auto all_moves = {Move::clarify,         Move::agree,     Move::start,       Move::submit,   Move::fulfil,
                                   Move::conclude_period, Move::send_back, Move::find_partly, Move::find_not, Move::reject,
                                   Move::suspend,         Move::resume,    Move::repeal,      Move::replace};

// Where a move leads from a state; nothing where it is not a move of that state.
std::optional<State> after(State, Move);

struct Step {
    Move move = Move::clarify;
    base::Day on{};
    std::string by;  // key of the office that acts
    std::string reason;
    std::string finding;                   // what was found, for partly and not fulfilled
    std::string record;                    // what shows that a condition is gone, for a suspension
    std::string resolution;                // number …
    std::optional<base::Day> resolved_on;  // … and day
    std::string replaced_by;               // key of the measure that takes its place
};

struct Obstacle {
    std::string field;  // of the form; empty: the step itself
    base::Message message;
    std::optional<Rule> rule;  // a failed rule of the gate
    base::Message remedy;
};
// Everything that stands in the way, at once.
std::vector<Obstacle> obstacles_to(const Measure&, const Step&, const Gate&, const Surroundings&);

// What happened, in order; only ever appended to.
struct Entry {
    base::Day on{};
    State from = State::proposed, to = State::proposed;
    Move move = Move::clarify;
    std::string by, reason, finding, record, resolution;
    Grade grade = Grade::none;  // what it was worth at that moment
    friend bool operator==(const Entry&, const Entry&) = default;
};
// The measure one step further and the entry for its history, or what stands in the way (invalid_input with every obstacle as a field error;
// conflict when the step is none of its state).
struct Stepped {
    Measure measure;
    Entry entry;
};
base::Result<Stepped> take(const Measure&, const Step&, const Surroundings&);

// The deadline of a measure that binds changes only by a resolution; until then people correct it freely.
struct ScheduleChange {
    Schedule to;
    std::string resolution;
    std::optional<base::Day> resolved_on;
};
std::vector<Obstacle> obstacles_to_rescheduling(const Measure&, const ScheduleChange&, base::Day today);

// What stands in the way of saving a change of the fields of a measure, beside mistakes_in() of the measure itself.
std::vector<base::FieldError> obstacles_to_changing(const Measure& before, const Measure& after, const ScheduleChange&, const std::string& office,
                                                    base::Day today);

// Self-commitments: the partner confirms its own words and may withdraw; withdrawn stays withdrawn.
enum class CommitmentMove { confirm, withdraw };
base::Result<CommitmentState> after(const Measure&, CommitmentMove, const std::string& by);

enum class Risk { grade_fell, office_vacant, term_ends, funding_ended, means_ended, evidence_withdrawn, dependency_late };
std::string_view name_of(Risk);
base::Message title_of(Risk);

// Derived on every reading, never stored.
struct Flags {
    bool overdue = false;
    bool due_soon = false;
    bool incomplete = false;  // rules of "binding" are still open although it is only proposed or in clarification
    bool stale = false;       // no status report within the agreed interval
    std::vector<Risk> risks;  // at risk when there is any
    std::optional<base::Day> next_due;
    std::optional<Days> missed_period;  // of a rhythm: the last one that ended unproven, while the current one is not proven either
    bool at_risk() const { return !risks.empty(); }
};
struct Dependency {  // what it waits for
    State state = State::proposed;
    std::optional<base::Day> ends_on;
};
struct Progress {
    std::optional<base::Day> last_report;
    std::vector<Dependency> dependencies;
};
inline constexpr int due_soon_days = 30;
Flags flags_of(const Measure&, const Gate&, const Surroundings&, const Progress&);

// The periods of a rhythm up to the current one, newest first, and whether each has its accepted evidence. A measure with a rhythm has periods, not an
// end: what was missed stays visible for ever, and makes the measure no later than its current period.
struct PeriodState {
    Days days;
    bool proven = false;
    bool current = false;
    friend bool operator==(const PeriodState&, const PeriodState&) = default;
};
std::vector<PeriodState> periods_of(const Measure&, const Surroundings&, std::size_t most = 24);

// Whether adding "a waits for b" to these pairs would close a circle.
bool closes_circle(const std::vector<std::pair<MeasureId, MeasureId>>& waits_for, MeasureId a, MeasureId b);

}  // namespace measures
