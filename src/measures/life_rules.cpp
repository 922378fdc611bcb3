#include "measures/life_rules.h"

#include <algorithm>
#include <set>

namespace measures {
namespace {
constexpr std::pair<Move, std::string_view> move_names[] = {{Move::clarify, "clarify"},     {Move::agree, "agree"},
                                                            {Move::start, "start"},         {Move::submit, "submit"},
                                                            {Move::fulfil, "fulfil"},       {Move::conclude_period, "conclude_period"},
                                                            {Move::send_back, "send_back"}, {Move::find_partly, "find_partly"},
                                                            {Move::find_not, "find_not"},   {Move::reject, "reject"},
                                                            {Move::suspend, "suspend"},     {Move::resume, "resume"},
                                                            {Move::repeal, "repeal"},       {Move::replace, "replace"}};

bool is_rhythmic(const Measure& measure) {
    return measure.kind == Kind::permanent || measure.schedule.rhythm != Rhythm::none || measure.schedule.fresh_days;
}

Obstacle missing(std::string field, base::Message message) { return {std::move(field), std::move(message), {}, {}}; }

void require_resolution(std::vector<Obstacle>& out, const std::string& number, const std::optional<base::Day>& on, base::Day today) {
    if (number.empty()) out.push_back(missing("resolution", base::message("This needs a resolution: enter its number.")));
    if (!on)
        out.push_back(missing("resolved_on", base::message("Enter the day of the resolution.")));
    else if (*on > today)
        out.push_back(missing("resolved_on", base::message("The resolution lies in the future.")));
}

void require_grade(std::vector<Obstacle>& out, const Gate& gate, Grade grade) {
    for (const auto& verdict : gate.missing_for(grade)) out.push_back({"", verdict.finding, verdict.rule, verdict.remedy});
}
}  // namespace

std::string_view name_of(Move move) {
    for (const auto& [each, name] : move_names)
        if (each == move) return name;
    return {};
}
std::optional<Move> move_named(std::string_view name) {
    for (const auto& [each, text] : move_names)
        if (text == name) return each;
    return {};
}

base::Message title_of(Move move) {
    switch (move) {
        case Move::clarify: return base::message("Take into clarification");
        case Move::agree: return base::message("Agree");
        case Move::start: return base::message("Begin work");
        case Move::submit: return base::message("Submit for review");
        case Move::fulfil: return base::message("Confirm as fulfilled");
        case Move::conclude_period: return base::message("Confirm the period");
        case Move::send_back: return base::message("Send back");
        case Move::find_partly: return base::message("Close as partly fulfilled");
        case Move::find_not: return base::message("Close as not fulfilled");
        case Move::reject: return base::message("Reject");
        case Move::suspend: return base::message("Suspend");
        case Move::resume: return base::message("Resume");
        case Move::repeal: return base::message("Repeal");
        case Move::replace: return base::message("Replace by another");
    }
    return {};
}

std::optional<State> after(State state, Move move) {
    const auto from = [&](std::initializer_list<State> states, State to) -> std::optional<State> {
        return std::find(states.begin(), states.end(), state) == states.end() ? std::nullopt : std::optional(to);
    };
    switch (move) {
        case Move::clarify: return from({State::proposed}, State::in_clarification);
        case Move::agree: return from({State::in_clarification}, State::agreed);
        case Move::start: return from({State::agreed}, State::under_way);
        case Move::submit: return from({State::under_way}, State::under_review);
        case Move::fulfil: return from({State::under_review}, State::fulfilled);
        case Move::conclude_period: return from({State::under_review}, State::under_way);
        case Move::send_back: return from({State::under_review}, State::under_way);
        case Move::find_partly: return from({State::under_way}, State::partly_fulfilled);
        case Move::find_not: return from({State::under_way}, State::not_fulfilled);
        case Move::reject: return from({State::proposed, State::in_clarification}, State::rejected);
        case Move::suspend: return from({State::agreed, State::under_way}, State::suspended);
        case Move::resume: return from({State::suspended}, State::under_way);
        case Move::repeal: return is_open(state) ? std::optional(State::repealed) : std::nullopt;
        case Move::replace: return is_open(state) ? std::optional(State::replaced) : std::nullopt;
    }
    return {};
}

std::vector<Obstacle> obstacles_to(const Measure& measure, const Step& step, const Gate& gate, const Surroundings& around) {
    std::vector<Obstacle> out;
    if (!after(measure.state, step.move)) out.push_back(missing("", base::message("This step is not possible from the present state.")));
    // Ziffer 4.2: partners outside the administration commit themselves; nobody agrees, starts or closes that for them.
    if (measure.kind == Kind::self_commitment)
        out.push_back(missing("", base::message("A self-commitment belongs to its partner: it confirms it and may withdraw it.")));
    switch (step.move) {
        case Move::clarify:
        case Move::start:
        case Move::submit: break;
        case Move::agree: require_grade(out, gate, Grade::binding); break;
        case Move::fulfil:
            if (is_rhythmic(measure))
                out.push_back(missing("", base::message("A permanent or recurring measure has periods, not an end: confirm the period.")));
            [[fallthrough]];
        case Move::conclude_period:
            if (step.move == Move::conclude_period && !is_rhythmic(measure))
                out.push_back(missing("", base::message("Only permanent and recurring measures have periods.")));
            require_grade(out, gate, Grade::verified);
            if (gate.missing_for(Grade::verified).empty() && gate.grade != Grade::verified)
                out.push_back({"",
                               base::message("There is no accepted evidence for the current period."),
                               {},
                               base::message("Deliver evidence of the kind agreed on and have another office accept it.")});
            if (step.by.empty())
                out.push_back(missing("by", base::message("Only somebody who acts for an office may confirm.")));
            else if (step.by == measure.accountable || std::find(measure.joint.begin(), measure.joint.end(), step.by) != measure.joint.end())
                out.push_back(missing("by", base::message("The accountable office does not confirm its own measure.")));
            break;
        case Move::send_back:
        case Move::reject:
            if (step.reason.empty()) out.push_back(missing("reason", base::message("Give the reason.")));
            break;
        case Move::find_partly:
        case Move::find_not:
            if (step.finding.empty()) out.push_back(missing("finding", base::message("Say what was found.")));
            if (step.reason.empty()) out.push_back(missing("reason", base::message("Give the reason.")));
            break;
        case Move::suspend:
            if (step.record.empty()) out.push_back(missing("record", base::message("Name the record that shows which condition is gone.")));
            break;
        case Move::resume:
            // Suspended because a condition was gone: it goes on only when it would be agreed today.
            require_grade(out, gate, Grade::binding);
            break;
        case Move::repeal: require_resolution(out, step.resolution, step.resolved_on, around.today); break;
        case Move::replace:
            require_resolution(out, step.resolution, step.resolved_on, around.today);
            if (step.replaced_by.empty())
                out.push_back(missing("replaced_by", base::message("Name the measure that takes its place.")));
            else if (step.replaced_by == measure.key)
                out.push_back(missing("replaced_by", base::message("A measure does not take its own place.")));
            break;
    }
    return out;
}

base::Result<Stepped> take(const Measure& measure, const Step& step, const Surroundings& around) {
    const auto gate = judge(measure, around);
    const auto obstacles = obstacles_to(measure, step, gate, around);
    const auto to = after(measure.state, step.move);
    if (!obstacles.empty() || !to) {
        base::Error refused{to ? base::ErrorKind::invalid_input : base::ErrorKind::conflict, "measure step refused", {}, "step"};
        for (const auto& obstacle : obstacles)
            refused.fields.push_back({obstacle.rule ? std::string(name_of(*obstacle.rule)) : obstacle.field, obstacle.message});
        return base::error(std::move(refused));
    }
    Stepped out{measure, {step.on, measure.state, *to, step.move, step.by, step.reason, step.finding, step.record, step.resolution, gate.grade}};
    out.measure.state = *to;
    return out;
}

std::vector<Obstacle> obstacles_to_rescheduling(const Measure& measure, const ScheduleChange& change, base::Day today) {
    std::vector<Obstacle> out;
    if (change.to.starts_on && change.to.ends_on && *change.to.ends_on < *change.to.starts_on)
        out.push_back(missing("ends_on", base::message("The end lies before the start.")));
    if (change.to.fresh_days && *change.to.fresh_days < 1)
        out.push_back(missing("fresh_days", base::message("Evidence stays fresh for at least one day.")));
    const bool deadline_moves = change.to.ends_on != measure.schedule.ends_on || change.to.rhythm != measure.schedule.rhythm ||
                                change.to.fresh_days != measure.schedule.fresh_days;
    if (!is_open(measure.state) && change.to != measure.schedule)
        out.push_back(missing("", base::message("The measure is closed; its dates stay as they were.")));
    // Ziffer 4.2, accountable: what was agreed moves only by whoever may decide it.
    else if (measure.binds() && deadline_moves)
        require_resolution(out, change.resolution, change.resolved_on, today);
    return out;
}

std::vector<base::FieldError> obstacles_to_changing(const Measure& before, const Measure& after, const ScheduleChange& change,
                                                    const std::string& office, base::Day today) {
    std::vector<base::FieldError> out;
    // Ziffer 4.2: a partner commits itself in its own words. What is a commitment stays one, and nobody else rewrites or assigns it.
    if ((before.kind == Kind::self_commitment) != (after.kind == Kind::self_commitment))
        out.push_back({"art", base::message("A measure does not become a self-commitment, nor the other way round: the partner writes its own."), 0});
    else if (after.kind == Kind::self_commitment && office != before.accountable &&
             (after.title != before.title || after.description != before.description || after.schedule != before.schedule ||
              after.accountable != before.accountable))
        out.push_back({"titel", base::message("A self-commitment keeps the words of its partner: only the partner changes them."), 0});
    for (auto& obstacle : obstacles_to_rescheduling(before, change, today)) out.push_back({obstacle.field, std::move(obstacle.message), 0});
    return out;
}

base::Result<CommitmentState> after(const Measure& measure, CommitmentMove move, const std::string& by) {
    if (measure.kind != Kind::self_commitment) return base::error(base::ErrorKind::conflict, "not a self-commitment");
    if (by != measure.accountable) return base::error(base::ErrorKind::forbidden, "a commitment is its partner's own");
    if (measure.commitment == CommitmentState::withdrawn) return base::error(base::ErrorKind::conflict, "the commitment has been withdrawn");
    if (move == CommitmentMove::withdraw) return CommitmentState::withdrawn;
    if (measure.commitment == CommitmentState::confirmed) return base::error(base::ErrorKind::conflict, "the commitment is confirmed already");
    return CommitmentState::confirmed;
}

std::string_view name_of(Risk risk) {
    switch (risk) {
        case Risk::grade_fell: return "grade_fell";
        case Risk::office_vacant: return "office_vacant";
        case Risk::term_ends: return "term_ends";
        case Risk::funding_ended: return "funding_ended";
        case Risk::means_ended: return "means_ended";
        case Risk::evidence_withdrawn: return "evidence_withdrawn";
        case Risk::dependency_late: return "dependency_late";
    }
    return {};
}

base::Message title_of(Risk risk) {
    switch (risk) {
        case Risk::grade_fell: return base::message("It is no longer binding");
        case Risk::office_vacant: return base::message("The accountable office is vacant");
        case Risk::term_ends: return base::message("The term of the accountable office ends soon");
        case Risk::funding_ended: return base::message("The funding of the accountable post has ended");
        case Risk::means_ended: return base::message("The means have ended");
        case Risk::evidence_withdrawn: return base::message("Accepted evidence was withdrawn");
        case Risk::dependency_late: return base::message("Something it waits for is late or has failed");
    }
    return {};
}

namespace {
bool accepted_in(const Days& period, const Measure& measure, const Surroundings& around) {
    return std::any_of(around.deliveries.begin(), around.deliveries.end(), [&](const Delivery& d) {
        return d.counts() && *d.accepted_on <= around.today && d.kind == measure.evidence_kind && period.contains(d.occurred_on) &&
               obstacles_to_accepting(measure, d, d.accepted_by, around).empty();
    });
}

// The day the next accepted evidence is owed by: the end, the end of the current period, or the day freshness runs out.
void judge_dates(Flags& flags, const Measure& measure, const Surroundings& around) {
    const auto& s = measure.schedule;
    const bool running = measure.state == State::agreed || measure.state == State::under_way || measure.state == State::under_review;
    if (running && s.rhythm != Rhythm::none) {
        const auto now = calendar_period(s.rhythm, around.today);
        // Permanent and recurring measures have periods, not an end: a period that went by unproven does not put the measure past a date.
        if (!accepted_in(now, measure, around)) {
            flags.next_due = now.until;
            const auto before = calendar_period(s.rhythm, base::plus_days(now.from, -1));
            const bool ran_before = s.starts_on && *s.starts_on <= before.until;
            if (ran_before && (!s.ends_on || before.until <= *s.ends_on) && !accepted_in(before, measure, around)) flags.missed_period = before;
        }
    } else if (running && s.fresh_days && s.starts_on) {
        auto fresh_until = base::plus_days(*s.starts_on, *s.fresh_days);
        for (const auto& d : around.deliveries)
            if (accepted_in({d.occurred_on, d.occurred_on}, measure, around))
                fresh_until = std::max(fresh_until, base::plus_days(d.occurred_on, *s.fresh_days));
        flags.next_due = fresh_until;
        if (fresh_until < around.today) flags.overdue = true;
    }
    if (s.ends_on && is_open(measure.state) && measure.state != State::suspended && (!flags.next_due || *s.ends_on < *flags.next_due))
        flags.next_due = s.ends_on;
    // The day itself is still in time.
    if (flags.next_due && *flags.next_due < around.today) flags.overdue = true;
    flags.due_soon = !flags.overdue && flags.next_due && base::days_between(around.today, *flags.next_due) <= due_soon_days;
}
}  // namespace

Flags flags_of(const Measure& measure, const Gate& gate, const Surroundings& around, const Progress& progress) {
    Flags flags;
    const bool evidence_withdrawn = std::any_of(around.deliveries.begin(), around.deliveries.end(), [](const Delivery& d) {
        return d.accepted_on && d.withdrawn_on && *d.withdrawn_on >= *d.accepted_on;
    });
    // What was confirmed stays confirmed, but whoever reads it must see that its proof is gone.
    if (measure.state == State::fulfilled && evidence_withdrawn && gate.grade != Grade::verified) flags.risks.push_back(Risk::evidence_withdrawn);
    if (!is_open(measure.state)) return flags;
    if (measure.kind == Kind::self_commitment) {  // nothing is owed to the district
        return flags;
    }
    judge_dates(flags, measure, around);
    flags.incomplete = !measure.binds() && gate.grade < Grade::binding;

    const bool running = measure.state == State::agreed || measure.state == State::under_way || measure.state == State::under_review;
    if (!running) return flags;
    // Ziffer 4.2 asks for status reports; how often is our assumption, adjustable for each measure.
    const auto since = progress.last_report ? progress.last_report : measure.schedule.starts_on;
    flags.stale = since && base::plus_days(*since, measure.report_interval_days) < around.today;

    const auto add = [&](Risk risk) { flags.risks.push_back(risk); };
    if (gate.grade < Grade::binding) add(Risk::grade_fell);
    for (const auto& bearer : around.bearers) {
        if (bearer.key != measure.accountable) continue;
        for (const auto risk : bearer.risks)
            add(risk == network::OfficeRisk::vacant      ? Risk::office_vacant
                : risk == network::OfficeRisk::term_ends ? Risk::term_ends
                                                         : Risk::funding_ended);
    }
    const bool any_live = std::any_of(measure.resources.begin(), measure.resources.end(),
                                      [&](const Resource& r) { return is_live(r, measure.schedule, around.today); });
    if (!measure.resources.empty() && !any_live) add(Risk::means_ended);
    if (evidence_withdrawn) add(Risk::evidence_withdrawn);
    const auto has_failed = [&](const Dependency& d) {
        return (is_open(d.state) && d.ends_on && *d.ends_on < around.today) || d.state == State::not_fulfilled || d.state == State::rejected ||
               d.state == State::repealed || d.state == State::suspended;
    };
    if (std::any_of(progress.dependencies.begin(), progress.dependencies.end(), has_failed)) add(Risk::dependency_late);
    return flags;
}

std::vector<PeriodState> periods_of(const Measure& measure, const Surroundings& around, std::size_t most) {
    std::vector<PeriodState> out;
    const auto& s = measure.schedule;
    if (s.rhythm == Rhythm::none || !s.starts_on || !measure.binds()) return out;
    const auto last = s.ends_on ? std::min(*s.ends_on, around.today) : around.today;
    for (auto period = calendar_period(s.rhythm, last); *s.starts_on <= period.until && out.size() < most;
         period = calendar_period(s.rhythm, base::plus_days(period.from, -1)))
        out.push_back({period, accepted_in(period, measure, around), period.contains(around.today)});
    return out;
}

bool closes_circle(const std::vector<std::pair<MeasureId, MeasureId>>& waits_for, MeasureId a, MeasureId b) {
    std::set<MeasureId> seen;
    std::vector<MeasureId> open{b};
    while (!open.empty()) {
        const auto at = open.back();
        open.pop_back();
        if (at == a) return true;
        if (!seen.insert(at).second) continue;
        for (const auto& [from, to] : waits_for)
            if (from == at) open.push_back(to);
    }
    return false;
}

}  // namespace measures
