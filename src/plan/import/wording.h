#pragma once
#include "plan/import/document.h"
#include "plan/import/tree.h"

namespace plan::importing {

// Proposes the statements of every clause from its wording, with the words each proposal relies on, and the clause's modality.
void propose_statements(FoundPlan&, const std::vector<MeasureRow>& = {});

// a, b, … z, aa, ab …
std::string letter(std::size_t index);

}  // namespace plan::importing
