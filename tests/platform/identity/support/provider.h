#pragma once
// A provider made for tests: keys of its own, tokens signed with them, and the answers to the three requests a sign-in makes.
#include <gtest/gtest.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <boost/json.hpp>

#include "platform/identity/oidc/provider.h"

namespace oidc_testing {

using identity::base64url;

class Signer {
  public:
    enum class Kind { rsa, ec };
    Signer(Kind kind, std::string kid, unsigned int bits = 2048)
        : kind_(kind), kid_(std::move(kid)), key_(kind == Kind::rsa ? EVP_RSA_gen(bits) : EVP_EC_gen("P-256")) {}
    ~Signer() { EVP_PKEY_free(key_); }
    Signer(const Signer&) = delete;

    std::string token(const boost::json::object& claims, std::string alg = "") const {
        if (alg.empty()) alg = kind_ == Kind::rsa ? "RS256" : "ES256";
        const auto content =
            base64url(boost::json::serialize(boost::json::object{{"alg", alg}, {"kid", kid_}})) + "." + base64url(boost::json::serialize(claims));
        return content + "." + base64url(sign(content));
    }
    boost::json::object jwk() const {
        boost::json::object out{{"kid", kid_}, {"use", "sig"}};
        if (kind_ == Kind::rsa) {
            out["kty"] = "RSA";
            out["n"] = number(OSSL_PKEY_PARAM_RSA_N);
            out["e"] = number(OSSL_PKEY_PARAM_RSA_E);
        } else {
            out["kty"] = "EC";
            out["crv"] = "P-256";
            out["x"] = number(OSSL_PKEY_PARAM_EC_PUB_X, 32);
            out["y"] = number(OSSL_PKEY_PARAM_EC_PUB_Y, 32);
        }
        return out;
    }

  private:
    std::string number(const char* name, int padded = 0) const {
        BIGNUM* n = nullptr;
        EVP_PKEY_get_bn_param(key_, name, &n);
        std::string bytes(static_cast<std::size_t>(padded ? padded : BN_num_bytes(n)), '\0');
        BN_bn2binpad(n, reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
        BN_free(n);
        return base64url(bytes);
    }
    std::string sign(const std::string& content) const {
        EVP_MD_CTX* context = EVP_MD_CTX_new();
        EVP_DigestSignInit(context, nullptr, EVP_sha256(), nullptr, key_);
        std::size_t length = 0;
        const auto* bytes = reinterpret_cast<const unsigned char*>(content.data());
        EVP_DigestSign(context, nullptr, &length, bytes, content.size());
        std::string out(length, '\0');
        EVP_DigestSign(context, reinterpret_cast<unsigned char*>(out.data()), &length, bytes, content.size());
        EVP_MD_CTX_free(context);
        out.resize(length);
        if (kind_ == Kind::rsa) return out;
        const auto* der = reinterpret_cast<const unsigned char*>(out.data());
        ECDSA_SIG* signature = d2i_ECDSA_SIG(nullptr, &der, static_cast<long>(out.size()));
        std::string raw(64, '\0');
        BN_bn2binpad(ECDSA_SIG_get0_r(signature), reinterpret_cast<unsigned char*>(raw.data()), 32);
        BN_bn2binpad(ECDSA_SIG_get0_s(signature), reinterpret_cast<unsigned char*>(raw.data()) + 32, 32);
        ECDSA_SIG_free(signature);
        return raw;
    }
    const Kind kind_;
    const std::string kid_;
    EVP_PKEY* const key_;
};

inline std::string jwks(std::initializer_list<const Signer*> signers) {
    boost::json::array keys;
    for (const auto* s : signers) keys.push_back(s->jwk());
    return boost::json::serialize(boost::json::object{{"keys", keys}});
}

}  // namespace oidc_testing
