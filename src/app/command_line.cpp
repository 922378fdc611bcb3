#include "app/command_line.h"

#include <ostream>

namespace app {
namespace {

constexpr const char* examples = R"(
Examples:
  miteinander load data/nordhausen-2018 --data ~/miteinander
  miteinander serve --data ~/miteinander --port 8080
  miteinander plan import konzept.pdf --dry-run --json
  miteinander duties judge --data ~/miteinander --as-of 2020-09-30 --json
  miteinander backup miteinander-2020-09-30.backup --database postgresql://localhost/miteinander
  miteinander audit verify --data ~/miteinander

The administrator's guide is docs/administration.md.)";

}  // namespace

void Terminal::refuse(const base::Error& e) {
    err << "miteinander: " << base::describe(e) << '\n';
    const bool mendable = e.kind == base::ErrorKind::invalid_input || e.kind == base::ErrorKind::not_found || e.kind == base::ErrorKind::conflict ||
                          e.kind == base::ErrorKind::too_large;
    exit_code = mendable ? 2 : 1;
}

void add_location(CLI::App& command, Location& location) {
    auto* data = command.add_option("--data", location.data, "directory of the installation (an SQLite file in it)")->envname("MITEINANDER_DATA");
    command.add_option("--database", location.database, "postgresql://… instead of a directory")->envname("MITEINANDER_DATABASE")->excludes(data);
}

int run(int argc, const char* const* argv, std::ostream& out, std::ostream& err) {
    CLI::App root("Miteinander: the integration concept of a municipality as commitments that can be verified.", "miteinander");
    root.set_version_flag("--version", "miteinander " MITEINANDER_VERSION);
    root.footer(examples);
    root.require_subcommand(1);
    Terminal terminal{out, err};
    add_serve(root, terminal);
    add_data_commands(root, terminal);
    add_plan_commands(root, terminal);
    add_duties_commands(root, terminal);
    add_keeping_commands(root, terminal);
    add_audit_commands(root, terminal);
    add_protect_commands(root, terminal);
    add_account_commands(root, terminal);
    add_privacy_commands(root, terminal);
    try {
        root.parse(argc, argv);
    } catch (const CLI::ParseError& e) {
        const int code = root.exit(e, out, err);
        return code == 0 ? 0 : 2;
    } catch (const std::exception& e) {
        err << "miteinander: " << e.what() << '\n';
        return 1;
    }
    return terminal.exit_code;
}

}  // namespace app
