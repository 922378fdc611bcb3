// Backup, restore and copy, from each engine to each.
#include "platform/db/transfer.h"

#include <fstream>
#include <thread>

#include "tests/platform/db/support/engines.h"

namespace {

namespace fs = std::filesystem;
using base::day;
using db::Engine;
using db::testing::Place;

struct Way {
    Engine from, to;
};
std::string name_of_way(const ::testing::TestParamInfo<Way>& info) {
    const auto name = [](Engine e) { return std::string(e == Engine::sqlite ? "sqlite" : "postgres"); };
    return name(info.param.from) + "_to_" + name(info.param.to);
}

class Transfer : public ::testing::TestWithParam<Way> {
  protected:
    Transfer() : from_place(GetParam().from, Place::Content::empty), to_place(GetParam().to, Place::Content::empty) {
        fs::create_directories(folder);
        put("0001_tables.sql", R"sql(
            create table units (id {id}, parent_id {int64} references units (id), name {text} not null);
            create table records (
                id {id}, unit_id {int64} not null references units (id), on_day {day}, at {instant} not null, share {real}, active {bool} not null, bytes {blob}, note {text}
            );
            create table settings (key {text} not null primary key, value {text} not null);
            insert into settings (key, value) values ('revision', '1');
            create table a_child (record_id {int64} not null references records (id), position {int64} not null, primary key (record_id, position));
        )sql");
    }
    ~Transfer() override { fs::remove_all(folder); }
    void SetUp() override {
        ASSERT_FALSE(from_place.where().empty() || to_place.where().empty());
        from = db::testing::open_or_fail(from_place.where());
        to = db::testing::open_or_fail(to_place.where());
        ASSERT_TRUE(from && to);
        ASSERT_TRUE(db::migrate(*from, folder));
        const auto filled = from->write([](db::Connection& c) -> base::Result<void> {
            // A parent that comes after its child, values at the edges, and an id that was given and taken away again.
            TRY_VOID(c.execute("insert into units (id, parent_id, name) values (2, null, 'unit Ü'), (1, 2, 'office')"));
            const auto at = *base::parse_iso_instant("2018-06-30T22:15:01.000250Z");
            for (int i = 1; i <= 300; ++i)
                TRY_VOID(c.execute(
                    "insert into records (unit_id, on_day, at, share, active, bytes, note) values (:unit, :day, :at, :share, :active, :bytes, :note)",
                    {{"unit", 1 + i % 2},
                     {"day", i % 3 ? std::optional(base::plus_days(day(2018, 1, 1), i)) : std::nullopt},
                     {"at", at + std::chrono::microseconds(i)},
                     {"share", i % 5 ? std::optional(i / 7.0) : std::nullopt},
                     {"active", i % 2 == 0},
                     {"bytes", i % 4 ? std::optional(db::Blob{std::string(static_cast<std::size_t>(i % 10), '\0')}) : std::nullopt},
                     {"note", i % 6 ? std::optional(std::string("'quoted' \\ \n 🦉")) : std::nullopt}}));
            TRY_VOID(c.execute("insert into a_child (record_id, position) values (1, 1), (1, 2), (300, 1)"));
            TRY_VOID(c.execute("delete from records where id = 299"));
            TRY_VOID(c.execute("delete from a_child where record_id = 300"));
            TRY_VOID(c.execute("delete from records where id = 300"));
            TRY_VOID(c.execute("update settings set value = '9' where key = 'revision'"));
            return {};
        });
        ASSERT_TRUE(filled) << base::describe(filled.error());
    }
    void put(const std::string& name, const std::string& text) { std::ofstream(folder / name) << text; }
    static std::string sums(db::Database& database) {
        const auto done = database.read([](db::Connection& c) { return db::checksums(c); });
        if (!done) ADD_FAILURE() << base::describe(done.error());
        std::string out;
        for (const auto& t : done.value_or(db::CopyReport{}).tables) out += t.table + " " + std::to_string(t.rows) + " " + t.checksum + "\n";
        return out;
    }

