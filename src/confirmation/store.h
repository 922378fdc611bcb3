#pragma once
#include "confirmation/api.h"

namespace confirmation {

base::Result<std::optional<Subject>> by_id(db::Connection&, SubjectId);
// What is due by a day, the oldest first; everything when no day is named.
base::Result<std::vector<Subject>> due_by(db::Connection&, std::optional<base::Day>);

}  // namespace confirmation
