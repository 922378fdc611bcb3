#pragma once
#include "duties/model.h"

namespace duties {

// "9 of 12 places": what a period has of what it needs, in both languages.
Missing missing_of(const Rule&, Quantity have, Quantity need, std::vector<std::string> members);
// The same with who or what is missing, by their names: "; es fehlen: …".
base::Bilingual with_members(base::Bilingual text, const std::vector<base::Bilingual>& members);
// A standing rule that holds again, but did not for so many days.
Missing missing_days(const Rule&, int days);

}  // namespace duties
