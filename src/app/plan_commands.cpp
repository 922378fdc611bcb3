#include "app/command_line.h"
#include "app/mount.h"
#include "plan/commands.h"

namespace app {

void add_plan_commands(CLI::App& root, Terminal& terminal) {
    struct Options {
        Location location;
        plan::ImportOptions import;
        std::string file;
    };
    const auto options = std::make_shared<Options>();
    auto* group = root.add_subcommand("plan", "integration concepts");
    group->require_subcommand(1);

    auto* import = group->add_subcommand("import", "read a concept as the document it is (text, PDF, DOCX, ODT) and propose clauses and statements");
    import->add_option("file", options->file, "the document")->required();
    import->add_option("--format", options->import.format, "auto, text, pdf, docx or odt")
        ->check(CLI::IsMember({"auto", "text", "pdf", "docx", "odt"}))
        ->capture_default_str();
    import->add_flag("--dry-run", options->import.dry_run, "show the proposal and keep nothing");
    import->add_flag("--json", options->import.json, "the proposal as JSON");
    import->add_option("--key", options->import.key, "short name of the draft in addresses; default: made from the title");
    import->add_option("--again", options->import.again, "key of the draft this corrected text is imported over");
    add_location(*import, options->location);
    import->callback([options, &terminal] {
        options->import.file = options->file;
        options->import.with_duty = statements_with_duty;
        std::unique_ptr<db::Database> database;
        if (!options->import.dry_run || !options->import.again.empty()) {
            auto opened = open(options->location, Mode::create);
            if (!opened) return terminal.refuse(opened.error());
            database = std::move(*opened);
        }
        const base::Clock clock;
        terminal.exit_code = plan::import_command(options->import, database.get(), {.actor = {}, .now = clock.now()}, terminal.out, terminal.err);
    });
}

}  // namespace app
