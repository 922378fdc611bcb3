#include "platform/web/url.h"

#include <algorithm>

namespace web {

std::string url_encode(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const bool plain = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
        if (plain) {
            out += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out += '%';
        out += digits[byte >> 4];
        out += digits[byte & 15];
    }
    return out;
}

Url Url::without(std::string_view name) const {
    Url changed(*this);
    std::erase_if(changed.query_, [&](const auto& item) { return item.first == name; });
    return changed;
}

Url Url::with(std::string_view name, std::string_view value) const { return value.empty() ? without(name) : without(name).and_with(name, value); }

Url Url::and_with(std::string_view name, std::string_view value) const {
    Url changed(*this);
    changed.query_.emplace_back(name, value);
    return changed;
}

std::string Url::str() const {
    std::string out;
    for (const char c : path_) out += c == '/' ? std::string("/") : url_encode(std::string_view(&c, 1));
    char separator = '?';
    for (const auto& [name, value] : query_) {
        out += separator + url_encode(name) + "=" + url_encode(value);
        separator = '&';
    }
    return out;
}

std::string local_path(std::string_view candidate) {
    // "//host" and "/\host" are other sites to a browser; a control character could split a header.
    if (candidate.empty() || candidate[0] != '/' || candidate.starts_with("//") || candidate.starts_with("/\\")) return "/";
    if (std::any_of(candidate.begin(), candidate.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f || c == '\\'; }))
        return "/";
    return std::string(candidate);
}

}  // namespace web
