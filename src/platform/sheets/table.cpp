#include "platform/sheets/table.h"

#include <algorithm>
#include <set>

namespace sheets {
namespace {

std::size_t filled(const std::vector<Cell>& row) {
    return static_cast<std::size_t>(std::count_if(row.begin(), row.end(), [](const Cell& c) { return !is_empty(c); }));
}

// Texts, and different ones: a title merged over the whole width is one text many times.
std::size_t distinct_texts(const std::vector<Cell>& row) {
    std::set<std::string> out;
    for (const auto& cell : row)
        if (std::holds_alternative<std::string>(cell) && !is_empty(cell)) out.insert(text_of(cell));
    return out.size();
}

std::optional<Table> table_in(const Sheet& sheet) {
    const auto looked_at = std::min<std::size_t>(sheet.rows.size(), 40);
    // How wide the list is: the most filled row near the top, so that a remark in two cells above it is not taken for headings.
    std::size_t width = 0;
    for (std::size_t i = 0; i < looked_at; ++i) width = std::max(width, distinct_texts(sheet.rows[i]));
    if (width < 2) return {};
    for (std::size_t i = 0; i < looked_at; ++i) {
        if (distinct_texts(sheet.rows[i]) * 3 < width * 2 || distinct_texts(sheet.rows[i]) < 2) continue;
        Table out;
        out.heading_row = i;
        std::size_t columns = 0;
        for (auto row = i; row < sheet.rows.size(); ++row) {
            columns = std::max(columns, sheet.rows[row].size());
            if (row > i && filled(sheet.rows[row]) > 0) out.records.push_back(row);
        }
        out.headings.resize(columns);
        for (std::size_t c = 0; c < sheet.rows[i].size(); ++c) out.headings[c] = text_of(sheet.rows[i][c]);
        return out;
    }
    return {};
}

}  // namespace

base::Result<Table> table_of(const Workbook& book) {
    for (const bool hidden : {false, true})
        for (std::size_t i = 0; i < book.sheets.size(); ++i) {
            if (book.sheets[i].hidden != hidden) continue;
            if (auto found = table_in(book.sheets[i])) {
                found->sheet = i;
                return *found;
            }
        }
    return base::invalid("", base::message("No list was found in the file: a row of headings with at least two columns is needed."));
}

std::string folded(std::string_view heading) {
    std::string out;
    for (std::size_t i = 0; i < heading.size(); ++i) {
        const auto two = heading.substr(i, 2);
        const char c = heading[i];
        std::string_view plain;
        if (two == "ä" || two == "Ä")
            plain = "ae";
        else if (two == "ö" || two == "Ö")
            plain = "oe";
        else if (two == "ü" || two == "Ü")
            plain = "ue";
        else if (two == "ß")
            plain = "ss";
        if (!plain.empty()) {
            out += plain;
            ++i;
        } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            out += c;
        } else if (c >= 'A' && c <= 'Z') {
            out += static_cast<char>(c - 'A' + 'a');
        } else if (!out.empty() && out.back() != ' ') {
            out += ' ';
        }
    }
    while (out.ends_with(' ')) out.pop_back();
    return out;
}

}  // namespace sheets
