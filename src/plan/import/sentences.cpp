#include "plan/import/sentences.h"

#include <algorithm>

#include "plan/import/unicode.h"

namespace plan::importing {
namespace {

constexpr std::string_view abbreviations[] = {
    "z",   "b",    "bzw",  "ca",   "nr",   "abs", "art",   "pkt",    "s",    "bspw",    "d",      "h",      "u",   "a",    "o",    "ä",
    "vgl", "dr",   "str",  "ggf",  "inkl", "sog", "ziff",  "st",     "lit",  "mio",     "mrd",    "evtl",   "max", "min",  "mind", "i",
    "r",   "f",    "ff",   "prof", "hrsg", "tel", "bd",    "jh",     "gem",  "einschl", "insb",   "insbes", "lfd", "allg", "exkl", "abb",
    "tab", "kap",  "anm",  "jan",  "feb",  "aug", "sept",  "okt",    "nov",  "dez",     "e",      "v",      "m",   "n",    "c",    "t",
    "p",   "zzgl", "kath", "ev",   "resp", "mtl", "jährl", "beschl", "vors", "stv",     "stellv", "dipl"};
constexpr std::string_view starters[] = {"der",          "die",     "das",       "ein",  "eine",   "es",   "er",    "dies",
                                         "diese",        "dieser",  "dieses",    "im",   "in",     "zum",  "zur",   "für",
                                         "mit",          "bei",     "auf",       "an",   "hierzu", "dazu", "dabei", "hierbei",
                                         "insbesondere", "darüber", "weiterhin", "ziel", "auch",   "nach", "durch", "alle"};

template <class Table>
bool among(const Table& table, std::string_view word) {
    return std::find(std::begin(table), std::end(table), word) != std::end(table);
}

std::string word_before(std::string_view text, std::size_t at) {
    auto begin = at;
    while (begin > 0 && text[begin - 1] != ' ' && text[begin - 1] != '(' && text[begin - 1] != '.' && text[begin - 1] != '/' &&
           text[begin - 1] != '\n')
        --begin;
    return lower(text.substr(begin, at - begin));
}
std::string word_from(std::string_view text, std::size_t at) {
    std::string out;
    while (at < text.size()) {
        const auto c = next(text, at);
        if (!is_letter(c)) break;
        append(out, c);
    }
    return out;
}

bool is_roman(std::string_view low) { return !low.empty() && low.find_first_not_of("ivx") == std::string_view::npos; }

bool is_closing(char32_t c) {
    return c == '"' || c == ')' || c == 0x201C || c == 0x201D || c == 0x2019 || c == 0x2018 || c == 0xBB || c == 0xAB || c == ']' || c == '\'';
}

// Whether the dot at `at` ends a sentence; `after` is where the next word begins.
bool dot_ends(std::string_view text, std::size_t at, std::size_t after) {
    const auto before = word_before(text, at);
    const auto follows = word_from(text, after);
    const auto low = lower(follows);
    const auto c = first_of(text.substr(after));
    if (is_lower(c)) return false;
    if (before.empty()) return at > 0 && (text[at - 1] == ')' || text[at - 1] == '.');
    const bool number = before.find_first_not_of("0123456789") == std::string::npos;
    if (number) {
        if (before.size() <= 2) {
            // "31. Dezember", "1. Halbjahr", "am 3. Kinderfest": an ordinal, unless an article begins what follows.
            return among(starters, low) && low != "im" && low != "in" && low != "an";
        }
        return true;
    }
    if (is_roman(before) && (low == "quartal" || low == "halbjahr" || is_digit(c))) return false;
    if (before == "etc" || before == "usw") return among(starters, low);
    if (among(abbreviations, before)) {
        if (is_digit(c)) return false;
        return before.size() > 1 && before != "bzw" && before != "dr" && before != "prof" && before != "nr" && before != "abs" && before != "st" &&
               among(starters, low);
    }
    return true;
}

}  // namespace

std::vector<std::string> sentences_of(std::string_view text) {
    std::vector<std::string> out;
    std::size_t begin = 0;
    int brackets = 0;
    bool quoted = false;
    const auto cut = [&](std::size_t end) {
        auto sentence = trim(text.substr(begin, end - begin));
        if (!sentence.empty()) out.push_back(std::move(sentence));
        begin = end;
    };
    for (std::size_t i = 0; i < text.size();) {
        const auto at = i;
        const auto c = next(text, i);
        if (c == '(')
            ++brackets;
        else if (c == ')')
            brackets = std::max(0, brackets - 1);
        else if (c == 0x201E)
            quoted = true;
        else if (c == 0x201C || c == 0x201D)
            quoted = false;
        if (c == '.' || c == '!' || c == '?' || c == 0x2026) {
            auto end = i;
            bool closed_quote = false;
            while (end < text.size()) {
                auto p = end;
                const auto q = next(text, p);
                if (!is_closing(q)) break;
                if (q == ')') brackets = std::max(0, brackets - 1);
                closed_quote = closed_quote || q != ')';
                end = p;
            }
            if (closed_quote) quoted = false;
            if (end >= text.size() || brackets > 0 || (quoted && end == i)) {
                i = std::max(i, end);
                continue;
            }
            auto after = end;
            while (after < text.size() && is_space(static_cast<unsigned char>(text[after]))) ++after;
            if (after == end || after >= text.size()) {
                i = std::max(i, end);
                continue;
            }
            if (c == '.' ? dot_ends(text, at, after) : !is_lower(first_of(text.substr(after)))) {
                cut(end);
                begin = after;
                i = after;
            } else {
                i = end;
            }
            continue;
        }
        // A lost full stop: an article with a capital stands inside no sentence, but behind a year or a noun.
        if (c == ' ' && brackets == 0 && !quoted && at > begin && i < text.size() && text[i] == 'D') {
            const auto word = word_from(text, i);
            const bool article = word == "Der" || word == "Die" || word == "Das";
            const auto behind = i + word.size();
            if (article && behind < text.size() && text[behind] == ' ') {
                const auto last = static_cast<unsigned char>(text[at - 1]);
                const auto before = word_before(text, at);
                const bool ended = is_digit(last) || (is_letter(last_of(text.substr(0, at))) && is_upper(first_of(text.substr(at - before.size()))));
                if (ended && !among(abbreviations, before)) {
                    cut(at);
                    begin = i;
                }
            }
        }
    }
    cut(text.size());
    return out;
}

std::vector<Word> words_of(std::string_view sentence) {
    std::vector<Word> out;
    const auto is_part = [&](std::size_t at, char32_t c) {
        if (is_letter(c) || is_digit(c) || c == 0xDF) return true;
        if (at == 0) return false;
        // A hyphen, dot or comma inside a word or number belongs to it.
        std::size_t after = at;
        next(sentence, after);
        if (after >= sentence.size()) return false;
        const auto behind = first_of(sentence.substr(after));
        const auto before = last_of(sentence.substr(0, at));
        if (c == '-' || c == 0x2011) return (is_letter(before) || is_digit(before)) && (is_letter(behind) || is_digit(behind));
        if (c == '.' || c == ',') return is_digit(before) && is_digit(behind);
        return false;
    };
    for (std::size_t i = 0; i < sentence.size();) {
        auto at = i;
        auto c = next(sentence, i);
        if (c == '%' || c == 0x20AC || c == 0xA7) {
            Word w;
            w.text = w.low = std::string(sentence.substr(at, i - at));
            w.begin = at;
            w.end = i;
            out.push_back(std::move(w));
            continue;
        }
        if (!is_part(at, c)) {
            if ((c == ',' || c == ';') && !out.empty()) out.back().comma = true;
            continue;
        }
        Word w;
        w.begin = at;
        while (true) {
            append(w.text, c);
            w.end = i;
            if (i >= sentence.size()) break;
            at = i;
            std::size_t p = i;
            c = next(sentence, p);
            if (!is_part(at, c)) break;
            i = p;
        }
        w.low = lower(w.text);
        w.capital = is_upper(first_of(w.text));
        if (i < sentence.size() && (sentence[i] == ',' || sentence[i] == ';')) w.comma = true;
        out.push_back(std::move(w));
    }
    return out;
}

void mark_main_clause(std::vector<Word>& words, std::string_view sentence) {
    // Quotes and brackets. A quote of the whole sentence is somebody else's word as well.
    int depth = 0;
    std::size_t w = 0;
    for (std::size_t i = 0; i < sentence.size();) {
        const auto at = i;
        const auto c = next(sentence, i);
        if (c == '(' || c == 0x201E)
            ++depth;
        else if (c == ')' || c == 0x201C || c == 0x201D)
            depth = std::max(0, depth - 1);
        while (w < words.size() && words[w].begin <= at) {
            if (words[w].begin == at && depth > 0) words[w].main = false;
            if (words[w].begin > at) break;
            ++w;
        }
    }
    constexpr std::string_view subordinators[] = {"dass",   "wenn",  "weil",    "sofern",  "soweit", "falls", "ob",      "damit", "wo",
                                                  "wie",    "was",   "nachdem", "bevor",   "da",     "wobei", "wodurch", "wofür", "obwohl",
                                                  "sodass", "indem", "während", "solange", "sobald", "um",    "ohne",    "statt", "anstatt"};
    constexpr std::string_view relatives[] = {"die",   "der",    "das",     "den",     "dem",     "deren",  "dessen",
                                              "denen", "welche", "welcher", "welches", "welchen", "welchem"};
    constexpr std::string_view prepositions[] = {"in",   "für",   "mit",  "bei", "von",   "zu",    "an",   "auf",
                                                 "über", "durch", "nach", "aus", "unter", "gegen", "ohne", "um"};
    for (std::size_t i = 0; i < words.size(); ++i) {
        const bool opens = i == 0 || words[i - 1].comma;
        if (!opens || !words[i].main) continue;
        bool subordinate = among(subordinators, words[i].low);
        // "Wenn …," at the start of a sentence, too; "Wie" and "Was" may ask.
        std::size_t end = i;
        while (end + 1 < words.size() && !words[end].comma) ++end;
        if (!subordinate && i > 0) {
            auto r = i;
            if (among(prepositions, words[r].low) && r + 1 < words.size()) ++r;
            const bool welche = words[r].low.starts_with("welche");
            if (among(relatives, words[r].low) && !words[r].capital) {
                // A relative clause ends in its verb; a list of nouns goes on with a noun right behind its article.
                const bool noun_follows = r + 1 < words.size() && words[r + 1].capital;
                const bool ends_in_verb = !words[end].capital && end > r + 1;
                subordinate = welche || (ends_in_verb && (!noun_follows || words[r].low.starts_with("den") || words[r].low.starts_with("der") ||
                                                          words[r].low.starts_with("des")));
                // "die nachgeordneten Einrichtungen": an adjective and its noun
                const auto& behind = r + 1 < words.size() ? words[r + 1].low : words[r].low;
                const bool adjective = behind.size() > 5 && (behind.ends_with("en") || behind.ends_with("e") || behind.ends_with("er")) &&
                                       behind != "keinen" && behind != "seinen" && behind != "ihrer";
                if (adjective && r == i && !welche && r + 2 < words.size() && words[r + 2].capital && !words[r + 1].capital) subordinate = false;
                if (noun_follows && r == i && !welche &&
                    (words[r].low == "die" || words[r].low == "der" || words[r].low == "das" || words[r].low == "den" || words[r].low == "dem"))
                    subordinate = false;
            }
        }
        if (!subordinate) continue;
        if (i == 0 && end + 1 >= words.size()) continue;  // nothing else is there
        for (auto k = i; k <= end; ++k) words[k].main = false;
        // A participle group set off inside it by commas would look like main words again; the verb comes after, so it stays right.
    }
}

}  // namespace plan::importing
