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
std::string stemmed(const std::string& word) {
    thread_local const std::unique_ptr<sb_stemmer, Delete> stemmer(sb_stemmer_new("german", "UTF_8"));
    if (!stemmer) return word;
    const auto* out = sb_stemmer_stem(stemmer.get(), reinterpret_cast<const sb_symbol*>(word.data()), static_cast<int>(word.size()));
    return {reinterpret_cast<const char*>(out), static_cast<std::size_t>(sb_stemmer_length(stemmer.get()))};
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
        if (c == 'e' && !out.empty() && (out.back() == 'a' || out.back() == 'o' || out.back() == 'u')) continue;
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
