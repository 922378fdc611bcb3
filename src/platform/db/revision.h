#pragma once
#include "platform/db/db.h"

namespace db {

// A number that rises in the transaction of every change to what pages show. Kept pages carry it in their key, so none outlives a change. An entry in
// the audit log raises it (audit::record); what changes pages without one has to.
base::Result<void> raise_revision(Connection&);
base::Result<std::int64_t> revision(Connection&);

}  // namespace db
