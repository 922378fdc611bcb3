#pragma once
#include <string>

#include "platform/base/id.h"

namespace identity {

using AccountId = base::Id<struct AccountTag>;

// Who may do what begins here. Anonymous sees what is published.
enum class Role { anonymous, reader, unit_editor, integration_officer, administrator };

// Who acts in a request: never more than a handler needs, and no e-mail address.
struct Actor {
    AccountId account;  // 0: nobody signed in
    Role role = Role::anonymous;
    std::string display_name;  // as the person chose it; shown to signed-in people only
    std::int64_t office = 0;   // network::BearerId of the unit an editor works for, 0 = none

    bool signed_in() const { return static_cast<bool>(account); }
    bool steers() const { return role == Role::integration_officer || role == Role::administrator; }
};

}  // namespace identity
