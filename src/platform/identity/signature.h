#pragma once
// Signatures of others, checked by libcrypto: ID tokens of a provider, assertions of a passkey. Pure.
#include <optional>
#include <string>
#include <string_view>

namespace identity {

enum class KeyKind { rsa, p256, ed25519 };
// A public key as its numbers in bytes, most significant first.
struct PublicKey {
    KeyKind kind = KeyKind::p256;
    std::string first;   // n of RSA, x of the others
    std::string second;  // e of RSA, y of P-256, nothing of Ed25519
};
// Whether the numbers are a key we trust: RSA from 2048 bits on, a point of the curve.
bool is_usable(const PublicKey&);
// SHA-256 with RSA (PKCS #1 v1.5) or ECDSA (ASN.1); Ed25519 as it is.
bool is_signed(const PublicKey&, std::string_view content, std::string_view signature);
// r and s side by side (RFC 7518 3.4) as ASN.1; empty when it is no such pair.
std::string ecdsa_der(std::string_view raw);

std::string base64url(std::string_view bytes);
std::optional<std::string> from_base64url(std::string_view text);
std::string sha256(std::string_view text);

}  // namespace identity
