#pragma once
#include "duties/model.h"

namespace duties {

// The rule as a sentence: "Jedes Kalenderjahr bis 31.12.: mindestens 1 × Bericht an den Kreistag übergeben".
base::Bilingual sentence_of(const Rule&);
// "2. Quartal 2019" / "2nd quarter of 2019" for "2019-Q2"; a label that is no calendar period as it stands.
base::Bilingual period_name(const std::string& label);

}  // namespace duties
