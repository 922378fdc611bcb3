// What must be true of every rule, tried on many made by chance with a fixed seed.
#include <random>

#include <gtest/gtest.h>

#include "duties/periods.h"
#include "tests/duties/support/facts.h"

using namespace facts;
using duties::Aggregate;
using duties::Comparison;
using duties::Period;
using duties::Rule;
using duties::State;

namespace {

class Chance {
  public:
    explicit Chance(unsigned seed) : engine_(seed) {}
    int below(int n) { return static_cast<int>(engine_() % static_cast<unsigned>(n)); }
    Day some_day() { return base::plus_days(day(2017, 6, 1), below(365 * 4)); }
    std::string subject() { return std::string(1, static_cast<char>('a' + below(3))); }

    duties::Duty some_duty() {
        Rule r;
        r.evidence = "x.event";
        r.period = static_cast<Period>(below(7));
        r.aggregate = static_cast<Aggregate>(below(r.period == Period::on_request ? 4 : 5));
        r.threshold = Quantity::of(1 + below(4));
        if (r.aggregate == Aggregate::each || (r.aggregate == Aggregate::share && below(2))) r.each = {"a", "b"};
        if (r.aggregate == Aggregate::each) r.threshold = Quantity::of(1);
        if (r.aggregate == Aggregate::share) {
            r.each_by = "by";
            r.population = "x.population";
            r.threshold = Quantity::of(25 * (1 + below(4)));
        }
        if (r.period == Period::once) r.due = some_day();
        if (r.period == Period::year && below(2)) r.due_month_day = std::chrono::month(1 + static_cast<unsigned>(below(12))) / std::chrono::day(28);
        if (r.period == Period::year) r.due_next_year = below(3) == 0;
        if (r.period == Period::quarter || r.period == Period::month) r.due_after_days = below(20);
        if (r.period == Period::standing && below(2)) r.fresh_days = 1 + below(200);
        if (r.period == Period::on_request) {
            r.request = "x.request";
            r.answer_within_days = below(60);
        }
        auto d = duty(r);
        d.rule.evidence = "x.event";
        d.valid_from = base::plus_days(day(2017, 10, 1), below(200));
        d.grace_days = below(3) * 10;
        if (below(4) == 0) d.valid_until.reset();
        if (below(3) == 0) d.origins.clear();
        return d;
    }
    evidence::Record some_record(int number, std::string kind) {
        evidence::Record r;
        r.id = evidence::EvidenceId{number};
        r.key = "r" + std::to_string(number);
        r.kind = std::move(kind);
        r.subject = subject();
        r.occurred_on = some_day();
        if (below(2)) r.until = base::plus_days(r.occurred_on, below(400));
        r.quantity = Quantity::of(below(4));
        r.attributes["by"] = subject();
        if (below(5) == 0) r.attributes["period"] = std::to_string(2017 + below(4));
        r.recorded_on = base::plus_days(r.occurred_on, below(40));
        return r;
    }
    std::vector<evidence::Record> some_ledger(int size) {
        std::vector<evidence::Record> out;
        for (int i = 0; i < size; ++i) {
            const int which = below(5);
            out.push_back(some_record(i + 1, which == 0 ? "x.population" : which == 1 ? "x.request" : "x.event"));
        }
        return out;
    }

  private:
    std::mt19937 engine_;
};

// How good a state is for the bearer at one moment: nothing between two states of one rank.
int rank(State s) {
    switch (s) {
        case State::breached:
        case State::behind_assumption: return 0;
        case State::overdue: return 1;
        case State::open:
        case State::due_soon:
        case State::not_yet_due:
        case State::term_ended:
        case State::not_applicable: return 2;
        case State::fulfilled_late: return 3;
        case State::fulfilled:
        case State::waived: return 4;
    }
    return 0;
}

std::string written(const std::vector<duties::Occurrence>& all) {
    std::string out;
    for (const auto& o : all) {
        out += o.period + "=" + std::string(name_of(o.state)) + (o.fulfilled_on ? base::iso(*o.fulfilled_on) : "") + gaps(o);
        for (const auto& key : o.evidence) out += "," + key;
        out += ";";
    }
    return out;
}

}  // namespace

