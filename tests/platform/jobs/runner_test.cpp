#include "platform/jobs/api.h"

#include <latch>

#include "tests/platform/db/support/engines.h"

using namespace std::chrono_literals;

namespace {

// Waits for what another thread does, and fails instead of hanging.
bool eventually(const std::function<bool()>& done) {
    for (int i = 0; i < 500; ++i) {
        if (done()) return true;
        std::this_thread::sleep_for(10ms);
    }
    return false;
}

}  // namespace

TEST(Runner, RunsEachTaskAtOnceAndThenAtItsInterval) {
    std::atomic<int> often{0}, seldom{0};
    jobs::Runner runner;
    runner.every(0s, "often", [&]() -> base::Result<void> { return ++often, std::this_thread::sleep_for(1ms), base::Result<void>{}; });
    runner.every(3600s, "seldom", [&]() -> base::Result<void> { return ++seldom, base::Result<void>{}; });
    runner.start();
    EXPECT_TRUE(eventually([&] { return often > 3 && seldom == 1; }));
    runner.stop();
    EXPECT_EQ(seldom, 1);
    const int then = often;
    std::this_thread::sleep_for(20ms);
    EXPECT_EQ(often, then);  // stopped is stopped
}

TEST(Runner, WaitsForTheTaskThatIsRunning) {
    std::latch begun(1);
    std::atomic<bool> finished{false};
    jobs::Runner runner;
    runner.every(3600s, "slow", [&]() -> base::Result<void> {
        begun.count_down();
        while (!runner.stopping()) std::this_thread::sleep_for(1ms);
        finished = true;
        return {};
    });
    runner.start();
    begun.wait();
    runner.stop();
    EXPECT_TRUE(finished);
}

TEST(Runner, AFailingTaskIsToldOfAndHurtsNoOther) {
    std::atomic<int> told{0}, good{0};
    jobs::Runner runner;
    runner.failed = [&](const std::string& name, const base::Error&) { told += name == "bad" || name == "throws"; };
    runner.every(3600s, "bad", []() -> base::Result<void> { return base::error(base::ErrorKind::unavailable, "not today"); });
    runner.every(3600s, "throws", []() -> base::Result<void> { throw std::runtime_error("oh"); });
    runner.every(3600s, "good", [&]() -> base::Result<void> { return ++good, base::Result<void>{}; });
    runner.start();
    EXPECT_TRUE(eventually([&] { return told == 2 && good == 1; }));
}

class Leases : public db::testing::OnBothEngines {
  protected:
    bool claim(const std::string& holder, base::Instant at) {
        return *database().write([&](db::Connection& c) { return jobs::claim(c, "mail", holder, at, at + 10min); });
    }
    const base::Instant now_ = *base::parse_iso_instant("2026-11-22T10:00:00Z");
};
MITEINANDER_ON_BOTH_ENGINES(Leases);

TEST_P(Leases, OfTwoProcessesOneRunsATask) {
    EXPECT_TRUE(claim("one", now_));
    EXPECT_FALSE(claim("two", now_ + 1min));
    ASSERT_TRUE(database().write([&](db::Connection& c) { return jobs::give_back(c, "mail", "one", now_ + 2min, ""); }));
    EXPECT_TRUE(claim("two", now_ + 2min));
}

TEST_P(Leases, AProcessThatDiedLosesItsLease) {
    EXPECT_TRUE(claim("one", now_));
    EXPECT_FALSE(claim("two", now_ + 10min - 1s));
    EXPECT_TRUE(claim("two", now_ + 10min));
    // The first comes back to life: what it gives back is no longer its own.
    ASSERT_TRUE(database().write([&](db::Connection& c) { return jobs::give_back(c, "mail", "one", now_ + 11min, ""); }));
    EXPECT_FALSE(claim("three", now_ + 12min));
}

TEST_P(Leases, ThePageSeesTheLastRunAndItsFailure) {
    jobs::Runner runner(database());
    runner.every(3600s, "good", []() -> base::Result<void> { return {}; });
    runner.every(3600s, "bad", []() -> base::Result<void> { return base::error(base::ErrorKind::unavailable, "no connection"); });
    (void)runner.run_all_now();
    const auto runs = database().read([](db::Connection& c) { return jobs::last_runs(c); });
    ASSERT_TRUE(runs && runs->size() == 2);
    EXPECT_EQ((*runs)[0].name, "bad");
    EXPECT_NE((*runs)[0].failure.find("no connection"), std::string::npos);
    EXPECT_EQ((*runs)[1].failure, "");
    EXPECT_TRUE((*runs)[1].finished);
}
