// links: organisations
// 10,000 organisations and 50,000 contacts: one page of the list with filter and search, as CPU time. With MITEINANDER_BENCH_POSTGRES in the environment
// on PostgreSQL, where the CPU time of the server is not in the figure: there the time that passed is what counts.
#include <benchmark/benchmark.h>

#include <filesystem>

#include <fmt/format.h>

#include "organisations/pages.h"
#include "platform/base/root.h"
#include "platform/db/migrate.h"

namespace {

constexpr int many_organisations = 10'000, contacts_each = 5;

struct District {
    std::filesystem::path folder = std::filesystem::temp_directory_path() / fmt::format("miteinander-network-bench-{}", ::getpid());
    std::unique_ptr<db::Database> database;
    std::unique_ptr<web::Site> site;
    http::Router router;

    District() {
        std::filesystem::create_directories(folder);
        // An empty database somebody made for this: postgresql://…/bench. Without it, SQLite.
        const char* postgres = std::getenv("MITEINANDER_BENCH_POSTGRES");
        database = std::move(db::open(postgres ? std::string(postgres) : (folder / "bench.db").string()).value());
        if (auto done = db::migrate(*database, std::filesystem::path(base::source_root()) / "migrations"); !done) std::abort();
        static constexpr const char* kinds[] = {"provider", "association", "company", "school", "unit"};
        static constexpr const char* words[] = {"Sprache", "Jugend", "Familie", "Sport", "Wohnen", "Arbeit", "Kultur", "Bildung"};
        const auto filled = database->write([&](db::Connection& c) -> base::Result<void> {
            const organisations::By by{{}, base::berlin_start_of(base::day(2020, 1, 1))};
            for (int i = 0; i < many_organisations; ++i) {
                organisations::Organisation o;
                o.key = fmt::format("organisation-{}", i);
                o.kind = *organisations::kind_named(kinds[i % 5]);
                o.name = {fmt::format("Träger für {} und {} {}", words[i % 8], words[(i / 8) % 8], i), ""};
                o.city = fmt::format("Ort {}", i % 40);
                o.languages = {i % 3 == 0 ? "ar" : "de", "en"};
                TRY(const auto id, organisations::save(c, o, "", by));
                for (int k = 0; k < contacts_each; ++k) {
                    organisations::ContactPoint p;
                    p.organisation = id;
                    p.label = {fmt::format("Stelle {}", k), ""};
                    p.email = fmt::format("stelle{}@organisation-{}.example", k, i);
                    TRY_VOID(organisations::save_contact(c, p, by));
                }
            }
            return {};
        });
        if (!filled) std::abort();
        site = std::move(web::Site::open({.root = base::source_root(), .settings = {}, .clock = base::Clock(base::day(2020, 9, 30))}).value());
        organisations::mount(router, *site, *database, {});
    }
    ~District() { std::filesystem::remove_all(folder); }
};

District& district() {
    static District one;
    return one;
}

void list_page(benchmark::State& state, const std::vector<std::pair<std::string, std::string>>& query) {
    http::Request request;
    request.method = http::Method::get;
    request.path = request.target = "/organisationen";
    for (const auto& [name, value] : query) request.query.add(name, value);
    auto& d = district();
    for (auto _ : state) {
        const auto response = d.router.route(request);
        if (response.status != 200) state.SkipWithError("no page");
        benchmark::DoNotOptimize(response.body.size());
    }
}
BENCHMARK_CAPTURE(list_page, first_page, std::vector<std::pair<std::string, std::string>>{})->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(list_page, filter_and_search, std::vector<std::pair<std::string, std::string>>{{"art", "provider"}, {"suche", "Sprache Wohnen"}})
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(list_page, search_language_sorted,
                  std::vector<std::pair<std::string, std::string>>{{"gesprochen", "ar"}, {"suche", "Jugend"}, {"sortierung", "-ort"}, {"seite", "3"}})
    ->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
