#pragma once
// The little Unicode the import needs: decoding what people save as "text", and classes and case of single letters.
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/result.h"

namespace plan::importing {

// One code point at `at`, which moves behind it. A broken byte is U+FFFD and one byte long.
char32_t next(std::string_view text, std::size_t& at);
char32_t first_of(std::string_view);  // 0 when empty
char32_t last_of(std::string_view);
void append(std::string& out, char32_t);
std::size_t length(std::string_view);  // in code points

bool is_letter(char32_t);
bool is_upper(char32_t);
bool is_lower(char32_t);
inline bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }
bool is_space(char32_t);  // the no-break and thin spaces of word processors, too
bool is_dash(char32_t);   // - – — ‐ ‑ −

std::string lower(std::string_view);
std::string trim(std::string_view);
// Runs of spaces become one; the ends are cut.
std::string squeeze(std::string_view);
std::string nfc(std::string_view);
std::vector<std::string> split(std::string_view, char separator);
bool starts_with_any(std::string_view, std::initializer_list<std::string_view>);

// Text of unknown encoding as UTF-8 in NFC: UTF-8 with or without mark, UTF-16, else Windows-1252 (which Latin-1 text is a part of).
// Bytes no text has (NUL, most control characters) make it an error that says so.
struct Decoded {
    std::string text;
    std::string encoding;  // "UTF-8", "UTF-16", "Windows-1252"
};
base::Result<Decoded> decode(std::string_view bytes);

}  // namespace plan::importing
