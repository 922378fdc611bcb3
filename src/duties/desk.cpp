#include "duties/desk.h"

#include <algorithm>

namespace duties {
namespace {

base::Day last_day_of(const Occurrence& o) { return o.due_on ? std::max(*o.due_on, o.ends) : o.ends; }
base::Day sorting_day(const Occurrence& o) { return o.due_on.value_or(o.ends); }

}  // namespace

std::optional<Pile> pile_of(const Occurrence& o, base::Day today) {
    if (o.state == State::overdue) return Pile::overdue;
    if (o.state == State::due_soon) return Pile::due_soon;
    if (is_behind(o.state)) return base::year_of(last_day_of(o)) < base::year_of(today) ? Pile::missed_before : Pile::missed_this_year;
    if (!o.at_risk.empty()) return Pile::at_risk;
    return {};
}

std::vector<DeskRow> rows_of(Pile pile, const std::vector<Judged>& judged, const std::string& own_office, base::Day today) {
    std::vector<DeskRow> out;
    for (const auto& j : judged)
        for (const auto& o : j.occurrences)
            if (pile_of(o, today) == pile) out.push_back({j.duty, &o, !own_office.empty() && j.duty->bearer == own_office});
    std::stable_sort(out.begin(), out.end(), [pile](const DeskRow& a, const DeskRow& b) {
        if (a.own != b.own) return a.own;
        const auto first = sorting_day(*a.occurrence), second = sorting_day(*b.occurrence);
        return pile == Pile::missed_before ? first > second : first < second;
    });
    return out;
}

}  // namespace duties
