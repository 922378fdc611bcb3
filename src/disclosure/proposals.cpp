#include "disclosure/proposals.h"

#include <cmath>
#include <coin/ClpSimplex.hpp>
#include <coin/CoinPackedMatrix.hpp>
#include <ctime>
#include <set>

#include "disclosure/elimination.h"
#include "disclosure/random.h"
#include "disclosure/whole_numbers.h"

namespace disclosure {
namespace {

constexpr double most = 1'000;     // that a row rises
constexpr int most_factor = 6;     // by which a solution in fractions is made whole
constexpr int most_rounding = 12;  // rows that are rounded up one after the other

using Equation = std::vector<std::pair<int, int>>;  // ascending rows, factors

std::set<Equation> short_equations(const Layout& layout, const std::vector<char>& suppressed, const std::vector<char>& fixed) {
    std::vector<int> known;
    for (std::size_t f = 0; f < layout.figures.size(); ++f)
        if (!suppressed[f] && layout.figures[f].rows.size() > 1) known.push_back(static_cast<int>(f));
    std::ranges::stable_sort(known, {}, [&](int f) { return layout.figures[f].rows.size(); });
    std::vector<std::vector<int>> known_with(layout.row_counts.size());  // so far, so by size
    std::vector<int> open(layout.row_counts.size(), -1);
    std::set<Equation> out;
    for (const int f : known) {
        const auto& rows = layout.figures[f].rows;
        for (const int row : rows)
            if (!fixed[row]) open[row] = f;
        for (const int row : rows) {
            for (auto part = known_with[row].rbegin(); open[row] == f && part != known_with[row].rend(); ++part) {
                const auto& own = layout.figures[*part].rows;
                if (std::ranges::all_of(own, [&](int r) { return fixed[r] || open[r] == f; }))
                    for (const int r : own) open[r] = -1;
            }
        }
        Equation rest;
        for (const int row : rows)
            if (open[row] == f) rest.emplace_back(row, 1);
        for (const int row : rows) known_with[row].push_back(f);
        if (!rest.empty()) out.insert(std::move(rest));
    }
    for (const auto& relation : layout.relations) {
        Equation rest;
        for (const auto& [row, value] : difference(relation.left, relation.right))
            if (!fixed[row]) rest.emplace_back(row, static_cast<int>(field::to_signed(value)));
        if (!rest.empty()) out.insert(std::move(rest));
    }
    return out;
}

}  // namespace

class Proposals::Program {
  public:
    Program(const Layout& layout, const std::vector<char>& suppressed, const Rules& rules, std::uint64_t seed)
        : layout_(layout), width_(static_cast<double>(rules.required_width)) {
        Random random(seed ^ 0x70726f70);
        std::vector<char> fixed(layout.row_counts.size(), 0), bounded(layout.row_counts.size(), 0);
        for (std::size_t f = 0; f < layout.figures.size(); ++f)
            if (layout.figures[f].rows.size() == 1) (suppressed[f] ? bounded : fixed)[layout.figures[f].rows[0]] = 1;
        const auto add = [&](double upper) {
            upper_.push_back(upper);
            prices_.push_back(1.0 + 0.02 * random.unit());
            return static_cast<int>(upper_.size()) - 1;
        };
        for (int row = 0; row < layout.rows(); ++row) {
            // A row that is no cell of its own is only known not to be negative.
            const Count room = layout.row_counts[row] - (bounded[row] ? rules.lower_bound : 0);
            rise_.push_back(fixed[row] ? -1 : add(most));
            fall_.push_back(fixed[row] || room <= 0 ? -1 : add(static_cast<double>(room)));
        }
        std::vector<int> equation, column;
        std::vector<double> factors;
        int equations = 0;
        for (const auto& terms : short_equations(layout, suppressed, fixed)) {
            for (const auto& [row, factor] : terms)
                for (const auto& [c, sign] : {std::pair{rise_[row], 1}, {fall_[row], -1}})
                    if (c >= 0) {
                        equation.push_back(equations);
                        column.push_back(c);
                        factors.push_back(sign * factor);
                    }
            ++equations;
        }
        CoinPackedMatrix matrix(true, equation.data(), column.data(), factors.data(), static_cast<CoinBigIndex>(factors.size()));
        matrix.setDimensions(equations, static_cast<int>(upper_.size()));
        const std::vector<double> zeros(std::max(static_cast<std::size_t>(equations), upper_.size()), 0.0);
        program_.setLogLevel(0);
        program_.loadProblem(matrix, zeros.data(), upper_.data(), prices_.data(), zeros.data(), zeros.data());
        program_.setMaximumIterations(50'000);
    }

    // The cheapest move that changes one row of the figure, and no other row of it the other way.
    Move move(int figure, bool rises, double seconds) {
        const auto started = std::clock();
        const auto left = [&] { return seconds - static_cast<double>(std::clock() - started) / CLOCKS_PER_SEC; };
        for (const int row : layout_.figures[figure].rows) {
            const int target = rises ? rise_[row] : fall_[row];
            if (target < 0 || upper_[target] < width_) continue;
            std::vector<int> closed, raised{target};
            for (const int other : layout_.figures[figure].rows)
                if (const int c = rises ? fall_[other] : rise_[other]; c >= 0) closed.push_back(c);
            for (const int c : closed) program_.setColumnUpper(c, 0);
            program_.setColumnLower(target, width_);
            program_.allSlackBasis(true);
            Move out;
            for (int round = 0; round < most_rounding && left() > 0; ++round) {
                program_.setMaximumSeconds(left());
                program_.dual();
                if (program_.status() != 0) break;
                out = whole();
                if (!out.empty()) break;
                const int next = raise_nearest_to_whole(program_, upper_);
                if (next < 0) break;
                raised.push_back(next);
            }
            for (const int c : raised) program_.setColumnLower(c, 0);
            for (const int c : closed) program_.setColumnUpper(c, upper_[c]);
            if (!out.empty()) return out;
        }
        return {};
    }

  private:
    // The solution, or a small multiple of it, in integers.
    Move whole() const {
        const double* solution = program_.primalColumnSolution();
        const auto change = [&](int row) { return (rise_[row] >= 0 ? solution[rise_[row]] : 0) - (fall_[row] >= 0 ? solution[fall_[row]] : 0); };
        for (int factor = 1; factor <= most_factor; ++factor) {
            Move out;
            bool good = true;
            for (int row = 0; good && row < layout_.rows(); ++row) {
                const double scaled = factor * change(row), nearest = std::round(scaled);
                good = std::abs(scaled - nearest) < 1e-5 && (nearest >= 0 || (fall_[row] >= 0 && -nearest <= upper_[fall_[row]]));
                if (nearest != 0) out.push_back({row, static_cast<Count>(nearest)});
            }
            if (good) return out;
        }
        return {};
    }

    const Layout& layout_;
    double width_;
    std::vector<int> rise_, fall_;
    std::vector<double> upper_, prices_;
    ClpSimplex program_;
};

Proposals::Proposals(const Layout& layout, const std::vector<char>& suppressed, const Rules& rules, std::uint64_t seed)
    : program_(std::make_unique<Program>(layout, suppressed, rules, seed)) {}
Proposals::~Proposals() = default;
Move Proposals::rise(int figure, double seconds) { return program_->move(figure, true, seconds); }
Move Proposals::fall(int figure, double seconds) { return program_->move(figure, false, seconds); }

}  // namespace disclosure
