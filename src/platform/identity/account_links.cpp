// Invitations and forgotten passwords: whoever holds the mailbox sets the password.
#include "platform/audit/api.h"
#include "platform/identity/accounts.h"
#include "platform/identity/letters.h"
#include "platform/identity/second_factor.h"
#include "platform/links/api.h"
#include "platform/mail/api.h"

namespace identity {
namespace {

constexpr std::chrono::hours invitation_length{7 * 24}, reset_length{1};
constexpr std::int64_t most_resets_at_once = 50;
// Nobody's mailbox is flooded by whoever knows the name: three mails, then longer and longer pauses.
constexpr ThrottleRule reset_throttle{
    .free = 3, .first = std::chrono::seconds(120), .longest = std::chrono::seconds(3600), .memory = std::chrono::seconds(3600)};

base::Result<std::string> new_link(db::Connection& c, AccountId id, std::string_view purpose, std::chrono::hours length, base::Instant now) {
    const auto record = std::to_string(id.value);
    TRY_VOID(links::revoke(c, purpose, record));  // only the newest opens
    return links::issue(c, {std::string(purpose), record, now + length}, now);
}

base::Result<Account> owner(db::Connection& c, const base::Result<links::Grant>& grant) {
    if (!grant) return tl::unexpected(grant.error());
    TRY(auto whose, account(c, AccountId{std::stoll(grant->record)}));
    if (whose.disabled) return base::error(base::ErrorKind::not_found, "account disabled");
    return whose;
}

}  // namespace

base::Result<AccountId> Accounts::invite(const NewAccount& a, const Actor& by) {
    if (auto mistakes = mistakes_in(a, std::nullopt); !mistakes.empty())
        return base::error({base::ErrorKind::invalid_input, {}, std::move(mistakes), {}});
    const auto now = clock_.now();
    return database_.write([&](db::Connection& c) -> base::Result<AccountId> {
        auto fresh = a;
        fresh.password_hash.clear();
        TRY(const auto id, create_account(c, fresh, by, now));
        TRY(const auto whose, account(c, id));
        TRY(const auto token, new_link(c, id, invitation_purpose, invitation_length, now));
        TRY_VOID(send_invitation(c, whose, token, now));
        return id;
    });
}

base::Result<void> Accounts::invite_again(AccountId id, const Actor&) {
    const auto now = clock_.now();
    return database_.write([&](db::Connection& c) -> base::Result<void> {
        TRY(const auto whose, account(c, id));
        if (!whose.invited || whose.disabled || whose.email.empty())
            return base::invalid("", base::message("Only an account that has an e-mail address and no password yet can be invited again."));
        TRY(const auto token, new_link(c, id, invitation_purpose, invitation_length, now));
        return send_invitation(c, whose, token, now);
    });
}

base::Result<void> Accounts::ask_for_reset(const std::string& name) {
    if (name.size() > 254) return {};  // nobody is called that
    const auto now = clock_.now();
    return database_.write([&](db::Connection& c) -> base::Result<void> {
        TRY_VOID(
            c.execute("insert into reset_requests (sign_in, requested_at) values (:name, :now)", {{"name", normal_sign_in(name)}, {"now", now}}));
        return {};
    });
}

base::Result<void> Accounts::answer_resets() {
    struct Asked {
        std::int64_t id;
        std::string name;
    };
    const auto now = clock_.now();
    return database_.write([&](db::Connection& c) -> base::Result<void> {
        TRY(const auto all, c.query<Asked>("select id, sign_in from reset_requests order by id limit :most", {{"most", most_resets_at_once}},
                                           [](const db::Row& row) { return Asked{row.int64("id"), row.text("sign_in")}; }));
        // Without the site's address no link can be written: requests end unanswered instead of failing for ever.
        TRY(const auto site, mail::public_address(c));
        std::set<AccountId> answered;
        for (const auto& one : all) {
            TRY_VOID(c.execute("delete from reset_requests where id = :id", {{"id", one.id}}));
            if (site.empty()) continue;
            TRY(const auto by_name, credentials_of(c, one.name));
            std::optional<Account> whose = by_name ? std::optional(by_name->account) : std::nullopt;
            if (!whose) { TRY(whose, account_by_email(c, one.name)); }
            if (!whose || whose->disabled || whose->email.empty() || !answered.insert(whose->id).second) continue;
            const auto mailbox = door("reset", std::to_string(whose->id.value));
            TRY(const auto before, failures_at(c, mailbox));
            if (wait_before_next_try(before, reset_throttle, now).count() > 0) continue;
            TRY_VOID(save_failures(c, mailbox, after_failure(before, reset_throttle, now)));
            TRY(const auto token, new_link(c, whose->id, reset_purpose, reset_length, now));
            TRY_VOID(send_reset(c, *whose, token, now));
        }
        return {};
    });
}

base::Result<Account> Accounts::owner_of_link(const std::string& token, std::string_view purpose) {
    return database_.read([&](db::Connection& c) { return owner(c, links::look(c, token, purpose, clock_.now())); });
}

base::Result<void> Accounts::set_password_by_link(const std::string& token, std::string_view purpose, const std::string& password) {
    TRY(const auto whose, owner_of_link(token, purpose));
    base::Error weak{base::ErrorKind::invalid_input, {}, {}, {}};
    for (auto& m : objections_to_password(password, whose.sign_in, common_passwords())) weak.fields.push_back({"password", std::move(m)});
    if (!weak.fields.empty()) return tl::unexpected(std::move(weak));
    TRY(const auto hash, hasher_.hash(password));
    const auto now = clock_.now();
    return database_.write([&](db::Connection& c) -> base::Result<void> {
        TRY(const auto still, owner(c, links::spend(c, token, purpose, now)));
        const Actor self{.account = still.id, .role = still.role, .display_name = still.display_name, .office = still.office};
        TRY_VOID(identity::set_password(c, still.id, hash, self, now));
        if (!still.invited) TRY_VOID(tell_of_new_password(c, still, now));
        return {};
    });
}

namespace {

base::Result<std::string> let_in(db::Connection& c, const Account& a, const base::Message& what, base::Instant now) {
    if (a.disabled) return base::error(base::ErrorKind::conflict, "the account is disabled: enable it first");
    TRY_VOID(end_sessions_of(c, a.id));
    TRY_VOID(audit::record(c, Actor{}, now, "identity.account", std::to_string(a.id.value), "link_at_terminal", {}, {}));
    TRY_VOID(tell_of_break_glass(c, a, what, now));
    return new_link(c, a.id, reset_purpose, reset_length, now);
}

}  // namespace

base::Result<std::string> Accounts::link_at_terminal(AccountId id) {
    const auto now = clock_.now();
    return database_.write([&](db::Connection& c) -> base::Result<std::string> {
        TRY(const auto whose, account(c, id));
        return let_in(c, whose, base::message("a link to set a new password was made"), now);
    });
}

base::Result<std::string> Accounts::create_at_terminal(const NewAccount& a) {
    if (auto objections = objections_to_sign_in(a.sign_in); !objections.empty()) return base::invalid("sign_in", std::move(objections.front()));
    const auto now = clock_.now();
    return database_.write([&](db::Connection& c) -> base::Result<std::string> {
        TRY(const auto id, create_account(c, a, {}, now));
        TRY(const auto whose, account(c, id));
        return let_in(c, whose, base::message("the account was made"), now);
    });
}

base::Result<void> Accounts::enable_at_terminal(AccountId id) {
    const auto now = clock_.now();
    return database_.write([&](db::Connection& c) -> base::Result<void> {
        TRY_VOID(set_disabled(c, id, false, {}, now));
        TRY_VOID(end_sessions_of(c, id));
        TRY(const auto whose, account(c, id));
        return tell_of_break_glass(c, whose, base::message("the disabled account was enabled"), now);
    });
}

base::Result<void> Accounts::remove_second_factor_at_terminal(AccountId id) {
    const auto now = clock_.now();
    return database_.write([&](db::Connection& c) -> base::Result<void> {
        TRY_VOID(remove_second_factor(c, id, {}, now));
        TRY_VOID(end_sessions_of(c, id));
        TRY(const auto whose, account(c, id));
        return tell_of_break_glass(c, whose, base::message("its second factor was removed"), now);
    });
}

}  // namespace identity
