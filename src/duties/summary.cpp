#include "duties/summary.h"

#include "duties/coverage.h"
#include "duties/tally.h"
#include "evidence/kinds.h"

namespace duties {
namespace {

using Records = std::vector<const evidence::Record*>;

bool is_event(const std::string& kind) {
    const auto* known = evidence::find_kind(kind);
    return known && known->shape == evidence::Shape::event;
}

using evidence::period_of;

void note_evidence(Summary& s, const evidence::Record& record) {
    if (++s.evidence_count <= evidence_shown) s.evidence.push_back(record.key);
}

// What it reads on the due day decides; if the rule did not hold then, the first day after on which it does.
class Verdict {
  public:
    Verdict(bool holds, bool applicable) : holds_(holds), was_applicable_(applicable) {}
    void read(base::Day d, base::Day due, bool now, bool applicable) {
        if (d <= due) {
            if (now != holds_) since_ = now ? std::optional(d) : std::nullopt;
            // A share that had no case until this day did not hold before it.
            if (now && !since_ && applicable && !was_applicable_) since_ = d;
            holds_ = now;
            was_applicable_ = applicable;
        } else if (!holds_ && now && !late_on_) {
            late_on_ = d;
        }
    }
    void tell(Summary& s) const {
        s.holds = holds_;
        s.since = since_;
        s.late_on = late_on_;
    }

  private:
    bool holds_;
    bool was_applicable_;
    std::optional<base::Day> since_, late_on_;
};

// Watches the rule day by day, and keeps the days on which its reading changed.
class Watch {
  public:
    Watch(Summary& summary, const Tally& tally) : summary_(summary), tally_(tally), verdict_(tally.holds(), tally.applicable()), last_(status()) {}
    // Before the records of a day are added.
    void begin(base::Day d) {
        if (day_ && *day_ != d) close();
        day_ = d;
    }
    void end() {
        if (day_) close();
        summary_.have = tally_.have();
        summary_.need = tally_.need();
        summary_.members = tally_.missing_members();
        summary_.applicable = tally_.applicable();
        verdict_.tell(summary_);
    }

  private:
    Step::Status status() const {
        return !tally_.applicable() ? Step::Status::not_applicable : tally_.holds() ? Step::Status::met : Step::Status::gap;
    }
    void close() {
        verdict_.read(*day_, summary_.due, tally_.holds(), tally_.applicable());
        if (const auto now = status(); now != last_) {
            last_ = now;
            if (summary_.steps.size() < most_steps)
                summary_.steps.push_back({.from = *day_, .status = now, .have = {}, .need = {}, .members = {}});
            else
                summary_.every_day = false;
        }
        day_.reset();
    }

