#include "platform/i18n/language.h"

#include <gtest/gtest.h>

namespace {

using i18n::Language;

TEST(Language, FollowsTheBrowsersOrderOfPreference) {
    const struct {
        const char* header;
        std::optional<Language> expected;
    } cases[] = {
        {"de-DE,de;q=0.9,en;q=0.8", Language::de},
        {"en-GB,en;q=0.9,de;q=0.5", Language::en},
        {"fr,en;q=0.4,de;q=0.7", Language::de},  // ours only, the heavier first
        {"EN", Language::en},
        {"de;q=0, en;q=0.1", Language::en},    // q=0 means: not this one
        {"en;q=abc, de;q=0.1", Language::de},  // a weight nobody can read counts as none
        {"en;q=0.5,de;q=0.5", Language::en},   // equal: the first
        {"fr, ar;q=0.5", std::nullopt},
        {"", std::nullopt},
        {",,;", std::nullopt},
        {"deu", std::nullopt},
    };
    for (const auto& c : cases) EXPECT_EQ(i18n::preferred(c.header), c.expected) << c.header;
}

TEST(Language, KnowsItsCodes) {
    for (const auto language : i18n::all_languages) EXPECT_EQ(i18n::language_of(i18n::code(language)), language);
    EXPECT_EQ(i18n::language_of("DE"), std::nullopt);
    EXPECT_EQ(i18n::language_of(""), std::nullopt);
}

}  // namespace
