#include <fstream>
#include <ostream>

#include "app/command_line.h"
#include "platform/audit/api.h"

namespace app {
namespace {

// A head is handed over as the line itself or as a file that holds it.
base::Result<audit::Head> known_head(const std::string& text) {
    std::ifstream file(text);
    std::string line;
    if (file && std::getline(file, line)) return audit::parse_head(line);
    return audit::parse_head(text);
}

void verify(Terminal& terminal, db::Database& database, const std::string& head) {
    std::optional<audit::Head> known;
    if (!head.empty()) {
        auto parsed = known_head(head);
        if (!parsed) return terminal.refuse(parsed.error());
        known = *parsed;
    }
    const auto done = database.read([&](db::Connection& c) { return audit::verify(c, known); });
    if (!done) return terminal.refuse(done.error());
    for (const auto& finding : done->findings)
        terminal.out << "entry " << finding.entry.value << ": " << base::in_english(audit::message_of(finding)) << '\n';
    terminal.out << done->entries << " entries, " << done->purged_fields << " purged values, "
                 << (done->intact() ? "the chain is intact" : "THE CHAIN IS BROKEN") << '\n'
                 << "head: " << audit::exported(done->head) << '\n';
    if (!done->intact()) terminal.exit_code = 1;
}

}  // namespace

void add_audit_commands(CLI::App& root, Terminal& terminal) {
    struct Options {
        Location location;
        std::string head, field, reason;
        std::int64_t entry = 0;
    };
    const auto options = std::make_shared<Options>();
    auto* group = root.add_subcommand("audit", "prove that no entry of the history is missing or changed");
    group->require_subcommand(1);

    auto* check = group->add_subcommand("verify", "check the chain from its first entry to its last");
    check->add_option("--head", options->head, "an exported head, or a file with it: also finds entries cut off at the end");
    add_location(*check, options->location);
    check->callback([options, &terminal] {
        const auto database = open(options->location, Mode::use);
        if (!database) return terminal.refuse(database.error());
        verify(terminal, **database, options->head);
    });

    auto* head = group->add_subcommand("head", "print the newest entry's digest, to be kept elsewhere");
    add_location(*head, options->location);
    head->callback([options, &terminal] {
        const auto database = open(options->location, Mode::use);
        if (!database) return terminal.refuse(database.error());
        const auto newest = (*database)->read([](db::Connection& c) { return audit::head(c); });
        if (!newest) return terminal.refuse(newest.error());
        terminal.out << audit::exported(*newest) << '\n';
    });

    auto* purge =
        group->add_subcommand("purge", "blank a value that must not be kept (somebody typed a name); leaves a stub, and verify still passes");
    purge->add_option("entry", options->entry, "number of the entry, as the history shows it")->required()->check(CLI::PositiveNumber);
    purge->add_option("--field", options->field, "only this field; default: all fields of the entry");
    purge->add_option("--reason", options->reason, "why, without repeating what must go")->required();
    add_location(*purge, options->location);
    purge->callback([options, &terminal] {
        const auto database = open(options->location, Mode::use);
        if (!database) return terminal.refuse(database.error());
        const base::Clock clock;
        const auto blanked = (*database)->write([&](db::Connection& c) {
            return audit::purge(c, audit::EntryId{options->entry}, {.field = options->field, .reason = options->reason, .by = {}, .at = clock.now()});
        });
        if (!blanked) return terminal.refuse(blanked.error());
        terminal.out << *blanked << " values blanked in entry " << options->entry << '\n';
    });
}

}  // namespace app
