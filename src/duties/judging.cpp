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

// The periods of a duty out of its roll-ups; nothing when something that happened later stands in them, so that they cannot tell of that day.
std::optional<std::vector<Occurrence>> from_rollups(const Duty& duty, const Summaries& kept, const std::vector<Waiver>& waivers,
                                                    const std::vector<Extension>& extensions, base::Day as_of) {
    for (const auto& e : extensions)
        if (e.duty == duty.key && e.decided_on > as_of) return {};
    std::vector<const Extension*> moved;
    for (const auto& e : extensions)
        if (e.duty == duty.key)
            if (const auto* found = extension_for(extensions, duty, e.period, as_of, {})) moved.push_back(found);
    std::vector<Occurrence> out;
    const auto add = [&](const Summary& s) {
        out.push_back(
            finish(duty, s, waiver_for(waivers, duty, s.slot.label, as_of, {}), extension_for(extensions, duty, s.slot.label, as_of, {}), as_of));
    };
    if (duty.rule.period == Period::on_request) {
        std::set<int> years;
        for (const auto& [label, s] : kept) {
            if (s.slot.begins > as_of) continue;
            if (s.last_on && *s.last_on > as_of) return {};
            years.insert(base::year_of(s.slot.begins));
            add(s);
        }
        for (const auto& year : years_of(duty, as_of)) {
            if (years.contains(base::year_of(year.begins))) continue;
            auto s = empty_summary(duty, year, {});
            s.applicable = false;
            add(s);
        }
        std::stable_sort(out.begin(), out.end(),
                         [](const Occurrence& a, const Occurrence& b) { return std::tie(a.begins, a.period) < std::tie(b.begins, b.period); });
        return out;
    }
    for (const auto& slot : slots_of(duty, as_of)) {
        const auto it = kept.find(slot.label);
        if (it == kept.end()) return {};
        const auto& s = it->second;
        const bool nothing_yet = slot.begins > as_of && (!s.first_on || *s.first_on > as_of) && duty.rule.aggregate != Aggregate::share &&
                                 duty.rule.period != Period::standing;
        if (nothing_yet)
            add(empty_summary(duty, slot, moved));
        else if (s.last_on && *s.last_on > as_of)
            return {};
        else
            add(s);
    }
    return out;
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
    std::map<std::int64_t, Summaries> kept;
    if (!q.known_on && !q.from_ledger) { TRY(kept, rollups(c, q.duty)); }
    std::vector<const Duty*> open;
    for (std::size_t i = 0; i < j.duties.size(); ++i) {
        j.judged[i].duty = &j.duties[i];
        const auto it = kept.find(j.duties[i].id.value);
        auto occurrences = it == kept.end() ? std::nullopt : from_rollups(j.duties[i], it->second, j.waivers, j.extensions, q.as_of);
        if (occurrences)
            j.judged[i].occurrences = std::move(*occurrences);
        else
            open.push_back(&j.duties[i]);
    }
    if (!open.empty()) {
        const auto kinds = kinds_of(open);
        TRY(const auto ledger, evidence::of_kinds(c, kinds, q.as_of));
        // Each duty looks at its own kinds only.
        std::map<std::string_view, std::pair<std::size_t, std::size_t>> ranges;
        for (std::size_t at = 0; at < ledger.size();) {
            std::size_t end = at;
            while (end < ledger.size() && ledger[end].kind == ledger[at].kind) ++end;
            ranges[ledger[at].kind] = {at, end};
            at = end;
        }
        for (auto& judged : j.judged) {
            if (std::find(open.begin(), open.end(), judged.duty) == open.end()) continue;
            std::vector<evidence::Record> own;
            for (const auto& kind : kinds_of({judged.duty}))
                if (const auto range = ranges.find(kind); range != ranges.end())
                    own.insert(own.end(), ledger.begin() + static_cast<std::ptrdiff_t>(range->second.first),
                               ledger.begin() + static_cast<std::ptrdiff_t>(range->second.second));
            judged.occurrences = judge(*judged.duty, {own, j.waivers, j.extensions}, q.as_of, q.known_on);
        }
    }
    mark_risks(j.judged, j.bearers, holdings, q.as_of);
    return j;
}

}  // namespace duties
