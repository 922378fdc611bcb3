#include "app/command_line.h"
#include "dataset/api.h"

namespace app {

void add_data_commands(CLI::App& root, Terminal& terminal) {
    struct Options {
        Location location;
        std::string directory;
        bool if_new = false;
    };
    const auto options = std::make_shared<Options>();

    auto* load = root.add_subcommand("load", "bring a municipality's directory of data files into an installation, wholly or not at all");
    load->add_option("directory", options->directory, "directory with *.toml files (docs/data-format.md)")->required();
    load->add_flag("--if-new", options->if_new, "a data set that is loaded already is kept as it is, without a complaint");
    add_location(*load, options->location);
    load->callback([options, &terminal] {
        const auto database = open(options->location, Mode::create);
        if (!database) return terminal.refuse(database.error());
        const base::Clock clock;
        terminal.exit_code = dataset::load_command(**database, options->directory, clock,
                                                   options->if_new ? dataset::Again::skip : dataset::Again::refuse, terminal.out, terminal.err);
    });

    auto* out = root.add_subcommand("export", "write an installation as a directory of data files; 'load' gives the same back");
    out->add_option("directory", options->directory, "new or empty directory")->required();
    add_location(*out, options->location);
    out->callback([options, &terminal] {
        const auto database = open(options->location, Mode::use);
        if (!database) return terminal.refuse(database.error());
        terminal.exit_code = dataset::export_command(**database, options->directory, terminal.out, terminal.err);
    });

    auto* check = root.add_subcommand("check", "check a directory of data files: every mistake with file and line");
    check->add_option("directory", options->directory, "directory with *.toml files")->required();
    check->callback([options, &terminal] { terminal.exit_code = dataset::check_command(options->directory, terminal.out, terminal.err); });

    auto* sample = root.add_subcommand("sample", "the invented history of a demonstration");
    sample->require_subcommand(1);
    auto* remove = sample->add_subcommand("remove", "take the sample out of an installation, and nothing else");
    add_location(*remove, options->location);
    remove->callback([options, &terminal] {
        const auto database = open(options->location, Mode::use);
        if (!database) return terminal.refuse(database.error());
        const base::Clock clock;
        terminal.exit_code = dataset::remove_sample_command(**database, clock, terminal.out, terminal.err);
    });
    auto* accounts = sample->add_subcommand("accounts", "print the accounts a sample brings");
    accounts->add_option("directory", options->directory, "directory of the sample")->required();
    accounts->callback([options, &terminal] { terminal.exit_code = dataset::accounts_command(options->directory, terminal.out, terminal.err); });
}

}  // namespace app
