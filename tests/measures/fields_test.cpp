#include "measures/fields.h"

#include <gtest/gtest.h>

#include "tests/measures/support.h"

using namespace measures;
using namespace measures::examples;

TEST(MeasureFields, ReadBackWhatTheyWrite) {
    auto m = binding_measure();
    m.joint = {"jugend", "vhs"};
    m.statements = {{"2018", "5.1-a"}, {"2018", "5.1-b"}};
    m.criterion = {CriterionKind::value, {"Fälle", ""}, {Direction::within, *Quantity::parse("0,5"), Quantity::of(9), "Fälle"}};
    m.published = true;
    const auto again = with_fields(Measure{}, fields_of(m), today);
    ASSERT_TRUE(again) << base::describe(again.error());
    auto expected = fields_of(m);
    expected["kennung"] = "";
    EXPECT_EQ(fields_of(*again), expected);
    for (const auto& name : field_names()) EXPECT_TRUE(fields_of(m).contains(name)) << name;
}

TEST(MeasureFields, WhatIsAbsentStays) {
    const auto changed = with_fields(binding_measure(), {{"titel", "  Neu  "}}, today);
    ASSERT_TRUE(changed);
    EXPECT_EQ(changed->title.de, "Neu");
    EXPECT_EQ(changed->schedule, binding_measure().schedule);
    EXPECT_EQ(changed->evidence_fixed_on, binding_measure().evidence_fixed_on);
    EXPECT_EQ(with_fields(binding_measure(), {{"nachweisart", "council.meeting_held"}}, today)->evidence_fixed_on, today)
        << "fixed on the day it was chosen";
}

TEST(MeasureFields, EveryMistakeAtOnceAtItsField) {
    const auto refused = with_fields(binding_measure(),
                                     {{"titel", ""},
                                      {"beginn", "31.12.2019"},
                                      {"ende", "30.2.2019"},
                                      {"gueltig_tage", "-3"},
                                      {"art", "irgendwas"},
                                      {"kriterium_art", "value"},
                                      {"kriterium_wert", ""},
                                      {"aussagen", "5.1-a"},
                                      {"berichtsabstand", "halbjährlich"},
                                      {"veroeffentlicht", "vielleicht"}},
                                     today);
    ASSERT_FALSE(refused);
    std::set<std::string> fields;
    for (const auto& mistake : refused.error().fields) fields.insert(mistake.field);
    for (const auto* name : {"titel", "ende", "gueltig_tage", "art", "kriterium_wert", "aussagen", "berichtsabstand", "veroeffentlicht"})
        EXPECT_TRUE(fields.contains(name)) << name;
}

TEST(Merge, TakesWhatOneChangedAndShowsWhatBothChanged) {
    const Fields base{{"titel", "a"}, {"notiz", "b"}, {"ende", "c"}, {"beginn", "d"}};
    const Fields theirs{{"titel", "a2"}, {"notiz", "b"}, {"ende", "c2"}, {"beginn", "d2"}};
    const Fields mine{{"titel", "a"}, {"notiz", "b3"}, {"ende", "c3"}, {"beginn", "d2"}};
    const auto merged = merge(base, theirs, mine);
    EXPECT_EQ(merged.fields, (Fields{{"titel", "a2"}, {"notiz", "b3"}, {"ende", "c3"}, {"beginn", "d2"}}));
    EXPECT_EQ(merged.clashes, (std::vector<Clash>{{"ende", "c", "c2", "c3"}}));
}
