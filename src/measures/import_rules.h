#pragma once
// An existing list of measures, with whatever columns somebody once gave it: which column is which field, and what its cells mean. Pure.
#include <set>

#include "measures/fields.h"
#include "platform/sheets/table.h"

namespace measures {

// By column: the name of a field, or "" where the column is left out. Several columns may be the note or the description; each is then
// written below the other with its heading.
using Mapping = std::vector<std::string>;
Mapping proposed_mapping(const sheets::Table&, const sheets::Sheet&);
// How one set of headings is known again.
std::string heading_key(const sheets::Table&);
std::string to_text(const Mapping&);
Mapping mapping_of(std::string_view text, std::size_t columns);
// Fields that may be chosen for a column, in order.
bool may_be_mapped(std::string_view field);
// Two columns for one field, or none for the title.
std::vector<base::FieldError> mistakes_in(const Mapping&, const sheets::Table&);

// What the words of the file may mean.
struct Known {
    struct Office {
        std::string key, name, short_name;
    };
    std::vector<Office> offices;
    std::string plan;  // the concept in force
    std::vector<StatementRef> statements;
    std::map<std::string, std::string> choices;              // "art:Einzelmaßnahme", folded → "single"
    std::map<std::string, std::string> titles;               // folded title → number of a measure that has it
    std::set<std::string> keys;                              // numbers there are
    std::map<std::string, std::set<StatementRef>> rests_on;  // by number: what a measure rests on already, be it still there or not
};

struct ReadRow {
    std::size_t row = 0;  // of the sheet
    Fields fields;
    std::optional<Resource> means;
    std::string like;  // number of a measure with the same title, or the place of a row above; empty: none
};
struct ListReading {
    std::vector<ReadRow> rows;
    std::vector<base::FieldError> mistakes;  // field: the place, "Tabelle1!C7"
};
ListReading read_rows(const sheets::Sheet&, const sheets::Table&, const Mapping&, const Known&);
// The place of a field's column in a row; of the first column when the field has none.
std::string place_of(const sheets::Sheet&, const Mapping&, std::size_t row, std::string_view field);

// "2018", "2018 - 2020", "06/2018", "II. Quartal 2018", "Juni 2018", "seit 2019", "bis 30.06.2019", "01.01.2018–31.12.2019".
struct FoundPeriod {
    std::optional<base::Day> from, until;
    friend bool operator==(const FoundPeriod&, const FoundPeriod&) = default;
};
std::optional<FoundPeriod> period_of(std::string_view text);

}  // namespace measures
