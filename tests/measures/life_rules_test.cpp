#include "measures/life_rules.h"

#include <gtest/gtest.h>

#include <random>

#include "measures/input_rules.h"
#include "tests/measures/support.h"

using namespace measures;
using namespace measures::examples;

namespace {
Step step(Move move) {
    Step s;
    s.move = move;
    s.on = today;
    s.by = "officer";
    return s;
}
Measure in_state(State state) {
    auto m = binding_measure();
    m.state = state;
    return m;
}
std::vector<std::string> fields_of(const base::Error& error) {
    std::vector<std::string> out;
    for (const auto& f : error.fields) out.push_back(f.field);
    return out;
}
}  // namespace

TEST(Life, TheMovesOfEveryState) {
    const std::map<State, std::map<Move, State>> table = {
        {State::proposed, {{Move::clarify, State::in_clarification}, {Move::reject, State::rejected}}},
        {State::in_clarification, {{Move::agree, State::agreed}, {Move::reject, State::rejected}}},
        {State::agreed, {{Move::start, State::under_way}, {Move::suspend, State::suspended}}},
        {State::under_way,
         {{Move::submit, State::under_review},
          {Move::find_partly, State::partly_fulfilled},
          {Move::find_not, State::not_fulfilled},
          {Move::suspend, State::suspended}}},
        {State::under_review, {{Move::fulfil, State::fulfilled}, {Move::conclude_period, State::under_way}, {Move::send_back, State::under_way}}},
        {State::suspended, {{Move::resume, State::under_way}}},
    };
    for (const auto state : all_states)
        for (const auto move : all_moves) {
            std::optional<State> expected;
            if (const auto row = table.find(state); row != table.end()) {
                if (const auto cell = row->second.find(move); cell != row->second.end()) expected = cell->second;
                if (move == Move::repeal) expected = State::repealed;
                if (move == Move::replace) expected = State::replaced;
            }
            EXPECT_EQ(after(state, move), expected) << name_of(state) << " " << name_of(move);
        }
}

TEST(Life, AgreeingNamesEveryRuleThatFailsAtOnce) {
    auto m = in_state(State::in_clarification);
    m.resources.clear();
    m.schedule = {};
    m.criterion = {};
    const auto refused = take(m, step(Move::agree), District{}.now());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, base::ErrorKind::invalid_input);
    EXPECT_EQ(fields_of(refused.error()), (std::vector<std::string>{"R4", "R5", "R6"}));

    m.resources = binding_measure().resources;
    EXPECT_EQ(fields_of(take(m, step(Move::agree), District{}.now()).error()), (std::vector<std::string>{"R5", "R6"}));
    m.schedule = binding_measure().schedule;
    EXPECT_EQ(fields_of(take(m, step(Move::agree), District{}.now()).error()), (std::vector<std::string>{"R6"}));
    m.criterion = binding_measure().criterion;
    const auto agreed = take(m, step(Move::agree), District{}.now());
    ASSERT_TRUE(agreed);
    EXPECT_EQ(agreed->measure.state, State::agreed);
    EXPECT_EQ(agreed->entry.from, State::in_clarification);
    EXPECT_EQ(agreed->entry.grade, Grade::verifiable);
}

TEST(Life, AStepOfAnotherStateIsAConflict) {
    const auto refused = take(in_state(State::fulfilled), step(Move::agree), District{}.now());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, base::ErrorKind::conflict);
}

TEST(Life, FulfilledNeedsAcceptedEvidenceAndAnotherOffice) {
    District district;
    auto m = in_state(State::under_review);
    EXPECT_FALSE(take(m, step(Move::fulfil), district.now()));
    district.deliveries = {delivery()};
    ASSERT_TRUE(take(m, step(Move::fulfil), district.now()));
    auto own = step(Move::fulfil);
    own.by = "soziales";
    EXPECT_EQ(fields_of(take(m, own, district.now()).error()), std::vector<std::string>{"by"});
    m.joint = {"jugend"};
    own.by = "jugend";
    EXPECT_FALSE(take(m, own, district.now()));
    district.deliveries[0].withdrawn_on = today;
    EXPECT_FALSE(take(m, step(Move::fulfil), district.now())) << "withdrawn after acceptance";
}

