#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "platform/web/context.h"

namespace web {

// The message travels in a cookie that the next page shows and clears, so that no server process has to remember it. Whoever can set
// a cookie could forge one: its text is escaped like any other, and its action may only point into this site.
inline constexpr std::string_view flash_cookie = "meldung";
std::string packed(const Flash&);
std::optional<Flash> unpacked(std::string_view cookie);

}  // namespace web
