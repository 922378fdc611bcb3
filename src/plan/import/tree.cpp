#include "plan/import/tree.h"

#include "plan/import/clean.h"
#include "plan/import/unicode.h"

namespace plan::importing {
namespace {

// Lines into paragraphs, separated by an empty line each.
class Paragraphs {
  public:
    explicit Paragraphs(int width) : width_(static_cast<std::size_t>(width)) {}

    void add(const Line& line, std::string text) {
        if (text.empty()) return;
        if (current_.empty() || begins_paragraph(line, text)) finish();
        current_.push_back(std::move(text));
        last_ = line;
    }
    void add_note(std::string text) { notes_.push_back(std::move(text)); }

    std::string text() {
        finish();
        for (auto& n : notes_) out_ += (out_.empty() ? "" : "\n\n") + n;
        return std::move(out_);
    }

  private:
    bool begins_paragraph(const Line& line, const std::string& text) const {
        const auto& before = current_.back();
        if (line.kind != LineKind::text || last_.kind != LineKind::text) return true;
        if (is_list_item(text) || line.item) return true;
        const bool ended = ends_sentence(before) || before.ends_with(';');
        // A page or a gap in the middle of a sentence does not end it.
        if (line.gap > 0 || line.page != last_.page) {
            const bool goes_on =
                !ended && (is_lower(first_of(text)) || before.ends_with('-') || (line.page != last_.page && length(before) * 10 >= width_ * 6));
            if (line.gap > 0 && !goes_on) return true;
            if (goes_on) return false;
        }
        return ended && length(before) * 20 < width_ * 17;
    }
    void finish() {
        if (current_.empty()) return;
        out_ += (out_.empty() ? "" : "\n\n") + join_lines(current_);
        current_.clear();
    }

