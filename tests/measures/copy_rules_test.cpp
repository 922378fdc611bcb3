#include "measures/copy_rules.h"

#include <gtest/gtest.h>

#include "measures/input_rules.h"
#include "tests/measures/support.h"

namespace measures {
namespace {

using base::day;
using namespace examples;

TEST(Copies, MoveDatesAndYearsAndLeaveThePastBehind) {
    auto m = binding_measure();
    m.title = {"Sprachfest 2019", "Language fair 2019"};
    m.description.de = "Wie 2018, Az. 20194.";
    m.resolution = "KT 1/2019";
    m.resolved_on = day(2019, 1, 2);
    m.targets = {"Z-2019-01"};
    m.internal_note = "lief gut";
    m.published = true;
    m.resources[0].spent = base::Cents{99};
    Resource none;
    none.kind = ResourceKind::no_extra_means;
    none.confirmed_by = "officer";
    none.confirmed_on = day(2019, 1, 5);
    Resource ended, goes_on;
    ended.kind = goes_on.kind = ResourceKind::funded_project;
    ended.project = goes_on.project = "Projekt";
    ended.project_ends_on = day(2019, 12, 31);
    goes_on.project_ends_on = day(2020, 1, 1);
    m.resources.insert(m.resources.end(), {none, ended, goes_on});
    m.milestones = {{MilestoneId{3}, {"Auftakt", ""}, day(2019, 3, 1), day(2019, 3, 2)}};

    const auto copy = copied(m, 1, day(2020, 1, 15));
    EXPECT_EQ(copy.title, (base::Bilingual{"Sprachfest 2020", "Language fair 2020"}));
    EXPECT_EQ(copy.description.de, "Wie 2018, Az. 20194.") << "neither another year nor part of a number";
    EXPECT_EQ(copy.schedule.starts_on, day(2020, 1, 1));
    EXPECT_EQ(copy.schedule.ends_on, day(2020, 12, 31));
    EXPECT_TRUE(copy.key.empty());
    EXPECT_EQ(copy.state, State::proposed);
    EXPECT_TRUE(copy.resolution.empty() && !copy.resolved_on && copy.targets.empty() && copy.internal_note.empty() && !copy.published);
    EXPECT_EQ(copy.evidence_fixed_on, day(2020, 1, 15)) << "fixed anew, and beforehand";
    ASSERT_EQ(copy.resources.size(), 3u) << "funding that ended the day before stands behind nothing";
    EXPECT_EQ(copy.resources[0].year, 2020);
    EXPECT_FALSE(copy.resources[0].spent);
    EXPECT_TRUE(copy.resources[1].confirmed_by.empty()) << "confirmed for last year only";
    EXPECT_EQ(copy.milestones[0].due_on, day(2020, 3, 1));
    EXPECT_FALSE(copy.milestones[0].reached_on);
    EXPECT_TRUE(mistakes_in(copy).empty());
}

TEST(Copies, OfTheLeapDay) {
    EXPECT_EQ(plus_years(day(2020, 2, 29), 1), day(2021, 2, 28));
    EXPECT_EQ(plus_years(day(2020, 2, 29), 4), day(2024, 2, 29));
    EXPECT_EQ(plus_years(day(2019, 2, 28), 1), day(2020, 2, 28));
}

TEST(Copies, AreForWhatEndsInTheYear) {
    auto m = binding_measure();
    EXPECT_TRUE(is_of_year(m, 2019));
    EXPECT_FALSE(is_of_year(m, 2018));
    EXPECT_FALSE(is_of_year(m, 2020));
    for (const auto state : all_states) {
        m.state = state;
        EXPECT_EQ(is_of_year(m, 2019), state != State::rejected && state != State::repealed && state != State::replaced) << name_of(state);
    }
    m = binding_measure();
    m.kind = Kind::permanent;
    EXPECT_FALSE(is_of_year(m, 2019)) << "it goes on by itself";
    m.kind = Kind::self_commitment;
    EXPECT_FALSE(is_of_year(m, 2019)) << "the partner speaks for itself";
}

TEST(TemplatePlaces, AreLettersInBraces) {
    const Fields fields{{"titel", "{anlass} in {ort} {jahr}"}, {"beginn", "01.02.{jahr}"}, {"beschreibung", "{} {a b} {offen {straße}"}};
    EXPECT_EQ(places_in(fields), (std::vector<std::string>{"anlass", "ort", "jahr", "straße"}));
    const auto done = filled(fields, {{"anlass", "Fest"}, {"jahr", "2021"}, {"ort", ""}, {"straße", "{jahr}"}});
    EXPECT_EQ(done.at("titel"), "Fest in {ort} 2021") << "what is not filled stays to be seen";
    EXPECT_EQ(done.at("beginn"), "01.02.2021");
    EXPECT_EQ(done.at("beschreibung"), "{} {a b} {offen {jahr}") << "what is filled in is not filled again";
}

TEST(TemplatePlaces, ComeFromTheYearOfAMeasure) {
    auto m = binding_measure();
    m.title.de = "Sprachfest 2019";
    const auto fields = template_of(m, today);
    EXPECT_EQ(fields.at("titel"), "Sprachfest {jahr}");
    EXPECT_EQ(fields.at("ende"), "31.12.{jahr}");
    EXPECT_EQ(fields.at("aussagen"), "2018:5.1-a") << "the name of a concept is no year";
    EXPECT_FALSE(fields.contains("kennung"));
    const auto again = with_fields(Measure{}, filled(fields, {{"jahr", "2020"}}), today);
    ASSERT_TRUE(again);
    EXPECT_EQ(again->schedule.ends_on, day(2020, 12, 31));
}

}  // namespace
}  // namespace measures
