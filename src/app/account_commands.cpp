#include <ostream>

#include "app/command_line.h"
#include "platform/identity/accounts.h"
#include "platform/identity/permissions.h"

namespace app {
namespace {

struct Opened {
    std::unique_ptr<db::Database> database;
    std::unique_ptr<identity::PasswordHasher> hasher;
    base::Clock clock;
    std::unique_ptr<identity::Accounts> accounts;
};

base::Result<std::unique_ptr<Opened>> open_accounts(const Location& location) {
    auto out = std::make_unique<Opened>();
    TRY(out->database, open(location, Mode::use));
    out->hasher = std::make_unique<identity::PasswordHasher>();
    TRY(out->accounts, identity::Accounts::open(*out->database, *out->hasher, out->clock));
    return out;
}

base::Result<identity::Account> named(Opened& o, const std::string& name) {
    TRY(const auto found, o.database->read([&](db::Connection& c) { return identity::credentials_of(c, name); }));
    if (!found) return base::error(base::ErrorKind::not_found, "no account has this sign-in name");
    return found->account;
}

void print_link(const std::string& token, std::ostream& out) {
    out << "Open this path on your site within an hour to set the password (it works once, and is shown this once):\n  /passwort/" << token << '\n';
}

}  // namespace

// Break-glass: whoever may run commands on the machine may restore access; every use is in the audit log as done by the program itself, and the
// administrators are told by mail.
void add_account_commands(CLI::App& root, Terminal& terminal) {
    struct Options {
        Location location;
        std::string sign_in, name, role = "administrator";
    };
    const auto options = std::make_shared<Options>();
    auto* group = root.add_subcommand("account", "accounts at the command line: when nobody can sign in any more");
    group->require_subcommand(1);

    using Work = std::function<base::Result<void>(Opened&, const identity::Account&)>;
    const auto on_account = [&](const char* word, const char* help, Work work) {
        auto* command = group->add_subcommand(word, help);
        command->add_option("sign-in", options->sign_in, "sign-in name of the account")->required();
        add_location(*command, options->location);
        command->callback([options, &terminal, work = std::move(work)] {
            const auto opened = open_accounts(options->location);
            if (!opened) return terminal.refuse(opened.error());
            const auto whose = named(**opened, options->sign_in);
            if (!whose) return terminal.refuse(whose.error());
            if (const auto done = work(**opened, *whose); !done) terminal.refuse(done.error());
        });
    };

    auto* rights = root.add_subcommand("permissions", "who may do what, as docs/permissions.md shows it");
    rights->callback([&terminal] { terminal.out << identity::permissions_as_markdown(); });

    auto* list = group->add_subcommand("list", "every account with its role and state");
    add_location(*list, options->location);
    list->callback([options, &terminal] {
        const auto opened = open_accounts(options->location);
        if (!opened) return terminal.refuse(opened.error());
        const auto all = (*opened)->database->read([](db::Connection& c) { return identity::accounts(c); });
        if (!all) return terminal.refuse(all.error());
        for (const auto& a : *all)
            terminal.out << fmt::format("{:<32} {:<20} {:<9} {}\n", a.sign_in, identity::name_of(a.role),
                                        a.disabled  ? "disabled"
                                        : a.invited ? "invited"
                                                    : "active",
                                        a.second_factor ? "second factor" : "");
    });

    auto* create = group->add_subcommand("create", "a new account, by default an administrator, and a link to set its password");
    create->add_option("sign-in", options->sign_in, "sign-in name")->required();
    create->add_option("--name", options->name, "how it is shown to colleagues; default: the sign-in name");
    create->add_option("--role", options->role, "reader, integration_officer or administrator")
        ->check(CLI::IsMember({"reader", "integration_officer", "administrator"}))
        ->capture_default_str();
    add_location(*create, options->location);
    create->callback([options, &terminal] {
        const auto done = [&]() -> base::Result<void> {
            TRY(const auto opened, open_accounts(options->location));
            TRY(const auto token, opened->accounts->create_at_terminal({.sign_in = options->sign_in,
                                                                        .display_name = options->name.empty() ? options->sign_in : options->name,
                                                                        .password_hash = {},
                                                                        .role = *identity::role_named(options->role)}));
            print_link(token, terminal.out);
            return {};
        }();
        if (!done) terminal.refuse(done.error());
    });

    on_account("link", "a one-time link to set the password; ends every session",
               [&terminal](Opened& o, const identity::Account& a) -> base::Result<void> {
                   TRY(const auto token, o.accounts->link_at_terminal(a.id));
                   print_link(token, terminal.out);
                   return {};
               });
    on_account("disable", "end every session and refuse sign-in", [](Opened& o, const identity::Account& a) {
        return o.database->write([&](db::Connection& c) { return identity::set_disabled(c, a.id, true, {}, o.clock.now()); });
    });
    on_account("enable", "let a disabled account sign in again",
               [](Opened& o, const identity::Account& a) { return o.accounts->enable_at_terminal(a.id); });
    on_account("second-factor-off", "when telephone and recovery codes are lost",
               [](Opened& o, const identity::Account& a) { return o.accounts->remove_second_factor_at_terminal(a.id); });
}

}  // namespace app
