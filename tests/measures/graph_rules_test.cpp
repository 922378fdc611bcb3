#include "measures/graph_rules.h"

#include <gtest/gtest.h>

#include <fmt/format.h>

#include "tests/measures/support.h"

namespace measures {
namespace {

using namespace examples;

Dossier dossier(const std::string& key, std::vector<StatementRef> statements) {
    Dossier out;
    out.measure = binding_measure();
    out.measure.key = key;
    out.measure.statements = std::move(statements);
    return out;
}
const Node* node(const Graph& graph, Layer layer, const std::string& key) {
    for (const auto& each : graph.nodes)
        if (each.layer == layer && each.key == key) return &each;
    return nullptr;
}
bool joined(const Graph& graph, const Node* from, const Node* to) {
    return from && to &&
           std::find(graph.edges.begin(), graph.edges.end(),
                     Edge{static_cast<std::size_t>(from - graph.nodes.data()), static_cast<std::size_t>(to - graph.nodes.data())}) !=
               graph.edges.end();
}
std::vector<Dossier> district_of(int measures) {
    std::vector<Dossier> out;
    for (int i = 0; i < measures; ++i) {
        out.push_back(dossier(fmt::format("M-2019-{:03}", i), {{"2018", fmt::format("5.{}.{}.{}-a", i % 5 + 1, i % 7 + 1, i % 12 + 1)}}));
        if (i % 2 == 0) out.back().deliveries.push_back(delivery());
        if (i % 9 == 0) out.back().measure.targets = {fmt::format("Z-2019-{:02}", i % 4)};
    }
    return out;
}
// Nobody stands on anybody, and lines lead from left to right between nodes there are.
void expect_readable(const Graph& graph) {
    for (const auto layer : all_layers) {
        double free = 0;
        for (const auto& each : graph.nodes) {
            if (each.layer != layer) continue;
            EXPECT_GE(each.row, free - 1e-9) << each.key;
            free = each.row + 1;
            EXPECT_LE(free, graph.rows + 1e-9);
        }
    }
    for (const auto& edge : graph.edges) {
        ASSERT_LT(edge.to, graph.nodes.size());
        EXPECT_LT(graph.nodes[edge.from].layer, graph.nodes[edge.to].layer);
    }
}

TEST(GraphOfMeasures, LeadsFromTheClauseToTheEvidence) {
    auto one = dossier("M-1", {{"2018", "5.1-a"}, {"2018", "5.1-b"}, {"2018", "5.2.10-a"}});
    one.measure.targets = {"Z-2019-01"};
    one.deliveries = {delivery(), delivery("soziales", "")};
    const auto graph = graph_of({one, dossier("M-2", {})}, {draft_target()});
    const auto *clause = node(graph, Layer::clause, "5.1"), *measure = node(graph, Layer::measure, "M-1"),
               *target = node(graph, Layer::target, "Z-2019-01"), *of_target = node(graph, Layer::yardstick, "funding.places_secured"),
               *own = node(graph, Layer::yardstick, "advice.answered"), *evidence = node(graph, Layer::evidence, "M-1");
    EXPECT_TRUE(joined(graph, clause, measure));
    EXPECT_TRUE(joined(graph, node(graph, Layer::clause, "5.2.10"), measure));
    EXPECT_TRUE(joined(graph, measure, target));
    EXPECT_TRUE(joined(graph, target, of_target));
    EXPECT_TRUE(joined(graph, measure, own)) << "its own kind of evidence is another than the target's";
    EXPECT_TRUE(joined(graph, own, evidence));
    ASSERT_TRUE(evidence);
    EXPECT_EQ(evidence->entries, 2);
    EXPECT_EQ(evidence->accepted, 1);
    EXPECT_FALSE(graph.together());
    EXPECT_TRUE(node(graph, Layer::measure, "M-2")) << "what rests on nothing is shown, too";
    EXPECT_FALSE(joined(graph, clause, node(graph, Layer::measure, "M-2")));
    expect_readable(graph);
}

TEST(GraphOfMeasures, DrawsUpToSixtyOneByOne) {
    for (const int count : {0, 1, 40, 60}) {
        const auto graph = graph_of(district_of(count), {});
        EXPECT_FALSE(graph.together()) << count;
        EXPECT_EQ(std::count_if(graph.nodes.begin(), graph.nodes.end(), [](const Node& n) { return n.layer == Layer::measure; }), count);
        expect_readable(graph);
    }
}

TEST(GraphOfMeasures, StandTogetherWhenTheyAreMore) {
    for (const int count : {61, 500}) {
        const auto graph = graph_of(district_of(count), {});
        ASSERT_TRUE(graph.together()) << count;
        int counted = 0;
        for (const auto layer : all_layers)
            EXPECT_LE(std::count_if(graph.nodes.begin(), graph.nodes.end(), [&](const Node& n) { return n.layer == layer; }),
                      static_cast<std::ptrdiff_t>(most_groups))
                << count;
        for (const auto& each : graph.nodes)
            if (each.layer == Layer::measure) counted += each.measures;
        EXPECT_EQ(counted, count) << "each once";
        expect_readable(graph);
    }
}

TEST(ClauseNumbers, AreComparedByTheirParts) {
    EXPECT_TRUE(clause_before("5.4.1.9", "5.4.1.10"));
    EXPECT_FALSE(clause_before("5.4.1.10", "5.4.1.9"));
    EXPECT_TRUE(clause_before("5.4", "5.4.1"));
    EXPECT_FALSE(clause_before("5.4", "5.4"));
    EXPECT_EQ(clause_part("5.4.1.8", 2), "5.4");
    EXPECT_EQ(clause_part("5.4.1.8", 9), "5.4.1.8");
    EXPECT_EQ(clause_of_statement("5.4.1-a"), "5.4.1");
}

}  // namespace
}  // namespace measures
