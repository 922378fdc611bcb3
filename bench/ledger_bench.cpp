// A ledger of a million records over twenty years: judging one year, all of it cold, the roll-ups anew, a new record, and the page after it.
//   ninja bench_ledger && ./bench_ledger --benchmark_out=ledger.json --benchmark_out_format=json
// RECORDS=100000 in the environment makes a smaller ledger. The seed is fixed.
#include <filesystem>
#include <random>

#include <benchmark/benchmark.h>
#include <unistd.h>

#include "duties/rollups.h"
#include "platform/base/root.h"
#include "platform/db/migrate.h"

namespace {

using base::day;
constexpr int duty_count = 60;
constexpr int years = 20;

duties::Duty some_duty(int n) {
    duties::Duty d;
    d.key = "duty-" + std::to_string(n);
    d.plan = "plan";
    d.clause = std::to_string(1 + n / 10) + "." + std::to_string(n % 10);
    d.title = {"Pflicht", ""};
    d.bearer = "unit";
    d.valid_from = day(2001, 1, 1);
    d.published = true;
    auto& r = d.rule;
    r.evidence = "bench.kind_" + std::to_string(n);
    switch (n % 6) {
        case 0: r.period = duties::Period::year; break;
        case 1: r.period = duties::Period::half_year; break;
        case 2: r.period = duties::Period::quarter; break;
        case 3: r.period = duties::Period::month; break;
        case 4:
            r.period = duties::Period::year;
            r.aggregate = duties::Aggregate::sum;
            r.threshold = duties::Quantity::of(12);
            break;
        default: r.period = duties::Period::standing; r.fresh_days = 180;
    }
    return d;
}

struct Installation {
    std::filesystem::path file = std::filesystem::temp_directory_path() / ("ledger_bench_" + std::to_string(::getpid()) + ".db");
    std::unique_ptr<db::Database> database;

