#pragma once
// Signing in and out: the one place where passwords, doors and sessions meet. Safe to use from any thread.
#include "platform/base/day.h"
#include "platform/db/db.h"
#include "platform/identity/passwords.h"
#include "platform/identity/store.h"

namespace identity {

class Accounts {
  public:
    // Reads this installation's key for doors; the hasher outlives the service.
    static base::Result<std::unique_ptr<Accounts>> open(db::Database&, PasswordHasher&, const base::Clock&);

    struct SignedIn {
        std::string token;  // for the cookie; the database keeps its hash
        Account account;
    };
    // Wrong name, wrong password and disabled account look the same and take the same time (invalid_input on field "password").
    // too_many while a door is shut or the hashing queue is full. The old session, if any, ends: a session is never carried over a sign-in.
    base::Result<SignedIn> sign_in(const std::string& sign_in, const std::string& password, const std::string& address,
                                   const std::string& old_token = {});
    base::Result<void> sign_out(const std::string& token);
    // Who acts by this cookie. Uses the database once; touches the session at most once a minute.
    std::optional<OpenSession> who(const std::string& token);

    base::Result<AccountId> create(const std::string& sign_in, const std::string& display_name, const std::string& password, Role,
                                   std::int64_t office, const Actor& by);
    base::Result<void> set_password(AccountId, const std::string& password, const Actor& by);
    base::Result<void> change_own_password(const Actor&, const std::string& current, const std::string& next);

    // First start of an empty installation: a link for the terminal, valid for a day; nothing when an administrator exists.
    base::Result<std::optional<std::string>> setup_token();
    base::Result<bool> setup_is_open(const std::string& token);
    base::Result<AccountId> set_up(const std::string& token, const std::string& sign_in, const std::string& display_name,
                                   const std::string& password);

  private:
    Accounts(db::Database& database, PasswordHasher& hasher, const base::Clock& clock, std::string door_key)
        : database_(database), hasher_(hasher), clock_(clock), door_key_(std::move(door_key)) {}
    std::string door(std::string_view kind, std::string_view what) const;

    db::Database& database_;
    PasswordHasher& hasher_;
    const base::Clock& clock_;
    const std::string door_key_;
};

// Known passwords from data/common-passwords.txt, lower case.
std::span<const std::string_view> common_passwords();

}  // namespace identity
