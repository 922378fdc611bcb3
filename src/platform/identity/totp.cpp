#include "platform/identity/totp.h"

#include <fmt/format.h>
#include <openssl/hmac.h>
#include <qrencode.h>
#include <sodium.h>

#include "platform/web/html.h"
#include "platform/web/url.h"

namespace identity {
namespace {

constexpr std::string_view recovery_letters = "abcdefghjkmnpqrstuvwxyz23456789";

}  // namespace

std::int64_t totp_step(base::Instant at) { return std::chrono::duration_cast<std::chrono::seconds>(at.time_since_epoch()).count() / 30; }

std::string totp_code(std::string_view secret, std::int64_t step, int digits) {
    unsigned char counter[8];
    for (int i = 0; i < 8; ++i) counter[i] = static_cast<unsigned char>(static_cast<std::uint64_t>(step) >> (8 * (7 - i)));
    unsigned char mac[EVP_MAX_MD_SIZE];
    unsigned int length = 0;
    HMAC(EVP_sha1(), secret.data(), static_cast<int>(secret.size()), counter, sizeof counter, mac, &length);
    const auto offset = mac[19] & 15u;
    const std::uint32_t value = (mac[offset] & 0x7Fu) << 24 | static_cast<std::uint32_t>(mac[offset + 1]) << 16 |
                                static_cast<std::uint32_t>(mac[offset + 2]) << 8 | mac[offset + 3];
    std::uint32_t power = 1;
    for (int i = 0; i < digits; ++i) power *= 10;
    return fmt::format("{:0{}}", value % power, digits);
}

std::optional<std::int64_t> totp_match(std::string_view secret, std::string_view typed, base::Instant now, std::int64_t used_last) {
    std::string code;
    for (const char c : typed)
        if (c != ' ') code += c;
    if (code.size() != 6) return {};
    std::optional<std::int64_t> found;
    for (const std::int64_t shift : {-1, 0, 1}) {
        const auto step = totp_step(now) + shift;
        const bool equal = sodium_memcmp(totp_code(secret, step).data(), code.data(), code.size()) == 0;
        if (equal && step > used_last) found = step;
    }
    return found;
}

std::string new_totp_secret() {
    std::string out(20, '\0');
    randombytes_buf(out.data(), out.size());
    return out;
}

std::string base32(std::string_view bytes) {
    static constexpr char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    std::string out;
    std::uint32_t held = 0;
    int bits = 0;
    for (const char c : bytes) {
        held = held << 8 | static_cast<unsigned char>(c);
        for (bits += 8; bits >= 5; bits -= 5) out += letters[held >> (bits - 5) & 31];
    }
    if (bits > 0) out += letters[held << (5 - bits) & 31];
    return out;
}

std::string totp_uri(std::string_view secret, std::string_view issuer, std::string_view account) {
    return "otpauth://totp/" + web::url_encode(issuer) + ":" + web::url_encode(account) + "?secret=" + base32(secret) +
           "&issuer=" + web::url_encode(issuer);
}

std::vector<std::string> new_recovery_codes() {
    std::vector<std::string> out;
    for (int i = 0; i < 10; ++i) {
        std::string code;
        for (int letter = 0; letter < 12; ++letter) {
            if (letter == 4 || letter == 8) code += '-';
            code += recovery_letters[randombytes_uniform(static_cast<std::uint32_t>(recovery_letters.size()))];
        }
        out.push_back(code);
    }
    return out;
}

std::string normal_recovery_code(std::string_view typed) {
    std::string out;
    for (const char c : typed) {
        const char small = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        if (recovery_letters.find(small) != std::string_view::npos) out += small;
    }
    return out;
}

std::string qr_svg(const std::string& text, const std::string& label) {
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(QRcode_encodeString8bit(text.c_str(), 0, QR_ECLEVEL_M), QRcode_free);
    if (!code) return {};
    const int width = code->width, quiet = 4;  // ISO 18004 asks for a margin of four modules
    std::string path;
    for (int y = 0; y < width; ++y)
        for (int x = 0; x < width; ++x)
            if (code->data[y * width + x] & 1) path += fmt::format("M{} {}h1v1h-1z", x + quiet, y + quiet);
    return fmt::format(
        "<svg class=\"app-qr\" role=\"img\" aria-label=\"{0}\" width=\"240\" height=\"240\" viewBox=\"0 0 {1} {1}\" shape-rendering=\"crispEdges\">"
        "<rect width=\"{1}\" height=\"{1}\" fill=\"#fff\"/><path fill=\"#000\" d=\"{2}\"/></svg>",
        web::escape(label), width + 2 * quiet, path);
}

}  // namespace identity
