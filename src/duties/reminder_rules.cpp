#include "duties/reminder_rules.h"

namespace duties {
namespace {

constexpr int told_for_days = 14;  // how long after its day a last step is still sent

bool is_open(State s) {
    return s == State::open || s == State::due_soon || s == State::overdue || s == State::breached || s == State::behind_assumption;
}

}  // namespace

std::string_view name_of(Instance i) {
    switch (i) {
        case Instance::office: return "office";
        case Instance::head: return "head";
        case Instance::officer: return "officer";
        case Instance::council: return "council";
    }
    return "office";
}

std::vector<base::Message> mistakes_in(const ReminderRule& r) {
    std::vector<base::Message> out;
    if (r.office_after < 1 || r.council_after > 365) out.push_back(base::message("Between 1 and 365 days."));
    if (r.office_after > r.head_after || r.head_after > r.officer_after || r.officer_after > r.council_after)
        out.push_back(base::message("Each next instance learns of it on the same day or later than the one before."));
    return out;
}

std::optional<Reminder> reminder_due(const Duty& duty, const Occurrence& o, const ReminderRule& rule, base::Day today) {
    if (!o.due_on || !is_open(o.state)) return {};
    const int late = base::days_between(*o.due_on, today);
    if (late <= 0) {  // the day itself is in time
        std::optional<int> reached;
        for (const int days : duty.reminder_days)
            if (days >= -late && (!reached || days < *reached)) reached = days;
        if (!reached) return {};
        return Reminder{Instance::office, *reached};
    }
    if (late > rule.council_after + told_for_days) return {};
    if (late >= rule.council_after) return Reminder{Instance::council, -rule.council_after};
    if (late >= rule.officer_after) return Reminder{Instance::officer, -rule.officer_after};
    if (late >= rule.head_after) return Reminder{Instance::head, -rule.head_after};
    if (late >= rule.office_after) return Reminder{Instance::office, -rule.office_after};
    return {};
}

std::optional<Section> section_of(const Duty& duty, const Occurrence& o, base::Day today) {
    if (!is_open(o.state)) return {};
    if (!o.due_on || duty.rule.period == Period::standing) return Section::undated;
    const int left = base::days_between(today, *o.due_on);
    if (left < 0) return left >= -365 ? std::optional(Section::late) : std::nullopt;
    return left <= monday_days ? std::optional(Section::due) : std::nullopt;
}

}  // namespace duties
