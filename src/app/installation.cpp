#include "app/installation.h"

#include <filesystem>

#include "platform/base/root.h"
#include "platform/db/migrate.h"

namespace app {

std::string Location::where() const { return database.empty() ? (std::filesystem::path(data) / "miteinander.sqlite").string() : database; }

base::Result<std::unique_ptr<db::Database>> open(const Location& location, Mode mode, std::size_t readers) {
    if (location.data.empty() && location.database.empty())
        return base::invalid("", base::message("Say where the data are: --data DIRECTORY, or --database postgresql://…"));
    const auto where = location.where();
    const bool server = where.rfind("postgres", 0) == 0;
    if (!server) {
        std::error_code failed;
        if (mode == Mode::use && !std::filesystem::exists(where, failed))
            return base::invalid(
                "", base::message("There is no installation at {where}. 'miteinander load' or 'miteinander serve' makes one.", {{"where", where}}));
        std::filesystem::create_directories(std::filesystem::path(where).parent_path().empty() ? "." : std::filesystem::path(where).parent_path(),
                                            failed);
        if (failed)
            return base::invalid("", base::message("The directory for {where} cannot be made: {why}", {{"where", where}, {"why", failed.message()}}));
    }
    TRY(auto database, db::open(where, {.readers = readers}));
    TRY_VOID(db::migrate(*database, std::filesystem::path(base::source_root()) / "migrations"));
    return database;
}

}  // namespace app
