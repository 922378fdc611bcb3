#pragma once
// Pure rules of accounts: which password will do, and when a door is shut for a while.
#include <span>
#include <string_view>
#include <vector>

#include "platform/base/day.h"
#include "platform/base/result.h"
#include "platform/identity/api.h"

namespace identity {

std::string_view name_of(Role);  // name in the database and in data files
std::optional<Role> role_named(std::string_view);

// BSI ORP.4 and NIST SP 800-63B 5.1.1: length counts, composition rules do not; refused is what is short, common, or made of the account's own
// names. `common` is the list of known passwords in lower case.
std::vector<base::Message> objections_to_password(std::string_view password, std::string_view sign_in, std::span<const std::string_view> common);

// A sign-in name is an e-mail address or a short name; compared without case and outer blanks.
std::string normal_sign_in(std::string_view);
std::vector<base::Message> objections_to_sign_in(std::string_view);

// Failures at one door (an account, or an address) within its window.
struct Failures {
    int count = 0;
    base::Instant last{};
};
// How long a door stays shut after so many failures: the first `free` cost nothing, then 2 s, doubling up to 15 minutes; a quiet hour forgets.
// An address gets more free tries than an account, since many people may share one.
struct ThrottleRule {
    int free = 5;
    std::chrono::seconds first{2};
    std::chrono::seconds longest{900};
    std::chrono::seconds memory{3600};
};
inline constexpr ThrottleRule account_throttle{
    .free = 5, .first = std::chrono::seconds(2), .longest = std::chrono::seconds(900), .memory = std::chrono::seconds(3600)};
inline constexpr ThrottleRule address_throttle{
    .free = 20, .first = std::chrono::seconds(2), .longest = std::chrono::seconds(900), .memory = std::chrono::seconds(3600)};
std::chrono::seconds wait_before_next_try(const Failures&, const ThrottleRule&, base::Instant now);
Failures after_failure(const Failures&, const ThrottleRule&, base::Instant now);

// A session ends when nobody used it for an hour, and after twelve hours in any case.
inline constexpr std::chrono::minutes session_idle{60};
inline constexpr std::chrono::hours session_longest{12};
bool session_is_over(base::Instant created, base::Instant last_seen, base::Instant now);

}  // namespace identity
