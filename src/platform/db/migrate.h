#pragma once
// Migrations: migrations/NNNN_name.sql, one text for both engines with logical types {id} {int64} {real} {text} {day} {instant} {bool} {blob}
// that the runner expands ({id} alone is the generated primary key: "id {id}"). Each runs in a transaction of its own; the checksum of the
// unexpanded text is kept, and a shipped migration that was changed, a gap, and a database newer than the program are refused.
#include <filesystem>

#include "platform/db/db.h"

namespace db {

struct MigrationReport {
    int already = 0;  // applied before
    int applied = 0;  // applied now
};
base::Result<MigrationReport> migrate(Database&, const std::filesystem::path& folder);

}  // namespace db
