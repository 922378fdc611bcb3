#include "platform/identity/oidc/token.h"

#include <boost/json.hpp>

namespace identity::oidc {
namespace {

namespace json = boost::json;

constexpr std::chrono::seconds clocks_differ{60};
constexpr std::chrono::hours oldest{24};
constexpr std::size_t longest_token = 32 * 1024;

base::Error refused(const char* check) { return {base::ErrorKind::invalid_input, std::string("ID token refused: ") + check, {}, check}; }

std::string text_of(const json::object& o, std::string_view name) {
    const auto* v = o.if_contains(name);
    return v && v->is_string() ? std::string(v->get_string()) : std::string();
}

bool is_signed_by(const Key& k, std::string_view content, const std::string& signature) {
    if (k.kty == "RSA") return is_signed({KeyKind::rsa, k.n, k.e}, content, signature);
    return is_signed({KeyKind::p256, k.x, k.y}, content, ecdsa_der(signature));
}

std::optional<json::object> object_of(std::string_view encoded) {
    const auto bytes = from_base64url(encoded);
    if (!bytes) return {};
    boost::system::error_code failure;
    auto value = json::parse(*bytes, failure);
    if (failure || !value.is_object()) return {};
    return std::move(value.get_object());
}

std::optional<base::Instant> moment_of(const json::object& o, std::string_view name) {
    const auto* v = o.if_contains(name);
    if (!v || !v->is_number()) return {};
    const double seconds = v->to_number<double>();
    if (!(seconds >= 0 && seconds < 1e11)) return {};
    return base::Instant(std::chrono::seconds(static_cast<std::int64_t>(seconds)));
}

std::vector<std::string> texts_of(const json::value& v) {
    if (v.is_string()) return {std::string(v.get_string())};
    std::vector<std::string> out;
    if (v.is_array())
        for (const auto& item : v.get_array())
            if (item.is_string()) out.emplace_back(item.get_string());
    return out;
}

}  // namespace

base::Result<std::vector<Key>> parse_jwks(std::string_view text) {
    boost::system::error_code failure;
    const auto value = json::parse(text, failure);
    const auto* set = failure ? nullptr : value.if_object();
    const auto* keys = set ? set->if_contains("keys") : nullptr;
    if (!keys || !keys->is_array()) return base::error(base::ErrorKind::invalid_input, "the provider's keys are not a key set");
    std::vector<Key> out;
    for (const auto& item : keys->get_array()) {
        const auto* o = item.if_object();
        if (!o) continue;
        const auto use = text_of(*o, "use");
        Key key{.kid = text_of(*o, "kid"), .kty = text_of(*o, "kty"), .alg = text_of(*o, "alg"), .n = {}, .e = {}, .x = {}, .y = {}};
        if (!use.empty() && use != "sig") continue;
        const auto bytes = [&](const char* name) { return from_base64url(text_of(*o, name)).value_or(""); };
        if (key.kty == "RSA") {
            key.n = bytes("n");
            key.e = bytes("e");
        } else if (key.kty == "EC" && text_of(*o, "crv") == "P-256") {
            key.x = bytes("x");
            key.y = bytes("y");
        } else {
            continue;
        }
        out.push_back(std::move(key));
    }
    return out;
}

base::Result<Claims> verify(std::string_view token, const std::vector<Key>& keys, const Expected& expected) {
    const auto first = token.find('.'), second = first == std::string_view::npos ? first : token.find('.', first + 1);
    if (token.size() > longest_token || second == std::string_view::npos || token.find('.', second + 1) != std::string_view::npos)
        return tl::unexpected(refused("form"));
    const auto header = object_of(token.substr(0, first)), claims = object_of(token.substr(first + 1, second - first - 1));
    const auto signature = from_base64url(token.substr(second + 1));
    if (!header || !claims || !signature) return tl::unexpected(refused("form"));
    if (header->contains("crit")) return tl::unexpected(refused("critical extension"));

    const auto alg = text_of(*header, "alg"), kid = text_of(*header, "kid");
    const std::string kty = alg == "RS256" ? "RSA" : alg == "ES256" ? "EC" : "";
    if (kty.empty()) return tl::unexpected(refused("algorithm"));
    bool found = false, good = false;
    for (const auto& key : keys) {
        if (key.kty != kty || (!key.alg.empty() && key.alg != alg) || (!kid.empty() && key.kid != kid)) continue;
        found = true;
        good = good || is_signed_by(key, token.substr(0, second), *signature);
    }
    if (!found) return tl::unexpected(refused("unknown_key"));
    if (!good) return tl::unexpected(refused("signature"));

    if (text_of(*claims, "iss") != expected.issuer) return tl::unexpected(refused("issuer"));
    const auto* aud = claims->if_contains("aud");
    const auto audience = aud ? texts_of(*aud) : std::vector<std::string>{};
    const auto azp = text_of(*claims, "azp");
    const bool ours = std::find(audience.begin(), audience.end(), expected.client_id) != audience.end();
    if (!ours || (audience.size() > 1 && azp.empty()) || (!azp.empty() && azp != expected.client_id)) return tl::unexpected(refused("audience"));
    const auto expires = moment_of(*claims, "exp"), issued = moment_of(*claims, "iat");
    if (!expires || *expires + clocks_differ <= expected.now) return tl::unexpected(refused("expired"));
    if (!issued || *issued > expected.now + clocks_differ || *issued + oldest < expected.now) return tl::unexpected(refused("issued"));
    if (claims->contains("nbf")) {
        const auto not_before = moment_of(*claims, "nbf");
        if (!not_before || *not_before > expected.now + clocks_differ) return tl::unexpected(refused("not yet"));
    }
    if (expected.nonce.empty() || text_of(*claims, "nonce") != expected.nonce) return tl::unexpected(refused("nonce"));

    Claims out{.subject = text_of(*claims, "sub"),
               .email = text_of(*claims, "email"),
               .name = text_of(*claims, "name"),
               .email_verified = false,
               .texts = {}};
    if (out.subject.empty() || out.subject.size() > 255) return tl::unexpected(refused("subject"));
    if (const auto* verified = claims->if_contains("email_verified")) out.email_verified = verified->is_bool() && verified->get_bool();
    for (const auto& [name, value] : *claims)
        if (auto texts = texts_of(value); !texts.empty()) out.texts.emplace(name, std::move(texts));
    return out;
}

}  // namespace identity::oidc
