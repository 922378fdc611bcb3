#include "duties/coverage.h"

#include "duties/tally.h"

namespace duties {
namespace {

using Records = std::vector<const evidence::Record*>;

// A record or a member of the population comes on `day`, or has gone on it.
struct Turn {
    base::Day day{};
    bool comes = true;
    bool population = false;
    const evidence::Record* record = nullptr;
};

std::vector<Turn> turns_of(const Rule& rule, const Records& records) {
    std::vector<Turn> turns;
    turns.reserve(records.size() * 2);
    const auto spread = [&](const evidence::Record* r, bool population, std::optional<base::Day> until) {
        if (until && *until < r->occurred_on) return;
        turns.push_back({r->occurred_on, true, population, r});
        if (until) turns.push_back({base::plus_days(*until, 1), false, population, r});
    };
    for (const auto* r : records) {
        if (matches(rule, *r)) spread(r, false, covers_until(rule, *r));
        if (rule.aggregate == Aggregate::share && r->kind == rule.population) spread(r, true, r->until);
    }
    std::stable_sort(turns.begin(), turns.end(), [](const Turn& a, const Turn& b) { return a.day < b.day; });
    return turns;
}

Step read(const Tally& tally, base::Day from) {
    Step step;
    step.from = from;
    step.status = !tally.applicable() ? Step::Status::not_applicable : tally.holds() ? Step::Status::met : Step::Status::gap;
    if (step.status == Step::Status::gap) {
        step.have = tally.have();
        step.need = tally.need();
        step.members = tally.missing_members();
    }
    return step;
}

bool reads_the_same(const Step& a, const Step& b) { return a.status == b.status && a.have == b.have && a.need == b.need && a.members == b.members; }

}  // namespace

std::optional<base::Day> covers_until(const Rule& rule, const evidence::Record& record) {
    if (!rule.fresh_days) return record.until;
    const base::Day fresh = base::plus_days(record.occurred_on, *rule.fresh_days);  // the day itself is in time
    return record.until ? std::min(*record.until, fresh) : fresh;
}

std::optional<base::Day> open_gap(const Summary& s) {
    std::optional<base::Day> out;
    for (const auto& step : s.steps) {
        if (step.from > s.slot.ends) break;
        if (step.status != Step::Status::gap)
            out.reset();
        else if (!out)
            out = step.from;
    }
    return out;
}

std::vector<Summary> by_coverage(const Duty& duty, const std::vector<Slot>& slots, Some wanted, const Records& records, const Summary* before) {
    if (wanted.count == 0) return {};
    const base::Day from = slots[wanted.first].begins;
    // What lies beyond the last year is nobody's duty, as is what lies before the first: a gap there begins with the first.
    const base::Day until = slots.back().ends;
    const auto turns = turns_of(duty.rule, records);
    Tally tally(duty.rule, Tally::Counting::subjects);
    std::size_t next = 0;
    const auto turn = [&](base::Day day) {
        for (; next < turns.size() && turns[next].day <= day; ++next) {
            const auto& t = turns[next];
            if (t.population)
                t.comes ? tally.add_to_population(t.record->subject) : tally.remove_from_population(t.record->subject);
            else
                t.comes ? tally.add(*t.record) : tally.remove(*t.record);
        }
    };
    turn(from);
    std::vector<Step> steps{read(tally, from)};
    while (next < turns.size() && turns[next].day <= until) {
        const base::Day day = turns[next].day;
        turn(day);
        Step step = read(tally, day);
        if (!reads_the_same(step, steps.back())) steps.push_back(std::move(step));
    }
    if (steps.front().status == Step::Status::gap && before) steps.front().from = open_gap(*before).value_or(from);

    std::vector<Summary> out;
    std::size_t first = 0;  // the step in force on the first day of the year
    for (std::size_t n = wanted.first; n < wanted.first + wanted.count; ++n) {
        const auto& slot = slots[n];
        Summary s;
        s.slot = slot;
        s.due = slot.due;
        while (first + 1 < steps.size() && steps[first + 1].from <= slot.begins) ++first;
        // A gap is as long as it is, over the turn of the year too: the first step carries the day the gap began, and a last one the day it ends.
        Step begin = steps[first];
        if (begin.status == Step::Status::gap)
            for (std::size_t i = first; i > 0 && steps[i - 1].status == Step::Status::gap; --i) begin.from = steps[i - 1].from;
        else
            begin.from = slot.begins;
        s.steps.push_back(std::move(begin));
        std::size_t i = first + 1;
        for (; i < steps.size() && steps[i].from <= slot.ends; ++i) s.steps.push_back(steps[i]);
        if (s.steps.back().status == Step::Status::gap) {
            while (i < steps.size() && steps[i].status == Step::Status::gap) ++i;
            if (i < steps.size()) s.steps.push_back(steps[i]);
        }
        for (const auto* r : records) {
            if (r->occurred_on > slot.ends) break;
            const auto touches = [&](const std::optional<base::Day>& end) { return !end || (*end >= slot.begins && *end >= r->occurred_on); };
            if (matches(duty.rule, *r) && touches(covers_until(duty.rule, *r))) {
                if (++s.evidence_count <= evidence_shown) s.evidence.push_back(r->key);
                s.saw(r->occurred_on);
            } else if (duty.rule.aggregate == Aggregate::share && r->kind == duty.rule.population && touches(r->until)) {
                s.saw(r->occurred_on);
            }
        }
        out.push_back(std::move(s));
    }
    return out;
}

}  // namespace duties
