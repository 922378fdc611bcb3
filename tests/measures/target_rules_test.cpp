#include "measures/target_rules.h"

#include <gtest/gtest.h>

#include <random>

#include "measures/round_rules.h"
#include "tests/measures/support.h"

using namespace measures;
using namespace measures::examples;

namespace {
std::vector<std::string> fields_of(const base::Error& error) {
    std::vector<std::string> out;
    for (const auto& f : error.fields) out.push_back(f.field);
    return out;
}
Target asked_both() {
    auto t = request_opinion(draft_target(), request_to(Party::district_council), today)->target;
    return request_opinion(t, request_to(Party::administration), today)->target;
}
Target answered_both() {
    auto t = receive_opinion(asked_both(), opinion_of(draft_target(), Party::district_council), today)->target;
    return receive_opinion(t, opinion_of(draft_target(), Party::administration), today)->target;
}
Decision vote(int yes = 9, int no = 2) { return {day(2019, 5, 2), "12. Sitzung", "IB 2019/4", yes, no, 1}; }
Target in_force() {
    const auto resolved = decide(make_ready(answered_both(), today)->target, Vote::resolved, vote(), today)->target;
    return enter_into_force(resolved, day(2019, 5, 3), today)->target;
}
}  // namespace

TEST(Target, RunsItsWholeLife) {
    const auto t = in_force();
    EXPECT_EQ(t.state, TargetState::in_force);
    const auto reached = conclude(t, seen(Quantity::of(12)), day(2020, 1, 1));
    ASSERT_TRUE(reached);
    EXPECT_EQ(reached->target.state, TargetState::reached);
    EXPECT_EQ(conclude(t, seen(Quantity::of(11)), day(2020, 1, 1))->target.state, TargetState::missed);
    EXPECT_EQ(conclude(t, seen(std::nullopt), day(2020, 1, 1))->target.state, TargetState::not_measurable);
    EXPECT_FALSE(conclude(t, seen(Quantity::of(12)), day(2019, 12, 31))) << "its day is still the target's";
}

TEST(Target, IsRefusedWhenTheAdministrationWasNotAsked) {
    auto t = request_opinion(draft_target(), request_to(Party::district_council), today)->target;
    t = receive_opinion(t, opinion_of(t, Party::district_council), today)->target;
    const auto refused = make_ready(t, today);
    ASSERT_FALSE(refused);
    EXPECT_EQ(fields_of(refused.error()), std::vector<std::string>{"administration"});
    EXPECT_EQ(refused.error().fields[0].message.text, "The administration has not been asked for its opinion.");
}

TEST(Target, SilenceCountsOnlyAfterAProvenRequestAndAnElapsedTerm) {
    for (const bool proven : {true, false})
        for (const auto& [on, elapsed] : {std::pair(day(2019, 3, 1), false), std::pair(day(2019, 3, 2), true)}) {
            auto t = request_opinion(draft_target(), request_to(Party::district_council, day(2019, 2, 1), day(2019, 3, 1), proven ? "mail-7" : ""),
                                     day(2019, 2, 1))
                         ->target;
            t = request_opinion(t, request_to(Party::administration), day(2019, 2, 1))->target;
            t = receive_opinion(t, opinion_of(t, Party::administration), day(2019, 2, 20))->target;
            EXPECT_EQ(make_ready(t, on).has_value(), proven && elapsed) << proven << base::iso(on);
            const auto expected = !elapsed ? Involvement::waiting : proven ? Involvement::silent : Involvement::asked_without_proof;
            EXPECT_EQ(status_of(t, Party::district_council, on).involvement, expected);
        }
}

