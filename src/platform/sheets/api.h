#pragma once
// Tables from and for spreadsheets: CSV as Excel and others write it, and XLSX. Files come from strangers: nothing in one can make reading take more
// memory or time than the limits allow, and every mistake is told with the cell it stands in.
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "platform/base/day.h"
#include "platform/base/money.h"
#include "platform/base/result.h"

namespace sheets {

// A day with a time of day, without a zone: what a spreadsheet holds.
struct Moment {
    base::Day day{};
    int second = 0;  // of the day
    friend bool operator==(const Moment&, const Moment&) = default;
};
// A formula that came to nothing: "#REF!", "#NAME?". What to make of it is the caller's business; text_of() gives the code.
struct Fault {
    std::string code;
    friend bool operator==(const Fault&, const Fault&) = default;
};

// What a cell holds. CSV knows text only. Amounts are written, never read: a number that comes back is a double, amount_of() reads it.
using Cell = std::variant<std::monostate, std::string, double, bool, base::Day, Moment, base::Cents, Fault>;

bool is_empty(const Cell&);  // also a text of nothing but spaces
// What a person sees, as Germans write it: "1234,5", "30.06.2018", "30.06.2018 14:05", "ja", "nein", without spaces at the ends. It can be
// given to base::parse_day and base::parse_amount.
std::string text_of(const Cell&);
std::optional<base::Day> day_of(const Cell&);  // a day, a moment's day, or text that is one
std::optional<base::Cents> amount_of(const Cell&);
std::optional<double> number_of(const Cell&);  // "1.234,5", "12" and numbers

// Cells that were merged show the value of their first one in all of them.
struct Merge {
    int first_row = 0, first_column = 0, last_row = 0, last_column = 0;  // 0-based, both ends within
    friend bool operator==(const Merge&, const Merge&) = default;
};

struct Sheet {
    std::string name;                     // "" for CSV
    std::vector<std::vector<Cell>> rows;  // of different lengths; empty rows within are kept
    std::vector<int> lines;               // for each row: its number in the spreadsheet, or the line of the text it begins in; 1-based
    std::vector<Merge> merges;
    bool hidden = false;
    // "Tabelle1!C7", and for CSV "C7" where 7 is the line: how a mistake is named.
    std::string place(std::size_t row, std::size_t column) const;
};

enum class Format { csv, xlsx };
struct Workbook {
    Format format = Format::csv;
    std::vector<Sheet> sheets;  // at least one
    std::string encoding;       // CSV: "UTF-8", "Windows-1252", "UTF-16"
    char separator = 0;         // CSV: what was found out
};

struct Limits {
    std::uint64_t file = 20u << 20;
    std::uint64_t unpacked = 256u << 20;  // all parts of an XLSX together, counted while unpacking
    std::size_t sheets = 100;
    std::size_t rows = 200'000;        // of one sheet
    std::size_t columns = 1'000;       // of one sheet
    std::size_t cells = 2'000'000;     // of all sheets, the empty ones between included
    std::size_t cell_bytes = 131'072;  // of one text; Excel itself allows 32,767 characters
    std::size_t mistakes = 100;        // told at once; the rest is counted
};

// The bytes of a file. CSV or XLSX is found out from the content, not from a name. Errors are invalid_input (or too_large) with all mistakes, each
// with its cell as the field.
base::Result<Workbook> read(std::string_view bytes, const Limits& = {});
base::Result<Workbook> read_file(const std::filesystem::path&, const Limits& = {});

// "A", "Z", "AA": 0 is A.
std::string column_name(std::size_t column);

// --- writing ---------------------------------------------------------------------------------------------------------------------------------

// Takes what is written, piece by piece; its errors end the writing.
using Sink = std::function<base::Result<void>(std::string_view)>;

enum class Look { text, number, amount, day, moment };
struct Column {
    std::string heading;
    Look look = Look::text;
    int width = 14;  // in characters, XLSX only
};

// Rows go out as they come; memory does not grow with them. The heading row is written by the maker. Call finish() once at the end: without it
// the file is incomplete.
class Writer {
  public:
    virtual ~Writer() = default;
    virtual base::Result<void> row(std::span<const Cell>) = 0;
    virtual base::Result<void> finish() = 0;
};

// UTF-8 with the mark Excel needs, semicolons, CRLF. Text a spreadsheet would run as a formula gets an apostrophe in front, which read() takes off again.
base::Result<std::unique_ptr<Writer>> csv_writer(Sink, std::vector<Column>);
// One sheet; the heading row stays when scrolling and carries filters. Text is never a formula. The same rows give the same bytes.
base::Result<std::unique_ptr<Writer>> xlsx_writer(Sink, std::string sheet_name, std::vector<Column>);
inline base::Result<std::unique_ptr<Writer>> writer(Format format, Sink sink, std::string sheet_name, std::vector<Column> columns) {
    return format == Format::csv ? csv_writer(std::move(sink), std::move(columns))
                                 : xlsx_writer(std::move(sink), std::move(sheet_name), std::move(columns));
}

// A sink into a string, for small tables and tests.
Sink into(std::string&);

inline std::string_view media_type(Format format) {
    return format == Format::csv ? "text/csv; charset=utf-8" : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
}

}  // namespace sheets
