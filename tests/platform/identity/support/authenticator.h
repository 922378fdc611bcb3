#pragma once
// An authenticator for tests: keys of all three kinds, and answers in which a test can spoil whatever it likes.
#include <functional>
#include <map>
#include <memory>

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <boost/json.hpp>

#include "platform/identity/webauthn/verify.h"

namespace webauthn_testing {

using identity::base64url;
using identity::sha256;
using identity::webauthn::Answer;

// ---- CBOR ----
inline std::string head(int major, std::uint64_t value) {
    std::string out(1, static_cast<char>(major << 5));
    const int bytes = value < 24 ? 0 : value < 256 ? 1 : value < 65536 ? 2 : value < 4294967296u ? 4 : 8;
    if (bytes == 0) out[0] = static_cast<char>(major << 5 | static_cast<int>(value));
    if (bytes != 0) out[0] = static_cast<char>(major << 5 | (bytes == 1 ? 24 : bytes == 2 ? 25 : bytes == 4 ? 26 : 27));
    for (int i = bytes - 1; i >= 0; --i) out += static_cast<char>(value >> (8 * i) & 255);
    return out;
}
inline std::string number(std::int64_t n) { return n >= 0 ? head(0, static_cast<std::uint64_t>(n)) : head(1, static_cast<std::uint64_t>(-1 - n)); }
inline std::string bytes(std::string_view s) { return head(2, s.size()) + std::string(s); }
inline std::string text(std::string_view s) { return head(3, s.size()) + std::string(s); }

enum class Kind { es256, eddsa, rs256 };

struct Says {
    std::string type, challenge, origin;
    std::optional<bool> cross_origin = false;
    std::string more = {};  // a further member of the JSON
};

class Authenticator {
  public:
    explicit Authenticator(Kind kind = Kind::es256, std::string site = "kreis.example")
        : kind_(kind), site_(std::move(site)), key_(made(kind), EVP_PKEY_free) {}

    std::string id = "credential-0123456789";
    std::uint32_t counter = 0;
    unsigned flags = 0x05;  // somebody was there, and was recognised

    static std::string client_data(const Says& s) {
        std::string out = R"({"type":")" + s.type + R"(","challenge":")" + s.challenge + R"(","origin":")" + s.origin + "\"";
        if (s.cross_origin) out += std::string(R"(,"crossOrigin":)") + (*s.cross_origin ? "true" : "false");
        return out + s.more + "}";
    }
    std::string data(unsigned set, const std::string& behind = {}) const {
        std::string out = sha256(site_) + static_cast<char>(set);
        for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(counter >> shift & 255);
        return out + behind;
    }
    std::string cose() const {
        if (kind_ == Kind::rs256)
            return head(5, 4) + number(1) + number(3) + number(3) + number(-257) + number(-1) + bytes(numbers("n")) + number(-2) +
                   bytes(numbers("e"));
        if (kind_ == Kind::eddsa) {
            std::string x(32, '\0');
            std::size_t length = x.size();
            EVP_PKEY_get_raw_public_key(key_.get(), reinterpret_cast<unsigned char*>(x.data()), &length);
            return head(5, 4) + number(1) + number(1) + number(3) + number(-8) + number(-1) + number(6) + number(-2) + bytes(x);
        }
        return head(5, 5) + number(1) + number(2) + number(3) + number(-7) + number(-1) + number(1) + number(-2) + bytes(numbers("qx")) + number(-3) +
               bytes(numbers("qy"));
    }
    std::string credential(const std::string& key) const {
        return std::string(16, '\0') + static_cast<char>(id.size() >> 8) + static_cast<char>(id.size() & 255) + id + key;
    }
    static std::string attestation(const std::string& authenticator_data) {
        return head(5, 3) + text("fmt") + text("none") + text("attStmt") + head(5, 0) + text("authData") + bytes(authenticator_data);
    }
    std::string registration() const { return attestation(data(flags | 0x40, credential(cose()))); }

    Answer answer(const std::string& client, const std::string& handle = {}, const std::string& behind = {}) {
        ++counter;
        const auto d = data(flags, behind);
        return {.credential_id = id, .client_data = client, .authenticator_data = d, .signature = sign(d + sha256(client)), .user_handle = handle};
    }
    std::string sign(const std::string& content) const {
        EVP_MD_CTX* context = EVP_MD_CTX_new();
        EVP_DigestSignInit(context, nullptr, kind_ == Kind::eddsa ? nullptr : EVP_sha256(), nullptr, key_.get());
        std::string out(1024, '\0');
        std::size_t length = out.size();
        EVP_DigestSign(context, reinterpret_cast<unsigned char*>(out.data()), &length, reinterpret_cast<const unsigned char*>(content.data()),
                       content.size());
        EVP_MD_CTX_free(context);
        out.resize(length);
        return out;
    }

  private:
    static EVP_PKEY* made(Kind kind) {
        if (kind == Kind::rs256) return EVP_RSA_gen(2048);
        if (kind == Kind::eddsa) return EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
        return EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256");
    }
    std::string numbers(const char* name) const {
        BIGNUM* n = nullptr;
        EVP_PKEY_get_bn_param(key_.get(), name, &n);
        std::string out(kind_ == Kind::es256 ? 32 : static_cast<std::size_t>(BN_num_bytes(n)), '\0');
        BN_bn2binpad(n, reinterpret_cast<unsigned char*>(out.data()), static_cast<int>(out.size()));
        BN_free(n);
        return out;
    }

    Kind kind_;
    std::string site_;
    std::shared_ptr<EVP_PKEY> key_;
};

}  // namespace webauthn_testing