TEST(Life, PermanentMeasuresConcludePeriodsAndNeverEnd) {
    District district;
    district.deliveries = {delivery()};
    auto m = in_state(State::under_review);
    EXPECT_FALSE(take(m, step(Move::conclude_period), district.now()));
    m.kind = Kind::permanent;
    m.schedule.rhythm = Rhythm::yearly;
    EXPECT_FALSE(take(m, step(Move::fulfil), district.now()));
    const auto concluded = take(m, step(Move::conclude_period), district.now());
    ASSERT_TRUE(concluded);
    EXPECT_EQ(concluded->measure.state, State::under_way);
}

TEST(Life, WhatEachStepAsksFor) {
    struct Case {
        State from;
        Move move;
        std::vector<std::string> asked;
    };
    const Case cases[] = {
        {State::proposed, Move::reject, {"reason"}},
        {State::in_clarification, Move::reject, {"reason"}},
        {State::under_review, Move::send_back, {"reason"}},
        {State::under_way, Move::find_partly, {"finding", "reason"}},
        {State::under_way, Move::find_not, {"finding", "reason"}},
        {State::agreed, Move::suspend, {"record"}},
        {State::agreed, Move::repeal, {"resolution", "resolved_on"}},
        {State::under_way, Move::replace, {"resolution", "resolved_on", "replaced_by"}},
    };
    for (const auto& [from, move, asked] : cases) {
        const auto refused = take(in_state(from), step(move), District{}.now());
        ASSERT_FALSE(refused) << name_of(move);
        EXPECT_EQ(fields_of(refused.error()), asked) << name_of(move);
        auto full = step(move);
        full.reason = "Die Förderung ist ausgelaufen.";
        full.finding = "Zwei von drei Sprachen.";
        full.record = "Schreiben vom 2. Mai";
        full.resolution = "2019/30";
        full.resolved_on = today;
        full.replaced_by = "M-2019-002";
        EXPECT_TRUE(take(in_state(from), full, District{}.now())) << name_of(move);
    }
    auto own = step(Move::replace);
    own.resolution = "2019/30";
    own.resolved_on = base::plus_days(today, 1);
    own.replaced_by = "M-2019-001";
    EXPECT_EQ(fields_of(take(in_state(State::agreed), own, District{}.now()).error()), (std::vector<std::string>{"resolved_on", "replaced_by"}));
}

TEST(Life, ASelfCommitmentIsThePartnersAlone) {
    auto m = in_state(State::proposed);
    m.kind = Kind::self_commitment;
    m.accountable = "verein";
    EXPECT_FALSE(take(m, step(Move::clarify), District{}.now()));
    EXPECT_EQ(after(m, CommitmentMove::confirm, "officer").error().kind, base::ErrorKind::forbidden);
    ASSERT_EQ(after(m, CommitmentMove::confirm, "verein"), CommitmentState::confirmed);
    m.commitment = CommitmentState::confirmed;
    EXPECT_FALSE(after(m, CommitmentMove::confirm, "verein"));
    ASSERT_EQ(after(m, CommitmentMove::withdraw, "verein"), CommitmentState::withdrawn);
    m.commitment = CommitmentState::withdrawn;
    EXPECT_FALSE(after(m, CommitmentMove::confirm, "verein"));
    EXPECT_FALSE(after(m, CommitmentMove::withdraw, "verein"));
    EXPECT_FALSE(after(binding_measure(), CommitmentMove::confirm, "soziales"));
}

