#include "platform/i18n/translate.h"

#include <gtest/gtest.h>

#include "platform/base/root.h"
#include "platform/i18n/po_file.h"

namespace {

using base::message;
using i18n::Catalogue;
using i18n::Language;
using i18n::PluralRule;

constexpr std::string_view german = R"(# German
msgid ""
msgstr ""
"Language: de\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

msgid "Held from {from} to {until}"
msgstr "Besetzt vom {from} bis {until}"

msgid "{n} duty of {bearer}"
msgid_plural "{n} duties of {bearer}"
msgstr[0] "eine Pflicht von {bearer}"
msgstr[1] "{n} Pflichten von {bearer}"

msgid ""
"A text over "
"two lines\n"
msgstr ""
"Ein Text über "
"zwei Zeilen\n"

#, fuzzy
msgid "Guessed"
msgstr "Geraten"
)";

Catalogue with_german() {
    Catalogue catalogue;
    const auto added = catalogue.add(Language::de, german, "de.po");
    EXPECT_TRUE(added) << (added ? "" : added.error().detail);
    return catalogue;
}

TEST(Translate, FillsPlacesAfterTranslating) {
    const auto catalogue = with_german();
    const auto held = message("Held from {from} to {until}", {{"from", "1.1.2018"}, {"until", "{from}"}});
    EXPECT_EQ(catalogue.sentence(Language::de, held), "Besetzt vom 1.1.2018 bis {from}");  // what is filled in is not filled again
    EXPECT_EQ(catalogue.sentence(Language::en, held), "Held from 1.1.2018 to {from}");
    EXPECT_EQ(catalogue.sentence(Language::de, message("Never translated {x}")), "Never translated {x}");
    EXPECT_EQ(catalogue.sentence(Language::de, message("an open { brace")), "an open { brace");
}

TEST(Translate, JoinsLinesAndLeavesGuessesOut) {
    const auto catalogue = with_german();
    EXPECT_EQ(catalogue.text(Language::de, "A text over two lines\n"), "Ein Text über zwei Zeilen\n");
    EXPECT_EQ(catalogue.text(Language::de, "Guessed"), "Guessed");
}

TEST(Translate, ChoosesTheFormForTheNumber) {
    const auto catalogue = with_german();
    const auto duties = [&](Language language, std::int64_t n) {
        return catalogue.sentence(language, i18n::plural("{n} duty of {bearer}", "{n} duties of {bearer}", n, {{"bearer", "Amt 4"}}));
    };
    EXPECT_EQ(duties(Language::de, 1), "eine Pflicht von Amt 4");
    EXPECT_EQ(duties(Language::de, 0), "0 Pflichten von Amt 4");
    EXPECT_EQ(duties(Language::de, 1234), "1.234 Pflichten von Amt 4");
    EXPECT_EQ(duties(Language::en, 1), "1 duty of Amt 4");
    EXPECT_EQ(duties(Language::en, 1234), "1,234 duties of Amt 4");
}

TEST(Translate, KeepsTheFirstTranslationOfAText) {
    auto catalogue = with_german();
    ASSERT_TRUE(catalogue.add(Language::de, "\nmsgid \"Held from {from} to {until}\"\nmsgstr \"Anders\"\n", "other.po"));
    EXPECT_EQ(catalogue.text(Language::de, "Held from {from} to {until}"), "Besetzt vom {from} bis {until}");
    const auto broken = catalogue.add(Language::de, "\nmsgid \"a\nmsgstr \"b\"\n", "broken.po");
    ASSERT_FALSE(broken);
    EXPECT_NE(broken.error().detail.find("broken.po: line 2"), std::string::npos) << broken.error().detail;
}

