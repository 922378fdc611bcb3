#include "confirmation/rules.h"

namespace confirmation {

Step step_on(const Subject& s, base::Day today, int lead_days, int patience_days) {
    if (today < base::plus_days(s.due_on, -lead_days)) return Step::none;
    if (!s.email.empty() && !s.reminded_on) return Step::remind;
    if (s.escalated_on) return Step::none;
    // Whoever has no address cannot be reminded: the office is told when the day has passed.
    if (!s.reminded_on) return is_overdue(s, today) ? Step::escalate : Step::none;
    const auto patience_ends = std::max(base::plus_days(*s.reminded_on, patience_days), s.due_on);
    return patience_ends < today ? Step::escalate : Step::none;
}

}  // namespace confirmation
