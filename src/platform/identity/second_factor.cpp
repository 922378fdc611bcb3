#include "platform/identity/second_factor.h"

#include "platform/audit/api.h"
#include "platform/identity/passwords.h"
#include "platform/identity/totp.h"

namespace identity {
namespace {

base::Result<void> recorded(db::Connection& c, const Actor& by, base::Instant now, AccountId id, std::string action) {
    return audit::record(c, by, now, "identity.account", std::to_string(id.value), std::move(action), {}, {});
}

std::string joined(const std::set<Role>& roles) {
    std::string out;
    for (const auto role : roles) out += (out.empty() ? "" : ",") + std::string(name_of(role));
    return out;
}

std::string recovery_hash(AccountId id, std::string_view typed) { return token_hash(std::to_string(id.value) + ":" + normal_recovery_code(typed)); }

}  // namespace

base::Result<SecuritySettings> security_settings(db::Connection& c) {
    SecuritySettings out;
    TRY(const auto roles, c.query_one<std::string>("select value from identity_settings where name = 'second_factor_required'", {},
                                                   [](const db::Row& row) { return row.text("value"); }));
    std::string_view rest = roles ? std::string_view(*roles) : std::string_view();
    while (!rest.empty()) {
        const auto end = std::min(rest.find(','), rest.size());
        if (const auto role = role_named(rest.substr(0, end))) out.second_factor_required.insert(*role);
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return out;
}

base::Result<void> save_security_settings(db::Connection& c, const SecuritySettings& next, const Actor& by, base::Instant now) {
    TRY(const auto before, security_settings(c));
    TRY_VOID(c.execute(R"sql(
        insert into identity_settings (name, value) values ('second_factor_required', :value)
        on conflict (name) do update set value = excluded.value
    )sql",
                       {{"value", joined(next.second_factor_required)}}));
    TRY_VOID(audit::record(c, {.by = by,
                               .at = now,
                               .subject = "identity.settings",
                               .record = "settings",
                               .action = "change",
                               .before = {{"second_factor_required", joined(before.second_factor_required)}},
                               .after = {{"second_factor_required", joined(next.second_factor_required)}}}));
    return {};
}

base::Result<bool> has_second_factor(db::Connection& c, AccountId id) {
    TRY(const auto found, c.query_one<bool>("select 1 as one from accounts where id = :id and totp_secret is not null", {{"id", id}},
                                            [](const db::Row&) { return true; }));
    return found.value_or(false);
}

base::Result<std::int64_t> recovery_codes_left(db::Connection& c, AccountId id) {
    TRY(const auto n, c.query_one<std::int64_t>("select count(*) as n from recovery_codes where account_id = :id and used_at is null", {{"id", id}},
                                                [](const db::Row& row) { return row.int64("n"); }));
    return n.value_or(0);
}

base::Result<void> set_second_factor(db::Connection& c, AccountId id, const std::string& secret, std::int64_t used_step,
                                     const std::vector<std::string>& codes, const Actor& by, base::Instant now) {
    TRY_VOID(c.execute("update accounts set totp_secret = :secret, totp_last_step = :step where id = :id",
                       {{"secret", db::Blob{secret}}, {"step", used_step}, {"id", id}}));
    TRY_VOID(c.execute("delete from recovery_codes where account_id = :id", {{"id", id}}));
    for (const auto& code : codes)
        TRY_VOID(
            c.execute("insert into recovery_codes (account_id, code_hash) values (:id, :hash)", {{"id", id}, {"hash", recovery_hash(id, code)}}));
    return recorded(c, by, now, id, "set_second_factor");
}

base::Result<void> remove_second_factor(db::Connection& c, AccountId id, const Actor& by, base::Instant now) {
    TRY_VOID(c.execute("update accounts set totp_secret = null, totp_last_step = 0 where id = :id", {{"id", id}}));
    TRY_VOID(c.execute("delete from recovery_codes where account_id = :id", {{"id", id}}));
    return recorded(c, by, now, id, "remove_second_factor");
}

base::Result<bool> use_second_factor(db::Connection& c, AccountId id, std::string_view typed, base::Instant now) {
    struct Kept {
        std::string secret;
        std::int64_t step;
    };
    TRY(const auto kept,
        c.query_one<Kept>("select totp_secret, totp_last_step from accounts where id = :id and totp_secret is not null", {{"id", id}},
                          [](const db::Row& row) { return Kept{row.blob("totp_secret").bytes, row.int64("totp_last_step")}; }));
    if (!kept) return false;
    if (const auto step = totp_match(kept->secret, typed, now, kept->step)) {
        TRY(const auto touched,
            c.execute("update accounts set totp_last_step = :step where id = :id and totp_last_step < :step", {{"step", *step}, {"id", id}}));
        return touched == 1;
    }
    TRY(const auto used, c.execute("update recovery_codes set used_at = :now where account_id = :id and code_hash = :hash and used_at is null",
                                   {{"now", now}, {"id", id}, {"hash", recovery_hash(id, typed)}}));
    if (used == 1) TRY_VOID(recorded(c, Actor{.account = id, .role = Role::anonymous, .display_name = {}}, now, id, "use_recovery_code"));
    return used == 1;
}

base::Result<bool> knows_device(db::Connection& c, AccountId id, const std::string& hash) {
    TRY(const auto found, c.query_one<bool>("select 1 as one from known_devices where account_id = :id and device_hash = :hash",
                                            {{"id", id}, {"hash", hash}}, [](const db::Row&) { return true; }));
    return found.value_or(false);
}

base::Result<DeviceSeen> see_device(db::Connection& c, AccountId id, const std::string& hash, base::Instant now) {
    DeviceSeen out;
    TRY(out.known, knows_device(c, id, hash));
    TRY(const auto any,
        c.query_one<bool>("select 1 as one from known_devices where account_id = :id limit 1", {{"id", id}}, [](const db::Row&) { return true; }));
    out.first_of_account = !any;
    TRY_VOID(c.execute(R"sql(
        insert into known_devices (account_id, device_hash, first_seen_at, last_seen_at) values (:id, :hash, :now, :now)
            on conflict (account_id, device_hash) do update set last_seen_at = excluded.last_seen_at
    )sql",
                       {{"id", id}, {"hash", hash}, {"now", now}}));
    return out;
}

std::string device_of(std::string_view agent) {
    const auto has = [&](std::string_view word) { return agent.find(word) != std::string_view::npos; };
    // Each names those it descends from, so the youngest is asked for first.
    const std::string browser = has("Edg/")       ? "Edge"
                                : has("OPR/")     ? "Opera"
                                : has("Chrome/")  ? "Chrome"
                                : has("Firefox/") ? "Firefox"
                                : has("Safari/")  ? "Safari"
                                                  : "";
    const std::string system = has("Android")                 ? "Android"
                               : has("iPhone") || has("iPad") ? "iOS"
                               : has("Windows")               ? "Windows"
                               : has("Mac OS")                ? "macOS"
                               : has("Linux")                 ? "Linux"
                                                              : "";
    return browser.empty() ? system : system.empty() ? browser : browser + ", " + system;
}

}  // namespace identity
