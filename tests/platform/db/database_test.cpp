// The same statements, values and failures on both engines.
#include <thread>

#include "tests/platform/db/support/engines.h"

namespace {

using base::day;
using db::Failure;
using db::Row;

constexpr std::string_view tables = R"sql(
    create table people (
        id      {id},
        name    {text} not null unique,
        born_on {day},
        seen_at {instant},
        share   {real},
        active  {bool} not null default true,
        photo   {blob},
        cents   {int64} check (cents >= 0)
    );
    create table letters (
        id        {id},
        person_id {int64} not null references people (id) on delete restrict,
        text      {text} not null
    );
)sql";

class BothEngines : public db::testing::OnBothEngines {
  protected:
    BothEngines() : OnBothEngines(db::testing::Place::Content::empty) {}
    void SetUp() override {
        OnBothEngines::SetUp();
        const auto made = database().write([&](db::Connection& c) -> base::Result<void> {
            TRY(const auto sql, db::expand_migration(tables, c.engine()));
            return c.script(sql);
        });
        ASSERT_TRUE(made) << base::describe(made.error());
    }
    base::Result<std::int64_t> execute(std::string_view sql, const db::Parameters& parameters = {}) {
        return database().write([&](db::Connection& c) { return c.execute(sql, parameters); });
    }
    std::int64_t number(std::string_view sql, const db::Parameters& parameters = {}) {
        const auto answer = database().read(
            [&](db::Connection& c) { return c.query_one<std::int64_t>(sql, parameters, [](const Row& row) { return row.int64("n"); }); });
        if (!answer) ADD_FAILURE() << base::describe(answer.error());
        return answer && *answer ? **answer : -1;
    }
    std::int64_t people() { return number("select count(*) as n from people"); }
};
MITEINANDER_ON_BOTH_ENGINES(BothEngines);

struct PersonTag;
using PersonId = base::Id<PersonTag>;

TEST_P(BothEngines, KeepEveryKindOfValue) {
    const auto moment = *base::parse_iso_instant("2018-06-30T22:15:01.000250Z");
    const db::Blob photo{std::string("\0\xff\x7f'\\", 5)};
    const auto id = database().write([&](db::Connection& c) {
        return c.insert<PersonId>(R"sql(
            insert into people (name, born_on, seen_at, share, active, photo, cents)
            values (:name, :born, :seen, :share, :active, :photo, :cents) returning id
        )sql",
                                  {{"name", "Zoë 'O''Neill' 🦉"},
                                   {"born", day(1961, 2, 28)},
                                   {"seen", moment},
                                   {"share", 0.1},
                                   {"active", false},
                                   {"photo", photo},
                                   {"cents", std::int64_t{9007199254740993}}});
    });
    ASSERT_TRUE(id) << base::describe(id.error());
    EXPECT_TRUE(*id);
    const auto read = database().read([&](db::Connection& c) {
        return c.query_one<int>("select * from people where id = :id", {{"id", *id}}, [&](const Row& row) {
            EXPECT_EQ(row.id<PersonId>("id"), *id);
            EXPECT_EQ(row.text("name"), "Zoë 'O''Neill' 🦉");
            EXPECT_EQ(row.day("born_on"), day(1961, 2, 28));
            EXPECT_EQ(row.instant("seen_at"), moment);
            EXPECT_EQ(row.real("share"), 0.1);
            EXPECT_FALSE(row.boolean("active"));
            EXPECT_EQ(row.blob("photo"), photo);
            EXPECT_EQ(row.int64("cents"), 9007199254740993);
            return 1;
        });
    });
    ASSERT_TRUE(read) << base::describe(read.error());
    EXPECT_TRUE(*read);
}

