#include "platform/identity/store.h"

#include <sodium.h>

#include "platform/audit/api.h"

namespace identity {
namespace {

constexpr std::string_view account_columns =
    "a.id, a.sign_in, a.display_name, a.password_hash, a.role, a.office_id, a.language, a.sample, a.disabled_at, "
    "a.email, a.totp_secret is not null as second_factor";

Account account_of(const db::Row& row) {
    return {.id = row.id<AccountId>("id"),
            .sign_in = row.text("sign_in"),
            .display_name = row.text("display_name"),
            .email = row.text("email"),
            .role = role_named(row.text("role")).value_or(Role::reader),
            .office = row.optional_int64("office_id").value_or(0),
            .language = row.text("language"),
            .sample = row.boolean("sample"),
            .disabled = !row.is_null("disabled_at"),
            .invited = row.text("password_hash").empty(),
            .second_factor = row.boolean("second_factor")};
}

std::optional<std::int64_t> office_or_null(std::int64_t office) { return office ? std::optional(office) : std::nullopt; }

audit::Values values_of(const Account& a) {
    return {{"display_name", a.display_name},
            {"email", a.email},
            {"role", std::string(name_of(a.role))},
            {"office", a.office ? std::to_string(a.office) : ""},
            {"language", a.language},
            {"disabled", a.disabled ? "yes" : "no"}};
}

base::Result<void> recorded(db::Connection& c, const Actor& by, base::Instant now, AccountId id, std::string action, audit::Values before,
                            audit::Values after) {
    return audit::record(c, by, now, "identity.account", std::to_string(id.value), std::move(action), std::move(before), std::move(after));
}

}  // namespace

base::Result<AccountId> create_account(db::Connection& c, const NewAccount& a, const Actor& by, base::Instant now) {
    if (!a.email.empty()) {
        TRY(const auto other, account_by_email(c, a.email));
        if (other) return base::invalid("email", base::message("This e-mail address belongs to another account."));
    }
    auto id = c.insert<AccountId>(R"sql(
        insert into accounts (sign_in, display_name, email, password_hash, role, office_id, language, sample, created_at)
        values (:sign_in, :display_name, :email, :password_hash, :role, :office, :language, :sample, :now)
        returning id
    )sql",
                                  {{"sign_in", normal_sign_in(a.sign_in)},
                                   {"display_name", a.display_name},
                                   {"email", normal_sign_in(a.email)},
                                   {"password_hash", a.password_hash},
                                   {"role", name_of(a.role)},
                                   {"office", office_or_null(a.office)},
                                   {"language", a.language},
                                   {"sample", a.sample},
                                   {"now", now}});
    if (!id && db::failure_of(id.error()) == db::Failure::unique)
        return base::invalid("sign_in", base::message("This sign-in name is taken already."));
    if (!id) return id;
    TRY_VOID(recorded(c, by, now, *id, "create", {},
                      values_of({.id = *id,
                                 .sign_in = {},
                                 .display_name = a.display_name,
                                 .email = normal_sign_in(a.email),
                                 .role = a.role,
                                 .office = a.office,
                                 .language = a.language,
                                 .sample = a.sample})));
    return id;
}

base::Result<std::optional<Account>> account_by_email(db::Connection& c, std::string_view email) {
    return c.query_one<Account>(fmt::format("select {} from accounts a where a.email = :email", account_columns), {{"email", normal_sign_in(email)}},
                                account_of);
}

base::Result<std::vector<Account>> accounts(db::Connection& c) {
    return c.query<Account>(fmt::format("select {} from accounts a order by a.disabled_at is not null, a.display_name, a.id", account_columns), {},
                            account_of);
}

base::Result<Account> account(db::Connection& c, AccountId id) {
    TRY(auto found, c.query_one<Account>(fmt::format("select {} from accounts a where a.id = :id", account_columns), {{"id", id}}, account_of));
    if (!found) return base::error(base::ErrorKind::not_found, "no such account");
    return std::move(*found);
}

base::Result<std::optional<Credentials>> credentials_of(db::Connection& c, std::string_view sign_in) {
    return c.query_one<Credentials>(fmt::format("select {} from accounts a where a.sign_in = :sign_in", account_columns),
                                    {{"sign_in", normal_sign_in(sign_in)}},
                                    [](const db::Row& row) { return Credentials{account_of(row), row.text("password_hash")}; });
}

