#include "platform/web/flash.h"

#include <vector>

#include <sodium.h>

#include "platform/web/url.h"

namespace web {
namespace {

constexpr std::size_t longest = 2000;  // browsers drop cookies beyond 4096 bytes
constexpr char parting = '\x1f';

std::string_view tone_name(Tone tone) {
    switch (tone) {
        case Tone::info: return "info";
        case Tone::success: return "success";
        case Tone::warning: return "warning";
        case Tone::danger: return "danger";
    }
    return "info";
}

// Cut between two characters, not inside one.
std::string shortened(std::string text) {
    if (text.size() <= longest) return text;
    auto end = longest;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    return text.substr(0, end) + "…";
}

}  // namespace

std::string packed(const Flash& flash) {
    std::string plain(tone_name(flash.tone));
    for (const auto& part : {shortened(flash.text), flash.action_label, flash.action_url}) plain += parting + part;
    std::string out(sodium_base64_encoded_len(plain.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING), '\0');
    sodium_bin2base64(out.data(), out.size(), reinterpret_cast<const unsigned char*>(plain.data()), plain.size(),
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    out.pop_back();  // the terminating zero
    return out;
}

std::optional<Flash> unpacked(std::string_view cookie) {
    if (cookie.empty() || cookie.size() > 4096) return std::nullopt;
    std::string plain(cookie.size(), '\0');
    std::size_t length = 0;
    if (sodium_base642bin(reinterpret_cast<unsigned char*>(plain.data()), plain.size(), cookie.data(), cookie.size(), nullptr, &length, nullptr,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0)
        return std::nullopt;
    plain.resize(length);
    std::vector<std::string> parts(1);
    for (const char c : plain) {
        if (c == parting)
            parts.emplace_back();
        else
            parts.back() += c;
    }
    if (parts.size() != 4 || parts[1].empty()) return std::nullopt;
    Flash flash;
    for (const auto tone : {Tone::info, Tone::success, Tone::warning, Tone::danger})
        if (tone_name(tone) == parts[0]) flash.tone = tone;
    flash.text = parts[1];
    if (!parts[3].empty() && local_path(parts[3]) == parts[3]) {
        flash.action_label = parts[2];
        flash.action_url = parts[3];
    }
    return flash;
}

}  // namespace web
