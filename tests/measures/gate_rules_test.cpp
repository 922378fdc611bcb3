#include "measures/gate_rules.h"

#include <gtest/gtest.h>

#include "tests/measures/support.h"

using namespace measures;
using namespace measures::examples;

namespace {
std::vector<Rule> failed(const Gate& gate) {
    std::vector<Rule> out;
    for (const auto& verdict : gate.verdicts)
        if (!verdict.satisfied) out.push_back(verdict.rule);
    return out;
}
}  // namespace

TEST(Gate, AnEmptyMeasureFailsEveryRuleItCanAllAtOnce) {
    const auto gate = judge(Measure{}, District{}.now());
    EXPECT_EQ(gate.grade, Grade::none);
    EXPECT_EQ(failed(gate), (std::vector{Rule::r1, Rule::r2, Rule::r3, Rule::r4, Rule::r5, Rule::r6, Rule::r7, Rule::r10}));
    for (const auto& verdict : gate.verdicts) {
        EXPECT_EQ(verdict.finding.text.empty(), verdict.satisfied);
        EXPECT_EQ(verdict.remedy.text.empty(), verdict.satisfied);
        EXPECT_FALSE(title_of(verdict.rule).text.empty());
        EXPECT_EQ(rule_named(name_of(verdict.rule)), verdict.rule);
    }
}

TEST(Gate, TheGradeGrowsRuleByRule) {
    District district;
    const auto whole = binding_measure();
    Measure m;
    EXPECT_EQ(judge(m, district.now()).grade, Grade::none);
    m.statements = whole.statements;
    EXPECT_EQ(judge(m, district.now()).grade, Grade::intention);
    m.accountable = whole.accountable;
    EXPECT_EQ(judge(m, district.now()).grade, Grade::assigned);
    m.resources = whole.resources;
    EXPECT_EQ(judge(m, district.now()).grade, Grade::assigned);
    m.schedule = whole.schedule;
    EXPECT_EQ(judge(m, district.now()).grade, Grade::assigned);
    m.criterion = whole.criterion;
    EXPECT_EQ(judge(m, district.now()).grade, Grade::binding);
    m.evidence_kind = whole.evidence_kind;
    m.evidence_fixed_on = whole.evidence_fixed_on;
    EXPECT_EQ(judge(m, district.now()).grade, Grade::verifiable);
    district.deliveries = {delivery()};
    EXPECT_EQ(judge(m, district.now()).grade, Grade::verified);
}

TEST(Gate, R1AsksForAStatementOfAConceptInForce) {
    District district;
    auto m = binding_measure();
    m.schedule.ends_on.reset();
    m.schedule.rhythm = Rhythm::yearly;
    EXPECT_TRUE(judge(m, district.on(day(2018, 1, 1))).satisfied(Rule::r1));
    EXPECT_FALSE(judge(m, district.on(day(2017, 12, 31))).satisfied(Rule::r1));
    EXPECT_TRUE(judge(m, district.on(day(2020, 12, 31))).satisfied(Rule::r1));
    EXPECT_FALSE(judge(m, district.on(day(2021, 1, 1))).satisfied(Rule::r1));
    m.statements = {{"2021", "1-a"}};  // a draft is in force on no day
    EXPECT_FALSE(judge(m, district.on(day(2021, 6, 1))).satisfied(Rule::r1));
    m.statements = {{"2018", "9-z"}};
    EXPECT_FALSE(judge(m, district.now()).satisfied(Rule::r1));
}

TEST(Gate, R2LetsOnlyTheDistrictBearAMeasure) {
    District district;
    const std::pair<const char*, bool> cases[] = {{"officer", true}, {"soziales", true}, {"vhs", true},        {"verkehrsbetrieb", true},
                                                  {"verein", false}, {"stadt", false},   {"unbekannt", false}, {"", false}};
    for (const auto& [bearer, satisfied] : cases) {
        auto m = binding_measure();
        m.accountable = bearer;
        EXPECT_EQ(judge(m, district.now()).satisfied(Rule::r2), satisfied) << bearer;
    }
    auto m = binding_measure();
    m.joint = {"verein"};
    EXPECT_FALSE(judge(m, district.now()).satisfied(Rule::r2));
    m.joint = {"jugend"};
    EXPECT_TRUE(judge(m, district.now()).satisfied(Rule::r2));
    m.coworkers = {"verein"};  // partners may work along
    EXPECT_TRUE(judge(m, district.now()).satisfied(Rule::r2));
}

