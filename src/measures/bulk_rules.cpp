#include "measures/bulk_rules.h"

#include <algorithm>

#include "measures/input_rules.h"

namespace measures {
namespace {

using base::message;

// Ziffer 4.2 asks for clear responsibility and for what can be verified: dates, states and whose measure it is rest on it.
constexpr const char* measures_clause = "4.2";

bool holds(const std::vector<std::string>& list, const std::string& key) { return std::find(list.begin(), list.end(), key) != list.end(); }

}  // namespace

bool BulkChange::empty() const {
    return !accountable && add_coworker.empty() && drop_coworker.empty() && !starts_on && !ends_on && months == 0 && !report_interval_days &&
           add_statements.empty() && drop_statements.empty() && !published && !step;
}

std::vector<base::FieldError> mistakes_in(const BulkChange& change, const std::vector<StatementFact>& known) {
    std::vector<base::FieldError> out;
    const auto need = [&](bool right, const char* field, base::Message text) {
        if (!right) out.push_back({field, std::move(text), 0});
    };
    need(!change.empty(), "", message("Choose at least one thing to change."));
    need(change.months == 0 || (!change.starts_on && !change.ends_on), "verschieben", message("Either give days or move by months, not both."));
    need(change.months >= -120 && change.months <= 120, "verschieben", message("Move by at most 120 months."));
    need(!change.starts_on || !change.ends_on || *change.starts_on <= *change.ends_on, "neu_ende", message("The end lies before the start."));
    need(!change.report_interval_days || (*change.report_interval_days >= 1 && *change.report_interval_days <= 3660), "neu_berichtsabstand",
         message("Reports are given every 1 to 3660 days."));
    need(change.add_coworker.empty() || change.add_coworker != change.drop_coworker, "mitwirkende_weg",
         message("The same office cannot be added and taken away."));
    need(change.resolution.empty() == !change.resolved_on, "termin_beschluss", message("A resolution has a number and a day."));
    for (const auto& ref : change.add_statements)
        need(std::any_of(known.begin(), known.end(), [&](const StatementFact& fact) { return fact.ref == ref; }), "aussagen_dazu",
             message("There is no statement {number} in the concept {plan}.", {{"number", ref.statement}, {"plan", ref.plan}}));
    return out;
}

base::Day plus_months(base::Day day, int months) {
    const auto month = std::chrono::year_month{day.year(), day.month()} + std::chrono::months(months);
    const base::Day moved = month / day.day();
    return moved.ok() ? moved : base::last_of_month(month);
}

Measure changed_by(const Measure& before, const BulkChange& change) {
    auto m = before;
    if (change.accountable && *change.accountable != m.accountable) {
        m.accountable = *change.accountable;
        // Who is accountable now does not stand beside itself.
        std::erase(m.joint, m.accountable);
        std::erase(m.coworkers, m.accountable);
    }
    if (!change.drop_coworker.empty()) std::erase(m.coworkers, change.drop_coworker);
    if (const auto& key = change.add_coworker; !key.empty() && key != m.accountable && !holds(m.joint, key) && !holds(m.coworkers, key)) {
        m.coworkers.push_back(key);
        std::sort(m.coworkers.begin(), m.coworkers.end());
    }
    auto& schedule = m.schedule;
    if (change.starts_on) schedule.starts_on = change.starts_on;
    if (change.ends_on) schedule.ends_on = change.ends_on;
    if (change.months != 0) {
        if (schedule.starts_on) schedule.starts_on = plus_months(*schedule.starts_on, change.months);
        if (schedule.ends_on) {
            // The end of a month stays one: 30 June and two months are 31 August.
            const auto end = *schedule.ends_on;
            const bool closes = base::last_of_month(end.year() / end.month()) == end;
            schedule.ends_on = plus_months(end, change.months);
            if (closes) schedule.ends_on = base::last_of_month(schedule.ends_on->year() / schedule.ends_on->month());
        }
    }
    if (change.report_interval_days) m.report_interval_days = *change.report_interval_days;
    for (const auto& ref : change.drop_statements) std::erase(m.statements, ref);
    for (const auto& ref : change.add_statements)
        if (std::find(m.statements.begin(), m.statements.end(), ref) == m.statements.end()) m.statements.push_back(ref);
    std::sort(m.statements.begin(), m.statements.end());
    if (change.published) m.published = *change.published;
    return m;
}

BulkItem plan_change(const Measure& before, const BulkChange& change, const Surroundings& around, const std::string& office, May may) {
    BulkItem item{before, changed_by(before, change), {}, {}};
    const auto was = fields_of(before), is = fields_of(item.after);
    for (const auto& name : field_names())
        if (was.at(name) != is.at(name)) item.changed.push_back(name);
    if (!may.edit) {
        item.refusals.push_back({"", measures_clause, message("The measure belongs to another office."),
                                 message("Ask the accountable office or the integration officer.")});
        return item;
    }
    if (!item.changed.empty()) {
        for (auto& mistake : mistakes_in(item.after)) item.refusals.push_back({"", "", std::move(mistake.message), {}});
        for (auto& mistake :
             obstacles_to_changing(before, item.after, {item.after.schedule, change.resolution, change.resolved_on}, office, around.today))
            item.refusals.push_back({"", measures_clause, std::move(mistake.message), {}});
    }
    if (!change.step) return item;
    if (!may.step) {
        item.refusals.push_back(
            {"", measures_clause, message("This step is the integration officer’s."), message("Leave the step out, or ask the officer to take it.")});
        return item;
    }
    auto step = *change.step;
    step.on = around.today;
    step.by = office;
    for (auto& obstacle : obstacles_to(item.after, step, judge(item.after, around), around))
        item.refusals.push_back({obstacle.rule ? std::string(name_of(*obstacle.rule)) : "",
                                 obstacle.rule ? std::string(clause_of(*obstacle.rule)) : measures_clause, std::move(obstacle.message),
                                 std::move(obstacle.remedy)});
    if (const auto to = after(before.state, step.move)) item.after.state = *to;
    return item;
}

}  // namespace measures
