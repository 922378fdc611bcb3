#include "platform/identity/api_tokens.h"

#include <algorithm>

#include "platform/audit/api.h"
#include "platform/identity/passwords.h"
#include "platform/identity/second_factor.h"
#include "platform/links/api.h"

namespace identity {
namespace {

using base::message;

std::string joined(const std::vector<ApiScope>& scopes) {
    std::string out;
    for (const auto scope : scopes) out += (out.empty() ? "" : ",") + std::string(name_of(scope));
    return out;
}
std::vector<ApiScope> scopes_in(std::string_view text) {
    std::vector<ApiScope> out;
    while (!text.empty()) {
        const auto comma = std::min(text.find(','), text.size());
        if (const auto scope = api_scope_named(text.substr(0, comma))) out.push_back(*scope);
        text.remove_prefix(std::min(comma + 1, text.size()));
    }
    return out;
}

// Whose token it is says the account of the change: the history of accounts names nobody beside.
base::Result<void> audited(db::Connection& c, AccountId account, std::string action, audit::Values before, audit::Values after, const Actor& by,
                           base::Instant now) {
    return audit::record(c, by, now, "identity.account", std::to_string(account.value), std::move(action), std::move(before), std::move(after));
}

bool begins(std::string_view path, std::string_view area) {
    return path.starts_with(area) && (path.size() == area.size() || path[area.size()] == '/');
}

}  // namespace

std::string_view name_of(ApiScope scope) {
    switch (scope) {
        case ApiScope::read: return "read";
        case ApiScope::measures: return "measures";
        case ApiScope::targets: return "targets";
        case ApiScope::indicators: return "indicators";
    }
    return {};
}
std::optional<ApiScope> api_scope_named(std::string_view name) {
    for (const auto scope : all_api_scopes)
        if (name_of(scope) == name) return scope;
    return {};
}
base::Message title_of(ApiScope scope) {
    switch (scope) {
        case ApiScope::read: return message("Read what the account may read");
        case ApiScope::measures: return message("Change measures, self-commitments and status rounds");
        case ApiScope::targets: return message("Change targets and their consultations");
        case ApiScope::indicators: return message("Enter values of indicators");
    }
    return {};
}

ApiScope scope_needed(http::Method method, std::string_view path) {
    if (http::is_safe(method)) return ApiScope::read;
    if (begins(path, "/api/v1/zielvorgaben")) return ApiScope::targets;
    if (begins(path, "/api/v1/indikatoren")) return ApiScope::indicators;
    return ApiScope::measures;
}

std::vector<base::FieldError> mistakes_in(const NewApiToken& token) {
    std::vector<base::FieldError> out;
    if (token.name.empty()) out.push_back({"name", message("Say what the key is for.")});
    if (token.name.size() > 100) out.push_back({"name", message("Please use at most {most} characters.", {{"most", "100"}})});
    if (token.scopes.empty()) out.push_back({"darf", message("Choose at least one thing the key may do.")});
    if (token.days < 1 || token.days > most_api_token_days)
        out.push_back({"tage", message("A key lasts from 1 to {most} days.", {{"most", std::to_string(most_api_token_days)}})});
    return out;
}

base::Result<std::string> issue_api_token(db::Connection& c, AccountId account, const NewApiToken& token, const Actor& by, base::Instant now) {
    auto mistakes = mistakes_in(token);
    TRY(const auto all, api_tokens_of(c, account));
    if (std::count_if(all.begin(), all.end(), [&](const ApiToken& t) { return t.works(now); }) >= most_api_tokens)
        mistakes.push_back({"name", message("An account has at most {most} keys: revoke one first.", {{"most", std::to_string(most_api_tokens)}})});
    if (!mistakes.empty()) return base::error({base::ErrorKind::invalid_input, "key refused", std::move(mistakes), "rule"});
    auto secret = std::string(api_token_prefix) + links::random_token();
    TRY_VOID(c.execute(
        "insert into api_tokens (account_id, name, token_hash, scopes, created_at, expires_at) values (:account, :name, :hash, :scopes, :now, :expires)",
        {{"account", account},
         {"name", token.name},
         {"hash", token_hash(secret)},
         {"scopes", joined(token.scopes)},
         {"now", now},
         {"expires", now + std::chrono::days(token.days)}}));
    TRY_VOID(audited(c, account, "issue_api_token", {},
                     {{"name", token.name}, {"scopes", joined(token.scopes)}, {"days", std::to_string(token.days)}}, by, now));
    return secret;
}

base::Result<std::vector<ApiToken>> api_tokens_of(db::Connection& c, AccountId account) {
    return c.query<ApiToken>(R"sql(
        select id, name, scopes, created_at, expires_at, last_used_at, revoked_at
          from api_tokens
         where account_id = :account
         order by id desc
    )sql",
                             {{"account", account}}, [](const db::Row& row) {
                                 return ApiToken{row.id<ApiTokenId>("id"),          row.text("name"),          scopes_in(row.text("scopes")),
                                                 row.instant("created_at"),         row.instant("expires_at"), row.optional_instant("last_used_at"),
                                                 row.optional_instant("revoked_at")};
                             });
}

base::Result<void> revoke_api_token(db::Connection& c, AccountId account, ApiTokenId id, const Actor& by, base::Instant now) {
    TRY(const auto all, api_tokens_of(c, account));
    const auto found = std::find_if(all.begin(), all.end(), [&](const ApiToken& t) { return t.id == id; });
    if (found == all.end()) return base::error(base::ErrorKind::not_found, "no such key of this account");
    if (found->revoked) return {};
    TRY_VOID(c.execute("update api_tokens set revoked_at = :now where id = :id", {{"now", now}, {"id", id}}));
    return audited(c, account, "revoke_api_token", {{"name", found->name}}, {}, by, now);
}

base::Result<std::optional<OpenApiToken>> open_api_token(db::Connection& c, const std::string& hash, base::Instant now) {
    struct Found {
        OpenApiToken token;
        AccountId account;
        base::Instant expires{};
    };
    TRY(const auto found,
        c.query_one<Found>(R"sql(
        select id, account_id, scopes, expires_at, last_used_at
          from api_tokens
         where token_hash = :hash
           and revoked_at is null
    )sql",
                           {{"hash", hash}}, [](const db::Row& row) {
                               return Found{{row.id<ApiTokenId>("id"), {}, scopes_in(row.text("scopes")), row.optional_instant("last_used_at")},
                                            row.id<AccountId>("account_id"),
                                            row.instant("expires_at")};
                           }));
    if (!found || found->expires <= now) return std::optional<OpenApiToken>{};
    TRY(const auto owner, account(c, found->account));
    if (owner.disabled) return std::optional<OpenApiToken>{};
    auto out = found->token;
    out.actor = {.account = owner.id, .role = owner.role, .display_name = owner.display_name, .office = owner.office};
    TRY(const auto settings, security_settings(c));
    out.confined = !owner.invited && !owner.second_factor && settings.second_factor_required.contains(owner.role);
    return std::optional(std::move(out));
}

base::Result<void> touch_api_token(db::Connection& c, ApiTokenId id, base::Instant now) {
    TRY_VOID(c.execute("update api_tokens set last_used_at = :now where id = :id", {{"now", now}, {"id", id}}));
    return {};
}

}  // namespace identity