    static constexpr std::size_t most_steps = 100;
    Summary& summary_;
    const Tally& tally_;
    Verdict verdict_;
    Step::Status last_;
    std::optional<base::Day> day_;
};

// The periods by the calendar, in order, each taking the evidence that is its own.
std::vector<Summary> by_calendar(const Duty& duty, std::span<const Slot> slots, const Records& records, std::span<const Extension* const> extensions,
                                 const Summary* before) {
    const Rule& rule = duty.rule;
    const bool once = rule.period == Period::once;
    const bool share = rule.aggregate == Aggregate::share;
    const bool by_event = share && is_event(rule.population);
    // Records of a period that names itself; everything else goes by its day.
    std::map<std::string_view, Records> named;
    Records dated;
    for (const auto* r : records) {
        const auto& period = period_of(*r);
        if (!period.empty() && is_label_of(rule.period, period))
            named[period].push_back(r);
        else
            dated.push_back(r);
    }
    std::vector<Summary> out;
    std::size_t next = 0;                     // first dated record no period has passed yet
    std::set<const evidence::Record*> taken;  // by the period before, out of the days that follow it
    if (before && !before->taken.empty())
        for (const auto* r : dated)
            if (std::find(before->taken.begin(), before->taken.end(), r->key) != before->taken.end()) taken.insert(r);
    for (const auto& slot : slots) {
        Summary s;
        s.due = due_with(extensions, slot);
        s.slot = slot;
        const base::Day core_end = once ? base::day(32000, 1, 1) : slot.ends;
        const base::Day last_day = std::max(core_end, s.due);
        Records own;
        if (const auto it = named.find(slot.label); it != named.end()) own = it->second;
        while (next < dated.size() && dated[next]->occurred_on < slot.begins) ++next;
        for (std::size_t i = next; i < dated.size() && dated[i]->occurred_on <= last_day; ++i)
            if (!taken.contains(dated[i])) own.push_back(dated[i]);
        std::set<const evidence::Record*> population;
        if (share) {
            // What holds over a span counts in every period it touches; joined here, as its first day may lie long before.
            std::erase_if(own, [&](const auto* r) { return r->kind == rule.population && !by_event && r->kind != rule.evidence; });
            for (const auto* r : records) {
                if (r->kind != rule.population) continue;
                if (by_event || r->kind == rule.evidence) continue;
                if (r->occurred_on <= slot.ends && (!r->until || *r->until >= slot.begins)) own.push_back(r);
            }
            if (by_event) {
                // A statement on a decision counts whenever it was given.
                std::erase_if(own, [&](const auto* r) { return r->kind == rule.evidence && r->kind != rule.population; });
                std::set<std::string_view> subjects;
                for (const auto* r : own)
                    if (r->occurred_on <= slot.ends || period_of(*r) == slot.label) subjects.insert(r->subject);
                for (const auto* r : records)
                    if (r->kind == rule.evidence && r->kind != rule.population && subjects.contains(r->subject)) own.push_back(r);
            }
        }
        std::stable_sort(own.begin(), own.end(), [](const auto* a, const auto* b) { return a->occurred_on < b->occurred_on; });
        Tally tally(rule, Tally::Counting::records);
        Watch watch(s, tally);
        std::set<const evidence::Record*> taken_now;
        for (const auto* r : own) {
            const bool fits = matches(rule, *r);
            const bool populates = share && r->kind == rule.population;
            if (!fits && !populates) continue;
            const bool after_period = !once && r->occurred_on > slot.ends && period_of(*r) != slot.label && !(by_event && fits && !populates);
            // Evidence from the days between a period's end and its due day: taken while the period still needs it, else left to the next.
            if (after_period && (populates || tally.holds())) continue;
            watch.begin(r->occurred_on);
            if (populates) tally.add_to_population(r->subject);
            if (fits) {
                tally.add(*r);
                note_evidence(s, *r);
                if (after_period) {
                    taken_now.insert(r);
                    s.taken.push_back(r->key);
                }
            }
            s.saw(r->occurred_on);
        }
        watch.end();
        taken = std::move(taken_now);
        out.push_back(std::move(s));
    }
    return out;
}

// One period for every request, and one that has no case for every year without any.
std::vector<Summary> by_request(const Duty& duty, const Records& records, std::span<const Extension* const> extensions, base::Day until) {
    const Rule& rule = duty.rule;
    std::map<std::string_view, Records> answers;  // by subject
    Records requests;
    std::map<std::string_view, Records> of_subject;
    for (const auto* r : records) {
        if (r->kind == rule.request && r->occurred_on >= duty.valid_from && (!duty.valid_until || r->occurred_on <= *duty.valid_until)) {
            requests.push_back(r);
            of_subject[r->subject].push_back(r);
        }
        if (matches(rule, *r)) answers[r->subject].push_back(r);
    }
    std::vector<Summary> out;
    std::set<int> years;
    std::map<std::string_view, std::size_t> seen;
    std::set<std::string> labels;  // a period has one name
    for (const auto* request : requests) {
        years.insert(base::year_of(request->occurred_on));
        const std::size_t nth = request->subject.empty() ? 1 : ++seen[request->subject];
        Summary s;
        s.slot.label = request->subject.empty() ? request->key : request->subject;
        if (nth > 1 || is_label_of(Period::year, s.slot.label)) s.slot.label += " (" + std::to_string(nth) + ")";
        while (!labels.insert(s.slot.label).second) s.slot.label += "'";
        s.slot.begins = request->occurred_on;
        s.slot.due = base::plus_days(request->occurred_on, rule.answer_within_days);
        if (const auto own = request->attributes.find("answer_by"); own != request->attributes.end())
            if (const auto day = base::parse_iso_day(own->second)) s.slot.due = *day;
        s.slot.ends = s.slot.due;
        s.due = due_with(extensions, s.slot);
        s.saw(request->occurred_on);
        Tally tally(rule, Tally::Counting::records);
        Watch watch(s, tally);
        // A second request on the same subject is answered by what came after it; a first may be answered in advance (a paper before its meeting).
        std::optional<base::Day> next_request;
        if (const auto& same = of_subject[request->subject]; !request->subject.empty() && nth < same.size()) next_request = same[nth]->occurred_on;
        if (const auto it = answers.find(request->subject); it != answers.end() && !request->subject.empty()) {
            for (const auto* r : it->second) {
                if (nth > 1 && r->occurred_on < request->occurred_on) continue;
                if (next_request && r->occurred_on >= *next_request) continue;
                watch.begin(r->occurred_on);
                tally.add(*r);
                note_evidence(s, *r);
                s.saw(r->occurred_on);
            }
        }
        watch.end();
        out.push_back(std::move(s));
    }
    for (auto& year : years_of(duty, until)) {
        if (years.contains(base::year_of(year.begins))) continue;
        Summary s;
        s.due = year.due;
        s.slot = std::move(year);
        s.applicable = false;
        out.push_back(std::move(s));
    }
    std::stable_sort(out.begin(), out.end(), [](const Summary& a, const Summary& b) {
        return std::tie(a.slot.begins, a.slot.label) < std::tie(b.slot.begins, b.slot.label);
    });
    return out;
}

}  // namespace

base::Day due_with(std::span<const Extension* const> extensions, const Slot& slot) {
    for (const auto* e : extensions)
        if (e->period == slot.label || (slot.label == "once" && e->period.empty())) return e->new_due;
    return slot.due;
}

bool reads(const Rule& rule, const evidence::Record& record) {
    if (record.kind == rule.evidence) return matches(rule, record) || rule.evidence == rule.request || rule.evidence == rule.population;
    return (rule.aggregate == Aggregate::share && record.kind == rule.population) ||
           (rule.period == Period::on_request && record.kind == rule.request);
}

Summary empty_summary(const Duty& duty, const Slot& slot, std::span<const Extension* const> extensions) {
    Summary s;
    s.slot = slot;
    s.due = due_with(extensions, slot);
    const Tally tally(duty.rule, Tally::Counting::records);
    Watch(s, tally).end();
    return s;
}

std::vector<Summary> summarise(const Duty& duty, const std::vector<Slot>& slots, Some wanted, const Records& records,
                               std::span<const Extension* const> extensions, const Summary* before) {
    if (duty.rule.period == Period::standing) return by_coverage(duty, slots, wanted, records, before);
    return by_calendar(duty, std::span(slots).subspan(wanted.first, wanted.count), records, extensions, before);
}

std::vector<Summary> summarise(const Duty& duty, const Records& records, std::span<const Extension* const> extensions, base::Day until) {
    if (duty.rule.period == Period::on_request) return by_request(duty, records, extensions, until);
    const auto slots = slots_of(duty, until);
    return summarise(duty, slots, {0, slots.size()}, records, extensions, nullptr);
}

std::optional<Summary> as_read_on(const Duty& duty, const Summary& s, base::Day day) {
    // Steps of coverage tell of every day as they are.
    if (duty.rule.period == Period::standing || !s.last_on || *s.last_on <= day) return s;
    if (!s.every_day) return {};
    const Tally nothing(duty.rule, Tally::Counting::records);
    Verdict verdict(nothing.holds(), nothing.applicable());
    Summary out = s;
    out.applicable = nothing.applicable();
    for (const auto& step : s.steps) {
        if (step.from > day) break;
        out.applicable = step.status != Step::Status::not_applicable;
        verdict.read(step.from, s.due, step.status != Step::Status::gap, out.applicable);
    }
    verdict.tell(out);
    return out;
}

}  // namespace duties