    std::size_t width_;
    std::vector<std::string> current_, notes_;
    Line last_;
    std::string out_;
};

bool is_prefix(const std::vector<int>& prefix, const std::vector<int>& of) {
    return prefix.size() < of.size() && std::equal(prefix.begin(), prefix.end(), of.begin());
}

// The heading a heading stands below; -1 for the top.
int parent_of(const std::vector<Heading>& headings, std::size_t at, const std::map<std::string, int>& rank) {
    const auto& h = headings[at];
    if (h.family == Family::annex) return -1;
    const auto family_of = [](const Heading& x) {
        return std::to_string(static_cast<int>(x.family == Family::level ? Family::decimal : x.family)) + x.label;
    };
    if (h.family == Family::paragraph) {
        for (auto i = at; i-- > 0;)
            if (headings[i].family == Family::section_sign) return headings[i].parts[0] == h.parts[0] ? static_cast<int>(i) : -1;
        return -1;
    }
    // Below the nearest heading whose number begins this one: "Maßnahme 3.2.4" below "Ziel 3.2", "5.4.1" below "5.4" or below "5".
    int nearest = -1;
    for (auto i = at; i-- > 0;) {
        const auto& x = headings[i];
        const bool kin = family_of(x) == family_of(h) || (x.family != Family::annex && x.family != Family::paragraph && h.parts.size() > 1);
        if (!kin || !is_prefix(x.parts, h.parts)) continue;
        if (x.family == Family::letter && h.family != Family::letter && h.family != Family::label) continue;
        if (x.family == Family::roman && h.family == Family::decimal) continue;
        if (nearest < 0 || x.parts.size() > headings[static_cast<std::size_t>(nearest)].parts.size()) nearest = static_cast<int>(i);
        if (x.parts.size() + 1 == h.parts.size()) return static_cast<int>(i);
        if (family_of(x) == family_of(h) && x.parts.size() == 1) break;
    }
    if (nearest >= 0 && h.parts.size() > 1) return nearest;
    // Else below the nearest heading of a family that began before its own.
    const int own = rank.at(family_of(h));
    for (auto i = at; i-- > 0;) {
        if (headings[i].family == Family::annex || headings[i].family == Family::paragraph) continue;
        const int other = rank.at(family_of(headings[i]));
        if (other < own) return static_cast<int>(i);
        if (other == own && headings[i].parts.size() <= h.parts.size()) {
            // A sibling: the same parent, found the same way from there.
            continue;
        }
    }
    return -1;
}

// Names the document gives itself most often, with its year: for a text that begins without a title.
std::string title_from_wording(const std::vector<FoundClause>& clauses) {
    std::map<std::string, int> counts;
    for (const auto& clause : clauses)
        for (const auto* text : {&clause.heading, &clause.text}) {
            std::vector<std::string> words;
            for (auto& w : split(*text, ' ')) words.push_back(trim(w));
            for (std::size_t i = 0; i < words.size(); ++i) {
                auto low = lower(words[i]);
                for (const std::string_view ending : {"konzeptes", "konzepts", "planes", "plans", "programms", "konzepte", "pläne"})
                    if (low.ends_with(ending)) low.resize(low.size() - (ending.ends_with("es") ? 2 : ending.ends_with("s") ? 1 : 0));
                const bool names = (low.ends_with("konzept") || low.ends_with("plan") || low.ends_with("programm")) && length(low) > 9 &&
                                   low.find('-') == std::string::npos;
                if (!names || !is_upper(first_of(words[i]))) continue;
                std::string name = low;
                name[0] = static_cast<char>(name[0] >= 'a' && name[0] <= 'z' ? name[0] - 32 : name[0]);
                if (i + 1 < words.size()) {
                    const auto year = words[i + 1].substr(0, 4);
                    if (year.size() == 4 && (year.starts_with("19") || year.starts_with("20")) &&
                        year.find_first_not_of("0123456789") == std::string::npos)
                        name += " " + year;
                }
                ++counts[name];
            }
        }
    std::string best;
    int most = 1;
    for (const auto& [name, count] : counts)
        if (const int weight = count * (is_digit(last_of(name)) ? 3 : 1); weight > most) {
            best = name;
            most = weight;
        }
    return best;
}

std::string title_from_front(const Document& document, std::size_t end) {
    std::vector<std::string> block;
    for (std::size_t i = 0; i < end && block.size() < 4; ++i) {
        const auto& line = document.lines[i];
        if (line.kind != LineKind::text) continue;
        if (!block.empty() && (line.gap > 0 || line.page != document.lines[i - 1].page)) break;
        if (ends_sentence(line.text) && !line.text.ends_with(':')) break;
        if (length(line.text) > 140) break;
        block.push_back(line.text);
    }
    return join_lines(block);
}

}  // namespace

bool is_list_item(std::string_view text) {
    const auto c = first_of(text);
    std::size_t at = 0;
    if (text.empty()) return false;
    next(text, at);
    const bool space = at < text.size() && text[at] == ' ';
    if (is_dash(c) || c == 0x2022 || c == 0x25AA || c == 0x25CF || c == 0x25E6 || c == 0xF0B7 || c == '*' || c == 0x2713 || c == 'o') return space;
    if (c >= 'a' && c <= 'z') return at < text.size() && (text[at] == ')' || text[at] == '.') && at + 1 < text.size() && text[at + 1] == ' ';
    std::size_t end = 0;
    const bool bracket = text[0] == '(';
    if (bracket) end = 1;
    const auto digits = end;
    while (end < text.size() && is_digit(static_cast<unsigned char>(text[end]))) ++end;
    if (end == digits || end - digits > 2 || end + 1 >= text.size()) return false;
    if (text[end] != '.' && text[end] != ')') return false;
    const auto rest = trim(text.substr(end + 1));
    if (text[end + 1] != ' ' && text[end + 1] != ')') return false;
    // "31. Dezember" is a day and "1. Halbjahr" a half-year.
    const auto found = candidates_in(std::string(text));
    return bracket || text[end] == ')' || !found.empty() || is_lower(first_of(rest));
}

FoundPlan build_tree(const Document& document, std::vector<Heading> headings, std::vector<MeasureRow>& rows) {
    FoundPlan out;
    out.warnings = document.warnings;
    const auto& lines = document.lines;

    const auto add_lines = [&](FoundClause& clause, std::size_t from, std::size_t offset, std::size_t until, int index) {
        Paragraphs paragraphs(document.width);
        std::vector<std::size_t> table;
        for (auto i = from; i < until; ++i) {
            const auto& line = lines[i];
            if (line.kind == LineKind::row) {
                table.push_back(i);
                continue;
            }
            auto text = i == from && offset > 0 ? trim(std::string_view(line.text).substr(offset)) : line.text;
            if (line.kind == LineKind::note)
                paragraphs.add_note(std::move(text));
            else
                paragraphs.add(line, std::move(text));
        }
        clause.text = paragraphs.text();
        out.clauses.push_back(std::move(clause));
        int count = 0;
        for (const auto i : table) {
            const auto& line = lines[i];
            FoundClause row;
            MeasureRow measure;
            row.parent = index;
            row.line = line.number;
            std::string text;
            for (std::size_t c = 0; c < line.cells.size(); ++c) {
                const auto& cell = line.cells[c];
                const auto column = line.columns[c];
                if (column == Column::number) {
                    row.number = cell;
                    while (row.number.ends_with('.') || row.number.ends_with(')')) row.number.pop_back();
                    continue;
                }
                if (column == Column::title) {
                    row.heading = cell;
                    measure.title = cell;
                    continue;
                }
                if (column == Column::bearer) measure.bearers += (measure.bearers.empty() ? "" : ", ") + cell;
                if (column == Column::date) measure.date += (measure.date.empty() ? "" : ", ") + cell;
                if (!cell.empty()) text += (text.empty() ? "" : "\n\n") + cell;
            }
            ++count;
            if (row.number.empty()) {
                const auto& above = out.clauses[static_cast<std::size_t>(index)].number;
                row.number = (above.empty() ? "" : above + "/") + std::to_string(count);
                row.borrowed = above.empty() ? 0 : above.size() + 1;
            }
            row.text = std::move(text);
            measure.clause = out.clauses.size();
            out.clauses.push_back(std::move(row));
            rows.push_back(std::move(measure));
        }
        if (count > 0)
            out.warnings.push_back(
                {base::message("Read as a table of measures: {count} rows", {{"count", std::to_string(count)}}), lines[table.front()].number});
    };

    const std::size_t front = headings.empty() ? lines.size() : headings.front().line;
    if (front > 0) {
        FoundClause preamble;
        preamble.kind = ClauseKind::preamble;
        preamble.line = lines.front().number;
        add_lines(preamble, 0, 0, front, 0);
    }

    std::map<std::string, int> rank;
    for (const auto& h : headings) {
        const auto key = std::to_string(static_cast<int>(h.family == Family::level ? Family::decimal : h.family)) + h.label;
        rank.emplace(key, static_cast<int>(rank.size()));
    }
    std::vector<int> clause_of(headings.size());
    for (std::size_t i = 0; i < headings.size(); ++i) {
        const auto& h = headings[i];
        FoundClause clause;
        clause.number = h.number;
        clause.borrowed = h.borrowed;
        clause.heading = join_lines(h.heading_lines);
        clause.kind = h.family == Family::annex ? ClauseKind::annex : ClauseKind::clause;
        clause.line = lines[h.line].number;
        const int parent = parent_of(headings, i, rank);
        clause.parent = parent < 0 ? -1 : clause_of[static_cast<std::size_t>(parent)];
        clause_of[i] = static_cast<int>(out.clauses.size());
        add_lines(clause, h.text_line, h.text_offset, i + 1 < headings.size() ? headings[i + 1].line : lines.size(), clause_of[i]);
    }

    std::map<std::string, int> seen;
    for (const auto& c : out.clauses)
        if (!c.number.empty() && ++seen[c.number] == 2)
            out.warnings.push_back({base::message("The number {number} occurs more than once", {{"number", c.number}}), c.line});
    if (headings.empty())
        out.warnings.push_back(
            {base::message("No numbered headings were found; the whole text stands in one clause. Please split it in the preview."), 0});
    if (!document.lines.empty() && std::any_of(headings.begin(), headings.end(), [](const Heading& h) { return !h.printed; }))
        out.warnings.push_back({base::message("Headings without a number of their own were numbered by their level"), 0});

    out.title = document.title;
    if (out.title.empty()) out.title = title_from_front(document, front);
    if (out.title.empty()) {
        out.title = title_from_wording(out.clauses);
        if (!out.title.empty())
            out.warnings.push_back({base::message("The text begins without a title; “{title}” is what it calls itself", {{"title", out.title}}), 0});
    }
    return out;
}

}  // namespace plan::importing
