// Import of a text of the size of a district's concept (45 clauses, about 6,000 words), made here from words of our own.
#include <benchmark/benchmark.h>

#include "plan/import/import.h"
#include "plan/rules.h"

namespace {

std::string concept_text() {
    std::string out;
    const auto sentences = [&](int n) {
        for (int i = 0; i < n; ++i)
            out +=
                "Das Jugendamt unterstützt die Vereine des Ortes bei der Vorbereitung gemeinsamer Feste und Be-\n\ngegnungen, soweit Räume frei sind.\n\nDer Kreistag berät jährlich mindestens einmal die Umsetzung und lässt sich bis Mitte 2022 berich-\n\nten.\n\n";
    };
    for (int chapter = 1; chapter <= 7; ++chapter) {
        out += std::to_string(chapter) + ". AUFGABEN UND ZIELE\n\n";
        sentences(6);
        for (int section = 1; section <= 5; ++section) {
            out += std::to_string(chapter) + "." + std::to_string(section) + ". VORHABEN\n\n";
            sentences(7);
        }
    }
    return out;
}

void import_concept(benchmark::State& state) {
    const auto text = concept_text();
    for (auto _ : state) benchmark::DoNotOptimize(plan::importing::import_text(text));
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) * static_cast<std::int64_t>(text.size()));
}
BENCHMARK(import_concept)->Unit(benchmark::kMillisecond);

void compare_clauses(benchmark::State& state) {
    const auto text = concept_text().substr(0, 12000);
    const auto other = text.substr(0, 6000) + " geändert " + text.substr(6000);
    for (auto _ : state) benchmark::DoNotOptimize(plan::word_differences(text, other));
}
BENCHMARK(compare_clauses)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