TEST_P(BothEngines, KeepNullForWhatIsAbsent) {
    const std::optional<base::Day> no_day;
    ASSERT_TRUE(execute("insert into people (name, born_on, seen_at, share, photo, cents) values (:name, :born, :seen, :share, :photo, :cents)",
                        {{"name", "a"},
                         {"born", no_day},
                         {"seen", std::optional<base::Instant>()},
                         {"share", std::nullopt},
                         {"photo", std::nullopt},
                         {"cents", std::optional<int>()}}));
    // Asking "is it absent, or the same?" needs no cast, whatever the parameter is.
    EXPECT_EQ(number("select count(*) as n from people where (:born is null or born_on = :born) and born_on is null", {{"born", no_day}}), 1);
    EXPECT_EQ(number("select count(*) as n from people where (:born is null or born_on = :born)", {{"born", day(2000, 1, 1)}}), 0);
    EXPECT_EQ(number("select count(*) as n from people where (:any is null or cents = :any)", {{"any", std::nullopt}}), 1);
    EXPECT_EQ(number("select count(*) as n from people where cents = :id", {{"id", PersonId{}}}), 0);
    const auto read = database().read([&](db::Connection& c) {
        return c.query_one<bool>("select born_on, cents, active from people", {}, [](const Row& row) {
            return row.is_null("born_on") && !row.optional_day("born_on") && !row.optional_int64("cents") && row.boolean("active");
        });
    });
    ASSERT_TRUE(read);
    EXPECT_EQ(*read, std::optional(true));
}

TEST_P(BothEngines, ReadSumsComparisonsAndSmallNumbers) {
    for (const int cents : {100, 250, 7})
        ASSERT_TRUE(execute("insert into people (name, cents) values (:name, :cents)", {{"name", std::to_string(cents)}, {"cents", cents}}));
    const auto read = database().read([&](db::Connection& c) {
        return c.query_one<int>(
            "select sum(cents) as total, avg(cents) as mean, max(cents) > 200 as rich, 1 as one, exists (select 1 from letters) as written from people",
            {}, [](const Row& row) {
                EXPECT_EQ(row.int64("total"), 357);
                EXPECT_DOUBLE_EQ(row.real("mean"), 119.0);
                EXPECT_TRUE(row.boolean("rich"));
                EXPECT_EQ(row.int64("one"), 1);
                EXPECT_FALSE(row.boolean("written"));
                return 1;
            });
    });
    ASSERT_TRUE(read) << base::describe(read.error());
}

TEST_P(BothEngines, OrderTextByItsBytesAndTellCapitalsApart) {
    for (const char* name : {"b", "B", "ä", "a", "A"}) ASSERT_TRUE(execute("insert into people (name) values (:name)", {{"name", name}}));
    const auto names = database().read([&](db::Connection& c) {
        return c.query<std::string>("select name from people order by name", {}, [](const Row& row) { return row.text("name"); });
    });
    ASSERT_TRUE(names);
    EXPECT_EQ(*names, (std::vector<std::string>{"A", "B", "a", "b", "ä"}));
    EXPECT_EQ(number("select count(*) as n from people where name like :like", {{"like", "b%"}}), 1);
}

struct Mistake {
    const char* sql;
    Failure failure;
    base::ErrorKind kind;
};
TEST_P(BothEngines, NameFailuresAlike) {
    ASSERT_TRUE(execute("insert into people (id, name) values (1, 'Ada')"));
    ASSERT_TRUE(execute("insert into letters (person_id, text) values (1, 'x')"));
    const Mistake mistakes[] = {
        {"insert into people (name) values ('Ada')", Failure::unique, base::ErrorKind::conflict},
        {"insert into people (id, name) values (1, 'Eva')", Failure::unique, base::ErrorKind::conflict},
        {"insert into letters (person_id, text) values (77, 'x')", Failure::foreign_key, base::ErrorKind::conflict},
        {"delete from people", Failure::foreign_key, base::ErrorKind::conflict},
        {"insert into people (name, cents) values ('Eva', -1)", Failure::check, base::ErrorKind::internal},
        {"insert into people (name) values (null)", Failure::not_null, base::ErrorKind::internal},
        {"insert into people (nothing) values (1)", Failure::other, base::ErrorKind::internal},
        {"insert into people (name, cents) values ('Eva', 'many')", Failure::other, base::ErrorKind::internal},
        {"selekt 1", Failure::other, base::ErrorKind::internal},
    };
    for (const auto& mistake : mistakes) {
        const auto done = execute(mistake.sql);
        ASSERT_FALSE(done) << mistake.sql;
        EXPECT_EQ(db::failure_of(done.error()), mistake.failure) << mistake.sql << ": " << done.error().detail;
        EXPECT_EQ(done.error().kind, mistake.kind) << mistake.sql;
    }
    EXPECT_EQ(people(), 1);
    const auto written = database().read([](db::Connection& c) { return c.execute("delete from letters"); });
    ASSERT_FALSE(written);
    EXPECT_EQ(db::failure_of(written.error()), Failure::read_only);
}

