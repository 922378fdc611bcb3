#include "duties/rules.h"

#include "duties/missing.h"
#include "duties/summary.h"

namespace duties {
namespace {

bool counts(const evidence::Record& r, base::Day as_of, std::optional<base::Day> known_on) {
    if (r.occurred_on > as_of) return false;
    if (!known_on) return !r.withdrawn_on;
    return r.recorded_on <= *known_on && (!r.withdrawn_on || *r.withdrawn_on > *known_on);
}

bool earlier(const evidence::Record* a, const evidence::Record* b) {
    return std::tie(a->occurred_on, a->id, a->key) < std::tie(b->occurred_on, b->id, b->key);
}

// What it reads when the time is up: a limit nobody but us has set is no breach.
State missed(OriginKind origin) { return origin == OriginKind::assumption ? State::behind_assumption : State::breached; }

// What time alone says of a period that is not fulfilled (domain.md, last in the precedence).
State by_time(const Duty& duty, const Summary& s, OriginKind origin, base::Day as_of) {
    if (as_of < s.slot.begins || as_of < duty.valid_from) return State::not_yet_due;
    if (!plan::can_be_missed(duty.modality)) return as_of <= s.due ? State::open : State::not_applicable;
    if (as_of <= s.due) return base::days_between(as_of, s.due) <= duty.due_soon_days ? State::due_soon : State::open;
    if (base::days_between(s.due, as_of) <= duty.grace_days) return State::overdue;
    return missed(origin);
}

bool validity_is_over(const Duty& duty, base::Day as_of) { return duty.valid_until && as_of > *duty.valid_until; }

void judge_deadline(const Duty& duty, const Summary& s, Occurrence& o, base::Day as_of) {
    o.due_on = s.due;
    const bool judged = plan::can_be_missed(duty.modality);
    if (!s.applicable) {
        o.state = as_of < s.slot.begins ? State::not_yet_due : State::not_applicable;
        if (duty.rule.period == Period::on_request) o.due_on.reset();
        return;
    }
    if (s.holds && s.since) {
        o.state = State::fulfilled;
        o.fulfilled_on = s.since;
        return;
    }
    // "At most three" is kept only once nothing more can come.
    if (s.holds && as_of > s.due) {
        o.state = State::fulfilled;
        o.fulfilled_on = s.due;
        return;
    }
    if (!s.holds && s.late_on) {
        o.state = judged ? State::fulfilled_late : State::fulfilled;
        o.fulfilled_on = s.late_on;
        return;
    }
    o.state = by_time(duty, s, o.origin, as_of);
    if (validity_is_over(duty, as_of)) {
        o.ended_as = by_time(duty, s, o.origin, *duty.valid_until);
        o.state = State::term_ended;
    }
    if (!s.holds) o.missing = missing_of(duty.rule, s.have, s.need, s.members);
}

// A stretch of days on which a standing rule reads the same.
struct Stretch {
    const Step* step = nullptr;
    base::Day from{};  // as far back as the gap goes, at most to the validity
    base::Day until{};
};

std::vector<Stretch> stretches_of(const Duty& duty, const Summary& s, base::Day last) {
    std::vector<Stretch> out;
    for (std::size_t i = 0; i < s.steps.size(); ++i) {
        const base::Day from = std::max(s.steps[i].from, duty.valid_from);
        const base::Day until = i + 1 < s.steps.size() ? std::min(base::plus_days(s.steps[i + 1].from, -1), last) : last;
        if (from > until) continue;
        if (!out.empty() && out.back().step->status == s.steps[i].status && s.steps[i].status == Step::Status::gap) {
            out.back().until = until;
            out.back().step = &s.steps[i];
        } else {
            out.push_back({&s.steps[i], from, until});
        }
    }
    return out;
}

void judge_standing(const Duty& duty, const Summary& s, Occurrence& o, base::Day as_of) {
    const base::Day begins = std::max(s.slot.begins, duty.valid_from);
    const base::Day ends = duty.valid_until ? std::min(s.slot.ends, *duty.valid_until) : s.slot.ends;
    if (as_of < begins) {
        o.state = State::not_yet_due;
        return;
    }
    const base::Day seen = std::min(ends, as_of);  // a year that is not over counts up to the day
    bool applicable = false, exceeded = false, lasting = false;
    std::optional<base::Day> closed_on;
    int longest = 0;
    const Step* last_gap = nullptr;
    const base::Day tolerated = o.extension ? o.extension->new_due : base::plus_days(begins, -1);
    // Gaps are measured as long as they are known to last, beyond the turn of the year too, but never beyond the validity.
    const base::Day horizon = duty.valid_until ? std::min(as_of, *duty.valid_until) : as_of;
    for (const auto& stretch : stretches_of(duty, s, horizon)) {
        if (stretch.until < begins || stretch.from > seen) continue;
        if (stretch.step->status != Step::Status::not_applicable) applicable = true;
        if (stretch.step->status == Step::Status::met && !o.fulfilled_on) o.fulfilled_on = std::max(stretch.from, begins);
        if (stretch.step->status != Step::Status::gap) continue;
        const base::Day from = o.extension ? std::max(stretch.from, base::plus_days(tolerated, 1)) : stretch.from;
        if (from > stretch.until || std::max(from, begins) > seen) continue;
        o.gaps.push_back({std::max(from, begins), std::min(stretch.until, seen)});
        const int days = base::days_between(from, stretch.until) + 1;
        longest = std::max(longest, days);
        if (days > duty.grace_days) exceeded = true;
        lasting = stretch.until >= horizon;
        closed_on = base::plus_days(stretch.until, 1);
        last_gap = stretch.step;
        o.fulfilled_on.reset();
    }
    if (!o.gaps.empty()) {
        const base::Day first = o.gaps.front().from;
        o.due_on = first > begins ? base::plus_days(first, -1) : first;
    } else {
        for (const auto& step : s.steps)
            if (step.status == Step::Status::gap && step.from > seen && step.from <= ends) {
                o.due_on = base::plus_days(step.from, -1);
                break;
            }
    }
    if (!applicable) {
        o.state = State::not_applicable;
        o.fulfilled_on.reset();
        return;
    }
    if (!plan::can_be_missed(duty.modality)) {
        o.state = !lasting ? State::fulfilled : as_of <= ends ? State::open : State::not_applicable;
    } else if (o.gaps.empty()) {
        o.state = State::fulfilled;
    } else if (exceeded) {
        o.state = missed(o.origin);
    } else {
        o.state = lasting ? State::overdue : State::fulfilled_late;
    }
    if (o.state == State::fulfilled || o.state == State::fulfilled_late) {
        if (!o.fulfilled_on) o.fulfilled_on = closed_on;
        return;
    }
    o.fulfilled_on.reset();
    if (validity_is_over(duty, as_of)) {
        o.ended_as = o.state;
        o.state = State::term_ended;
    }
    if (last_gap) o.missing = lasting ? missing_of(duty.rule, last_gap->have, last_gap->need, last_gap->members) : missing_days(duty.rule, longest);
}

}  // namespace

OriginKind origin_of(const Duty& duty) {
    if (duty.origins.empty()) return OriginKind::assumption;
    OriginKind weakest = OriginKind::wording;
    for (const auto& origin : duty.origins)
        if (origin.part != OriginPart::grace) weakest = std::max(weakest, origin.kind);
    return weakest;
}

Occurrence finish(const Duty& duty, const Summary& s, const Waiver* waiver, const Extension* extension, base::Day as_of) {
    Occurrence o;
    o.duty = duty.key;
    o.clause = duty.clause;
    o.statement = duty.statement;
    o.bearer = duty.bearer;
    o.origin = origin_of(duty);
    o.period = s.slot.label;
    o.begins = s.slot.begins;
    o.ends = s.slot.ends;
    o.evidence = s.evidence;
    o.evidence_count = s.evidence_count;
    o.waiver = waiver;
    o.extension = extension;
    if (duty.rule.period == Period::standing)
        judge_standing(duty, s, o, as_of);
    else
        judge_deadline(duty, s, o, as_of);
    if (waiver) {
        o.state = State::waived;
        o.ended_as.reset();
        o.missing.reset();
    }
    return o;
}

std::vector<Occurrence> judge(const Duty& duty, const Facts& facts, base::Day as_of, std::optional<base::Day> known_on) {
    std::vector<const evidence::Record*> records;
    for (const auto& r : facts.evidence)
        if (counts(r, as_of, known_on) && reads(duty.rule, r)) records.push_back(&r);
    std::sort(records.begin(), records.end(), earlier);
    std::vector<Occurrence> out;
    std::vector<const Extension*> extensions;
    std::set<std::string_view> extended;
    for (const auto& e : facts.extensions)
        if (e.duty == duty.key && extended.insert(e.period).second)
            if (const auto* in_force = extension_for(facts.extensions, duty, e.period, as_of, known_on)) extensions.push_back(in_force);
    for (const auto& summary : summarise(duty, records, extensions, as_of))
        out.push_back(finish(duty, summary, waiver_for(facts.waivers, duty, summary.slot.label, as_of, known_on),
                             extension_for(facts.extensions, duty, summary.slot.label, as_of, known_on), as_of));
    return out;
}

}  // namespace duties
