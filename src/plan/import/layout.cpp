#include "plan/import/layout.h"

#include "plan/import/clean.h"
#include "plan/import/headings.h"
#include "plan/import/unicode.h"

namespace plan::importing {
namespace {

// Digits become #, so that "Seite 3" and "Seite 4" are the same line.
std::string shape_of(std::string_view text) {
    std::string out;
    for (const char c : squeeze(text)) {
        if (c >= '0' && c <= '9') {
            if (!out.ends_with('#')) out += '#';
        } else {
            out += c;
        }
    }
    return out;
}

bool is_page_number(const std::string& shape) {
    const auto low = lower(shape);
    return low == "#" || low == "- # -" || low == "– # –" || low == "-#-" || low == "– # -" || low == "[#]" || low == "# / #" || low == "#/#" ||
           low == "| #" || low == "seite #" || low == "seite # von #" || low == "seite # / #" || low == "seite #/#" || low == "s. #" ||
           low == "# von #";
}

int number_in(std::string_view text) {
    int out = -1;
    for (const char c : text) {
        if (c >= '0' && c <= '9') {
            out = std::max(out, 0) * 10 + (c - '0');
            if (out > 9999) return -1;
        } else if (out >= 0) {
            break;
        }
    }
    return out;
}

struct Place {
    std::size_t page, line;
};

// "Handlungsfeld 1", "Handlungsfeld 2" at the top of each page are headings that count on; a running head is the same line every time, its page
// number apart.
bool counts_headings(const std::vector<RawPage>& pages, const std::vector<Place>& places) {
    const auto text = [&](const Place& p) { return squeeze(pages[p.page][p.line].text); };
    const auto first = text(places.front());
    if (std::all_of(places.begin(), places.end(), [&](const Place& p) { return text(p) == first; })) return false;
    for (const auto& h : candidates_in(first)) {
        const bool bare = h.family == Family::decimal && h.parts.size() == 1 && first.find_first_of(".):") != h.number.size();
        if (!bare && h.family != Family::annex && h.rest <= first.size()) return true;
    }
    return false;
}

void drop(std::vector<RawPage>& pages, const std::map<std::string, std::vector<Place>>& found, std::vector<Warning>& warnings) {
    std::vector<std::set<std::size_t>> gone(pages.size());
    std::size_t numbers = 0;
    int first_number = 0;
    for (const auto& [shape, places] : found) {
        for (const auto& p : places) gone[p.page].insert(p.line);
        const auto& line = pages[places.front().page][places.front().line];
        if (is_page_number(shape)) {
            numbers += places.size();
            first_number = line.number;
        } else {
            warnings.push_back({base::message("Left out as a running head or foot, {count} times: “{text}”",
                                              {{"count", std::to_string(places.size())}, {"text", squeeze(line.text)}}),
                                line.number});
        }
    }
    if (numbers > 0)
        warnings.push_back({base::message("Left out as page numbers: {count} lines", {{"count", std::to_string(numbers)}}), first_number});
    for (std::size_t p = 0; p < pages.size(); ++p) {
        if (gone[p].empty()) continue;
        RawPage kept;
        for (std::size_t i = 0; i < pages[p].size(); ++i)
            if (!gone[p].contains(i)) kept.push_back(pages[p][i]);
        pages[p] = std::move(kept);
    }
}

// With page ends known: what stands in the first or last lines of most pages.
void drop_at_page_ends(std::vector<RawPage>& pages, std::vector<Warning>& warnings) {
    std::map<std::string, std::vector<Place>> found;
    std::size_t filled = 0;
    for (std::size_t p = 0; p < pages.size(); ++p) {
        std::vector<std::size_t> lines;
        for (std::size_t i = 0; i < pages[p].size(); ++i)
            if (!squeeze(pages[p][i].text).empty()) lines.push_back(i);
        filled += !lines.empty();
        std::set<std::size_t> edge;
        for (std::size_t k = 0; k < lines.size() && k < 3; ++k) {
            edge.insert(lines[k]);
            edge.insert(lines[lines.size() - 1 - k]);
        }
        for (const auto i : edge) found[shape_of(pages[p][i].text)].push_back({p, i});
    }
    std::erase_if(found, [&](const auto& entry) {
        const auto& [shape, places] = entry;
        std::set<std::size_t> on;
        for (const auto& p : places) on.insert(p.page);
        if (is_page_number(shape)) return on.size() < 2;
        if (counts_headings(pages, places)) return true;
        return on.size() < 3 || on.size() * 2 < filled || shape.size() < 4;
    });
    drop(pages, found, warnings);
}

// Without page ends: a line with a counting number that keeps coming back, or lone numbers counting up that cut sentences.
void drop_counting_lines(std::vector<RawPage>& pages, std::vector<Warning>& warnings) {
    auto& page = pages.front();
    std::map<std::string, std::vector<Place>> found;
    for (std::size_t i = 0; i < page.size(); ++i) {
        const auto shape = shape_of(page[i].text);
        if (shape.find('#') != std::string::npos && shape.size() < 120) found[shape].push_back({0, i});
    }
    std::erase_if(found, [&](const auto& entry) {
        const auto& [shape, places] = entry;
        const auto low = lower(shape);
        const bool says_page = low.find("seite #") != std::string::npos || is_page_number(shape);
        if (!says_page || places.size() < 2) return true;
        bool cuts = low != "#";
        for (std::size_t k = 0; k < places.size(); ++k) {
            const auto at = places[k].line;
            const auto number_of = [&](std::size_t i) {
                const auto text = squeeze(page[i].text);
                const auto seite = lower(text).find("seite ");
                return number_in(std::string_view(text).substr(seite == std::string::npos ? 0 : seite));
            };
            if (k > 0 && number_of(at) != number_of(places[k - 1].line) + 1) return true;
            auto before = at, after = at + 1;
            while (before > 0 && squeeze(page[before - 1].text).empty()) --before;
            while (after < page.size() && squeeze(page[after].text).empty()) ++after;
            if (before > 0 && after < page.size() && !ends_sentence(squeeze(page[before - 1].text)) && is_lower(first_of(squeeze(page[after].text))))
                cuts = true;
        }
        return !cuts;
    });
    // The heading that runs above or below each page number comes back as often as it does.
    std::map<std::string, std::vector<Place>> beside;
    for (const auto& [shape, places] : found)
        for (const auto& p : places)
            for (const int step : {-1, 1}) {
                auto at = static_cast<std::ptrdiff_t>(p.line) + step;
                while (at >= 0 && at < static_cast<std::ptrdiff_t>(page.size()) && squeeze(page[static_cast<std::size_t>(at)].text).empty())
                    at += step;
                if (at < 0 || at >= static_cast<std::ptrdiff_t>(page.size())) continue;
                const auto other = shape_of(page[static_cast<std::size_t>(at)].text);
                if (!found.contains(other)) beside[other].push_back({0, static_cast<std::size_t>(at)});
            }
    for (const auto& [shape, places] : beside)
        if (places.size() >= 3) found[shape] = places;
    drop(pages, found, warnings);
}

}  // namespace

void drop_running_lines(std::vector<RawPage>& pages, std::vector<Warning>& warnings) {
    if (pages.size() > 1)
        drop_at_page_ends(pages, warnings);
    else
        drop_counting_lines(pages, warnings);
}

RawPage split_notes(const RawPage& page, int number, std::vector<Line>& notes) {
    // Notes stand at the foot: from the first line that begins with a raised or bracketed number, or with a bare one below a rule.
    const auto is_rule = [](const std::string& text) {
        return text.size() >= 3 && text.find_first_not_of("_-—–") == std::string::npos && text.starts_with("__");
    };
    const auto is_raised = [](const std::string& text) {
        const auto c = first_of(text);
        return c == 0xB9 || c == 0xB2 || c == 0xB3 || (c >= 0x2074 && c <= 0x2079);
    };
    std::size_t begin = page.size();
    for (std::size_t i = page.size(); i-- > page.size() / 3;) {
        const auto text = squeeze(page[i].text);
        if (is_raised(text)) {
            begin = i;
            continue;
        }
        if (is_rule(text) && i + 1 < page.size()) {
            auto after = i + 1;
            while (after < page.size() && squeeze(page[after].text).empty()) ++after;
            if (after < page.size()) {
                const auto note = squeeze(page[after].text);
                if (is_raised(note) || is_digit(first_of(note)) || note.starts_with('[')) begin = i;
            }
            break;
        }
    }
    if (begin == page.size()) return page;
    for (std::size_t i = begin; i < page.size(); ++i) {
        const auto text = squeeze(page[i].text);
        if (text.empty() || is_rule(text)) continue;
        const auto c = first_of(text);
        if (!notes.empty() && notes.back().page == number && !is_raised(text) && !is_digit(c) && c != '[') {
            notes.back().text = join_lines(notes.back().text, text);
            continue;
        }
        Line note;
        note.text = text;
        note.page = number;
        note.number = page[i].number;
        note.kind = LineKind::note;
        notes.push_back(std::move(note));
    }
    return RawPage(page.begin(), page.begin() + static_cast<std::ptrdiff_t>(begin));
}

void place_notes(std::vector<Line>& lines, std::vector<Line> notes, std::vector<Warning>& warnings) {
    if (notes.empty()) return;
    warnings.push_back(
        {base::message("{count} footnotes stand behind the text of their clause", {{"count", std::to_string(notes.size())}}), notes.front().number});
    for (auto& note : notes) {
        auto at = lines.end();
        while (at != lines.begin() && std::prev(at)->page > note.page) --at;
        lines.insert(at, std::move(note));
    }
}

void mark_contents(std::vector<Line>& lines) {
    const auto ends_in_number = [](const std::string& text) {
        auto at = text.size();
        while (at > 0 && is_digit(static_cast<unsigned char>(text[at - 1]))) --at;
        return at < text.size() && text.size() - at <= 3 && at > 0 && (text[at - 1] == ' ' || text[at - 1] == '.' || text[at - 1] == '\t');
    };
    const auto has_leader = [](const std::string& text) {
        return text.find("....") != std::string::npos || text.find(". . .") != std::string::npos || text.find("……") != std::string::npos ||
               text.find("___") != std::string::npos;
    };
    for (std::size_t i = 0; i < lines.size(); ++i) {
        auto low = lower(lines[i].text);
        while (low.ends_with(':') || low.ends_with('.')) low.pop_back();
        const bool title = low == "inhalt" || low == "inhaltsverzeichnis" || low == "inhaltsübersicht" || low == "gliederung";
        if (!title) {
            if (has_leader(lines[i].text) && ends_in_number(lines[i].text)) lines[i].kind = LineKind::contents;
            continue;
        }
        // From its title on: entries end in a page number; one that runs over two lines has it on the second.
        std::size_t last = i;
        for (std::size_t k = i + 1; k < lines.size() && k - last <= 2; ++k)
            if (ends_in_number(lines[k].text) && !ends_sentence(lines[k].text)) last = k;
        if (last == i) {
            // A list of headings without page numbers: it goes on until its first entry comes again.
            const auto first = i + 1 < lines.size() ? lower(lines[i + 1].text) : "";
            for (std::size_t k = i + 2; k < lines.size() && k < i + 200 && !first.empty(); ++k)
                if (lower(lines[k].text) == first) {
                    last = k - 1;
                    break;
                }
        }
        if (last == i) continue;
        for (std::size_t k = i; k <= last; ++k) lines[k].kind = LineKind::contents;
        i = last;
    }
}

std::vector<std::string> cells_of(std::string_view raw) {
    std::vector<std::string> out;
    const bool bars = raw.find('|') != std::string_view::npos;
    std::string cell;
    int spaces = 0;
    bool begun = false;
    const auto finish = [&] {
        out.push_back(squeeze(cell));
        cell.clear();
    };
    for (std::size_t i = 0; i < raw.size();) {
        const auto c = next(raw, i);
        if (bars ? c == '|' : c == '\t' && begun) {
            finish();
            spaces = 0;
            continue;
        }
        if (is_space(c)) {
            ++spaces;
            if (begun) cell += ' ';
            continue;
        }
        if (!bars && begun && spaces >= 3) {
            if (!squeeze(cell).empty()) finish();
        }
        spaces = 0;
        begun = true;
        append(cell, c);
    }
    finish();
    if (bars) {
        if (!out.empty() && out.front().empty()) out.erase(out.begin());
        if (!out.empty() && out.back().empty()) out.pop_back();
    }
    return out;
}

}  // namespace plan::importing
