// links: measures
// 50,000 measures with 500,000 status reports: the list with filter, sort and paging, board and timeline of 500, the gate, files out and in; and beside
// them the sqlite3 shell on the same file, the floor. CPU time; of the shell that of the child process.
//   ninja bench_measures && ./bench_measures
// MEASURES=5000 makes a smaller set; BENCH_DATABASE=postgresql://… uses that empty database (without the shell). The seed is fixed.
#include <atomic>
#include <filesystem>
#include <fstream>
#include <random>
#include <thread>

#include <benchmark/benchmark.h>
#include <sys/resource.h>
#include <unistd.h>

#include "measures/import_store.h"
#include "measures/list_export.h"
#include "measures/list_index.h"
#include "measures/pages.h"
#include "platform/base/root.h"
#include "platform/db/migrate.h"
#include "platform/db/statistics.h"

namespace {

using base::day;
using namespace measures;

template <class T>
auto demand(base::Result<T> done) {
    if (!done) {
        std::fprintf(stderr, "%s\n", base::describe(done.error()).c_str());
        std::exit(1);
    }
    if constexpr (!std::is_void_v<T>) return std::move(*done);
}

constexpr int offices = 100, reports_each = 10;
const base::Day today = day(2020, 9, 30);

Measure some_measure(int n, std::mt19937& chance) {
    static constexpr std::string_view what[] = {"Beratung", "Sprachkurs", "Merkblatt", "Begegnung", "Wohnung", "Ausbildung", "Schule", "Ehrenamt"};
    Measure m;
    m.title = {std::string(what[chance() % 8]) + " im Sozialraum " + std::to_string(n), ""};
    m.accountable = "office-" + std::to_string(n % offices);
    m.statements = {{"2018", "5.1-a"}};
    const auto begins = base::plus_days(day(2018, 1, 1), static_cast<int>(chance() % 900));
    m.schedule = {begins, base::plus_days(begins, 100 + static_cast<int>(chance() % 900)), Rhythm::none, {}};
    m.criterion = {CriterionKind::yes_or_no, {"Gibt es das?", ""}, {}};
    m.evidence_kind = "advice.answered";
    m.evidence_fixed_on = begins;
    m.published = true;
    Resource r;
    r.kind = ResourceKind::post_share;
    r.post_permille = 100;
    m.resources = {r};
    return m;
}

class Installation {
  public:
    Installation() {
        const char* wanted = std::getenv("MEASURES");
        count = wanted ? std::atoi(wanted) : 50'000;
        const char* address = std::getenv("BENCH_DATABASE");
        embedded = !address;
        database = demand(db::open(address ? std::string(address) : file.string()));
        demand(db::migrate(*database, std::filesystem::path(base::source_root()) / "migrations"));
        std::mt19937 chance(20181231);
        By by;
        by.today = today;
        by.now = base::berlin_start_of(today);
        demand(database->write([&](db::Connection& c) -> base::Result<bool> {
            for (int n = 0; n < offices; ++n)
                TRY_VOID(c.execute("insert into bearers (key, kind, name_de) values (:key, 'unit', :name)",
                                   {{"key", "office-" + std::to_string(n)}, {"name", "Fachgebiet " + std::to_string(n)}}));
            TRY_VOID(c.execute(
                "insert into plans (key, title_de, state, valid_from, valid_until, published, created_at) values ('2018', 'Konzept', 'adopted', :a, :b, :yes, :now)",
                {{"a", day(2018, 1, 1)}, {"b", day(2020, 12, 31)}, {"yes", true}, {"now", by.now}}));
            TRY_VOID(c.execute(
                "insert into clauses (plan_id, number, position, published, valid_from) select id, '5.1', 1, published, valid_from from plans"));
            TRY_VOID(c.execute(
                "insert into statements (clause_id, key, position, quote_de, modality) select id, '5.1-a', 1, 'Der Landkreis berät.', 'obligation' from clauses"));
            std::vector<Measure> all;
            for (int n = 0; n < count; ++n) all.push_back(some_measure(n, chance));
            TRY_VOID(create_all(c, std::move(all), by));
            // Straight into the tables: years of work, not what is measured.
            TRY_VOID(c.execute("update measures set state = 'under_way' where id % 3 = 0"));
            TRY_VOID(c.execute("update measures set state = 'agreed' where id % 3 = 1"));
            TRY_VOID(c.execute("update measure_terms set state = (select m.state from measures m where m.id = measure_id)"));
            TRY_VOID(count_anew(c));
            for (int n = 0; n < reports_each; ++n)
                TRY_VOID(c.execute(
                    "insert into measure_reports (measure_id, given_on, entered_on, text, assessment, published) select id, :on, :on, :text, 'on_track', published from measures",
                    {{"on", base::plus_days(day(2018, 6, 30), n * 80)}, {"text", "Der Stand im Abschnitt " + std::to_string(n) + "."}}));
            return true;
        }));
        demand(database->write([](db::Connection& c) -> base::Result<bool> {
            TRY_VOID(db::refresh_statistics(c));
            return true;
        }));
        site = demand(web::Site::open({.settings = {}, .clock = base::Clock(today)}));
        mount(router, *site, *database, {});
    }
    ~Installation() {
        router = {};
        database.reset();
        for (const char* tail : {"", "-wal", "-shm"}) std::filesystem::remove(file.string() + tail);
    }
    http::Response get(const std::string& target) {
        http::Request request;
        request.target = target;
        const auto question = target.find('?');
        request.path = target.substr(0, question);
        for (std::string rest = question == std::string::npos ? "" : target.substr(question + 1); !rest.empty();) {
            const auto end = std::min(rest.find('&'), rest.size());
            const auto equals = rest.find('=');
            request.query.add(rest.substr(0, equals), rest.substr(equals + 1, end - equals - 1));
            rest.erase(0, end + 1);
        }
        auto response = router.route(request);
        if (response.status != 200) {
            std::fprintf(stderr, "%s answers %d\n", target.c_str(), response.status);
            std::exit(1);
        }
        return response;
    }