TEST(Gate, R3AVacancyIsFlaggedAndDoesNotFail) {
    District district;
    auto m = binding_measure();
    m.accountable = "officer";
    district.bearers[0].risks = {network::OfficeRisk::vacant};
    const auto gate = judge(m, district.now());
    EXPECT_TRUE(gate.satisfied(Rule::r3));
    EXPECT_TRUE(flags_of(m, gate, district.now(), {}).risks.empty());  // only proposed yet
    m.state = State::under_way;
    EXPECT_EQ(flags_of(m, gate, district.now(), {}).risks, std::vector{Risk::office_vacant});
}

TEST(Gate, R4EachKindOfResourceOnBothSidesOfItsLimit) {
    const auto judged = [](Resource resource, base::Day on = today) {
        auto m = binding_measure();
        m.schedule = {day(2018, 1, 1), {}, Rhythm::yearly, {}};
        m.kind = Kind::permanent;
        m.resources = {std::move(resource)};
        return judge(m, District{}.on(on)).satisfied(Rule::r4);
    };
    EXPECT_TRUE(judged(budget(2019)));
    EXPECT_TRUE(judged(budget(2020)));
    EXPECT_FALSE(judged(budget(2018)));
    EXPECT_TRUE(judged(budget(2019), day(2019, 12, 31)));
    EXPECT_FALSE(judged(budget(2019), day(2020, 1, 1)));
    auto r = budget();
    r.budget_line.clear();
    EXPECT_FALSE(judged(r));
    r = budget();
    r.planned = base::Cents{0};
    EXPECT_FALSE(judged(r));
    r.planned = base::Cents{1};
    EXPECT_TRUE(judged(r));
    r.year.reset();
    EXPECT_FALSE(judged(r));

    Resource post;
    post.kind = ResourceKind::post_share;
    EXPECT_FALSE(judged(post));
    post.post_permille = 1;
    EXPECT_TRUE(judged(post));

    Resource project;
    project.kind = ResourceKind::funded_project;
    project.project = "Sprachmittlung";
    EXPECT_FALSE(judged(project));
    project.project_ends_on = today;
    EXPECT_TRUE(judged(project));
    EXPECT_FALSE(judged(project, base::plus_days(today, 1)));

    Resource kind;
    kind.kind = ResourceKind::in_kind;
    EXPECT_FALSE(judged(kind));
    kind.description = "Räume der Volkshochschule";
    EXPECT_TRUE(judged(kind));

    Resource none;
    none.kind = ResourceKind::no_extra_means;
    none.description = "laufende Arbeit";
    EXPECT_FALSE(judged(none)) << "a declaration nobody confirmed";
    none.confirmed_by = "officer";
    none.confirmed_on = base::plus_days(today, 1);
    EXPECT_FALSE(judged(none)) << "confirmed only tomorrow";
    none.confirmed_on = today;
    EXPECT_TRUE(judged(none));
}

TEST(Gate, R4AFinishedMeasureIsJudgedByItsLastDay) { EXPECT_TRUE(judge(binding_measure(), District{}.on(day(2020, 12, 31))).satisfied(Rule::r4)); }

TEST(Gate, R5MayBeSwitchedOffAndOthersMayNot) {
    District district;
    auto m = binding_measure();
    m.schedule.ends_on.reset();
    EXPECT_EQ(judge(m, district.now()).grade, Grade::assigned);
    district.rules.optional = {Rule::r5};
    const auto gate = judge(m, district.now());
    EXPECT_EQ(gate.grade, Grade::verifiable);
    EXPECT_FALSE(gate.satisfied(Rule::r5)) << "still told, no longer required";
    m.schedule.fresh_days = 90;
    EXPECT_TRUE(judge(m, district.now()).satisfied(Rule::r5));

    for (const auto rule : {Rule::r1, Rule::r2, Rule::r3, Rule::r4, Rule::r6, Rule::r8, Rule::r9}) {
        district.rules.optional = {rule};
        EXPECT_TRUE(district.rules.requires_rule(rule)) << name_of(rule);
    }
}

