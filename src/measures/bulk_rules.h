#pragma once
// One change to many measures: what it makes of each, and everything that stands in the way of it. Pure.
#include "measures/fields.h"
#include "measures/life_rules.h"

namespace measures {

struct BulkChange {
    std::optional<std::string> accountable;
    std::string add_coworker, drop_coworker;  // keys
    std::optional<base::Day> starts_on, ends_on;
    int months = 0;          // both days that many months on, or back
    std::string resolution;  // that moves the dates of what binds …
    std::optional<base::Day> resolved_on;
    std::optional<int> report_interval_days;
    std::vector<StatementRef> add_statements, drop_statements;
    std::optional<bool> published;
    std::optional<Step> step;
    bool empty() const;
};
// Of the change itself, before any measure is looked at.
std::vector<base::FieldError> mistakes_in(const BulkChange&, const std::vector<StatementFact>& known);

// A day some months on: the 31st becomes the last day where a month is shorter.
base::Day plus_months(base::Day, int months);
Measure changed_by(const Measure&, const BulkChange&);

struct Refusal {
    std::string rule;    // "R4"; empty: no rule of the gate
    std::string source;  // clause of the concept the refusal rests on; empty: plain sense
    base::Message text, remedy;
};
struct BulkItem {
    Measure before, after;             // the step included
    std::vector<std::string> changed;  // names of the fields that differ, in the order people read them
    std::vector<Refusal> refusals;
    bool moves() const { return before.state != after.state; }
    bool is_left() const { return changed.empty() && !moves(); }
};
// Whether who asks may change this measure, and take this step with it, is the caller's to know.
struct May {
    bool edit = true, step = true;
};
BulkItem plan_change(const Measure&, const BulkChange&, const Surroundings&, const std::string& office, May);

}  // namespace measures
