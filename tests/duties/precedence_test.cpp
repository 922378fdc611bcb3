// What stands above time: waivers, extensions, origin, modality, what was known, what was withdrawn.
#include <gtest/gtest.h>

#include "duties/risks.h"
#include "tests/duties/support/facts.h"

using namespace facts;
using duties::OriginKind;
using duties::OriginPart;
using duties::Period;
using duties::Rule;

namespace {

std::vector<duties::Occurrence> judge_with(const duties::Duty& d, const std::vector<evidence::Record>& evidence,
                                           const std::vector<duties::Waiver>& waivers, const std::vector<duties::Extension>& extensions,
                                           std::string_view as_of, std::string_view known_on = "") {
    return duties::judge(d, {evidence, waivers, extensions}, on(as_of), known_on.empty() ? std::nullopt : std::optional(on(known_on)));
}

duties::Origin origin(OriginPart part, OriginKind kind) { return {part, kind, {"Worte", ""}, "12/2019", day(2019, 5, 1), {"Annahme", ""}}; }

}  // namespace

TEST(Waiver, StandsAboveEverythingFromItsDecisionOn) {
    const std::vector<duties::Waiver> waivers{{1, "duty", "2019", {"Pandemie", ""}, "3/2020", day(2020, 2, 1), day(2020, 2, 10)}};
    EXPECT_EQ(reading(judge_with(duty(), {}, waivers, {}, "2020-01-31"), "2019"), "breached");
    EXPECT_EQ(reading(judge_with(duty(), {}, waivers, {}, "2020-02-01"), "2019"), "waived");
    EXPECT_EQ(reading(judge_with(duty(), {}, waivers, {}, "2021-02-01"), "2019"), "waived");
    EXPECT_EQ(reading(judge_with(duty(), {}, waivers, {}, "2020-02-01"), "2018"), "breached");
    EXPECT_EQ(reading(judge_with(duty(), ledger({{.occurred_on = "2019-02-01"}}), waivers, {}, "2020-02-01"), "2019"), "waived 2019-02-01");
    EXPECT_EQ(reading(judge_with(duty(), {}, waivers, {}, "2020-03-01", "2020-02-09"), "2019"), "breached");
    EXPECT_EQ(reading(judge_with(duty(), {}, waivers, {}, "2020-03-01", "2020-02-10"), "2019"), "waived");
}

TEST(Extension, MovesTheDayFromItsDecisionOn) {
    const std::vector<duties::Extension> extensions{
        {1, "duty", "2018", day(2019, 3, 31), {"Krankheit", ""}, "1/2019", day(2019, 1, 10), day(2019, 1, 10)}};
    EXPECT_EQ(reading(judge_with(duty(), {}, {}, extensions, "2019-01-09"), "2018"), "breached");
    EXPECT_EQ(reading(judge_with(duty(), {}, {}, extensions, "2019-01-10"), "2018"), "open");
    EXPECT_EQ(reading(judge_with(duty(), {}, {}, extensions, "2019-03-31"), "2018"), "due_soon");
    EXPECT_EQ(reading(judge_with(duty(), {}, {}, extensions, "2019-04-01"), "2018"), "breached");
    // Within the extended time the report of the old year is the old year's; 2019 needs another.
    const auto evidence = ledger({{.occurred_on = "2019-03-31"}});
    EXPECT_EQ(reading(judge_with(duty(), evidence, {}, extensions, "2019-12-31"), "2018"), "fulfilled 2019-03-31");
    EXPECT_EQ(reading(judge_with(duty(), evidence, {}, extensions, "2019-12-31"), "2019"), "due_soon");
    EXPECT_EQ(base::iso(*find(judge_with(duty(), {}, {}, extensions, "2019-12-31"), "2018")->due_on), "2019-03-31");
}

TEST(Extension, TheOneDecidedLastCounts) {
    const std::vector<duties::Extension> two{{1, "duty", "2018", day(2019, 3, 31), {"a", ""}, "1", day(2019, 1, 10), day(2019, 1, 10)},
                                             {2, "duty", "2018", day(2019, 6, 30), {"b", ""}, "2", day(2019, 3, 10), day(2019, 3, 10)}};
    EXPECT_EQ(reading(judge_with(duty(), {}, {}, two, "2019-06-30"), "2018"), "due_soon");
    EXPECT_EQ(reading(judge_with(duty(), {}, {}, two, "2019-07-01"), "2018"), "breached");
    EXPECT_EQ(base::iso(*find(judge_with(duty(), {}, {}, two, "2019-03-09"), "2018")->due_on), "2019-03-31");
}

