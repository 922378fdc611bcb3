#pragma once
// Whether an ID token is what it says (OpenID Connect Core 3.1.3.7). Pure: token, keys and expectations in, claims or refusal out.
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/day.h"
#include "platform/base/result.h"
#include "platform/identity/signature.h"

namespace identity::oidc {

// A public key of a provider, as its JWKS lists it; numbers as bytes.
struct Key {
    std::string kid, kty, alg;
    std::string n, e;  // RSA
    std::string x, y;  // EC, P-256
};
// Keys we cannot use (other kinds, for encryption) are left out; what is no key set is invalid_input.
base::Result<std::vector<Key>> parse_jwks(std::string_view json);

struct Expected {
    std::string issuer, client_id, nonce;
    base::Instant now{};
};
struct Claims {
    std::string subject, email, name;
    bool email_verified = false;
    std::map<std::string, std::vector<std::string>> texts;  // every claim that is a text or a list of texts
};
// Only RS256 and ES256: "none" is no signature, and HS256 would take the public key for a secret. The error's code is "unknown_key" when no key fits
// (the provider may have rotated: fetch the keys once more), else names the check that failed.
base::Result<Claims> verify(std::string_view token, const std::vector<Key>& keys, const Expected&);

}  // namespace identity::oidc
