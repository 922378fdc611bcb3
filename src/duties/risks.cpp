#include "duties/risks.h"

namespace duties {
namespace {

bool is_still_to_do(const Duty& duty, const Occurrence& o, base::Day as_of) {
    switch (o.state) {
        case State::open:
        case State::due_soon:
        case State::overdue: return true;
        case State::fulfilled:
        case State::fulfilled_late:
        case State::breached:
        case State::behind_assumption: return duty.rule.period == Period::standing && o.begins <= as_of && as_of <= o.ends;
        case State::not_yet_due:
        case State::waived:
        case State::term_ended:
        case State::not_applicable: return false;
    }
    return false;
}

bool is_missed(State state) { return state == State::overdue || state == State::breached || state == State::behind_assumption; }

// Is the duty behind on this day? Of a rhythm only the last period whose day has come speaks; a standing duty as long as its gap lasts.
bool is_behind(const Judged& judged, base::Day as_of) {
    const Occurrence* last = nullptr;
    for (const auto& o : judged.occurrences) {
        switch (judged.duty->rule.period) {
            case Period::on_request:
                if (is_missed(o.state)) return true;
                break;
            case Period::standing:
                if (!o.gaps.empty() && o.gaps.back().until == as_of && o.state != State::waived) return true;
                break;
            case Period::once:
            case Period::year:
            case Period::half_year:
            case Period::quarter:
            case Period::month:
                if (o.due_on && *o.due_on < as_of) last = &o;
                break;
        }
    }
    return last && is_missed(last->state);
}

std::string reason_of(const Duty& duty) {
    if (duty.rule.evidence == "agreement.in_force") return "agreement_ended";
    if (duty.rule.period == Period::on_request && duty.rule.request == "statistics.data_requested") return "data_request_late";
    return "duty_missed";
}

}  // namespace

void mark_risks(std::vector<Judged>& all, const std::vector<network::Bearer>& bearers, const std::vector<network::Holding>& holdings,
                base::Day as_of) {
    std::map<std::string_view, const network::Bearer*> bearer_of;
    for (const auto& b : bearers) bearer_of.emplace(b.key, &b);
    std::map<std::string_view, const Judged*> by_key;
    for (const auto& j : all) by_key.emplace(j.duty->key, &j);
    for (auto& judged : all) {
        std::vector<std::string> reasons;
        const auto add = [&](std::string reason) {
            if (std::find(reasons.begin(), reasons.end(), reason) == reasons.end()) reasons.push_back(std::move(reason));
        };
        const auto add_office = [&](const std::string& key) {
            if (const auto it = bearer_of.find(key); it != bearer_of.end())
                for (const auto risk : network::risks_of(*it->second, holdings, as_of)) add(std::string(network::name_of(risk)));
        };
        add_office(judged.duty->bearer);
        for (const auto& key : judged.duty->joint) add_office(key);
        for (const auto& key : judged.duty->depends_on)
            if (const auto it = by_key.find(key); it != by_key.end() && it->second != &judged && is_behind(*it->second, as_of))
                add(reason_of(*it->second->duty));
        for (auto& o : judged.occurrences)
            if (is_still_to_do(*judged.duty, o, as_of)) o.at_risk = reasons;
    }
}

}  // namespace duties
