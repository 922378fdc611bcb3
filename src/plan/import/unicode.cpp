#include "plan/import/unicode.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

namespace plan::importing {
namespace {

bool is_utf8(std::string_view bytes) {
    for (std::size_t i = 0; i < bytes.size();) {
        const auto c = static_cast<unsigned char>(bytes[i]);
        std::size_t more = 0;
        if (c < 0x80)
            more = 0;
        else if (c >= 0xC2 && c <= 0xDF)
            more = 1;
        else if (c >= 0xE0 && c <= 0xEF)
            more = 2;
        else if (c >= 0xF0 && c <= 0xF4)
            more = 3;
        else
            return false;
        if (i + more >= bytes.size() && more > 0) return false;
        for (std::size_t k = 1; k <= more; ++k)
            if ((static_cast<unsigned char>(bytes[i + k]) & 0xC0) != 0x80) return false;
        if (c == 0xE0 && static_cast<unsigned char>(bytes[i + 1]) < 0xA0) return false;
        if (c == 0xED && static_cast<unsigned char>(bytes[i + 1]) > 0x9F) return false;
        if (c == 0xF0 && static_cast<unsigned char>(bytes[i + 1]) < 0x90) return false;
        if (c == 0xF4 && static_cast<unsigned char>(bytes[i + 1]) > 0x8F) return false;
        i += more + 1;
    }
    return true;
}

// 0x80 to 0x9F of Windows-1252; Latin-1 has control characters there that no text uses. 0 marks the five unused places.
constexpr char32_t windows_1252[32] = {0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
                                       0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
                                       0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

std::string from_utf16(std::string_view bytes, bool big_endian) {
    std::string out;
    const auto unit = [&](std::size_t i) {
        const auto a = static_cast<unsigned char>(bytes[i]), b = static_cast<unsigned char>(bytes[i + 1]);
        return static_cast<char32_t>(big_endian ? a << 8 | b : b << 8 | a);
    };
    for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
        char32_t c = unit(i);
        if (c >= 0xD800 && c <= 0xDBFF && i + 3 < bytes.size()) {
            const char32_t low = unit(i + 2);
            if (low >= 0xDC00 && low <= 0xDFFF) {
                c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
                i += 2;
            }
        }
        if (c >= 0xD800 && c <= 0xDFFF) c = 0xFFFD;
        append(out, c);
    }
    return out;
}

}  // namespace

char32_t next(std::string_view text, std::size_t& at) {
    const auto c = static_cast<unsigned char>(text[at]);
    const auto follow = [&](std::size_t k) -> char32_t {
        return at + k < text.size() && (static_cast<unsigned char>(text[at + k]) & 0xC0) == 0x80 ? static_cast<unsigned char>(text[at + k]) & 0x3F
                                                                                                 : 0xFFFFFFFF;
    };
    if (c < 0x80) {
        ++at;
        return c;
    }
    const std::size_t size = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : c >= 0xC2 ? 2 : 1;
    char32_t out = size == 4 ? c & 0x07 : size == 3 ? c & 0x0F : c & 0x1F;
    if (size == 1) {
        ++at;
        return 0xFFFD;
    }
    for (std::size_t k = 1; k < size; ++k) {
        const auto f = follow(k);
        if (f == 0xFFFFFFFF) {
            ++at;
            return 0xFFFD;
        }
        out = out << 6 | f;
    }
    at += size;
    return out;
}

char32_t first_of(std::string_view text) {
    std::size_t at = 0;
    return text.empty() ? 0 : next(text, at);
}

char32_t last_of(std::string_view text) {
    if (text.empty()) return 0;
    std::size_t at = text.size() - 1;
    while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) --at;
    return next(text, at);
}

