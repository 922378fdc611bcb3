#include "platform/identity/passkeys.h"

#include "platform/audit/api.h"

namespace identity {
namespace {

base::Result<void> recorded(db::Connection& c, const Actor& by, base::Instant now, AccountId id, const char* action) {
    return audit::record(c, by, now, "identity.account", std::to_string(id.value), action, {}, {});
}

Passkey passkey_of(const db::Row& row) {
    return {.id = row.id<PasskeyId>("id"),
            .account = row.id<AccountId>("account_id"),
            .credential_id = row.blob("credential_id").bytes,
            .public_key = row.blob("public_key").bytes,
            .counter = row.int64("counter"),
            .site = row.text("rp_id"),
            .name = row.text("name"),
            .created = row.instant("created_at"),
            .last_used = row.optional_instant("last_used_at")};
}

}  // namespace

base::Result<std::vector<Passkey>> passkeys_of(db::Connection& c, AccountId id) {
    return c.query<Passkey>("select * from passkeys where account_id = :id order by id", {{"id", id}}, passkey_of);
}

base::Result<std::optional<Passkey>> passkey_by_credential(db::Connection& c, const std::string& credential_id) {
    return c.query_one<Passkey>("select * from passkeys where credential_id = :credential", {{"credential", db::Blob{credential_id}}}, passkey_of);
}

base::Result<PasskeyId> keep_passkey(db::Connection& c, const Passkey& p, const Actor& by, base::Instant now) {
    TRY(const auto known, passkey_by_credential(c, p.credential_id));
    if (known) return base::error(base::ErrorKind::conflict, "this passkey is known already");
    TRY(const auto id, c.insert<PasskeyId>(R"sql(
        insert into passkeys (account_id, credential_id, public_key, counter, rp_id, name, created_at)
        values (:account, :credential, :key, :counter, :site, :name, :now)
        returning id
    )sql",
                                           {{"account", p.account},
                                            {"credential", db::Blob{p.credential_id}},
                                            {"key", db::Blob{p.public_key}},
                                            {"counter", p.counter},
                                            {"site", p.site},
                                            {"name", p.name},
                                            {"now", now}}));
    TRY_VOID(recorded(c, by, now, p.account, "add_passkey"));
    return id;
}

base::Result<void> use_passkey(db::Connection& c, PasskeyId id, std::int64_t counter, base::Instant now) {
    TRY_VOID(
        c.execute("update passkeys set counter = :counter, last_used_at = :now where id = :id", {{"counter", counter}, {"now", now}, {"id", id}}));
    return {};
}

base::Result<void> remove_passkey(db::Connection& c, AccountId account, PasskeyId id, const Actor& by, base::Instant now) {
    TRY(const auto gone, c.execute("delete from passkeys where id = :id and account_id = :account", {{"id", id}, {"account", account}}));
    if (gone == 0) return base::error(base::ErrorKind::not_found, "no such passkey of this account");
    return recorded(c, by, now, account, "remove_passkey");
}

base::Result<std::int64_t> remove_passkeys_of(db::Connection& c, AccountId account, const Actor& by, base::Instant now) {
    TRY(const auto gone, c.execute("delete from passkeys where account_id = :account", {{"account", account}}));
    if (gone > 0) TRY_VOID(recorded(c, by, now, account, "remove_passkeys"));
    return gone;
}

base::Result<bool> spend_challenge(db::Connection& c, const std::string& hash, base::Instant ends, base::Instant now) {
    TRY_VOID(c.execute("delete from spent_challenges where ends_at <= :now", {{"now", now}}));
    TRY(const auto fresh,
        c.execute("insert into spent_challenges (challenge_hash, ends_at) values (:hash, :ends) on conflict (challenge_hash) do nothing",
                  {{"hash", hash}, {"ends", ends}}));
    return fresh == 1;
}

}  // namespace identity