TEST_P(BothEngines, KeepValuesOutOfTheirErrors) {
    const auto done = database().write([&](db::Connection& c) -> base::Result<void> {
        TRY_VOID(c.execute("insert into people (name) values (:name)", {{"name", "Secretname"}}));
        TRY_VOID(c.execute("insert into people (name) values (:name)", {{"name", "Secretname"}}));
        return {};
    });
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().detail.find("Secretname"), std::string::npos) << done.error().detail;
}

TEST_P(BothEngines, WantEveryParameterOnce) {
    const std::string_view sql = "select count(*) as n from people where name = :name";
    for (const db::Parameters& wrong :
         {db::Parameters{}, db::Parameters{{"name", "a"}, {"other", 1}}, db::Parameters{{"name", "a"}, {"name", "b"}}}) {
        const auto done = execute(sql, wrong);
        ASSERT_FALSE(done);
        EXPECT_EQ(db::failure_of(done.error()), Failure::other);
    }
    for (const std::string& wrong : {std::string("a\0b", 3), std::string("\xff"), std::string("\xc0\x80"), std::string("\xed\xa0\x80")}) {
        const auto done = execute("insert into people (name) values (:name)", {{"name", wrong}});
        ASSERT_FALSE(done);
        EXPECT_EQ(done.error().kind, base::ErrorKind::invalid_input);
    }
    EXPECT_EQ(people(), 0);
}

// A colon inside a literal, a quoted name or a comment is no parameter, and one parameter may stand in many places.
TEST_P(BothEngines, FindParametersOnlyWhereTheyAre) {
    const auto read = database().read([&](db::Connection& c) {
        return c.query_one<std::string>("select ':a' || :a || ':b''c:d' || :a as \"x:y\" -- :nobody\n /* :neither */ where :a <> '::'", {{"a", "1"}},
                                        [](const Row& row) { return row.text("x:y"); });
    });
    ASSERT_TRUE(read) << base::describe(read.error());
    EXPECT_EQ(**read, ":a1:b'c:d1");
}

TEST_P(BothEngines, CountWhatAChangeTouched) {
    EXPECT_EQ(*execute("insert into people (name) values ('a'), ('b'), ('c')"), 3);
    EXPECT_EQ(*execute("update people set cents = 1 where name <> :name", {{"name", "a"}}), 2);
    EXPECT_EQ(*execute("update people set cents = 1 where name = 'nobody'"), 0);
    EXPECT_EQ(*execute("select * from people"), 0);
    EXPECT_EQ(*execute("delete from people"), 3);
}

TEST_P(BothEngines, UndoEverythingWhenTheWorkFails) {
    const auto done = database().write([&](db::Connection& c) -> base::Result<int> {
        TRY_VOID(c.execute("insert into people (name) values ('a')"));
        return base::error(base::ErrorKind::forbidden, "changed my mind");
    });
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().kind, base::ErrorKind::forbidden);
    EXPECT_EQ(people(), 0);
    EXPECT_THROW(static_cast<void>(database().write([&](db::Connection& c) -> base::Result<int> {
                     EXPECT_TRUE(c.execute("insert into people (name) values ('a')"));
                     throw std::runtime_error("not foreseen");
                 })),
                 std::runtime_error);
    EXPECT_EQ(people(), 0);
}

