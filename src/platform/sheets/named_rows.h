#pragma once
// A table whose first row names its columns, in any order: its cells by these names, and every mistake with its cell.
#include <map>

#include "platform/sheets/api.h"

namespace sheets {

class NamedRows;

class NamedRow {
  public:
    bool has(const std::string& column) const;
    std::string text(const std::string& column) const;  // "" where the column is missing
    std::optional<base::Day> day(const std::string& column) const;
    bool truth(const std::string& column, bool otherwise) const;
    std::optional<int> number(const std::string& column, int least, int most) const;
    std::string place(const std::string& column) const;
    void wrong(const std::string& column, base::Message) const;

  private:
    friend class NamedRows;
    NamedRow(const NamedRows& of, std::size_t row) : of_(&of), row_(row) {}
    const NamedRows* of_;
    std::size_t row_;
};

class NamedRows {
  public:
    // Columns nobody knows and needed ones that are missing are mistakes; then rows() is empty. `mistakes` outlives this.
    NamedRows(const Sheet&, const std::vector<std::string>& known, const std::vector<std::string>& needed, std::vector<base::FieldError>& mistakes);
    const std::vector<NamedRow>& rows() const { return rows_; }  // the empty ones left out

  private:
    friend class NamedRow;
    const Sheet* sheet_;
    std::map<std::string, std::size_t> columns_;
    std::vector<NamedRow> rows_;
    std::vector<base::FieldError>* mistakes_;
};

}  // namespace sheets
