#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "disclosure/model.h"

namespace disclosure {

struct CsvRow {
    int line = 0;
    std::vector<std::string> fields;
};

struct CsvFile {
    std::string name;  // for messages
    std::vector<std::string> header;
    std::vector<CsvRow> rows;
    int column(std::string_view title) const;  // -1 where there is none
};

// Mistakes are collected, so that one message names them all; after a thousand the rest is only counted.
class Mistakes {
  public:
    void add(const std::string& file, int line, base::Message);
    bool any() const { return !fields_.empty(); }
    base::Error as_error() const;

  private:
    std::vector<base::FieldError> fields_;
    std::size_t dropped_ = 0;
};

// Comma or semicolon (whichever the header uses), quotes doubled inside quotes, LF or CRLF, with or without byte order mark.
CsvFile parse_csv(std::string name, std::string_view text, Mistakes&);
// Empty, and a mistake noted, when the file cannot be read.
CsvFile read_csv(const std::string& path, std::string name, Mistakes&);

std::string csv_field(std::string_view);

}  // namespace disclosure