// PostgreSQL ends a transaction at its first failure; SQLite would go on, and a store would behave differently on the two.
TEST_P(BothEngines, TakeNothingMoreAfterAFailure) {
    const auto done = database().write([&](db::Connection& c) -> base::Result<void> {
        TRY_VOID(c.execute("insert into people (name) values ('a')"));
        EXPECT_FALSE(c.execute("insert into people (name) values ('a')"));
        const auto after = c.execute("insert into people (name) values ('b')");
        EXPECT_FALSE(after);
        EXPECT_EQ(db::failure_of(after.error()), Failure::unique);
        return {};  // swallowing the failure does not commit
    });
    ASSERT_FALSE(done);
    EXPECT_EQ(db::failure_of(done.error()), Failure::unique);
    EXPECT_EQ(people(), 0);
}

TEST_P(BothEngines, GoOnAfterASavepointThatFailed) {
    const auto done = database().write([&](db::Connection& c) -> base::Result<void> {
        TRY_VOID(c.execute("insert into people (name) values ('a')"));
        const auto inner = c.savepoint([&]() -> base::Result<void> {
            TRY_VOID(c.execute("insert into people (name) values ('b')"));
            TRY_VOID(c.savepoint([&]() -> base::Result<void> { return c.execute("insert into people (name) values ('c')").map([](auto) {}); }));
            return c.execute("insert into people (name) values ('a')").map([](auto) {});
        });
        EXPECT_EQ(db::failure_of(inner.error()), Failure::unique);
        return c.savepoint([&]() -> base::Result<void> { return c.execute("insert into people (name) values ('d')").map([](auto) {}); });
    });
    ASSERT_TRUE(done) << base::describe(done.error());
    EXPECT_EQ(number("select count(*) as n from people where name in ('a', 'd')"), 2);
    EXPECT_EQ(people(), 2);
}

TEST_P(BothEngines, RunStatementsWhileReadingAnAnswer) {
    for (int i = 0; i < 300; ++i)
        ASSERT_TRUE(execute("insert into people (name, cents) values (:name, :cents)", {{"name", std::to_string(i)}, {"cents", i}}));
    std::int64_t seen = 0;
    const auto done = database().write([&](db::Connection& c) -> base::Result<void> {
        seen = 0;
        return c.for_each("select id, cents from people order by cents", {}, [&](const Row& row) {
            EXPECT_EQ(row.int64("cents"), seen++);
            // The same text as the outer statement, too: it needs an instance of its own.
            EXPECT_TRUE(c.query<int>("select id, cents from people order by cents", {}, [](const Row&) { return 1; }));
            if (seen % 100 == 0) { EXPECT_TRUE(c.execute("insert into letters (person_id, text) values (:id, 'x')", {{"id", row.int64("id")}})); }
        });
    });
    ASSERT_TRUE(done) << base::describe(done.error());
    EXPECT_EQ(seen, 300);
    EXPECT_EQ(number("select count(*) as n from letters"), 3);
}

// A read sees one state, whatever is written meanwhile; a read inside it joins it.
TEST_P(BothEngines, ReadOneState) {
    ASSERT_TRUE(execute("insert into people (name) values ('a')"));
    const auto done = database().read([&](db::Connection& c) -> base::Result<void> {
        const auto count = [&](db::Connection& on) {
            return **on.query_one<std::int64_t>("select count(*) as n from people", {}, [](const Row& row) { return row.int64("n"); });
        };
        EXPECT_EQ(count(c), 1);
        std::thread([&] { EXPECT_TRUE(execute("insert into people (name) values ('b')")); }).join();
        EXPECT_EQ(count(c), 1);
        EXPECT_EQ(people(), 1);
        return {};
    });
    ASSERT_TRUE(done);
    EXPECT_EQ(people(), 2);
}

TEST_P(BothEngines, RefuseAWriteInsideAWrite) {
    const auto done = database().write([&](db::Connection& c) -> base::Result<void> {
        TRY_VOID(c.execute("insert into people (name) values ('a')"));
        EXPECT_EQ(people(), 1);  // a read joins the transaction and sees what it wrote
        EXPECT_FALSE(execute("insert into people (name) values ('b')"));
        return {};
    });
    ASSERT_TRUE(done);
    EXPECT_EQ(people(), 1);
}