TEST(Rescheduling, ABindingDeadlineMovesOnlyByResolution) {
    const auto to = [](base::Day end) { return Schedule{day(2019, 1, 1), end, Rhythm::none, {}}; };
    EXPECT_TRUE(obstacles_to_rescheduling(in_state(State::proposed), {to(day(2020, 6, 30)), "", {}}, today).empty());
    for (const auto state : {State::agreed, State::under_way, State::under_review, State::suspended}) {
        EXPECT_EQ(obstacles_to_rescheduling(in_state(state), {to(day(2020, 6, 30)), "", {}}, today).size(), 2u) << name_of(state);
        EXPECT_TRUE(obstacles_to_rescheduling(in_state(state), {to(day(2020, 6, 30)), "2019/41", today}, today).empty());
        EXPECT_FALSE(obstacles_to_rescheduling(in_state(state), {to(day(2020, 6, 30)), "2019/41", base::plus_days(today, 1)}, today).empty());
        EXPECT_TRUE(obstacles_to_rescheduling(in_state(state), {in_state(state).schedule, "", {}}, today).empty()) << "nothing moved";
    }
    EXPECT_FALSE(obstacles_to_rescheduling(in_state(State::fulfilled), {to(day(2020, 6, 30)), "2019/41", today}, today).empty());
    EXPECT_FALSE(obstacles_to_rescheduling(in_state(State::proposed), {to(day(2018, 12, 31)), "", {}}, today).empty()) << "the end before the start";
    EXPECT_TRUE(obstacles_to_rescheduling(in_state(State::proposed), {to(day(2019, 1, 1)), "", {}}, today).empty()) << "a single day";
}

TEST(Flags, OverdueBeginsTheDayAfterTheEnd) {
    const auto flags = [](State state, base::Day on) {
        const District district;
        const auto m = in_state(state);
        return flags_of(m, judge(m, district.on(on)), district.on(on), {});
    };
    EXPECT_FALSE(flags(State::under_way, day(2019, 12, 31)).overdue);
    EXPECT_TRUE(flags(State::under_way, day(2019, 12, 31)).due_soon);
    EXPECT_TRUE(flags(State::under_way, day(2020, 1, 1)).overdue);
    EXPECT_FALSE(flags(State::under_way, day(2020, 1, 1)).due_soon);
    EXPECT_TRUE(flags(State::under_way, day(2019, 12, 1)).due_soon);
    EXPECT_FALSE(flags(State::under_way, day(2019, 11, 30)).due_soon);
    EXPECT_FALSE(flags(State::fulfilled, day(2020, 1, 1)).overdue);
    EXPECT_FALSE(flags(State::suspended, day(2020, 1, 1)).overdue);
}

// Permanent and recurring measures have periods, not an end: an unproven period is told, but puts nothing past its date.
TEST(Flags, ARhythmTellsTheUnprovenPeriodUntilTheCurrentOneIsProven) {
    District district;
    auto m = in_state(State::under_way);
    m.kind = Kind::permanent;
    m.schedule = {day(2019, 1, 1), {}, Rhythm::quarterly, {}};
    const auto flags = [&](base::Day on) { return flags_of(m, judge(m, district.on(on)), district.on(on), {}); };
    EXPECT_FALSE(flags(day(2019, 3, 31)).missed_period);
    EXPECT_EQ(flags(day(2019, 4, 1)).missed_period, (Days{day(2019, 1, 1), day(2019, 3, 31)}));
    EXPECT_FALSE(flags(day(2019, 4, 1)).overdue);
    EXPECT_EQ(flags(day(2019, 4, 1)).next_due, day(2019, 6, 30));
    district.deliveries = {delivery("soziales", "officer", day(2019, 3, 31))};
    EXPECT_FALSE(flags(day(2019, 4, 20)).missed_period);
    EXPECT_TRUE(flags(day(2019, 7, 1)).missed_period);
    // Proven in the current period: verified, and nothing of the past calls it late.
    district.deliveries = {delivery("soziales", "officer", day(2019, 7, 2))};
    const auto now = flags(day(2019, 7, 15));
    EXPECT_FALSE(now.missed_period);
    EXPECT_FALSE(now.overdue);
    EXPECT_FALSE(now.next_due);
    EXPECT_EQ(judge(m, district.on(day(2019, 7, 15))).grade, Grade::verified);
}

