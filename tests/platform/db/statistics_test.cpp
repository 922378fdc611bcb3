// What the database knows of the values it holds, to choose between indexes.
#include "platform/db/statistics.h"

#include "tests/platform/db/support/engines.h"

namespace {

class Statistics : public db::testing::OnBothEngines {
  protected:
    Statistics() : OnBothEngines(db::testing::Place::Content::empty) {}
};
MITEINANDER_ON_BOTH_ENGINES(Statistics);

base::Result<void> fill(db::Connection& c) {
    TRY_VOID(c.script("create table notes (id integer primary key, topic text not null); create index notes_by_topic on notes (topic)"));
    for (int n = 0; n < 500; ++n)
        TRY_VOID(c.execute("insert into notes (id, topic) values (:id, :topic)", {{"id", n}, {"topic", n % 2 == 0 ? "even" : "odd"}}));
    return {};
}

// What SQLite keeps of the index: the number of rows, then how many share a topic.
std::string kept(db::Database& database) {
    const auto found = database.read([](db::Connection& c) -> base::Result<std::optional<std::string>> {
        TRY(const auto tables, c.query_one<std::int64_t>("select count(*) as n from sqlite_schema where name = 'sqlite_stat1'", {},
                                                         [](const db::Row& row) { return row.int64("n"); }));
        if (tables == 0) return std::nullopt;
        return c.query_one<std::string>("select stat from sqlite_stat1 where idx = 'notes_by_topic'", {},
                                        [](const db::Row& row) { return row.text("stat"); });
    });
    EXPECT_TRUE(found) << base::describe(found.error());
    return found ? found->value_or("") : "";
}

}  // namespace

TEST_P(Statistics, AreThereOnceTheyWereRefreshed) {
    ASSERT_TRUE(database().write(fill));
    if (database().engine() == db::Engine::sqlite) { EXPECT_EQ(kept(database()), ""); }
    const auto done = database().write(db::refresh_statistics);
    ASSERT_TRUE(done) << base::describe(done.error());
    if (database().engine() == db::Engine::sqlite) { EXPECT_EQ(kept(database()), "500 250"); }
    EXPECT_TRUE(database().write(db::refresh_statistics)) << "again and again";
}

TEST(Sqlite, LooksAtWhatItWroteWhenItCloses) {
    const db::testing::Place place(db::Engine::sqlite, db::testing::Place::Content::empty);
    {
        const auto database = db::testing::open_or_fail(place.where());
        ASSERT_TRUE(database);
        ASSERT_TRUE(database->write(fill));
        ASSERT_TRUE(database->write([](db::Connection& c) { return c.execute("select id from notes where topic = 'even' order by topic, id"); }));
        EXPECT_EQ(kept(*database), "");
    }
    const auto again = db::testing::open_or_fail(place.where());
    EXPECT_EQ(kept(*again), "500 250");
}
