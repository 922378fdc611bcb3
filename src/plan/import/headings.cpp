#include "plan/import/headings.h"

#include "plan/import/clean.h"
#include "plan/import/unicode.h"

namespace plan::importing {
namespace {

bool ends_openly(std::string_view text) {
    if (text.empty()) return false;
    const auto c = last_of(text);
    if (is_dash(c) || c == ',' || c == '/' || c == '&' || c == '(') return true;
    const auto space = text.find_last_of(' ');
    const auto word = lower(space == std::string_view::npos ? text : text.substr(space + 1));
    for (const std::string_view w : {"und", "oder", "der", "die", "das", "des", "dem",   "den", "von",   "für", "mit",  "in",    "im",    "zu",
                                     "zur", "zum",  "bei", "auf", "an",  "am",  "durch", "als", "sowie", "ein", "eine", "einer", "eines", "bzw."})
        if (word == w) return true;
    return false;
}

bool is_bullet(std::string_view text) {
    const auto c = first_of(text);
    return is_dash(c) || c == 0x2022 || c == 0x25AA || c == 0x25CF || c == 0xF0B7 || c == '*' || c == 0x2713;
}

class Finder {
  public:
    explicit Finder(const Document& document) : lines_(document.lines), width_(static_cast<std::size_t>(document.width)) {}

    std::vector<Heading> run() {
        collect();
        std::vector<Heading> out;
        const auto take = [&](std::vector<Heading> more) { out.insert(out.end(), more.begin(), more.end()); };
        take(of(Family::level));
        auto annexes = of(Family::annex);
        std::erase_if(annexes, [](const Heading& h) { return h.score < 3; });
        take(annexes);
        auto labelled = of(Family::label);
        std::erase_if(labelled, [](const Heading& h) { return h.score < 2; });
        take(labelled);
        take_sections(out);
        // Letters and Roman numerals need a sequence of at least two that look like headings; "A. Müller" alone is none.
        auto letters = of(Family::letter), romans = of(Family::roman);
        std::erase_if(letters, [](const Heading& h) { return h.score < 2; });
        std::erase_if(romans, [](const Heading& h) { return h.score < 2; });
        letters = best_sequence(letters, lines_of(out));
        romans = best_sequence(romans, lines_of(out));
        if (letters.size() < 2 || letters.front().parts != std::vector<int>{1}) {
            if (letters.size() < 3) letters.clear();
        }
        if (romans.size() < 2 || romans.front().parts.front() != 1) romans.clear();
        const auto overlaps = [](const std::vector<Heading>& a, const Heading& h) {
            return std::any_of(a.begin(), a.end(), [&](const Heading& x) { return x.line == h.line; });
        };
        if (romans.size() >= letters.size())
            std::erase_if(letters, [&](const Heading& h) { return overlaps(romans, h); });
        else
            std::erase_if(romans, [&](const Heading& h) { return overlaps(letters, h); });
        if (letters.size() < 2) letters.clear();
        if (romans.size() < 2) romans.clear();
        take(letters);
        take(romans);
        sort(out);
        auto decimals = best_sequence(of(Family::decimal), lines_of(out));
        drop_lists(decimals, out);
        std::erase_if(decimals, [&](const Heading& h) { return overlaps(out, h); });
        take(decimals);
        sort(out);
        // What an annex holds has numbers of its own, which are none of the plan's.
        for (std::size_t i = 0; i < out.size(); ++i)
            if (out[i].family == Family::annex) {
                std::size_t kept = i + 1;
                for (auto k = i + 1; k < out.size(); ++k)
                    if (out[k].family == Family::annex) out[kept++] = out[k];
                out.resize(kept);
                break;
            }
        for (std::size_t i = 0; i < out.size(); ++i) find_extent(out[i], i + 1 < out.size() ? out[i + 1].line : lines_.size());
        return out;
    }

  private:
    static void sort(std::vector<Heading>& h) {
        std::stable_sort(h.begin(), h.end(), [](const Heading& a, const Heading& b) { return a.line < b.line; });
    }
    static std::vector<std::size_t> lines_of(const std::vector<Heading>& headings) {
        std::vector<std::size_t> out;
        for (const auto& h : headings) out.push_back(h.line);
        std::sort(out.begin(), out.end());
        return out;
    }
    std::vector<Heading> of(Family family) const {
        std::vector<Heading> out;
        for (const auto& h : candidates_)
            if (h.family == family) out.push_back(h);
        return out;
    }