TEST(Target, AChangedTextKeepsTheOpinionsAsGivenOnTheOldText) {
    const auto t = answered_both();
    const auto same = change_text(t, {"Anderer Titel", ""}, t.text, t.goal, t.due_on, today);
    ASSERT_TRUE(same);
    EXPECT_EQ(same->target.state, TargetState::in_consultation) << "the title is not what is decided";
    struct Case {
        base::Bilingual text;
        Goal goal;
        base::Day due;
    };
    auto more = t.goal;
    more.value = Quantity::of(15);
    for (const auto& [text, goal, due] :
         {Case{{"Neuer Wortlaut.", ""}, t.goal, t.due_on}, Case{t.text, more, t.due_on}, Case{t.text, t.goal, day(2020, 6, 30)}}) {
        const auto changed = change_text(t, t.title, text, goal, due, today);
        ASSERT_TRUE(changed);
        EXPECT_EQ(changed->target.state, TargetState::draft);
        EXPECT_EQ(changed->target.opinions.size(), 2u);
        EXPECT_EQ(status_of(changed->target, Party::administration, today).involvement, Involvement::on_old_text);
        auto again = request_opinion(changed->target, request_to(Party::administration, day(2019, 5, 1), day(2019, 6, 1)), today)->target;
        EXPECT_EQ(fields_of(make_ready(again, today).error()), (std::vector<std::string>{"district_council", "administration"}));
    }
    EXPECT_FALSE(change_text(make_ready(t, today)->target, t.title, {"Neu", ""}, t.goal, t.due_on, today)) << "fixed from ready on";
}

TEST(Target, AnOpinionAfterTheTermIsKeptAndMarked) {
    const auto asked = asked_both();
    const auto in_time = receive_opinion(asked, opinion_of(asked, Party::district_council, day(2019, 3, 1)), today);
    EXPECT_FALSE(in_time->target.opinions[0].late);
    const auto late = receive_opinion(asked, opinion_of(asked, Party::district_council, day(2019, 3, 2)), today);
    EXPECT_TRUE(late->target.opinions[0].late);
    EXPECT_EQ(late->entry.what, "opinion_received_late");
    const auto after_force = receive_opinion(in_force(), opinion_of(asked, Party::district_council, day(2019, 5, 10)), today);
    ASSERT_TRUE(after_force);
    EXPECT_EQ(after_force->target.state, TargetState::in_force);
    EXPECT_EQ(after_force->target.opinions.size(), 3u);
}

TEST(Target, WhatAnOpinionMustBe) {
    const auto asked = request_opinion(draft_target(), request_to(Party::district_council), today)->target;
    EXPECT_FALSE(receive_opinion(asked, opinion_of(asked, Party::administration), today)) << "never asked";
    auto o = opinion_of(asked, Party::district_council);
    o.text.clear();
    EXPECT_FALSE(receive_opinion(asked, o, today));
    o.document = 4;
    EXPECT_TRUE(receive_opinion(asked, o, today));
    EXPECT_FALSE(receive_opinion(asked, opinion_of(asked, Party::district_council, day(2019, 1, 31)), today)) << "older than the request";
    EXPECT_FALSE(receive_opinion(asked, opinion_of(asked, Party::district_council, base::plus_days(today, 1)), today));
    o.text_hash = "of another text";
    EXPECT_FALSE(receive_opinion(asked, o, today));
}

TEST(Target, IsNotResolvedTwice) {
    const auto resolved = decide(make_ready(answered_both(), today)->target, Vote::resolved, vote(), today)->target;
    const auto again = decide(resolved, Vote::resolved, vote(), today);
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().kind, base::ErrorKind::conflict);
}

TEST(Target, TheVotesFitTheDecision) {
    const auto ready = make_ready(answered_both(), today)->target;
    struct Case {
        Vote v;
        int yes, no;
        bool fits;
    };
    for (const auto& [v, yes, no, fits] : {Case{Vote::resolved, 1, 0, true}, Case{Vote::resolved, 5, 5, false}, Case{Vote::rejected, 5, 5, true},
                                           Case{Vote::rejected, 6, 5, false}, Case{Vote::resolved, 6, -1, false}})
        EXPECT_EQ(decide(ready, v, vote(yes, no), today).has_value(), fits) << yes << ":" << no;
    auto adjourned = decide(ready, Vote::adjourned, {day(2019, 5, 2), "12. Sitzung", "", 0, 0, 0}, today);
    ASSERT_TRUE(adjourned);
    EXPECT_TRUE(decide(adjourned->target, Vote::resolved, vote(), today));
    auto earlier = vote();
    earlier.on = day(2019, 5, 1);
    EXPECT_FALSE(decide(adjourned->target, Vote::resolved, earlier, today));
    EXPECT_FALSE(decide(ready, Vote::resolved, {base::plus_days(today, 1), "13. Sitzung", "7", 3, 0, 0}, today));
    EXPECT_FALSE(decide(asked_both(), Vote::resolved, vote(), today)) << "not ready";
}