void append(std::string& out, char32_t c) {
    if (c < 0x80) {
        out += static_cast<char>(c);
    } else if (c < 0x800) {
        out += static_cast<char>(0xC0 | (c >> 6));
        out += static_cast<char>(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        out += static_cast<char>(0xE0 | (c >> 12));
        out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
        out += static_cast<char>(0x80 | (c & 0x3F));
    } else {
        out += static_cast<char>(0xF0 | (c >> 18));
        out += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
        out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
        out += static_cast<char>(0x80 | (c & 0x3F));
    }
}

std::size_t length(std::string_view text) {
    std::size_t n = 0;
    for (const char c : text) n += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    return n;
}

bool is_letter(char32_t c) {
    if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return u_isalpha(static_cast<UChar32>(c));
}
bool is_upper(char32_t c) { return c < 0x80 ? c >= 'A' && c <= 'Z' : static_cast<bool>(u_isupper(static_cast<UChar32>(c))); }
bool is_lower(char32_t c) { return c < 0x80 ? c >= 'a' && c <= 'z' : static_cast<bool>(u_islower(static_cast<UChar32>(c))); }
bool is_space(char32_t c) { return c == ' ' || c == '\t' || c == 0xA0 || c == 0x202F || (c >= 0x2000 && c <= 0x200B) || c == 0xFEFF || c == '\v'; }
bool is_dash(char32_t c) { return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212; }

std::string lower(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        const auto c = next(text, i);
        append(out, c < 0x80 ? (c >= 'A' && c <= 'Z' ? c + 32 : c) : static_cast<char32_t>(u_tolower(static_cast<UChar32>(c))));
    }
    return out;
}

std::string trim(std::string_view text) {
    std::size_t begin = 0;
    while (begin < text.size()) {
        std::size_t at = begin;
        if (!is_space(next(text, at))) break;
        begin = at;
    }
    std::size_t end = text.size();
    while (end > begin) {
        const auto c = last_of(text.substr(begin, end - begin));
        if (!is_space(c)) break;
        std::string one;
        append(one, c);
        end -= one.size();
    }
    return std::string(text.substr(begin, end - begin));
}

std::string squeeze(std::string_view text) {
    std::string out;
    bool space = false;
    for (std::size_t i = 0; i < text.size();) {
        const auto c = next(text, i);
        if (is_space(c)) {
            space = !out.empty();
            continue;
        }
        if (space) out += ' ';
        space = false;
        append(out, c);
    }
    return out;
}

std::string nfc(std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    const auto* normalizer = icu::Normalizer2::getNFCInstance(status);
    if (U_FAILURE(status)) return std::string(text);
    // U+0300 is the first character composition looks at: a text without any such is its own NFC.
    bool plain = true;
    for (const char c : text) plain = plain && static_cast<unsigned char>(c) < 0xCC;
    if (plain) return std::string(text);
    const auto unicode = icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
    const auto composed = normalizer->normalize(unicode, status);
    if (U_FAILURE(status)) return std::string(text);
    std::string out;
    composed.toUTF8String(out);
    return out;
}

std::vector<std::string> split(std::string_view text, char separator) {
    std::vector<std::string> out;
    for (std::size_t begin = 0;;) {
        const auto end = text.find(separator, begin);
        out.emplace_back(text.substr(begin, end == std::string_view::npos ? end : end - begin));
        if (end == std::string_view::npos) return out;
        begin = end + 1;
    }
}

bool starts_with_any(std::string_view text, std::initializer_list<std::string_view> beginnings) {
    for (const auto b : beginnings)
        if (text.starts_with(b)) return true;
    return false;
}

base::Result<Decoded> decode(std::string_view bytes) {
    Decoded out;
    const auto no_text = [] {
        return base::invalid(
            "file",
            base::message(
                "This file is not a text: it holds bytes no text has. Please choose the document itself (PDF, DOCX, ODT or plain text), not a program, picture or archive."));
    };
    if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
        out = {from_utf16(bytes.substr(2), bytes.starts_with("\xFE\xFF")), "UTF-16"};
    } else if (bytes.starts_with("\xEF\xBB\xBF") && is_utf8(bytes.substr(3))) {
        out = {std::string(bytes.substr(3)), "UTF-8"};
    } else if (is_utf8(bytes)) {
        out = {std::string(bytes), "UTF-8"};
    } else {
        out.encoding = "Windows-1252";
        std::size_t high = 0;
        for (const char b : bytes) {
            const auto c = static_cast<unsigned char>(b);
            high += c >= 0x80;
            if (c >= 0x80 && c < 0xA0) {
                if (windows_1252[c - 0x80] == 0) return no_text();
                append(out.text, windows_1252[c - 0x80]);
            } else {
                append(out.text, c);
            }
        }
        if (high * 3 > bytes.size()) return no_text();
    }
    std::size_t odd = 0;
    for (const char b : out.text) {
        const auto c = static_cast<unsigned char>(b);
        if (c == 0) return no_text();
        odd += c < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != '\v';
    }
    if (odd * 50 > out.text.size()) return no_text();
    out.text = nfc(out.text);
    return out;
}

}  // namespace plan::importing
