#pragma once
#include <functional>
#include <string>

#include "duties/model.h"

namespace duties {

// The rule as a sentence: "Jedes Kalenderjahr bis 31.12.: mindestens 1 × Bericht an den Kreistag übergeben".
// What a member of a set or the value of a filter is called is asked of `name_of`; without it, what everybody's words say (evidence/words.h).
using NameOf = std::function<base::Bilingual(const std::string& key)>;
base::Bilingual sentence_of(const Rule&, const NameOf& name_of = {});
// "2. Quartal 2019" / "2nd quarter of 2019" for "2019-Q2"; a label that is no calendar period as it stands.
base::Bilingual period_name(const std::string& label);

}  // namespace duties
