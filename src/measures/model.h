#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/kinds.h"
#include "evidence/quantity.h"
#include "network/api.h"
#include "plan/api.h"
#include "platform/base/bilingual.h"
#include "platform/base/day.h"
#include "platform/base/id.h"
#include "platform/base/money.h"
#include "platform/base/result.h"

namespace measures {

using evidence::Quantity;
using MeasureId = base::Id<struct MeasureTag>;
using ResourceId = base::Id<struct MeasureResourceTag>;
using MilestoneId = base::Id<struct MilestoneTag>;
using ReportId = base::Id<struct StatusReportTag>;
using DeliveryId = base::Id<struct DeliveryTag>;

// The names of all these choices in data and JSON are the identifiers themselves: name_of() gives them, kind_named("single") and its like read them.
enum class Kind { framework_goal, single, permanent, self_commitment };
enum class State {
    proposed,
    in_clarification,
    agreed,
    under_way,
    under_review,
    suspended,  // open
    fulfilled,
    partly_fulfilled,
    not_fulfilled,
    rejected,
    repealed,
    replaced,  // closed
};
enum class Grade { none, intention, assigned, binding, verifiable, verified };  // computed, never stored
enum class Rhythm { none, yearly, half_yearly, quarterly, monthly };
enum class ResourceKind { budget, post_share, funded_project, in_kind, no_extra_means };
enum class CriterionKind { none, yes_or_no, value };
enum class Direction { at_least, at_most, exactly, within };
enum class Assessment { on_track, delayed, endangered, done };
enum class CommitmentState { offered, confirmed, withdrawn };

std::string_view name_of(Kind);
std::string_view name_of(State);
std::string_view name_of(Grade);
std::string_view name_of(Rhythm);
std::string_view name_of(ResourceKind);
std::string_view name_of(CriterionKind);
std::string_view name_of(Direction);
std::string_view name_of(Assessment);
std::string_view name_of(CommitmentState);
std::optional<Kind> kind_named(std::string_view);
std::optional<State> state_named(std::string_view);
std::optional<Grade> grade_named(std::string_view);
std::optional<Rhythm> rhythm_named(std::string_view);
std::optional<ResourceKind> resource_kind_named(std::string_view);
std::optional<CriterionKind> criterion_kind_named(std::string_view);
std::optional<Direction> direction_named(std::string_view);
std::optional<Assessment> assessment_named(std::string_view);
std::optional<CommitmentState> commitment_state_named(std::string_view);

inline constexpr auto all_kinds = {Kind::framework_goal, Kind::single, Kind::permanent, Kind::self_commitment};
inline constexpr auto all_states = {State::proposed,      State::in_clarification, State::agreed,    State::under_way,
                                    State::under_review,  State::suspended,        State::fulfilled, State::partly_fulfilled,
                                    State::not_fulfilled, State::rejected,         State::repealed,  State::replaced};
inline constexpr auto all_grades = {Grade::none, Grade::intention, Grade::assigned, Grade::binding, Grade::verifiable, Grade::verified};

// A statement of a plan by its stable key, which stays through corrections and new versions.
struct StatementRef {
    std::string plan, statement;
    friend auto operator<=>(const StatementRef&, const StatementRef&) = default;
};

struct Schedule {
    std::optional<base::Day> starts_on;
    std::optional<base::Day> ends_on;  // the day itself is still in time
    Rhythm rhythm = Rhythm::none;
    std::optional<int> fresh_days;  // evidence counts from its day for so many days
    friend bool operator==(const Schedule&, const Schedule&) = default;
};

// What stands behind a measure. Which fields belong to which kind is said by mistakes_in(Resource).
struct Resource {
    ResourceId id;
    ResourceKind kind = ResourceKind::budget;
    std::string budget_line;
    std::string source;       // source of funds: "Kreishaushalt", "Land", "Bund" …
    std::optional<int> year;  // the year the means are for
    std::optional<base::Cents> planned;
    std::optional<base::Cents> spent;
    int post_permille = 0;                     // share of one post in thousandths: 500 is half a post
    std::string project;                       // funded project …
    std::optional<base::Day> project_ends_on;  // … and the last day of its funding
    std::string description;                   // in kind: what; no extra means: why none are needed
    std::string confirmed_by;                  // no extra means: key of the office that confirmed …
    std::optional<base::Day> confirmed_on;
    friend bool operator==(const Resource&, const Resource&) = default;
};

// What says yes or no: a question, or a value with a direction. Zero is a valid value.
struct Goal {
    Direction direction = Direction::at_least;
    Quantity value;
    std::optional<Quantity> upper;  // within: from value to upper, both included
    std::string unit;
    friend bool operator==(const Goal&, const Goal&) = default;
};
struct Criterion {
    CriterionKind kind = CriterionKind::none;
    base::Bilingual text;
    Goal goal;  // kind value only
    friend bool operator==(const Criterion&, const Criterion&) = default;
};

// Evidence handed in for a measure. It stands in the ledger; here is who delivered and who accepted it.
struct Delivery {
    DeliveryId id;
    std::string evidence;  // key in the ledger
    std::string kind;
    std::string delivered_by;  // key of the office or unit
    base::Day occurred_on{};
    base::Day recorded_on{};
    std::string accepted_by;  // key of the office; empty: not yet accepted
    std::optional<base::Day> accepted_on;
    std::optional<base::Day> withdrawn_on;
    base::Bilingual title;
    std::int64_t delivered_account = 0;  // the person who handed it in; 0: not known
    bool counts() const { return accepted_on && !withdrawn_on; }
};

struct Milestone {
    MilestoneId id;
    base::Bilingual title;
    base::Day due_on{};
    std::optional<base::Day> reached_on;
    friend bool operator==(const Milestone&, const Milestone&) = default;
};

struct StatusReport {
    ReportId id;
    MeasureId measure;
    base::Day given_on{};
    std::string text;
    Assessment assessment = Assessment::on_track;
    std::optional<int> percent;  // only where something is counted
    std::string office;          // key of who reported
    bool published = false;
};

struct Measure {
    MeasureId id;
    std::string key;  // "M-2019-014": stable, in addresses, files and exports
    Kind kind = Kind::single;
    State state = State::proposed;
    MeasureId parent;
    std::string parent_key;       // the measure it belongs to; empty: none
    base::Bilingual title;        // official name
    std::string working_name;     // what staff call it
    base::Bilingual description;  // public
    std::string internal_note;
    std::string accountable;         // key of the one accountable bearer; leads when others are jointly responsible
    std::vector<std::string> joint;  // keys: "gemeinschaftlich" (Ziffer 5.4.1.12)
    std::vector<std::string> coworkers;
    std::vector<StatementRef> statements;
    std::string resolution;  // number of the resolution it rests on …
    std::optional<base::Day> resolved_on;
    Schedule schedule;
    Criterion criterion;
    std::vector<std::string> targets;  // keys of targets it serves
    std::string evidence_kind;         // fixed beforehand …
    std::optional<base::Day> evidence_fixed_on;
    int report_interval_days = 180;  // a status report older than this is stale
    std::vector<Resource> resources;
    std::vector<Milestone> milestones;
    std::vector<MeasureId> depends_on;
    // A self-commitment: the partner speaks, confirms and withdraws.
    CommitmentState commitment = CommitmentState::offered;
    bool published = false;
    bool sample = false;
    int version = 1;  // counts the changes; what a form was opened with is compared on saving

    bool binds() const { return state != State::proposed && state != State::in_clarification && state != State::rejected; }
};

bool is_open(State);

}  // namespace measures
