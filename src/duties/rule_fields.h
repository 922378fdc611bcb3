#pragma once
#include <map>
#include <string>
#include <vector>

#include "duties/model.h"

namespace duties {

// A rule as names and texts, whether it stood in a file or in a form: "evidence", "filter.claim", "aggregate", "comparison", "threshold", "each"
// (a text for every member), "each_by", "population", "period", "due", "due_month_day" ("12-31" or "31.12."), "due_next_year" ("true"),
// "due_after_days", "fresh_days", "request", "answer_within_days". An empty text is as good as none.
using Fields = std::map<std::string, std::vector<std::string>>;

// Every mistake at once, each with the name of its field, so that a file can point at its line and a form at its input.
base::Result<Rule> parse_rule(const Fields&);
// The way back; parse_rule(fields_of(rule)) == rule.
Fields fields_of(const Rule&);

// What a duty says beside its rule and cannot be true: validity that ends before it begins, a grace below zero, an origin without its words,
// an origin for a part the rule has not. Empty when all is well. The names are those of the data format.
std::vector<base::FieldError> mistakes_in(const Duty&);

}  // namespace duties
