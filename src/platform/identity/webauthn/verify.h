#pragma once
// Whether a passkey's answer is what it says (Web Authentication Level 2, sections 7.1 and 7.2). Pure: bytes in, what they prove or a refusal out.
// The error's code names the check that failed; the challenge is the caller's to spend.
#include <string>
#include <string_view>

#include "platform/base/result.h"
#include "platform/identity/signature.h"

namespace identity::webauthn {

// Which site this is for browsers.
struct Site {
    std::string id;      // "integration.example.org"
    std::string origin;  // "https://integration.example.org"
    bool known() const { return !id.empty(); }
    friend bool operator==(const Site&, const Site&) = default;
};
// Of the address an administrator has set; on this machine also of "localhost" as the browser names it. Unknown for anything else, since a stranger
// chooses the Host of a request.
Site site_of(std::string_view public_address, std::string_view host);

inline constexpr std::size_t longest_credential_id = 1023;

// A new passkey. What the authenticator says of its make (attestation) is not asked for and not believed.
struct Registration {
    std::string challenge;
    std::string credential_id;
    std::string public_key;  // COSE, as it came
    std::int64_t counter = 0;
};
base::Result<Registration> read_registration(const Site&, std::string_view client_data, std::string_view attestation_object);

// A sign-in with one.
struct Answer {
    std::string credential_id, client_data, authenticator_data, signature, user_handle;
};
struct Assertion {
    std::string challenge;
    std::int64_t counter = 0;
};
// `counter` is the one of the last sign-in: one that does not rise tells of a copied key (7.2, step 21), unless both are 0.
base::Result<Assertion> check_assertion(const Site&, std::string_view public_key, std::int64_t counter, const Answer&);

// A COSE key of ES256, RS256 or EdDSA with Ed25519; nothing for any other.
std::optional<PublicKey> read_key(std::string_view cose);

}  // namespace identity::webauthn
