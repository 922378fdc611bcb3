#include "platform/identity/webauthn/verify.h"

#include <boost/json.hpp>

#include "platform/identity/webauthn/cbor.h"

namespace identity::webauthn {
namespace {

namespace json = boost::json;
using Kind = Item::Kind;

constexpr std::size_t longest_client_data = 8 * 1024, longest_attestation = 64 * 1024, longest_key = 2 * 1024;

base::Error refused(const char* check) { return {base::ErrorKind::invalid_input, std::string("passkey refused: ") + check, {}, check}; }

// COSE: 1 kind, 3 algorithm; -1 curve, -2 x, -3 y of a curve's key; -1 n, -2 e of RSA (RFC 9053, 8152).
struct Cose {
    std::optional<std::int64_t> kind, algorithm, curve;
    std::string first, second, third;  // bytes under -1, -2, -3
};
std::optional<Cose> read_cose(Cbor& cbor) {
    const auto map = cbor.next();
    if (!map || map->kind != Kind::map || map->length > 16) return {};
    Cose out;
    std::vector<std::int64_t> seen;
    for (std::uint64_t i = 0; i < map->length; ++i) {
        const auto key = cbor.next();
        if (!key || key->kind != Kind::number || std::find(seen.begin(), seen.end(), key->number) != seen.end()) return {};
        seen.push_back(key->number);
        if (key->number != 1 && key->number != 3 && (key->number < -3 || key->number > -1)) {
            if (!cbor.skip()) return {};
            continue;
        }
        const auto value = cbor.next();
        if (!value || (value->kind != Kind::number && value->kind != Kind::bytes)) return {};
        const bool number = value->kind == Kind::number;
        if (key->number == 1 && number) out.kind = value->number;
        if (key->number == 3 && number) out.algorithm = value->number;
        if (key->number == -1 && number) out.curve = value->number;
        if (!number) (key->number == -1 ? out.first : key->number == -2 ? out.second : out.third) = value->string;
    }
    return out;
}

std::optional<PublicKey> key_of(const Cose& k) {
    constexpr std::int64_t okp = 1, ec2 = 2, rsa = 3, es256 = -7, eddsa = -8, rs256 = -257, p256 = 1, ed25519 = 6;
    std::optional<PublicKey> out;
    if (k.kind == ec2 && k.algorithm == es256 && k.curve == p256) out = PublicKey{KeyKind::p256, k.second, k.third};
    if (k.kind == okp && k.algorithm == eddsa && k.curve == ed25519) out = PublicKey{KeyKind::ed25519, k.second, {}};
    if (k.kind == rsa && k.algorithm == rs256) out = PublicKey{KeyKind::rsa, k.first, k.second};
    if (out && !is_usable(*out)) out.reset();
    return out;
}

// What the browser says of the request (5.8.1); answers the challenge.
base::Result<std::string> challenge_of(std::string_view client_data, const char* type, const Site& site) {
    if (client_data.size() > longest_client_data) return tl::unexpected(refused("client data"));
    boost::system::error_code failure;
    const auto value = json::parse(client_data, failure);
    const auto* said = failure ? nullptr : value.if_object();
    if (!said) return tl::unexpected(refused("client data"));
    const auto text = [&](const char* name) {
        const auto* v = said->if_contains(name);
        return v && v->is_string() ? std::string(v->get_string()) : std::string();
    };
    if (text("type") != type) return tl::unexpected(refused("type"));
    if (!site.known() || text("origin") != site.origin) return tl::unexpected(refused("origin"));
    // Nobody embeds this site, so no answer comes from within another page.
    if (const auto* cross = said->if_contains("crossOrigin"); cross && (!cross->is_bool() || cross->get_bool()))
        return tl::unexpected(refused("origin"));
    if (said->contains("topOrigin")) return tl::unexpected(refused("origin"));
    auto challenge = text("challenge");
    if (challenge.empty()) return tl::unexpected(refused("challenge"));
    return challenge;
}

// Authenticator data (6.1): the site's digest, flags, counter, and the new key where there is one.
struct AuthenticatorData {
    std::int64_t counter = 0;
    std::string_view credential_id, public_key;
};
base::Result<AuthenticatorData> read_authenticator_data(std::string_view bytes, const Site& site) {
    constexpr unsigned present = 0x01, verified = 0x04, with_key = 0x40, with_extensions = 0x80;
    constexpr std::size_t head = 37, key_head = 18;
    if (bytes.size() < head) return tl::unexpected(refused("authenticator data"));
    if (bytes.substr(0, 32) != sha256(site.id)) return tl::unexpected(refused("site"));
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(bytes[at]); };
    const unsigned flags = byte(32);
    // Both: somebody was there, and the device knew who. So a passkey is two factors in one.
    if ((flags & present) == 0 || (flags & verified) == 0) return tl::unexpected(refused("flags"));
    AuthenticatorData out{.counter = std::int64_t{byte(33)} << 24 | byte(34) << 16 | byte(35) << 8 | byte(36), .credential_id = {}, .public_key = {}};
    auto rest = bytes.substr(head);
    if ((flags & with_key) != 0) {
        if (rest.size() < key_head) return tl::unexpected(refused("authenticator data"));
        const std::size_t length = static_cast<std::size_t>(static_cast<unsigned char>(rest[16])) << 8 | static_cast<unsigned char>(rest[17]);
        rest.remove_prefix(key_head);
        if (length == 0 || length > longest_credential_id || length > rest.size()) return tl::unexpected(refused("credential"));
        out.credential_id = rest.substr(0, length);
        rest.remove_prefix(length);
        Cbor cbor(rest);
        if (!cbor.skip()) return tl::unexpected(refused("key"));
        out.public_key = rest.substr(0, rest.size() - cbor.rest().size());
        rest = cbor.rest();
    }
    if ((flags & with_extensions) != 0) {
        Cbor cbor(rest);
        if (!cbor.skip()) return tl::unexpected(refused("authenticator data"));
        rest = cbor.rest();
    }
    if (!rest.empty()) return tl::unexpected(refused("authenticator data"));
    return out;
}

// {"fmt": …, "attStmt": …, "authData": …} (6.5); answers the last.
std::optional<std::string_view> authenticator_data_of(std::string_view attestation_object) {
    Cbor cbor(attestation_object);
    const auto map = cbor.next();
    if (!map || map->kind != Kind::map || map->length != 3) return {};
    std::optional<std::string_view> out;
    for (int i = 0; i < 3; ++i) {
        const auto key = cbor.next();
        if (!key || key->kind != Kind::text) return {};
        if (key->string != "authData") {
            if (!cbor.skip()) return {};
            continue;
        }
        const auto value = cbor.next();
        if (out || !value || value->kind != Kind::bytes) return {};
        out = value->string;
    }
    if (!cbor.rest().empty()) return {};
    return out;
}

std::string_view host_name(std::string_view host) { return host.substr(0, host.find(':')); }

}  // namespace

