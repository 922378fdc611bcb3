#include "disclosure/cells.h"

#include <numeric>

#include "disclosure/random.h"

namespace disclosure {
namespace {

constexpr std::size_t most_cells = 20'000'000;

struct Draft {  // a cell while the tables are read
    Count count = 0, contributors = 0, largest = 0, second = 0;
    std::uint64_t people = 0;  // sum of random numbers of the inner cells: equal for equal supports
};

bool is_protected(const Draft& d, const Rules& rules, bool has_contributions) {
    if (d.count < rules.threshold) return true;
    if (!has_contributions) return false;
    if (d.contributors < rules.few_contributors) return true;
    if (rules.dominance_percent_of_largest > 0 && d.largest * 100 > d.count * rules.dominance_percent_of_largest) return true;
    return rules.dominance_percent_of_two > 0 && (d.largest + d.second) * 100 > d.count * rules.dominance_percent_of_two;
}

void add(Draft& to, const InnerCell& cell, std::uint64_t people) {
    to.count += cell.count;
    to.contributors += cell.contributors;
    const Count third = std::max(to.second, cell.second);
    to.second = std::max(third, std::min(to.largest, cell.largest));
    to.largest = std::max(to.largest, cell.largest);
    to.people += people;
}

// All keys above a leaf combination within one table.
void for_each_above(const Table& table, const std::vector<std::vector<std::vector<int>>>& above, const Key& leaf, const auto& visit) {
    Key key = leaf;
    const auto run = [&](const auto& self, std::size_t i) -> void {
        if (i == table.dimensions.size()) return visit(key);
        const int d = table.dimensions[i];
        for (const int code : above[d][leaf[d]]) {
            key[d] = code;
            self(self, i + 1);
        }
        key[d] = leaf[d];
    };
    run(run, 0);
}

// Children of a cell in one dimension whose rows do not overlap and make up the whole; with overlapping groupings, one of the
// partitions. Larger children first, so that groups are preferred to their members.
std::vector<int> partition(const Layout& out, const Figure& whole, std::vector<int> children, std::vector<int>& owner, int stamp) {
    std::ranges::sort(children);
    children.erase(std::ranges::unique(children).begin(), children.end());
    std::ranges::stable_sort(children, [&](int a, int b) { return out.figures[a].rows.size() > out.figures[b].rows.size(); });
    std::vector<int> chosen;
    std::size_t covered = 0;
    for (const int child : children) {
        const auto& rows = out.figures[child].rows;
        if (std::ranges::any_of(rows, [&](int row) { return owner[row] == stamp; })) continue;
        for (const int row : rows) owner[row] = stamp;
        covered += rows.size();
        chosen.push_back(child);
    }
    // Rows of another table can stand in for a shared cell; such children do not count here.
    const bool same_rows = covered == whole.rows.size() && std::ranges::all_of(whole.rows, [&](int row) { return owner[row] == stamp; });
    return same_rows ? chosen : std::vector<int>{};
}

void find_parts(const Problem& problem, Layout& out) {
    std::vector<int> owner(out.row_counts.size(), -1);
    int stamp = 0;
    for (std::size_t c = 0; c < out.cells.size(); ++c) {
        auto& figure = out.figures[out.figure_of_cell[c]];
        if (figure.rows.size() < 2) continue;
        Key key = out.cells[c].key;
        for (std::size_t d = 0; d < key.size(); ++d) {
            const int code = key[d];
            std::vector<int> children;
            for (const int child : problem.dimensions[d].children[code]) {
                key[d] = child;
                if (const auto place = out.cell_of_key.find(key); place != out.cell_of_key.end())
                    children.push_back(out.figure_of_cell[place->second]);
            }
            key[d] = code;
            if (children.size() < 2 || (!figure.parts.empty() && figure.parts.size() <= 2)) continue;
            auto parts = partition(out, figure, std::move(children), owner, stamp++);
            if (parts.size() > 1 && (figure.parts.empty() || parts.size() < figure.parts.size())) figure.parts = std::move(parts);
        }
    }
}

}  // namespace

base::Result<Layout> lay_out(const Problem& problem, const Rules& rules, Knowledge knowledge) {
    if (rules.required_width > largest_width)
        return base::error(base::ErrorKind::invalid_input, "the required width is more than " + std::to_string(largest_width));
    Layout out;
    std::vector<std::vector<std::vector<int>>> above;
    for (const auto& d : problem.dimensions) {
        above.emplace_back();
        for (int code = 0; code < static_cast<int>(d.codes.size()); ++code)
            above.back().push_back(d.is_leaf(code) ? d.with_ancestors(code) : std::vector<int>{});
    }
    // Distinct cells of all tables: a cell belongs to each table that has all dimensions in which it is not at the total.
    std::set<std::vector<int>> combinations;
    for (const auto& table : problem.tables) {
        const auto n = table.dimensions.size();
        if (n > 16) return base::error(base::ErrorKind::too_large, "a table has more than 16 dimensions");
        for (std::size_t mask = 0; mask < (1ull << n); ++mask) {
            std::vector<int> part;
            for (std::size_t i = 0; i < n; ++i)
                if (mask >> i & 1) part.push_back(table.dimensions[i]);
            combinations.insert(std::move(part));
        }
    }
    for (const auto& part : combinations) {
        std::size_t cells = 1;
        for (const int d : part) {
            cells *= problem.dimensions[d].codes.size() - 1;
            if (cells > 1'000'000'000) return base::error(base::ErrorKind::too_large, "the tables have more than a thousand million cells");
        }
        out.published_cells += cells;
    }

    Random random(0x6d697465);
    std::vector<std::uint64_t> people(problem.inner.size());
    for (auto& p : people) p = random.next();
    std::unordered_map<Key, Draft, KeyHash> leaves;
    std::vector<Draft> drafts;
    std::vector<std::vector<std::pair<int, std::vector<int>>>> occurrences;  // of each cell: table, rows
    for (std::size_t t = 0; t < problem.tables.size(); ++t) {
        const auto& table = problem.tables[t];
        leaves.clear();
        std::vector<Key> order;
        for (std::size_t i = 0; i < problem.inner.size(); ++i) {
            Key leaf;
            for (const auto& d : problem.dimensions) leaf.push_back(d.total);
            for (const int d : table.dimensions) leaf[d] = problem.inner[i].codes[d];
            const auto [place, is_new] = leaves.try_emplace(leaf);
            if (is_new) order.push_back(leaf);
            add(place->second, problem.inner[i], people[i]);
        }
        if (out.row_counts.size() + order.size() > most_rows)
            return base::error(base::ErrorKind::too_large, "the tables have too many cells above zero");
        for (const auto& leaf : order) {
            const auto& draft = leaves[leaf];
            const int row = out.rows();
            out.row_counts.push_back(draft.count);
            out.row_keys.push_back(leaf);
            out.row_tables.push_back(static_cast<int>(t));
            bool fits = true;
            for_each_above(table, above, leaf, [&](const Key& key) {
                const auto [place, is_new] = out.cell_of_key.try_emplace(key, static_cast<int>(out.cells.size()));
                const int c = place->second;
                if (is_new) {
                    if (out.cells.size() >= most_cells) {
                        fits = false;
                        return;
                    }
                    out.cells.push_back({key, 0, false});
                    drafts.emplace_back();
                    occurrences.emplace_back();
                }
                if (occurrences[c].empty() || occurrences[c].back().first != static_cast<int>(t)) occurrences[c].push_back({static_cast<int>(t), {}});
                occurrences[c].back().second.push_back(row);
                if (occurrences[c].size() > 1) return;  // the counts are the same in every table
                auto& d = drafts[c];
                d.count += draft.count;
                d.contributors += draft.contributors;
                const Count third = std::max(d.second, draft.second);
                d.second = std::max(third, std::min(d.largest, draft.largest));
                d.largest = std::max(d.largest, draft.largest);
                d.people += draft.people;
            });
            if (!fits) return base::error(base::ErrorKind::too_large, "the tables have too many cells above zero");
        }
    }

    // Figures. Within one table equal people means equal rows; across tables it is a fact the equations need not give away.
    std::unordered_map<Key, int, KeyHash> priority, cost;
    for (std::size_t i = 0; i < rules.priorities.size(); ++i) priority.emplace(rules.priorities[i].first, static_cast<int>(i));
    for (std::size_t i = 0; i < rules.costs.size(); ++i) cost.emplace(rules.costs[i].first, static_cast<int>(i));
    std::map<std::pair<std::uint64_t, int>, int> figure_of;
    out.figure_of_cell.resize(out.cells.size());
    for (std::size_t c = 0; c < out.cells.size(); ++c) {
        auto& cell = out.cells[c];
        cell.count = drafts[c].count;
        cell.is_protected = is_protected(drafts[c], rules, problem.has_contributions);
        const int table = knowledge == Knowledge::same_people ? -1 : occurrences[c].front().first;
        const auto [place, is_new] = figure_of.try_emplace({drafts[c].people, table}, static_cast<int>(out.figures.size()));
        if (is_new) out.figures.push_back({occurrences[c].front().second, cell.count, cell.is_protected, 0, 0, 0.0, {}, drafts[c].people});
        auto& figure = out.figures[place->second];
        out.figure_of_cell[c] = place->second;
        ++figure.weight;
        if (const auto p = priority.find(cell.key); p != priority.end())
            figure.priority = std::max(figure.priority, rules.priorities[p->second].second);
        const auto k = cost.find(cell.key);
        figure.cost += k != cost.end() ? rules.costs[k->second].second : 0.0;
        const std::size_t first = is_new ? 1 : 0;
        for (std::size_t o = first; o < occurrences[c].size(); ++o)
            if (occurrences[c][o].second != figure.rows) out.relations.push_back({figure.rows, occurrences[c][o].second});
    }
    std::ranges::sort(out.relations, [](const auto& a, const auto& b) { return std::tie(a.left, a.right) < std::tie(b.left, b.right); });
    const auto repeated = std::ranges::unique(out.relations, [](const auto& a, const auto& b) { return a.left == b.left && a.right == b.right; });
    out.relations.erase(repeated.begin(), repeated.end());
    find_parts(problem, out);
    return out;
}

base::Result<std::vector<char>> suppressed_figures(const Layout& layout, const Pattern& pattern) {
    std::vector<char> out(layout.figures.size(), 0);
    for (const auto& key : pattern.suppressed) {
        const auto place = layout.cell_of_key.find(key);
        if (place == layout.cell_of_key.end())
            return base::error(base::ErrorKind::invalid_input, "the pattern suppresses a cell that is zero or in no table");
        out[layout.figure_of_cell[place->second]] = 1;
    }
    return out;
}

Pattern Layout::pattern(std::span<const char> suppressed_figure) const {
    Pattern out;
    for (std::size_t c = 0; c < cells.size(); ++c)
        if (suppressed_figure[figure_of_cell[c]]) out.suppressed.push_back(cells[c].key);
    std::ranges::sort(out.suppressed);
    return out;
}

std::string name_of(const Problem& problem, const Key& key) {
    std::string out;
    for (std::size_t d = 0; d < key.size(); ++d) out += (d ? " × " : "") + problem.dimensions[d].codes[key[d]];
    return out;
}

}  // namespace disclosure
