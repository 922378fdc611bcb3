#include "plan/import/dates.h"

#include "plan/import/unicode.h"

namespace plan::importing {
namespace {

int month_named(std::string_view low) {
    constexpr std::string_view months[] = {"januar", "februar", "märz",      "april",   "mai",      "juni",
                                           "juli",   "august",  "september", "oktober", "november", "dezember"};
    for (int i = 0; i < 12; ++i)
        if (low == months[i]) return i + 1;
    return low == "jänner" ? 1 : 0;
}
int year_in(std::string_view low) {
    if (low.size() != 4 || low.find_first_not_of("0123456789") != std::string_view::npos) return 0;
    const int year = std::stoi(std::string(low));
    return year >= 1990 && year <= 2099 ? year : 0;
}
int small_number(std::string_view low) {
    if (low.empty() || low.size() > 2 || low.find_first_not_of("0123456789") != std::string_view::npos) return 0;
    return std::stoi(std::string(low));
}
int ordinal(std::string_view low) {
    constexpr std::pair<std::string_view, int> names[] = {{"ersten", 1},  {"erstes", 1},  {"erste", 1},   {"zweiten", 2}, {"zweites", 2},
                                                          {"zweite", 2},  {"dritten", 3}, {"drittes", 3}, {"dritte", 3},  {"vierten", 4},
                                                          {"viertes", 4}, {"vierte", 4},  {"i", 1},       {"ii", 2},      {"iii", 3},
                                                          {"iv", 4},      {"q1", 1},      {"q2", 2},      {"q3", 3},      {"q4", 4}};
    for (const auto& [name, value] : names)
        if (low == name) return value;
    return small_number(low);
}
std::string month_day(int month, int day) { return fmt::format("{:02}-{:02}", month, day); }

base::Day end_of(int year, int month) { return base::last_of_month(std::chrono::year(year) / month); }

class Times {
  public:
    Times(std::string_view sentence, const std::vector<Word>& words) : sentence_(sentence), words_(words) {}

    FoundTimes run() {
        for (std::size_t i = 0; i < words_.size(); ++i) {
            if (const auto next_word = date_at(i); next_word > i) i = next_word - 1;
        }
        find_rhythm();
        return std::move(out_);
    }

  private:
    const std::string& low(std::size_t i) const {
        static const std::string none;
        return i < words_.size() ? words_[i].low : none;
    }
    std::string words(std::size_t from, std::size_t until) const {
        return std::string(sentence_.substr(words_[from].begin, words_[until - 1].end - words_[from].begin));
    }
    // Where the words that lead to a date begin: "bis zum", "spätestens bis", "im Laufe des Jahres".
    std::size_t lead(std::size_t i) const {
        while (i > 0) {
            const auto& w = low(i - 1);
            if (w == "bis" || w == "zum" || w == "zur" || w == "zu" || w == "am" || w == "im" || w == "in" || w == "spätestens" || w == "laufe" ||
                w == "des" || w == "der" || w == "dem" || w == "den" || w == "jahr" || w == "jahres" || w == "jahre" || w == "ende" || w == "gegen" ||
                w == "etwa" || w == "einschließlich" || w == "vor" || w == "noch")
                --i;
            else
                break;
        }
        return i;
    }
    // "seit 2015", "ab dem 1. Januar", "nach 2018", "Stichtag 31. Dezember": days that are no deadlines.
    bool is_no_deadline(std::size_t begin) const {
        for (std::size_t k = 1; k <= 2 && k <= begin; ++k) {
            const auto& w = low(begin - k);
            if (w == "seit" || w == "ab" || w == "nach" || w == "von" || w == "vom" || w == "stichtag" || w == "stand" || w == "zwischen" ||
                w == "beginnend")
                return true;
            if (k == 1 && !(w == "dem" || w == "der" || w == "ende" || w == "beginn" || w == "anfang")) break;
        }
        return false;
    }
    bool has_lead(std::size_t i, std::string_view word) const {
        for (auto k = lead(i); k < i; ++k)
            if (low(k) == word) return true;
        return false;
    }
    std::size_t take(base::Day day, std::size_t anchor, std::size_t until) {
        const auto begin = lead(anchor);
        if (!day.ok() || is_no_deadline(begin)) return until;
        for (const auto& d : out_.dates)
            if (d.day == day) return until;
        out_.dates.push_back({day, words(begin, until)});
        return until;
    }
    std::size_t take_yearly(int month, int day, std::size_t anchor, std::size_t until) {
        const auto begin = lead(anchor);
        if (is_no_deadline(begin) || day < 1 || day > 31 || month < 1 || month > 12) return until;
        out_.yearly_due = month_day(month, day);
        yearly_words_ = words(begin, until);
        return until;
    }
    // "eines jeden Kalenderjahres", "jeden Jahres", "des Jahres", "jährlich"
    std::optional<std::size_t> every_year(std::size_t i) const {
        auto k = i;
        bool every = false;
        while (low(k) == "eines" || low(k) == "jeden" || low(k) == "jedes" || low(k) == "des" || low(k) == "jeweiligen" || low(k) == "laufenden" ||
               low(k) == "folgenden") {
            every = every || low(k) != "des";
            ++k;
        }
        if ((low(k) == "kalenderjahres" || low(k) == "jahres" || low(k) == "haushaltsjahres") && every) return k + 1;
        return std::nullopt;
    }

