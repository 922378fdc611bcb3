#pragma once
#include "dataset/check.h"
#include "platform/db/db.h"

namespace dataset {

// Which records a data set is made of: what samples brought, or everything else.
enum class Part { base, sample };

// The installation as a data set, without accounts.
base::Result<Dataset> read_database(db::Connection&, Part);
// What a data set that is to be loaded may lean on and may not give again.
base::Result<Known> known_in(db::Connection&);

}  // namespace dataset
