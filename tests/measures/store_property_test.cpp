// Random lives through the database: whatever people do in whatever order, on both engines, the kept state follows from the kept history, and no
// history shrinks.
#include <random>

#include "measures/round_store.h"
#include "measures/target_store.h"
#include "tests/measures/support.h"
#include "tests/platform/db/support/engines.h"

using namespace measures;
using namespace measures::examples;

namespace {

class KeptLives : public db::testing::OnBothEngines {
  protected:
    std::mt19937 random{20180102};
    int chance(int of) { return static_cast<int>(random() % static_cast<unsigned>(of)); }
    By by(const char* office, base::Day on) const {
        By b;
        b.office = office;
        b.today = on;
        b.now = base::berlin_start_of(on);
        return b;
    }
    template <class Work>
    auto write(Work work) {
        return database().write([&](db::Connection& c) { return work(c); });
    }
};
MITEINANDER_ON_BOTH_ENGINES(KeptLives);

}  // namespace

TEST_P(KeptLives, OfMeasures) {
    const District district;
    int agreed = 0, refused = 0, reported = 0;
    for (int life = 0; life < 12; ++life) {
        auto m = binding_measure();
        m.key.clear();
        if (chance(2)) m.resources.clear();
        auto made = write([&](db::Connection& c) { return create(c, m, by("officer", today)); });
        ASSERT_TRUE(made) << base::describe(made.error());
        const auto key = made->key;
        std::vector<Entry> history;
        std::size_t reports = 0;
        auto now = today;
        for (int i = 0; i < 14; ++i) {
            now = base::plus_days(now, chance(15));
            World world;
            world.today = now;
            world.statements = district.statements;
            world.bearers = district.bearers;
            const auto* who = chance(3) ? "officer" : "soziales";
            const auto before = database().read([&](db::Connection& c) { return measures::find(c, key); });
            ASSERT_TRUE(before);
            switch (chance(6)) {
                case 0: (void)write([&](db::Connection& c) { return add_resource(c, key, budget(2019 + chance(2)), by(who, now)); }); break;
                case 1:
                    if (!before->measure.resources.empty())
                        (void)write([&](db::Connection& c) { return withdraw_resource(c, key, before->measure.resources[0].id, by(who, now)); });
                    break;
                case 2: {
                    StatusReport r;
                    r.given_on = now;
                    r.text = "Stand";
                    if (write([&](db::Connection& c) { return add_report(c, key, r, by(who, now)); })) ++reports;
                    break;
                }
                default: {
                    Step step;
                    step.move = *(all_moves.begin() + chance(static_cast<int>(all_moves.size())));
                    static constexpr Move sensible[] = {Move::clarify, Move::agree, Move::start, Move::submit, Move::send_back, Move::resume};
                    if (is_open(before->measure.state) && chance(3)) step.move = sensible[static_cast<int>(before->measure.state)];
                    step.reason = chance(2) ? "Grund" : "";
                    const auto gate = judge(before->measure, world.around(before->deliveries));
                    const auto moved = write([&](db::Connection& c) { return take_step(c, key, step, world, by(who, now)); });
                    if (moved && moved->state == State::agreed) {
                        ++agreed;
                        ASSERT_GE(gate.grade, Grade::binding);
                    }
                    if (!moved) ++refused;
                    break;
                }
            }
            const auto after_all = database().read([&](db::Connection& c) -> base::Result<std::tuple<Dossier, std::vector<Entry>, std::size_t>> {
                TRY(auto dossier, measures::find(c, key));
                TRY(auto entries, history_of(c, dossier.measure.id));
                TRY(const auto given, reports_of(c, dossier.measure.id));
                return std::tuple(std::move(dossier), std::move(entries), given.size());
            });
            ASSERT_TRUE(after_all);
            const auto& [dossier, entries, given] = *after_all;
            ASSERT_GE(entries.size(), history.size());
            ASSERT_TRUE(std::equal(history.begin(), history.end(), entries.begin())) << "what happened stays as it was written";
            ASSERT_EQ(dossier.measure.state, entries.empty() ? State::proposed : entries.back().to);
            for (std::size_t e = 1; e < entries.size(); ++e) ASSERT_EQ(entries[e].from, entries[e - 1].to);
            ASSERT_EQ(given, reports);
            history = entries;
        }
        reported += static_cast<int>(reports);
    }
    EXPECT_GT(agreed, 1);
    EXPECT_GT(refused, 10);
    EXPECT_GT(reported, 5);
}

TEST_P(KeptLives, OfTargets) {
    int resolved = 0;
    for (int life = 0; life < 20; ++life) {
        auto t = draft_target();
        t.key.clear();
        t.evidence_kind.clear();
        auto now = base::day(2019, 1, 2);
        auto made = write([&](db::Connection& c) { return create_target(c, t, by("officer", now)); });
        ASSERT_TRUE(made) << base::describe(made.error());
        auto kept = *made;
        std::vector<TargetEntry> history;
        for (int i = 0; i < 14; ++i) {
            now = base::plus_days(now, chance(25));
            const auto party = chance(2) ? Party::district_council : Party::administration;
            static constexpr int sensible[] = {1, 2, 4, 4, 0, 5, 6, 0, 7, 7, 7, 7};
            int what = chance(3) ? sensible[static_cast<int>(kept.state)] : chance(8);
            if (kept.state == TargetState::in_consultation && chance(3)) what = 1 + chance(3);
            const auto moved = write([&](db::Connection& c) {
                return change_target(
                    c, kept.key, 0,
                    [&](const Target& at) -> TargetResult {
                        switch (what) {
                            case 0: return change_text(at, at.title, {"Fassung " + std::to_string(chance(3)), ""}, at.goal, at.due_on, now);
                            case 1:
                                return request_opinion(at, request_to(party, now, base::plus_days(now, 1 + chance(20)), chance(3) ? "mail" : ""),
                                                       now);
                            case 2: return receive_opinion(at, opinion_of(at, party, now), now);
                            case 3: return make_ready(at, now);
                            case 4: return decide(at, static_cast<Vote>(chance(3)), {now, "Sitzung", "IB 1", chance(9), chance(9), 0}, now);
                            case 5: return enter_into_force(at, now, now);
                            case 6: return conclude(at, Observation{Quantity::of(chance(20)), {}}, now);
                            default: return override_outcome(at, TargetState::partly, "Grund", now);
                        }
                    },
                    by("officer", now));
            });
            const auto after_all = database().read([&](db::Connection& c) -> base::Result<std::pair<Target, std::vector<TargetEntry>>> {
                TRY(auto found, find_target(c, kept.key));
                TRY(auto entries, target_history_of(c, found.id));
                return std::pair(std::move(found), std::move(entries));
            });
            ASSERT_TRUE(after_all);
            const auto& [found, entries] = *after_all;
            ASSERT_EQ(entries.size(), history.size() + (moved ? 1 : 0)) << "a refused step leaves no trace, a taken one exactly one";
            ASSERT_TRUE(std::equal(history.begin(), history.end(), entries.begin()));
            ASSERT_GE(found.opinions.size(), kept.opinions.size());
            ASSERT_TRUE(std::equal(kept.opinions.begin(), kept.opinions.end(), found.opinions.begin()));
            ASSERT_GE(found.requests.size(), kept.requests.size());
            if (moved && found.state == TargetState::resolved) {
                ++resolved;
                ASSERT_TRUE(both_consulted(found, now));
            }
            history = entries;
            kept = found;
        }
    }
    EXPECT_GE(resolved, 1);
}
