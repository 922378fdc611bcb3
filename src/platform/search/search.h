#pragma once
// Search keys: the same function on the words of a text and of a question, so that "Massnahme" finds "Maßnahmen" on either engine.
#include <string>
#include <string_view>
#include <vector>

namespace search {

// Folded and stemmed words, in order: case, accents, ä/ae, ß/ss and German endings make no difference. Words of one letter and the
// commonest little words are left out.
std::vector<std::string> stems(std::string_view text);

// For a column: " stem stem stem ", so that like '% stem%' finds words that begin with a stem.
std::string column(std::string_view text);

}  // namespace search
