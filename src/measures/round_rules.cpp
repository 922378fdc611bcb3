#include "measures/round_rules.h"

#include <algorithm>

namespace measures {

std::string_view name_of(RoundState state) {
    switch (state) {
        case RoundState::waiting: return "waiting";
        case RoundState::due_soon: return "due_soon";
        case RoundState::answered: return "answered";
        case RoundState::answered_late: return "answered_late";
        case RoundState::late: return "late";
        case RoundState::escalated: return "escalated";
    }
    return {};
}

bool is_fresh(int interval_days, base::Day given_on, base::Day today) { return base::days_between(given_on, today) <= interval_days; }

RoundState state_of(const Round& round, const RoundRequest& request, base::Day today) {
    if (request.answered_on) return *request.answered_on <= round.answer_by ? RoundState::answered : RoundState::answered_late;
    if (today > round.answer_by) return request.escalated_on ? RoundState::escalated : RoundState::late;
    return base::days_between(today, round.answer_by) <= 7 ? RoundState::due_soon : RoundState::waiting;
}

bool reminder_is_due(const Round& round, const RoundRequest& request, base::Day today) {
    if (request.answered_on || today > round.answer_by) return false;
    for (const int days : round.reminder_days) {
        const auto from = base::plus_days(round.answer_by, -days);
        if (from <= round.asked_on || today < from) continue;
        if (std::none_of(request.reminded_on.begin(), request.reminded_on.end(), [&](base::Day sent) { return sent >= from; })) return true;
    }
    return false;
}

bool escalation_is_due(const Round& round, const RoundRequest& request, base::Day today) {
    return !request.answered_on && !request.escalated_on && today >= base::plus_days(round.answer_by, std::max(1, round.escalate_after_days));
}

std::vector<base::FieldError> mistakes_in(const Round& round) {
    std::vector<base::FieldError> out;
    if (round.answer_by <= round.asked_on) out.push_back({"answer_by", base::message("The answer is due on a day after the request."), 0});
    if (round.escalate_after_days < 1)
        out.push_back({"escalate_after_days", base::message("The head of the unit is told at the earliest on the day after the deadline."), 0});
    if (std::any_of(round.reminder_days.begin(), round.reminder_days.end(), [](int d) { return d < 0; }))
        out.push_back({"reminder_days", base::message("Reminders lie before the deadline."), 0});
    return out;
}

RoundTotals totals_of(const Round& round, const std::vector<RoundRequest>& requests, base::Day today) {
    RoundTotals totals;
    for (const auto& request : requests) {
        ++totals.asked;
        switch (state_of(round, request, today)) {
            case RoundState::answered:
            case RoundState::answered_late: ++totals.answered; break;
            case RoundState::late:
            case RoundState::escalated: ++totals.late; break;
            case RoundState::waiting:
            case RoundState::due_soon: ++totals.waiting; break;
        }
    }
    return totals;
}

}  // namespace measures