    fs::path folder = fs::temp_directory_path() / ("miteinander_transfer_" + std::to_string(::getpid()));
    Place from_place, to_place;
    std::unique_ptr<db::Database> from, to;
};
INSTANTIATE_TEST_SUITE_P(Ways, Transfer,
                         ::testing::Values(Way{Engine::sqlite, Engine::sqlite}, Way{Engine::sqlite, Engine::postgres},
                                           Way{Engine::postgres, Engine::sqlite}, Way{Engine::postgres, Engine::postgres}),
                         name_of_way);

TEST_P(Transfer, CopiesEveryValue) {
    std::map<std::string, std::int64_t> seen;
    const auto report = db::copy(*from, *to, folder, [&](const std::string& table, std::int64_t rows) { seen[table] = rows; });
    ASSERT_TRUE(report) << base::describe(report.error());
    EXPECT_EQ(report->rows(), 298 + 2 + 2 + 1);
    EXPECT_EQ(seen, (std::map<std::string, std::int64_t>{{"a_child", 2}, {"records", 298}, {"settings", 1}, {"units", 2}}));
    EXPECT_EQ(sums(*to), sums(*from));
    // References are checked again, and an id that was ever given is not given again.
    const auto orphan = to->write([](db::Connection& c) { return c.execute("insert into a_child (record_id, position) values (4711, 1)"); });
    ASSERT_FALSE(orphan);
    EXPECT_EQ(db::failure_of(orphan.error()), db::Failure::foreign_key);
    const auto id = to->write([](db::Connection& c) {
        return c.query_one<std::int64_t>("insert into records (unit_id, at, active) values (1, :at, true) returning id",
                                         {{"at", *base::parse_iso_instant("2020-01-01T00:00:00Z")}},
                                         [](const db::Row& row) { return row.int64("id"); });
    });
    ASSERT_TRUE(id) << base::describe(id.error());
    EXPECT_EQ(**id, 301);
}

TEST_P(Transfer, RefusesATargetWithRecords) {
    ASSERT_TRUE(db::migrate(*to, folder));
    EXPECT_TRUE(to->write([](db::Connection& c) { return c.execute("insert into units (name) values ('mine')"); }));
    const auto before = sums(*to);
    const auto refused = db::copy(*from, *to, folder);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, base::ErrorKind::conflict);
    EXPECT_EQ(sums(*to), before);
    // What a migration itself put there is no record.
    ASSERT_TRUE(to->write([](db::Connection& c) { return c.execute("delete from units"); }));
    EXPECT_TRUE(db::copy(*from, *to, folder));
    EXPECT_EQ(sums(*to), sums(*from));
}

TEST_P(Transfer, BacksUpAndRestores) {
    const auto file = folder / "backup.db";
    const auto saved = db::backup(*from, file, folder);
    ASSERT_TRUE(saved) << base::describe(saved.error());
    EXPECT_FALSE(fs::exists(file.string() + ".partial"));
    EXPECT_FALSE(fs::exists(file.string() + "-wal"));
    EXPECT_EQ(fs::status(file).permissions() & fs::perms::group_all, fs::perms::none);
    EXPECT_EQ(db::backup(*from, file, folder).error().kind, base::ErrorKind::conflict);
    const auto before = sums(*from);
    // A later program brings an older backup up to date.
    put("0002_more.sql", "alter table units add column code {text} not null default 'x';");
    const auto restored = db::restore(file, *to, folder);
    ASSERT_TRUE(restored) << base::describe(restored.error());
    EXPECT_EQ(*to->read([](db::Connection& c) { return db::schema_number(c); }), 2);
    ASSERT_TRUE(db::migrate(*from, folder));
    EXPECT_EQ(sums(*to), sums(*from));
    EXPECT_NE(sums(*to), before);
}

TEST_P(Transfer, RefusesADamagedBackupAndOtherFiles) {
    const auto file = folder / "backup.db";
    ASSERT_TRUE(db::backup(*from, file, folder));
    {
        const auto damaged = db::testing::open_or_fail(file);
        ASSERT_TRUE(damaged->write([](db::Connection& c) { return c.execute("update records set note = 'other' where id = 5"); }));
    }
    const auto refused = db::restore(file, *to, folder);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, base::ErrorKind::invalid_input);
    EXPECT_NE(refused.error().detail.find("records"), std::string::npos) << refused.error().detail;
    put("letter.txt", "Dear Sir or Madam, this is a letter and not a backup at all, though it is long enough to be one, one would think.");
    EXPECT_EQ(db::restore(folder / "letter.txt", *to, folder).error().kind, base::ErrorKind::invalid_input);
    EXPECT_EQ(db::restore(folder / "nothing", *to, folder).error().kind, base::ErrorKind::not_found);
    EXPECT_EQ(*to->read([](db::Connection& c) { return db::schema_number(c); }), 0);
}

// Somebody writes all the time; the backup holds one moment of it.
TEST_P(Transfer, BacksUpWhileOthersWrite) {
    std::atomic<bool> stop = false;
    std::atomic<int> failures = 0;
    std::jthread writer([&] {
        for (int i = 0; !stop; ++i) {
            // Always two together: a snapshot never holds one without the other.
            const auto done = from->write([&](db::Connection& c) -> base::Result<void> {
                TRY_VOID(c.execute("insert into settings (key, value) values (:key, 'a')", {{"key", "a" + std::to_string(i)}}));
                return c.execute("insert into settings (key, value) values (:key, 'b')", {{"key", "b" + std::to_string(i)}}).map([](auto) {});
            });
            if (!done) ++failures;
        }
    });
    const auto file = folder / "backup.db";
    const auto saved = db::backup(*from, file, folder);
    stop = true;
    writer.join();
    ASSERT_TRUE(saved) << base::describe(saved.error());
    EXPECT_EQ(failures, 0);
    ASSERT_TRUE(db::restore(file, *to, folder));
    const auto odd = to->read([](db::Connection& c) {
        return c.query_one<std::int64_t>("select count(*) % 2 as n from settings where key <> 'revision'", {},
                                         [](const db::Row& row) { return row.int64("n"); });
    });
    ASSERT_TRUE(odd);
    EXPECT_EQ(**odd, 0);
}

TEST_P(Transfer, RefusesASourceOfAnotherSchema) {
    put("0002_more.sql", "create table more (id {id});");
    const auto refused = db::copy(*from, *to, folder);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, base::ErrorKind::conflict);
}

}  // namespace
