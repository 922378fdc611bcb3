#pragma once
// How both engines say what went wrong (inside platform/db only).
#include <string>
#include <string_view>

#include "platform/db/db.h"

namespace db {

base::Error failed(Failure, std::string detail);
// The statement an error belongs to, on one line and not too long. Statements hold no values, so a log may show them.
std::string shortened(std::string_view sql);
// A programmer's mistake, like a column that is not there: says so and ends the program, in every build. A wrong record would be worse.
[[noreturn]] void mistake(const std::string& what);

}  // namespace db