TEST(Periods, WhatWasMissedStaysVisible) {
    District district;
    auto m = in_state(State::under_way);
    m.kind = Kind::permanent;
    m.schedule = {day(2018, 1, 1), {}, Rhythm::yearly, {}};
    district.deliveries = {delivery("soziales", "officer", day(2018, 12, 31)), delivery("soziales", "soziales", day(2019, 4, 1))};
    const auto periods = periods_of(m, district.on(day(2020, 9, 30)));
    ASSERT_EQ(periods.size(), 3u);
    EXPECT_EQ(periods[0], (PeriodState{{day(2020, 1, 1), day(2020, 12, 31)}, false, true}));
    EXPECT_EQ(periods[1], (PeriodState{{day(2019, 1, 1), day(2019, 12, 31)}, false, false}));  // accepted by its own deliverer
    EXPECT_EQ(periods[2], (PeriodState{{day(2018, 1, 1), day(2018, 12, 31)}, true, false}));
    m.schedule.ends_on = day(2019, 6, 30);
    EXPECT_EQ(periods_of(m, district.on(day(2020, 9, 30))).size(), 2u);
    m.state = State::proposed;
    EXPECT_TRUE(periods_of(m, district.now()).empty());
    m = in_state(State::under_way);
    EXPECT_TRUE(periods_of(m, district.now()).empty());
}

TEST(Flags, FreshnessRunsOutTheDayAfter) {
    District district;
    auto m = in_state(State::under_way);
    m.kind = Kind::permanent;
    m.schedule = {day(2019, 1, 1), {}, Rhythm::none, 90};
    const auto overdue = [&](base::Day on) { return flags_of(m, judge(m, district.on(on)), district.on(on), {}).overdue; };
    EXPECT_FALSE(overdue(day(2019, 4, 1)));
    EXPECT_TRUE(overdue(day(2019, 4, 2)));
    district.deliveries = {delivery("soziales", "officer", day(2019, 3, 1))};
    EXPECT_FALSE(overdue(day(2019, 5, 30)));
    EXPECT_TRUE(overdue(day(2019, 5, 31)));
}

TEST(Flags, StaleWhenNoReportCameWithinTheInterval) {
    const District district;
    const auto m = in_state(State::under_way);
    const auto stale = [&](std::optional<base::Day> last, base::Day on) {
        return flags_of(m, judge(m, district.on(on)), district.on(on), {last, {}}).stale;
    };
    EXPECT_FALSE(stale(day(2019, 3, 1), base::plus_days(day(2019, 3, 1), 180)));
    EXPECT_TRUE(stale(day(2019, 3, 1), base::plus_days(day(2019, 3, 1), 181)));
    EXPECT_FALSE(stale({}, base::plus_days(day(2019, 1, 1), 180)));
    EXPECT_TRUE(stale({}, base::plus_days(day(2019, 1, 1), 181)));
}

TEST(Flags, EndedMeansMoveTheMeasureToAtRiskAndNeverBack) {
    District district;
    auto m = in_state(State::under_way);
    m.kind = Kind::permanent;
    m.schedule = {day(2018, 1, 1), {}, Rhythm::yearly, {}};
    const auto risks = [&](base::Day on) { return flags_of(m, judge(m, district.on(on)), district.on(on), {}).risks; };
    EXPECT_TRUE(risks(day(2019, 12, 31)).empty());
    EXPECT_EQ(risks(day(2020, 1, 1)), (std::vector{Risk::grade_fell, Risk::means_ended}));
    EXPECT_EQ(m.state, State::under_way);
    district.deliveries = {delivery()};
    district.deliveries[0].withdrawn_on = today;
    EXPECT_EQ(risks(today), std::vector{Risk::evidence_withdrawn});
}

TEST(Flags, WaitingForSomethingThatFailedIsARisk) {
    const District district;
    const auto m = in_state(State::under_way);
    const auto at_risk = [&](State state, base::Day ends_on) {
        return flags_of(m, judge(m, district.now()), district.now(), {{}, {{state, ends_on}}}).at_risk();
    };
    EXPECT_FALSE(at_risk(State::under_way, today));
    EXPECT_TRUE(at_risk(State::under_way, base::plus_days(today, -1)));
    EXPECT_TRUE(at_risk(State::not_fulfilled, today));
    EXPECT_TRUE(at_risk(State::suspended, today));
    EXPECT_FALSE(at_risk(State::fulfilled, base::plus_days(today, -1)));
}

