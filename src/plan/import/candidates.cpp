#include "plan/import/headings.h"
#include "plan/import/unicode.h"

namespace plan::importing {
namespace {

constexpr std::string_view labels[] = {"handlungsfeld",
                                       "handlungsschwerpunkt",
                                       "aktionsfeld",
                                       "themenfeld",
                                       "leitziel",
                                       "oberziel",
                                       "unterziel",
                                       "teilziel",
                                       "strategisches ziel",
                                       "operatives ziel",
                                       "ziel",
                                       "maßnahme",
                                       "massnahme",
                                       "einzelmaßnahme",
                                       "kapitel",
                                       "abschnitt",
                                       "teil",
                                       "artikel",
                                       "schwerpunkt",
                                       "leitlinie",
                                       "leitsatz",
                                       "baustein",
                                       "projekt",
                                       "ziffer",
                                       "punkt",
                                       "aufgabe",
                                       "vorhaben"};

bool is_month(std::string_view word) {
    for (const std::string_view m :
         {"januar", "februar",  "märz",    "april",       "mai",    "juni",     "juli",   "august", "september", "oktober", "november", "dezember",
          "jänner", "halbjahr", "quartal", "jahrhundert", "lesung", "jahrgang", "klasse", "person", "auflage",   "sitzung", "trimester"})
        if (word == m) return true;
    return false;
}

std::string word_at(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        const auto c = next(text, i);
        if (!is_letter(c)) break;
        append(out, c);
    }
    return out;
}

std::size_t skip_spaces(std::string_view text, std::size_t at) {
    while (at < text.size() && text[at] == ' ') ++at;
    return at;
}

// "5.4.1.8" from `at`; parts of one or two digits.
std::vector<int> decimal_at(std::string_view text, std::size_t& at) {
    std::vector<int> out;
    auto p = at;
    while (p < text.size() && is_digit(static_cast<unsigned char>(text[p]))) {
        auto end = p;
        while (end < text.size() && is_digit(static_cast<unsigned char>(text[end]))) ++end;
        if (end - p > 2) return {};
        out.push_back(std::stoi(std::string(text.substr(p, end - p))));
        at = end;
        if (end + 1 < text.size() && text[end] == '.' && is_digit(static_cast<unsigned char>(text[end + 1])) && out.size() < 7)
            p = end + 1;
        else
            break;
    }
    return out;
}

std::string dotted(const std::vector<int>& parts, std::size_t from = 0) {
    std::string out;
    for (auto i = from; i < parts.size(); ++i) out += (out.empty() ? "" : ".") + std::to_string(parts[i]);
    return out;
}

int roman_value(std::string_view text) {
    const auto digit = [](char c) { return c == 'I' ? 1 : c == 'V' ? 5 : c == 'X' ? 10 : c == 'L' ? 50 : 0; };
    int out = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const int here = digit(text[i]), after = i + 1 < text.size() ? digit(text[i + 1]) : 0;
        if (here == 0) return 0;
        out += here < after ? -here : here;
    }
    if (out <= 0 || out > 60) return 0;
    std::string back;
    int left = out;
    for (const auto& [value, sign] :
         std::initializer_list<std::pair<int, const char*>>{{50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}})
        while (left >= value) {
            back += sign;
            left -= value;
        }
    return back == text ? out : 0;
}

// Dots, brackets and colons that close a number; the place of the words behind them. Nothing when a word or figure clings to the number.
std::optional<std::size_t> after_number(std::string_view line, std::size_t at, bool& closed) {
    closed = false;
    while (at < line.size() && (line[at] == '.' || line[at] == ')' || line[at] == ':')) {
        ++at;
        closed = true;
    }
    if (at == line.size()) return at;
    if (line[at] == ' ') {
        at = skip_spaces(line, at);
        // "Maßnahme 3.2.4 – Sprachkurse", "5.1 : Ziele"
        std::size_t behind = at;
        const auto c = next(line, behind);
        if ((is_dash(c) || c == ':') && behind < line.size() && line[behind] == ' ') return skip_spaces(line, behind);
        return at;
    }
    // "5.3.INTEGRATION": a closed number and a capital without the space between them
    if (closed && is_upper(first_of(line.substr(at)))) return at;
    return std::nullopt;
}

bool begins_like_heading(std::string_view rest) {
    if (rest.empty()) return true;
    const auto c = first_of(rest);
    return is_upper(c) || is_digit(c) || c == 0x201E || c == '"' || c == 0xBB || c == 0xAB || c == '(' || c == 0x2018 || c == 0x201A;
}

