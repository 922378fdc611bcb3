#include <ostream>

#include <unistd.h>

#include "app/command_line.h"
#include "platform/base/root.h"
#include "platform/db/transfer.h"

namespace app {
namespace {

std::filesystem::path migrations() { return std::filesystem::path(base::source_root()) / "migrations"; }

// One line that moves on a terminal; nothing in a log.
db::Progress progress_on(Terminal& terminal) {
    if (!::isatty(STDERR_FILENO)) return {};
    return
        [&terminal](const std::string& table, std::int64_t rows) { terminal.err << fmt::format("\r{:<40} {:>12} rows", table, rows) << std::flush; };
}

void report(Terminal& terminal, const base::Result<db::CopyReport>& done, const std::string& where) {
    if (::isatty(STDERR_FILENO)) terminal.err << '\r' << std::string(60, ' ') << '\r';
    if (!done) return terminal.refuse(done.error());
    for (const auto& table : done->tables) terminal.out << fmt::format("{:<32} {:>10} rows  {}\n", table.table, table.rows, table.checksum);
    terminal.out << fmt::format("{} rows in {} tables, checksums equal on both sides: {}\n", done->rows(), done->tables.size(), where);
}

}  // namespace

void add_keeping_commands(CLI::App& root, Terminal& terminal) {
    struct Options {
        Location location;
        std::string file, from, to;
    };
    const auto options = std::make_shared<Options>();

    auto* backup = root.add_subcommand("backup", "write everything into one file, while the server goes on");
    backup->add_option("file", options->file, "file to write; must not exist")->required();
    add_location(*backup, options->location);
    backup->callback([options, &terminal] {
        const auto database = open(options->location, Mode::use);
        if (!database) return terminal.refuse(database.error());
        report(terminal, db::backup(**database, options->file, migrations(), progress_on(terminal)), options->file);
    });

    auto* restore = root.add_subcommand("restore", "put a backup into an empty installation, on either engine");
    restore->add_option("file", options->file, "file that 'backup' wrote")->required()->check(CLI::ExistingFile);
    add_location(*restore, options->location);
    restore->callback([options, &terminal] {
        const auto database = open(options->location, Mode::create);
        if (!database) return terminal.refuse(database.error());
        report(terminal, db::restore(options->file, **database, migrations(), progress_on(terminal)), options->location.where());
    });

    auto* copy = root.add_subcommand("copy", "move an installation from one engine to the other");
    copy->add_option("--from", options->from, "directory or postgresql://…")->required();
    copy->add_option("--to", options->to, "directory or postgresql://…; must be empty")->required();
    copy->callback([options, &terminal] {
        const auto place = [](const std::string& where) {
            return where.rfind("postgres", 0) == 0 ? Location{.data = {}, .database = where} : Location{.data = where, .database = {}};
        };
        const auto from = open(place(options->from), Mode::use);
        if (!from) return terminal.refuse(from.error());
        const auto to = open(place(options->to), Mode::create);
        if (!to) return terminal.refuse(to.error());
        report(terminal, db::copy(**from, **to, migrations(), progress_on(terminal)), options->to);
    });
}

}  // namespace app
