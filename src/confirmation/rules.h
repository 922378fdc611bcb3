#pragma once
#include "confirmation/api.h"

namespace confirmation {

enum class Step { none, remind, escalate };
// What is to be done about a subject on a day: remind once from the lead on, hand it to the office when the reminder brought nothing.
Step step_on(const Subject&, base::Day today, int lead_days, int patience_days);
// The day itself is in time.
inline bool is_overdue(const Subject& s, base::Day today) { return s.due_on < today; }

}  // namespace confirmation
