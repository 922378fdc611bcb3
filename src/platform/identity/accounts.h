#pragma once
// Signing in and out: the one place where passwords, doors and sessions meet. Safe to use from any thread.
#include "platform/base/day.h"
#include "platform/db/db.h"
#include "platform/identity/api_tokens.h"
#include "platform/identity/passwords.h"
#include "platform/identity/store.h"
#include "platform/identity/webauthn/verify.h"

namespace identity {

// Every mistake of a form for a new account; without a password its owner is invited by mail and chooses one.
std::vector<base::FieldError> mistakes_in(const NewAccount&, const std::optional<std::string>& password);

class Accounts {
  public:
    // Reads this installation's key for doors; the hasher outlives the service.
    static base::Result<std::unique_ptr<Accounts>> open(db::Database&, PasswordHasher&, const base::Clock&);

    // What a request brings along.
    struct Visit {
        std::string address;
        std::string old_token = {};     // of the session that ends
        std::string device_token = {};  // of a device that signed in before
        std::string user_agent = {};
    };
    struct SignedIn {
        std::string token;         // for the cookie; the database keeps its hash. Empty while a second factor is asked for
        std::string second_step;   // then: what second_step() wants, good for ten minutes
        std::string device_token;  // by which this device is known again
        Account account;
    };
    // Wrong name, wrong password and disabled account look the same and take the same time (invalid_input on field "password").
    // too_many while a door is shut or the hashing queue is full. The old session, if any, ends: a session is never carried over a sign-in.
    base::Result<SignedIn> sign_in(const std::string& sign_in, const std::string& password, const Visit&);
    base::Result<SignedIn> sign_in(const std::string& name, const std::string& password, const std::string& address,
                                   const std::string& old_token = {}) {
        return sign_in(name, password, Visit{.address = address, .old_token = old_token});
    }
    // The code of the app or a recovery code, after the password was right.
    base::Result<SignedIn> second_step(const std::string& token, const std::string& code, const Visit&);
    // For whom an identity provider vouches (OpenID Connect).
    base::Result<SignedIn> sign_in_trusted(AccountId, const Visit&);
    // Passkeys (ADR 17). A challenge is good for ten minutes and once; of an account it is for a new key of that account, of nobody (0) for a sign-in.
    std::string passkey_challenge(AccountId) const;
    std::string passkey_handle(AccountId) const;
    base::Result<void> add_passkey(const Actor&, const webauthn::Site&, const std::string& name, const std::string& client_data,
                                   const std::string& attestation);
    // Whatever is wrong looks the same (invalid_input); the code, for tests and the log, names the check. A second factor is not asked for: the
    // device has verified its user.
    base::Result<SignedIn> sign_in_by_passkey(const webauthn::Site&, const webauthn::Answer&, const Visit&);
    base::Result<void> sign_out(const std::string& token);
    // Who acts by this cookie. Uses the database once; touches the session at most once a minute.
    std::optional<OpenSession> who(const std::string& token);
    // Who acts by this token of a program; the same.
    std::optional<OpenApiToken> by_api_token(const std::string& token);

    base::Result<AccountId> create(NewAccount, const std::string& password, const Actor& by);
    base::Result<AccountId> create(const std::string& sign_in, const std::string& display_name, const std::string& password, Role role,
                                   std::int64_t office, const Actor& by) {
        return create({.sign_in = sign_in, .display_name = display_name, .password_hash = {}, .role = role, .office = office}, password, by);
    }
    base::Result<void> set_password(AccountId, const std::string& password, const Actor& by);
    base::Result<void> change_own_password(const Actor&, const std::string& current, const std::string& next);

    // A value only this installation can compute, for what must be known again without being kept.
    std::string keyed(std::string_view what, std::string_view of) const { return door(what, of); }
    base::Result<bool> is_password_of(AccountId, const std::string& password);

    // An account without a password, and a mail with the link by which its owner sets one. invalid_input without an address.
    base::Result<AccountId> invite(const NewAccount&, const Actor& by);
    base::Result<void> invite_again(AccountId, const Actor& by);
    // Anybody may ask for anybody; the answer is the same, and a job sends the mail to whom it concerns.
    base::Result<void> ask_for_reset(const std::string& sign_in_or_email);
    base::Result<void> answer_resets();
    // A link of either kind: whose it is, and setting the password, which uses it up and ends every session.
    base::Result<Account> owner_of_link(const std::string& token, std::string_view purpose);
    base::Result<void> set_password_by_link(const std::string& token, std::string_view purpose, const std::string& password);
    // Break-glass, at the terminal: each is in the audit log, ends every session of the account, and is told to the administrators by mail.
    // A link to set the password, which works once and for an hour; earlier ones end. conflict for a disabled account.
    base::Result<std::string> link_at_terminal(AccountId);
    base::Result<std::string> create_at_terminal(const NewAccount&);  // with such a link
    base::Result<void> enable_at_terminal(AccountId);
    base::Result<void> remove_second_factor_at_terminal(AccountId);

    // First start of an empty installation: a link for the terminal, valid for a day; nothing when an administrator exists.
    base::Result<std::optional<std::string>> setup_token();
    base::Result<bool> setup_is_open(const std::string& token);
    base::Result<AccountId> set_up(const std::string& token, const std::string& sign_in, const std::string& display_name,
                                   const std::string& password);

  private:
    Accounts(db::Database& database, PasswordHasher& hasher, const base::Clock& clock, std::string door_key)
        : database_(database), hasher_(hasher), clock_(clock), door_key_(std::move(door_key)) {}
    std::string door(std::string_view kind, std::string_view what) const;
    base::Result<SignedIn> open_session_for(const Account&, const Visit&, const std::string& way);
    std::string new_challenge(std::string_view use, AccountId) const;
    std::string proof_of(std::string_view use, AccountId, std::string_view begins) const;
    base::Result<void> spend(db::Connection&, std::string_view challenge, std::string_view use, AccountId) const;
    static base::Error shut(std::chrono::seconds wait);
    base::Result<void> count_failure(const std::vector<std::pair<std::string, ThrottleRule>>& doors, const std::optional<Account>& account);

    db::Database& database_;
    PasswordHasher& hasher_;
    const base::Clock& clock_;
    const std::string door_key_;
};

inline constexpr std::string_view invitation_purpose = "identity.invitation", reset_purpose = "identity.reset";

// Known passwords from data/common-passwords.txt, lower case.
std::span<const std::string_view> common_passwords();

}  // namespace identity