    // Tries every form of date that can begin at `i`; answers the word behind it, or `i`.
    std::size_t date_at(std::size_t i) {
        const auto& w = low(i);
        if (const auto day = base::parse_day(w); day && w.find('.') != std::string::npos) return take(*day, i, i + 1);
        if (const auto dot = w.find('.'); dot != std::string::npos && dot <= 2 && w.find('.', dot + 1) == std::string::npos) {
            // "31.12." of every year
            const int day = small_number(std::string_view(w).substr(0, dot)), month = small_number(std::string_view(w).substr(dot + 1));
            const bool closed = words_[i].end < sentence_.size() && sentence_[words_[i].end] == '.';
            if (day > 0 && month > 0 && month <= 12 && closed) {
                if (const int year = year_in(low(i + 1)))
                    return take(base::day(year, static_cast<unsigned>(month), static_cast<unsigned>(day)), i, i + 2);
                return take_yearly(month, day, i, every_year(i + 1).value_or(i + 1));
            }
        }
        // "30. Juni 2019", "30. Juni jeden Jahres"
        if (const int day = small_number(w); day > 0 && day <= 31 && month_named(low(i + 1)) > 0) {
            const int month = month_named(low(i + 1));
            if (const int year = year_in(low(i + 2)))
                return take(base::day(year, static_cast<unsigned>(month), static_cast<unsigned>(day)), i, i + 3);
            return take_yearly(month, day, i, every_year(i + 2).value_or(i + 2));
        }
        // "Juni 2019"
        if (const int month = month_named(w); month > 0) {
            auto k = i + 1;
            if (low(k) == "des" && low(k + 1) == "jahres") k += 2;
            if (const int year = year_in(low(k))) return take(end_of(year, month), i, k + 1);
            if (const auto behind = every_year(k))
                return take_yearly(month, static_cast<int>(static_cast<unsigned>(end_of(2019, month).day())), i, *behind);
            return i;
        }
        // "III. Quartal 2019", "zweites Halbjahr 2019", "Q3 2019"
        const bool quarter = w == "quartal" || w == "quartals", half = w == "halbjahr" || w == "halbjahres";
        const bool short_quarter = w.size() == 2 && w[0] == 'q' && ordinal(w) > 0;
        if ((quarter || half) && i > 0) {
            const int nth = ordinal(low(i - 1));
            auto k = i + 1;
            if (low(k) == "des" && low(k + 1) == "jahres") k += 2;
            const int year = year_in(low(k));
            if (nth >= 1 && nth <= (quarter ? 4 : 2) && year > 0) return take(end_of(year, nth * (quarter ? 3 : 6)), i - 1, k + 1);
            if (half && nth == 0 && year > 0) return take(end_of(year, 6), i, k + 1);
            return i;
        }
        if (short_quarter) {
            if (const int year = year_in(low(i + 1))) return take(end_of(year, ordinal(w) * 3), i, i + 2);
            return i;
        }
        // "Anfang / Mitte / Ende 2018", "Mitte des Jahres 2018", "Jahresende 2019", seasons
        const int month_of = w == "anfang"                        ? 3
                             : w == "mitte" || w == "jahresmitte" ? 6
                             : w == "ende" || w == "jahresende"   ? 12
                             : w == "frühjahr" || w == "frühling" ? 5
                             : w == "sommer"                      ? 8
                             : w == "herbst"                      ? 11
                                                                  : 0;
        if (month_of > 0) {
            auto k = i + 1;
            if (low(k) == "des" && (low(k + 1) == "jahres" || low(k + 1) == "kalenderjahres")) k += 2;
            if (const int year = year_in(low(k))) return take(end_of(year, month_of), i, k + 1);
            if (w == "ende" || w == "jahresende" || w == "mitte") {
                if (const auto behind = every_year(i + 1)) return take_yearly(month_of, month_of == 6 ? 30 : 31, i, *behind);
                if (low(i + 1) == "des" && (low(i + 2) == "jahres" || low(i + 2) == "kalenderjahres"))
                    return take_yearly(month_of, month_of == 6 ? 30 : 31, i, i + 3);
                if (w == "jahresende" && (has_lead(i, "zum") || has_lead(i, "am"))) return take_yearly(12, 31, i, i + 1);
                if (w == "ende" && (month_named(low(i + 1)) > 0 || low(i + 1) == "des")) return i;
            }
            return i;
        }
        // "im Jahr 2020", "bis 2020", "in 2020"
        if (const int year = year_in(w); year > 0 && i > 0) {
            const auto& before = low(i - 1);
            const bool in_year = (before == "jahr" || before == "jahres" || before == "jahre") &&
                                 (has_lead(i, "im") || has_lead(i, "in") || has_lead(i, "laufe") || has_lead(i, "bis"));
            if (in_year || before == "bis" || before == "in") {
                // "von 2015 bis 2017" and "bis in die 2020er" are spans, no deadlines
                if (before == "bis" && i >= 2 && year_in(low(i - 2)) > 0) return i;
                return take(base::day(year, 12, 31), i, i + 1);
            }
        }
        return i;
    }

