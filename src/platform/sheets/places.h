#pragma once
#include <vector>

#include "platform/base/result.h"

namespace sheets {

// What is told of cells ("C7", "Tabelle1!C7"), in the order people go through a sheet: by sheet, row and column. What belongs to no cell comes first.
void in_reading_order(std::vector<base::FieldError>&);

}  // namespace sheets
