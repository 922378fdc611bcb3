#include "exchanges/rules.h"

#include <gtest/gtest.h>

using namespace exchanges;
using base::day;

namespace {
Exchange held(base::Day on = day(2020, 9, 30)) {
    Exchange e;
    e.on = on;
    e.topic = "day-care";
    e.office = "coordinator";
    e.title = {"Gespräch mit Kita-Trägern", ""};
    e.others = "Leitungen";
    return e;
}
std::string fields_of(const Exchange& e) {
    std::string out;
    for (const auto& mistake : mistakes_in(e, day(2020, 9, 30))) out += mistake.field + " ";
    return out;
}
}  // namespace

TEST(ExchangeRules, TodayIsHeldAndTomorrowIsNot) {
    EXPECT_EQ(fields_of(held(day(2020, 9, 30))), "");
    EXPECT_EQ(fields_of(held(day(2020, 10, 1))), "on ");
}

TEST(ExchangeRules, EveryMistakeIsToldAtOnce) {
    Exchange nothing;
    nothing.on = day(2021, 1, 1);
    EXPECT_EQ(fields_of(nothing), "on topic office title_de partner_1 ");
}

TEST(ExchangeRules, AContactIsWithAnOrganisationOrWithOthersInWords) {
    auto e = held();
    e.others.clear();
    EXPECT_EQ(fields_of(e), "partner_1 ");
    e.partners = {organisations::OrganisationId{7}};
    EXPECT_EQ(fields_of(e), "");
}

TEST(ExchangeRules, ARecommendationCountsForItsAudienceAndAContactForItsTopic) {
    auto e = held();
    EXPECT_EQ(evidence_of(e).record.kind, "network.contact_held");
    EXPECT_EQ(evidence_of(e).record.attributes, (evidence::Attributes{{"topic", "day-care"}}));
    e.kind = Kind::recommendation;
    e.topic = "school-social-work";
    EXPECT_EQ(evidence_of(e).record.kind, "network.recommendation_given");
    EXPECT_EQ(evidence_of(e).record.attributes, (evidence::Attributes{{"audience", "school-social-work"}}));
    EXPECT_EQ(evidence_of(e).record.organisation, "coordinator");
}

TEST(ExchangeRules, NamesOfKindsAndWaysAreReadAsTheyAreWritten) {
    for (const auto kind : {Kind::contact, Kind::recommendation}) EXPECT_EQ(kind_named(name_of(kind)), kind);
    for (const auto way : {Way::meeting, Way::visit, Way::telephone, Way::video, Way::mail}) EXPECT_EQ(way_named(name_of(way)), way);
    EXPECT_FALSE(kind_named("rumour"));
    EXPECT_FALSE(way_named("pigeon"));
}
