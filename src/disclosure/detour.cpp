// The cheapest change for one target by a linear program in which published figures may change for a price. A proposal: what it finds
// counts only when it is whole and violates nothing.
#include <cmath>
#include <coin/ClpSimplex.hpp>
#include <coin/CoinPackedMatrix.hpp>

#include "disclosure/search.h"
#include "disclosure/whole_numbers.h"

namespace disclosure {

class Search::Program {
  public:
    Program(Search& search, double scale) : search_(search), scale_(scale) {
        std::vector<int> equation, column;
        std::vector<double> factors;
        const auto add = [&](std::size_t v, int sign, double most) {
            for (const auto& [e, factor] : search.uses_[v]) {
                equation.push_back(e);
                column.push_back(static_cast<int>(upper_.size()));
                factors.push_back(sign * factor);
            }
            upper_.push_back(most);
            columns_.emplace_back(static_cast<int>(v), sign);
            noise_.push_back(1.0 + 0.02 * search.random_.unit());
            prices_.push_back(price_of(static_cast<int>(v)) * noise_.back());
            return static_cast<int>(upper_.size()) - 1;
        };
        rise_.assign(search.uses_.size(), -1);
        fall_.assign(search.uses_.size(), -1);
        for (std::size_t v = 0; v < search.uses_.size(); ++v) {
            rise_[v] = add(v, 1, 1000);
            if (search.room_[v] > 0) fall_[v] = add(v, -1, std::min(1000.0, static_cast<double>(search.room_[v])));
        }
        const auto equations = search.equations_.size();
        CoinPackedMatrix matrix(true, equation.data(), column.data(), factors.data(), static_cast<CoinBigIndex>(factors.size()));
        matrix.setDimensions(static_cast<int>(equations), static_cast<int>(upper_.size()));
        const std::vector<double> zeros(std::max(equations, upper_.size()), 0.0);
        program_.setLogLevel(0);
        program_.loadProblem(matrix, zeros.data(), upper_.data(), prices_.data(), zeros.data(), zeros.data());
        program_.setMaximumIterations(20'000);
    }

    void update(int variable) {
        for (const int c : {rise_[variable], fall_[variable]})
            if (c >= 0) program_.setObjectiveCoefficient(c, price_of(variable) * noise_[c]);
    }

    // Changes of variables, whole numbers; empty when there are none.
    std::vector<std::pair<int, int>> cheapest(int figure, bool rise) {
        const auto& rows = search_.layout_.figures[figure].rows;
        const int first = rows[search_.random_.below(rows.size())];
        const double width = static_cast<double>(search_.width_);
        const int target = rise ? rise_[first] : fall_[first];
        if (target < 0 || upper_[target] < width) return {};
        // The other rows of the target may not take back what the first one does.
        std::vector<int> closed, raised{target};
        for (const int row : rows)
            if (const int c = rise ? fall_[row] : rise_[row]; c >= 0) closed.push_back(c);
        for (const int c : closed) program_.setColumnUpper(c, 0);
        program_.setColumnLower(target, width);
        program_.allSlackBasis(true);
        std::vector<std::pair<int, int>> out;
        for (int depth = 0; depth < 8; ++depth) {
            program_.dual();
            search_.steps_ += 80 * static_cast<std::uint64_t>(program_.numberIterations());
            if (program_.status() != 0) break;
            out = whole();
            if (!out.empty()) break;
            const int next = raise_nearest_to_whole(program_, upper_);
            if (next < 0) break;
            raised.push_back(next);
        }
        for (const int c : raised) program_.setColumnLower(c, 0);
        for (const int c : closed) program_.setColumnUpper(c, upper_[c]);
        return out;
    }

  private:
    double price_of(int v) const {
        if (search_.dear_[v] > 0) return scale_ * search_.dear_[v];
        return v < search_.layout_.rows() ? 1.0 : 0.2;
    }

    // The solution, or a small multiple of it, in integers.
    std::vector<std::pair<int, int>> whole() const {
        const double* solution = program_.primalColumnSolution();
        std::vector<std::pair<int, double>> changes;
        for (std::size_t c = 0; c < columns_.size(); ++c) {
            if (solution[c] < 1e-7) continue;
            const auto& [v, sign] = columns_[c];
            if (!changes.empty() && changes.back().first == v)
                changes.back().second += sign * solution[c];
            else
                changes.emplace_back(v, sign * solution[c]);
        }
        for (int factor = 1; factor <= 6; ++factor) {
            std::vector<std::pair<int, int>> out;
            for (const auto& [v, by] : changes) {
                const double scaled = by * factor, nearest = std::round(scaled);
                if (std::abs(scaled - nearest) > 1e-5 || static_cast<double>(search_.room_[v]) + nearest < 0) break;
                out.emplace_back(v, static_cast<int>(nearest));
            }
            if (out.size() == changes.size()) return out;
        }
        return {};
    }

    Search& search_;
    double scale_;
    std::vector<int> rise_, fall_;
    std::vector<double> upper_, prices_, noise_;
    std::vector<std::pair<int, int>> columns_;  // variable, sign
    ClpSimplex program_;
};

void Search::detour(double scale, const Control& control, const std::function<bool()>& enough) {
    auto rest = open();
    if (rest.empty()) return;
    if (!program_ || scale != program_scale_) program_ = std::make_shared<Program>(*this, scale);
    program_scale_ = scale;
    random_.shuffle(rest);
    std::size_t done = 0;
    for (const int f : rest) {
        if (control.stopped() || enough()) return;
        if (control.progress && ++done % 64 == 0) control.progress("detours", static_cast<double>(done) / static_cast<double>(rest.size()));
        for (int n = 0; n < 10 && proof_[f] < 0; ++n)
            if (attempt(f, 60, 0.0)) keep();
        for (const bool rise : {true, false}) {
            if (proof_[f] >= 0) break;
            const auto changes = program_->cheapest(f, rise);
            reset();
            double price = 0;
            for (const auto& [v, by] : changes) {
                change(v, by);
                price += dear_[v];
            }
            if (changes.empty() || !violated_.empty() || price >= never) continue;
            for (const auto& [v, by] : changes)
                if (dear_[v] > 0) suppress(figure_of_variable_[v]);
            keep();
        }
    }
}

void Search::update_program(int variable) {
    if (program_) program_->update(variable);
}

// Some secondary figures that lie together are published, and what that opens is protected anew.
bool Search::shake(const Control& control, const std::function<bool()>& enough) {
    std::vector<int> secondary;
    for (std::size_t f = 0; f < layout_.figures.size(); ++f)
        if (suppressed_[f] && !layout_.figures[f].is_protected) secondary.push_back(static_cast<int>(f));
    if (secondary.empty()) return false;
    steps_ += suppressed_.size();
    const auto before = suppressed_;
    const auto proofs_before = proof_;
    const double dear = price();
    const int centre = secondary[random_.below(secondary.size())];
    std::vector<int> together{centre};
    for (const int found : found_changing_[centre])
        if (found_[found].published == 0 && !rests_[found].empty())
            for (const int f : found_[found].secondary)
                if (suppressed_[f] && together.size() < 8 && std::ranges::find(together, f) == together.end()) together.push_back(f);
    std::vector<int> opened;
    for (const int f : together) {
        const auto resting = resting_on(f);
        opened.insert(opened.end(), resting.begin(), resting.end());
    }
    for (const int f : together) publish(f);
    for (const int t : opened) {
        if (proof_[t] >= 0 && found_[proof_[t]].published == 0) continue;
        proof_[t] = -1;
        for (const int found : found_for_[t])
            if (found_[found].published == 0) {
                set_proof(t, found);
                break;
            }
    }
    detour(10.0, control, [&] { return enough() || price() >= dear; });
    if (open().empty() && price() < dear) return true;
    for (std::size_t f = 0; f < suppressed_.size(); ++f)
        if (before[f] != suppressed_[f]) before[f] ? suppress(static_cast<int>(f)) : publish(static_cast<int>(f));
    proof_ = proofs_before;
    return false;
}

}  // namespace disclosure
