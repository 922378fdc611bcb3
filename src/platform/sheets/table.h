#pragma once
// A sheet as a list: a row of headings, and records below it.
#include "platform/sheets/api.h"

namespace sheets {

struct Table {
    std::size_t sheet = 0;              // in the workbook
    std::size_t heading_row = 0;        // in its rows; titles and remarks above it are passed over
    std::vector<std::string> headings;  // as many as there are columns; "" where one has none
    std::vector<std::size_t> records;   // rows of the sheet that hold anything
    friend bool operator==(const Table&, const Table&) = default;
};

// The list of a workbook: the first visible sheet that has one. Its headings are the first row with at least two different texts that is as wide
// as the rows below it. invalid_input when there is none.
base::Result<Table> table_of(const Workbook&);

// For comparing headings: "Verantwortliche Stelle *" and "verantwortliche  stelle" are one.
std::string folded(std::string_view heading);

}  // namespace sheets
