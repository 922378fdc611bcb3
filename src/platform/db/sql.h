#pragma once
// Reading SQL just far enough: where parameters stand, where statements end (inside platform/db only).
#include <string>
#include <string_view>
#include <vector>

#include "platform/db/db.h"

namespace db {

// A statement cut at its parameters: literal text, then the parameter that follows it (-1 behind the last).
struct ParsedSql {
    struct Piece {
        std::string text;
        int parameter = -1;
    };
    std::vector<Piece> pieces;
    std::vector<std::string> names;  // each once, in the order in which they appear first
};
// :name outside of literals, quoted names and comments; `::type` is a cast.
ParsedSql parse(std::string_view sql);

// Where the literal, quoted name or comment that begins at `at` ends; `at` itself if none begins there.
std::size_t skip_quoted(std::string_view sql, std::size_t at);

// The given parameters in the order of `names`. A missing, superfluous or repeated one is an Error, and so is what only one engine would
// take: text that is not UTF-8 or holds NUL, a number that is not finite.
base::Result<std::vector<const Parameter*>> arrange(const ParsedSql&, const Parameters&, std::string_view sql);

bool is_plain_utf8(std::string_view);  // valid, and without NUL

}  // namespace db
