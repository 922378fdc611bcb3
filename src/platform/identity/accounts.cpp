#include "platform/identity/accounts.h"

#include <sodium.h>

namespace identity {
namespace {

base::Error wrong() {
    base::Error e{base::ErrorKind::invalid_input, "sign-in refused", {}, "sign_in"};
    e.fields.push_back({"password", base::message("Sign-in name or password are not right.")});
    return e;
}

base::Error shut(std::chrono::seconds wait) {
    base::Error e{base::ErrorKind::too_many, "sign-in throttled", {}, "throttled"};
    e.fields.push_back(
        {"", base::message("Too many attempts. Please wait {seconds} seconds and try again.", {{"seconds", std::to_string(wait.count())}})});
    return e;
}

base::Result<void> check_new(const std::string& sign_in, const std::string* display_name, const std::string& password) {
    base::Error e{base::ErrorKind::invalid_input, "", {}, {}};
    for (auto& m : objections_to_sign_in(sign_in)) e.fields.push_back({"sign_in", std::move(m)});
    if (display_name && display_name->find_first_not_of(" \t") == std::string::npos)
        e.fields.push_back({"display_name", base::message("Please say how this person is shown to colleagues.")});
    if (display_name && display_name->size() > 120)
        e.fields.push_back({"display_name", base::message("At most {most} characters.", {{"most", "120"}})});
    for (auto& m : objections_to_password(password, sign_in, common_passwords())) e.fields.push_back({"password", std::move(m)});
    if (!e.fields.empty()) return tl::unexpected(std::move(e));
    return {};
}

}  // namespace

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

base::Result<Accounts::SignedIn> Accounts::sign_in(const std::string& name, const std::string& password, const std::string& address,
                                                   const std::string& old_token) {
    const auto account_door = door("account", normal_sign_in(name)), address_door = door("address", address);
    struct Asked {
        std::chrono::seconds wait;
        std::optional<Credentials> credentials;
    };
    const auto now = clock_.now();
    TRY(const auto asked, database_.read([&](db::Connection& c) -> base::Result<Asked> {
        TRY(const auto by_account, failures_at(c, account_door));
        TRY(const auto by_address, failures_at(c, address_door));
        const auto wait = std::max(wait_before_next_try(by_account, account_throttle, now), wait_before_next_try(by_address, address_throttle, now));
        TRY(auto found, credentials_of(c, name));
        return Asked{wait, std::move(found)};
    }));
    if (asked.wait.count() > 0) return tl::unexpected(shut(asked.wait));

    const bool usable = asked.credentials && !asked.credentials->account.disabled;
    auto right = password.size() > 200 ? hasher_.verify_nobody("")
                 : usable              ? hasher_.verify(asked.credentials->password_hash, password)
                                       : hasher_.verify_nobody(password);
    if (!right) {
        if (right.error().kind == base::ErrorKind::too_many) return tl::unexpected(shut(std::chrono::seconds(5)));
        return tl::unexpected(right.error());
    }
    if (!*right) {
        TRY_VOID(database_.write([&](db::Connection& c) -> base::Result<void> {
            TRY(const auto by_account, failures_at(c, account_door));
            TRY(const auto by_address, failures_at(c, address_door));
            TRY_VOID(save_failures(c, account_door, after_failure(by_account, account_throttle, now)));
            return save_failures(c, address_door, after_failure(by_address, address_throttle, now));
        }));
        return tl::unexpected(wrong());
    }
    const auto token = new_token();
    TRY_VOID(database_.write([&](db::Connection& c) -> base::Result<void> {
        if (!old_token.empty()) TRY_VOID(end_session(c, token_hash(old_token)));
        TRY_VOID(sweep_sessions(c, now));
        TRY_VOID(forget_failures(c, account_door));
        return create_session(c, token_hash(token), asked.credentials->account.id, now);
    }));
    return SignedIn{token, asked.credentials->account};
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

base::Result<AccountId> Accounts::create(const std::string& name, const std::string& display_name, const std::string& password, Role role,
                                         std::int64_t office, const Actor& by) {
    TRY_VOID(check_new(name, &display_name, password));
    TRY(auto hash, hasher_.hash(password));
    return database_.write([&](db::Connection& c) {
        return create_account(c, {.sign_in = name, .display_name = display_name, .password_hash = hash, .role = role, .office = office}, by,
                              clock_.now());
    });
}

base::Result<void> Accounts::set_password(AccountId id, const std::string& password, const Actor& by) {
    TRY(const auto whose, database_.read([&](db::Connection& c) { return account(c, id); }));
    TRY_VOID(check_new(whose.sign_in, nullptr, password));
    TRY(auto hash, hasher_.hash(password));
    return database_.write([&](db::Connection& c) { return identity::set_password(c, id, hash, by, clock_.now()); });
}

base::Result<void> Accounts::change_own_password(const Actor& who, const std::string& current, const std::string& next) {
    TRY(const auto found, database_.read([&](db::Connection& c) -> base::Result<std::optional<Credentials>> {
        TRY(const auto mine, account(c, who.account));
        return credentials_of(c, mine.sign_in);
    }));
    if (!found) return base::error(base::ErrorKind::not_found, "no such account");
    TRY(const bool right, hasher_.verify(found->password_hash, current));
    if (!right) return base::invalid("current", base::message("This is not your current password."));
    return set_password(who.account, next, who);
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
    TRY_VOID(check_new(name, &display_name, password));
    TRY(auto hash, hasher_.hash(password));
    const auto now = clock_.now();
    return database_.write([&](db::Connection& c) -> base::Result<AccountId> {
        TRY(const bool mine, use_setup_link(c, token_hash(token), now));
        if (!mine) return base::error(base::ErrorKind::not_found, "setup link unknown, used or expired");
        return create_account(c, {.sign_in = name, .display_name = display_name, .password_hash = hash, .role = Role::administrator}, Actor{}, now);
    });
}

}  // namespace identity
