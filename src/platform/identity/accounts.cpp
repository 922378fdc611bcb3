#include "platform/identity/accounts.h"

#include <sodium.h>

#include "platform/identity/letters.h"
#include "platform/identity/second_factor.h"
#include "platform/links/api.h"
#include "platform/mail/api.h"

namespace identity {
namespace {

constexpr const char* second_step_purpose = "identity.second_step";
constexpr std::chrono::minutes second_step_length{10};
constexpr int failures_told = 10;  // so many wrong tries are told to the account's owner

base::Error wrong() {
    base::Error e{base::ErrorKind::invalid_input, "sign-in refused", {}, "sign_in"};
    e.fields.push_back({"password", base::message("Sign-in name or password are not right.")});
    return e;
}

// Without a display name or a password: of those that are there already.
std::vector<base::FieldError> mistakes_of(const std::string& sign_in, const std::string* display_name, const std::string* password) {
    std::vector<base::FieldError> out;
    for (auto& m : objections_to_sign_in(sign_in)) out.push_back({"sign_in", std::move(m), 0});
    if (display_name && display_name->find_first_not_of(" \t") == std::string::npos)
        out.push_back({"display_name", base::message("Please say how this person is shown to colleagues."), 0});
    if (display_name && display_name->size() > 120)
        out.push_back({"display_name", base::message("At most {most} characters.", {{"most", "120"}}), 0});
    if (password)
        for (auto& m : objections_to_password(*password, sign_in, common_passwords())) out.push_back({"password", std::move(m), 0});
    return out;
}

base::Result<void> refused_for(std::vector<base::FieldError> mistakes) {
    if (mistakes.empty()) return {};
    return base::error({base::ErrorKind::invalid_input, {}, std::move(mistakes), {}});
}

}  // namespace

std::vector<base::FieldError> mistakes_in(const NewAccount& a, const std::optional<std::string>& password) {
    auto out = mistakes_of(a.sign_in, &a.display_name, password ? &*password : nullptr);
    if (!password && !mail::is_address(a.email)) out.push_back({"email", base::message("This is not an e-mail address mail can be sent to."), 0});
    return out;
}

base::Error Accounts::shut(std::chrono::seconds wait) {
    base::Error e{base::ErrorKind::too_many, "sign-in throttled", {}, "throttled"};
    e.fields.push_back(
        {"", base::message("Too many attempts. Please wait {seconds} seconds and try again.", {{"seconds", std::to_string(wait.count())}})});
    return e;
}

base::Result<std::unique_ptr<Accounts>> Accounts::open(db::Database& database, PasswordHasher& hasher, const base::Clock& clock) {
    TRY(auto key, database.write([](db::Connection& c) { return secret(c, "sign-in doors"); }));
    return std::unique_ptr<Accounts>(new Accounts(database, hasher, clock, std::move(key)));
}

std::string Accounts::door(std::string_view kind, std::string_view what) const {
    const auto text = std::string(kind) + ":" + std::string(what);
    unsigned char digest[24];
    crypto_generichash(digest, sizeof digest, reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                       reinterpret_cast<const unsigned char*>(door_key_.data()), door_key_.size());
    char out[sizeof digest * 2 + 1];
    sodium_bin2hex(out, sizeof out, digest, sizeof digest);
    return out;
}

base::Result<Accounts::SignedIn> Accounts::sign_in(const std::string& name, const std::string& password, const Visit& visit) {
    if (hasher_.full()) return tl::unexpected(shut(std::chrono::seconds(5)));  // at once, and the same for everybody
    const auto address_door = door("address", visit.address);
    struct Asked {
        std::string account_door;
        std::chrono::seconds wait;
        std::optional<Credentials> credentials;
    };
    const auto now = clock_.now();
    TRY(const auto asked, database_.read([&](db::Connection& c) -> base::Result<Asked> {
        Asked out{door("account", normal_sign_in(name)), {}, {}};
        TRY(out.credentials, credentials_of(c, name));
        // Strangers who try passwords shut the account's door, but not the one its owner's own devices use.
        if (out.credentials && !visit.device_token.empty()) {
            TRY(const bool known, knows_device(c, out.credentials->account.id, token_hash(visit.device_token)));
            if (known) out.account_door = door("device", token_hash(visit.device_token));
        }
        TRY(const auto by_account, failures_at(c, out.account_door));
        TRY(const auto by_address, failures_at(c, address_door));
        out.wait = std::max(wait_before_next_try(by_account, account_throttle, now), wait_before_next_try(by_address, address_throttle, now));
        return out;
    }));
    if (asked.wait.count() > 0) return tl::unexpected(shut(asked.wait));

    const bool usable = asked.credentials && !asked.credentials->account.disabled && !asked.credentials->account.invited;
    auto right = password.size() > 200 ? hasher_.verify_nobody("")
                 : usable              ? hasher_.verify(asked.credentials->password_hash, password)
                                       : hasher_.verify_nobody(password);
    if (!right) {
        if (right.error().kind == base::ErrorKind::too_many) return tl::unexpected(shut(std::chrono::seconds(5)));
        return tl::unexpected(right.error());
    }
    if (!*right) {
        TRY_VOID(count_failure({{asked.account_door, account_throttle}, {address_door, address_throttle}},
                               usable ? std::optional(asked.credentials->account) : std::nullopt));
        return tl::unexpected(wrong());
    }
    const auto& account = asked.credentials->account;
    TRY_VOID(database_.write([&](db::Connection& c) { return forget_failures(c, asked.account_door); }));
    if (!account.second_factor) return open_session_for(account, visit, "password");
    SignedIn out{.token = {}, .second_step = {}, .device_token = visit.device_token, .account = account};
    TRY(out.second_step, database_.write([&](db::Connection& c) {
        return links::issue(c, {second_step_purpose, std::to_string(account.id.value), now + second_step_length}, now);
    }));
    return out;
}

base::Result<Accounts::SignedIn> Accounts::second_step(const std::string& token, const std::string& code, const Visit& visit) {
    const auto now = clock_.now();
    struct Asked {
        Account account;
        std::string account_door;
        std::chrono::seconds wait;
    };
    TRY(const auto asked, database_.read([&](db::Connection& c) -> base::Result<Asked> {
        TRY(const auto grant, links::look(c, token, second_step_purpose, now));
        TRY(auto whose, account(c, AccountId{std::stoll(grant.record)}));
        if (whose.disabled) return base::error(base::ErrorKind::not_found, "account disabled");
        const auto code_door = door("second factor", grant.record);
        TRY(const auto failures, failures_at(c, code_door));
        return Asked{std::move(whose), code_door, wait_before_next_try(failures, account_throttle, now)};
    }));
    if (asked.wait.count() > 0) return tl::unexpected(shut(asked.wait));
    // Authenticator apps know the real time only, whatever day is demonstrated.
    TRY(const bool right, database_.write([&](db::Connection& c) -> base::Result<bool> {
        TRY(const bool good, use_second_factor(c, asked.account.id, code, base::Clock().now()));
        if (!good) return false;
        TRY_VOID(links::spend(c, token, second_step_purpose, now));
        TRY_VOID(forget_failures(c, asked.account_door));
        return true;
    }));
    if (!right) {
        TRY_VOID(count_failure({{asked.account_door, account_throttle}}, asked.account));
        base::Error e{base::ErrorKind::invalid_input, "second factor refused", {}, "second_factor"};
        e.fields.push_back({"code", base::message("This code is not right, or it was used already. A new one appears every 30 seconds.")});
        return tl::unexpected(std::move(e));
    }
    return open_session_for(asked.account, visit, "password");
}

base::Result<Accounts::SignedIn> Accounts::sign_in_trusted(AccountId id, const Visit& visit) {
    TRY(const auto whose, database_.read([&](db::Connection& c) { return account(c, id); }));
    if (whose.disabled) return tl::unexpected(wrong());
    return open_session_for(whose, visit, "provider");
}

// The old session ends with the new one's beginning: a token somebody planted before the sign-in opens nothing after it.
base::Result<Accounts::SignedIn> Accounts::open_session_for(const Account& account, const Visit& visit, const std::string& way) {
    const auto now = clock_.now();
    SignedIn out{.token = new_token(), .second_step = {}, .device_token = visit.device_token, .account = account};
    if (!links::looks_like_token(out.device_token)) out.device_token = new_token();
    const auto device = device_of(visit.user_agent);
    TRY_VOID(database_.write([&](db::Connection& c) -> base::Result<void> {
        if (!visit.old_token.empty()) TRY_VOID(end_session(c, token_hash(visit.old_token)));
        TRY_VOID(sweep_sessions(c, now));
        TRY_VOID(create_session(c, token_hash(out.token), account.id, now, device, way));
        TRY(const auto seen, see_device(c, account.id, token_hash(out.device_token), now));
        if (seen.known || seen.first_of_account) return {};
        return tell_of_new_device(c, account, device, now);
    }));
    return out;
}

base::Result<void> Accounts::count_failure(const std::vector<std::pair<std::string, ThrottleRule>>& doors, const std::optional<Account>& account) {
    const auto now = clock_.now();
    return database_.write([&](db::Connection& c) -> base::Result<void> {
        bool many = false;
        for (const auto& [name, rule] : doors) {
            TRY(const auto before, failures_at(c, name));
            const auto after = after_failure(before, rule, now);
            many = many || after.count >= failures_told;
            TRY_VOID(save_failures(c, name, after));
        }
        if (many && account) return tell_of_failures(c, *account, now);
        return {};
    });
}

base::Result<void> Accounts::sign_out(const std::string& token) {
    return database_.write([&](db::Connection& c) { return end_session(c, token_hash(token)); });
}

std::optional<OpenSession> Accounts::who(const std::string& token) {
    if (token.size() != 43) return {};
    const auto hash = token_hash(token);
    const auto now = clock_.now();
    auto found = database_.read([&](db::Connection& c) { return open_session(c, hash, now); });
    if (!found || !*found) return {};
    if (now - (*found)->last_seen >= std::chrono::minutes(1))
        (void)database_.write([&](db::Connection& c) { return touch_session(c, hash, now); });  // a missed touch only ends an idle session earlier
    return std::move(*found);
}

std::optional<OpenApiToken> Accounts::by_api_token(const std::string& token) {
    if (token.size() != api_token_prefix.size() + 43) return {};
    const auto now = clock_.now();
    auto found = database_.read([&](db::Connection& c) { return open_api_token(c, token_hash(token), now); });
    if (!found || !*found) return {};
    if (!(*found)->last_used || now - *(*found)->last_used >= std::chrono::minutes(1))
        (void)database_.write([&](db::Connection& c) { return touch_api_token(c, (*found)->id, now); });  // a missed touch is only a day less exact
    return std::move(*found);
}

base::Result<AccountId> Accounts::create(NewAccount fresh, const std::string& password, const Actor& by) {
    TRY_VOID(refused_for(mistakes_in(fresh, password)));
    TRY(fresh.password_hash, hasher_.hash(password));
    return database_.write([&](db::Connection& c) { return create_account(c, fresh, by, clock_.now()); });
}

base::Result<void> Accounts::set_password(AccountId id, const std::string& password, const Actor& by) {
    TRY(const auto whose, database_.read([&](db::Connection& c) { return account(c, id); }));
    TRY_VOID(refused_for(mistakes_of(whose.sign_in, nullptr, &password)));
    TRY(auto hash, hasher_.hash(password));
    return database_.write([&](db::Connection& c) -> base::Result<void> {
        TRY_VOID(identity::set_password(c, id, hash, by, clock_.now()));
        return tell_of_new_password(c, whose, clock_.now());
    });
}

base::Result<void> Accounts::change_own_password(const Actor& who, const std::string& current, const std::string& next) {
    TRY(const auto whose, database_.read([&](db::Connection& c) { return account(c, who.account); }));
    TRY(const bool right, is_password_of(who.account, current));
    auto mistakes = mistakes_of(whose.sign_in, nullptr, &next);
    if (!right) mistakes.insert(mistakes.begin(), {"current", base::message("This is not your current password."), 0});
    TRY_VOID(refused_for(std::move(mistakes)));
    return set_password(who.account, next, who);
}

base::Result<bool> Accounts::is_password_of(AccountId id, const std::string& password) {
    TRY(const auto found, database_.read([&](db::Connection& c) -> base::Result<std::optional<Credentials>> {
        TRY(const auto whose, account(c, id));
        return credentials_of(c, whose.sign_in);
    }));
    if (!found || found->account.invited || password.size() > 200) return hasher_.verify_nobody({});
    return hasher_.verify(found->password_hash, password);
}

base::Result<std::optional<std::string>> Accounts::setup_token() {
    const auto token = new_token();
    const auto now = clock_.now();
    return database_.write([&](db::Connection& c) -> base::Result<std::optional<std::string>> {
        TRY(const auto administrators, active_administrators(c));
        if (administrators > 0) return std::optional<std::string>{};
        TRY_VOID(create_setup_link(c, token_hash(token), now, now + std::chrono::hours(24)));
        return std::optional(token);
    });
}

base::Result<bool> Accounts::setup_is_open(const std::string& token) {
    return database_.read([&](db::Connection& c) { return setup_link_is_open(c, token_hash(token), clock_.now()); });
}

base::Result<AccountId> Accounts::set_up(const std::string& token, const std::string& name, const std::string& display_name,
                                         const std::string& password) {
    TRY_VOID(refused_for(mistakes_of(name, &display_name, &password)));
    TRY(auto hash, hasher_.hash(password));
    const auto now = clock_.now();
    return database_.write([&](db::Connection& c) -> base::Result<AccountId> {
        TRY(const bool mine, use_setup_link(c, token_hash(token), now));
        if (!mine) return base::error(base::ErrorKind::not_found, "setup link unknown, used or expired");
        return create_account(c, {.sign_in = name, .display_name = display_name, .password_hash = hash, .role = Role::administrator}, Actor{}, now);
    });
}

}  // namespace identity
