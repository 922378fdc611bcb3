#pragma once
#include "platform/db/db.h"

namespace db {

// SQLite chooses between two indexes by what it knows of their values, and it looks at them only when told to: after many rows came at once, and
// once a day. On PostgreSQL this does nothing: autovacuum keeps its statistics by itself.
base::Result<void> refresh_statistics(Connection&);

}  // namespace db
