#include "mailing/rules.h"

#include <gtest/gtest.h>

using namespace mailing;

namespace {
std::string fields_of(const std::vector<base::FieldError>& mistakes) {
    std::string out;
    for (const auto& m : mistakes) out += m.field + " ";
    return out;
}
}  // namespace

TEST(MailingRules, AListNeedsANameAndAPurpose) {
    List l;
    EXPECT_EQ(fields_of(mistakes_in(l)), "key title_de purpose_de ");
    l.key = "wohnen";
    l.title = {"Wohnen", ""};
    l.purpose = {"Neues zum Wohnen.", ""};
    EXPECT_EQ(fields_of(mistakes_in(l)), "");
    l.title.en = "Housing";
    EXPECT_EQ(fields_of(mistakes_in(l)), "purpose_en ");
    for (const auto* key : {"neu", "Wohnen", "wohn en", ""}) {
        l.key = key;
        EXPECT_EQ(fields_of(mistakes_in(l)).substr(0, 4), "key ") << key;
    }
}

TEST(MailingRules, EnglishNeedsSubjectAndText) {
    Message m;
    EXPECT_EQ(fields_of(mistakes_in(m)), "subject_de text_de ");
    m.subject = {"Neues", ""};
    m.text = {"Text", ""};
    EXPECT_EQ(fields_of(mistakes_in(m)), "");
    m.subject.en = "News";
    EXPECT_EQ(fields_of(mistakes_in(m)), "text_en ");
    m.subject.en.clear();
    m.text.en = "Text";
    EXPECT_EQ(fields_of(mistakes_in(m)), "subject_en ");
}

TEST(MailingRules, EverybodyGetsTheirLanguageAndElseGerman) {
    Message m;
    m.subject = {"Neues", "News"};
    m.text = {"Hallo", "Hello"};
    EXPECT_EQ(written_for(m, i18n::Language::de).text, "Hallo");
    EXPECT_EQ(written_for(m, i18n::Language::en).text, "Hello");
    m.subject.en = m.text.en = "";
    EXPECT_EQ(written_for(m, i18n::Language::en).text, "Hallo");
    EXPECT_EQ(written_for(m, i18n::Language::en).language, i18n::Language::de);
}

TEST(MailingRules, AddressesAreReadByTheLineAndEachOnce) {
    const auto read = addresses_in("a@x.example\n\n  B@X.example \r\nb@x.EXAMPLE\nkein\nzwei@@x.example", "addresses");
    EXPECT_EQ(read.found, (std::vector<std::string>{"a@x.example", "B@X.example"}));
    ASSERT_EQ(read.mistakes.size(), 2u);
    EXPECT_EQ(read.mistakes[0].line, 5);
    EXPECT_EQ(read.mistakes[1].line, 6);
    EXPECT_EQ(addresses_in(" \n ", "addresses").mistakes.size(), 1u);
    std::string many;
    for (std::size_t i = 0; i < addresses_at_most; ++i) many += "a" + std::to_string(i) + "@x.example\n";
    EXPECT_TRUE(addresses_in(many, "addresses").mistakes.empty());
    EXPECT_FALSE(addresses_in(many + "one@more.example", "addresses").mistakes.empty());
}
