#include <boost/json.hpp>

#include "platform/audit/api.h"
#include "platform/identity/second_factor.h"
#include "platform/privacy/api.h"

namespace privacy {
namespace {

namespace json = boost::json;

base::Result<void> recorded(db::Connection& c, identity::AccountId id, const char* action, const identity::Actor& by, base::Instant now) {
    return audit::record(c, by, now, "privacy.person", std::to_string(id.value), action, {}, {});
}

}  // namespace

base::Result<std::string> about(db::Connection& c, identity::AccountId id, const identity::Actor& by, base::Instant now) {
    TRY(const auto a, identity::account(c, id));
    json::object out{{"account", json::object{{"number", a.id.value},
                                              {"sign_in", a.sign_in},
                                              {"display_name", a.display_name},
                                              {"email", a.email},
                                              {"role", identity::name_of(a.role)},
                                              {"office", a.office},
                                              {"language", a.language},
                                              {"disabled", a.disabled},
                                              {"second_factor", a.second_factor}}}};
    const auto list = [&](const char* name, std::string_view sql, const db::Parameters& parameters,
                          const std::function<json::object(const db::Row&)>& make) {
        json::array rows;
        const auto done = c.for_each(sql, parameters, [&](const db::Row& row) { rows.push_back(make(row)); });
        out[name] = std::move(rows);
        return done;
    };
    TRY_VOID(list("sessions", "select device, created_at, last_seen_at from sessions where account_id = :id order by created_at", {{"id", id}},
                  [](const db::Row& row) {
                      return json::object{{"device", row.text("device")},
                                          {"since", base::iso(row.instant("created_at"))},
                                          {"last_used", base::iso(row.instant("last_seen_at"))}};
                  }));
    TRY_VOID(list("devices", "select first_seen_at, last_seen_at from known_devices where account_id = :id order by first_seen_at", {{"id", id}},
                  [](const db::Row& row) {
                      return json::object{{"first_seen", base::iso(row.instant("first_seen_at"))},
                                          {"last_seen", base::iso(row.instant("last_seen_at"))}};
                  }));
    TRY_VOID(list("api_tokens", "select name, scopes, created_at, expires_at from api_tokens where account_id = :id order by id", {{"id", id}},
                  [](const db::Row& row) {
                      return json::object{{"name", row.text("name")},
                                          {"scopes", row.text("scopes")},
                                          {"since", base::iso(row.instant("created_at"))},
                                          {"until", base::iso(row.instant("expires_at"))}};
                  }));
    TRY_VOID(list("identity_providers", "select issuer, subject from account_subjects where account_id = :id order by issuer", {{"id", id}},
                  [](const db::Row& row) { return json::object{{"issuer", row.text("issuer")}, {"subject", row.text("subject")}}; }));
    TRY_VOID(list("mails", "select subject, state, queued_at from mail_outbox where recipient = :email and :email <> '' order by id",
                  {{"email", a.email}}, [](const db::Row& row) {
                      return json::object{
                          {"subject", row.text("subject")}, {"state", row.text("state")}, {"queued", base::iso(row.instant("queued_at"))}};
                  }));
    TRY_VOID(list("changes", "select at, subject, record, action from audit_entries where account_id = :id order by number", {{"id", id}},
                  [](const db::Row& row) {
                      return json::object{{"at", base::iso(row.instant("at"))},
                                          {"subject", row.text("subject")},
                                          {"record", row.text("record")},
                                          {"action", row.text("action")}};
                  }));
    TRY_VOID(recorded(c, id, "read", by, now));
    return json::serialize(out);
}

base::Result<void> erase(db::Connection& c, identity::AccountId id, const identity::Actor& by, base::Instant now) {
    TRY(const auto a, identity::account(c, id));
    if (!a.disabled) return base::error(base::ErrorKind::conflict, "only a disabled account is erased: disable it first");
    TRY_VOID(identity::end_sessions_of(c, id));
    for (const char* sql : {"delete from recovery_codes where account_id = :id", "delete from known_devices where account_id = :id",
                            "delete from account_subjects where account_id = :id", "delete from api_tokens where account_id = :id"})
        TRY_VOID(c.execute(sql, {{"id", id}}));
    if (!a.email.empty())
        TRY_VOID(c.execute(
            "update mail_outbox set recipient = '', recipient_name = '', subject = '', body_text = '', body_html = '' where recipient = :email",
            {{"email", a.email}}));
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
