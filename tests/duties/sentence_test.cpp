#include "duties/sentence.h"

#include <gtest/gtest.h>

#include "duties/rule_fields.h"

using duties::Fields;

namespace {

std::string sentence(const Fields& fields, const char* language = "de") {
    const auto rule = duties::parse_rule(fields);
    return rule ? duties::sentence_of(*rule).in(language) : base::describe(rule.error());
}

}  // namespace

TEST(Sentence, SaysWhatWasComposed) {
    EXPECT_EQ(sentence({{"evidence", {"council.report_delivered"}}, {"period", {"year"}}}),
              "Jedes Kalenderjahr bis 31.12.: mindestens 1 × Bericht an den Kreistag übergeben");
    EXPECT_EQ(sentence({{"evidence", {"council.report_delivered"}}, {"period", {"year"}}}, "en"),
              "Every calendar year by 31 December: at least 1 × report delivered to the district council");
    EXPECT_EQ(sentence({{"evidence", {"funding.places_secured"}},
                        {"aggregate", {"sum"}},
                        {"threshold", {"12"}},
                        {"period", {"year"}},
                        {"filter.claim", {"none"}}}),
              "Jedes Kalenderjahr bis 31.12.: zusammen mindestens 12 Plätze – Kursplätze durch Förderung gesichert (nur ohne Rechtsanspruch)");
    EXPECT_EQ(sentence({{"evidence", {"funding.places_secured"}}, {"period", {"year"}}, {"filter.claim", {"none"}}}, "en"),
              "Every calendar year by 31 December: at least 1 × course places secured by funding (only without a legal claim)");
    // What a municipality calls things itself reads as it was typed.
    EXPECT_EQ(
        sentence({{"evidence", {"network.meeting_held"}}, {"period", {"year"}}, {"filter.topic", {"Sport"}}, {"filter.hall", {"day-care"}}}, "en"),
        "Every calendar year by 31 December: at least 1 × meeting held (only hall: day care, topic: Sport)");
    EXPECT_EQ(sentence({{"evidence", {"housing.proposal_sent"}}, {"period", {"once"}}, {"due", {"30.06.2018"}}}),
              "Einmal bis 30.06.2018: mindestens 1 × Vorschlag zum Arbeitskreis Migration und Wohnen versandt");
    EXPECT_EQ(sentence({{"evidence", {"catalogue.offer_confirmed"}},
                        {"aggregate", {"share"}},
                        {"population", {"catalogue.offer_active"}},
                        {"period", {"standing"}},
                        {"fresh_days", {"180"}}}),
              "Ständig, nicht älter als 180 Tage: für alle „Angebot im Katalog“: Angebot bestätigt");
    EXPECT_EQ(
        sentence({{"evidence", {"advice.answered"}}, {"period", {"on_request"}}, {"request", {"advice.requested"}}, {"answer_within_days", {"30"}}}),
        "Bei „Beratung angefragt“ innerhalb von 30 Tagen: mindestens 1 × Beratungsanfrage beantwortet");
    EXPECT_EQ(sentence({{"evidence", {"network.contact_held"}}, {"period", {"quarter"}}, {"due_after_days", {"14"}}}, "en"),
              "Every quarter until 14 days after its end: at least 1 × exchange held");
    EXPECT_EQ(sentence({{"evidence", {"town.own_kind"}}, {"period", {"month"}}}), "Jeden Monat: mindestens 1 × Nachweis „town.own_kind“");
}

TEST(RuleFields, EveryMistakeIsToldAtOnce) {
    const auto rule = duties::parse_rule({{"evidence", {"Report"}},
                                          {"aggregate", {"all"}},
                                          {"period", {"on_request"}},
                                          {"due", {"2018-06-31"}},
                                          {"fresh_days", {"0"}},
                                          {"threshold", {"a dozen"}},
                                          {"colour", {"red"}}});
    ASSERT_FALSE(rule);
    std::set<std::string> fields;
    for (const auto& f : rule.error().fields) fields.insert(f.field);
    EXPECT_EQ(fields, (std::set<std::string>{"aggregate", "answer_within_days", "colour", "due", "evidence", "fresh_days", "request", "threshold"}));
}