TEST_P(BothEngines, OpenForReadingOnly) {
    ASSERT_TRUE(execute("insert into people (name) values ('a')"));
    const auto reader = db::testing::open_or_fail(where(), {.read_only = true});
    ASSERT_TRUE(reader);
    const auto written = reader->write([](db::Connection& c) { return c.execute("delete from people"); });
    ASSERT_FALSE(written);
    EXPECT_EQ(db::failure_of(written.error()), Failure::read_only);
    const auto names = reader->read(
        [](db::Connection& c) { return c.query<std::string>("select name from people", {}, [](const Row& row) { return row.text("name"); }); });
    ASSERT_TRUE(names);
    EXPECT_EQ(names->size(), 1u);
}

TEST_P(BothEngines, NeverGiveAnIdTwice) {
    const auto insert = [&] {
        return database().write([](db::Connection& c) { return c.insert<PersonId>("insert into people (name) values ('a') returning id", {}); });
    };
    const auto first = insert();
    ASSERT_TRUE(first);
    ASSERT_TRUE(execute("delete from people"));
    const auto second = insert();
    ASSERT_TRUE(second);
    EXPECT_GT(*second, *first);
}

// Every thread reads the number, thinks, and writes it one higher: not one step may be lost.
TEST_P(BothEngines, LetManyThreadsWriteInTurn) {
    ASSERT_TRUE(execute("insert into people (id, name, cents) values (1, 'counter', 0)"));
    constexpr int threads = 8, steps = 25;
    std::atomic<int> failed = 0;
    std::vector<std::jthread> workers;
    for (int t = 0; t < threads; ++t)
        workers.emplace_back([&] {
            for (int i = 0; i < steps; ++i) {
                const auto done = database().write([](db::Connection& c) -> base::Result<void> {
                    TRY(const auto now,
                        c.query_one<std::int64_t>("select cents from people where id = 1", {}, [](const Row& row) { return row.int64("cents"); }));
                    return c.execute("update people set cents = :cents where id = 1", {{"cents", *now + 1}}).map([](auto) {});
                });
                if (!done) ++failed;
                if (number("select cents as n from people where id = 1") < 1) ++failed;
            }
        });
    workers.clear();
    EXPECT_EQ(failed, 0);
    EXPECT_EQ(number("select cents as n from people where id = 1"), threads * steps);
}

TEST_P(BothEngines, SayWhenTheyAreBusy) {
    const auto impatient = db::testing::open_or_fail(where(), {.busy_timeout = std::chrono::milliseconds(50)});
    ASSERT_TRUE(impatient);
    ASSERT_TRUE(database().write([&](db::Connection& c) -> base::Result<void> {
        TRY_VOID(c.execute("insert into people (name) values ('a')"));
        const auto other = impatient->write([](db::Connection& c2) { return c2.execute("insert into people (name) values ('b')"); });
        EXPECT_FALSE(other);
        EXPECT_EQ(db::failure_of(other.error()), Failure::busy) << other.error().detail;
        EXPECT_EQ(other.error().kind, base::ErrorKind::unavailable);
        return {};
    }));
    EXPECT_EQ(people(), 1);
}

TEST(Sqlite, SaysWhatIsWrongWithAFile) {
    const db::testing::Place place(db::Engine::sqlite, db::testing::Place::Content::empty);
    const auto missing = db::open("/nowhere/at/all.db");
    ASSERT_FALSE(missing);
    EXPECT_EQ(db::failure_of(missing.error()), Failure::connection);
    FILE* file = std::fopen(place.where().c_str(), "w");
    std::fputs("This is a letter and no database at all, though it is long enough to have a header of a hundred bytes or more.", file);
    std::fclose(file);
    const auto wrong = db::open(place.where());
    ASSERT_FALSE(wrong);
    EXPECT_EQ(db::failure_of(wrong.error()), Failure::connection);
    EXPECT_NE(wrong.error().detail.find("not a database"), std::string::npos) << wrong.error().detail;
    EXPECT_FALSE(db::open(place.where() + ".none", {.read_only = true}));
}

