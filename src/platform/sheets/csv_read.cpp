#include "platform/sheets/csv_read.h"

#include <algorithm>
#include <map>

#include "platform/sheets/encoding.h"
#include "platform/sheets/guard.h"

namespace sheets {
namespace {

using base::message;

// One record at a time out of a text. A quote opens a quoted field only at its beginning; elsewhere it is a letter (5" pipe).
class Records {
  public:
    Records(std::string_view text, char separator) : text_(text), separator_(separator) {}

    bool at_end() const { return at_ >= text_.size(); }
    int line() const { return line_; }
    // False: the text ended within quotes.
    bool next(std::vector<std::string>& fields) {
        fields.clear();
        while (true) {
            std::string field;
            if (at_ < text_.size() && text_[at_] == '"') {
                if (!quoted(field)) return false;
            }
            const auto from = at_;
            while (at_ < text_.size() && text_[at_] != separator_ && text_[at_] != '\n' && text_[at_] != '\r') ++at_;
            field.append(text_.substr(from, at_ - from));
            fields.push_back(std::move(field));
            if (at_ >= text_.size()) return true;
            if (text_[at_] == separator_) {
                ++at_;
                continue;
            }
            if (text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n') ++at_;
            ++at_;
            ++line_;
            return true;
        }
    }

  private:
    bool quoted(std::string& field) {
        ++at_;
        while (at_ < text_.size()) {
            const char c = text_[at_];
            if (c == '"') {
                if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
                    field += '"';
                    at_ += 2;
                    continue;
                }
                ++at_;
                return true;
            }
            // Line ends within a field become one kind.
            if (c == '\r') {
                if (at_ + 1 < text_.size() && text_[at_ + 1] == '\n') ++at_;
                field += '\n';
                ++line_;
            } else {
                if (c == '\n') ++line_;
                field += c;
            }
            ++at_;
        }
        return false;
    }

    std::string_view text_;
    char separator_;
    std::size_t at_ = 0;
    int line_ = 1;
};

// How well a separator explains the beginning of the text: records of the same number of fields, and more than one.
long score(std::string_view text, char separator) {
    Records records(text, separator);
    std::map<std::size_t, long> widths;
    std::vector<std::string> fields;
    for (int i = 0; i < 200 && !records.at_end(); ++i) {
        if (!records.next(fields)) break;
        if (fields.size() > 1 || !fields[0].empty()) ++widths[fields.size()];
    }
    long best = 0, all = 0;
    for (const auto& [width, count] : widths) {
        all += count;
        if (width > 1) best = std::max(best, count * 1000 + static_cast<long>(std::min<std::size_t>(width, 500)));
    }
    return all == 0 ? 0 : best / all;
}

}  // namespace

base::Result<Workbook> read_csv(std::string_view bytes, const Limits& limits) {
    auto decoded = decode(bytes);
    if (decoded.encoding.empty())
        return base::invalid(
            "", message("This file is no table: it is neither text (CSV) nor an Excel file (XLSX). Please save the list in your spreadsheet "
                        "program as XLSX or CSV."));
    Workbook out{Format::csv, {}, std::string(decoded.encoding), 0};
    std::string_view text = decoded.text;
    // Excel's own first line that names the separator.
    bool told = false;
    if (text.starts_with("sep=") && text.size() > 5 && (text[5] == '\r' || text[5] == '\n')) {
        out.separator = text[4];
        told = true;
        text.remove_prefix(text.substr(5).starts_with("\r\n") ? 7 : 6);
    }
    if (!told || out.separator == '"') {
        // At a tie the earlier one: a semicolon is what German spreadsheets write.
        long best = -1;
        for (const char separator : {';', '\t', ',', '|'})
            if (const auto points = score(text.substr(0, 1u << 20), separator); points > best) {
                best = points;
                out.separator = separator;
            }
    }

    Sheet sheet;
    Records records(text, out.separator);
    base::Error mistakes{base::ErrorKind::invalid_input, {}, {}, {}};
    std::vector<std::string> fields;
    std::size_t cells = 0;
    const int shift = told ? 1 : 0;
    while (!records.at_end()) {
        const int line = records.line() + shift;
        if (!records.next(fields)) {
            mistakes.fields.push_back({"A" + std::to_string(line),
                                       message("A quotation mark is opened in line {line} and closed nowhere.", {{"line", std::to_string(line)}}),
                                       line});
            break;
        }
        if (fields.size() > limits.columns)
            return base::invalid(
                "", message("Line {line} has more than {most} columns.", {{"line", std::to_string(line)}, {"most", std::to_string(limits.columns)}}));
        cells += fields.size();
        if (sheet.rows.size() >= limits.rows || cells > limits.cells)
            return base::invalid("", message("The list is too long: at most {rows} rows and {cells} cells can be read at once.",
                                             {{"rows", std::to_string(limits.rows)}, {"cells", std::to_string(limits.cells)}}));
        std::vector<Cell> row;
        row.reserve(fields.size());
        for (std::size_t i = 0; i < fields.size(); ++i) {
            auto& field = fields[i];
            if (field.size() > limits.cell_bytes && mistakes.fields.size() < limits.mistakes)
                mistakes.fields.push_back({column_name(i) + std::to_string(line), message("The text in this cell is too long."), line});
            if (field.empty()) {
                row.emplace_back();
                continue;
            }
            if (is_guarded(field)) field.erase(0, 1);
            row.emplace_back(std::move(field));
        }
        sheet.rows.push_back(std::move(row));
        sheet.lines.push_back(line);
    }
    if (!mistakes.fields.empty()) return base::error(std::move(mistakes));
    while (!sheet.rows.empty() && std::all_of(sheet.rows.back().begin(), sheet.rows.back().end(), is_empty)) {
        sheet.rows.pop_back();
        sheet.lines.pop_back();
    }
    if (sheet.rows.empty()) return base::invalid("", message("The file is empty."));
    out.sheets.push_back(std::move(sheet));
    return out;
}

}  // namespace sheets
