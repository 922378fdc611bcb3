#pragma once
// The gate: rules R1 to R10 of a binding measure, each by its name, and the grade that follows from them. Pure: facts and the day in, verdicts out.
#include <span>

#include "measures/target_model.h"

namespace measures {

enum class Rule { r1, r2, r3, r4, r5, r6, r7, r8, r9, r10 };
std::string_view name_of(Rule);  // "R1"
std::optional<Rule> rule_named(std::string_view);
inline constexpr auto all_rules = {Rule::r1, Rule::r2, Rule::r3, Rule::r4, Rule::r5, Rule::r6, Rule::r7, Rule::r8, Rule::r9, Rule::r10};
base::Message title_of(Rule);
// Where the rule comes from: the clause of the concept.
std::string_view clause_of(Rule);
// The lowest grade that needs the rule.
Grade needed_for(Rule);

// Which rules bind is data: a municipality may make some optional. The ones a concept lives by cannot be switched off.
struct RuleSet {
    std::vector<Rule> optional;
    bool requires_rule(Rule) const;
    friend bool operator==(const RuleSet&, const RuleSet&) = default;
};
bool may_be_optional(Rule);  // R5, R7, R10

// What the gate must know of the world around one measure.
struct StatementFact {
    StatementRef ref;
    plan::Modality modality = plan::Modality::declaration;
    bool adopted = false;
    std::optional<base::Day> valid_from, valid_until;  // of the plan
};
struct BearerFact {
    std::string key;
    network::BearerKind kind = network::BearerKind::unit;
    std::string part_of;                     // key; empty: none
    std::vector<network::OfficeRisk> risks;  // as of today
};
struct TargetFact {
    std::string key;
    TargetState state = TargetState::draft;
    bool both_consulted = false;  // as target_rules judge it
};
struct Surroundings {
    base::Day today{};
    std::span<const StatementFact> statements;
    std::span<const BearerFact> bearers;
    std::span<const TargetFact> targets;
    std::span<const Delivery> deliveries;  // of this measure
    std::string officer;                   // key of the integration officer's office
    std::string chair;                     // key of the office that chairs the advisory council
    RuleSet rules;
};

struct Verdict {
    Rule rule = Rule::r1;
    bool satisfied = false;
    bool required = true;
    base::Message finding;  // what is wrong, in words a clerk understands; empty when satisfied
    base::Message remedy;   // what would satisfy it
};
struct Gate {
    Grade grade = Grade::none;
    std::vector<Verdict> verdicts;  // all ten, in order
    // Every required rule that stands between the measure and a grade.
    std::vector<Verdict> missing_for(Grade) const;
    bool satisfied(Rule) const;
};
Gate judge(const Measure&, const Surroundings&);

// The period accepted evidence must lie in: the current one of a rhythm, the days of freshness, or the whole run of the measure.
struct Days {
    base::Day from{};
    base::Day until{};  // included
    bool contains(base::Day d) const { return from <= d && d <= until; }
    friend bool operator==(const Days&, const Days&) = default;
};
Days calendar_period(Rhythm, base::Day);  // not for Rhythm::none
Days current_period(const Measure&, base::Day today);

// R8 for one delivery: why this office may not accept it. Empty when it may.
std::vector<base::Message> obstacles_to_accepting(const Measure&, const Delivery&, const std::string& by, const Surroundings&);
// Whether means stand behind the measure on a day: a resource of a past year or of an ended project does not.
bool is_live(const Resource&, const Schedule&, base::Day today);

}  // namespace measures