    void collect() {
        std::vector<int> counters;
        for (std::size_t i = 0; i < lines_.size(); ++i) {
            const auto& line = lines_[i];
            if (line.kind != LineKind::text || line.item) continue;
            auto found = candidates_in(line.text);
            if (line.level > 0) {
                // A word processor marked it as a heading: its own number counts if it has one, else the place among its like.
                const auto level = static_cast<std::size_t>(line.level);
                std::erase_if(found, [](const Heading& h) { return h.family == Family::paragraph; });
                if (!found.empty()) {
                    auto h = found.front();
                    h.line = i;
                    h.score = 9;
                    if (h.family == Family::decimal) counters = h.parts;
                    candidates_.push_back(std::move(h));
                    continue;
                }
                counters.resize(level, 0);
                for (auto& c : counters)
                    if (&c != &counters.back() && c == 0) c = 1;
                ++counters.back();
                Heading h;
                h.family = Family::level;
                h.line = i;
                h.parts = counters;
                for (const auto c : counters) h.number += (h.number.empty() ? "" : ".") + std::to_string(c);
                h.score = 9;
                h.printed = false;
                candidates_.push_back(std::move(h));
                continue;
            }
            for (auto& h : found) {
                h.line = i;
                h.score = score(h);
                candidates_.push_back(std::move(h));
            }
        }
    }

    const Line* previous_text(std::size_t i) const {
        while (i-- > 0)
            if (lines_[i].kind == LineKind::text) return &lines_[i];
        return nullptr;
    }

    // How much a line looks like a heading.
    int score(const Heading& h) const {
        const auto& line = lines_[h.line];
        const auto rest = std::string_view(line.text).substr(h.rest);
        const auto* before = previous_text(h.line);
        int out = 0;
        if (rest.empty()) {
            out = h.parts.size() > 1 ? 4 : 2;
        } else if (in_capitals(rest) && length(rest) > 2) {
            out = 6;
        } else if (is_heading_text(h.line, rest)) {
            out = 3;
        } else {
            out = 1;
        }
        if (h.parts.size() > 1 && out > 0) out += 1;
        // In the middle of a sentence there is no heading, whatever the line begins with.
        const bool open = before && !ends_sentence(before->text) && line.gap == 0 && line.page == before->page;
        if (open) {
            const bool after_heading = previous_is_candidate(h.line) || in_capitals(before->text);
            const bool clear = rest.empty() ? h.parts.size() > 1 : in_capitals(rest);
            const bool short_before = length(before->text) * 10 < width_ * 7 && !ends_openly(before->text);
            if (!after_heading && !(clear && !ends_openly(before->text)) && !short_before) out -= 4;
        }
        if (before && before->text.ends_with(':') && h.parts.size() == 1) out -= 3;  // "Dazu gehören:" begins a list
        return out;
    }

    bool previous_is_candidate(std::size_t line) const {
        return !candidates_.empty() && candidates_.back().line + 1 == line && candidates_.back().score >= 3;
    }

    bool is_heading_text(std::size_t at, std::string_view rest) const {
        const auto c = last_of(rest);
        if (c == '.' || c == ';' || c == ',') return false;
        const auto& line = lines_[at];
        if (length(rest) > 140) return false;
        // A full line that goes on with a small letter is running text.
        if (at + 1 < lines_.size()) {
            const auto& after = lines_[at + 1];
            const bool goes_on = after.gap == 0 && after.kind == LineKind::text && (is_lower(first_of(after.text)) || c == '-');
            if (goes_on && length(line.text) * 10 >= width_ * 8) {
                // … unless the whole block is short and has no full stop: a heading over two lines.
                std::size_t k = at + 1;
                while (k + 1 < lines_.size() && lines_[k + 1].gap == 0 && k - at < 3 && candidates_in(lines_[k + 1].text).empty()) ++k;
                if (k - at > 2 || ends_sentence(lines_[k].text) || (k + 1 < lines_.size() && lines_[k + 1].gap == 0)) return false;
            }
            if (goes_on && length(line.text) * 10 < width_ * 8 && !ends_openly(line.text)) return true;
        }
        return true;
    }

    // "§ 4" and its "(1)", "(2)": paragraphs belong to the section they stand in and count from 1.
    void take_sections(std::vector<Heading>& out) const {
        std::optional<Heading> section;
        int expected = 0, last_section = 0;
        for (const auto& h : candidates_) {
            if (h.family == Family::section_sign) {
                if (h.score < 2 || h.parts[0] < last_section || h.parts[0] > last_section + 10) continue;
                section = h;
                last_section = h.parts[0];
                expected = 1;
                out.push_back(h);
            } else if (h.family == Family::paragraph) {
                if (h.parts[0] != 0) {
                    if (h.score < 1) continue;
                    section = h;
                    last_section = h.parts[0];
                    expected = h.parts[1] + 1;
                    out.push_back(h);
                    continue;
                }
                // (1a) was put in behind (1) and counts no further.
                const bool put_in = h.parts.size() > 2;
                if (!section || h.parts[1] != expected - (put_in ? 1 : 0) || (put_in && expected < 2)) continue;
                auto p = h;
                p.parts[0] = section->parts[0];
                const auto above = section->number.substr(0, section->number.find(" (")) + " ";
                p.number = above + h.number;
                p.borrowed = above.size();
                if (!put_in) ++expected;
                out.push_back(std::move(p));
            }
        }
    }