TEST(Gate, R6ACriterionOrATargetTheCouncilHasSet) {
    District district;
    auto m = binding_measure();
    m.criterion = {};
    EXPECT_FALSE(judge(m, district.now()).satisfied(Rule::r6));
    m.criterion = {CriterionKind::value, {}, {Direction::at_least, Quantity::of(0), {}, "Fälle"}};
    EXPECT_TRUE(judge(m, district.now()).satisfied(Rule::r6)) << "zero is a value";
    m.criterion.goal.unit.clear();
    EXPECT_FALSE(judge(m, district.now()).satisfied(Rule::r6));
    m.criterion = {};
    m.targets = {"Z-1"};
    const std::pair<TargetState, bool> cases[] = {
        {TargetState::draft, false},    {TargetState::in_consultation, false}, {TargetState::ready, false},   {TargetState::adjourned, false},
        {TargetState::rejected, false}, {TargetState::resolved, true},         {TargetState::in_force, true}, {TargetState::reached, true}};
    for (const auto& [state, satisfied] : cases) {
        district.targets = {{"Z-1", state, true}};
        EXPECT_EQ(judge(m, district.now()).satisfied(Rule::r6), satisfied) << name_of(state);
    }
}

TEST(Gate, R7TheKindIsFixedBeforeTheFirstEvidence) {
    District district;
    auto m = binding_measure();
    district.deliveries = {delivery()};  // recorded on 2 April
    m.evidence_fixed_on = day(2019, 4, 2);
    EXPECT_TRUE(judge(m, district.now()).satisfied(Rule::r7));
    m.evidence_fixed_on = day(2019, 4, 3);
    EXPECT_FALSE(judge(m, district.now()).satisfied(Rule::r7));
    district.deliveries[0].withdrawn_on = day(2019, 4, 20);
    EXPECT_TRUE(judge(m, district.now()).satisfied(Rule::r7));
    m.evidence_kind = "irgendwas";
    EXPECT_FALSE(judge(m, district.now()).satisfied(Rule::r7));
}

TEST(Gate, R8WhoMayAccept) {
    struct Case {
        const char *accountable, *delivered_by, *accepted_by;
        bool allowed;
    };
    const Case cases[] = {
        {"soziales", "soziales", "soziales", false},     {"soziales", "soziales", "officer", true},
        {"soziales", "soziales", "chair", true},         {"soziales", "soziales", "leitung-soziales", true},
        {"jugend", "jugend", "leitung-soziales", false}, {"soziales", "soziales", "verein", false},
        {"officer", "officer", "officer", false},        {"officer", "officer", "chair", true},
        {"officer", "officer", "soziales", false},       {"officer", "soziales", "officer", false},
        {"officer", "soziales", "chair", true},          {"soziales", "officer", "officer", false},
        {"soziales", "officer", "chair", true},          {"soziales", "soziales", "", false},
    };
    for (const auto& [accountable, delivered_by, accepted_by, allowed] : cases) {
        District district;
        auto m = binding_measure();
        m.accountable = accountable;
        EXPECT_EQ(obstacles_to_accepting(m, delivery(delivered_by, ""), accepted_by, district.now()).empty(), allowed)
            << accountable << " " << delivered_by << " " << accepted_by;
        if (!*accepted_by) continue;
        district.deliveries = {delivery(delivered_by, accepted_by)};
        EXPECT_EQ(judge(m, district.now()).grade, allowed ? Grade::verified : Grade::verifiable);
    }
}

