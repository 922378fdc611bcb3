#pragma once
#include "duties/model.h"
#include "network/api.h"

namespace duties {

// A duty with its periods.
struct Judged {
    const Duty* duty = nullptr;
    std::vector<Occurrence> occurrences;
};

// Raises the flag beside the state, in periods that are still to be fulfilled on `as_of`: the office is vacant, its term or funding ends, or a
// duty this one leans on is missed (an agreement that ended, a data request that is late).
void mark_risks(std::vector<Judged>&, const std::vector<network::Bearer>&, const std::vector<network::Holding>&, base::Day as_of);

}  // namespace duties
