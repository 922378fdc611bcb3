// Roll-ups say what the ledger says: kept change by change, made anew, and read on any day.
#include "duties/rollups.h"

#include <random>

#include "duties/view.h"
#include "tests/duties/support/facts.h"
#include "tests/platform/db/support/engines.h"

using namespace facts;
using duties::Aggregate;
using duties::Period;
using duties::Rule;

namespace {

// One duty of every kind of period, some with rules that lean on the population.
std::vector<duties::Duty> every_rule() {
    std::vector<duties::Duty> out;
    for (const auto period : {Period::once, Period::year, Period::half_year, Period::quarter, Period::month, Period::standing, Period::on_request})
        for (const auto aggregate : {Aggregate::count, Aggregate::sum, Aggregate::each, Aggregate::share}) {
            if (aggregate == Aggregate::share && period == Period::on_request) continue;
            Rule r;
            r.evidence = "x.event";
            r.period = period;
            r.aggregate = aggregate;
            if (period == Period::once) r.due = day(2019, 6, 30);
            if (period == Period::year) r.due_next_year = aggregate == Aggregate::sum;
            if (period == Period::quarter) r.due_after_days = 10;
            if (period == Period::standing) r.fresh_days = 120;
            if (period == Period::on_request) {
                r.request = "x.request";
                r.answer_within_days = 20;
            }
            if (aggregate == Aggregate::sum) r.threshold = Quantity::of(3);
            if (aggregate == Aggregate::each) r.each = {"a", "b"};
            if (aggregate == Aggregate::share) {
                r.population = "x.population";
                r.threshold = Quantity::of(50);
            }
            auto d = duty(r);
            d.key = std::string(name_of(period)) + "-" + std::string(name_of(aggregate));
            if (aggregate == Aggregate::count) d.valid_until.reset();
            out.push_back(d);
        }
    return out;
}

std::string written(const duties::Judgement& j) {
    std::string out;
    for (const auto& judged : j.judged) {
        out += judged.duty->key + ":";
        for (const auto& o : judged.occurrences) {
            out += o.period + "=" + std::string(name_of(o.state)) + (o.fulfilled_on ? base::iso(*o.fulfilled_on) : "") +
                   (o.due_on ? "/" + base::iso(*o.due_on) : "") + gaps(o) + (o.missing ? o.missing->text.en : "");
            for (const auto& key : o.evidence) out += "," + key;
            out += ";";
        }
        out += "\n";
    }
    return out;
}

}  // namespace

class Rollups : public db::testing::OnBothEngines {
  protected:
    void SetUp() override {
        OnBothEngines::SetUp();
        evidence::forget_listeners();
        duties::keep_rollups();
    }
    void TearDown() override { evidence::forget_listeners(); }
    std::string judged(Day as_of, bool from_ledger) {
        const auto j = database().read([&](db::Connection& c) {
            return duties::judge_all(c,
                                     {.plan = "", .duty = "", .as_of = as_of, .known_on = {}, .published_only = false, .from_ledger = from_ledger});
        });
        return j ? written(*j) : base::describe(j.error());
    }
};
MITEINANDER_ON_BOTH_ENGINES(Rollups);

namespace {

const std::vector<std::string> periods{"2019", "2018", "2019-H1", "2019-Q2", "2018-12", "2019-01", "once"};

evidence::Entry some_entry(std::mt19937& chance, int number) {
    const auto below = [&](int n) { return static_cast<int>(chance() % static_cast<unsigned>(n)); };
    evidence::Entry e;
    auto& r = e.record;
    r.key = "r" + std::to_string(number);
    r.kind = below(4) == 0 ? "x.population" : below(3) == 0 ? "x.request" : "x.event";
    // Names that the second request on a subject, or a clash of names, would have as well.
    const std::vector<std::string> subjects{"a", "a", "b", "b", "c", "a (2)", "2019", ""};
    r.subject = subjects[static_cast<std::size_t>(below(static_cast<int>(subjects.size())))];
    r.occurred_on = base::plus_days(day(2017, 10, 1), below(1200));
    if (below(3) == 0) r.until = base::plus_days(r.occurred_on, below(300));
    r.quantity = Quantity::of(below(4) - 1);
    if (below(4) == 0) r.attributes["period"] = periods[static_cast<std::size_t>(below(static_cast<int>(periods.size())))];
    return e;
}

std::string states(const duties::Judged& judged, Day as_of) {
    const auto* o = duties::current_of(judged, as_of);
    return o ? o->period + "=" + std::string(name_of(o->state)) + (o->ended_as ? "/" + std::string(name_of(*o->ended_as)) : "") : "none";
}

}  // namespace

