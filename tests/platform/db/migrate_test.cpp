#include "platform/db/migrate.h"

#include <fstream>
#include <thread>

#include "platform/base/root.h"
#include "tests/platform/db/support/engines.h"

namespace {

namespace fs = std::filesystem;
using db::Engine;

// A folder of migrations that a test writes itself.
class Folder {
  public:
    Folder() : path_(fs::temp_directory_path() / ("miteinander_migrations_" + std::to_string(::getpid()) + "_" + std::to_string(next_++))) {
        fs::create_directories(path_);
    }
    Folder(const Folder&) = delete;
    ~Folder() { fs::remove_all(path_); }
    Folder& put(const std::string& name, const std::string& text) {
        std::ofstream(path_ / name) << text;
        return *this;
    }
    void take(const std::string& name) { fs::remove(path_ / name); }
    operator const fs::path&() const { return path_; }

  private:
    static inline int next_ = 0;
    fs::path path_;
};

class Migrations : public db::testing::OnBothEngines {
  protected:
    Migrations() : OnBothEngines(db::testing::Place::Content::empty) {
        folder.put("0001_people.sql", "create table people (id {id}, name {text} not null);")
            .put("0002_notes.sql", "create table notes (id {id}, person_id {int64} references people (id));\n");
    }
    void refuses(const std::string& words) {
        const auto done = db::migrate(database(), folder);
        ASSERT_FALSE(done);
        EXPECT_EQ(done.error().kind, base::ErrorKind::conflict) << base::describe(done.error());
        EXPECT_NE(done.error().detail.find(words), std::string::npos) << done.error().detail;
    }
    Folder folder;
};
MITEINANDER_ON_BOTH_ENGINES(Migrations);

TEST_P(Migrations, RunOnceInTheirOrder) {
    const auto first = db::migrate(database(), folder);
    ASSERT_TRUE(first) << base::describe(first.error());
    EXPECT_EQ(first->applied, 2);
    EXPECT_EQ(first->already, 0);
    const auto again = db::migrate(database(), folder);
    ASSERT_TRUE(again);
    EXPECT_EQ(again->applied, 0);
    EXPECT_EQ(again->already, 2);
    folder.put("0003_more.sql", "alter table people add column note {text} not null default '';");
    EXPECT_EQ(db::migrate(database(), folder)->applied, 1);
    EXPECT_EQ(*database().read([](db::Connection& c) { return db::schema_number(c); }), 3);
}

TEST_P(Migrations, RefuseWhatWasChangedMissedOrForgotten) {
    ASSERT_TRUE(db::migrate(database(), folder));
    folder.put("0001_people.sql", "create table people (id {id}, name {text});");
    refuses("0001_people.sql was changed");
    folder.put("0001_people.sql", "create table people (id {id}, name {text} not null);");
    folder.put("0004_late.sql", "create table late (id {id});");
    refuses("0003 is missing");
    folder.take("0004_late.sql");
    folder.put("0002_again.sql", "select 1;");
    refuses("Two migrations have the number 0002");
    folder.take("0002_again.sql");
    folder.put("notes.sql", "select 1;");
    refuses("does not have the form");
    folder.take("notes.sql");
    EXPECT_TRUE(db::migrate(database(), folder));
}

TEST_P(Migrations, RefuseADatabaseThatIsNewerThanTheProgram) {
    folder.put("0003_later.sql", "create table later (id {id});");
    ASSERT_TRUE(db::migrate(database(), folder));
    folder.take("0003_later.sql");
    refuses("The database is newer than this program");
    EXPECT_EQ(*database().read([](db::Connection& c) { return db::schema_number(c); }), 3);
}

TEST_P(Migrations, LeaveNothingOfOneThatFails) {
    folder.put("0003_broken.sql", "create table good (id {id}); create table bad (id {nothing});");
    const auto unknown = db::migrate(database(), folder);
    ASSERT_FALSE(unknown);
    EXPECT_NE(unknown.error().detail.find("0003_broken.sql"), std::string::npos);
    folder.put("0003_broken.sql", "create table good (id {id}); insert into nowhere values (1);");
    EXPECT_FALSE(db::migrate(database(), folder));
    EXPECT_EQ(*database().read([](db::Connection& c) { return db::schema_number(c); }), 2);
    EXPECT_FALSE(database().read([](db::Connection& c) { return c.execute("select * from good"); }));
    folder.put("0003_broken.sql", "create table good (id {id});");
    EXPECT_TRUE(db::migrate(database(), folder));
}

TEST_P(Migrations, MayBeStartedByManyAtOnce) {
    for (int i = 3; i < 9; ++i) folder.put("000" + std::to_string(i) + "_t.sql", "create table t" + std::to_string(i) + " (id {id});");
    std::atomic<int> applied = 0, failures = 0;
    std::vector<std::jthread> starters;
    for (int t = 0; t < 4; ++t)
        starters.emplace_back([&] {
            const auto own = db::testing::open_or_fail(where());
            const auto done =
                own ? db::migrate(*own, folder) : base::Result<db::MigrationReport>(base::error(base::ErrorKind::internal, "not opened"));
            if (!done) {
                ++failures;
                ADD_FAILURE() << base::describe(done.error());
            } else
                applied += done->applied;
        });
    starters.clear();
    EXPECT_EQ(failures, 0);
    EXPECT_EQ(applied, 8);
}

TEST_P(Migrations, CheckTypesOnBothEngines) {
    ASSERT_TRUE(db::migrate(database(), folder));
    EXPECT_FALSE(database().write([](db::Connection& c) { return c.execute("insert into notes (person_id) values ('many')"); }));
}

TEST(Expand, MakesOneTextForEachEngine) {
    const std::string_view text =
        "-- {nothing} in a comment; create table no (\n"
        "create table a (id {id}, day {day} not null default '{x}; (', check (id > 0)); create index i on a (id);\n"
        "create table b (k {text} primary key) without rowid;\n"
        "-- only sqlite\ncreate virtual table f using fts5(text);\n-- end only\n"
        "-- only postgres\ncreate function g() returns trigger language plpgsql as $$ begin; {z} end $$;\n-- end only\n"
        "CREATE TABLE c (n {int64}, r {real}, f {bool}, m {instant}, b {blob});";
    const auto sqlite = db::expand_migration(text, Engine::sqlite);
    ASSERT_TRUE(sqlite) << base::describe(sqlite.error());
    EXPECT_NE(
        sqlite->find("id integer primary key autoincrement, day text not null default '{x}; (', check (id > 0)) strict; create index i on a (id);"),
        std::string::npos)
        << *sqlite;
    EXPECT_NE(sqlite->find("without rowid, strict;"), std::string::npos) << *sqlite;
    EXPECT_NE(sqlite->find("using fts5(text);"), std::string::npos);
    EXPECT_EQ(sqlite->find("plpgsql"), std::string::npos);
    EXPECT_NE(sqlite->find("CREATE TABLE c (n integer, r real, f integer, m text, b blob) strict"), std::string::npos) << *sqlite;
    const auto postgres = db::expand_migration(text, Engine::postgres);
    ASSERT_TRUE(postgres) << base::describe(postgres.error());
    EXPECT_NE(postgres->find("day date not null"), std::string::npos) << *postgres;
    EXPECT_EQ(postgres->find("fts5"), std::string::npos);
    EXPECT_EQ(postgres->find("strict"), std::string::npos);
    EXPECT_NE(postgres->find("n bigint, r double precision, f boolean, m timestamptz, b bytea"), std::string::npos) << *postgres;
    for (const char* wrong : {"create table a (id {di});", "-- only oracle\n", "-- only sqlite\nselect 1;\n", "create table a (id {id"})
        EXPECT_FALSE(db::expand_migration(wrong, Engine::sqlite)) << wrong;
}

TEST(Project, HasMigrationsThatRun) {
    for (const auto engine : {Engine::sqlite, Engine::postgres}) {
        const db::testing::Place place(engine, db::testing::Place::Content::empty);
        const auto database = db::testing::open_or_fail(place.where());
        ASSERT_TRUE(database);
        const auto done = db::migrate(*database, fs::path(base::source_root()) / "migrations");
        EXPECT_TRUE(done) << base::describe(done.error());
    }
}

// An installation that is older than a rule may hold what the rule forbids: the migration that brings the rule mends it first.
TEST(Project, KeepsOneOfTwoSubscriptionsOfAnAddress) {
    for (const auto engine : {Engine::sqlite, Engine::postgres}) {
        const db::testing::Place place(engine, db::testing::Place::Content::empty);
        const auto database = db::testing::open_or_fail(place.where());
        ASSERT_TRUE(database);
        Folder before;
        const auto all = fs::path(base::source_root()) / "migrations";
        for (const auto& file : fs::directory_iterator(all))
            if (file.path().filename() < "0036") fs::copy_file(file.path(), static_cast<const fs::path&>(before) / file.path().filename());
        ASSERT_TRUE(db::migrate(*database, before));
        ASSERT_TRUE(database->write([](db::Connection& c) -> base::Result<void> {
            for (const char* row : {"'Anna@example.org', null", "'anna@example.org', '2020-01-02'", "'ANNA@example.org', '2020-01-03'",
                                    "'Bert@example.org', null", "'bert@example.org', null", "'carla@example.org', null"})
                TRY_VOID(c.execute(std::string("insert into digest_subscriptions (mail, confirmed_on, language, every_days, asked_on) values (") +
                                   row + ", 'de', 7, '2020-01-01')"));
            return {};
        }));
        const auto done = db::migrate(*database, all);
        ASSERT_TRUE(done) << base::describe(done.error());
        const auto left = database->read([](db::Connection& c) {
            return c.query<std::string>("select mail from digest_subscriptions order by id", {}, [](const db::Row& row) { return row.text("mail"); });
        });
        EXPECT_EQ(left.value(), (std::vector<std::string>{"anna@example.org", "Bert@example.org", "carla@example.org"}));
    }
}

}  // namespace
