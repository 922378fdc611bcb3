#pragma once
// The second factor: codes of six digits that change every 30 seconds (RFC 6238 with SHA-1, what every authenticator app speaks). Pure.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/day.h"

namespace identity {

std::int64_t totp_step(base::Instant);                                              // RFC 6238 4.2, T0 = 0, X = 30
std::string totp_code(std::string_view secret, std::int64_t step, int digits = 6);  // RFC 4226 5.3

// The step a code belongs to: this one, the one before or the one after (clocks differ), but none that was used already. Blanks do not matter.
std::optional<std::int64_t> totp_match(std::string_view secret, std::string_view typed, base::Instant now, std::int64_t used_last);

std::string new_totp_secret();  // 20 random bytes
std::string base32(std::string_view bytes);
// otpauth://totp/… for the QR code (Key Uri Format).
std::string totp_uri(std::string_view secret, std::string_view issuer, std::string_view account);

// "k3f9-m2qx-7hwd": no letter that looks like a digit.
std::vector<std::string> new_recovery_codes();
std::string normal_recovery_code(std::string_view typed);

// A text as a QR code: an SVG to stand in a page, dark on light whatever the colours around it (libqrencode). Empty when the text is too long.
std::string qr_svg(const std::string& text, const std::string& label);

}  // namespace identity
