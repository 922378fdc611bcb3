#pragma once
// Which tables and columns a database has (for the platform: copying, data protection).
#include <string>
#include <vector>

#include "platform/db/db.h"

namespace db {

struct Column {
    std::string name;
    Type type = Type::unknown;  // on SQLite as it is stored: a day is text there, a boolean a whole number
};
struct Table {
    std::string name;
    std::vector<Column> columns;
    bool generates_ids = false;
};
// Our own tables in the order of their names, without computed columns, without those behind a full-text search.
base::Result<std::vector<Table>> tables_of(Connection&);

// The largest id a table has ever given; nothing if it has given none.
base::Result<std::optional<std::int64_t>> last_id(Connection&, const Table&);
base::Result<void> set_last_id(Connection&, const Table&, std::int64_t);

}  // namespace db