void add_decimal(const std::string& line, std::vector<Heading>& out) {
    std::size_t at = 0;
    Heading h;
    h.parts = decimal_at(line, at);
    if (h.parts.empty()) return;
    bool closed = false;
    const auto rest = after_number(line, at, closed);
    if (!rest) return;
    const auto words = std::string_view(line).substr(*rest);
    const auto word = lower(word_at(words));
    if (is_month(word) || words.starts_with("%") || words.starts_with("€")) return;
    if (h.parts.size() == 1 && !closed && (words.empty() || !is_upper(first_of(words)))) return;
    if (h.parts.size() == 2 && h.parts[0] > 12 && h.parts[1] <= 12 && !words.empty() && is_digit(first_of(words))) return;  // 31.12. 2019
    if (is_digit(first_of(words)) && h.parts.size() == 1) return;
    if (!begins_like_heading(words) && !(closed && h.parts.size() > 1)) return;
    h.family = Family::decimal;
    h.number = dotted(h.parts);
    h.rest = *rest;
    out.push_back(std::move(h));
}

void add_letter_or_roman(const std::string& line, std::vector<Heading>& out) {
    std::size_t end = 0;
    while (end < line.size() && line[end] >= 'A' && line[end] <= 'Z') ++end;
    if (end == 0 || end > 6) return;
    const auto head = line.substr(0, end);
    auto at = end;
    std::vector<int> more;
    const bool dotted_more = at + 1 < line.size() && line[at] == '.' && is_digit(static_cast<unsigned char>(line[at + 1]));
    if (dotted_more)
        more = decimal_at(line, ++at);
    else if (end == 1 && at < line.size() && is_digit(static_cast<unsigned char>(line[at])))
        more = decimal_at(line, at);
    bool closed = false;
    const auto rest = after_number(line, at, closed);
    if (!rest) return;
    const auto words = std::string_view(line).substr(*rest);
    if (!begins_like_heading(words)) return;
    const auto add = [&](Family family, int value) {
        if (more.empty() && !closed && words.empty()) return;
        Heading h;
        h.family = family;
        h.parts = {value};
        h.parts.insert(h.parts.end(), more.begin(), more.end());
        h.number = head + (more.empty() ? "" : (dotted_more ? "." : "") + dotted(more));
        h.rest = *rest;
        out.push_back(std::move(h));
    };
    if (end == 1) add(Family::letter, head[0] - 'A' + 1);
    if (const int roman = roman_value(head); roman > 0) add(Family::roman, roman);
}

struct ParagraphNumber {
    int value = 0, letter = 0;
    std::size_t end = 0;
};
// "(1)", "(12)", "(1a)": a paragraph of a section; "(1D)" and "(15%)" are something else.
std::optional<ParagraphNumber> paragraph_at(std::string_view line, std::size_t at) {
    if (at >= line.size() || line[at] != '(') return std::nullopt;
    ParagraphNumber out;
    const auto digits = ++at;
    while (at < line.size() && at - digits < 2 && is_digit(static_cast<unsigned char>(line[at]))) out.value = out.value * 10 + (line[at++] - '0');
    if (at == digits) return std::nullopt;
    if (at < line.size() && line[at] >= 'a' && line[at] <= 'z') out.letter = line[at++] - 'a' + 1;
    if (at >= line.size() || line[at] != ')') return std::nullopt;
    out.end = at + 1;
    return out;
}

void add_section_sign(const std::string& line, std::vector<Heading>& out) {
    if (!line.starts_with("§")) return;
    auto at = skip_spaces(line, std::string_view("§").size());
    auto end = at;
    while (end < line.size() && is_digit(static_cast<unsigned char>(line[end]))) ++end;
    if (end == at || end - at > 3) return;
    Heading h;
    h.family = Family::section_sign;
    h.parts = {std::stoi(line.substr(at, end - at))};
    h.number = "§ " + line.substr(at, end - at);
    if (end < line.size() && line[end] >= 'a' && line[end] <= 'z' && (end + 1 == line.size() || line[end + 1] == ' ')) h.number += line[end++];
    at = skip_spaces(line, end);
    if (const auto paragraph = paragraph_at(line, at)) {
        h.family = Family::paragraph;
        h.number += " " + line.substr(at, paragraph->end - at);
        h.parts.push_back(paragraph->value);
        if (paragraph->letter > 0) h.parts.push_back(paragraph->letter);
        end = paragraph->end;
    }
    bool closed = false;
    const auto rest = after_number(line, end, closed);
    if (!rest) return;
    const auto words = std::string_view(line).substr(*rest);
    const auto word = word_at(words);
    if (!begins_like_heading(words) || word == "Abs" || word == "Absatz" || word == "Nr" || word == "Satz" || word == "S" || word == "Nummer" ||
        word == "Ziffer" || word == "Art")
        return;
    h.rest = *rest;
    out.push_back(std::move(h));
}