TEST(Dependencies, CloseNoCircle) {
    const MeasureId a{1}, b{2}, c{3}, d{4};
    const std::vector<std::pair<MeasureId, MeasureId>> waits{{a, b}, {b, c}};
    EXPECT_TRUE(closes_circle(waits, c, a));
    EXPECT_TRUE(closes_circle(waits, a, a));
    EXPECT_FALSE(closes_circle(waits, a, c));
    EXPECT_FALSE(closes_circle(waits, c, d));
}

TEST(Input, EveryMistakeAtItsField) {
    auto m = binding_measure();
    EXPECT_TRUE(mistakes_in(m).empty());
    m.title = {};
    m.schedule.ends_on = day(2018, 12, 31);
    m.resources[0].planned = base::Cents{-1};
    m.resources[0].year = 2017;
    m.joint = {"soziales"};
    m.resolution = "2019/1";
    m.milestones = {{{}, {"Auftakt", ""}, day(2018, 12, 31), {}}};
    std::vector<std::string> fields;
    for (const auto& mistake : mistakes_in(m)) fields.push_back(mistake.field);
    for (const auto* expected : {"title", "ends_on", "resource-0-planned", "resource-0-year", "joint", "resolution", "milestone-0-due_on"})
        EXPECT_NE(std::find(fields.begin(), fields.end(), expected), fields.end()) << expected;
}

TEST(Input, DeadlinesOnBothSidesOfTheStart) {
    const std::pair<base::Day, bool> cases[] = {{day(2019, 5, 31), false}, {day(2019, 6, 1), true}, {day(2019, 6, 2), true}};
    for (const auto& [ends, fits] : cases) EXPECT_EQ(mistakes_in(Schedule{day(2019, 6, 1), ends, Rhythm::none, {}}).empty(), fits) << base::iso(ends);
    EXPECT_TRUE(mistakes_in(Schedule{{}, day(2019, 6, 1), Rhythm::none, {}}).empty());
}

TEST(Input, LongestTextsAreCountedInCharacters) {
    auto m = binding_measure();
    const auto of = [](int n) {
        std::string out;
        for (int i = 0; i < n; ++i) out += "ß";
        return out;
    };
    for (const auto& [length, fits] : {std::pair{200, true}, std::pair{201, false}}) {
        m.title.de = of(length);
        EXPECT_EQ(mistakes_in(m).empty(), fits) << length;
    }
}

TEST(Input, PercentBelongToWhatIsCounted) {
    StatusReport r;
    r.text = "Läuft.";
    r.given_on = today;
    auto m = binding_measure();  // a question with yes or no
    EXPECT_TRUE(mistakes_in(r, m, today).empty());
    r.percent = 40;
    ASSERT_EQ(mistakes_in(r, m, today).size(), 1u);
    EXPECT_EQ(mistakes_in(r, m, today)[0].field, "percent");
    m.targets = {"Z-2019-01"};
    EXPECT_TRUE(mistakes_in(r, m, today).empty()) << "a target has a number";
    m.targets.clear();
    m.criterion = {CriterionKind::value, {}, {Direction::at_least, Quantity::of(12), {}, "Plätze"}};
    for (const auto& [percent, fits] : {std::pair{-1, false}, std::pair{0, true}, std::pair{100, true}, std::pair{101, false}}) {
        r.percent = percent;
        EXPECT_EQ(mistakes_in(r, m, today).empty(), fits) << percent;
    }
    r.percent.reset();
    for (const auto& [given, fits] : {std::pair{today, true}, std::pair{base::plus_days(today, 1), false}}) {
        r.given_on = given;
        EXPECT_EQ(mistakes_in(r, m, today).empty(), fits) << base::iso(given);
    }
}

