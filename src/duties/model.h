#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/model.h"
#include "plan/api.h"
#include "platform/base/bilingual.h"
#include "platform/base/day.h"
#include "platform/base/id.h"
#include "platform/base/result.h"

namespace duties {

using evidence::Quantity;
using plan::Modality;
using DutyId = base::Id<struct DutyTag>;

// The names of all these choices in data and JSON are the identifiers themselves: name_of() gives them,
// comparison_named("at_least") and its like read them.
enum class Aggregate { count, sum, latest, each, share };
enum class Comparison { at_least, at_most, exactly };
enum class Period { once, year, half_year, quarter, month, standing, on_request };
enum class OriginKind { wording, resolution, assumption };  // from strongest to weakest
enum class OriginPart { rule, threshold, period, due, freshness, set, answer, grace };
enum class State { not_yet_due, open, due_soon, fulfilled, overdue, fulfilled_late, breached, behind_assumption, waived, term_ended, not_applicable };

std::string_view name_of(Aggregate);
std::string_view name_of(Comparison);
std::string_view name_of(Period);
std::string_view name_of(OriginKind);
std::string_view name_of(OriginPart);
std::string_view name_of(State);
std::optional<Aggregate> aggregate_named(std::string_view);
std::optional<Comparison> comparison_named(std::string_view);
std::optional<Period> period_named(std::string_view);
std::optional<OriginKind> origin_kind_named(std::string_view);
std::optional<OriginPart> origin_part_named(std::string_view);
std::optional<State> state_named(std::string_view);

// A rule as data: evidence kind + filter + aggregate + comparison + threshold over a period. People compose it from these parts.
struct Rule {
    std::string evidence;         // kind
    evidence::Attributes filter;  // attributes that must equal; "subject" and "organisation" filter those fields
    Aggregate aggregate = Aggregate::count;
    Comparison comparison = Comparison::at_least;
    Quantity threshold = Quantity::of(1);  // for share: percent; for each: records a member needs; for latest: the value
    std::vector<std::string> each;         // the named set; with share: what every subject needs one of
    std::string each_by = "subject";       // attribute (or "subject", "organisation") that names the member
    std::string population;                // share: the kind that makes the denominator, joined by subject
    Period period = Period::year;
    std::optional<base::Day> due;                         // once
    std::optional<std::chrono::month_day> due_month_day;  // year; default the last day of the period (29 February falls back to the 28th)
    bool due_next_year = false;                           // year: the due day lies in the year after
    int due_after_days = 0;                               // half_year, quarter, month: days after the period's end
    std::optional<int> fresh_days;  // standing: counts from its day for so many days; without it, it covers [occurred_on, until]
    std::string request;            // on_request: the kind that asks; the answer has its subject
    int answer_within_days = 0;     // on_request: the day of the request plus so many days is still in time

    friend bool operator==(const Rule&, const Rule&) = default;
};

// Where a number of the rule comes from.
struct Origin {
    OriginPart part = OriginPart::rule;
    OriginKind kind = OriginKind::assumption;
    base::Bilingual quote;        // wording: the words
    std::string resolution;       // resolution: its number …
    std::optional<base::Day> on;  // … and day
    base::Bilingual note;         // assumption: why this value
    friend bool operator==(const Origin&, const Origin&) = default;
};

struct Duty {
    DutyId id;
    std::string key;
    std::string plan;       // key of the plan
    std::string statement;  // id of the statement in the plan ("5.4.1.8-a")
    std::string clause;     // number of its clause
    base::Bilingual title;
    std::string bearer;              // key of the office or body, never a person; leads when there are joint bearers
    std::vector<std::string> joint;  // keys
    Modality modality = Modality::obligation;
    base::Day valid_from{};
    std::optional<base::Day> valid_until;  // last day of validity
    int grace_days = 0;
    int due_soon_days = 30;
    std::vector<int> reminder_days{30, 7};
    bool published = false;
    Rule rule;
    std::vector<Origin> origins;
    std::vector<std::string> depends_on;  // keys of duties it leans on: while one of them is missed, this one is at risk

    friend bool operator==(const Duty&, const Duty&) = default;
};

// Facts beside the evidence. `recorded_on` is the day we knew of them.
struct Waiver {
    std::int64_t id = 0;
    std::string duty, period;
    base::Bilingual reason;
    std::string resolution;
    base::Day decided_on{};
    base::Day recorded_on{};
};
struct Extension {
    std::int64_t id = 0;
    std::string duty, period;
    base::Day new_due{};
    base::Bilingual reason;
    std::string resolution;
    base::Day decided_on{};
    base::Day recorded_on{};
};
// What the bearer says beside a state; it never changes the state.
struct Explanation {
    std::int64_t id = 0;
    std::string duty, period;
    base::Bilingual text;
    base::Day given_on{};
};

struct Span {
    base::Day from{};
    base::Day until{};  // included
    friend bool operator==(const Span&, const Span&) = default;
};

// What is not there yet: "9 of 12 places".
struct Missing {
    Quantity have;
    Quantity need;
    Comparison comparison = Comparison::at_least;
    bool percent = false;
    std::vector<std::string> members;  // each, share: who or what is without evidence (at most 20, in order)
    base::Bilingual text;
};

// A duty in one period. Computed, never stored.
struct Occurrence {
    std::string duty, clause, statement, bearer;
    OriginKind origin = OriginKind::assumption;
    std::string period;  // "2019", "2019-H1", "2019-Q2", "2019-03", "once", or the subject of a request
    base::Day begins{}, ends{};
    std::optional<base::Day> due_on;
    State state = State::not_yet_due;
    std::optional<State> ended_as;  // term_ended: what it read on the last day of validity
    std::optional<base::Day> fulfilled_on;
    std::vector<std::string> at_risk;   // "office_vacant", "term_ends", "funding_ended", "agreement_ended", "data_request_late", "duty_missed"
    std::vector<std::string> evidence;  // keys, in order of their days, at most `evidence_shown`
    int evidence_count = 0;
    std::vector<Span> gaps;  // standing
    std::optional<Missing> missing;
    const Waiver* waiver = nullptr;  // points into the facts handed to judge
    const Extension* extension = nullptr;
};
inline constexpr int evidence_shown = 100;

}  // namespace duties
