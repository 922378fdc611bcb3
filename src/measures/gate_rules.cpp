#include "measures/gate_rules.h"

#include <algorithm>

namespace measures {
namespace {

template <class T>
bool holds(const std::vector<T>& all, const T& wanted) {
    return std::find(all.begin(), all.end(), wanted) != all.end();
}

const BearerFact* bearer_in(const Surroundings& around, const std::string& key) {
    for (const auto& bearer : around.bearers)
        if (bearer.key == key) return &bearer;
    return nullptr;
}

// The statements of the measure that belong to an adopted plan which is valid today.
bool in_force(const StatementFact& fact, base::Day today) {
    return fact.adopted && fact.valid_from && *fact.valid_from <= today && (!fact.valid_until || today <= *fact.valid_until);
}
bool refers_to(const Measure& measure, const StatementFact& fact) { return holds(measure.statements, fact.ref); }

// A measure that has ended is judged by what stood behind it on its last day, else every finished measure would lose its grade.
base::Day judged_on(const Schedule& schedule, base::Day today) { return schedule.ends_on && *schedule.ends_on < today ? *schedule.ends_on : today; }

struct Judgement {
    bool satisfied;
    base::Message finding, remedy;
};
Judgement pass() { return {true, {}, {}}; }
Judgement fail(base::Message finding, base::Message remedy) { return {false, std::move(finding), std::move(remedy)}; }

// R1, Ziffer 4.2: a measure answers to something the concept says, and the concept is in force.
Judgement r1(const Measure& measure, const Surroundings& around, base::Day day) {
    if (measure.statements.empty())
        return fail(base::message("The measure rests on no statement of the concept."),
                    base::message("Choose at least one statement of a concept in force."));
    for (const auto& fact : around.statements)
        if (refers_to(measure, fact) && in_force(fact, day)) return pass();
    return fail(base::message("None of its statements belongs to a concept that is in force."),
                base::message("Choose a statement of the concept in force, or have the concept adopted."));
}

// R2, Ziffer 4.2: measures concentrate on the district itself: its organs, administration, companies and subordinate institutions.
Judgement r2(const Measure& measure, const Surroundings& around, base::Day) {
    if (measure.kind == Kind::self_commitment)
        return fail(base::message("A partner outside the administration is never assigned a measure."),
                    base::message("It remains the partner's own commitment; a measure of the district needs an office of the district."));
    const auto* bearer = bearer_in(around, measure.accountable);
    if (!bearer)
        return fail(base::message("No part of the district bears the measure."),
                    base::message("Name an office, unit, body, institution or company of the district."));
    const auto outside = [&](const std::string& key) {
        const auto* other = bearer_in(around, key);
        return !other || !network::belongs_to_district(other->kind);
    };
    if (!network::belongs_to_district(bearer->kind) || std::any_of(measure.joint.begin(), measure.joint.end(), outside))
        return fail(base::message("Somebody outside the district is to bear the measure."),
                    base::message("Let a part of the district bear it; partners work along, or make a commitment of their own."));
    return pass();
}

// R3, Ziffer 4.2 (clear responsibility): one office answers for the measure. A vacancy does not fail the rule; it is flagged at risk.
Judgement r3(const Measure& measure, const Surroundings& around, base::Day) {
    if (measure.kind == Kind::self_commitment)
        return fail(base::message("A self-commitment has no accountable office of the district."), base::message("The partner answers for it."));
    if (measure.accountable.empty() || !bearer_in(around, measure.accountable))
        return fail(base::message("No office is accountable."),
                    base::message("Name the one office that answers for the measure; with joint responsibility, the one that leads."));
    if (holds(measure.joint, measure.accountable))
        return fail(base::message("The accountable office stands among the jointly responsible ones, too."),
                    base::message("Name the lead once; the others beside it."));
    return pass();
}

// R4, Ziffer 4.2: shown resources. "No extra means" is an answer when somebody declared and somebody confirmed it.
Judgement r4(const Measure& measure, const Surroundings&, base::Day day) {
    for (const auto& resource : measure.resources)
        if (is_live(resource, measure.schedule, day)) return pass();
    if (measure.resources.empty())
        return fail(
            base::message("No resources are shown."),
            base::message(
                "State a budget line with amount and year, a share of a post, a funded project with its end, something in kind, or declare that no extra means are needed and have it confirmed."));
    const bool unconfirmed = std::all_of(measure.resources.begin(), measure.resources.end(), [](const Resource& r) {
        return r.kind == ResourceKind::no_extra_means && (r.confirmed_by.empty() || !r.confirmed_on);
    });
    if (unconfirmed)
        return fail(base::message("Nobody confirmed that no extra means are needed."),
                    base::message("Have the declaration confirmed, with office and day."));
    return fail(base::message("The stated resources have ended or are incomplete."),
                base::message("State means for this year or later: amount and year, or a project that still runs."));
}

// R5, Ziffer 4.2 (verifiable): something says when it is due.
Judgement r5(const Measure& measure, const Surroundings&, base::Day) {
    const auto& s = measure.schedule;
    if (s.ends_on || s.rhythm != Rhythm::none || s.fresh_days) return pass();
    return fail(base::message("There is no end date, no rhythm and no freshness limit."),
                base::message("Set an end date, a rhythm, or the number of days evidence stays fresh."));
}

bool set_by_council(TargetState state) {
    return state != TargetState::draft && state != TargetState::in_consultation && state != TargetState::ready && state != TargetState::adjourned &&
           state != TargetState::rejected;
}

// R6, Ziffer 4.2: a target or criterion that says yes or no.
Judgement r6(const Measure& measure, const Surroundings& around, base::Day) {
    if (measure.criterion.kind == CriterionKind::yes_or_no && !measure.criterion.text.de.empty()) return pass();
    if (measure.criterion.kind == CriterionKind::value && !measure.criterion.goal.unit.empty()) return pass();
    for (const auto& target : around.targets)
        if (holds(measure.targets, target.key) && set_by_council(target.state)) return pass();
    return fail(
        base::message("Nothing says yes or no to the measure."),
        base::message("Write a question that can be answered with yes or no, give a value with its unit, or link a target the council has set."));
}

// R7, Ziffer 4.2: the kind of evidence is fixed before the first evidence comes in, so that nobody fits the proof to the outcome.
Judgement r7(const Measure& measure, const Surroundings& around, base::Day) {
    if (!evidence::is_kind_name(measure.evidence_kind) || !measure.evidence_fixed_on)
        return fail(base::message("It is not fixed what will count as evidence."), base::message("Choose the kind of evidence."));
    for (const auto& delivery : around.deliveries)
        if (delivery.recorded_on < *measure.evidence_fixed_on && !delivery.withdrawn_on)
            return fail(base::message("The kind of evidence was fixed after evidence had come in."),
                        base::message("Fix the kind first; evidence that came before has to be withdrawn and delivered again."));
    return pass();
}

bool acceptor_is_another(const Measure& measure, const Delivery& delivery, const Surroundings& around) {
    return obstacles_to_accepting(measure, delivery, delivery.accepted_by, around).empty();
}

// R8: accepted by another office than the one that delivered it.
Judgement r8(const Measure& measure, const Surroundings& around, base::Day) {
    for (const auto& delivery : around.deliveries)
        if (delivery.counts() && !acceptor_is_another(measure, delivery, around))
            return fail(
                base::message("Evidence was accepted by an office that may not accept it."),
                base::message("Have it accepted by the head of the unit, the officer or the chair of the council: never by whoever delivered it."));
    return pass();
}

// R9, Ziffer 4.1: the council's targets are set after Kreistag and administration were involved.
Judgement r9(const Measure& measure, const Surroundings& around, base::Day) {
    for (const auto& target : around.targets)
        if (holds(measure.targets, target.key) && set_by_council(target.state) && !target.both_consulted)
            return fail(base::message("A target the measure serves was set without consulting Kreistag and administration."),
                        base::message("Consult both and have the council decide again, or remove the target from the measure."));
    return pass();
}

// R10: the wording carries an obligation, an empowerment or an aim, or a resolution orders the measure.
Judgement r10(const Measure& measure, const Surroundings& around, base::Day day) {
    if (!measure.resolution.empty() && measure.resolved_on && *measure.resolved_on <= day) return pass();
    for (const auto& fact : around.statements)
        if (refers_to(measure, fact) && in_force(fact, day) && fact.modality != plan::Modality::declaration) return pass();
    return fail(base::message("The statement only declares; it neither obliges nor empowers nor names an aim."),
                base::message("Choose a statement that carries the measure, or enter the resolution that orders it."));
}

Judgement judge_rule(Rule rule, const Measure& measure, const Surroundings& around, base::Day day) {
    switch (rule) {
        case Rule::r1: return r1(measure, around, day);
        case Rule::r2: return r2(measure, around, day);
        case Rule::r3: return r3(measure, around, day);
        case Rule::r4: return r4(measure, around, day);
        case Rule::r5: return r5(measure, around, day);
        case Rule::r6: return r6(measure, around, day);
        case Rule::r7: return r7(measure, around, day);
        case Rule::r8: return r8(measure, around, day);
        case Rule::r9: return r9(measure, around, day);
        case Rule::r10: return r10(measure, around, day);
    }
    return pass();
}

bool has_accepted_evidence(const Measure& measure, const Surroundings& around) {
    const auto period = current_period(measure, around.today);
    return std::any_of(around.deliveries.begin(), around.deliveries.end(), [&](const Delivery& d) {
        return d.counts() && *d.accepted_on <= around.today && d.kind == measure.evidence_kind && period.contains(d.occurred_on) &&
               acceptor_is_another(measure, d, around);
    });
}

}  // namespace

std::string_view name_of(Rule rule) {
    static constexpr std::string_view names[] = {"R1", "R2", "R3", "R4", "R5", "R6", "R7", "R8", "R9", "R10"};
    return names[static_cast<int>(rule)];
}

std::optional<Rule> rule_named(std::string_view name) {
    for (const auto rule : all_rules)
        if (name_of(rule) == name) return rule;
    return {};
}

base::Message title_of(Rule rule) {
    switch (rule) {
        case Rule::r1: return base::message("A statement of a concept in force");
        case Rule::r2: return base::message("The district itself acts");
        case Rule::r3: return base::message("One accountable office");
        case Rule::r4: return base::message("Resources are shown");
        case Rule::r5: return base::message("End date, rhythm or freshness limit");
        case Rule::r6: return base::message("A target or criterion that says yes or no");
        case Rule::r7: return base::message("The kind of evidence is fixed beforehand");
        case Rule::r8: return base::message("Nobody accepts their own evidence");
        case Rule::r9: return base::message("The council's targets went through both consultations");
        case Rule::r10: return base::message("The wording or a resolution carries it");
    }
    return {};
}

std::string_view clause_of(Rule rule) { return rule == Rule::r9 ? "4.1" : "4.2"; }

Grade needed_for(Rule rule) {
    switch (rule) {
        case Rule::r1: return Grade::intention;
        case Rule::r2:
        case Rule::r3: return Grade::assigned;
        case Rule::r4:
        case Rule::r5:
        case Rule::r6:
        case Rule::r9:
        case Rule::r10: return Grade::binding;
        case Rule::r7: return Grade::verifiable;
        case Rule::r8: return Grade::verified;
    }
    return Grade::verified;
}

// Who answers, with what means, judged by what, accepted by whom: these are what makes a measure one. A date, the kind of evidence and the strength
// of the wording are what a municipality may want to be lenient about in its first year.
bool may_be_optional(Rule rule) { return rule == Rule::r5 || rule == Rule::r7 || rule == Rule::r10; }
bool RuleSet::requires_rule(Rule rule) const { return !may_be_optional(rule) || std::find(optional.begin(), optional.end(), rule) == optional.end(); }

bool is_live(const Resource& resource, const Schedule& schedule, base::Day today) {
    const auto day = judged_on(schedule, today);
    const bool this_year_or_later = !resource.year || *resource.year >= base::year_of(day);
    switch (resource.kind) {
        case ResourceKind::budget:
            return !resource.budget_line.empty() && resource.planned && resource.planned->value > 0 && resource.year && this_year_or_later;
        case ResourceKind::post_share: return resource.post_permille > 0 && this_year_or_later;
        case ResourceKind::funded_project: return !resource.project.empty() && resource.project_ends_on && *resource.project_ends_on >= day;
        case ResourceKind::in_kind: return !resource.description.empty() && this_year_or_later;
        case ResourceKind::no_extra_means: return !resource.confirmed_by.empty() && resource.confirmed_on && *resource.confirmed_on <= today;
    }
    return false;
}

Days calendar_period(Rhythm rhythm, base::Day day) {
    const auto year = day.year();
    const unsigned month = static_cast<unsigned>(day.month());
    unsigned first = 1, last = 12;
    switch (rhythm) {
        case Rhythm::none:
        case Rhythm::yearly: break;
        case Rhythm::half_yearly:
            first = month <= 6 ? 1 : 7;
            last = first + 5;
            break;
        case Rhythm::quarterly:
            first = (month - 1) / 3 * 3 + 1;
            last = first + 2;
            break;
        case Rhythm::monthly: first = last = month; break;
    }
    return {year / std::chrono::month(first) / std::chrono::day(1), base::last_of_month(year / std::chrono::month(last))};
}

Days current_period(const Measure& measure, base::Day today) {
    const auto& s = measure.schedule;
    const auto day = judged_on(s, today);
    if (s.rhythm != Rhythm::none) return calendar_period(s.rhythm, day);
    if (s.fresh_days) return {base::plus_days(day, -*s.fresh_days), day};
    return {s.starts_on.value_or(base::day(1000, 1, 1)), s.ends_on.value_or(base::day(9999, 12, 31))};
}

std::vector<base::Message> obstacles_to_accepting(const Measure& measure, const Delivery& delivery, const std::string& by,
                                                  const Surroundings& around) {
    std::vector<base::Message> out;
    if (by.empty()) {
        out.push_back(base::message("Only somebody who acts for an office may accept evidence."));
        return out;
    }
    if (by == delivery.delivered_by) out.push_back(base::message("Nobody accepts the evidence they delivered themselves."));
    // The officer's own measures: the chair of the council accepts, nobody else.
    if (!around.officer.empty() && (measure.accountable == around.officer || delivery.delivered_by == around.officer)) {
        if (by != around.chair) out.push_back(base::message("Evidence for the officer's own measures is accepted by the chair of the council."));
        return out;
    }
    const auto* deliverer = bearer_in(around, delivery.delivered_by);
    const auto* acceptor = bearer_in(around, by);
    const bool head_of_unit =
        deliverer && acceptor && !deliverer->part_of.empty() &&
        (acceptor->key == deliverer->part_of || (acceptor->kind == network::BearerKind::office && acceptor->part_of == deliverer->part_of));
    const bool head_of_it = deliverer && acceptor && acceptor->kind == network::BearerKind::office && acceptor->part_of == deliverer->key;
    if (by != around.officer && by != around.chair && !head_of_unit && !head_of_it && by != delivery.delivered_by)
        out.push_back(base::message("Evidence is accepted by the head of the unit, the officer or the chair of the council."));
    return out;
}

Gate judge(const Measure& measure, const Surroundings& around) {
    Gate gate;
    const auto day = judged_on(measure.schedule, around.today);
    gate.verdicts.reserve(10);
    for (const auto rule : all_rules) {
        auto judgement = judge_rule(rule, measure, around, day);
        gate.verdicts.push_back(
            {rule, judgement.satisfied, around.rules.requires_rule(rule), std::move(judgement.finding), std::move(judgement.remedy)});
    }
    for (const auto grade : {Grade::intention, Grade::assigned, Grade::binding, Grade::verifiable, Grade::verified}) {
        if (!gate.missing_for(grade).empty()) return gate;
        if (grade == Grade::verified && !has_accepted_evidence(measure, around)) return gate;
        gate.grade = grade;
    }
    return gate;
}

std::vector<Verdict> Gate::missing_for(Grade wanted) const {
    std::vector<Verdict> out;
    for (const auto& verdict : verdicts)
        if (verdict.required && !verdict.satisfied && needed_for(verdict.rule) <= wanted) out.push_back(verdict);
    return out;
}

bool Gate::satisfied(Rule rule) const {
    return std::any_of(verdicts.begin(), verdicts.end(), [&](const Verdict& v) { return v.rule == rule && v.satisfied; });
}

}  // namespace measures