TEST(Origin, WhatWeAssumedIsNeverABreach) {
    for (const auto part : {OriginPart::rule, OriginPart::threshold, OriginPart::period, OriginPart::due}) {
        auto d = duty();
        d.origins.push_back(origin(part, OriginKind::assumption));
        EXPECT_EQ(reading(judge(d, {}, "2020-01-01"), "2019"), "behind_assumption") << name_of(part);
    }
    auto d = duty();
    d.origins = {origin(OriginPart::rule, OriginKind::wording), origin(OriginPart::due, OriginKind::resolution)};
    EXPECT_EQ(duties::origin_of(d), OriginKind::resolution);
    EXPECT_EQ(reading(judge(d, {}, "2020-01-01"), "2019"), "breached");
    d.origins.push_back(origin(OriginPart::grace, OriginKind::assumption));
    EXPECT_EQ(duties::origin_of(d), OriginKind::resolution) << "a grace only helps the bearer";
    d.origins.clear();
    EXPECT_EQ(duties::origin_of(d), OriginKind::assumption) << "nobody said where it comes from";
    EXPECT_EQ(reading(judge(d, {}, "2020-01-01"), "2019"), "behind_assumption");
}

TEST(Origin, BeforeTheGraceIsOverBothAreOverdue) {
    auto d = duty();
    d.grace_days = 10;
    d.origins.push_back(origin(OriginPart::due, OriginKind::assumption));
    EXPECT_EQ(reading(judge(d, {}, "2020-01-10"), "2019"), "overdue");
    EXPECT_EQ(reading(judge(d, {}, "2020-01-11"), "2019"), "behind_assumption");
}

TEST(Modality, WhatIsOnlyStrivenForIsReportedNeverJudged) {
    for (const auto modality : {plan::Modality::power, plan::Modality::effort, plan::Modality::declaration}) {
        Rule r;
        r.due_month_day = std::chrono::June / 30;
        auto d = duty(r);
        d.modality = modality;
        EXPECT_EQ(reading(judge(d, {}, "2019-06-30"), "2019"), "open");
        EXPECT_EQ(reading(judge(d, {}, "2019-07-01"), "2019"), "not_applicable");
        EXPECT_EQ(reading(judge(d, {}, "2021-01-01"), "2019"), "term_ended");
        EXPECT_EQ(reading(judge(d, ledger({{.occurred_on = "2019-08-01"}}), "2020-01-01"), "2019"), "fulfilled 2019-08-01");
    }
    auto d = duty();
    d.modality = plan::Modality::conditional_obligation;
    EXPECT_EQ(reading(judge(d, {}, "2020-01-01"), "2019"), "breached");
}

TEST(Modality, AnEffortThatShouldLastShowsItsGapsAndIsNotJudged) {
    Rule r;
    r.evidence = "publications.leaflet_current";
    r.period = Period::standing;
    auto d = duty(r);
    d.modality = plan::Modality::effort;
    EXPECT_EQ(reading(judge(d, {}, "2019-06-30"), "2019"), "open");
    EXPECT_EQ(reading(judge(d, {}, "2019-06-30"), "2018"), "not_applicable");
    const auto evidence = ledger({{.occurred_on = "2019-03-01", .kind = "publications.leaflet_current"}});
    EXPECT_EQ(reading(judge(d, evidence, "2019-06-30"), "2019"), "fulfilled 2019-03-01");
    EXPECT_EQ(gaps(*find(judge(d, evidence, "2019-06-30"), "2019")), "2019-01-01..2019-02-28");
}

TEST(Knowledge, EveryDayIsJudgedAsItWasKnown) {
    const auto evidence = ledger({{.occurred_on = "2019-11-30", .recorded_on = "2020-02-15"}});
    EXPECT_EQ(reading(judge(duty(), evidence, "2020-01-31"), "2019"), "fulfilled 2019-11-30");
    EXPECT_EQ(reading(judge(duty(), evidence, "2020-01-31", "2020-01-31"), "2019"), "breached");
    EXPECT_EQ(reading(judge(duty(), evidence, "2020-03-01", "2020-02-14"), "2019"), "breached");
    EXPECT_EQ(reading(judge(duty(), evidence, "2020-03-01", "2020-02-15"), "2019"), "fulfilled 2019-11-30");
}

TEST(Withdrawal, WhatIsWithdrawnNeverHappenedExceptWhereItWasNotKnownYet) {
    const auto evidence = ledger({{.occurred_on = "2019-05-01", .withdrawn_on = "2020-02-15"}});
    EXPECT_EQ(reading(judge(duty(), evidence, "2020-03-01"), "2019"), "breached");
    EXPECT_EQ(reading(judge(duty(), evidence, "2019-06-01"), "2019"), "open");
    EXPECT_EQ(reading(judge(duty(), evidence, "2020-03-01", "2020-02-14"), "2019"), "fulfilled 2019-05-01");
    EXPECT_EQ(reading(judge(duty(), evidence, "2020-03-01", "2020-02-15"), "2019"), "breached");
}