base::Result<void> change_account(db::Connection& c, const Account& changed, const Actor& by, base::Instant now) {
    TRY(const auto before, account(c, changed.id));
    if (!changed.email.empty()) {
        TRY(const auto other, account_by_email(c, changed.email));
        if (other && other->id != changed.id) return base::invalid("email", base::message("This e-mail address belongs to another account."));
    }
    TRY_VOID(c.execute(R"sql(
        update accounts
           set display_name = :display_name, email = :email, role = :role, office_id = :office, language = :language
         where id = :id
    )sql",
                       {{"display_name", changed.display_name},
                        {"email", normal_sign_in(changed.email)},
                        {"role", name_of(changed.role)},
                        {"office", office_or_null(changed.office)},
                        {"language", changed.language},
                        {"id", changed.id}}));
    TRY(const auto after, account(c, changed.id));
    return recorded(c, by, now, changed.id, "change", values_of(before), values_of(after));
}

base::Result<void> set_password(db::Connection& c, AccountId id, const std::string& password_hash, const Actor& by, base::Instant now) {
    TRY(const auto touched, c.execute("update accounts set password_hash = :hash where id = :id", {{"hash", password_hash}, {"id", id}}));
    if (touched == 0) return base::error(base::ErrorKind::not_found, "no such account");
    TRY_VOID(end_sessions_of(c, id));
    return recorded(c, by, now, id, "set_password", {}, {});
}

base::Result<void> set_disabled(db::Connection& c, AccountId id, bool disabled, const Actor& by, base::Instant now) {
    TRY(auto before, account(c, id));
    TRY_VOID(c.execute("update accounts set disabled_at = :at where id = :id", {{"at", disabled ? std::optional(now) : std::nullopt}, {"id", id}}));
    if (disabled) TRY_VOID(end_sessions_of(c, id));
    auto after = before;
    after.disabled = disabled;
    return recorded(c, by, now, id, disabled ? "disable" : "enable", values_of(before), values_of(after));
}

base::Result<bool> may_receive(db::Connection& c, const std::string& address) {
    TRY(const auto disabled,
        c.query_one<bool>("select 1 as one from accounts where (email = :address or sign_in = :address) and disabled_at is not null",
                          {{"address", normal_sign_in(address)}}, [](const db::Row&) { return true; }));
    return !disabled.has_value();
}

base::Result<std::int64_t> active_administrators(db::Connection& c) {
    TRY(const auto count, c.query_one<std::int64_t>("select count(*) as n from accounts where role = 'administrator' and disabled_at is null", {},
                                                    [](const db::Row& row) { return row.int64("n"); }));
    return count.value_or(0);
}

base::Result<void> create_session(db::Connection& c, const std::string& hash, AccountId id, base::Instant now, const std::string& device,
                                  const std::string& way) {
    TRY_VOID(c.execute(
        "insert into sessions (token_hash, account_id, created_at, last_seen_at, device, way) values (:hash, :account, :now, :now, :device, :way)",
        {{"hash", hash}, {"account", id}, {"now", now}, {"device", device}, {"way", way}}));
    return {};
}

base::Result<std::optional<OpenSession>> open_session(db::Connection& c, const std::string& hash, base::Instant now) {
    TRY(auto found, c.query_one<OpenSession>(
                        fmt::format(R"sql(
        select {}, s.created_at, s.last_seen_at, s.way, coalesce(r.value, '') as second_factor_required
          from sessions s
          join accounts a on a.id = s.account_id
          left join identity_settings r on r.name = 'second_factor_required'
         where s.token_hash = :hash
           and a.disabled_at is null
    )sql",
                                    account_columns),
                        {{"hash", hash}}, [](const db::Row& row) {
                            const auto a = account_of(row);
                            return OpenSession{{.account = a.id, .role = a.role, .display_name = a.display_name, .office = a.office},
                                               a.language,
                                               row.instant("created_at"),
                                               row.instant("last_seen_at"),
                                               !a.invited && !a.second_factor && row.text("way") != "passkey" &&
                                                   ("," + row.text("second_factor_required") + ",").find("," + std::string(name_of(a.role)) + ",") !=
                                                       std::string::npos};
                        }));
    if (found && session_is_over(found->created, found->last_seen, now)) found.reset();
    return found;
}

base::Result<void> touch_session(db::Connection& c, const std::string& hash, base::Instant now) {
    TRY_VOID(c.execute("update sessions set last_seen_at = :now where token_hash = :hash", {{"now", now}, {"hash", hash}}));
    return {};
}

base::Result<void> end_session(db::Connection& c, const std::string& hash) {
    TRY_VOID(c.execute("delete from sessions where token_hash = :hash", {{"hash", hash}}));
    return {};
}