TEST_P(Rollups, KeptAndRebuiltAreEqualAfterEveryFewChanges) {
    for (const unsigned seed : {7u, 11u, 2018u}) {
        std::mt19937 chance(seed);
        const auto below = [&](int n) { return static_cast<int>(chance() % static_cast<unsigned>(n)); };
        const auto done = database().write([&](db::Connection& c) -> base::Result<bool> {
            for (const auto& d : every_rule()) TRY_VOID(duties::save_duty(c, d, false, {}));
            std::vector<evidence::EvidenceId> standing;
            for (int i = 0; i < 90; ++i) {
                auto entry = some_entry(chance, i);
                entry.record.key += "-" + std::to_string(seed);
                TRY(const auto id, evidence::record(c, entry, {}));
                standing.push_back(id);
                if (below(4) == 0) {
                    const auto at = static_cast<std::size_t>(below(static_cast<int>(standing.size())));
                    TRY_VOID(evidence::withdraw(c, standing[at], "Versehen", {}, entry.record.occurred_on));
                    standing.erase(standing.begin() + static_cast<std::ptrdiff_t>(at));
                }
                if (i == 40)
                    TRY_VOID(duties::add_extension(
                        c, {0, "year-count", "2018", day(2019, 2, 28), {"Grund", ""}, "1", day(2018, 12, 1), day(2018, 12, 1)}, false, {}));
                if (i % 9 != 0 && i < 85) continue;
                TRY(const auto kept, duties::rollups(c));
                TRY_VOID(duties::rebuild_rollups(c));
                TRY(const auto rebuilt, duties::rollups(c));
                EXPECT_EQ(kept.size(), rebuilt.size());
                for (const auto& [id_of_duty, summaries] : rebuilt) {
                    const auto& own = kept.at(id_of_duty);
                    EXPECT_EQ(own.size(), summaries.size()) << "duty " << id_of_duty << " after " << i;
                    for (const auto& [label, s] : summaries) {
                        const auto found = own.find(label);
                        if (found == own.end() || found->second != s)
                            ADD_FAILURE() << "duty " << id_of_duty << " " << label << " after " << i << " seed " << seed << "\nrebuilt "
                                          << duties::written(s) << "\nkept    " << (found == own.end() ? "nothing" : duties::written(found->second));
                    }
                }
            }
            return true;
        });
        ASSERT_TRUE(done) << base::describe(done.error());
        for (const char* as_of : {"2017-12-31", "2018-01-01", "2018-11-30", "2018-12-31", "2019-03-01", "2019-06-30", "2020-02-29", "2020-12-31",
                                  "2021-01-01", "2024-05-05", "2039-01-01"})
            EXPECT_EQ(judged(on(as_of), false), judged(on(as_of), true)) << as_of;
    }
}

