// Roll-ups say what the ledger says: kept change by change, made anew, and read on any day.
#include "duties/rollups.h"

#include <random>

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

TEST_P(Rollups, KeptAndRebuiltAreEqualAndReadLikeTheLedgerOnEveryDay) {
    std::mt19937 chance(7);
    const auto below = [&](int n) { return static_cast<int>(chance() % static_cast<unsigned>(n)); };
    std::map<std::int64_t, duties::Summaries> kept, rebuilt;
    const auto done = database().write([&](db::Connection& c) -> base::Result<bool> {
        for (const auto& d : every_rule()) TRY_VOID(duties::save_duty(c, d, false, {}));
        for (int i = 0; i < 60; ++i) {
            evidence::Entry e;
            auto& r = e.record;
            r.key = "r" + std::to_string(i);
            r.kind = below(4) == 0 ? "x.population" : below(3) == 0 ? "x.request" : "x.event";
            r.subject = std::string(1, static_cast<char>('a' + below(3)));
            r.occurred_on = base::plus_days(day(2017, 10, 1), below(1200));
            if (below(3) == 0) r.until = base::plus_days(r.occurred_on, below(300));
            r.quantity = Quantity::of(1 + below(3));
            if (below(6) == 0) r.attributes["period"] = "2019";
            TRY(const auto id, evidence::record(c, e, {}));
            if (below(6) == 0) { TRY_VOID(evidence::withdraw(c, id, "Versehen", {}, r.occurred_on)); }
        }
        TRY_VOID(
            duties::add_extension(c, {0, "year-count", "2018", day(2019, 2, 28), {"Grund", ""}, "1", day(2018, 12, 1), day(2018, 12, 1)}, false, {}));
        TRY(kept, duties::rollups(c));
        TRY_VOID(duties::rebuild_rollups(c));
        TRY(rebuilt, duties::rollups(c));
        return true;
    });
    ASSERT_TRUE(done) << base::describe(done.error());
    EXPECT_FALSE(kept.empty());
    EXPECT_EQ(kept, rebuilt);
    for (const char* as_of : {"2017-12-31", "2018-01-01", "2018-11-30", "2018-12-31", "2019-03-01", "2019-06-30", "2020-02-29", "2020-12-31",
                              "2021-01-01", "2024-05-05", "2039-01-01"})
        EXPECT_EQ(judged(on(as_of), false), judged(on(as_of), true)) << as_of;
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
    EXPECT_EQ(duties::read_summary(duties::written(s)), s);
}
