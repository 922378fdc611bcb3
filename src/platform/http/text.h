#pragma once
// Small text work every part of the HTTP folder needs: percent encoding, UTF-8, tokens. Pure; nothing here throws on bad input.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace http {

bool same_ignoring_case(std::string_view a, std::string_view b);
std::string lower_ascii(std::string_view);
std::string_view trimmed(std::string_view);  // spaces and tabs off both ends
// Well-formed UTF-8: no overlong form, no surrogate, nothing above U+10FFFF.
bool is_utf8(std::string_view);
// RFC 9110 token: method and field names.
bool is_token(std::string_view);

enum class PlusMeans { plus, space };  // '+' is a space in forms and query strings, itself in paths
// Nothing for a broken "%4", for a NUL, and for what is no UTF-8 after decoding.
std::optional<std::string> percent_decode(std::string_view, PlusMeans);
// Everything but unreserved characters as %XX: safe inside one path segment and inside a query value.
std::string percent_encode(std::string_view);

// The non-empty members of a comma separated list, trimmed.
std::vector<std::string_view> list_members(std::string_view);

}  // namespace http
