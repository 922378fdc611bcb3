#pragma once
// Finds where clauses begin. Every line that starts like a number is a candidate; which of them are headings is decided by the sequence
// they make: 5.4.1.8 may follow 5.4.1.7, while "31. Dezember" and the items of a list fit nowhere.
#include "plan/import/document.h"

namespace plan::importing {

enum class Family { decimal, letter, roman, section_sign, paragraph, label, annex, level };

struct Heading {
    std::size_t line = 0;  // index into the document's lines
    Family family = Family::decimal;
    std::string label;         // "Maßnahme" of a label family
    std::vector<int> parts;    // 5.4.1.8 → {5, 4, 1, 8}; letters and Roman numerals count from 1
    std::string number;        // as it is shown: "5.4.1.8", "A.1", "IV", "Maßnahme 3.2.4", "§ 4 (1)"
    std::size_t borrowed = 0;  // bytes of the number that stand in the line of the section above, "§ 4 " of "§ 4 (1)"
    std::size_t rest = 0;      // where the words begin in the line
    std::vector<std::string> heading_lines;
    std::size_t text_line = 0;    // first line of the text
    std::size_t text_offset = 0;  // and where in it the text begins
    bool printed = true;          // false where the number comes from a heading's level alone
    int score = 0;
};

std::vector<Heading> find_headings(const Document&);

// The number at the start of a line, as any of the families; nothing for "31. Dezember", "7,6 %", "§ 23 Abs. 1".
std::vector<Heading> candidates_in(const std::string& line);

// Keeps the sequence of candidates of one family that fits together best. `outer` are lines at which a sequence may begin again.
std::vector<Heading> best_sequence(const std::vector<Heading>&, const std::vector<std::size_t>& outer);

}  // namespace plan::importing
