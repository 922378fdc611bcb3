#pragma once
#include <boost/json.hpp>

#include "duties/naming.h"
#include "duties/store.h"

namespace duties {

// The occurrences as the command line and the pages give them: {duty, clause, statement, bearer, origin, period, due_on, state, fulfilled_on, at_risk,
// evidence, missing} and, beside these, plan, modality, gaps, ended_as, evidence_count and missing_de.
boost::json::array json_of(const Judgement&);
// With names, as the pages give them: missing and missing_de call who is missing by name, missing_keys has the keys; period_name and period_name_de.
boost::json::object json_of(const Duty&, const Occurrence&, const Naming* = nullptr);

// `miteinander duties judge`: every occurrence of the question as JSON text.
base::Result<std::string> judged_as_json(db::Database&, const Question&);

}  // namespace duties
