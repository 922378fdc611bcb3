// All occurrences of a question: from the roll-ups where they say it, else from the ledger.
#include "duties/rollups.h"
#include "duties/rules.h"

namespace duties {
namespace {

std::vector<std::string> kinds_of(const std::vector<const Duty*>& duties) {
    std::set<std::string> out;
    for (const auto* d : duties) {
        out.insert(d->rule.evidence);
        if (!d->rule.population.empty()) out.insert(d->rule.population);
        if (!d->rule.request.empty()) out.insert(d->rule.request);
    }
    return {out.begin(), out.end()};
}

// How much has to be known of a period.
enum class Detail { everything, state };

// A question about one duty, with everything that was decided on it.
struct Asked {
    const Duty& duty;
    base::Day as_of;
    std::span<const Waiver> waivers;
    std::span<const Extension> extensions;
    std::vector<const Extension*> moved{};  // those in force, one a period

    Occurrence occurrence(const Summary& s) const {
        return finish(duty, s, waiver_for(waivers, duty, s.slot.label, as_of, {}), extension_for(extensions, duty, s.slot.label, as_of, {}), as_of);
    }
    Occurrence without_evidence(const Slot& slot) const { return occurrence(empty_summary(duty, slot, moved)); }
    // An extension decided later is in the roll-ups already.
    bool is_told_by_rollups() const {
        return std::none_of(extensions.begin(), extensions.end(), [&](const Extension& e) { return e.duty == duty.key && e.decided_on > as_of; });
    }
};

Asked asked(const Duty& duty, base::Day as_of, const std::vector<Waiver>& waivers, const std::vector<Extension>& extensions) {
    Asked out{duty, as_of, waivers, extensions};
    for (const auto& e : extensions)
        if (e.duty == duty.key)
            if (const auto* found = extension_for(extensions, duty, e.period, as_of, {})) out.moved.push_back(found);
    return out;
}

bool tells_of(const Summary& s, base::Day day) { return !s.last_on || *s.last_on <= day; }

// A summary for a day on which it may know too much; nothing when it cannot tell.
std::optional<Summary> for_day(const Asked& q, const Summary& s, Detail detail) {
    if (tells_of(s, q.as_of)) return s;
    if (detail == Detail::everything) return {};
    return as_read_on(q.duty, s, q.as_of);
}

std::optional<std::vector<Occurrence>> requests_from(const Asked& q, const Summaries& kept, Detail detail, std::optional<int> from_year) {
    std::vector<Occurrence> out;
    std::set<int> years;
    for (const auto& [label, s] : kept) {
        if (s.slot.begins > q.as_of) continue;
        const auto told = for_day(q, s, detail);
        if (!told) return {};
        years.insert(base::year_of(s.slot.begins));
        out.push_back(q.occurrence(*told));
    }
    for (const auto& year : years_of(q.duty, q.as_of)) {
        if (years.contains(base::year_of(year.begins)) || (from_year && base::year_of(year.begins) < *from_year)) continue;
        auto s = empty_summary(q.duty, year, {});
        s.applicable = false;
        out.push_back(q.occurrence(s));
    }
    std::stable_sort(out.begin(), out.end(),
                     [](const Occurrence& a, const Occurrence& b) { return std::tie(a.begins, a.period) < std::tie(b.begins, b.period); });
    return out;
}

// A period that has not begun, and of which nothing can be known on the day.
bool is_ahead(const Asked& q, const Slot& slot, const Summary& s) {
    return slot.begins > q.as_of && (!s.first_on || *s.first_on > q.as_of) && q.duty.rule.aggregate != Aggregate::share &&
           q.duty.rule.period != Period::standing;
}

// The periods of a duty out of its roll-ups; nothing when something that happened later stands in them, so that they cannot tell of that day.
std::optional<std::vector<Occurrence>> from_rollups(const Asked& q, const std::vector<Slot>& slots, const Summaries& kept, Detail detail) {
    std::vector<Occurrence> out;
    for (const auto& slot : slots) {
        const auto it = kept.find(slot.label);
        if (it == kept.end()) {
            if (q.duty.rule.period == Period::standing) return {};
            out.push_back(q.without_evidence(slot));
        } else if (is_ahead(q, slot, it->second)) {
            out.push_back(q.without_evidence(slot));
        } else {
            const auto told = for_day(q, it->second, detail);
            if (!told) return {};
            out.push_back(q.occurrence(*told));
        }
    }
    return out;
}

// Which of a duty's periods say how it stands.
struct Current {
    std::vector<Slot> slots;  // all that were looked at, in a row
    Some wanted;
};

Current current_slots(const Asked& q) {
    Current out;
    const auto look = [&](std::optional<base::Day> from) {
        out.slots = slots_of(q.duty, q.as_of, from);
        out.wanted = {0, out.slots.empty() ? 0u : 1u};
        std::optional<std::size_t> begun, due;
        for (std::size_t i = 0; i < out.slots.size(); ++i) {
            if (out.slots[i].begins > q.as_of) break;
            begun = i;
            if (due_with(q.moved, out.slots[i]) < q.as_of) due = i;
        }
        if (!begun) return !from;
        out.wanted = {*begun, 1};
        if (q.duty.rule.period == Period::standing) return true;
        if (due) out.wanted = {*due, *begun - *due + 1};
        return due.has_value() || !from;
    };
    if (q.duty.rule.period == Period::once) {
        look({});
        return out;
    }
    // Three years reach back to a day that has come, unless all of them were extended.
    if (!look(base::plus_days(q.as_of, -3 * 366 - q.duty.rule.due_after_days))) look({});
    return out;
}

int year_asked(const Asked& q) {
    const auto& until = q.duty.valid_until;
    return std::min(base::year_of(q.as_of), until ? base::year_of(*until) : base::year_of(q.as_of));
}

// Of a day in the past: only the wanted periods out of the ledger, from the last one on that is known to be right.
base::Result<std::vector<Occurrence>> from_part_of_ledger(db::Connection& c, const Asked& q, const Current& current) {
    auto first = current.wanted.first;
    std::optional<Summary> before;
    const auto summary_at = [&](std::size_t i) -> base::Result<std::optional<Summary>> {
        TRY(auto found, rollups(c, std::vector<Wanted>{{q.duty.id, current.slots[i].label}}));
        const auto of_duty = found.find(q.duty.id.value);
        if (of_duty == found.end() || of_duty->second.empty()) return std::optional<Summary>();
        return std::optional(std::move(of_duty->second.begin()->second));
    };
    while (first > 0) {
        TRY(before, summary_at(first - 1));
        // The years of a standing duty say of every day before their end what held on it.
        if (!before || tells_of(*before, q.as_of) || q.duty.rule.period == Period::standing) break;
        --first;
    }
    const Some asked_for{first, current.wanted.first + current.wanted.count - first};
    TRY(const auto records, bearing_on(c, q.duty, current.slots, asked_for, q.moved, q.as_of));
    std::vector<const evidence::Record*> pointers;
    for (const auto& r : records) pointers.push_back(&r);
    const auto summaries = summarise(q.duty, current.slots, asked_for, pointers, q.moved, first > 0 && before ? &*before : nullptr);
    std::vector<Occurrence> out;
    for (std::size_t i = current.wanted.first - first; i < summaries.size(); ++i) out.push_back(q.occurrence(summaries[i]));
    return out;
}

// Every period out of the ledger.
base::Result<void> from_ledger(db::Connection& c, const Judgement& j, std::vector<Judged>& all, const std::vector<std::size_t>& open, base::Day as_of,
                               std::optional<base::Day> known_on) {
    std::vector<const Duty*> duties;
    for (const auto i : open) duties.push_back(all[i].duty);
    TRY(const auto ledger, evidence::of_kinds(c, kinds_of(duties), as_of));
    // Each duty looks at its own kinds only.
    std::map<std::string_view, std::pair<std::size_t, std::size_t>> ranges;
    for (std::size_t at = 0; at < ledger.size();) {
        std::size_t end = at;
        while (end < ledger.size() && ledger[end].kind == ledger[at].kind) ++end;
        ranges[ledger[at].kind] = {at, end};
        at = end;
    }
    for (const auto i : open) {
        std::vector<evidence::Record> own;
        for (const auto& kind : kinds_of({all[i].duty}))
            if (const auto range = ranges.find(kind); range != ranges.end())
                own.insert(own.end(), ledger.begin() + static_cast<std::ptrdiff_t>(range->second.first),
                           ledger.begin() + static_cast<std::ptrdiff_t>(range->second.second));
        all[i].occurrences = judge(*all[i].duty, {own, j.waivers, j.extensions}, as_of, known_on);
    }
    return {};
}

base::Result<void> judge_everything(db::Connection& c, const Judgement& j, std::vector<Judged>& all, const Question& q) {
    std::map<std::int64_t, Summaries> kept;
    if (!q.known_on && !q.from_ledger) { TRY(kept, rollups(c, q.duty)); }
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const auto question = asked(*all[i].duty, q.as_of, j.waivers, j.extensions);
        const auto it = kept.find(all[i].duty->id.value);
        std::optional<std::vector<Occurrence>> told;
        if (it != kept.end() && question.is_told_by_rollups())
            told = all[i].duty->rule.period == Period::on_request
                       ? requests_from(question, it->second, Detail::everything, {})
                       : from_rollups(question, slots_of(*all[i].duty, q.as_of), it->second, Detail::everything);
        if (told)
            all[i].occurrences = std::move(*told);
        else
            open.push_back(i);
    }
    if (open.empty()) return {};
    return from_ledger(c, j, all, open, q.as_of, q.known_on);
}

base::Result<void> judge_current(db::Connection& c, const Judgement& j, std::vector<Judged>& all, const Question& q, Detail detail) {
    std::vector<std::size_t> open;
    if (q.known_on || q.from_ledger) {
        for (std::size_t i = 0; i < all.size(); ++i) open.push_back(i);
        return from_ledger(c, j, all, open, q.as_of, q.known_on);
    }
    TRY(const auto readable, rolled_up(c));
    std::set<std::string_view> leaned_on;
    for (const auto& d : j.duties) leaned_on.insert(d.depends_on.begin(), d.depends_on.end());
    std::vector<Asked> questions;
    std::vector<Current> currents(all.size());
    std::vector<Wanted> wanted;
    for (std::size_t i = 0; i < all.size(); ++i) {
        questions.push_back(asked(*all[i].duty, q.as_of, j.waivers, j.extensions));
        if (all[i].duty->rule.period == Period::on_request) continue;
        currents[i] = current_slots(questions[i]);
        const auto& [slots, some] = currents[i];
        for (std::size_t n = some.first; n < some.first + some.count; ++n) wanted.push_back({all[i].duty->id, slots[n].label});
    }
    TRY(const auto kept, rollups(c, wanted));
    static const Summaries none;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const Duty& duty = *all[i].duty;
        const bool told_by_rollups = readable.contains(duty.id.value) && questions[i].is_told_by_rollups();
        std::optional<std::vector<Occurrence>> told;
        if (duty.rule.period == Period::on_request) {
            if (told_by_rollups) {
                // Who leans on answers asks for every one of them, however old.
                const auto from = leaned_on.contains(duty.key) ? std::nullopt : std::optional(year_asked(questions[i]));
                TRY(const auto requests, rollups_from(c, duty.id, from ? base::day(*from, 1, 1) : base::day(1000, 1, 1)));
                told = requests_from(questions[i], requests, detail, from);
            }
        } else if (told_by_rollups) {
            const auto it = kept.find(duty.id.value);
            const auto& [slots, some] = currents[i];
            const std::vector<Slot> asked_for(slots.begin() + static_cast<std::ptrdiff_t>(some.first),
                                              slots.begin() + static_cast<std::ptrdiff_t>(some.first + some.count));
            told = from_rollups(questions[i], asked_for, it == kept.end() ? none : it->second, detail);
            if (!told && duty.rule.aggregate != Aggregate::share) { TRY(told, from_part_of_ledger(c, questions[i], currents[i])); }
        }
        if (told)
            all[i].occurrences = std::move(*told);
        else
            open.push_back(i);
    }
    if (open.empty()) return {};
    return from_ledger(c, j, all, open, q.as_of, q.known_on);
}

}  // namespace