TEST(RuleFields, BothSidesOfWhatIsAllowed) {
    const auto accepts = [](Fields fields) {
        fields.try_emplace("evidence", std::vector<std::string>{"a.b"});
        fields.try_emplace("period", std::vector<std::string>{"year"});
        return duties::parse_rule(fields).has_value();
    };
    EXPECT_TRUE(accepts({}));
    EXPECT_FALSE(accepts({{"period", {""}}}));
    EXPECT_TRUE(accepts({{"threshold", {"1"}}}));
    EXPECT_FALSE(accepts({{"threshold", {"0"}}}));
    EXPECT_TRUE(accepts({{"threshold", {"0"}}, {"comparison", {"at_most"}}}));
    EXPECT_FALSE(accepts({{"threshold", {"1.5"}}}));
    EXPECT_TRUE(accepts({{"threshold", {"1.5"}}, {"aggregate", {"sum"}}}));
    EXPECT_FALSE(accepts({{"aggregate", {"sum"}}}));
    EXPECT_TRUE(accepts({{"aggregate", {"share"}}, {"population", {"a.c"}}}));
    EXPECT_FALSE(accepts({{"aggregate", {"share"}}}));
    EXPECT_TRUE(accepts({{"aggregate", {"share"}}, {"population", {"a.c"}}, {"threshold", {"100"}}}));
    EXPECT_FALSE(accepts({{"aggregate", {"share"}}, {"population", {"a.c"}}, {"threshold", {"100.001"}}}));
    EXPECT_TRUE(accepts({{"aggregate", {"each"}}, {"each", {"x", "y"}}}));
    EXPECT_FALSE(accepts({{"aggregate", {"each"}}, {"each", {"x", "x"}}}));
    EXPECT_FALSE(accepts({{"aggregate", {"each"}}}));
    EXPECT_FALSE(accepts({{"each", {"x"}}}));
    EXPECT_TRUE(accepts({{"due_month_day", {"02-29"}}}));
    EXPECT_FALSE(accepts({{"due_month_day", {"02-30"}}}));
    EXPECT_TRUE(accepts({{"due_month_day", {"31.12."}}, {"due_next_year", {"true"}}}));
    EXPECT_FALSE(accepts({{"due_month_day", {"12-31"}}, {"period", {"quarter"}}}));
    EXPECT_TRUE(accepts({{"due_after_days", {"3660"}}, {"period", {"quarter"}}}));
    EXPECT_FALSE(accepts({{"due_after_days", {"3661"}}, {"period", {"quarter"}}}));
    EXPECT_TRUE(accepts({{"fresh_days", {"1"}}, {"period", {"standing"}}}));
    EXPECT_FALSE(accepts({{"fresh_days", {"0"}}, {"period", {"standing"}}}));
    EXPECT_TRUE(accepts({{"request", {"a.r"}}, {"answer_within_days", {"0"}}, {"period", {"on_request"}}}));
    EXPECT_FALSE(accepts({{"request", {"a.r"}}, {"answer_within_days", {"-1"}}, {"period", {"on_request"}}}));
    EXPECT_FALSE(accepts({{"request", {"a.r"}}, {"period", {"on_request"}}}));
}

TEST(RuleFields, WrittenAndReadAgainItIsTheSameRule) {
    for (const Fields& fields :
         std::vector<Fields>{{{"evidence", {"a.b"}}, {"period", {"year"}}, {"due_month_day", {"31.03."}}, {"due_next_year", {"on"}}},
                             {{"evidence", {"a.b"}}, {"period", {"standing"}}, {"aggregate", {"each"}}, {"each", {"x", "y"}}, {"each_by", {"seat"}}},
                             {{"evidence", {"a.b"}}, {"period", {"once"}}, {"due", {"30.6.2018"}}, {"filter.claim", {"none"}}},
                             {{"evidence", {"a.b"}}, {"period", {"on_request"}}, {"request", {"a.r"}}, {"answer_within_days", {"0"}}}}) {
        const auto rule = duties::parse_rule(fields);
        ASSERT_TRUE(rule) << base::describe(rule.error());
        const auto again = duties::parse_rule(duties::fields_of(*rule));
        ASSERT_TRUE(again) << base::describe(again.error());
        EXPECT_EQ(*again, *rule);
    }
}

TEST(PeriodName, ReadsAsPeopleSayIt) {
    EXPECT_EQ(duties::period_name("2019-Q2").de, "2. Quartal 2019");
    EXPECT_EQ(duties::period_name("2019-H1").en, "1st half of 2019");
    EXPECT_EQ(duties::period_name("2019-03").de, "März 2019");
    EXPECT_EQ(duties::period_name("2019").de, "2019");
    EXPECT_EQ(duties::period_name("anfrage-7").de, "anfrage-7");
}

TEST(Mistakes, OfADutyBesideItsRule) {
    duties::Duty d;
    d.key = "Großes K";
    d.valid_from = base::day(2018, 1, 1);
    d.valid_until = base::day(2017, 12, 31);
    d.grace_days = -1;
    d.origins = {{duties::OriginPart::threshold, duties::OriginKind::resolution, {}, "", {}, {}}};
    std::set<std::string> fields;
    for (const auto& f : duties::mistakes_in(d)) fields.insert(f.field);
    EXPECT_EQ(fields, (std::set<std::string>{"bearer", "grace_days", "key", "origin.threshold", "plan", "title", "valid_until"}));
}
