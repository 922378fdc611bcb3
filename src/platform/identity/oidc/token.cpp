#include "platform/identity/oidc/token.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <sodium.h>
#include <boost/json.hpp>

namespace identity::oidc {
namespace {

namespace json = boost::json;

constexpr std::chrono::seconds clocks_differ{60};
constexpr std::chrono::hours oldest{24};
constexpr std::size_t longest_token = 32 * 1024;
constexpr int least_rsa_bits = 2048;

base::Error refused(const char* check) { return {base::ErrorKind::invalid_input, std::string("ID token refused: ") + check, {}, check}; }

template <auto free>
struct Freed {
    void operator()(auto* p) const { free(p); }
};
template <class T, auto free>
using Owned = std::unique_ptr<T, Freed<free>>;
using Pkey = Owned<EVP_PKEY, EVP_PKEY_free>;
using Number = Owned<BIGNUM, BN_free>;

std::string text_of(const json::object& o, std::string_view name) {
    const auto* v = o.if_contains(name);
    return v && v->is_string() ? std::string(v->get_string()) : std::string();
}

Number number_of(std::string_view bytes) {
    return Number(BN_bin2bn(reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()), nullptr));
}

Pkey made(const char* type, OSSL_PARAM_BLD* builder) {
    const Owned<OSSL_PARAM, OSSL_PARAM_free> parameters(OSSL_PARAM_BLD_to_param(builder));
    const Owned<EVP_PKEY_CTX, EVP_PKEY_CTX_free> context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
    EVP_PKEY* key = nullptr;
    if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1)
        return {};
    return Pkey(key);
}

Pkey public_key(const Key& k) {
    const Owned<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free> builder(OSSL_PARAM_BLD_new());
    if (k.kty == "RSA") {
        const auto n = number_of(k.n), e = number_of(k.e);
        if (BN_num_bits(n.get()) < least_rsa_bits) return {};
        OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get());
        OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get());
        return made("RSA", builder.get());
    }
    if (k.x.size() != 32 || k.y.size() != 32) return {};
    const auto point = "\x04" + k.x + k.y;
    OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0);
    OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size());
    return made("EC", builder.get());
}

// A JWS carries r and s side by side (RFC 7518 3.4), OpenSSL wants them as ASN.1.
std::string ecdsa_der(std::string_view raw) {
    if (raw.size() != 64) return {};
    const Owned<ECDSA_SIG, ECDSA_SIG_free> signature(ECDSA_SIG_new());
    ECDSA_SIG_set0(signature.get(), number_of(raw.substr(0, 32)).release(), number_of(raw.substr(32)).release());
    unsigned char* der = nullptr;
    const int length = i2d_ECDSA_SIG(signature.get(), &der);
    if (length <= 0) return {};
    std::string out(reinterpret_cast<char*>(der), static_cast<std::size_t>(length));
    OPENSSL_free(der);
    return out;
}

bool is_signed(const Key& k, std::string_view content, std::string signature) {
    const auto key = public_key(k);
    if (k.kty == "EC") signature = ecdsa_der(signature);
    const Owned<EVP_MD_CTX, EVP_MD_CTX_free> context(EVP_MD_CTX_new());
    return key && !signature.empty() && EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get()) == 1 &&
           EVP_DigestVerify(context.get(), reinterpret_cast<const unsigned char*>(signature.data()), signature.size(),
                            reinterpret_cast<const unsigned char*>(content.data()), content.size()) == 1;
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

std::string base64url(std::string_view bytes) {
    std::string out(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING), '\0');
    sodium_bin2base64(out.data(), out.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    out.resize(out.size() - 1);
    return out;
}

std::optional<std::string> from_base64url(std::string_view text) {
    std::string out(text.size(), '\0');
    std::size_t length = 0;
    const char* end = nullptr;
    if (sodium_base642bin(reinterpret_cast<unsigned char*>(out.data()), out.size(), text.data(), text.size(), nullptr, &length, &end,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
        end != text.data() + text.size())
        return {};
    out.resize(length);
    return out;
}

std::string sha256(std::string_view text) {
    std::string out(crypto_hash_sha256_BYTES, '\0');
    crypto_hash_sha256(reinterpret_cast<unsigned char*>(out.data()), reinterpret_cast<const unsigned char*>(text.data()), text.size());
    return out;
}

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
        good = good || is_signed(key, token.substr(0, second), *signature);
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
