// links: platform/identity
// Whatever bytes come as an attestation, authenticator data or a key: no crash, and what is taken for a registration is a key one could sign in with.
#include <cstdlib>

#include "platform/identity/webauthn/cbor.h"
#include "platform/identity/webauthn/verify.h"

namespace {

void demand(bool holds) {
    if (!holds) std::abort();
}

const identity::webauthn::Site site{.id = "kreis.example", .origin = "https://kreis.example"};
constexpr std::string_view creating = R"({"type":"webauthn.create","challenge":"YQ","origin":"https://kreis.example"})";
const std::string getting = R"({"type":"webauthn.get","challenge":"YQ","origin":"https://kreis.example"})";

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);

    identity::webauthn::Cbor cbor(bytes);
    while (cbor.skip()) demand(cbor.rest().size() < size);

    // The site's digest stands before what was read, so that the fuzzer need not find it.
    const auto with_site = identity::sha256(site.id) + std::string(bytes);
    for (const auto& attestation :
         {std::string(bytes), std::string("\xa3\x63") + "fmt\x64none\x67" + "attStmt\xa0\x68" + "authData\x59" +
                                  static_cast<char>(with_site.size() >> 8 & 255) + static_cast<char>(with_site.size() & 255) + with_site})
        if (const auto made = identity::webauthn::read_registration(site, creating, attestation)) {
            demand(!made->credential_id.empty() && made->credential_id.size() <= identity::webauthn::longest_credential_id);
            demand(identity::webauthn::read_key(made->public_key).has_value());
            // Nobody signed anything yet.
            demand(!identity::webauthn::check_assertion(site, made->public_key, 0,
                                                        {.credential_id = made->credential_id,
                                                         .client_data = getting,
                                                         .authenticator_data = with_site,
                                                         .signature = std::string(bytes.substr(0, 64)),
                                                         .user_handle = {}}));
        }
    (void)identity::webauthn::read_registration(site, bytes, "");
    return 0;
}
