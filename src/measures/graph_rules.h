#pragma once
// How everything hangs together: clause → measure → target → indicator or kind of evidence → evidence, as nodes in five columns. Pure.
#include <map>

#include "measures/store.h"

namespace measures {

enum class Layer { clause, measure, target, yardstick, evidence };
inline constexpr auto all_layers = {Layer::clause, Layer::measure, Layer::target, Layer::yardstick, Layer::evidence};

struct Node {
    Layer layer = Layer::clause;
    std::string key;   // clause number, number of a measure or target, indicator, kind of evidence; of evidence: what it is evidence of
    int measures = 0;  // that stand behind it: 1 for a measure, more where measures are drawn together
    int entries = 0;   // of evidence: delivered …
    int accepted = 0;  // … and accepted
    double row = 0;    // place in its column, 0 is on top; two nodes of a column are at least one row apart
};
struct Edge {
    std::size_t from = 0, to = 0;  // nodes
    friend auto operator<=>(const Edge&, const Edge&) = default;
};
struct Graph {
    std::vector<Node> nodes;  // by layer, from top to bottom
    std::vector<Edge> edges;
    int depth = 0;  // 0: every measure is a node; else measures are drawn together by that many parts of their clause number
    int rows = 0;
    bool together() const { return depth > 0; }
};
// More measures than these are drawn together by chapter: a picture of 500 boxes shows nothing.
inline constexpr std::size_t most_nodes = 60, most_groups = 25;

Graph graph_of(const std::vector<Dossier>&, const std::vector<Target>&, std::size_t most = most_nodes);

// "5.4.1.8" by two parts is "5.4".
std::string clause_part(const std::string& number, int depth);
// "5.4.1-a" stands in clause 5.4.1.
std::string clause_of_statement(const std::string& statement);
bool clause_before(const std::string& a, const std::string& b);  // 5.4.1.9 before 5.4.1.10

}  // namespace measures