    // Numbered sentences below headings of another family, or in a document whose other numbers have headings, are lists inside a clause.
    void drop_lists(std::vector<Heading>& decimals, const std::vector<Heading>& outer) const {
        const bool labelled = std::any_of(outer.begin(), outer.end(), [](const Heading& h) {
            return h.family == Family::label || h.family == Family::section_sign || h.family == Family::level;
        });
        if (labelled)
            std::erase_if(decimals, [&](const Heading& h) {
                return h.score < 3 || (h.parts.size() == 1 && is_inside_label(h, outer) && h.score < 6 && !is_above_label(h, outer));
            });
        std::size_t alike = 0;
        for (const auto& h : decimals) alike += h.parts.size() == 1 && h.score >= 3;
        if (alike >= 2) {
            // Items whose sequence follows real headings only by accident of counting.
            std::erase_if(decimals, [&](const Heading& h) { return h.parts.size() == 1 && h.score < 1; });
        }
    }
    static bool is_inside_label(const Heading& h, const std::vector<Heading>& outer) {
        return std::any_of(outer.begin(), outer.end(), [&](const Heading& o) { return o.family == Family::label && o.line < h.line; });
    }
    static bool is_above_label(const Heading& h, const std::vector<Heading>& outer) {
        return std::any_of(outer.begin(), outer.end(), [&](const Heading& o) { return o.family == Family::label && o.line > h.line; });
    }

    // Where the heading ends and the text begins.
    void find_extent(Heading& h, std::size_t end) const {
        const auto& line = lines_[h.line];
        const auto rest = trim(std::string_view(line.text).substr(h.rest));
        std::size_t at = h.line + 1;
        const auto whole_line = [&](std::size_t i) { h.heading_lines.push_back(lines_[i].text); };
        h.text_line = h.line;
        h.text_offset = h.rest;
        if (rest.empty()) {
            // The number stands alone; a heading may follow on lines of its own.
            if (at < end && lines_[at].kind == LineKind::text && is_title_line(at, end) && h.family != Family::paragraph) {
                whole_line(at);
                at = extend(h, at, end);
            }
            h.text_line = at;
            h.text_offset = 0;
            return;
        }
        const bool sentence =
            h.family == Family::paragraph || (line.level == 0 && h.family != Family::annex && !in_capitals(rest) && !is_heading_text(h.line, rest));
        if (sentence) return;
        h.heading_lines.push_back(rest);
        at = line.level > 0 || (h.family == Family::annex && at < end && lines_[at].gap > 0) ? at : extend(h, h.line, end);
        h.text_line = at;
        h.text_offset = 0;
    }

    bool is_title_line(std::size_t at, std::size_t end) const {
        const auto& text = lines_[at].text;
        if (is_bullet(text)) return false;
        if (in_capitals(text) && length(text) > 4) return true;
        const auto c = last_of(text);
        if (ends_sentence(text) || c == ',' || c == ';' || length(text) * 10 > width_ * 7 || !is_upper(first_of(text))) return false;
        // Something has to follow below it, in a paragraph of its own.
        return at + 1 < end && (lines_[at + 1].gap > 0 || is_upper(first_of(lines_[at + 1].text)));
    }

    // Adds the lines a heading goes on over; `last` is its last line so far. Answers the line behind it.
    std::size_t extend(Heading& h, std::size_t last, std::size_t end) const {
        const bool capitals = in_capitals(h.heading_lines.back());
        auto at = last + 1;
        for (int more = 0; at < end && more < 6; ++more, ++at) {
            const auto& line = lines_[at];
            if (line.kind != LineKind::text || line.gap > 0 || is_bullet(line.text)) break;
            const auto& before = h.heading_lines.back();
            if (capitals) {
                if (!in_capitals(line.text) && !(ends_openly(before) && length(line.text) < 12)) break;
            } else {
                const bool open = ends_openly(before) && !before.ends_with(':');
                const bool small = is_lower(first_of(line.text)) && (length(before) * 10 >= width_ * 6 || open);
                if (!open && !small) break;
                if (ends_sentence(line.text) && length(line.text) * 10 > width_ * 5) break;
            }
            h.heading_lines.push_back(line.text);
        }
        return at;
    }

    const std::vector<Line>& lines_;
    std::size_t width_;
    std::vector<Heading> candidates_;
};

}  // namespace

std::vector<Heading> find_headings(const Document& document) { return Finder(document).run(); }

}  // namespace plan::importing
