#pragma once
// Where an installation lives: a directory with an SQLite file, or a PostgreSQL database.
#include <memory>
#include <string>

#include "platform/base/day.h"
#include "platform/db/db.h"

namespace app {

struct Location {
    std::string data;           // --data DIR: DIR/miteinander.sqlite, made when missing
    std::string database;       // --database postgresql://… or a file; wins over data
    std::string where() const;  // what db::open takes
};

enum class Mode { use, create };  // use: an installation that is not there is an error, and nothing is made

// Opens and migrates. Errors say what to do.
base::Result<std::unique_ptr<db::Database>> open(const Location&, Mode, std::size_t readers = 4);

}  // namespace app