TEST(Property, MoreEvidenceNeverMakesAnAtLeastRuleWorse) {
    Chance chance(1);
    for (int round = 0; round < 3000; ++round) {
        auto d = chance.some_duty();
        // A latest value may fall, and periods that pass on what they do not need may pass on less.
        if (d.rule.aggregate == Aggregate::latest) continue;
        auto ledger = chance.some_ledger(chance.below(15));
        const Day as_of = chance.some_day();
        const auto before = duties::judge(d, {ledger, {}, {}}, as_of);
        auto more = chance.some_record(100, "x.event");
        if (d.rule.due_next_year || d.rule.due_after_days > 0) more.attributes["period"] = duties::label_of(d.rule.period, more.occurred_on);
        ledger.push_back(more);
        const auto after = duties::judge(d, {ledger, {}, {}}, as_of);
        ASSERT_EQ(before.size(), after.size());
        for (std::size_t i = 0; i < before.size(); ++i)
            EXPECT_GE(rank(after[i].state), rank(before[i].state))
                << "round " << round << " period " << before[i].period << ": " << name_of(before[i].state) << " → " << name_of(after[i].state);
    }
}

TEST(Property, WithdrawingBringsTheStatesBack) {
    Chance chance(2);
    for (int round = 0; round < 2000; ++round) {
        const auto d = chance.some_duty();
        auto ledger = chance.some_ledger(chance.below(15));
        const Day as_of = chance.some_day();
        const auto before = written(duties::judge(d, {ledger, {}, {}}, as_of));
        auto more = chance.some_record(100, "x.event");
        more.withdrawn_on = chance.some_day();
        ledger.push_back(more);
        EXPECT_EQ(written(duties::judge(d, {ledger, {}, {}}, as_of)), before) << "round " << round;
    }
}

TEST(Property, TheOrderOfTheLedgerDoesNotMatter) {
    Chance chance(3);
    for (int round = 0; round < 1000; ++round) {
        const auto d = chance.some_duty();
        auto ledger = chance.some_ledger(12);
        const Day as_of = chance.some_day();
        const auto before = written(duties::judge(d, {ledger, {}, {}}, as_of));
        std::reverse(ledger.begin(), ledger.end());
        EXPECT_EQ(written(duties::judge(d, {ledger, {}, {}}, as_of)), before) << "round " << round;
    }
}

TEST(Property, WhatHappensLaterChangesNothingEarlier) {
    Chance chance(4);
    for (int round = 0; round < 1000; ++round) {
        const auto d = chance.some_duty();
        auto ledger = chance.some_ledger(12);
        const Day as_of = chance.some_day();
        const auto before = written(duties::judge(d, {ledger, {}, {}}, as_of));
        auto later = chance.some_record(100, chance.below(2) ? "x.event" : "x.request");
        later.occurred_on = base::plus_days(as_of, 1 + chance.below(100));
        ledger.push_back(later);
        EXPECT_EQ(written(duties::judge(d, {ledger, {}, {}}, as_of)), before) << "round " << round;
    }
}

TEST(Property, EveryStateKeepsItsPromise) {
    Chance chance(5);
    for (int round = 0; round < 2000; ++round) {
        const auto d = chance.some_duty();
        const auto ledger = chance.some_ledger(chance.below(20));
        const Day as_of = chance.some_day();
        for (const auto& o : duties::judge(d, {ledger, {}, {}}, as_of)) {
            EXPECT_EQ(o.fulfilled_on.has_value(), o.state == State::fulfilled || o.state == State::fulfilled_late) << round;
            if (o.state == State::breached) { EXPECT_NE(o.origin, duties::OriginKind::assumption); }
            if (o.state == State::behind_assumption) { EXPECT_EQ(o.origin, duties::OriginKind::assumption); }
            if (o.state == State::breached || o.state == State::behind_assumption || o.state == State::overdue) {
                EXPECT_TRUE(o.missing.has_value()) << round;
                EXPECT_TRUE(!d.valid_until || as_of <= *d.valid_until);
            }
            if (o.state == State::term_ended) { EXPECT_TRUE(d.valid_until && as_of > *d.valid_until); }
            for (const auto& gap : o.gaps) {
                EXPECT_LE(gap.from, gap.until);
                EXPECT_LE(gap.until, as_of);
                EXPECT_GE(gap.from, d.valid_from);
            }
        }
    }
}
