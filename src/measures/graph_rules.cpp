#include "measures/graph_rules.h"

#include <algorithm>
#include <limits>
#include <set>

namespace measures {
namespace {

// Collects nodes by layer and key; each key becomes one node.
class Builder {
  public:
    std::size_t node(Layer layer, const std::string& key) {
        const auto [at, fresh] = index_.emplace(std::pair(layer, key), nodes_.size());
        if (fresh) nodes_.push_back({layer, key, 0, 0, 0, 0});
        return at->second;
    }
    Node& at(std::size_t i) { return nodes_[i]; }
    void join(std::size_t from, std::size_t to) { edges_.insert({from, to}); }

    Graph graph() && {
        Graph out;
        std::vector<double> rows(nodes_.size(), 0);
        std::vector<std::size_t> order;
        double lowest = 0;
        for (const auto layer : all_layers) {
            std::vector<std::size_t> column;
            for (std::size_t i = 0; i < nodes_.size(); ++i)
                if (nodes_[i].layer == layer) column.push_back(i);
            // A node wants to stand beside the middle of what leads to it.
            std::map<std::size_t, std::pair<double, int>> wanted;
            for (const auto& edge : edges_)
                if (nodes_[edge.to].layer == layer) {
                    wanted[edge.to].first += rows[edge.from];
                    ++wanted[edge.to].second;
                }
            // What nothing leads to comes last.
            const auto place = [&](std::size_t i) {
                const auto found = wanted.find(i);
                return found == wanted.end() ? std::numeric_limits<double>::max() : found->second.first / found->second.second;
            };
            std::sort(column.begin(), column.end(), [&](std::size_t a, std::size_t b) {
                if (layer == Layer::clause) return clause_before(nodes_[a].key, nodes_[b].key);
                const double pa = place(a), pb = place(b);
                return pa != pb ? pa < pb : nodes_[a].key < nodes_[b].key;
            });
            double next = 0;
            for (const auto i : column) {
                rows[i] = wanted.contains(i) ? std::max(next, place(i)) : next;
                next = rows[i] + 1;
                order.push_back(i);
            }
            lowest = std::max(lowest, next);
        }
        // A clause stands beside what follows from it: its column is the shortest, and lines would fall steeply otherwise.
        double next = 0;
        for (const auto i : order) {
            if (nodes_[i].layer != Layer::clause) continue;
            double sum = 0;
            int count = 0;
            for (const auto& edge : edges_)
                if (edge.from == i) sum += rows[edge.to], ++count;
            rows[i] = count == 0 ? next : std::max(next, sum / count);
            next = rows[i] + 1;
            lowest = std::max(lowest, next);
        }
        std::vector<std::size_t> becomes(nodes_.size());
        for (std::size_t i = 0; i < order.size(); ++i) {
            becomes[order[i]] = i;
            out.nodes.push_back(std::move(nodes_[order[i]]));
            out.nodes.back().row = rows[order[i]];
        }
        for (const auto& edge : edges_) out.edges.push_back({becomes[edge.from], becomes[edge.to]});
        std::sort(out.edges.begin(), out.edges.end());
        out.rows = static_cast<int>(lowest + 0.999);
        return out;
    }

  private:
    std::vector<Node> nodes_;
    std::map<std::pair<Layer, std::string>, std::size_t> index_;
    std::set<Edge> edges_;
};

std::set<std::string> clauses_of(const Measure& m) {
    std::set<std::string> out;
    for (const auto& ref : m.statements) out.insert(clause_of_statement(ref.statement));
    return out;
}

// The deepest grouping that still fits on a page.
int depth_for(const std::vector<Dossier>& dossiers) {
    for (int depth = 4; depth > 1; --depth) {
        std::set<std::string> groups;
        for (const auto& dossier : dossiers)
            for (const auto& clause : clauses_of(dossier.measure)) groups.insert(clause_part(clause, depth));
        if (groups.size() <= most_groups) return depth;
    }
    return 1;
}

}  // namespace

std::string clause_part(const std::string& number, int depth) {
    std::size_t at = 0;
    for (int i = 0; i < depth; ++i) {
        at = number.find('.', at);
        if (at == std::string::npos) return number;
        ++at;
    }
    return number.substr(0, at - 1);
}

std::string clause_of_statement(const std::string& statement) { return statement.substr(0, statement.rfind('-')); }

bool clause_before(const std::string& a, const std::string& b) {
    std::size_t i = 0, j = 0;
    while (i < a.size() && j < b.size()) {
        const auto number = [](const std::string& text, std::size_t& at) {
            long out = 0;
            while (at < text.size() && text[at] >= '0' && text[at] <= '9') out = std::min(out * 10 + (text[at++] - '0'), 1'000'000L);
            if (at < text.size()) ++at;
            return out;
        };
        const auto x = number(a, i), y = number(b, j);
        if (x != y) return x < y;
    }
    return a.size() - i < b.size() - j || (i >= a.size() && j >= b.size() && a < b);
}

Graph graph_of(const std::vector<Dossier>& dossiers, const std::vector<Target>& targets, std::size_t most) {
    std::map<std::string, const Target*> target_of;
    for (const auto& target : targets) target_of[target.key] = &target;
    const int depth = dossiers.size() > most ? depth_for(dossiers) : 0;
    Builder build;
    for (const auto& dossier : dossiers) {
        const auto& m = dossier.measure;
        auto clauses = clauses_of(m);
        if (depth > 0) {
            // A measure of several chapters is counted in the first, so that the counts add up.
            const auto first = clauses.empty() ? std::string() : *std::min_element(clauses.begin(), clauses.end(), clause_before);
            clauses = {first.empty() ? first : clause_part(first, depth)};
        }
        const auto measure = build.node(Layer::measure, depth > 0 ? *clauses.begin() : m.key);
        ++build.at(measure).measures;
        for (const auto& clause : clauses)
            if (!clause.empty()) build.join(build.node(Layer::clause, clause), measure);
        // What shows whether it is done: its target's indicator or evidence, else its own kind of evidence.
        std::set<std::size_t> yardsticks;
        for (const auto& key : m.targets) {
            const auto target = build.node(Layer::target, key);
            build.join(measure, target);
            const auto known = target_of.find(key);
            if (known == target_of.end()) continue;
            const auto& of = known->second->indicator.empty() ? known->second->evidence_kind : known->second->indicator;
            if (of.empty()) continue;
            const auto yardstick = build.node(Layer::yardstick, of);
            build.join(target, yardstick);
            yardsticks.insert(yardstick);
        }
        if (!m.evidence_kind.empty()) {
            const auto yardstick = build.node(Layer::yardstick, m.evidence_kind);
            if (!yardsticks.contains(yardstick)) build.join(measure, yardstick);
            yardsticks.insert(yardstick);
        }
        int entries = 0, accepted = 0;
        for (const auto& delivery : dossier.deliveries) {
            if (delivery.withdrawn_on) continue;
            ++entries;
            accepted += delivery.counts() ? 1 : 0;
        }
        if (entries == 0) continue;
        const auto own = m.evidence_kind.empty() ? measure : build.node(Layer::yardstick, m.evidence_kind);
        const auto evidence = build.node(Layer::evidence, depth > 0 ? build.at(own).key : m.key);
        build.at(evidence).entries += entries;
        build.at(evidence).accepted += accepted;
        build.join(own, evidence);
    }
    auto graph = std::move(build).graph();
    graph.depth = depth;
    return graph;
}

}  // namespace measures
