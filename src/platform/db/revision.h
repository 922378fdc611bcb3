#pragma once
#include "platform/db/db.h"

namespace db {

// A number that rises in the transaction of every change to what judged pages show: ledger, plans, duties, waivers, offices. Kept pages carry it
// in their key, so none outlives a change.
base::Result<void> raise_revision(Connection&);
base::Result<std::int64_t> revision(Connection&);

}  // namespace db
