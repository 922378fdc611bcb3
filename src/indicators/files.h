#pragma once
// The list of values as a file: what goes out can be read in again.
#include "indicators/rules.h"
#include "indicators/store.h"
#include "platform/sheets/api.h"

namespace indicators {

std::vector<sheets::Column> file_columns();
// One row for each value that counts.
base::Result<void> write_values(sheets::Writer&, const std::vector<std::pair<Indicator, std::vector<Value>>>&);

// What a file would do. Taken over whole or not at all: every mistake with its cell.
struct Row {
    Indicator indicator;
    Value value;
    std::string corrects;  // evidence of the value it replaces; empty: a new one
    std::string reason;
};
struct Reading {
    std::vector<Row> rows;
    std::size_t unchanged = 0;
    std::vector<base::FieldError> mistakes;
};
base::Result<Reading> read_values(std::string_view bytes, const std::vector<std::pair<Indicator, std::vector<Value>>>& known, base::Day today);

}  // namespace indicators
