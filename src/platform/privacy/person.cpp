#include "platform/audit/api.h"
#include "platform/identity/second_factor.h"
#include "platform/privacy/api.h"

namespace privacy {
namespace {

base::Result<void> recorded(db::Connection& c, identity::AccountId id, const char* action, const identity::Actor& by, base::Instant now) {
    return audit::record(c, by, now, "privacy.person", std::to_string(id.value), action, {}, {});
}

}  // namespace

base::Result<void> erase(db::Connection& c, identity::AccountId id, const identity::Actor& by, base::Instant now) {
    TRY(const auto a, identity::account(c, id));
    if (!a.disabled) return base::error(base::ErrorKind::conflict, "only a disabled account is erased: disable it first");
    TRY_VOID(identity::end_sessions_of(c, id));
    for (const char* sql : {"delete from recovery_codes where account_id = :id", "delete from known_devices where account_id = :id",
                            "delete from account_subjects where account_id = :id", "delete from passkeys where account_id = :id",
                            "delete from api_tokens where account_id = :id", "delete from measure_filters where account_id = :id",
                            "delete from measure_uploads where account_id = :id", "delete from measure_exports where account_id = :id"})
        TRY_VOID(c.execute(sql, {{"id", id}}));
    // An account's address is kept in small letters; elsewhere it stands as somebody typed it.
    if (!a.email.empty())
        for (
            const char* sql :
            {"update mail_outbox set recipient = '', recipient_name = '', subject = '', body_text = '', body_html = '' where lower(recipient) = :email",
             "delete from digest_subscriptions where lower(mail) = :email", "update office_details set mail = '' where lower(mail) = :email",
             "update commitment_invitations set mail = '' where lower(mail) = :email", "delete from mailing_subscribers where email_key = :email"})
            TRY_VOID(c.execute(sql, {{"email", a.email}}));
    const auto stub = "erased-" + std::to_string(id.value);
    TRY_VOID(c.execute(R"sql(
        update accounts
           set sign_in = :stub, display_name = :stub, email = '', password_hash = '', totp_secret = null
         where id = :id
    )sql",
                       {{"stub", stub}, {"id", id}}));
    const auto blanked =
        audit::purge_record(c, "identity.account", std::to_string(id.value), {.field = {}, .reason = "erasure of an account", .by = by, .at = now});
    if (!blanked && blanked.error().kind != base::ErrorKind::not_found) return tl::unexpected(blanked.error());
    return recorded(c, id, "erase", by, now);
}

}  // namespace privacy
