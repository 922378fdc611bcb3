#pragma once
// Who is told of a duty, and when. Pure: the day is handed in.
#include "duties/model.h"

namespace duties {

// Days after the deadline on which each next instance learns of a duty that is still open. An administrator sets them.
struct ReminderRule {
    int office_after = 1;
    int head_after = 7;
    int officer_after = 14;
    int council_after = 30;
};
std::vector<base::Message> mistakes_in(const ReminderRule&);

enum class Instance { office, head, officer, council };
std::string_view name_of(Instance);

struct Reminder {
    Instance to = Instance::office;
    int days = 0;  // before the deadline; negative after it
};
// The reminder that is due: the step reached last, so that a server that stood still for a week sends one mail and not seven. Nothing for what is
// fulfilled, waived or without a day, nor for what is so long over that everybody has been told.
std::optional<Reminder> reminder_due(const Duty&, const Occurrence&, const ReminderRule&, base::Day today);

// The Monday mail of an office: what is due soon, what is late, and what has no date and would otherwise be forgotten.
enum class Section { late, due, undated };
std::optional<Section> section_of(const Duty&, const Occurrence&, base::Day today);
inline constexpr int monday_days = 28;

}  // namespace duties
