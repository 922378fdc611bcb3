#include "plan/import/clean.h"
#include "plan/import/layout.h"
#include "plan/import/unicode.h"

namespace plan::importing {
namespace {

struct Chunk {
    std::size_t from, until;  // characters
    std::string text;
};

// Pieces of a laid out line that wide gaps hold apart.
std::vector<Chunk> chunks_of(std::string_view raw, int gap) {
    std::vector<Chunk> out;
    std::size_t column = 0;
    int spaces = gap;
    for (std::size_t i = 0; i < raw.size();) {
        const auto c = next(raw, i);
        if (c == '\t') {
            column += 8 - column % 8;
            spaces = gap;
            continue;
        }
        if (is_space(c)) {
            ++spaces;
            ++column;
            continue;
        }
        if (spaces >= gap)
            out.push_back({column, column, {}});
        else if (spaces > 0)
            out.back().text += ' ';
        spaces = 0;
        append(out.back().text, c);
        out.back().until = ++column;
    }
    return out;
}

std::optional<Column> column_named(std::string_view head) {
    const auto low = lower(head);
    const auto says = [&](std::initializer_list<std::string_view> words) {
        return std::any_of(words.begin(), words.end(), [&](std::string_view w) { return low.find(w) != std::string::npos; });
    };
    if (low == "nr." || low == "nr" || low == "lfd. nr." || low == "lfd. nr" || low == "nummer" || low == "ziffer" || low == "#")
        return Column::number;
    if (says({"zuständig", "verantwort", "federführ", "wer?", "träger", "akteur"})) return Column::bearer;
    if (says({"frist", "termin", "zeitraum", "zeitplan", "bis wann", "umsetzung bis", "laufzeit", "zeitschiene"})) return Column::date;
    if (says({"maßnahme", "massnahme", "vorhaben", "aufgabe", "was?"})) return Column::title;
    if (says({"ziel", "ressourc", "kosten", "indikator", "finanz", "beteiligt", "partner", "stand", "status", "mittel", "bemerkung", "kennzahl"}))
        return Column::other;
    return std::nullopt;
}

class Layout {
  public:
    explicit Layout(const std::vector<Chunk>& heads) {
        for (const auto& h : heads) starts_.push_back(h.from);
    }
    // The cells of a line; nothing when its words run across the columns.
    std::optional<std::vector<std::string>> cells(std::string_view raw) const {
        std::vector<std::string> out(starts_.size());
        for (const auto& chunk : chunks_of(raw, 2)) {
            std::size_t at = 0;
            while (at + 1 < starts_.size() && starts_[at + 1] <= chunk.from + 1) ++at;
            if (at + 1 < starts_.size() && chunk.until > starts_[at + 1]) return std::nullopt;
            out[at] += (out[at].empty() ? "" : " ") + chunk.text;
        }
        return out;
    }

  private:
    std::vector<std::size_t> starts_;
};

}  // namespace

std::vector<Column> columns_of(const std::vector<std::string>& heads) {
    std::vector<Column> out;
    int known = 0;
    bool title = false;
    for (const auto& head : heads) {
        const auto column = length(head) <= 40 ? column_named(head) : std::nullopt;
        known += column.has_value();
        const bool second_title = column == Column::title && title;
        title = title || column == Column::title;
        out.push_back(second_title ? Column::other : column.value_or(Column::other));
    }
    if (heads.size() < 2 || !title || known < 2 || known * 2 < static_cast<int>(heads.size())) return {};
    return out;
}

void gather_tables(std::vector<Line>& lines) {
    std::vector<Line> out;
    for (std::size_t i = 0; i < lines.size();) {
        const bool bars = lines[i].raw.find('|') != std::string::npos;
        const auto heads = bars ? std::vector<Chunk>{} : chunks_of(lines[i].raw, 2);
        std::vector<std::string> names;
        if (bars)
            names = lines[i].cells;
        else
            for (const auto& h : heads) names.push_back(h.text);
        const auto columns = lines[i].kind == LineKind::text ? columns_of(names) : std::vector<Column>{};
        if (columns.empty()) {
            out.push_back(std::move(lines[i++]));
            continue;
        }
        const Layout layout(heads);
        const bool numbered = columns.front() == Column::number;
        out.push_back(std::move(lines[i++]));
        bool begun = false;
        for (; i < lines.size(); ++i) {
            auto& line = lines[i];
            if (line.kind != LineKind::text) break;
            if (line.text.find_first_not_of("-—–_=+|: ") == std::string::npos) continue;  // a rule
            std::vector<std::string> cells;
            if (bars) {
                if (line.raw.find('|') == std::string::npos) break;
                cells = line.cells;
                // A row with more cells than the head has columns: the last one takes what is left.
                for (auto c = columns.size(); c < cells.size(); ++c) cells[columns.size() - 1] = join_lines(cells[columns.size() - 1], cells[c]);
                cells.resize(columns.size());
            } else {
                auto found = layout.cells(line.raw);
                if (!found) break;
                cells = std::move(*found);
                const auto filled = std::count_if(cells.begin(), cells.end(), [](const std::string& c) { return !c.empty(); });
                if (filled < 2 && line.gap > 0 && line.indent == 0) break;  // the text goes on below the table
            }
            const bool new_row = !begun || (numbered ? !cells.front().empty() : line.gap > 0 || (bars && !cells.front().empty()));
            if (!new_row) {
                for (std::size_t c = 0; c < cells.size(); ++c) out.back().cells[c] = join_lines(out.back().cells[c], cells[c]);
                continue;
            }
            begun = true;
            Line row;
            row.page = line.page;
            row.number = line.number;
            row.gap = 1;
            row.kind = LineKind::row;
            row.cells = std::move(cells);
            row.columns = columns;
            for (const auto& c : row.cells) row.text += (row.text.empty() || c.empty() ? "" : " ") + c;
            out.push_back(std::move(row));
        }
    }
    lines = std::move(out);
    for (auto& l : lines) l.raw.clear();
}

}  // namespace plan::importing
