#include "plan/import/layout.h"
#include "plan/import/unicode.h"

namespace plan::importing {
namespace {

struct Gutter {
    std::size_t from = 0, until = 0;  // characters
};

std::u32string characters(std::string_view text) {
    std::u32string out;
    for (std::size_t i = 0; i < text.size();) {
        const auto c = next(text, i);
        if (c == '\t')
            out.append(8 - out.size() % 8, U' ');
        else
            out += c;
    }
    return out;
}
std::string utf8(std::u32string_view text) {
    std::string out;
    for (const auto c : text) append(out, c);
    return out;
}

// The one strip of at least three blank characters in the middle that nearly every line leaves free, with text on both sides.
std::optional<Gutter> gutter_of(const std::vector<std::u32string>& lines) {
    std::size_t width = 0, filled = 0;
    for (const auto& l : lines) {
        width = std::max(width, l.size());
        filled += l.find_first_not_of(U' ') != std::u32string::npos;
    }
    if (filled < 8 || width < 60) return std::nullopt;
    std::vector<std::size_t> used(width, 0);
    for (const auto& l : lines)
        for (std::size_t i = 0; i < l.size(); ++i) used[i] += !is_space(l[i]);
    std::optional<Gutter> best;
    for (std::size_t i = width / 4; i < width * 3 / 4; ++i) {
        if (used[i] * 12 > filled) continue;
        auto until = i;
        while (until < width && used[until] * 12 <= filled) ++until;
        if (until - i >= 3 && until < width * 4 / 5 && (!best || until - i > best->until - best->from)) best = Gutter{i, until};
        i = until;
    }
    if (!best) return std::nullopt;
    std::size_t both = 0, begins_at_column = 0, left_words = 0, right_words = 0;
    for (const auto& l : lines) {
        if (l.size() <= best->until) continue;
        const auto left = squeeze(utf8(std::u32string_view(l).substr(0, best->from)));
        const auto right = squeeze(utf8(std::u32string_view(l).substr(best->until)));
        if (left.empty() || right.empty()) continue;
        ++both;
        left_words += static_cast<std::size_t>(std::count(left.begin(), left.end(), ' ')) + 1;
        right_words += static_cast<std::size_t>(std::count(right.begin(), right.end(), ' ')) + 1;
        begins_at_column += !is_space(l[best->until]);
    }
    // Running text on both sides, not the cells of a table.
    if (both * 2 < filled || begins_at_column * 3 < both * 2 || left_words < both * 3 || right_words < both * 3) return std::nullopt;
    return best;
}

bool is_table_head(std::string_view text) {
    const auto low = lower(text);
    int words = 0;
    for (const std::string_view w :
         {"nr.", "maßnahme", "zuständig", "verantwort", "termin", "frist", "zeitraum", "ziel", "ressourc", "kosten", "indikator"})
        words += low.find(w) != std::string::npos;
    return words >= 2 && cells_of(text).size() >= 3;
}

}  // namespace

void undo_columns(std::vector<RawPage>& pages, std::vector<Warning>& warnings) {
    std::size_t undone = 0;
    int first = 0;
    for (auto& page : pages) {
        std::vector<std::u32string> lines;
        bool wide = false, table = false;
        for (const auto& l : page) {
            wide = wide || l.text.find("   ") != std::string::npos || l.text.find('\t') != std::string::npos;
            table = table || is_table_head(l.text);
        }
        if (!wide || table) continue;
        for (const auto& l : page) lines.push_back(characters(l.text));
        const auto gutter = gutter_of(lines);
        if (!gutter) continue;
        RawPage out, right;
        const auto flush = [&] {
            out.insert(out.end(), right.begin(), right.end());
            right.clear();
        };
        for (std::size_t i = 0; i < lines.size(); ++i) {
            const auto& l = lines[i];
            bool crosses = false;
            for (auto k = gutter->from; k < std::min(l.size(), gutter->until); ++k) crosses = crosses || !is_space(l[k]);
            if (crosses) {  // a heading over both columns
                flush();
                out.push_back(page[i]);
                continue;
            }
            out.push_back({utf8(std::u32string_view(l).substr(0, std::min(l.size(), gutter->from))), page[i].number});
            right.push_back({l.size() > gutter->until ? utf8(std::u32string_view(l).substr(gutter->until)) : "", page[i].number});
        }
        flush();
        if (undone++ == 0) first = page.empty() ? 0 : page.front().number;
        page = std::move(out);
    }
    if (undone > 0) warnings.push_back({base::message("Read as two columns: {count} pages", {{"count", std::to_string(undone)}}), first});
}

}  // namespace plan::importing