void add_paragraph(const std::string& line, std::vector<Heading>& out) {
    const auto found = paragraph_at(line, 0);
    if (!found) return;
    Heading h;
    h.family = Family::paragraph;
    h.parts = {0, found->value};  // the section is known once the sequence is
    if (found->letter > 0) h.parts.push_back(found->letter);
    h.number = line.substr(0, found->end);
    h.rest = skip_spaces(line, found->end);
    if (!begins_like_heading(std::string_view(line).substr(h.rest))) return;
    out.push_back(std::move(h));
}

void add_label(const std::string& line, std::vector<Heading>& out) {
    const auto low = lower(line.substr(0, 60));
    for (const auto label : labels) {
        if (!low.starts_with(label)) continue;
        auto at = label.size();
        if (at < line.size() && (line[at] == 's' || line[at] == 'e')) continue;
        auto number_begins = at;  // "Maßnahme Nr. 3" keeps its "Nr."
        if (low.substr(at).starts_with(" nr.")) at += 4;
        if (at >= line.size() || line[at] != ' ') continue;
        at = skip_spaces(line, at);
        number_begins = skip_spaces(line, number_begins);
        Heading h;
        h.family = Family::label;
        h.parts = decimal_at(line, at);
        if (h.parts.empty()) {
            auto end = at;
            while (end < line.size() && line[end] >= 'A' && line[end] <= 'Z') ++end;
            const auto head = line.substr(at, end - at);
            if (const int roman = roman_value(head); roman > 0)
                h.parts = {roman};
            else if (head.size() == 1)
                h.parts = {head[0] - 'A' + 1};
            else
                continue;
            at = end;
            if (at + 1 < line.size() && (line[at] == '.' || is_digit(static_cast<unsigned char>(line[at]))) &&
                is_digit(static_cast<unsigned char>(line[at + (line[at] == '.')]))) {
                at += line[at] == '.';
                const auto more = decimal_at(line, at);
                h.parts.insert(h.parts.end(), more.begin(), more.end());
            }
        }
        bool closed = false;
        const auto number_end = at;
        const auto rest = after_number(line, at, closed);
        if (!rest) continue;
        const auto words = std::string_view(line).substr(*rest);
        if (!begins_like_heading(words) || is_month(lower(word_at(words)))) continue;
        std::string name = line.substr(0, label.size());
        if (length(name) > 1 && is_upper(first_of(std::string_view(name).substr(1)))) {  // HANDLUNGSFELD → Handlungsfeld
            name = lower(name);
            name[0] = static_cast<char>(name[0] - 32);
        }
        h.label = lower(name);
        h.number = name + " " + line.substr(number_begins, number_end - number_begins);
        h.rest = *rest;
        out.push_back(std::move(h));
        return;
    }
}

void add_annex(const std::string& line, std::vector<Heading>& out) {
    const auto low = lower(line.substr(0, 40));
    for (const std::string_view word : {"anlagen", "anlage", "anhänge", "anhang", "annex"}) {
        if (!low.starts_with(word)) continue;
        auto at = word.size();
        if (at < line.size() && line[at] != ' ' && line[at] != ':' && line[at] != '.') continue;
        at = skip_spaces(line, at);
        Heading h;
        h.family = Family::annex;
        h.rest = 0;
        auto end = at;
        while (end < line.size() && ((line[end] >= '0' && line[end] <= '9') || (line[end] >= 'A' && line[end] <= 'Z')) && end - at < 4) ++end;
        const bool numbered = end > at && (end == line.size() || line[end] == ' ' || line[end] == ':' || line[end] == '.' || line[end] == ')');
        const auto words = trim(std::string_view(line).substr(numbered ? end : at));
        auto plain = words;
        while (!plain.empty() && (plain.front() == ':' || plain.front() == '.' || plain.front() == '-' || plain.front() == ' ')) plain.erase(0, 1);
        if (!plain.empty() && is_lower(first_of(plain))) continue;
        if (!plain.empty() && plain.ends_with('.') && line.size() > 60) continue;
        out.push_back(std::move(h));
        return;
    }
}

}  // namespace

std::vector<Heading> candidates_in(const std::string& line) {
    std::vector<Heading> out;
    const auto c = first_of(line);
    if (is_digit(c))
        add_decimal(line, out);
    else if (c == 0xA7)
        add_section_sign(line, out);
    else if (c == '(')
        add_paragraph(line, out);
    else if (is_upper(c)) {
        add_letter_or_roman(line, out);
        add_label(line, out);
        add_annex(line, out);
    } else if (is_lower(c)) {
        return out;
    }
    return out;
}

}  // namespace plan::importing