TEST(Gate, R9ATargetThatWasNotConsultedHoldsTheMeasureBack) {
    District district;
    auto m = binding_measure();
    m.targets = {"Z-1"};
    district.targets = {{"Z-1", TargetState::in_force, false}};
    EXPECT_EQ(judge(m, district.now()).grade, Grade::assigned);
    EXPECT_FALSE(judge(m, district.now()).satisfied(Rule::r9));
    district.targets[0].both_consulted = true;
    EXPECT_EQ(judge(m, district.now()).grade, Grade::verifiable);
    district.targets = {{"Z-1", TargetState::draft, false}};  // nothing has been set yet
    EXPECT_TRUE(judge(m, district.now()).satisfied(Rule::r9));
}

TEST(Gate, R10ADeclarationCarriesNothingButAResolutionDoes) {
    District district;
    auto m = binding_measure();
    m.statements = {{"2018", "5.1-b"}};
    EXPECT_EQ(judge(m, district.now()).grade, Grade::assigned);
    m.resolution = "2019/17";
    EXPECT_FALSE(judge(m, district.now()).satisfied(Rule::r10)) << "a resolution has a day";
    m.resolved_on = today;
    EXPECT_TRUE(judge(m, district.now()).satisfied(Rule::r10));
    m.resolved_on = base::plus_days(today, 1);
    EXPECT_FALSE(judge(m, district.now()).satisfied(Rule::r10));
}

TEST(Gate, ASelfCommitmentIsNeverAssigned) {
    auto m = binding_measure();
    m.kind = Kind::self_commitment;
    for (const auto* bearer : {"verein", "soziales"}) {
        m.accountable = bearer;
        EXPECT_EQ(judge(m, District{}.now()).grade, Grade::intention) << bearer;
    }
}

TEST(Gate, VerifiedMeansAcceptedInTheCurrentPeriod) {
    District district;
    auto m = binding_measure();
    m.kind = Kind::permanent;
    m.schedule = {day(2018, 1, 1), {}, Rhythm::quarterly, {}};
    struct Case {
        base::Day occurred;
        Grade grade;
    };
    for (const auto& [occurred, grade] : {Case{day(2019, 3, 31), Grade::verifiable}, Case{day(2019, 4, 1), Grade::verified}}) {
        district.deliveries = {delivery("soziales", "officer", occurred)};
        EXPECT_EQ(judge(m, district.now()).grade, grade) << base::iso(occurred);
    }
    m.schedule = {day(2018, 1, 1), {}, Rhythm::none, 30};
    for (const auto& [occurred, grade] : {Case{base::plus_days(today, -31), Grade::verifiable}, Case{base::plus_days(today, -30), Grade::verified}}) {
        district.deliveries = {delivery("soziales", "officer", occurred)};
        EXPECT_EQ(judge(m, district.now()).grade, grade) << base::iso(occurred);
    }
    district.deliveries[0].withdrawn_on = today;
    EXPECT_EQ(judge(m, district.now()).grade, Grade::verifiable);
    district.deliveries = {delivery()};
    district.deliveries[0].kind = "council.meeting_held";
    EXPECT_EQ(judge(m, district.now()).grade, Grade::verifiable) << "another kind than was fixed";
}

TEST(CalendarPeriod, HoldsItsFirstAndLastDay) {
    EXPECT_EQ(calendar_period(Rhythm::yearly, day(2019, 5, 15)), (Days{day(2019, 1, 1), day(2019, 12, 31)}));
    EXPECT_EQ(calendar_period(Rhythm::half_yearly, day(2019, 6, 30)), (Days{day(2019, 1, 1), day(2019, 6, 30)}));
    EXPECT_EQ(calendar_period(Rhythm::half_yearly, day(2019, 7, 1)), (Days{day(2019, 7, 1), day(2019, 12, 31)}));
    EXPECT_EQ(calendar_period(Rhythm::quarterly, day(2019, 12, 31)), (Days{day(2019, 10, 1), day(2019, 12, 31)}));
    EXPECT_EQ(calendar_period(Rhythm::monthly, day(2020, 2, 29)), (Days{day(2020, 2, 1), day(2020, 2, 29)}));
}
