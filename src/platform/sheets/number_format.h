#pragma once
// What a style of a spreadsheet makes of a number: whether it is a day, a moment or a time of day.
#include <optional>
#include <string_view>

#include "platform/sheets/api.h"

namespace sheets {

enum class Reading { number, day, moment, time, elapsed };
Reading reading_of(int format_id);          // the built-in formats
Reading reading_of(std::string_view code);  // "dd.mm.yyyy", "[h]:mm", "#,##0.00 \"m\"" …

enum class DateSystem { since_1900, since_1904 };
// A serial number as the cell shows it. Numbers outside what a spreadsheet can show as a day stay numbers; the 29th of February 1900, which
// spreadsheets know and the calendar does not, is a fault.
Cell dated(double serial, Reading, DateSystem);

}  // namespace sheets
