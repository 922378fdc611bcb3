#include "platform/search/search.h"

#include <libstemmer.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>

namespace search {
namespace {

constexpr std::string_view little[] = {"der", "die", "das", "und", "in", "im", "von", "zu", "den", "dem", "des", "ein", "eine", "the", "of", "and"};

struct Delete {
    void operator()(sb_stemmer* s) const { sb_stemmer_delete(s); }
};

// Snowball's stemmer keeps its work in itself, so each thread has one.
std::string stemmed_once(const std::string& word) {
    thread_local const std::unique_ptr<sb_stemmer, Delete> stemmer(sb_stemmer_new("german", "UTF_8"));
    if (!stemmer) return word;
    const auto* out = sb_stemmer_stem(stemmer.get(), reinterpret_cast<const sb_symbol*>(word.data()), static_cast<int>(word.size()));
    return {reinterpret_cast<const char*>(out), static_cast<std::size_t>(sb_stemmer_length(stemmer.get()))};
}

bool is_vowel(char c) { return std::string_view("aeiouy").find(c) != std::string_view::npos; }

// Words whose last letter Snowball takes for an ending although it is part of them: it makes "kur" of "Kurs" and "kurs" of "Kurse".
bool ends_in_a_root(std::string_view word) {
    static constexpr std::string_view roots[] = {"kurs", "puls", "hals", "zins", "vers", "keks"};
    return std::any_of(std::begin(roots), std::end(roots), [&](std::string_view root) { return word.ends_with(root); });
}

// Endings Snowball leaves: "Büros", "Kitas" (not "Kreis", "Haus", "Ergebnis", "Praxis"); "Regeln", "Mitteln"; "Gremium" and "Gremien", "Datum" and
// "Daten"; "Lehrerinn(en)" and "Lehrerin", "Buss(e)" and "Bus".
std::string without_more_endings(std::string word) {
    const auto size = word.size();
    const auto at = [&](std::size_t from_end) { return word[size - from_end]; };
    if (size >= 5 && at(1) == 's' && (at(2) == 'a' || at(2) == 'o' || at(2) == 'y' || at(2) == 'i') && !is_vowel(at(3)) &&
        !(at(2) == 'i' && (at(3) == 'n' || at(3) == 's' || at(3) == 'x')))
        word.pop_back();
    else if (size >= 5 && word.ends_with("eln"))
        word.pop_back();
    else if (size >= 5 && word.ends_with("um") && (!is_vowel(at(3)) || at(3) == 'i'))
        word.resize(size - 2);
    else if (size >= 4 && at(1) == at(2) && !is_vowel(at(1)) && (at(1) < '0' || at(1) > '9'))
        word.pop_back();
    return word;
}

// Until nothing more comes off: what is the plural's stem may still be the whole singular.
std::string stemmed(std::string word) {
    for (int i = 0; i < 4 && !ends_in_a_root(word); ++i) {
        auto shorter = stemmed_once(word);
        shorter = without_more_endings(std::move(shorter));
        if (shorter == word) break;
        word = std::move(shorter);
    }
    return word;
}

// The "e" of "ae", "oe", "ue"; not that of "Frauen", "neue", "Quelle", where the "u" belongs to what stands before it.
bool stands_for_an_umlaut(const std::string& before) {
    if (before.empty()) return false;
    const char last = before.back();
    if (last == 'a' || last == 'o') return true;
    if (last != 'u') return false;
    const char previous = before.size() > 1 ? before[before.size() - 2] : ' ';
    return previous != 'a' && previous != 'e' && previous != 'q';
}

// ä and ae, ö and oe, ü and ue become a, o, u; ß and ẞ become ss; other accents go.
std::string plain(const icu::UnicodeString& word) {
    std::string out;
    for (int32_t i = 0; i < word.length();) {
        const UChar32 c = word.char32At(i);
        i += U16_LENGTH(c);
        if (c == 0xDF) {
            out += "ss";
            continue;
        }
        if (u_charType(c) == U_NON_SPACING_MARK) continue;
        if (c == 'e' && stands_for_an_umlaut(out)) continue;
        icu::UnicodeString(c).toUTF8String(out);
    }
    return out;
}

}  // namespace

std::vector<std::string> stems(std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    const auto* decompose = icu::Normalizer2::getNFKDInstance(status);
    if (U_FAILURE(status)) return {};
    auto folded = decompose->normalize(icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size()))), status);
    folded.foldCase();
    std::vector<std::string> out;
    icu::UnicodeString word;
    const auto finish = [&] {
        if (word.length() > 1) {
            std::string exact;
            word.toUTF8String(exact);
            if (std::find(std::begin(little), std::end(little), exact) == std::end(little)) out.push_back(stemmed(plain(word)));
        }
        word.remove();
    };
    for (int32_t i = 0; i < folded.length();) {
        const UChar32 c = folded.char32At(i);
        i += U16_LENGTH(c);
        if (u_isalnum(c) || u_charType(c) == U_NON_SPACING_MARK)
            word.append(c);
        else
            finish();
    }
    finish();
    return out;
}

std::string column(std::string_view text) {
    std::string out = " ";
    for (const auto& stem : stems(text)) out += stem + " ";
    return out;
}

}  // namespace search
