#include "tests/disclosure/brute_force.h"

#include <functional>
#include <limits>
#include <optional>
#include <set>

namespace disclosure_test {

using namespace disclosure;

namespace {

bool below(const Dimension& d, int code, int ancestor) {
    if (code == ancestor) return true;
    for (const int parent : d.parents[code])
        if (below(d, parent, ancestor)) return true;
    return false;
}

std::set<int> leaves_below(const Dimension& d, int ancestor) {
    std::set<int> out;
    for (int code = 0; code < static_cast<int>(d.codes.size()); ++code)
        if (d.is_leaf(code) && below(d, code, ancestor)) out.insert(code);
    return out;
}

// Every choice of children that are disjoint and together make up the parent.
void partitions(const Dimension& d, int parent, std::vector<std::vector<int>>& out) {
    const auto& children = d.children[parent];
    const auto whole = leaves_below(d, parent);
    for (std::size_t mask = 1; mask < (1ull << children.size()); ++mask) {
        std::multiset<int> covered;
        std::vector<int> chosen;
        for (std::size_t i = 0; i < children.size(); ++i)
            if (mask >> i & 1) {
                chosen.push_back(children[i]);
                const auto part = leaves_below(d, children[i]);
                covered.insert(part.begin(), part.end());
            }
        if (covered.size() == whole.size() && std::set<int>(covered.begin(), covered.end()) == whole) out.push_back(chosen);
    }
}

}  // namespace

std::map<Key, Count> all_cells(const Problem& problem) {
    std::map<Key, Count> out;
    for (const auto& table : problem.tables) {
        Key key;
        for (const auto& d : problem.dimensions) key.push_back(d.total);
        std::function<void(std::size_t)> run = [&](std::size_t i) {
            if (i == table.dimensions.size()) {
                Count sum = 0;
                for (const auto& inner : problem.inner) {
                    bool in = true;
                    for (std::size_t d = 0; d < key.size(); ++d) in = in && below(problem.dimensions[d], inner.codes[d], key[d]);
                    if (in) sum += inner.count;
                }
                out[key] = sum;
                return;
            }
            const int d = table.dimensions[i];
            for (int code = 0; code < static_cast<int>(problem.dimensions[d].codes.size()); ++code) {
                key[d] = code;
                run(i + 1);
            }
            key[d] = problem.dimensions[d].total;
        };
        run(0);
    }
    return out;
}

std::vector<Sum> equations_of(const Problem& problem) {
    std::vector<Sum> out;
    const auto cells = all_cells(problem);
    for (const auto& table : problem.tables)
        for (const auto& [key, count] : cells) {
            bool of_table = true;
            for (int d = 0; d < static_cast<int>(key.size()); ++d)
                if (key[d] != problem.dimensions[d].total && std::ranges::find(table.dimensions, d) == table.dimensions.end()) of_table = false;
            if (!of_table) continue;
            for (const int d : table.dimensions) {
                std::vector<std::vector<int>> choices;
                if (!problem.dimensions[d].is_leaf(key[d])) partitions(problem.dimensions[d], key[d], choices);
                for (const auto& children : choices) {
                    Sum sum{{key, -1}};
                    Key part = key;
                    for (const int child : children) {
                        part[d] = child;
                        sum.emplace_back(part, 1);
                    }
                    out.push_back(std::move(sum));
                }
            }
        }
    return out;
}

std::optional<std::map<Key, Interval>> enumerate_intervals(const Problem& problem, const std::set<Key>& suppressed, Count lower_bound,
                                                           std::size_t most_steps) {
    return enumerate(all_cells(problem), suppressed, equations_of(problem), lower_bound, most_steps);
}

std::optional<std::map<Key, Interval>> enumerate(const std::map<Key, Count>& cells, const std::set<Key>& suppressed, const std::vector<Sum>& sums,
                                                 Count lower_bound, std::size_t most_steps, const std::map<Key, Interval>* bounds) {
    std::map<Key, int> unknown;
    for (const auto& key : suppressed) unknown.emplace(key, static_cast<int>(unknown.size()));
    struct Equation {
        std::vector<std::pair<int, int>> terms;
        Count right;
    };
    std::vector<Equation> equations;
    for (const auto& sum : sums) {
        Equation e{{}, 0};
        for (const auto& [key, sign] : sum) {
            if (const auto u = unknown.find(key); u != unknown.end())
                e.terms.emplace_back(u->second, sign);
            else
                e.right -= sign * cells.at(key);
        }
        if (!e.terms.empty()) equations.push_back(std::move(e));
    }
    // Depth first over the unknowns, with bounds carried through the equations. Without a published sum a cell has no upper limit;
    // eight more than the truth stands for "as many as you like".
    const int n = static_cast<int>(unknown.size());
    std::vector<Count> low(n, lower_bound), high(n), least(n, std::numeric_limits<Count>::max()), most(n, std::numeric_limits<Count>::min());
    for (const auto& [key, u] : unknown) {
        high[u] = bounds ? bounds->at(key).high : cells.at(key) + 8;
        if (bounds) low[u] = bounds->at(key).low;
    }
    std::size_t steps = 0;
    std::function<bool(std::vector<Count>, std::vector<Count>)> search = [&](std::vector<Count> lo, std::vector<Count> hi) {
        if (++steps > most_steps) return false;
        for (bool changed = true; changed;) {
            changed = false;
            for (const auto& e : equations) {
                Count min = 0, max = 0;
                for (const auto& [u, sign] : e.terms) {
                    min += sign > 0 ? lo[u] : -hi[u];
                    max += sign > 0 ? hi[u] : -lo[u];
                }
                if (min > e.right || max < e.right) return true;  // nothing here
                for (const auto& [u, sign] : e.terms) {
                    const Count own_min = sign > 0 ? lo[u] : -hi[u], own_max = sign > 0 ? hi[u] : -lo[u];
                    const Count up = e.right - (min - own_min), down = e.right - (max - own_max);
                    const Count new_lo = sign > 0 ? std::max(lo[u], down) : std::max(lo[u], -up),
                                new_hi = sign > 0 ? std::min(hi[u], up) : std::min(hi[u], -down);
                    if (new_lo > new_hi) return true;
                    if (new_lo != lo[u] || new_hi != hi[u]) {
                        lo[u] = new_lo;
                        hi[u] = new_hi;
                        changed = true;
                        break;
                    }
                }
                if (changed) break;
            }
        }
        // A box that cannot widen any interval is not worth entering.
        bool worth = false;
        for (int u = 0; u < n; ++u) worth = worth || lo[u] < least[u] || hi[u] > most[u];
        if (!worth) return true;
        int pick = -1;
        for (int u = 0; u < n; ++u)
            if (lo[u] < hi[u] && (pick < 0 || hi[u] - lo[u] < hi[pick] - lo[pick])) pick = u;
        if (pick < 0) {
            for (int u = 0; u < n; ++u) {
                least[u] = std::min(least[u], lo[u]);
                most[u] = std::max(most[u], hi[u]);
            }
            return true;
        }
        for (Count value = lo[pick]; value <= hi[pick]; ++value) {
            auto l = lo, h = hi;
            l[pick] = h[pick] = value;
            if (!search(std::move(l), std::move(h))) return false;
        }
        return true;
    };
    if (!search(low, high)) return std::nullopt;
    std::map<Key, Interval> out;
    for (const auto& [key, u] : unknown) out[key] = {least[u], most[u]};
    return out;
}

}  // namespace disclosure_test
