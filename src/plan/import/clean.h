#pragma once
// From raw text to lines of reading order: columns undone, running heads, page numbers and notes told apart, double spacing seen through.
#include "plan/import/document.h"

namespace plan::importing {

Document clean(std::string_view text);  // UTF-8 in NFC; form feeds are page ends

// Puts a broken word together: "Integrations-" + "konzept" is one word, "Grund-" + "und Regelschulen" are two with a hyphen that stays.
std::string join_lines(std::string_view first, std::string_view second);
// All lines as one paragraph.
std::string join_lines(const std::vector<std::string>& lines);

// Ends a sentence: . ! ? … or :, closing quotes and brackets behind it included.
bool ends_sentence(std::string_view);
// Nearly all letters are capitals.
bool in_capitals(std::string_view);

}  // namespace plan::importing