TEST(Target, ComesIntoForceBetweenResolutionAndItsOwnDay) {
    const auto resolved = decide(make_ready(answered_both(), today)->target, Vote::resolved, vote(), today)->target;
    EXPECT_FALSE(enter_into_force(resolved, day(2019, 5, 1), today));
    EXPECT_TRUE(enter_into_force(resolved, day(2019, 5, 2), today));
    EXPECT_TRUE(enter_into_force(resolved, today, today));
    EXPECT_FALSE(enter_into_force(resolved, base::plus_days(today, 1), today));
    EXPECT_TRUE(enter_into_force(resolved, day(2019, 12, 31), day(2020, 2, 1)));
    EXPECT_FALSE(enter_into_force(resolved, day(2020, 1, 1), day(2020, 2, 1)));
}

TEST(Target, AnOverrideKeepsWhatWasComputed) {
    const auto missed = conclude(in_force(), seen(Quantity::of(11)), day(2020, 1, 1))->target;
    EXPECT_FALSE(override_outcome(missed, TargetState::reached, "", day(2020, 1, 5)));
    EXPECT_FALSE(override_outcome(missed, TargetState::in_force, "Grund", day(2020, 1, 5)));
    EXPECT_FALSE(override_outcome(missed, TargetState::missed, "Grund", day(2020, 1, 5)));
    EXPECT_FALSE(override_outcome(in_force(), TargetState::reached, "Grund", today));
    const auto overridden = override_outcome(missed, TargetState::partly, "Ein Platz fiel durch den Brand aus.", day(2020, 1, 5));
    ASSERT_TRUE(overridden);
    EXPECT_EQ(overridden->target.state, TargetState::missed);
    EXPECT_EQ(shown_outcome(overridden->target), TargetState::partly);
    EXPECT_EQ(overridden->target.overridden->computed, TargetState::missed);
    EXPECT_TRUE(override_outcome(overridden->target, TargetState::missed, "Doch nicht.", day(2020, 1, 6)));
}

TEST(Target, IsReplacedOnlyByOneThatWasConsultedItself) {
    auto successor = draft_target();
    successor.key = "Z-2019-02";
    EXPECT_FALSE(replace_by(in_force(), successor, today));
    successor = in_force();
    EXPECT_FALSE(replace_by(in_force(), successor, today)) << "itself";
    successor.key = "Z-2019-02";
    const auto replaced = replace_by(in_force(), successor, today);
    ASSERT_TRUE(replaced);
    EXPECT_EQ(replaced->target.state, TargetState::replaced);
    EXPECT_EQ(replaced->target.opinions.size(), 2u) << "the history stays";
}

TEST(Outcome, FollowsTheDirectionAndZeroIsAValue) {
    const auto at = [](Direction d, std::int64_t value, std::optional<std::int64_t> upper, std::int64_t observed,
                       std::optional<std::int64_t> baseline = {}, std::optional<std::int64_t> partly = {}) {
        Goal goal{d, Quantity::of(value), {}, "x"};
        if (upper) goal.upper = Quantity::of(*upper);
        const auto q = [](std::optional<std::int64_t> v) { return v ? std::optional(Quantity::of(*v)) : std::nullopt; };
        return outcome_of(goal, q(baseline), q(partly), Quantity::of(observed));
    };
    using enum Direction;
    using enum TargetState;
    EXPECT_EQ(at(at_least, 12, {}, 12), reached);
    EXPECT_EQ(at(at_least, 12, {}, 11), missed);
    EXPECT_EQ(at(at_least, 0, {}, 0), reached);
    EXPECT_EQ(at(at_most, 0, {}, 0), reached);
    EXPECT_EQ(at(at_most, 0, {}, 1), missed);
    EXPECT_EQ(at(exactly, 5, {}, 5), reached);
    EXPECT_EQ(at(exactly, 5, {}, 6), missed);
    EXPECT_EQ(at(within, 5, 8, 5), reached);
    EXPECT_EQ(at(within, 5, 8, 8), reached);
    EXPECT_EQ(at(within, 5, 8, 4), missed);
    EXPECT_EQ(at(within, 5, 8, 9), missed);
    EXPECT_EQ(at(at_least, 12, {}, 9, 8), partly);
    EXPECT_EQ(at(at_least, 12, {}, 8, 8), missed);
    EXPECT_EQ(at(at_most, 3, {}, 5, 6), partly);
    EXPECT_EQ(at(at_most, 3, {}, 6, 6), missed);
    EXPECT_EQ(at(within, 5, 8, 9, 12), partly);
    EXPECT_EQ(at(at_least, 12, {}, 9, 8, 10), missed);
    EXPECT_EQ(at(at_least, 12, {}, 10, 8, 10), partly);
    EXPECT_EQ(at(at_most, 3, {}, 4, {}, 4), partly);
    EXPECT_EQ(at(at_most, 3, {}, 5, {}, 4), missed);
}

