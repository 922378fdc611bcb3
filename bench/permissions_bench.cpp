// links: platform/identity
// What the router asks before every handler: may this role take this route?
#include <benchmark/benchmark.h>

#include "platform/identity/permissions.h"

namespace {

void may(benchmark::State& state) {
    std::vector<http::Router::Entry> routes;
    for (const auto& p : identity::permissions())
        for (const char* below : {"", "/{key:any}", "/{key:any}/bearbeiten"})
            routes.push_back(
                {p.access == identity::Access::read ? http::Method::get : http::Method::post, std::string(p.area == "/" ? "" : p.area) + below});
    if (routes.front().pattern.empty()) routes.front().pattern = "/";
    const identity::Guard guard(routes);
    std::size_t at = 0;
    for (auto _ : state) {
        const auto& route = routes[at++ % routes.size()];
        benchmark::DoNotOptimize(guard.may(identity::Role::unit_editor, route.method, route.pattern));
    }
}
BENCHMARK(may);

}  // namespace

BENCHMARK_MAIN();
