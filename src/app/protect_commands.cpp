#include "app/command_line.h"
#include "disclosure/api.h"

namespace app {

// The library parses its own words, as it also stands alone.
void add_protect_commands(CLI::App& root, Terminal& terminal) {
    auto* command = root.add_subcommand("protect", "disclosure control: protect tables of counts and prove it (protect run …, protect audit …)");
    command->prefix_command();
    command->set_help_flag();
    command->callback([command, &terminal] { terminal.exit_code = disclosure::command_line(command->remaining(), terminal.out, terminal.err); });
}

}  // namespace app