TEST(Outcome, ThousandthsCount) {
    const Goal goal{Direction::at_least, *Quantity::parse("7,67"), {}, "%"};
    EXPECT_EQ(outcome_of(goal, {}, {}, Quantity::parse("7.669")), TargetState::missed);
    EXPECT_EQ(outcome_of(goal, {}, {}, Quantity::parse("7.67")), TargetState::reached);
}

TEST(TextHash, CoversWhatIsDecidedAndNothingElse) {
    const auto t = draft_target();
    auto other = t;
    other.title = {"Anders", ""};
    other.key = "Z-9";
    EXPECT_EQ(text_hash(t), text_hash(other));
    other = t;
    other.text = {"Bis Ende 2019 gibt es wenigstens zwölf Plätze", "."};
    EXPECT_NE(text_hash(t), text_hash(other)) << "texts do not run together";
    other = t;
    other.goal.direction = Direction::exactly;
    EXPECT_NE(text_hash(t), text_hash(other));
    EXPECT_EQ(text_hash(t).size(), 64u);
}

TEST(Rounds, RemindBeforeAndEscalateAfterOnce) {
    Round round;
    round.asked_on = day(2019, 5, 1);
    round.answer_by = day(2019, 5, 31);
    RoundRequest request;
    EXPECT_EQ(state_of(round, request, day(2019, 5, 23)), RoundState::waiting);
    EXPECT_EQ(state_of(round, request, day(2019, 5, 24)), RoundState::due_soon);
    EXPECT_EQ(state_of(round, request, day(2019, 5, 31)), RoundState::due_soon);
    EXPECT_EQ(state_of(round, request, day(2019, 6, 1)), RoundState::late);
    EXPECT_FALSE(reminder_is_due(round, request, day(2019, 5, 23)));
    EXPECT_TRUE(reminder_is_due(round, request, day(2019, 5, 24)));
    EXPECT_TRUE(reminder_is_due(round, request, day(2019, 5, 26))) << "the job did not run on the day";
    request.reminded_on = {day(2019, 5, 26)};
    EXPECT_FALSE(reminder_is_due(round, request, day(2019, 5, 29)));
    EXPECT_TRUE(reminder_is_due(round, request, day(2019, 5, 30)));
    EXPECT_FALSE(reminder_is_due(round, request, day(2019, 6, 1)));
    EXPECT_FALSE(escalation_is_due(round, request, day(2019, 6, 6)));
    EXPECT_TRUE(escalation_is_due(round, request, day(2019, 6, 7)));
    request.escalated_on = day(2019, 6, 7);
    EXPECT_FALSE(escalation_is_due(round, request, day(2019, 6, 8)));
    EXPECT_EQ(state_of(round, request, day(2019, 6, 8)), RoundState::escalated);
    request.answered_on = day(2019, 5, 31);
    EXPECT_EQ(state_of(round, request, day(2019, 6, 8)), RoundState::answered);
    request.answered_on = day(2019, 6, 1);
    EXPECT_EQ(state_of(round, request, day(2019, 6, 8)), RoundState::answered_late);
    const auto totals = totals_of(round, {request, RoundRequest{}}, day(2019, 6, 8));
    EXPECT_EQ(totals.asked, 2);
    EXPECT_EQ(totals.answered, 1);
    EXPECT_EQ(totals.late, 1);
    round.answer_by = round.asked_on;
    EXPECT_FALSE(mistakes_in(round).empty());
}