    void set(std::string_view rhythm, std::size_t from, std::size_t until) {
        if (!out_.rhythm.empty()) return;
        out_.rhythm = rhythm;
        out_.rhythm_words = words(from, until);
    }

    void find_rhythm() {
        for (std::size_t i = 0; i < words_.size(); ++i) {
            const auto& w = low(i);
            const auto& b = i > 0 ? low(i - 1) : low(words_.size());
            const auto stem = [&](std::string_view s) { return w == s || (w.starts_with(s) && w.size() <= s.size() + 2); };
            const bool each = b == "jedes" || b == "jeden" || b == "pro" || b == "je" || b == "jedem";
            if (stem("halbjährlich") || stem("halbjährig") || (w == "halbjahr" && each))
                set("half_yearly", each ? i - 1 : i, i + 1);
            else if (stem("vierteljährlich") || w == "quartalsweise" || ((w == "quartal" || w == "vierteljahr") && (each || b == "im")))
                set("quarterly", each ? i - 1 : i, i + 1);
            else if (stem("monatlich") || (w == "monat" && (each || (b == "im" && i > 1 && low(i - 2).ends_with("mal")))))
                set("monthly", each ? i - 1 : i, i + 1);
            else if (stem("wöchentlich") || (w == "woche" && (each || b == "jede")))
                set("weekly", i, i + 1);
            else if (stem("zweijährlich") || (w == "jahre" && b == "zwei" && i > 1 && low(i - 2) == "alle"))
                set("two_yearly", i, i + 1);
            else if (stem("jährlich") || stem("alljährlich") || w == "jahresweise")
                set("yearly", i, i + 1);
            else if ((w == "jahr" || w == "kalenderjahr" || w == "haushaltsjahr") && each)
                set("yearly", i - 1, i + 1);
            else if (w == "jahr" && b == "im" && i > 1 && (low(i - 2).ends_with("mal") || low(i - 2) == "mal") && year_in(low(i + 1)) == 0)
                set("yearly", i - 2, i + 1);
            else if ((w == "monate" && b == "sechs" && i > 1 && low(i - 2) == "alle"))
                set("half_yearly", i - 2, i + 1);
            else if ((w == "monate" && b == "drei" && i > 1 && low(i - 2) == "alle"))
                set("quarterly", i - 2, i + 1);
            else if ((w == "kalenderjahres" || w == "jahres") && (b == "jeden" || b == "jedes"))
                set("yearly", i > 1 && low(i - 2) == "eines" ? i - 2 : i - 1, i + 1);
        }
        if (out_.rhythm.empty() && !out_.yearly_due.empty()) {
            out_.rhythm = "yearly";
            out_.rhythm_words = yearly_words_;
        }
        if (!out_.rhythm.empty()) return;
        for (std::size_t i = 0; i < words_.size(); ++i) {
            const auto& w = low(i);
            if (!words_[i].main) continue;
            const auto stem = [&](std::string_view s, std::size_t more = 2) { return w.starts_with(s) && w.size() <= s.size() + more; };
            const bool plain = w == "ständig" || w == "permanent" || w == "beständig" || w == "stets" || w == "laufend" || w == "dauerhaft" ||
                               w == "kontinuierlich" || w == "fortlaufend" || w == "jederzeit" || w == "fortwährend";
            const bool inflected = stem("ständig") || stem("permanent") || stem("beständig") || stem("laufend") || stem("dauerhaft") ||
                                   stem("kontinuierlich") || stem("fortlaufend");
            // "ein ständiger Arbeitskreis bis Mitte 2018": the day belongs to the sentence, the adjective to the group.
            if (plain || (inflected && out_.dates.empty())) {
                set("standing", i, i + 1);
                return;
            }
            if (stem("regelmäßig")) {
                set("regular", i, i + 1);
                return;
            }
        }
    }

    std::string_view sentence_;
    const std::vector<Word>& words_;
    FoundTimes out_;
    std::string yearly_words_;
};

}  // namespace

FoundTimes times_in(std::string_view sentence, const std::vector<Word>& words) { return Times(sentence, words).run(); }

FoundTimes times_in_cell(std::string_view cell) {
    const auto words = words_of(cell);
    auto out = times_in(cell, words);
    if (!out.dates.empty() || !out.rhythm.empty()) return out;
    // "2019", "2018 – 2020": the last year named.
    int last = 0;
    for (const auto& w : words) last = std::max(last, year_in(w.low));
    if (last > 0 && words.size() <= 3) out.dates.push_back({base::day(last, 12, 31), std::string(cell)});
    return out;
}

}  // namespace plan::importing
