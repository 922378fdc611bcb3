#pragma once
#include <string>
#include <string_view>

namespace sheets {

// Against formulas in CSV ("=HYPERLINK(…)" in a title): such text gets one apostrophe in front, and text that would look guarded one more, so that
// guarding and taking off are exact opposites. Plain numbers ("-3,5") stay as they are.
bool needs_guard(std::string_view text);
bool is_guarded(std::string_view text);

}  // namespace sheets
