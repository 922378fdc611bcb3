#include "plan/import/dates.h"
#include "plan/import/unicode.h"

namespace plan::importing {
namespace {

std::optional<double> number_word(std::string_view low) {
    constexpr std::pair<std::string_view, int> names[] = {{"zwei", 2},         {"zweier", 2},
                                                          {"drei", 3},         {"dreier", 3},
                                                          {"vier", 4},         {"fünf", 5},
                                                          {"sechs", 6},        {"sieben", 7},
                                                          {"acht", 8},         {"neun", 9},
                                                          {"zehn", 10},        {"elf", 11},
                                                          {"zwölf", 12},       {"dreizehn", 13},
                                                          {"vierzehn", 14},    {"fünfzehn", 15},
                                                          {"sechzehn", 16},    {"siebzehn", 17},
                                                          {"achtzehn", 18},    {"neunzehn", 19},
                                                          {"zwanzig", 20},     {"fünfundzwanzig", 25},
                                                          {"dreißig", 30},     {"vierzig", 40},
                                                          {"fünfzig", 50},     {"sechzig", 60},
                                                          {"siebzig", 70},     {"achtzig", 80},
                                                          {"neunzig", 90},     {"hundert", 100},
                                                          {"einhundert", 100}, {"zweihundert", 200},
                                                          {"tausend", 1000}};
    for (const auto& [name, value] : names)
        if (low == name) return value;
    if (low.empty() || low.find_first_not_of("0123456789.,") != std::string_view::npos || !is_digit(static_cast<unsigned char>(low[0])))
        return std::nullopt;
    // German figures: "1.500" and "7,6".
    std::string digits;
    std::size_t dots = 0, after_dot = 0;
    for (std::size_t i = 0; i < low.size(); ++i) {
        if (low[i] == '.') {
            ++dots;
            after_dot = 0;
            continue;
        }
        if (low[i] == ',') {
            digits += '.';
            continue;
        }
        digits += low[i];
        ++after_dot;
    }
    if (dots > 0 && (after_dot != 3 || digits.find('.') != std::string::npos)) return std::nullopt;  // a day or a clause number
    if (std::count(digits.begin(), digits.end(), '.') > 1 || digits.size() > 12) return std::nullopt;
    return std::strtod(digits.c_str(), nullptr);
}

// "einmal", "zweimal": how many times
std::optional<int> times_word(std::string_view low) {
    constexpr std::pair<std::string_view, int> names[] = {{"einmal", 1},  {"zweimal", 2},  {"dreimal", 3},  {"viermal", 4},
                                                          {"fünfmal", 5}, {"sechsmal", 6}, {"zehnmal", 10}, {"zwölfmal", 12}};
    for (const auto& [name, value] : names)
        if (low == name) return value;
    return std::nullopt;
}

// The dative plural takes an n the nominative has not: "zwölf Plätzen" are "Plätze".
std::string nominative(const std::string& noun) {
    constexpr std::string_view plurals[] = {
        "plätzen",     "kursen",         "tagen",      "monaten",      "jahren",    "berichten", "projekten", "angeboten",         "gesprächen",
        "kindern",     "mitgliedern",    "vertretern", "lehrgängen",   "räumen",    "flyern",    "kreisen",   "büchern",           "abenden",
        "festen",      "betrieben",      "netzen",     "märkten",      "beiträgen", "wegen",     "vereinen",  "trägern",           "lehrern",
        "teilnehmern", "sprachmittlern", "helfern",    "treffpunkten", "besuchen",  "terminen",  "formaten",  "praktikumsplätzen", "bildern",
        "ländern",     "orten"};
    const auto low = lower(noun);
    for (const auto p : plurals)
        if (low.ends_with(p)) return noun.substr(0, noun.size() - 1);
    return noun;
}

bool is_no_unit(std::string_view low) {
    for (const std::string_view w :
         {"uhr",    "jahr",      "jahre",   "jahren",   "monat",    "monate",  "monaten",  "woche",     "wochen",     "tag",   "tage",
          "tagen",  "abs",       "nr",      "satz",     "januar",   "februar", "märz",     "april",     "mai",        "juni",  "juli",
          "august", "september", "oktober", "november", "dezember", "quartal", "halbjahr", "einwohner", "einwohnern", "vwvfg", "grundgesetz"})
        if (low == w) return true;
    return false;
}

}  // namespace

std::vector<FoundQuantity> quantities_in(std::string_view sentence, const std::vector<Word>& words) {
    std::vector<FoundQuantity> out;
    const auto low = [&](std::size_t i) -> std::string_view { return i < words.size() ? std::string_view(words[i].low) : std::string_view(); };
    for (std::size_t i = 0; i < words.size(); ++i) {
        // What stands before the number says how it is meant.
        std::string comparison;
        std::size_t begin = i;
        for (std::size_t back = 1; back <= 2 && back <= i && comparison.empty(); ++back) {
            const auto w = low(i - back);
            if (w == "mindestens" || w == "wenigstens" || w == "min" || w == "mind" || w == "zumindest")
                comparison = "at_least";
            else if (w == "höchstens" || w == "maximal" || w == "max")
                comparison = "at_most";
            else if (w == "genau" || w == "exakt")
                comparison = "exactly";
            else if (w == "als" && i >= back + 2 && low(i - back - 2) == "nicht" && low(i - back - 1) == "weniger") {
                comparison = "at_least";
                back += 2;
            } else if (w == "als" && i >= back + 2 && low(i - back - 2) == "nicht" && low(i - back - 1) == "mehr") {
                comparison = "at_most";
                back += 2;
            } else if (w == "zu" && i >= back + 1 && low(i - back - 1) == "bis") {
                comparison = "at_most";
                back += 1;
            } else if (back == 1 && w != "ein" && w != "jährlich" && w != "jeweils" && w != "je")
                break;
            if (!comparison.empty()) begin = i - back;
        }
        if (const auto times = times_word(low(i))) {
            if (comparison.empty() && *times == 1) continue;  // "einmal im Jahr" is a rhythm
            auto end = i + 1;
            out.push_back({static_cast<double>(*times), "Mal", comparison.empty() ? "exactly" : comparison,
                           std::string(sentence.substr(words[begin].begin, words[end - 1].end - words[begin].begin))});
            continue;
        }
        std::optional<double> value = number_word(low(i));
        const bool one = (low(i) == "ein" || low(i) == "eine" || low(i) == "einen" || low(i) == "einem" || low(i) == "einer") && !comparison.empty();
        if (one) value = 1;
        if (!value) continue;
        const auto before = i > 0 ? low(i - 1) : std::string_view();
        if (before == "§" || before == "abs" || before == "art" || before == "nr" || before == "pkt" || before == "ziffer" || before == "punkt" ||
            before == "abschnitt" || before == "jahr" || before == "bis" || before == "seit" || before == "kapitel" || before == "zu") {
            if (comparison.empty()) continue;
        }
        if (i > 0 && words[i - 1].capital && words[i - 1].text.size() == 1) continue;  // "Niveau A 2"
        // The unit: the next noun, adjectives between them left out.
        auto unit = i + 1;
        while (unit < words.size() && unit < i + 4 && !words[unit].capital && low(unit) != "%" && low(unit) != "€" && low(unit) != "mal" &&
               (low(unit).ends_with("e") || low(unit).ends_with("en") || low(unit).ends_with("er")) && low(unit) != "der" && low(unit) != "die" &&
               low(unit) != "den")
            ++unit;
        if (unit >= words.size()) continue;
        const auto name = low(unit);
        const bool sign = name == "%" || name == "€" || name == "mal";
        if (!sign && (!words[unit].capital || (is_no_unit(name) && comparison.empty()))) continue;
        if (!sign && words[unit].low == "jahr") continue;
        // A full stop between number and noun makes a date or the end of a sentence.
        if (sentence.substr(words[i].end, words[i + 1].begin - words[i].end).find('.') != std::string_view::npos) continue;
        if (comparison.empty() && name == "%") comparison = "exactly";
        if (comparison.empty() && *value >= 1900 && *value <= 2100 && low(i).size() == 4) continue;
        out.push_back({*value,
                       name == "mal" ? "Mal"
                       : sign        ? std::string(name)
                                     : nominative(words[unit].text),
                       comparison.empty() ? "exactly" : comparison,
                       std::string(sentence.substr(words[begin].begin, words[unit].end - words[begin].begin))});
        i = unit;
    }
    return out;
}

}  // namespace plan::importing
