#pragma once
#include <boost/json.hpp>

#include "duties/store.h"

namespace duties {

// The occurrences as the command line and the pages give them: {duty, clause, statement, bearer, origin, period, due_on, state, fulfilled_on, at_risk,
// evidence, missing} and, beside these, plan, modality, gaps, ended_as, evidence_count and missing_de.
boost::json::array json_of(const Judgement&);
boost::json::object json_of(const Duty&, const Occurrence&);

// `miteinander duties judge`: every occurrence of the question as JSON text.
base::Result<std::string> judged_as_json(db::Database&, const Question&);

}  // namespace duties
