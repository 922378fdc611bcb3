// What the database layer costs beside the raw C API of SQLite: the same statements, the same file settings.
//     ninja -C build/release bench_db && build/release/bench_db
// The figures of ADR 0003 are made with it.
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include <benchmark/benchmark.h>
#include <sqlite3.h>

#include "platform/audit/api.h"
#include "platform/base/root.h"
#include "platform/db/db.h"
#include "platform/db/migrate.h"

namespace {

namespace fs = std::filesystem;

constexpr const char* tables =
    "create table clauses (id integer primary key, number text not null, heading text not null) strict;"
    "create table duties (id integer primary key, clause_id integer not null references clauses (id), title text not null, due_on text not null) strict;"
    "create index duties_by_clause on duties (clause_id);"
    "create table notes (id integer primary key, text text not null) strict";
constexpr const char* join =
    "select d.id, d.title, d.due_on, c.number, c.heading from duties d join clauses c on c.id = d.clause_id where d.due_on >= :day order by d.id limit 50";
constexpr const char* raw_join =
    "select d.id, d.title, d.due_on, c.number, c.heading from duties d join clauses c on c.id = d.clause_id where d.due_on >= ?1 order by d.id limit 50";

// One file for all, filled with the same rows for both ways.
const std::string& file() {
    static const std::string path = [] {
        const auto folder = fs::temp_directory_path() / ("miteinander_bench_" + std::to_string(::getpid()));
        fs::create_directories(folder);
        std::atexit([] { fs::remove_all(fs::temp_directory_path() / ("miteinander_bench_" + std::to_string(::getpid()))); });
        const auto where = (folder / "bench.db").string();
        auto database = *db::open(where);
        const auto done = database->write([](db::Connection& c) -> base::Result<void> {
            TRY_VOID(c.script(tables));
            for (int i = 1; i <= 200; ++i)
                TRY_VOID(
                    c.execute("insert into clauses values (:id, :number, 'A heading of some length')", {{"id", i}, {"number", std::to_string(i)}}));
            for (int i = 1; i <= 2000; ++i)
                TRY_VOID(c.execute("insert into duties values (:id, :clause, 'A title as long as titles are', :day)",
                                   {{"id", i}, {"clause", 1 + i % 200}, {"day", base::plus_days(base::day(2018, 1, 1), i)}}));
            return {};
        });
        if (!done) std::abort();
        return where;
    }();
    return path;
}

void JoinOf50RowsRaw(benchmark::State& state) {
    sqlite3* handle = nullptr;
    sqlite3_open_v2(file().c_str(), &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
    sqlite3_stmt *statement = nullptr, *begin = nullptr, *commit = nullptr;
    sqlite3_prepare_v2(handle, raw_join, -1, &statement, nullptr);
    sqlite3_prepare_v2(handle, "begin", -1, &begin, nullptr);
    sqlite3_prepare_v2(handle, "commit", -1, &commit, nullptr);
    for (auto _ : state) {
        sqlite3_step(begin);
        sqlite3_reset(begin);
        sqlite3_bind_text(statement, 1, "2018-03-01", -1, SQLITE_STATIC);
        std::size_t size = 0;
        while (sqlite3_step(statement) == SQLITE_ROW) {
            const auto id = sqlite3_column_int64(statement, 0);
            const std::string title(reinterpret_cast<const char*>(sqlite3_column_text(statement, 1))),
                day(reinterpret_cast<const char*>(sqlite3_column_text(statement, 2))),
                number(reinterpret_cast<const char*>(sqlite3_column_text(statement, 3))),
                heading(reinterpret_cast<const char*>(sqlite3_column_text(statement, 4)));
            size += static_cast<std::size_t>(id) + title.size() + day.size() + number.size() + heading.size();
        }
        benchmark::DoNotOptimize(size);
        sqlite3_reset(statement);
        sqlite3_step(commit);
        sqlite3_reset(commit);
    }
    for (auto* each : {statement, begin, commit}) sqlite3_finalize(each);
    sqlite3_close(handle);
}
BENCHMARK(JoinOf50RowsRaw);

void JoinOf50Rows(benchmark::State& state) {
    const auto database = *db::open(file());
    for (auto _ : state) {
        std::size_t size = 0;
        const auto done = database->read([&](db::Connection& c) {
            return c.for_each(join, {{"day", base::day(2018, 3, 1)}}, [&](const db::Row& row) {
                size += static_cast<std::size_t>(row.int64("id")) + row.text("title").size() +
                        static_cast<std::size_t>(base::year_of(row.day("due_on"))) + row.text("number").size() + row.text("heading").size();
            });
        });
        if (!done) state.SkipWithError("failed");
        benchmark::DoNotOptimize(size);
    }
}
BENCHMARK(JoinOf50Rows);

void CommitOfOneRowRaw(benchmark::State& state) {
    sqlite3* handle = nullptr;
    sqlite3_open_v2(file().c_str(), &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
    sqlite3_exec(handle, "pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on", nullptr, nullptr, nullptr);
    sqlite3_stmt *statement = nullptr, *begin = nullptr, *commit = nullptr;
    sqlite3_prepare_v2(handle, "insert into notes (text) values (?1)", -1, &statement, nullptr);
    sqlite3_prepare_v2(handle, "begin immediate", -1, &begin, nullptr);
    sqlite3_prepare_v2(handle, "commit", -1, &commit, nullptr);
    for (auto _ : state) {
        for (auto* each : {begin, statement, commit}) {
            if (each == statement) sqlite3_bind_text(statement, 1, "A note", -1, SQLITE_STATIC);
            if (sqlite3_step(each) != SQLITE_DONE) state.SkipWithError("failed");
            sqlite3_reset(each);
        }
    }
    for (auto* each : {statement, begin, commit}) sqlite3_finalize(each);
    sqlite3_close(handle);
}
BENCHMARK(CommitOfOneRowRaw)->UseRealTime();

void CommitOfOneRow(benchmark::State& state) {
    const auto database = *db::open(file());
    for (auto _ : state)
        if (!database->write([](db::Connection& c) { return c.execute("insert into notes (text) values (:text)", {{"text", "A note"}}); }))
            state.SkipWithError("failed");
}
BENCHMARK(CommitOfOneRow)->UseRealTime();

// A change with its audit entry: what nearly every write of the program is.
void CommitOfOneRowWithItsAuditEntry(benchmark::State& state) {
    const auto where = file() + ".audited";
    const auto database = *db::open(where);
    const auto ready = db::migrate(*database, fs::path(base::source_root()) / "migrations");
    const auto made = database->write(
        [](db::Connection& c) { return c.script("create table if not exists notes (id integer primary key, text text not null) strict"); });
    if (!ready || !made) return state.SkipWithError("not migrated");
    const auto at = *base::parse_iso_instant("2020-09-30T10:00:00Z");
    for (auto _ : state) {
        const auto done = database->write([&](db::Connection& c) -> base::Result<void> {
            TRY_VOID(c.execute("insert into notes (text) values (:text)", {{"text", "A note"}}));
            TRY_VOID(audit::record(
                c, {.by = {}, .at = at, .subject = "bench.note", .record = "1", .action = "create", .before = {}, .after = {{"text", "A note"}}}));
            return {};
        });
        if (!done) state.SkipWithError("failed");
    }
}
BENCHMARK(CommitOfOneRowWithItsAuditEntry)->UseRealTime();

}  // namespace

BENCHMARK_MAIN();