TEST(PoFile, NamesTheLineOfAMistake) {
    const struct {
        const char* text;
        const char* expected;
    } cases[] = {
        {"msgid \"a\"\nmsgstr \"b\n", "line 2"},
        {"msgid \"a\"\nmsgstr \"b\\x\"\n", "line 2"},
        {"\"nothing before it\"\n", "line 1"},
        {"msgstr \"b\"\n", "line 1"},
        {"msgid \"a\"\nmsgid_plural \"as\"\nmsgstr[1] \"b\"\n", "line 3"},
        {"msgid \"a\"\nmsgstr[9] \"b\"\n", "line 2"},
        {"nonsense\n", "line 1"},
    };
    for (const auto& c : cases) {
        const auto file = i18n::parse_po(c.text);
        ASSERT_FALSE(file) << c.text;
        EXPECT_NE(file.error().detail.find(c.expected), std::string::npos) << file.error().detail;
    }
}

TEST(PoFile, ReadsEntriesWithoutEmptyLinesBetween) {
    const auto file = i18n::parse_po("\xEF\xBB\xBFmsgid \"a\"\r\nmsgstr \"1\"\r\nmsgid \"b \\\"c\\\"\"\nmsgstr \"2\"");
    ASSERT_TRUE(file) << file.error().detail;
    ASSERT_EQ(file->entries.size(), 2u);
    EXPECT_EQ(file->entries[1].id, "b \"c\"");
    EXPECT_EQ(file->entries[1].translations[0], "2");
}

TEST(PluralRule, CountsAsTheLanguagesDo) {
    const auto ukrainian =
        PluralRule::parse("nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);");
    ASSERT_TRUE(ukrainian);
    const std::pair<std::uint64_t, std::size_t> ukrainian_cases[] = {{1, 0},  {2, 1},  {4, 1},  {5, 2},   {11, 2},
                                                                     {12, 2}, {21, 0}, {22, 1}, {111, 2}, {0, 2}};
    for (const auto& [n, form] : ukrainian_cases) EXPECT_EQ(ukrainian->form_of(n), form) << n;

    const auto arabic = PluralRule::parse("nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5;");
    ASSERT_TRUE(arabic);
    const std::pair<std::uint64_t, std::size_t> arabic_cases[] = {{0, 0},  {1, 1},  {2, 2},   {3, 3},   {10, 3},
                                                                  {11, 4}, {99, 4}, {100, 5}, {102, 5}, {103, 3}};
    for (const auto& [n, form] : arabic_cases) EXPECT_EQ(arabic->form_of(n), form) << n;

    const auto one_form = PluralRule::parse("nplurals=1; plural=0;");
    ASSERT_TRUE(one_form);
    EXPECT_EQ(one_form->form_of(7), 0u);
    EXPECT_EQ(PluralRule::parse("nplurals=2; plural=n*5/0;")->form_of(7), 0u);  // no crash on a silly rule
    EXPECT_EQ(PluralRule::parse("nplurals=2; plural=n+5;")->form_of(7), 1u);    // never beyond the forms there are
}

TEST(PluralRule, RefusesWhatItCannotRead) {
    for (const auto* text : {"", "nplurals=2", "plural=n;", "nplurals=9; plural=n;", "nplurals=2; plural=(n;", "nplurals=2; plural=n==;",
                             "nplurals=2; plural=n ? 1;", "nplurals=2; plural=system(1);", "nplurals=2; plural=;"})
        EXPECT_FALSE(PluralRule::parse(text)) << text;
    EXPECT_FALSE(PluralRule::parse("nplurals=2; plural=" + std::string(100000, '(') + "n;"));
    EXPECT_FALSE(PluralRule::parse("nplurals=2; plural=" + std::string(100000, '!') + "n;"));
}

TEST(Catalogue, ReadsTheProductsOwnFiles) {
    const auto catalogue = Catalogue::load(std::string(base::source_root()) + "/locale");
    ASSERT_TRUE(catalogue) << catalogue.error().detail;
    EXPECT_EQ(catalogue->text(Language::de, "Sign in"), "Anmelden");
    EXPECT_FALSE(Catalogue::load("/nowhere"));
}

}  // namespace