// Random lives: nobody reaches "resolved" without both consultations, fixed texts stay fixed, and nothing that was said disappears.
TEST(TargetProperty, NobodyReachesResolvedWithoutBothConsultations) {
    std::mt19937 random(4711);
    const auto chance = [&](int of) { return static_cast<int>(random() % static_cast<unsigned>(of)); };
    int resolved = 0, concluded = 0;
    for (int life = 0; life < 500; ++life) {
        auto t = draft_target();
        t.due_on = day(2019, 9, 30);
        std::vector<TargetEntry> history;
        auto now = day(2019, 1, 2);
        for (int i = 0; i < 30; ++i) {
            now = base::plus_days(now, chance(25));
            const auto party = chance(2) ? Party::district_council : Party::administration;
            TargetResult result = base::error(base::ErrorKind::internal, "");
            static constexpr int sensible[] = {1, 3, 6, 6, 0, 7, 8, 0, 9, 9, 9, 9};  // what usually comes next, by state
            int what = chance(2) ? chance(10) : sensible[static_cast<int>(t.state)];
            if (t.state == TargetState::in_consultation && chance(2)) what = chance(2) ? 5 : 3;
            switch (what) {
                case 0:
                    result = chance(3) ? change_text(t, t.title, t.text, t.goal, t.due_on, now)
                                       : change_text(t, t.title, {"Fassung " + std::to_string(chance(3)), ""}, t.goal, t.due_on, now);
                    break;
                case 1:
                case 2:
                    result = request_opinion(t, request_to(party, now, base::plus_days(now, 1 + chance(20)), chance(3) ? "mail" : ""), now);
                    break;
                case 3:
                case 4: {
                    auto o = opinion_of(t, party, now);
                    if (chance(4) == 0 && !t.requests.empty()) o.text_hash = t.requests[0].text_hash;
                    result = receive_opinion(t, o, now);
                    break;
                }
                case 5: result = make_ready(t, now); break;
                case 6: result = decide(t, static_cast<Vote>(chance(3)), {now, "Sitzung", "IB 1", chance(9), chance(9), 0}, now); break;
                case 7: result = enter_into_force(t, now, now); break;
                case 8: result = conclude(t, chance(2) ? seen(Quantity::of(chance(20))) : seen(std::nullopt), now); break;
                case 9: result = override_outcome(t, TargetState::partly, chance(2) ? "Grund" : "", now); break;
            }
            if (!result) continue;
            const auto& next = result->target;
            ASSERT_GE(next.opinions.size(), t.opinions.size());
            ASSERT_GE(next.requests.size(), t.requests.size());
            ASSERT_TRUE(std::equal(t.opinions.begin(), t.opinions.end(), next.opinions.begin()));
            const bool was_fixed = t.state != TargetState::draft && t.state != TargetState::in_consultation;
            if (was_fixed) { ASSERT_EQ(text_hash(t), text_hash(next)); }
            if (next.state == TargetState::resolved) {
                ++resolved;
                for (const auto p : both_parties) {
                    const auto hash = text_hash(next);
                    const bool answered = std::any_of(next.opinions.begin(), next.opinions.end(),
                                                      [&](const Opinion& o) { return o.party == p && o.text_hash == hash; });
                    const bool silent = std::any_of(next.requests.begin(), next.requests.end(), [&](const ConsultationRequest& r) {
                        return r.party == p && r.text_hash == hash && !r.proof.empty() && r.answer_by < now;
                    });
                    ASSERT_TRUE(answered || silent);
                }
            }
            if (is_outcome(next.state) && !is_outcome(t.state)) {
                ++concluded;
                ASSERT_GT(now, t.due_on);
                ASSERT_EQ(t.state, TargetState::in_force);
            }
            history.push_back(result->entry);
            ASSERT_EQ(result->entry.from, t.state);
            ASSERT_EQ(result->entry.to, next.state);
            t = next;
        }
    }
    EXPECT_GT(resolved, 20);
    EXPECT_GT(concluded, 10);
}