    std::filesystem::path file = std::filesystem::temp_directory_path() / ("measures_bench_" + std::to_string(::getpid()) + ".db");
    int count = 0;
    bool embedded = true;
    std::unique_ptr<db::Database> database;
    std::unique_ptr<web::Site> site;
    http::Router router;
};
Installation& installation() {
    static Installation i;
    return i;
}

void page(benchmark::State& state, const char* target) {
    auto& i = installation();
    for (auto _ : state) benchmark::DoNotOptimize(i.get(target));
}
BENCHMARK_CAPTURE(page, list, "/massnahmen")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(page, list_filtered, "/massnahmen?zustand=under_way&stelle=office-7")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(page, list_by_state_sorted_by_end, "/massnahmen?zustand=agreed&sortierung=ende&richtung=ab")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(page, list_by_words, "/massnahmen?suche=beratung")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(page, list_by_words_page_100, "/massnahmen?suche=beratung&seite=100")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(page, list_by_a_word_of_all, "/massnahmen?suche=sozialraum&seite=2")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(page, list_by_two_words_and_office, "/massnahmen?suche=sozialraum beratung&stelle=office-7&sortierung=ende")
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(page, list_by_clause_and_state, "/massnahmen?ziffer=5.1&konzept=2018&zustand=agreed&sortierung=titel")
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(page, list_overdue_page_100, "/massnahmen?ueberfaellig=ja&sortierung=ende&richtung=ab&seite=100")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(page, list_sorted_by_title_page_1000, "/massnahmen?sortierung=titel&seite=1000")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(page, list_last_page, "/massnahmen?seite=2000")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(page, board_of_500, "/massnahmen/tafel?stelle=office-7")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(page, timeline_of_500, "/massnahmen/zeitplan?stelle=office-7&zeitraum=2019")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(page, what_changed, "/massnahmen/aenderungen?seit=01.06.2020")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(page, one_measure, "/massnahmen/M-2018-100")->Unit(benchmark::kMillisecond);

void gate(benchmark::State& state) {
    auto& i = installation();
    const auto world = demand(i.database->read([](db::Connection& c) { return read_world(c, today); }));
    const auto dossier = demand(i.database->read([](db::Connection& c) { return find(c, "M-2018-100"); }));
    for (auto _ : state) benchmark::DoNotOptimize(judge(dossier.measure, world.around(dossier.deliveries)));
}
BENCHMARK(gate)->Unit(benchmark::kMicrosecond);

void export_all(benchmark::State& state, sheets::Format format) {
    auto& i = installation();
    for (auto _ : state) {
        std::size_t bytes = 0, progress = 0;
        const auto sink = [&](std::string_view piece) -> base::Result<void> {
            bytes += piece.size();
            return {};
        };
        demand(i.database->read([&](db::Connection& c) -> base::Result<void> {
            TRY(const auto writer, sheets::writer(format, sink, "Maßnahmen", export_columns(Audience::internal)));
            return export_list(c, {}, Audience::internal, *writer, [&](std::size_t done) -> base::Result<void> {
                progress = done;
                return {};
            });
        }));
        if (progress != static_cast<std::size_t>(i.count)) state.SkipWithError("not all were written");
        state.counters["MB"] = static_cast<double>(bytes) / 1e6;
    }
}
BENCHMARK_CAPTURE(export_all, xlsx, sheets::Format::xlsx)->Unit(benchmark::kMillisecond)->Iterations(2);
BENCHMARK_CAPTURE(export_all, csv, sheets::Format::csv)->Unit(benchmark::kMillisecond)->Iterations(2);

// The list page while another thread writes everything to XLSX: the clock, as a visitor sees it.
void list_while_everything_is_exported(benchmark::State& state) {
    auto& i = installation();
    std::atomic<bool> stop{false};
    std::jthread writing([&] {
        while (!stop) {
            const auto sink = [](std::string_view) -> base::Result<void> { return {}; };
            (void)i.database->read([&](db::Connection& c) -> base::Result<void> {
                TRY(const auto writer, sheets::xlsx_writer(sink, "Maßnahmen", export_columns(Audience::internal)));
                return export_list(c, {}, Audience::internal, *writer, [&](std::size_t) -> base::Result<void> {
                    if (stop) return base::error(base::ErrorKind::unavailable, "enough");
                    return {};
                });
            });
        }
    });
    for (auto _ : state) benchmark::DoNotOptimize(i.get("/massnahmen"));
    stop = true;
}
BENCHMARK(list_while_everything_is_exported)->Unit(benchmark::kMillisecond)->UseRealTime()->Iterations(200);

void import_10000(benchmark::State& state) {
    auto& i = installation();
    std::string file = "Titel;Verantwortlich;Beginn;Ende;Aussagen\r\n";
    for (int n = 0; n < 10'000; ++n)
        file += "Neue Beratung " + std::to_string(n) + ";Fachgebiet " + std::to_string(n % offices) + ";01.01.2020;31.12.2020;2018:5.1-a\r\n";
    By by;
    by.today = today;
    by.now = base::berlin_start_of(today);
    by.actor.account = identity::AccountId{1};
    for (auto _ : state) {
        const auto done = i.database->write([&](db::Connection& c) -> base::Result<Imported> {
            TRY(const auto id, keep_upload(c, "liste.csv", file, by));
            TRY(const auto upload, find_upload(c, id, by));
            TRY(const auto imported, take_over(c, upload, Doubles::take_over, by));
            state.counters["created"] = static_cast<double>(imported.created);
            // Taken back, so that the other figures are of the same set.
            return base::error(base::ErrorKind::unavailable, "rolled back");
        });
        if (done || done.error().detail != "rolled back") state.SkipWithError(done ? "kept" : base::describe(done.error()).c_str());
    }
}
BENCHMARK(import_10000)->Unit(benchmark::kMillisecond)->Iterations(1);

// The floor: the shell of SQLite reads the same rows of the same file. Its start is counted once for all repetitions.
void shell(benchmark::State& state, const char* mode, const char* sql, int repetitions) {
    auto& i = installation();
    if (!i.embedded) return state.SkipWithError("only beside SQLite");
    const auto script = i.file.string() + ".sql";
    {
        std::ofstream out(script);
        out << ".mode " << mode << "\n";
        for (int n = 0; n < repetitions; ++n) out << sql << ";\n";
    }
    const auto command = "sqlite3 -readonly " + i.file.string() + " < " + script + " > /dev/null";
    const auto spent = [] {
        rusage usage{};
        ::getrusage(RUSAGE_CHILDREN, &usage);
        return static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
               static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
    };
    for (auto _ : state) {
        const auto before = spent();
        if (std::system(command.c_str()) != 0) state.SkipWithError("no sqlite3 shell");
        state.SetIterationTime((spent() - before) / repetitions);
    }
    std::filesystem::remove(script);
}
#define COLUMNS "key, title_de, accountable, ends_on, state"
BENCHMARK_CAPTURE(shell, list, "list", "select count(*) from measures; select " COLUMNS " from measures order by key limit 25", 50)
    ->Unit(benchmark::kMillisecond)
    ->UseManualTime()
    ->Iterations(3);
BENCHMARK_CAPTURE(shell, list_filtered, "list",
                  "select count(*) from measures where state = 'under_way' and accountable = 'office-7'; select " COLUMNS
                  " from measures where state = 'under_way' and accountable = 'office-7' order by key limit 25",
                  50)
    ->Unit(benchmark::kMillisecond)
    ->UseManualTime()
    ->Iterations(3);
BENCHMARK_CAPTURE(shell, csv_of_all, "csv", "select * from measures order by key", 1)->Unit(benchmark::kMillisecond)->UseManualTime()->Iterations(3);

}  // namespace

BENCHMARK_MAIN();
