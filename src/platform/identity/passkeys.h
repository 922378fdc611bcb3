#pragma once
// Passkeys in the database. Every function runs in the caller's transaction.
#include "platform/identity/store.h"
#include "platform/identity/webauthn/verify.h"

namespace identity {

using PasskeyId = base::Id<struct PasskeyTag>;

struct Passkey {
    PasskeyId id;
    AccountId account;
    std::string credential_id, public_key;
    std::int64_t counter = 0;
    std::string site;  // webauthn::Site::id it was made for
    std::string name;  // as its owner calls it
    base::Instant created{};
    std::optional<base::Instant> last_used;
};
inline constexpr std::size_t most_passkeys = 20;

base::Result<std::vector<Passkey>> passkeys_of(db::Connection&, AccountId);
base::Result<std::optional<Passkey>> passkey_by_credential(db::Connection&, const std::string& credential_id);
// conflict when some account has this key already.
base::Result<PasskeyId> keep_passkey(db::Connection&, const Passkey&, const Actor& by, base::Instant now);
base::Result<void> use_passkey(db::Connection&, PasskeyId, std::int64_t counter, base::Instant now);
// not_found when it is none of this account's.
base::Result<void> remove_passkey(db::Connection&, AccountId, PasskeyId, const Actor& by, base::Instant now);
base::Result<std::int64_t> remove_passkeys_of(db::Connection&, AccountId, const Actor& by, base::Instant now);

// True for exactly one caller; forgets those that have ended.
base::Result<bool> spend_challenge(db::Connection&, const std::string& challenge_hash, base::Instant ends, base::Instant now);

}  // namespace identity