TEST_P(Rollups, TheCurrentPeriodsAndTheStatesOfAPastDayReadLikeAllOfTheLedger) {
    std::mt19937 chance(5);
    const auto done = database().write([&](db::Connection& c) -> base::Result<bool> {
        auto all = every_rule();
        // Everybody leans on the first and on a request, so that their risks are asked for as well.
        for (auto& d : all)
            if (d.key != "on_request-count" && d.key != "month-sum") d.depends_on = {"month-sum", "on_request-count"};
        for (const auto& d : all) TRY_VOID(duties::save_duty(c, d, false, {}));
        for (int i = 0; i < 120; ++i) TRY_VOID(evidence::record(c, some_entry(chance, i), {}));
        TRY_VOID(
            duties::add_extension(c, {0, "year-count", "2018", day(2019, 2, 28), {"Grund", ""}, "1", day(2018, 12, 1), day(2018, 12, 1)}, false, {}));
        for (Day as_of = day(2017, 11, 1); as_of < day(2022, 3, 1); as_of = base::plus_days(as_of, 37)) {
            TRY(const auto all_of_it, duties::judge_all(c, {.as_of = as_of, .from_ledger = true}));
            TRY(const auto current, duties::judge_all(c, {.as_of = as_of, .which = duties::Which::current}));
            TRY(const auto then, duties::states_on(c, current, as_of, {}));
            for (std::size_t i = 0; i < current.judged.size(); ++i) {
                const auto& wanted = all_of_it.judged[i];
                const auto* now = duties::current_of(current.judged[i], as_of);
                const auto* full = duties::current_of(wanted, as_of);
                EXPECT_EQ(states(current.judged[i], as_of), states(wanted, as_of)) << wanted.duty->key << " " << base::iso(as_of);
                EXPECT_EQ(states(then[i], as_of), states(wanted, as_of)) << wanted.duty->key << " " << base::iso(as_of) << " states only";
                if (!now || !full) continue;
                EXPECT_EQ(now->at_risk, full->at_risk) << wanted.duty->key << " " << base::iso(as_of);
                EXPECT_EQ(now->fulfilled_on, full->fulfilled_on) << wanted.duty->key << " " << base::iso(as_of);
                EXPECT_EQ(now->due_on, full->due_on) << wanted.duty->key << " " << base::iso(as_of);
                EXPECT_EQ(now->evidence_count, full->evidence_count) << wanted.duty->key << " " << base::iso(as_of);
                EXPECT_EQ(now->missing ? now->missing->text.en : "", full->missing ? full->missing->text.en : "");
                EXPECT_EQ(gaps(*now), gaps(*full)) << wanted.duty->key << " " << base::iso(as_of);
            }
        }
        return true;
    });
    ASSERT_TRUE(done) << base::describe(done.error());
}

TEST_P(Rollups, OfAnOlderFormatAreMadeAnewAndNotRead) {
    const auto done = database().write([&](db::Connection& c) -> base::Result<bool> {
        TRY_VOID(duties::save_duty(c, duty(), false, {}));
        evidence::Entry e;
        e.record = record({.occurred_on = "2019-05-01"});
        TRY_VOID(evidence::record(c, e, {}));
        TRY_VOID(c.execute("update duties set rolled_up = 1"));
        TRY_VOID(c.execute("update duty_rollups set summary = 'of another time'"));
        return true;
    });
    ASSERT_TRUE(done) << base::describe(done.error());
    const auto before = judged(day(2020, 1, 1), true);
    EXPECT_EQ(judged(day(2020, 1, 1), false), before);
    ASSERT_TRUE(duties::renew_rollups(database()));
    EXPECT_EQ(judged(day(2020, 1, 1), false), before);
    const auto kept = database().read([](db::Connection& c) { return duties::rollups(c); });
    ASSERT_TRUE(kept);
    EXPECT_EQ(kept->size(), 1u);
}

TEST(SummaryText, IsReadAsItWasWritten) {
    duties::Summary s;
    s.slot = {"a;b:c", day(2019, 1, 1), day(2019, 12, 31), day(2019, 12, 31)};
    s.due = day(2020, 2, 29);
    s.since = day(2019, 5, 1);
    s.have = {-1500};
    s.members = {"", "5:x"};
    s.evidence = {"k1", "k2"};
    s.evidence_count = 200;
    s.steps = {{day(1000, 1, 1), duties::Step::Status::gap, {1}, {2}, {"m"}}};
    s.every_day = false;
    s.taken = {"k3"};
    EXPECT_EQ(duties::read_summary(duties::written(s)), s);
}