base::Result<Judgement> judge_all(db::Connection& c, const Question& q) {
    Judgement j;
    if (q.duty.empty()) {
        TRY(j.duties, all_duties(c, q.plan));
    } else {
        TRY(auto one, find_duty(c, q.duty));
        if (one) j.duties.push_back(std::move(*one));
    }
    if (q.published_only) std::erase_if(j.duties, [](const Duty& d) { return !d.published; });
    TRY(j.waivers, waivers(c));
    TRY(j.extensions, extensions(c));
    TRY(j.explanations, explanations(c));
    TRY(j.bearers, network::bearers(c));
    TRY(const auto holdings, network::holdings(c));
    j.judged.resize(j.duties.size());
    for (std::size_t i = 0; i < j.duties.size(); ++i) j.judged[i].duty = &j.duties[i];
    if (q.which == Which::all) {
        TRY_VOID(judge_everything(c, j, j.judged, q));
    } else {
        TRY_VOID(judge_current(c, j, j.judged, q, Detail::everything));
    }
    mark_risks(j.judged, j.bearers, holdings, q.as_of);
    return j;
}

base::Result<std::vector<Judged>> states_on(db::Connection& c, const Judgement& j, base::Day as_of, std::optional<base::Day> known_on) {
    std::vector<Judged> out;
    for (const auto& judged : j.judged) out.push_back({judged.duty, {}});
    TRY_VOID(judge_current(c, j, out, {.as_of = as_of, .known_on = known_on, .which = Which::current}, Detail::state));
    return out;
}

}  // namespace duties
