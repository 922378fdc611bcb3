#pragma once
// Taking a whole installation elsewhere: backup, restore, and moving between the engines.
//
// All three are the same copy: every row is read in one snapshot, written in one transaction, and read again from the target. Of each table
// a checksum over all its values in a form that does not depend on the engine has to be equal on both sides, or nothing is committed.
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "platform/db/db.h"

namespace db {

struct TableCopy {
    std::string table;
    std::int64_t rows = 0;
    std::string checksum;  // hexadecimal; the same on both engines and for any order of the rows
};
struct CopyReport {
    std::vector<TableCopy> tables;
    std::int64_t rows() const;
};
// Called now and then while a table is copied and once when it is done.
using Progress = std::function<void(const std::string& table, std::int64_t rows)>;

// Copies everything into an empty database and makes its tables. `migrations` is the folder of the program; both databases have to be of its
// number. A target that holds records already is refused.
base::Result<CopyReport> copy(Database& from, Database& to, const std::filesystem::path& migrations, const Progress& = {});

// One SQLite file with all tables and their checksums, taken while others go on reading and writing. An existing file is refused.
base::Result<CopyReport> backup(Database&, const std::filesystem::path& file, const std::filesystem::path& migrations, const Progress& = {});

// Puts a backup back into an empty database (db::open takes either engine). A damaged file is refused; one of an older program is brought
// up to date on the way.
base::Result<CopyReport> restore(const std::filesystem::path& file, Database& to, const std::filesystem::path& migrations, const Progress& = {});

// The checksums of all tables as they are now.
base::Result<CopyReport> checksums(Connection&);

}  // namespace db
