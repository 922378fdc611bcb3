#include "platform/db/db.h"
#include "platform/db/postgres/postgres_database.h"
#include "platform/db/sqlite/sqlite_database.h"

namespace db {

base::Result<std::unique_ptr<Database>> open(const std::string& where, const Options& options) {
    const bool is_uri = where.starts_with("postgresql://") || where.starts_with("postgres://");
    return is_uri ? postgres::open(where, options) : sqlite::open(where, options);
}

}  // namespace db
