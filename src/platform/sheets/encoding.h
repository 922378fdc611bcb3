#pragma once
#include <string>
#include <string_view>

namespace sheets {

// Found out from marks, from zero bytes and from whether it is well-formed UTF-8. "" as name: this is no text.
struct Decoded {
    std::string text;  // UTF-8 without a mark
    std::string_view encoding;
};
Decoded decode(std::string_view bytes);

bool is_utf8(std::string_view);
void append_utf8(std::string& out, char32_t);

}  // namespace sheets
