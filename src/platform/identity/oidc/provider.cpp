#include "platform/identity/oidc/provider.h"

#include <curl/curl.h>
#include <boost/json.hpp>

#include "platform/web/url.h"

namespace identity::oidc {
namespace {

constexpr std::size_t longest_answer = 1024 * 1024;
constexpr std::chrono::hours kept_for{1};
constexpr std::chrono::minutes fresh_at_most_every{1};

std::size_t append(char* bytes, std::size_t size, std::size_t count, void* to) {
    auto& out = *static_cast<std::string*>(to);
    if (out.size() + size * count > longest_answer) return 0;
    out.append(bytes, size * count);
    return size * count;
}

base::Error unreachable(std::string why) { return {base::ErrorKind::unavailable, "identity provider: " + std::move(why), {}, {}}; }

std::string text_of(const boost::json::object& o, std::string_view name) {
    const auto* v = o.if_contains(name);
    return v && v->is_string() ? std::string(v->get_string()) : std::string();
}

base::Result<boost::json::object> object_of(const std::string& text) {
    boost::system::error_code failure;
    auto value = boost::json::parse(text, failure);
    if (failure || !value.is_object()) return tl::unexpected(unreachable("its answer is not a JSON object"));
    return std::move(value.get_object());
}

}  // namespace

bool is_safe_address(std::string_view url) {
    if (url.starts_with("https://")) return url.size() > 8;
    for (const std::string_view local : {"http://localhost", "http://127.0.0.1", "http://[::1]"})
        if (url.starts_with(local) && (url.size() == local.size() || url[local.size()] == ':' || url[local.size()] == '/')) return true;
    return false;
}

base::Result<std::string> fetch(const Call& call) {
    if (!is_safe_address(call.url)) return tl::unexpected(unreachable("its address is neither https nor this machine"));
    static const bool ready = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
    const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> h(ready ? curl_easy_init() : nullptr, curl_easy_cleanup);
    if (!h) return tl::unexpected(unreachable("libcurl does not start"));
    std::string out;
    curl_easy_setopt(h.get(), CURLOPT_URL, call.url.c_str());
    curl_easy_setopt(h.get(), CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(h.get(), CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(h.get(), CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(h.get(), CURLOPT_CONNECTTIMEOUT, 5L);
    curl_easy_setopt(h.get(), CURLOPT_TIMEOUT, 10L);
    curl_easy_setopt(h.get(), CURLOPT_WRITEFUNCTION, append);
    curl_easy_setopt(h.get(), CURLOPT_WRITEDATA, &out);
    curl_easy_setopt(h.get(), CURLOPT_USERAGENT, "miteinander");
    if (!call.form.empty()) curl_easy_setopt(h.get(), CURLOPT_POSTFIELDS, call.form.c_str());
    if (!call.user.empty()) {
        curl_easy_setopt(h.get(), CURLOPT_HTTPAUTH, static_cast<long>(CURLAUTH_BASIC));
        curl_easy_setopt(h.get(), CURLOPT_USERNAME, call.user.c_str());
        curl_easy_setopt(h.get(), CURLOPT_PASSWORD, call.password.c_str());
    }
    const auto code = curl_easy_perform(h.get());
    if (code != CURLE_OK) return tl::unexpected(unreachable(curl_easy_strerror(code)));
    long status = 0;
    curl_easy_getinfo(h.get(), CURLINFO_RESPONSE_CODE, &status);
    if (status != 200) return tl::unexpected(unreachable("it answered " + std::to_string(status)));
    return out;
}

base::Result<Doors> Provider::doors(const std::string& issuer, base::Instant now) {
    {
        const std::lock_guard lock(mutex_);
        if (issuer_ == issuer && now - doors_at_ < kept_for && now >= doors_at_) return doors_;
    }
    auto base_address = issuer;
    while (base_address.ends_with('/')) base_address.pop_back();
    TRY(const auto text, fetch_({.url = base_address + "/.well-known/openid-configuration", .form = {}, .user = {}, .password = {}}));
    TRY(const auto o, object_of(text));
    if (text_of(o, "issuer") != issuer) return tl::unexpected(unreachable("its discovery names another issuer"));
    const Doors found{text_of(o, "authorization_endpoint"), text_of(o, "token_endpoint"), text_of(o, "jwks_uri")};
    for (const auto* door : {&found.authorization, &found.token, &found.jwks})
        if (!is_safe_address(*door)) return tl::unexpected(unreachable("its discovery names an address that is neither https nor this machine"));
    const std::lock_guard lock(mutex_);
    if (issuer_ != issuer) keys_.clear();
    issuer_ = issuer;
    doors_ = found;
    doors_at_ = now;
    return found;
}

base::Result<std::string> Provider::exchange(const std::string& issuer, const std::string& client_id, const std::string& secret,
                                             const std::string& code, const std::string& verifier, const std::string& redirect, base::Instant now) {
    TRY(const auto to, doors(issuer, now));
    Call call{.url = to.token,
              .form = "grant_type=authorization_code&code=" + web::url_encode(code) + "&redirect_uri=" + web::url_encode(redirect) +
                      "&code_verifier=" + web::url_encode(verifier),
              .user = {},
              .password = {}};
    if (secret.empty()) {
        call.form += "&client_id=" + web::url_encode(client_id);
    } else {
        // RFC 6749 2.3.1: both are form-encoded first.
        call.user = web::url_encode(client_id);
        call.password = web::url_encode(secret);
    }
    TRY(const auto text, fetch_(call));
    TRY(const auto o, object_of(text));
    auto token = text_of(o, "id_token");
    if (token.empty()) return tl::unexpected(unreachable("it gave no ID token"));
    return token;
}

base::Result<std::vector<Key>> Provider::keys(const std::string& issuer, base::Instant now, bool fresh) {
    TRY(const auto at, doors(issuer, now));
    {
        const std::lock_guard lock(mutex_);
        const auto age = now - keys_at_;
        if (!keys_.empty() && age < kept_for && (!fresh || age < fresh_at_most_every)) return keys_;
    }
    TRY(const auto text, fetch_({.url = at.jwks, .form = {}, .user = {}, .password = {}}));
    TRY(const auto found, parse_jwks(text));
    const std::lock_guard lock(mutex_);
    keys_ = found;
    keys_at_ = now;
    return found;
}

base::Result<Claims> Provider::verified(const std::string& token, const Expected& expected) {
    TRY(const auto known, keys(expected.issuer, expected.now, false));
    auto claims = verify(token, known, expected);
    if (claims || claims.error().code != "unknown_key") return claims;
    TRY(const auto fresh, keys(expected.issuer, expected.now, true));
    return verify(token, fresh, expected);
}

}  // namespace identity::oidc
