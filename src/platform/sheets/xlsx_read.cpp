#include "platform/sheets/xlsx_read.h"

#include <algorithm>
#include <charconv>

#include "platform/sheets/xlsx_parts.h"

namespace sheets {
namespace {

using base::message;

struct Position {
    std::size_t row = 0, column = 0;
};
// "C7"; nothing for anything else.
std::optional<Position> position_of(std::string_view reference) {
    std::size_t i = 0, column = 0;
    while (i < reference.size() && reference[i] == '$') ++i;
    for (; i < reference.size() && ((reference[i] >= 'A' && reference[i] <= 'Z') || (reference[i] >= 'a' && reference[i] <= 'z')) && i < 5; ++i)
        column = column * 26 + static_cast<std::size_t>((reference[i] & ~0x20) - 'A' + 1);
    while (i < reference.size() && reference[i] == '$') ++i;
    std::size_t row = 0;
    const auto [end, failed] = std::from_chars(reference.data() + i, reference.data() + reference.size(), row);
    if (failed != std::errc() || end != reference.data() + reference.size() || row == 0 || column == 0 || row > 1'048'576 || column > 16'384)
        return {};
    return Position{row - 1, column - 1};
}

// One worksheet, cell by cell.
class SheetReader : public Handler {
  public:
    SheetReader(std::string name, const Limits& limits, const std::vector<std::string>& texts, const std::vector<Reading>& styles, DateSystem system,
                std::size_t& cells, base::Error& mistakes)
        : limits_(limits), texts_(texts), styles_(styles), system_(system), cells_(cells), mistakes_(mistakes) {
        sheet_.name = std::move(name);
    }

    base::Result<void> begin(std::string_view name, const Attributes& a) override {
        if (name == "c") return begin_cell(a);
        if (name == "v") {
            taking_ = in_cell_;
        } else if (name == "t") {
            taking_ = in_inline_ && !phonetic_;
        } else if (name == "is") {
            in_inline_ = in_cell_;
        } else if (name == "rPh") {
            phonetic_ = true;
        } else if (name == "row") {
            std::size_t row = 0;
            const auto text = attribute(a, "r");
            const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), row);
            row_ = failed == std::errc() && row > 0 ? row - 1 : next_row_;
            next_row_ = row_ + 1;
            next_column_ = 0;
        } else if (name == "mergeCell") {
            merge(attribute(a, "ref"));
        }
        return {};
    }

    base::Result<void> end(std::string_view name) override {
        if (name == "v" || name == "t") taking_ = false;
        if (name == "is") in_inline_ = false;
        if (name == "rPh") phonetic_ = false;
        if (name != "c" || !in_cell_) return {};
        in_cell_ = false;
        return store(value());
    }

    void text(std::string_view piece) override {
        if (taking_ && value_.size() <= limits_.cell_bytes) value_ += piece;
    }

    base::Result<Sheet> finish() {
        for (const auto& range : sheet_.merges) TRY_VOID(fill(range));
        while (!sheet_.rows.empty() && std::all_of(sheet_.rows.back().begin(), sheet_.rows.back().end(), is_empty)) sheet_.rows.pop_back();
        for (std::size_t i = 0; i < sheet_.rows.size(); ++i) sheet_.lines.push_back(static_cast<int>(i) + 1);
        return std::move(sheet_);
    }

  private:
    base::Result<void> begin_cell(const Attributes& a) {
        in_cell_ = true;
        taking_ = in_inline_ = phonetic_ = false;
        value_.clear();
        type_ = attribute(a, "t");
        const auto reference = attribute(a, "r");
        if (reference.empty()) {
            at_ = {row_, next_column_};
        } else if (const auto position = position_of(reference)) {
            at_ = *position;
            row_ = at_.row;
            next_row_ = std::max(next_row_, row_ + 1);
        } else {
            return base::invalid(sheet_.name, damaged());
        }
        next_column_ = at_.column + 1;
        std::size_t style = 0;
        const auto text = attribute(a, "s");
        std::from_chars(text.data(), text.data() + text.size(), style);
        reading_ = style < styles_.size() ? styles_[style] : Reading::number;
        return {};
    }

    void mistake(base::Message m) {
        if (mistakes_.fields.size() < limits_.mistakes)
            mistakes_.fields.push_back({(sheet_.name.empty() ? "" : sheet_.name + "!") + column_name(at_.column) + std::to_string(at_.row + 1),
                                        std::move(m), static_cast<int>(at_.row) + 1});
    }

    std::optional<double> number() const {
        double out = 0;
        const auto [end, failed] = std::from_chars(value_.data(), value_.data() + value_.size(), out);
        if (failed != std::errc() || end != value_.data() + value_.size()) return {};
        return out;
    }

    Cell value() {
        if (value_.size() > limits_.cell_bytes) {
            mistake(message("The text in this cell is too long."));
            return {};
        }
        if (type_ == "inlineStr" || type_ == "str") return value_.empty() ? Cell() : Cell(unescaped(value_));
        if (value_.empty()) return {};
        if (type_ == "s") {
            std::size_t index = 0;
            const auto [end, failed] = std::from_chars(value_.data(), value_.data() + value_.size(), index);
            if (failed != std::errc() || end != value_.data() + value_.size() || index >= texts_.size()) {
                mistake(message("The text of this cell is missing in the file."));
                return {};
            }
            if (texts_[index].size() > limits_.cell_bytes) mistake(message("The text in this cell is too long."));
            return texts_[index].empty() ? Cell() : Cell(texts_[index]);
        }
        if (type_ == "b") return value_ == "1" || value_ == "true";
        if (type_ == "e") return Fault{value_};
        if (type_ == "d") {
            if (const auto day = base::parse_iso_day(std::string_view(value_).substr(0, 10))) return *day;
            mistake(message("The date in this cell cannot be read."));
            return {};
        }
        if (const auto found = number()) return dated(*found, reading_, system_);
        mistake(message("The number in this cell cannot be read."));
        return {};
    }

