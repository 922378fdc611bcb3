#pragma once
// One mail to one server, by libcurl (ADR 0014). Inside platform/mail, and for its test.
#include <string>

#include "platform/base/result.h"

namespace mail {

enum class Security { starttls, tls, none };  // none: a relay on this machine or in a closed network; never with a password
std::string_view name_of(Security);
std::optional<Security> security_named(std::string_view);

struct Server {
    std::string host;
    std::uint16_t port = 587;
    Security security = Security::starttls;
    std::string user, password;
    std::string ca_file;  // empty: the certificates this machine trusts
    std::chrono::seconds connect_within{10}, finish_within{60};
};

// unavailable: trying again may help (no connection, 4xx). invalid_input: it will not (5xx). The detail names the step and the server's answer code,
// never an address.
base::Result<void> deliver(const Server&, const std::string& from, const std::string& to, const std::string& mime);

}  // namespace mail
