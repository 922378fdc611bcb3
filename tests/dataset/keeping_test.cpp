// What is backed up and restored, or copied to the other engine, is judged to the same result: every duty, on several days, as known then and now.
#include "dataset/api.h"

#include <fstream>

#include "duties/json.h"
#include "platform/base/root.h"
#include "platform/db/transfer.h"
#include "tests/platform/db/support/engines.h"

namespace {

namespace fs = std::filesystem;
const fs::path root = base::source_root();
const base::Clock today{base::day(2020, 9, 30)};

// Every occurrence as the command line gives it, out of the roll-ups and out of the ledger.
std::string judged(db::Database& database) {
    std::string out;
    for (const auto& as_of : {base::day(2019, 1, 31), base::day(2020, 9, 30), base::day(2021, 1, 1)})
        for (const auto& known_on : {std::optional<base::Day>(), std::optional(base::day(2019, 6, 30))})
            for (const bool from_ledger : {false, true}) {
                const auto text = duties::judged_as_json(database, {.as_of = as_of, .known_on = known_on, .from_ledger = from_ledger});
                EXPECT_TRUE(text) << base::describe(text.error());
                out += text.value_or("") + "\n";
            }
    return out;
}

class Keeping : public db::testing::OnBothEngines {
  protected:
    void SetUp() override {
        OnBothEngines::SetUp();
        for (const char* set : {"nordhausen-2018", "nordhausen-2018-sample"}) {
            const auto report = dataset::load(database(), root / "data" / set, today);
            ASSERT_TRUE(report) << base::describe(report.error());
        }
        before = judged(database());
        ASSERT_NE(before.find("fulfilled_late"), std::string::npos);
    }
    std::string before;
};
MITEINANDER_ON_BOTH_ENGINES(Keeping);

}  // namespace

TEST_P(Keeping, ABackupRestoredOnEitherEngineIsJudgedTheSame) {
    const fs::path file =
        fs::temp_directory_path() / ("miteinander-backup-" + std::to_string(::getpid()) + (GetParam() == db::Engine::sqlite ? "-s" : "-p"));
    const auto saved = db::backup(database(), file, root / "migrations");
    ASSERT_TRUE(saved) << base::describe(saved.error());
    for (const auto engine : {db::Engine::sqlite, db::Engine::postgres}) {
        const db::testing::Place place(engine, db::testing::Place::Content::empty);
        const auto restored = db::testing::open_or_fail(place.where());
        ASSERT_TRUE(restored);
        const auto done = db::restore(file, *restored, root / "migrations");
        ASSERT_TRUE(done) << base::describe(done.error());
        EXPECT_EQ(judged(*restored), before);
    }
    fs::remove(file);
}

TEST_P(Keeping, ACopyOnTheOtherEngineIsJudgedTheSame) {
    const auto other = GetParam() == db::Engine::sqlite ? db::Engine::postgres : db::Engine::sqlite;
    const db::testing::Place place(other, db::testing::Place::Content::empty);
    const auto copied = db::testing::open_or_fail(place.where());
    ASSERT_TRUE(copied);
    const auto done = db::copy(database(), *copied, root / "migrations");
    ASSERT_TRUE(done) << base::describe(done.error());
    EXPECT_EQ(judged(*copied), before);
}
