#include "plan/import/clean.h"

#include <cmath>

#include "plan/import/layout.h"
#include "plan/import/unicode.h"

namespace plan::importing {
namespace {

int indent_of(std::string_view raw) {
    int out = 0;
    for (std::size_t i = 0; i < raw.size();) {
        const auto c = next(raw, i);
        if (!is_space(c)) break;
        out += c == '\t' ? 8 : 1;
    }
    return out;
}

// Text fallen out of a PDF often has an empty line after every line: then one empty line says nothing, and only more of them do.
void see_through_double_spacing(std::vector<Line>& lines) {
    std::size_t gaps = 0, cuts = 0;
    for (std::size_t i = 1; i < lines.size(); ++i) {
        gaps += lines[i].gap > 0;
        cuts += lines[i].gap > 0 && is_lower(first_of(lines[i].text)) && !ends_sentence(lines[i - 1].text);
    }
    // Paragraphs of one line each have gaps as well, but none in the middle of a sentence.
    if (lines.size() < 8 || gaps * 10 < lines.size() * 7 || cuts * 12 < gaps) return;
    for (auto& l : lines) l.gap = l.gap >= 3 ? l.gap - 1 : 0;
}

int full_width(const std::vector<Line>& lines) {
    std::vector<int> lengths;
    for (const auto& l : lines)
        if (l.kind == LineKind::text) lengths.push_back(static_cast<int>(length(l.text)));
    if (lengths.empty()) return 80;
    const auto at = lengths.begin() + static_cast<std::ptrdiff_t>(lengths.size() * 9 / 10);
    std::nth_element(lengths.begin(), at, lengths.end());
    return std::max(30, *at);
}

}  // namespace

Document clean(std::string_view text) {
    Document out;
    std::vector<RawPage> pages(1);
    int number = 0;
    for (auto& line : split(text, '\n')) {
        ++number;
        if (line.ends_with('\r')) line.pop_back();
        // A form feed stands before the first line of the next page, as pdftotext writes it.
        for (std::size_t at; (at = line.find('\f')) != std::string::npos;) {
            if (!trim(std::string_view(line).substr(0, at)).empty()) pages.back().push_back({line.substr(0, at), number});
            pages.emplace_back();
            line.erase(0, at + 1);
        }
        pages.back().push_back({line, number});
    }
    undo_columns(pages, out.warnings);
    drop_running_lines(pages, out.warnings);
    std::vector<Line> notes;
    int page = 0;
    for (const auto& raw : pages) {
        ++page;
        const auto body = split_notes(raw, page, notes);
        int gap = 0;
        for (const auto& r : body) {
            auto squeezed = squeeze(r.text);
            if (squeezed.empty()) {
                ++gap;
                continue;
            }
            Line line;
            line.cells = cells_of(r.text);
            line.raw = r.text;
            line.indent = indent_of(r.text);
            line.text = std::move(squeezed);
            line.page = page;
            line.number = r.number;
            line.gap = gap;
            gap = 0;
            out.lines.push_back(std::move(line));
        }
    }
    see_through_double_spacing(out.lines);
    mark_contents(out.lines);
    gather_tables(out.lines);
    out.width = full_width(out.lines);
    place_notes(out.lines, std::move(notes), out.warnings);
    return out;
}

}  // namespace plan::importing
