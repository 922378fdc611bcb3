#include <ostream>

#include "app/command_line.h"
#include "platform/identity/store.h"
#include "platform/privacy/api.h"

namespace app {

void add_privacy_commands(CLI::App& root, Terminal& terminal) {
    struct Options {
        Location location;
        std::string sign_in;
        bool dry_run = false;
    };
    const auto options = std::make_shared<Options>();
    auto* group = root.add_subcommand("privacy", "data protection: prove, register, inform, erase, remove in time");
    group->require_subcommand(1);
    const base::Clock clock;

    auto* check = group->add_subcommand("check", "prove that no field outside the register is meant for personal data, or holds what looks like it");
    add_location(*check, options->location);
    check->callback([options, &terminal] {
        const auto database = open(options->location, Mode::use);
        if (!database) return terminal.refuse(database.error());
        const auto done = (*database)->read([](db::Connection& c) { return privacy::check(c); });
        if (!done) return terminal.refuse(done.error());
        for (const auto& f : done->findings) terminal.out << f.column << ": " << f.what << '\n';
        terminal.out << done->columns << " columns, " << done->personal << " for personal data, " << done->findings.size() << " findings\n";
        if (!done->findings.empty()) terminal.exit_code = 1;
    });

    auto* activities = group->add_subcommand("register", "the register of processing activities (Art. 30 GDPR)");
    activities->callback([&terminal] { terminal.out << privacy::register_as_markdown(); });

    auto* retention = group->add_subcommand("retention", "remove what has been kept long enough");
    retention->add_flag("--dry-run", options->dry_run, "only say how much it would be");
    add_location(*retention, options->location);
    retention->callback([options, &terminal, clock] {
        const auto database = open(options->location, Mode::use);
        if (!database) return terminal.refuse(database.error());
        const auto run = options->dry_run ? privacy::Run::dry : privacy::Run::real;
        const auto done = (*database)->write([&](db::Connection& c) { return privacy::apply_retention(c, run, clock.now()); });
        if (!done) return terminal.refuse(done.error());
        for (const auto& removed : *done)
            terminal.out << fmt::format("{:<12} {:>8} rows {}\n", removed.key, removed.rows, options->dry_run ? "would be removed" : "removed");
    });

    using Work = std::function<base::Result<void>(db::Connection&, const identity::Account&)>;
    const auto on_person = [&](const char* word, const char* help, Work work) {
        auto* command = group->add_subcommand(word, help);
        command->add_option("sign-in", options->sign_in, "sign-in name of the account")->required();
        add_location(*command, options->location);
        command->callback([options, &terminal, work = std::move(work)] {
            const auto database = open(options->location, Mode::use);
            if (!database) return terminal.refuse(database.error());
            const auto done = (*database)->write([&](db::Connection& c) -> base::Result<void> {
                TRY(const auto found, identity::credentials_of(c, options->sign_in));
                if (!found) return base::error(base::ErrorKind::not_found, "no account has this sign-in name");
                return work(c, found->account);
            });
            if (!done) terminal.refuse(done.error());
        });
    };
    on_person("export", "everything kept about an account's owner, as JSON (Art. 15 GDPR)",
              [&terminal, clock](db::Connection& c, const identity::Account& a) -> base::Result<void> {
                  TRY(const auto text, privacy::about(c, a.id, {}, clock.now()));
                  terminal.out << text << '\n';
                  return {};
              });
    on_person("erase", "leave a stub of a disabled account (Art. 17 GDPR); its history stays provable",
              [clock](db::Connection& c, const identity::Account& a) { return privacy::erase(c, a.id, {}, clock.now()); });
}

}  // namespace app
