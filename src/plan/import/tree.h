#pragma once
#include "plan/import/headings.h"

namespace plan::importing {

// Clauses with headings, texts and parents, in order; statements are not looked for yet. Every letter of the lines is in a heading, a
// number or a text.

// A row of a table of measures, kept beside the clause it became.
struct MeasureRow {
    std::size_t clause;  // index into the plan's clauses
    std::string title, bearers, date;
};
FoundPlan build_tree(const Document&, std::vector<Heading>, std::vector<MeasureRow>& rows);

// Begins an item of a list: "– ", "• ", "a) ", "1. ".
bool is_list_item(std::string_view);

}  // namespace plan::importing