base::Result<void> end_sessions_of(db::Connection& c, AccountId id) {
    TRY_VOID(c.execute("delete from sessions where account_id = :id", {{"id", id}}));
    return {};
}

base::Result<std::vector<SessionView>> sessions_of(db::Connection& c, AccountId id, const std::string& own_hash, base::Instant now) {
    return c.query<SessionView>(
        R"sql(
        select substr(token_hash, 1, 16) as handle, device, way, created_at, last_seen_at, token_hash = :own as own
          from sessions
         where account_id = :id
           and last_seen_at > :idle
           and created_at > :longest
         order by last_seen_at desc, token_hash
    )sql",
        {{"own", own_hash}, {"id", id}, {"idle", now - session_idle}, {"longest", now - session_longest}}, [](const db::Row& row) {
            return SessionView{row.text("handle"),        row.text("device"),          row.text("way"),
                               row.instant("created_at"), row.instant("last_seen_at"), row.boolean("own")};
        });
}

base::Result<void> end_session_of(db::Connection& c, AccountId id, const std::string& handle) {
    TRY(const auto ended,
        c.execute("delete from sessions where account_id = :id and substr(token_hash, 1, 16) = :handle", {{"id", id}, {"handle", handle}}));
    if (ended == 0) return base::error(base::ErrorKind::not_found, "no such session of this account");
    return {};
}

base::Result<std::int64_t> sweep_sessions(db::Connection& c, base::Instant now) {
    return c.execute("delete from sessions where last_seen_at <= :idle or created_at <= :longest",
                     {{"idle", now - session_idle}, {"longest", now - session_longest}});
}

base::Result<Failures> failures_at(db::Connection& c, const std::string& door) {
    TRY(const auto found,
        c.query_one<Failures>("select failures, last_at from sign_in_failures where door = :door", {{"door", door}},
                              [](const db::Row& row) { return Failures{static_cast<int>(row.int64("failures")), row.instant("last_at")}; }));
    return found.value_or(Failures{});
}

base::Result<void> save_failures(db::Connection& c, const std::string& door, const Failures& f) {
    TRY_VOID(c.execute(R"sql(
        insert into sign_in_failures (door, failures, last_at) values (:door, :failures, :last)
        on conflict (door) do update set failures = excluded.failures, last_at = excluded.last_at
    )sql",
                       {{"door", door}, {"failures", f.count}, {"last", f.last}}));
    return {};
}

base::Result<void> forget_failures(db::Connection& c, const std::string& door) {
    TRY_VOID(c.execute("delete from sign_in_failures where door = :door", {{"door", door}}));
    return {};
}

base::Result<void> create_setup_link(db::Connection& c, const std::string& hash, base::Instant now, base::Instant expires) {
    // A new link ends the earlier ones: only what stands on the terminal last opens the door.
    TRY_VOID(c.execute("delete from setup_links where used_at is null", {}));
    TRY_VOID(c.execute("insert into setup_links (token_hash, created_at, expires_at) values (:hash, :now, :expires)",
                       {{"hash", hash}, {"now", now}, {"expires", expires}}));
    return {};
}

base::Result<bool> setup_link_is_open(db::Connection& c, const std::string& hash, base::Instant now) {
    TRY(const auto found, c.query_one<bool>("select expires_at from setup_links where token_hash = :hash and used_at is null", {{"hash", hash}},
                                            [&](const db::Row& row) { return row.instant("expires_at") > now; }));
    return found.value_or(false);
}

base::Result<bool> use_setup_link(db::Connection& c, const std::string& hash, base::Instant now) {
    TRY(const auto touched, c.execute("update setup_links set used_at = :now where token_hash = :hash and used_at is null and expires_at > :now",
                                      {{"now", now}, {"hash", hash}}));
    return touched == 1;
}

base::Result<std::string> secret(db::Connection& c, std::string_view name) {
    auto read = [&] {
        return c.query_one<std::string>("select value from secrets where name = :name", {{"name", name}},
                                        [](const db::Row& row) { return row.blob("value").bytes; });
    };
    TRY(auto found, read());
    if (found) return std::move(*found);
    std::string bytes(32, '\0');
    if (sodium_init() < 0) return base::error(base::ErrorKind::internal, "libsodium does not start");
    randombytes_buf(bytes.data(), bytes.size());
    TRY_VOID(c.execute("insert into secrets (name, value) values (:name, :value) on conflict (name) do nothing",
                       {{"name", name}, {"value", db::Blob{bytes}}}));
    TRY(auto kept, read());
    if (!kept) return base::error(base::ErrorKind::internal, "a secret was not kept");
    return std::move(*kept);
}

}  // namespace identity
