#pragma once
// Migrations: migrations/NNNN_name.sql, one text for both engines with logical types {id} {int64} {real} {text} {day} {instant} {bool} {blob}
// that the runner expands ({id} alone is the generated primary key: "id {id}"); SQLite tables become STRICT by themselves. What only one
// engine understands (triggers, full-text search) stands between the lines "-- only sqlite" or "-- only postgres" and "-- end only".
// Each migration runs in a transaction of its own; the checksum of the unexpanded text is kept, and a shipped migration that was changed or
// is missing, a gap in the numbers, and a database newer than the program are refused.
#include <filesystem>

#include "platform/db/db.h"

namespace db {

struct MigrationReport {
    int already = 0;  // applied before
    int applied = 0;  // applied now
};
enum class Gaps { refused, allowed };  // allowed while numbers are reserved by branches that have not met yet
base::Result<MigrationReport> migrate(Database&, const std::filesystem::path& folder, Gaps = Gaps::refused);

// The text of a migration as one engine gets it.
base::Result<std::string> expand_migration(std::string_view text, Engine);

// The largest number of a migration applied to this database; 0 for an empty one.
base::Result<std::int64_t> schema_number(Connection&);

}  // namespace db
