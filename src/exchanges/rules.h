#pragma once
#include "evidence/store.h"
#include "exchanges/api.h"

namespace exchanges {

// Every mistake at once, named by the form's fields. What lies ahead has not been held yet.
std::vector<base::FieldError> mistakes_in(const Exchange&, base::Day today);

// What it proves: a contact under its topic, a recommendation under the audience it was given to (5.4.1.6).
evidence::Entry evidence_of(const Exchange&);

}  // namespace exchanges