TEST(Validity, AfterItADutyReadsTermEndedAndSaysHowItEnded) {
    const auto all = judge(duty(), ledger({{.occurred_on = "2018-05-01"}}), "2021-01-01");
    EXPECT_EQ(reading(all, "2018"), "fulfilled 2018-05-01");
    EXPECT_EQ(reading(all, "2019"), "term_ended");
    EXPECT_EQ(find(all, "2019")->ended_as, duties::State::breached);
    EXPECT_EQ(reading(all, "2020"), "term_ended");
    EXPECT_EQ(find(all, "2020")->ended_as, duties::State::due_soon) << "its day was the last day of the validity";
    EXPECT_EQ(reading(all, "2021"), "none");
}

TEST(Validity, APeriodWhoseDayLiesBeforeItIsNotAsked) {
    Rule r;
    r.due_month_day = std::chrono::March / 31;
    auto d = duty(r);
    d.valid_from = day(2018, 4, 1);
    EXPECT_EQ(reading(judge(d, {}, "2019-01-01"), "2018"), "none");
    d.valid_from = day(2018, 3, 31);
    EXPECT_EQ(reading(judge(d, {}, "2018-03-30"), "2018"), "not_yet_due");
    EXPECT_EQ(reading(judge(d, {}, "2018-03-31"), "2018"), "due_soon");
}

TEST(Occurrences, EndWithTheNextPeriod) {
    EXPECT_EQ(judge(duty(), {}, "2019-05-01").size(), 3u);
    EXPECT_EQ(judge(duty(), {}, "2018-05-01").size(), 2u);
    EXPECT_EQ(judge(duty(), {}, "2017-05-01").size(), 1u);
    EXPECT_EQ(judge(duty(), {}, "2020-05-01").size(), 3u) << "2021 lies after the validity";
}

namespace {

std::vector<duties::Judged> with_risks(const std::vector<duties::Duty>& all, const std::vector<evidence::Record>& evidence, std::string_view as_of) {
    network::Bearer council;
    council.id = network::BearerId{7};
    council.key = "council";
    council.kind = network::BearerKind::office;
    const std::vector<network::Holding> holdings{{network::HoldingId{1}, council.id, day(2018, 1, 1), day(2019, 6, 30), std::nullopt, "", ""}};
    std::vector<duties::Judged> judged;
    for (const auto& d : all) judged.push_back({&d, judge(d, evidence, as_of)});
    duties::mark_risks(judged, {council}, holdings, on(as_of));
    return judged;
}

}  // namespace

TEST(AtRisk, AVacantOfficeIsSaidBesideTheState) {
    const std::vector<duties::Duty> one{duty()};
    EXPECT_TRUE(find(with_risks(one, {}, "2019-02-01")[0].occurrences, "2019")->at_risk.empty());
    EXPECT_EQ(find(with_risks(one, {}, "2019-06-30")[0].occurrences, "2019")->at_risk, std::vector<std::string>{"term_ends"});
    const auto vacant = with_risks(one, {}, "2019-07-01");
    EXPECT_EQ(find(vacant[0].occurrences, "2019")->at_risk, std::vector<std::string>{"office_vacant"});
    EXPECT_EQ(reading(vacant[0].occurrences, "2019"), "open");
    EXPECT_TRUE(find(vacant[0].occurrences, "2018")->at_risk.empty()) << "a period that is over is past risking";
    EXPECT_TRUE(find(with_risks(one, ledger({{.occurred_on = "2019-05-01"}}), "2019-07-01")[0].occurrences, "2019")->at_risk.empty());
}

TEST(AtRisk, WhatADutyLeansOn) {
    Rule agreement;
    agreement.evidence = "agreement.in_force";
    agreement.period = Period::standing;
    Rule requests;
    requests.evidence = "statistics.data_delivered";
    requests.request = "statistics.data_requested";
    requests.period = Period::on_request;
    requests.answer_within_days = 14;
    std::vector<duties::Duty> all{duty(), duty(agreement), duty(requests)};
    for (auto& d : all) d.bearer = "unit";
    all[1].key = "agreements";
    all[2].key = "requests";
    all[0].depends_on = {"agreements", "requests"};
    const auto evidence = ledger({{.occurred_on = "2018-01-01", .kind = "agreement.in_force", .until = "2019-03-31"},
                                  {.occurred_on = "2019-04-01", .kind = "statistics.data_requested", .subject = "r"}});
    EXPECT_TRUE(find(with_risks(all, evidence, "2019-03-31")[0].occurrences, "2019")->at_risk.empty());
    EXPECT_EQ(find(with_risks(all, evidence, "2019-04-15")[0].occurrences, "2019")->at_risk, std::vector<std::string>{"agreement_ended"});
    EXPECT_EQ(find(with_risks(all, evidence, "2019-04-16")[0].occurrences, "2019")->at_risk,
              (std::vector<std::string>{"agreement_ended", "data_request_late"}));
}
