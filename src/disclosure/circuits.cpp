// Where walks get their steps from: changes of the table that leave every published figure as it is.
#include "disclosure/elimination.h"
#include "disclosure/witness.h"

namespace disclosure {

// Two rows in the same published figures can exchange people unseen. So can four, when what sets the first two apart is what sets
// the others apart: pairs along a line of the table are matched by the difference of their signatures.
void Witnesses::find_exchanges(Random& random) {
    struct Pair {
        std::uint64_t difference;
        int up, down;
    };
    std::vector<Pair> pairs;
    std::map<std::pair<int, Key>, std::vector<int>> lines;
    for (int row = 0; row < layout_.rows(); ++row) {
        if (fixed_row_[row]) continue;
        const int table = layout_.row_tables[row];
        auto key = layout_.row_keys[row];
        for (const int d : problem_.tables[table].dimensions) {
            const int code = std::exchange(key[d], -1);
            lines[{table, key}].push_back(row);
            key[d] = code;
        }
    }
    constexpr std::size_t longest_line = 48;
    for (auto& [place, rows] : lines) {
        if (rows.size() > longest_line) {
            random.shuffle(rows);
            rows.resize(longest_line);
        }
        for (const int a : rows)
            for (const int b : rows)
                if (a != b) pairs.push_back({signature_[a] - signature_[b], a, b});
    }
    for (int row = 0; row < layout_.rows(); ++row)
        if (!fixed_row_[row] && signature_[row] == 0) pool_.push_back({{row, 1}});
    random.shuffle(pairs);
    std::ranges::stable_sort(pairs, [](const Pair& a, const Pair& b) { return a.difference < b.difference; });
    for (std::size_t begin = 0, end; begin < pairs.size(); begin = end) {
        for (end = begin; end < pairs.size() && pairs[end].difference == pairs[begin].difference;) ++end;
        if (pairs[begin].difference == 0) {
            for (std::size_t i = begin; i < end; ++i)
                if (pairs[i].up < pairs[i].down && i - begin < 200'000) pool_.push_back({{pairs[i].up, 1}, {pairs[i].down, -1}});
            continue;
        }
        const auto size = end - begin;
        if (size < 2) continue;
        for (std::size_t i = begin; i < end; ++i)
            for (int n = 0; n < static_cast<int>(std::min<std::size_t>(size - 1, 3)); ++n) {
                const auto& a = pairs[i];
                const auto& b = pairs[begin + random.below(size)];
                if (a.up == b.up || a.down == b.down) continue;
                pool_.push_back({{a.up, 1}, {a.down, -1}, {b.up, -1}, {b.down, 1}});
            }
    }
    random.shuffle(pool_);
    constexpr std::size_t most_exchanges = 400'000;
    if (pool_.size() > most_exchanges) pool_.resize(most_exchanges);
}

// Every row that is free once the published figures are taken as equations gives one whole-number change of the table: itself up by
// one and the dependent rows as they must.
void Witnesses::find_circuits(Random& random, bool spare_ones, double variety) {
    std::vector<char> ones(layout_.row_counts.size(), 0);
    if (spare_ones)
        for (int row = 0; row < layout_.rows(); ++row) ones[row] = layout_.row_counts[row] <= lower_bound_;
    Elimination elimination(layout_.rows(), std::move(ones));
    for (const auto& r : layout_.relations) elimination.add(difference(r.left, r.right));
    std::vector<int> known;
    for (std::size_t f = 0; f < layout_.figures.size(); ++f)
        if (!suppressed_[f]) known.push_back(static_cast<int>(f));
    random.shuffle(known);
    std::ranges::stable_sort(known, {}, [&](int f) { return layout_.figures[f].rows.size(); });
    for (const int f : known) elimination.add(column_of(layout_.figures[f].rows));
    for (int c = 0; c < elimination.columns(); ++c)
        if (!elimination.is_zero(c)) {
            // Different pivots give different circuits; cheap ones stay preferred.
            int pivot = elimination.best_pivot(c);
            double best = 1e300;
            for (const auto& term : elimination.column(c)) {
                if (elimination.at_bound(term.row) != elimination.at_bound(pivot)) continue;
                const double price = (1.0 + static_cast<double>(elimination.users(term.row))) * (1.0 + variety * random.unit());
                if (price < best) {
                    best = price;
                    pivot = term.row;
                }
            }
            elimination.publish(c, pivot);
        }
    // Each row by the free rows, sparse; later pivots first.
    std::vector<std::vector<Term>> by_free(layout_.row_counts.size());
    for (int row = 0; row < layout_.rows(); ++row)
        if (!elimination.vanished(row)) by_free[row] = {{row, 1}};
    std::vector<Residue> sum(layout_.row_counts.size(), 0);
    std::vector<int> used;
    for (auto pivot = elimination.pivots().rbegin(); pivot != elimination.pivots().rend(); ++pivot) {
        Residue own = 1;
        used.clear();
        for (const auto& term : pivot->column) {
            if (term.row == pivot->row) {
                own = term.value;
                continue;
            }
            for (const auto& [row, value] : by_free[term.row]) {
                if (sum[row] == 0) used.push_back(row);
                const auto product = term.value == 1 ? value : field::multiply(term.value, value);
                sum[row] = field::add(sum[row], product);
                if (sum[row] == 0) sum[row] = field::prime;  // still marked as used
            }
        }
        const auto factor = field::negate(field::inverse(own));
        auto& out = by_free[pivot->row];
        for (const int row : used) {
            const auto value = sum[row] % field::prime;
            sum[row] = 0;
            if (value != 0) out.push_back({row, field::multiply(factor, value)});
        }
    }
    constexpr std::size_t longest = 400;
    constexpr Count largest_change = 4;
    std::vector<Move> circuits(layout_.row_counts.size());
    std::vector<char> usable(layout_.row_counts.size(), 1);
    for (int row = 0; row < layout_.rows(); ++row)
        for (const auto& [free, value] : by_free[row]) {
            const Count change = field::to_signed(value);
            if (std::abs(change) > largest_change || circuits[free].size() >= longest)
                usable[free] = 0;
            else if (usable[free])
                circuits[free].push_back({row, change});
        }
    for (int row = 0; row < layout_.rows(); ++row)
        if (usable[row] && !circuits[row].empty()) pool_.push_back(std::move(circuits[row]));
}

}  // namespace disclosure
