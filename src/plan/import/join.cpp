#include "plan/import/clean.h"
#include "plan/import/unicode.h"

namespace plan::importing {
namespace {

std::string_view last_word(std::string_view text) {
    const auto space = text.find_last_of(" (/\"");
    return space == std::string_view::npos ? text : text.substr(space + 1);
}
std::string first_word(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        const auto c = next(text, i);
        if (!is_letter(c)) break;
        append(out, c);
    }
    return out;
}

bool ends_with_any(std::string_view word, std::initializer_list<std::string_view> endings) {
    for (const auto e : endings)
        if (word.ends_with(e) && word.size() > e.size() + 1) return true;
    return false;
}

// "öffentlich-" + "rechtlichen": two adjectives joined by a hyphen of their own, which stays.
bool is_pair_of_adjectives(std::string_view first, const std::string& second) {
    if (!ends_with_any(first, {"lich", "isch"})) return false;
    std::string stem = second;
    for (const std::string_view ending : {"en", "em", "er", "es", "e"})
        if (stem.ends_with(ending) && stem.size() > ending.size() + 3) {
            stem.resize(stem.size() - ending.size());
            break;
        }
    return ends_with_any(stem, {"lich", "isch", "ell", "iv", "al", "ig"});
}

bool is_all_upper(std::string_view word) {
    std::size_t letters = 0;
    for (std::size_t i = 0; i < word.size();) {
        const auto c = next(word, i);
        if (!is_letter(c)) continue;
        if (is_lower(c)) return false;
        ++letters;
    }
    return letters >= 2;
}

}  // namespace

bool ends_sentence(std::string_view text) {
    while (!text.empty()) {
        const auto c = last_of(text);
        if (c == '.' || c == '!' || c == '?' || c == ':' || c == 0x2026) return true;
        if (c != '"' && c != ')' && c != '\'' && c != 0x201C && c != 0x201D && c != 0x2019 && c != 0x2018 && c != 0xBB && c != 0xAB && c != ']')
            return false;
        std::string one;
        append(one, c);
        text.remove_suffix(one.size());
    }
    return false;
}

bool in_capitals(std::string_view text) {
    std::size_t upper = 0, low = 0;
    for (std::size_t i = 0; i < text.size();) {
        const auto c = next(text, i);
        if (!is_letter(c)) continue;
        (is_lower(c) && c != 0xDF ? low : upper) += 1;  // many write ß in capitals
    }
    return upper >= 2 && upper >= low * 6;
}

std::string join_lines(std::string_view first, std::string_view second) {
    if (first.empty()) return std::string(second);
    if (second.empty()) return std::string(first);
    const auto c = last_of(first);
    const auto begins = first_of(second);
    const auto glue = [&](std::string_view a, std::string_view between) { return std::string(a) + std::string(between) + std::string(second); };
    if (c == 0xAD) return glue(first.substr(0, first.size() - 2), "");
    if (c == '/' && (is_lower(begins) || begins == '-') && first.size() > 1 && first[first.size() - 2] != ' ') return glue(first, "");
    if (c != '-' && c != 0x2010 && c != 0x2011) return glue(first, " ");

    const std::size_t hyphen = c == '-' ? 1 : 3;
    const auto before = first.substr(0, first.size() - hyphen);
    const auto letter = last_of(before);
    if (before.empty() || letter == ' ') return glue(first, " ");  // a dash, not a hyphen
    if (is_digit(letter)) return glue(first, is_digit(begins) || is_letter(begins) ? "" : " ");
    if (!is_letter(letter)) return glue(first, is_letter(begins) ? "" : " ");
    const auto word = first_word(second);
    const auto low = lower(word);
    // A suspended hyphen: "Sozial- und Jugendhilfe".
    if (low == "und" || low == "oder" || low == "bzw" || low == "sowie" || low == "u" || low == "o" || low == "respektive") return glue(first, " ");
    if (is_lower(begins)) {
        if (is_pair_of_adjectives(lower(last_word(before)), low)) return glue(first, "");
        return glue(before, "");
    }
    if (is_upper(begins)) {
        const bool capitals = is_all_upper(last_word(before)) && (is_all_upper(word) || length(word) == 1);
        return capitals ? glue(before, "") : glue(first, "");
    }
    if (is_digit(begins)) return glue(first, "");
    return glue(first, " ");
}

std::string join_lines(const std::vector<std::string>& lines) {
    std::string out;
    for (const auto& line : lines) {
        if (out.empty()) {
            out = line;
            continue;
        }
        // Only the end matters to the rule, so a long paragraph is not copied line by line.
        auto begin = out.size() > 80 ? out.size() - 80 : 0;
        while (begin > 0 && out[begin] != ' ') --begin;
        const auto joined = join_lines(std::string_view(out).substr(begin), line);
        out.replace(begin, std::string::npos, joined);
    }
    return out;
}

}  // namespace plan::importing
