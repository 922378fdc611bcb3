#pragma once
// Second factor, devices and security settings in the database. Every function runs in the caller's transaction.
#include "platform/identity/store.h"

namespace identity {

// An administrator's decisions about signing in.
struct SecuritySettings {
    std::set<Role> second_factor_required;  // whoever has such a role and no second factor sets one up before anything else
};
base::Result<SecuritySettings> security_settings(db::Connection&);
base::Result<void> save_security_settings(db::Connection&, const SecuritySettings&, const Actor& by, base::Instant now);

base::Result<bool> has_second_factor(db::Connection&, AccountId);
base::Result<std::int64_t> recovery_codes_left(db::Connection&, AccountId);
// Replaces an earlier one; the codes are handed over once and kept as hashes.
base::Result<void> set_second_factor(db::Connection&, AccountId, const std::string& secret, std::int64_t used_step,
                                     const std::vector<std::string>& codes, const Actor& by, base::Instant now);
base::Result<void> remove_second_factor(db::Connection&, AccountId, const Actor& by, base::Instant now);
// A code of the app or a recovery code; either is used up.
base::Result<bool> use_second_factor(db::Connection&, AccountId, std::string_view typed, base::Instant now);

// True when this device has been seen with this account before; remembers it either way.
struct DeviceSeen {
    bool known = false;
    bool first_of_account = false;
};
base::Result<DeviceSeen> see_device(db::Connection&, AccountId, const std::string& device_hash, base::Instant now);
base::Result<bool> knows_device(db::Connection&, AccountId, const std::string& device_hash);

// "Firefox, Windows" of a User-Agent; "" for what is none of the usual.
std::string device_of(std::string_view user_agent);

}  // namespace identity
