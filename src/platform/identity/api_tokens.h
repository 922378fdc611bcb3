#pragma once
// Tokens by which a program acts for an account: named, with scopes, an end, and a way to revoke them. The database keeps the hash only (ADR 0018).
// Every function runs in the caller's transaction.
#include "platform/http/message.h"
#include "platform/identity/store.h"

namespace identity {

using ApiTokenId = base::Id<struct ApiTokenTag>;

// What a token may do, never more than its account may.
enum class ApiScope { read, measures, targets, indicators };
inline constexpr auto all_api_scopes = {ApiScope::read, ApiScope::measures, ApiScope::targets, ApiScope::indicators};
std::string_view name_of(ApiScope);
std::optional<ApiScope> api_scope_named(std::string_view);
base::Message title_of(ApiScope);
// The scope a request to /api needs.
ApiScope scope_needed(http::Method, std::string_view path);

struct ApiToken {
    ApiTokenId id;
    std::string name;
    std::vector<ApiScope> scopes;
    base::Instant created{}, expires{};
    std::optional<base::Instant> last_used, revoked;
    bool works(base::Instant now) const { return !revoked && now < expires; }
};
struct NewApiToken {
    std::string name;
    std::vector<ApiScope> scopes;
    int days = 90;
};
inline constexpr int most_api_tokens = 20, most_api_token_days = 366;
inline constexpr std::string_view api_token_prefix = "mit_";

std::vector<base::FieldError> mistakes_in(const NewApiToken&);
// The token, to be shown once; it cannot be asked for again.
base::Result<std::string> issue_api_token(db::Connection&, AccountId, const NewApiToken&, const Actor& by, base::Instant now);
base::Result<std::vector<ApiToken>> api_tokens_of(db::Connection&, AccountId);  // newest first
// not_found when it is not one of this account's; twice is no mistake.
base::Result<void> revoke_api_token(db::Connection&, AccountId, ApiTokenId, const Actor& by, base::Instant now);

// Who acts by a token; nothing when it is unknown, over or revoked, or its account disabled.
struct OpenApiToken {
    ApiTokenId id;
    Actor actor;
    std::vector<ApiScope> scopes;
    std::optional<base::Instant> last_used;
    bool confined = false;  // as of a session: the role asks for a second factor and the account has none
};
base::Result<std::optional<OpenApiToken>> open_api_token(db::Connection&, const std::string& token_hash, base::Instant now);
base::Result<void> touch_api_token(db::Connection&, ApiTokenId, base::Instant now);

}  // namespace identity