    Installation() {
        reopen();
        demand(db::migrate(*database, std::filesystem::path(base::source_root()) / "migrations"));
        const char* wanted = std::getenv("RECORDS");
        const int records = wanted ? std::atoi(wanted) : 1'000'000;
        std::mt19937 chance(20181231);
        demand(database->write([&](db::Connection& c) -> base::Result<bool> {
            for (int n = 0; n < duty_count; ++n) { TRY_VOID(duties::save_duty(c, some_duty(n), false, {})); }
            // Straight into the table: a day's work, not what is measured.
            for (int i = 0; i < records; ++i) {
                const base::Day on = base::plus_days(day(2001, 1, 1), static_cast<int>(chance() % (years * 365)));
                TRY_VOID(
                    c.execute("insert into evidence (key, kind, subject, occurred_on, quantity, recorded_on, recorded_at, published) "
                              "values (:key, :kind, :subject, :on, :quantity, :on, :at, :yes)",
                              {{"key", "r" + std::to_string(i)},
                               {"kind", "bench.kind_" + std::to_string(chance() % duty_count)},
                               {"subject", "s" + std::to_string(chance() % 50)},
                               {"on", on},
                               {"quantity", static_cast<std::int64_t>(chance() % 5000)},
                               {"at", base::berlin_start_of(on)},
                               {"yes", true}}));
            }
            TRY_VOID(duties::rebuild_rollups(c));
            return true;
        }));
    }
    ~Installation() {
        database.reset();
        for (const char* tail : {"", "-wal", "-shm"}) std::filesystem::remove(file.string() + tail);
    }
    void reopen() {
        database.reset();
        auto opened = db::open(file.string());
        demand(opened);
        database = std::move(*opened);
    }
    template <class R>
    static void demand(const R& result) {
        if (result) return;
        fprintf(stderr, "%s\n", base::describe(result.error()).c_str());
        std::abort();
    }
    // A page that shows how everything stands, and what changed within a month.
    std::size_t judge_page(base::Day as_of) {
        const auto n = database->read([&](db::Connection& c) -> base::Result<std::size_t> {
            TRY(const auto now, duties::judge_all(c, {.as_of = as_of, .published_only = true, .which = duties::Which::current}));
            TRY(const auto then, duties::states_on(c, now, base::plus_days(as_of, -31), {}));
            return now.judged.size() + then.size();
        });
        demand(n);
        return *n;
    }
    std::size_t judge(base::Day as_of, const std::string& duty = "") {
        const auto j =
            database->read([&](db::Connection& c) { return duties::judge_all(c, {.duty = duty, .as_of = as_of, .published_only = true}); });
        demand(j);
        std::size_t n = 0;
        for (const auto& judged : j->judged) n += judged.occurrences.size();
        return n;
    }
};

Installation& installation() {
    static Installation one;
    return one;
}

void judge_all_years_cold(benchmark::State& state) {
    auto& i = installation();
    for (auto _ : state) {
        i.reopen();
        benchmark::DoNotOptimize(i.judge(day(2021, 1, 1)));
    }
}
BENCHMARK(judge_all_years_cold)->Unit(benchmark::kMillisecond);

void judge_one_duty(benchmark::State& state) {
    auto& i = installation();
    for (auto _ : state) benchmark::DoNotOptimize(i.judge(day(2021, 1, 1), "duty-0"));
}
BENCHMARK(judge_one_duty)->Unit(benchmark::kMillisecond);

void rebuild_all_rollups(benchmark::State& state) {
    auto& i = installation();
    for (auto _ : state) Installation::demand(i.database->write([](db::Connection& c) { return duties::rebuild_rollups(c); }));
}
BENCHMARK(rebuild_all_rollups)->Unit(benchmark::kMillisecond)->Iterations(2);

void judge_one_year(benchmark::State& state) {
    auto& i = installation();
    for (auto _ : state) {
        const auto j = i.database->read([](db::Connection& c) {
            return duties::judge_all(c, {.as_of = day(2014, 12, 31), .published_only = true, .which = duties::Which::current});
        });
        Installation::demand(j);
        benchmark::DoNotOptimize(j->judged.size());
    }
}
BENCHMARK(judge_one_year)->Unit(benchmark::kMillisecond);

void page_of_a_past_year(benchmark::State& state) {
    auto& i = installation();
    for (auto _ : state) benchmark::DoNotOptimize(i.judge_page(day(2014, 12, 31)));
}
BENCHMARK(page_of_a_past_year)->Unit(benchmark::kMillisecond);

void listen() {
    evidence::forget_listeners();
    duties::keep_rollups();
}

// One of every sixth kind, so that every kind of period is touched.
void record_one(Installation& i, int n) {
    evidence::Entry e;
    e.record.kind = "bench.kind_" + std::to_string(n % duty_count);
    e.record.occurred_on = base::plus_days(day(2020, 12, 1), n % 30);
    Installation::demand(i.database->write([&](db::Connection& c) { return evidence::record(c, e, {}); }));
}

void page_after_a_new_record(benchmark::State& state) {
    auto& i = installation();
    listen();
    int n = 0;
    for (auto _ : state) {
        state.PauseTiming();
        record_one(i, n++);
        state.ResumeTiming();
        benchmark::DoNotOptimize(i.judge_page(day(2021, 1, 1)));
    }
}
BENCHMARK(page_after_a_new_record)->Unit(benchmark::kMillisecond)->Iterations(60);

// The audit entry, the roll-ups of the periods it touches, and the commit.
void record_a_new_entry(benchmark::State& state) {
    auto& i = installation();
    listen();
    int n = 0;
    for (auto _ : state) record_one(i, n++);
}
BENCHMARK(record_a_new_entry)->Unit(benchmark::kMillisecond)->Iterations(60);

void judge_everything_after_a_new_record(benchmark::State& state) {
    auto& i = installation();
    listen();
    int n = 0;
    for (auto _ : state) {
        state.PauseTiming();
        record_one(i, n++);
        state.ResumeTiming();
        benchmark::DoNotOptimize(i.judge(day(2021, 1, 1)));
    }
}
BENCHMARK(judge_everything_after_a_new_record)->Unit(benchmark::kMillisecond)->Iterations(12);

}  // namespace

BENCHMARK_MAIN();