Site site_of(std::string_view public_address, std::string_view host) {
    if (host_name(host) == "localhost") return {.id = "localhost", .origin = "http://" + std::string(host)};
    constexpr std::string_view https = "https://";
    if (!public_address.starts_with(https)) return {};
    const auto rest = public_address.substr(https.size());
    const auto authority = rest.substr(0, rest.find('/'));
    return {.id = std::string(host_name(authority)), .origin = std::string(https) + std::string(authority)};
}

std::optional<PublicKey> read_key(std::string_view cose) {
    if (cose.size() > longest_key) return {};
    Cbor cbor(cose);
    const auto read = read_cose(cbor);
    if (!read || !cbor.rest().empty()) return {};
    return key_of(*read);
}

base::Result<Registration> read_registration(const Site& site, std::string_view client_data, std::string_view attestation_object) {
    TRY(auto challenge, challenge_of(client_data, "webauthn.create", site));
    const auto bytes = attestation_object.size() > longest_attestation ? std::nullopt : authenticator_data_of(attestation_object);
    if (!bytes) return tl::unexpected(refused("attestation"));
    TRY(const auto data, read_authenticator_data(*bytes, site));
    if (data.credential_id.empty()) return tl::unexpected(refused("credential"));
    if (!read_key(data.public_key)) return tl::unexpected(refused("key"));
    return Registration{.challenge = std::move(challenge),
                        .credential_id = std::string(data.credential_id),
                        .public_key = std::string(data.public_key),
                        .counter = data.counter};
}

base::Result<Assertion> check_assertion(const Site& site, std::string_view public_key, std::int64_t counter, const Answer& answer) {
    TRY(auto challenge, challenge_of(answer.client_data, "webauthn.get", site));
    TRY(const auto data, read_authenticator_data(answer.authenticator_data, site));
    const auto key = read_key(public_key);
    if (!key || !is_signed(*key, answer.authenticator_data + sha256(answer.client_data), answer.signature))
        return tl::unexpected(refused("signature"));
    if ((data.counter != 0 || counter != 0) && data.counter <= counter) return tl::unexpected(refused("counter"));
    return Assertion{.challenge = std::move(challenge), .counter = data.counter};
}

}  // namespace identity::webauthn
