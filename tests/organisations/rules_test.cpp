#include "organisations/rules.h"

#include <gtest/gtest.h>

using namespace organisations;
using base::day;

TEST(Ags, HasEightDigitsOfAStateAndOfTheDistrict) {
    const struct {
        const char* ags;
        const char* district;
        bool good;
    } table[] = {{"16062041", "16062", true},  {"16062041", "", true},       {"1606204", "16062", false}, {"160620410", "16062", false},
                 {"1606204a", "16062", false}, {"00062041", "", false},      {"17062041", "", false},     {"01062041", "", true},
                 {"16062000", "16062", false}, {"16061045", "16062", false}, {"", "16062", false}};
    for (const auto& one : table) EXPECT_EQ(!mistake_in_ags(one.ags, one.district), one.good) << one.ags << " in " << one.district;
}

TEST(Kind, SaysWhoCanBeGivenAMeasure) {
    for (int i = 0; i < kinds; ++i) {
        const auto kind = static_cast<Kind>(i);
        EXPECT_EQ(kind_named(name_of(kind)), kind);
    }
    EXPECT_TRUE(belongs_to_district(Kind::unit));
    EXPECT_TRUE(belongs_to_district(Kind::district_company));
    EXPECT_TRUE(belongs_to_district(Kind::subordinate_institution));
    EXPECT_TRUE(belongs_to_district(Kind::body));
    EXPECT_FALSE(belongs_to_district(Kind::municipality));
    EXPECT_FALSE(belongs_to_district(Kind::jobcenter));
    EXPECT_FALSE(kind_named("verein"));
}

TEST(Organisation, IsRefusedWithAllMistakesAtOnce) {
    Organisation o;
    o.key = "Stadt Ellrich";
    o.kind = Kind::provider;
    o.ags = "16062005";
    o.postal_code = "9975";
    o.website = "www.example.org";
    o.languages = {"de", "klingon"};
    o.from = day(2020, 1, 2);
    o.until = day(2020, 1, 1);
    std::set<std::string> fields;
    for (const auto& mistake : mistakes_in(o, "16062")) fields.insert(mistake.field);
    EXPECT_EQ(fields, (std::set<std::string>{"key", "name_de", "ags", "postal_code", "website", "languages", "until"}));
}

TEST(Key, IsMadeOfAName) {
    EXPECT_EQ(key_from("Stadt Heringen/Helme"), "stadt-heringen-helme");
    EXPECT_EQ(key_from("Görsbach & Großlohra e. V."), "goersbach-grosslohra-e-v");
    EXPECT_EQ(sort_key_of("Ämter"), "amter");
    EXPECT_EQ(email_key(" Info@Verein.Example"), "info@verein.example");
}

TEST(Email, HasOneAtAndADomain) {
    for (const char* good : {"a@b.de", "info@verein-nord.example"}) EXPECT_TRUE(is_email(good)) << good;
    for (const char* bad : {"", "a", "a@", "@b.de", "a@b", "a@b@c.de", "a b@c.de", "a@b.de\nBcc: x@y.de", "a@.de", "<a@b.de>"})
        EXPECT_FALSE(is_email(bad)) << bad;
}

TEST(Name, OfADayIsTheLatestThatHasBegun) {
    const std::vector<Name> names{{since_ever, {"Sozialamt", ""}, {}, {}, ""}, {day(2019, 7, 1), {"Fachbereich Soziales", ""}, {}, {}, ""}};
    EXPECT_EQ(name_in_force(names, day(2019, 6, 30))->name.de, "Sozialamt");
    EXPECT_EQ(name_in_force(names, day(2019, 7, 1))->name.de, "Fachbereich Soziales");
    EXPECT_EQ(name_in_force({}, day(2019, 7, 1)), nullptr);
}

TEST(Tree, RefusesCirclesOfAnyLength) {
    const Tree tree{{{{2}, {1}}, {{3}, {2}}, {{4}, {1}}}};
    EXPECT_TRUE(tree.closes_a_circle({1}, {1}));
    EXPECT_TRUE(tree.closes_a_circle({1}, {3}));
    EXPECT_TRUE(tree.closes_a_circle({2}, {3}));
    EXPECT_FALSE(tree.closes_a_circle({3}, {4}));
    EXPECT_FALSE(tree.closes_a_circle({3}, {}));
}

TEST(Contact, OfAPersonShowsOnlyFieldsWithAConsentInForce) {
    ContactPoint p;
    p.is_person = true;
    p.label = {"Vorsitz", ""};
    p.person = "Beispiel";
    p.email = "vorsitz@verein.example";
    p.phone = "03631 000";
    p.published = true;
    EXPECT_TRUE(public_part(p, day(2020, 9, 30)).nothing());
    p.consents = {{1, "email", std::string(publication), day(2020, 1, 1), day(2020, 9, 30)}};
    EXPECT_EQ(public_part(p, day(2019, 12, 31)).email, "");
    EXPECT_EQ(public_part(p, day(2020, 9, 29)).email, p.email);
    EXPECT_EQ(public_part(p, day(2020, 9, 29)).person, "") << "each field on its own";
    EXPECT_EQ(public_part(p, day(2020, 9, 30)).email, "") << "withdrawn on this day";
    p.is_person = false;
    EXPECT_EQ(public_part(p, day(2020, 9, 30)).phone, p.phone);
    p.published = false;
    EXPECT_TRUE(public_part(p, day(2020, 9, 30)).nothing());
}