    base::Result<Cell*> place(Position at) {
        if (at.row >= limits_.rows)
            return base::invalid(
                "", message("The sheet “{sheet}” has more than {most} rows.", {{"sheet", sheet_.name}, {"most", std::to_string(limits_.rows)}}));
        if (at.column >= limits_.columns)
            return base::invalid("", message("The sheet “{sheet}” has more than {most} columns.",
                                             {{"sheet", sheet_.name}, {"most", std::to_string(limits_.columns)}}));
        if (at.row >= sheet_.rows.size()) sheet_.rows.resize(at.row + 1);
        auto& row = sheet_.rows[at.row];
        if (at.column >= row.size()) {
            cells_ += at.column + 1 - row.size();
            if (cells_ > limits_.cells)
                return base::invalid("", message("The list is too long: at most {rows} rows and {cells} cells can be read at once.",
                                                 {{"rows", std::to_string(limits_.rows)}, {"cells", std::to_string(limits_.cells)}}));
            row.resize(at.column + 1);
        }
        return &row[at.column];
    }

    base::Result<void> store(Cell cell) {
        // A cell that has a frame and nothing in it takes no room.
        if (std::holds_alternative<std::monostate>(cell)) return {};
        TRY(auto* const cell_there, place(at_));
        *cell_there = std::move(cell);
        return {};
    }

    void merge(std::string_view reference) {
        const auto colon = reference.find(':');
        const auto first = position_of(reference.substr(0, colon));
        const auto last = position_of(reference.substr(colon == std::string_view::npos ? 0 : colon + 1));
        if (!first || !last || last->row < first->row || last->column < first->column || sheet_.merges.size() >= limits_.rows) return;
        sheet_.merges.push_back(
            {static_cast<int>(first->row), static_cast<int>(first->column), static_cast<int>(last->row), static_cast<int>(last->column)});
    }

    // Only within what the sheet holds anyway: a range over all million rows fills nothing below the last record.
    base::Result<void> fill(const Merge& range) {
        const auto top = static_cast<std::size_t>(range.first_row), left = static_cast<std::size_t>(range.first_column);
        if (top >= sheet_.rows.size() || left >= sheet_.rows[top].size()) return {};
        const Cell value = sheet_.rows[top][left];
        if (is_empty(value)) return {};
        const auto bottom = std::min(static_cast<std::size_t>(range.last_row) + 1, sheet_.rows.size());
        for (auto row = top; row < bottom; ++row)
            for (auto column = left; column <= static_cast<std::size_t>(range.last_column) && column < limits_.columns; ++column) {
                // Overlapping ranges would multiply the work: it counts against the cells that may be read.
                if (++cells_ > limits_.cells) return base::invalid(sheet_.name, damaged());
                TRY(auto* const cell, place({row, column}));
                if (is_empty(*cell)) *cell = value;
            }
        return {};
    }

    const Limits& limits_;
    const std::vector<std::string>& texts_;
    const std::vector<Reading>& styles_;
    DateSystem system_;
    std::size_t& cells_;
    base::Error& mistakes_;
    Sheet sheet_;
    std::string value_, type_;
    Reading reading_ = Reading::number;
    Position at_;
    std::size_t row_ = 0, next_row_ = 0, next_column_ = 0;
    bool in_cell_ = false, in_inline_ = false, taking_ = false, phonetic_ = false;
};

std::string part_of_kind(const std::vector<Relation>& relations, std::string_view kind) {
    for (const auto& relation : relations)
        if (relation.kind == kind) return relation.part;
    return {};
}

}  // namespace

base::Result<Workbook> read_xlsx(std::string_view bytes, const Limits& limits) {
    TRY(auto package, Package::open(bytes, limits));
    TRY(const auto roots, relations_of(package, ""));
    const auto book_part = part_of_kind(roots, "officeDocument");
    if (book_part.empty() || !package.has(book_part) || package.has("word/document.xml") || package.has("content.xml"))
        return base::invalid("", message("This is no Excel file (XLSX). Please save the list in your spreadsheet program as XLSX or CSV."));
    TRY(const auto relations, relations_of(package, book_part));
    TRY(const auto book, read_book(package, book_part, limits));
    std::vector<std::string> texts;
    if (const auto part = part_of_kind(relations, "sharedStrings"); package.has(part)) { TRY(texts, read_texts(package, part, limits)); }
    std::vector<Reading> styles;
    if (const auto part = part_of_kind(relations, "styles"); package.has(part)) { TRY(styles, read_styles(package, part)); }

    Workbook out{Format::xlsx, {}, {}, 0};
    base::Error mistakes{base::ErrorKind::invalid_input, {}, {}, {}};
    std::size_t cells = 0;
    for (const auto& entry : book.sheets) {
        const auto relation = std::find_if(relations.begin(), relations.end(), [&](const Relation& r) { return r.id == entry.relation; });
        if (relation == relations.end() || relation->kind != "worksheet") continue;  // charts on sheets of their own
        SheetReader reader(entry.name, limits, texts, styles, book.system, cells, mistakes);
        TRY_VOID(package.parse(relation->part, reader));
        TRY(auto sheet, reader.finish());
        sheet.hidden = entry.hidden;
        out.sheets.push_back(std::move(sheet));
    }
    if (!mistakes.fields.empty()) return base::error(std::move(mistakes));
    if (std::all_of(out.sheets.begin(), out.sheets.end(), [](const Sheet& s) { return s.rows.empty(); }))
        return base::invalid("", message("The file is empty."));
    return out;
}

}  // namespace sheets
