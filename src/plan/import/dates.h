#pragma once
#include "plan/import/document.h"
#include "plan/import/sentences.h"

namespace plan::importing {

struct FoundTimes {
    std::vector<FoundDate> dates;
    std::string rhythm, rhythm_words;
    std::string yearly_due;  // "12-31"
};
// Days by which something is to be done, and how often. "Mitte 2018" is 30 June, "im Jahr 2020" its last day; "seit 2015" is no deadline.
FoundTimes times_in(std::string_view sentence, const std::vector<Word>&);
std::vector<FoundQuantity> quantities_in(std::string_view sentence, const std::vector<Word>&);
// A cell of a table's column "Frist": a year alone is a deadline there.
FoundTimes times_in_cell(std::string_view cell);

}  // namespace plan::importing