TEST(Input, AResourceBelongsToAYearOfTheMeasure) {
    const Schedule run{day(2019, 6, 1), day(2020, 5, 31), Rhythm::none, {}};
    const std::pair<int, bool> cases[] = {{2018, false}, {2019, true}, {2020, true}, {2021, false}};
    for (const auto& [year, fits] : cases) EXPECT_EQ(mistakes_in(budget(year), run).empty(), fits) << year;
    EXPECT_TRUE(mistakes_in(budget(2018), Schedule{}).empty());
}

// Random lives: whatever people do in whatever order, the promises hold.
TEST(LifeProperty, NobodyGetsToAgreedWithoutBindingAndHistoryOnlyGrows) {
    std::mt19937 random(20180101);
    const auto chance = [&](int of) { return static_cast<int>(random() % static_cast<unsigned>(of)); };
    int agreed = 0, fulfilled = 0;
    for (int life = 0; life < 500; ++life) {
        District district;
        auto m = binding_measure();
        if (chance(3) == 0) m.resources.clear();
        if (chance(3) == 0) m.schedule = {};
        if (chance(4) == 0) m.accountable = chance(2) ? "verein" : "";
        if (chance(4) == 0) m.criterion = {};
        if (chance(10) == 0) m.kind = Kind::self_commitment;
        if (chance(4) == 0) {
            m.kind = Kind::permanent;
            m.schedule = {day(2018, 1, 1), {}, Rhythm::quarterly, {}};
        }
        std::vector<Entry> history;
        auto now = today;
        for (int i = 0; i < 25; ++i) {
            now = base::plus_days(now, chance(20));
            switch (chance(8)) {
                case 0: m.resources = {budget(2019 + chance(2))}; break;
                case 1: m.criterion = binding_measure().criterion; break;
                case 2: district.deliveries.push_back(delivery("soziales", chance(6) ? "officer" : "soziales", base::plus_days(now, -10))); break;
                case 3:
                    if (!district.deliveries.empty()) district.deliveries[0].withdrawn_on = now;
                    break;
                default: break;
            }
            auto move = *(all_moves.begin() + chance(static_cast<int>(all_moves.size())));
            for (int tries = 0; tries < 6 && (!after(m.state, move) || (!is_open(*after(m.state, move)) && move != Move::fulfil && chance(4)));
                 ++tries)  // mostly steps that are possible and do not end it at once
                move = *(all_moves.begin() + chance(static_cast<int>(all_moves.size())));
            Step s = step(move);
            s.on = now;
            if (chance(3)) {
                s.reason = "Grund";
                s.finding = "Befund";
                s.record = "Akte 7";
                s.resolution = "2019/9";
                s.resolved_on = now;
                s.replaced_by = "M-2019-002";
            }
            if (chance(6) == 0) s.by = "soziales";
            const auto around = district.on(now);
            const auto gate = judge(m, around);
            const auto before = m;
            const auto earlier = history;
            const auto result = take(m, s, around);
            if (!result) continue;
            m = result->measure;
            history.push_back(result->entry);
            ASSERT_EQ(after(before.state, s.move), m.state);
            ASSERT_NE(m.kind, Kind::self_commitment);
            if (m.state == State::agreed) {
                ++agreed;
                ASSERT_GE(gate.grade, Grade::binding);
            }
            if (m.state == State::under_way) {
                const bool was_agreed =
                    std::any_of(history.begin(), history.end(), [](const Entry& e) { return e.to == State::agreed && e.grade >= Grade::binding; });
                ASSERT_TRUE(was_agreed);
            }
            if (m.state == State::fulfilled) {
                ++fulfilled;
                ASSERT_EQ(gate.grade, Grade::verified);
                ASSERT_NE(s.by, m.accountable);
                ASSERT_EQ(m.kind, Kind::single);
            }
            if (!is_open(before.state)) FAIL() << "a closed measure moved";
            ASSERT_TRUE(std::equal(earlier.begin(), earlier.end(), history.begin()));
            ASSERT_EQ(history.back().from, before.state);
        }
    }
    EXPECT_GT(agreed, 50);
    EXPECT_GE(fulfilled, 3);
}
