#pragma once
// Accounts, sessions, setup links and doors in the database. Every function runs in the caller's transaction.
#include <optional>
#include <string>
#include <vector>

#include "platform/db/db.h"
#include "platform/identity/api.h"
#include "platform/identity/rules.h"

namespace identity {

struct Account {
    AccountId id;
    std::string sign_in;
    std::string display_name;
    std::string email = {};  // where mail for the account goes; may be empty
    Role role = Role::reader;
    std::int64_t office = 0;  // network::BearerId of the unit an editor works for
    std::string language = "de";
    bool sample = false;
    bool disabled = false;
    bool invited = false;        // has no password yet
    bool second_factor = false;  // has one
};

struct NewAccount {
    std::string sign_in, display_name, password_hash;
    Role role = Role::reader;
    std::int64_t office = 0;
    std::string language = "de";
    bool sample = false;
    std::string email = {};
};

base::Result<AccountId> create_account(db::Connection&, const NewAccount&, const Actor& by, base::Instant now);
base::Result<std::vector<Account>> accounts(db::Connection&);
base::Result<Account> account(db::Connection&, AccountId);  // not_found
struct Credentials {
    Account account;
    std::string password_hash;
};
base::Result<std::optional<Credentials>> credentials_of(db::Connection&, std::string_view sign_in);
base::Result<void> change_account(db::Connection&, const Account& changed, const Actor& by, base::Instant now);
base::Result<void> set_password(db::Connection&, AccountId, const std::string& password_hash, const Actor& by, base::Instant now);
// Disabling ends every session; an account is never deleted, since the history names it.
base::Result<void> set_disabled(db::Connection&, AccountId, bool disabled, const Actor& by, base::Instant now);
// Whether mail may go to this address: not when it belongs to a disabled account.
base::Result<bool> may_receive(db::Connection&, const std::string& address);
base::Result<std::int64_t> active_administrators(db::Connection&);

base::Result<std::optional<Account>> account_by_email(db::Connection&, std::string_view email);

base::Result<void> create_session(db::Connection&, const std::string& token_hash, AccountId, base::Instant now, const std::string& device = {},
                                  const std::string& way = "password");
// Who acts by this session; nothing when it is over or its account disabled.
struct OpenSession {
    Actor actor;
    std::string language;
    base::Instant created, last_seen;
    bool confined = false;  // the role asks for a second factor and the account has none: only the page to set it up is open
};
base::Result<std::optional<OpenSession>> open_session(db::Connection&, const std::string& token_hash, base::Instant now);
base::Result<void> touch_session(db::Connection&, const std::string& token_hash, base::Instant now);
base::Result<void> end_session(db::Connection&, const std::string& token_hash);
base::Result<void> end_sessions_of(db::Connection&, AccountId);
// What its owner sees of a session; the handle tells nothing that opens it.
struct SessionView {
    std::string handle, device, way;  // way: "password", "passkey", "provider"
    base::Instant created, last_seen;
    bool own = false;  // the one that asks
};
base::Result<std::vector<SessionView>> sessions_of(db::Connection&, AccountId, const std::string& own_hash, base::Instant now);
// not_found when it is not one of this account's.
base::Result<void> end_session_of(db::Connection&, AccountId, const std::string& handle);
base::Result<std::int64_t> sweep_sessions(db::Connection&, base::Instant now);  // removes what is over

base::Result<Failures> failures_at(db::Connection&, const std::string& door);
base::Result<void> save_failures(db::Connection&, const std::string& door, const Failures&);
base::Result<void> forget_failures(db::Connection&, const std::string& door);

base::Result<void> create_setup_link(db::Connection&, const std::string& token_hash, base::Instant now, base::Instant expires);
base::Result<bool> setup_link_is_open(db::Connection&, const std::string& token_hash, base::Instant now);
// True for exactly one caller, however many click at once.
base::Result<bool> use_setup_link(db::Connection&, const std::string& token_hash, base::Instant now);

// A key of this installation by its name, 32 random bytes made when first asked for.
base::Result<std::string> secret(db::Connection&, std::string_view name);

}  // namespace identity