TEST(Sqlite, KeepsItsFilesToItsUser) {
    const db::testing::Place place(db::Engine::sqlite, db::testing::Place::Content::empty);
    const auto database = db::testing::open_or_fail(place.where());
    ASSERT_TRUE(database);
    ASSERT_TRUE(database->write([](db::Connection& c) { return c.script("create table t (n integer)"); }));
    for (const char* suffix : {"", "-wal", "-shm"}) {
        const auto rights = std::filesystem::status(place.where() + suffix).permissions();
        EXPECT_EQ(rights & (std::filesystem::perms::group_all | std::filesystem::perms::others_all), std::filesystem::perms::none) << suffix;
    }
}

TEST(Postgres, SaysWhenNobodyAnswers) {
    const auto nobody = db::open("postgresql://postgres@/postgres?host=/nowhere");
    ASSERT_FALSE(nobody);
    EXPECT_EQ(db::failure_of(nobody.error()), Failure::connection);
}

// The server ends our sessions, as at a restart or a switch to another machine.
TEST(Postgres, ConnectsAgainAfterALostConnection) {
    const db::testing::Place place(db::Engine::postgres, db::testing::Place::Content::empty);
    const auto database = db::testing::open_or_fail(place.where());
    ASSERT_TRUE(database);
    const auto name = place.where().substr(0, place.where().find('?'));
    const auto cut = "select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + name.substr(name.rfind('/') + 1) + "'";
    ASSERT_TRUE(database->write([](db::Connection& c) { return c.script("create table t (n bigint)"); }));
    ASSERT_TRUE(db::testing::on_server(cut));
    // Idle: not even noticed.
    ASSERT_TRUE(database->write([](db::Connection& c) { return c.execute("insert into t values (1)"); }));
    // In the middle of a write: the work runs again.
    int runs = 0;
    const auto done = database->write([&](db::Connection& c) -> base::Result<void> {
        TRY_VOID(c.execute("insert into t values (2)"));
        if (++runs == 1) { EXPECT_TRUE(db::testing::on_server(cut)); }
        TRY_VOID(c.execute("insert into t values (3)"));
        return {};
    });
    ASSERT_TRUE(done) << base::describe(done.error());
    EXPECT_EQ(runs, 2);
    const auto count = database->read([](db::Connection& c) {
        return c.query_one<std::int64_t>("select count(*) as n from t", {}, [](const Row& row) { return row.int64("n"); });
    });
    ASSERT_TRUE(count);
    EXPECT_EQ(**count, 3);
    // In the middle of a read: an Error that says so, and the next one works.
    const auto read = database->read([&](db::Connection& c) -> base::Result<void> {
        EXPECT_TRUE(db::testing::on_server(cut));
        return c.execute("select 1").map([](auto) {});
    });
    ASSERT_FALSE(read);
    EXPECT_EQ(db::failure_of(read.error()), Failure::connection);
    EXPECT_TRUE(database->read([](db::Connection& c) { return c.execute("select 1"); }));
}

// A client that does not know our turns (an administrator in psql) can still make a write fail; then it is repeated.
TEST(Postgres, RepeatsAWriteThatMetAnother) {
    const db::testing::Place place(db::Engine::postgres, db::testing::Place::Content::empty);
    const auto database = db::testing::open_or_fail(place.where());
    ASSERT_TRUE(database);
    ASSERT_TRUE(database->write([](db::Connection& c) { return c.script("create table t (n bigint); insert into t values (1)"); }));
    const auto add = [&](int meetings, int& runs) {
        return database->write([&](db::Connection& c) -> base::Result<void> {
            TRY(const auto n, c.query_one<std::int64_t>("select n from t", {}, [](const Row& row) { return row.int64("n"); }));
            if (runs++ < meetings) { EXPECT_TRUE(db::testing::on_server("update t set n = n + 10", place.where())); }
            return c.execute("update t set n = :n", {{"n", *n + 1}}).map([](auto) {});
        });
    };
    int runs = 0;
    const auto done = add(2, runs);
    ASSERT_TRUE(done) << base::describe(done.error());
    EXPECT_EQ(runs, 3);
    runs = 0;
    const auto given_up = add(1000, runs);
    ASSERT_FALSE(given_up);
    EXPECT_EQ(db::failure_of(given_up.error()), Failure::serialisation);
    EXPECT_EQ(runs, 5);
}

}  // namespace
