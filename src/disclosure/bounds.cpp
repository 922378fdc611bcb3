#include "disclosure/bounds.h"

#include <cmath>
#include <coin/ClpSimplex.hpp>
#include <coin/CoinPackedMatrix.hpp>
#include <ctime>

namespace disclosure {
namespace {

// A column as whole numbers without common divisor, if small ones do.
std::optional<std::vector<std::pair<int, Count>>> in_integers(const Column& column) {
    const auto scale = field::inverse(column.front().value);
    for (Count factor = 1; factor <= 60; ++factor) {
        std::vector<std::pair<int, Count>> out;
        for (const auto& term : column) {
            const Count value = field::to_signed(field::multiply(field::multiply(term.value, scale), field::of(factor)));
            if (std::abs(value) > 100'000) break;
            out.emplace_back(term.row, value);
        }
        if (out.size() == column.size()) return out;
    }
    return std::nullopt;
}

using SmallSums = std::vector<std::vector<std::pair<int, Count>>>;

// Rows that cannot rise when every sum stays zero: a linear program proposes multipliers that turn the sums into one without
// negative terms; what has a positive term there is forced. The multipliers are made whole and the sum is taken in integers.
std::vector<int> rows_that_cannot_rise(const SmallSums& sums, int rows, double seconds) {
    std::vector<int> place(rows, -1), used;
    for (const auto& sum : sums)
        for (const auto& [row, value] : sum)
            if (place[row] < 0) {
                place[row] = static_cast<int>(used.size());
                used.push_back(row);
            }
    if (used.empty()) return {};
    // maximize the rises, each up to 1 counted, with every sum zero.
    const int n = static_cast<int>(used.size()), m = static_cast<int>(sums.size());
    std::vector<int> row_of, column_of;
    std::vector<double> value_of;
    for (int i = 0; i < m; ++i)
        for (const auto& [row, value] : sums[i]) {
            for (const int c : {place[row], n + place[row]}) {
                row_of.push_back(i);
                column_of.push_back(c);
                value_of.push_back(static_cast<double>(value));
            }
        }
    CoinPackedMatrix matrix(true, row_of.data(), column_of.data(), value_of.data(), static_cast<CoinBigIndex>(value_of.size()));
    matrix.setDimensions(m, 2 * n);
    // Column i counts up to 1; column n + i is what rises beyond that.
    std::vector<double> low(2 * n, 0.0), high(2 * n, 1.0), objective(2 * n, 0.0), zero(m, 0.0);
    for (int i = 0; i < n; ++i) {
        objective[i] = -1.0;
        high[n + i] = COIN_DBL_MAX;
    }
    ClpSimplex program;
    program.setLogLevel(0);
    program.loadProblem(matrix, low.data(), high.data(), objective.data(), zero.data(), zero.data());
    program.setMaximumSeconds(seconds);
    program.primal();
    if (program.status() != 0) return {};
    const double* duals = program.dualRowSolution();
    for (const double sign : {1.0, -1.0})
        for (Count factor = 1; factor <= 60; ++factor) {
            std::vector<Count> multiplier(m);
            bool whole = true;
            for (int i = 0; i < m; ++i) {
                const double scaled = sign * duals[i] * static_cast<double>(factor);
                multiplier[i] = std::llround(scaled);
                whole = whole && std::abs(scaled - static_cast<double>(multiplier[i])) < 1e-5;
            }
            if (!whole) continue;
            std::vector<Count> total(n, 0);
            for (int i = 0; i < m; ++i)
                for (const auto& [row, value] : sums[i]) total[place[row]] += multiplier[i] * value;
            if (std::ranges::any_of(total, [](Count t) { return t < 0; })) continue;
            std::vector<int> out;
            for (int i = 0; i < n; ++i)
                if (total[i] > 0) out.push_back(used[i]);
            if (!out.empty()) return out;
        }
    return {};
}

std::vector<Residue> random_kernel(const Elimination& elimination, Random& random) {
    std::vector<Residue> kernel(elimination.rows(), 0);
    for (int row = 0; row < elimination.rows(); ++row)
        if (!elimination.vanished(row)) kernel[row] = random.next() % field::prime;
    elimination.complete(kernel);
    return kernel;
}

std::vector<Residue> on_figures(const Layout& layout, const std::vector<Residue>& kernel) {
    std::vector<Residue> out;
    for (const auto& figure : layout.figures) {
        Residue sum = 0;
        for (const int row : figure.rows) sum = field::add(sum, kernel[row]);
        out.push_back(sum);
    }
    return out;
}

}  // namespace

Consequences consequences(const Layout& layout, const std::vector<char>& suppressed, Count lower_bound, double seconds) {
    const auto started = std::clock();
    const auto left = [&] { return seconds - static_cast<double>(std::clock() - started) / CLOCKS_PER_SEC; };
    std::vector<char> at_bound(layout.row_counts.size(), 0);
    // Only a row that is a suppressed cell has a bound the attacker knows.
    for (std::size_t f = 0; f < layout.figures.size(); ++f)
        if (suppressed[f] && layout.figures[f].count <= lower_bound)
            for (const int row : layout.figures[f].rows) at_bound[row] = 1;
    for (int row = 0; row < layout.rows(); ++row)
        if (layout.row_counts[row] > lower_bound) at_bound[row] = 0;
    Elimination elimination(layout.rows(), at_bound);
    for (const auto& r : layout.relations) elimination.add(difference(r.left, r.right));
    std::vector<int> known;
    for (std::size_t f = 0; f < layout.figures.size(); ++f)
        if (!suppressed[f]) known.push_back(static_cast<int>(f));
    std::ranges::stable_sort(known, {}, [&](int f) { return layout.figures[f].rows.size(); });
    for (const int f : known) elimination.add(column_of(layout.figures[f].rows));
    for (int c = 0; c < elimination.columns(); ++c)
        if (!elimination.is_zero(c)) elimination.publish(c);

    Consequences out;
    Random random(0x6b65726e);
    out.determined.assign(layout.figures.size(), 0);
    out.forced.assign(layout.figures.size(), 0);
    const auto free = on_figures(layout, random_kernel(elimination, random));
    for (std::size_t f = 0; f < free.size(); ++f) out.determined[f] = free[f] == 0;

    // Sums of ones that follow from what is published; forced ones become known and may force more.
    while (left() > 0) {
        SmallSums sums;
        for (const auto& pivot : elimination.pivots()) {
            if (!pivot.at_bound) continue;
            if (auto sum = in_integers(pivot.column)) sums.push_back(std::move(*sum));
        }
        const auto rows = rows_that_cannot_rise(sums, layout.rows(), left());
        bool news = false;
        for (const int row : rows) {
            const int column = elimination.add(column_of({row}));
            if (elimination.is_zero(column)) continue;
            elimination.publish(column);
            news = true;
        }
        if (!news) break;
    }
    const auto first = on_figures(layout, random_kernel(elimination, random)), second = on_figures(layout, random_kernel(elimination, random));
    std::map<Residue, int> groups;
    out.group.assign(layout.figures.size(), -1);
    for (std::size_t f = 0; f < layout.figures.size(); ++f) {
        if (first[f] == 0) {
            out.forced[f] = !out.determined[f];
            continue;
        }
        const auto ratio = field::multiply(second[f], field::inverse(first[f]));
        out.group[f] = groups.try_emplace(ratio, static_cast<int>(groups.size())).first->second;
    }
    return out;
}

}  // namespace disclosure
