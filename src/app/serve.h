#pragma once
// The server: opens the installation, mounts every capability's pages, answers until told to stop.
#include <optional>
#include <string>
#include <vector>

#include "app/installation.h"
#include "platform/base/day.h"

namespace app {

struct ServeOptions {
    Location location;
    std::uint16_t port = 8080;
    std::vector<std::string> addresses;        // empty: loopback, IPv4 and IPv6
    std::vector<std::string> trusted_proxies;  // whose X-Forwarded-For and -Proto are believed
    std::vector<std::string> origins;          // the public address when a proxy changes it, for the check against forged requests
    std::optional<base::Day> today;            // demonstrations: every page judges as of this day and says so
    bool demo = false;                         // visitors may switch the day for themselves
    bool quiet = false;                        // no line per request
    std::size_t workers = 24;
    std::string mail_password_file;  // the secret of the mail server; its other settings are on a page
    std::string oidc_secret_file;    // the secret at the identity provider; its other settings are on a page
    std::string mail_ca_file;        // a certificate of its own, when this machine does not trust it anyway
};

// Blocks until SIGTERM or SIGINT and until every accepted request is answered. Answers lines to `out`: where it listens, and on the first start
// of an empty installation the one-time setup link.
base::Result<void> serve(const ServeOptions&, std::ostream& out);

}  // namespace app
