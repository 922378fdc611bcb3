#include <ostream>

#include "app/command_line.h"
#include "app/serve.h"

namespace app {

void add_serve(CLI::App& root, Terminal& terminal) {
    auto* command = root.add_subcommand("serve", "answer in a browser; makes the installation when there is none");
    auto options = std::make_shared<ServeOptions>();
    auto today = std::make_shared<std::string>();
    add_location(*command, options->location);
    command->add_option("--port", options->port, "port to listen on")->envname("MITEINANDER_PORT")->capture_default_str();
    command->add_option("--address", options->addresses, "address to listen on, may be repeated; default is this machine only (127.0.0.1 and ::1)");
    command->add_option("--trusted-proxy", options->trusted_proxies, "address or network of a proxy in front, may be repeated");
    command->add_option("--origin", options->origins, "public address, for example https://integration.example.org, when a proxy changes the host");
    command->add_option("--workers", options->workers, "threads that answer requests")->check(CLI::Range(1, 256))->capture_default_str();
    command
        ->add_option("--mail-password-file", options->mail_password_file,
                     "file with the password of the mail server; its other settings are on a page")
        ->envname("MITEINANDER_MAIL_PASSWORD_FILE");
    command->add_option("--oidc-secret-file", options->oidc_secret_file, "file with the client's secret at the identity provider (OpenID Connect)")
        ->envname("MITEINANDER_OIDC_SECRET_FILE");
    command->add_option("--mail-ca-file", options->mail_ca_file,
                        "certificate the mail server is checked against, when this machine does not trust it anyway");
    command->add_option("--today", *today, "demonstrations: judge every page as of this day (YYYY-MM-DD)");
    command->add_flag("--demo", options->demo, "demonstrations: visitors may switch the day for themselves; needs --today");
    command->add_flag("--quiet", options->quiet, "no line per request");
    command->callback([options, today, &terminal] {
        if (!today->empty()) {
            options->today = base::parse_iso_day(*today);
            if (!options->today) return terminal.refuse(base::invalid("--today", base::message("This is not a day of the form YYYY-MM-DD.")).value());
        }
        if (options->demo && !options->today) return terminal.refuse(base::invalid("--demo", base::message("--demo needs --today.")).value());
        if (const auto done = serve(*options, terminal.out); !done) terminal.refuse(done.error());
    });
}

}  // namespace app
