#include "platform/sheets/encoding.h"

#include <algorithm>
#include <cstdint>

namespace sheets {
namespace {

// What Windows-1252 has where ISO 8859-1 has control characters.
constexpr char32_t windows[32] = {0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
                                  0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
                                  0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

std::string from_utf16(std::string_view bytes, bool big) {
    std::string out;
    out.reserve(bytes.size());
    const auto unit = [&](std::size_t i) {
        const auto a = static_cast<unsigned char>(bytes[i]), b = static_cast<unsigned char>(bytes[i + 1]);
        return static_cast<char32_t>(big ? a << 8 | b : b << 8 | a);
    };
    for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
        auto c = unit(i);
        if (c >= 0xD800 && c < 0xDC00 && i + 3 < bytes.size()) {
            const auto low = unit(i + 2);
            if (low >= 0xDC00 && low < 0xE000) {
                c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
                i += 2;
            }
        }
        append_utf8(out, c >= 0xD800 && c < 0xE000 ? 0xFFFD : c);
    }
    return out;
}

}  // namespace

void append_utf8(std::string& out, char32_t c) {
    if (c < 0x80) {
        out += static_cast<char>(c);
    } else if (c < 0x800) {
        out += static_cast<char>(0xC0 | c >> 6);
        out += static_cast<char>(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        out += static_cast<char>(0xE0 | c >> 12);
        out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
        out += static_cast<char>(0x80 | (c & 0x3F));
    } else {
        out += static_cast<char>(0xF0 | c >> 18);
        out += static_cast<char>(0x80 | (c >> 12 & 0x3F));
        out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
        out += static_cast<char>(0x80 | (c & 0x3F));
    }
}

bool is_utf8(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const auto first = static_cast<unsigned char>(text[i]);
        std::size_t more = 0;
        char32_t c = first;
        if (first < 0x80) {
            ++i;
            continue;
        }
        if (first >= 0xC2 && first < 0xE0)
            more = 1, c = first & 0x1Fu;
        else if (first >= 0xE0 && first < 0xF0)
            more = 2, c = first & 0x0Fu;
        else if (first >= 0xF0 && first < 0xF5)
            more = 3, c = first & 0x07u;
        else
            return false;
        if (more >= text.size() - i) return false;
        for (std::size_t k = 1; k <= more; ++k) {
            const auto next = static_cast<unsigned char>(text[i + k]);
            if ((next & 0xC0) != 0x80) return false;
            c = c << 6 | (next & 0x3Fu);
        }
        if ((more == 2 && c < 0x800) || (more == 3 && (c < 0x10000 || c > 0x10FFFF)) || (c >= 0xD800 && c < 0xE000)) return false;
        i += more + 1;
    }
    return true;
}

Decoded decode(std::string_view bytes) {
    const auto utf16 = [](std::string_view units, bool big) -> Decoded {
        auto text = from_utf16(units, big);
        if (text.find('\0') != std::string::npos) return {};
        return {std::move(text), "UTF-16"};
    };
    if (bytes.starts_with("\xFF\xFE")) return utf16(bytes.substr(2), false);
    if (bytes.starts_with("\xFE\xFF")) return utf16(bytes.substr(2), true);
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    // Without a mark: western text in UTF-16 has a zero in every other byte.
    const auto head = bytes.substr(0, 4096);
    std::size_t even = 0, odd = 0;
    for (std::size_t i = 0; i < head.size(); ++i)
        if (head[i] == 0) ++(i % 2 == 0 ? even : odd);
    if (odd > head.size() / 4 && even < head.size() / 16) return utf16(bytes, false);
    if (even > head.size() / 4 && odd < head.size() / 16) return utf16(bytes, true);
    if (bytes.find('\0') != std::string_view::npos) return {};
    if (is_utf8(bytes)) return {std::string(bytes), "UTF-8"};
    std::string out;
    out.reserve(bytes.size() + bytes.size() / 16);
    for (const char byte : bytes) {
        const auto c = static_cast<unsigned char>(byte);
        append_utf8(out, c >= 0x80 && c < 0xA0 ? windows[c - 0x80] : c);
    }
    return {std::move(out), "Windows-1252"};
}

}  // namespace sheets
