// Linear and integer programs over the whole table. Their answers are only proposals: Witnesses checks each in integers.
#include <cmath>
#include <coin/CbcModel.hpp>
#include <coin/ClpSimplex.hpp>
#include <coin/CoinPackedMatrix.hpp>
#include <coin/OsiClpSolverInterface.hpp>
#include <ctime>

#include "disclosure/elimination.h"
#include "disclosure/witness.h"

namespace disclosure {

// Unknown figures, each with a column for its rise and one for its fall; one equation a sum of figures. Changes have a price, so
// the true table is the optimum until a target is asked for; the dual method starts there and stays near.
class Witnesses::System {
  public:
    System(const Layout& layout, const std::vector<char>& suppressed, const std::vector<char>& fixed_row, Count lower_bound, Count width) {
        const auto figures = layout.figures.size();
        rise_.assign(figures, -1);
        fall_.assign(figures, -1);
        std::vector<int> figure_of_row(layout.row_counts.size(), -1);
        for (std::size_t f = 0; f < figures; ++f)
            if (layout.figures[f].rows.size() == 1) figure_of_row[layout.figures[f].rows[0]] = static_cast<int>(f);
        const double most = static_cast<double>(1000 + 2 * width);
        const auto add = [&](Count room, double price) {
            upper_.push_back(std::min(most, static_cast<double>(room)));
            price_.push_back(price);
            return static_cast<int>(upper_.size()) - 1;
        };
        row_rise_.assign(layout.row_counts.size(), -1);
        row_fall_.assign(layout.row_counts.size(), -1);
        for (std::size_t f = 0; f < figures; ++f) {
            const auto& figure = layout.figures[f];
            if (!suppressed[f]) continue;
            const double price = figure.rows.size() == 1 ? 1.0 + 1e-4 * static_cast<double>(f % 97) : 0.1;
            rise_[f] = add(1'000'000, price);
            if (layout.figures[f].count > lower_bound) fall_[f] = add(layout.figures[f].count - lower_bound, price);
        }
        for (int row = 0; row < layout.rows(); ++row) {
            if (fixed_row[row]) continue;
            if (const int f = figure_of_row[row]; f >= 0) {
                row_rise_[row] = rise_[f];
                row_fall_[row] = fall_[f];
            } else {
                row_rise_[row] = add(1'000'000, 0.5);
                row_fall_[row] = add(layout.row_counts[row], 0.5);
            }
        }
        for (std::size_t f = 0; f < figures; ++f) {
            const auto& figure = layout.figures[f];
            if (figure.rows.size() < 2) continue;
            if (!figure.parts.empty())
                for (const int part : figure.parts) term(rise_[part], fall_[part], 1);
            else
                for (const int row : figure.rows) term(row_rise_[row], row_fall_[row], 1);
            term(rise_[f], fall_[f], -1);
            ++equations_;
        }
        for (const auto& relation : layout.relations) {
            for (const auto& [row, value] : difference(relation.left, relation.right))
                term(row_rise_[row], row_fall_[row], static_cast<double>(field::to_signed(value)));
            ++equations_;
        }
        CoinPackedMatrix matrix(true, equation_.data(), column_.data(), value_.data(), static_cast<CoinBigIndex>(value_.size()));
        matrix.setDimensions(equations_, static_cast<int>(upper_.size()));
        const std::vector<double> zeros(std::max<std::size_t>(static_cast<std::size_t>(equations_), upper_.size()), 0.0);
        program_.setLogLevel(0);
        program_.loadProblem(matrix, zeros.data(), upper_.data(), price_.data(), zeros.data(), zeros.data());
        program_.setMaximumIterations(200'000);
    }

    int column(int figure, bool rise) const { return rise ? rise_[figure] : fall_[figure]; }

    Move move(const double* solution) const {
        Move out;
        for (std::size_t row = 0; row < row_rise_.size(); ++row) {
            const double change = (row_rise_[row] >= 0 ? solution[row_rise_[row]] : 0) - (row_fall_[row] >= 0 ? solution[row_fall_[row]] : 0);
            if (std::llround(change) != 0) out.push_back({static_cast<int>(row), static_cast<Count>(std::llround(change))});
        }
        return out;
    }

    // In integers, as far as the figure will go; true when the answer is final.
    bool farthest(int figure, bool rise, double seconds, double enough, Move& found) {
        const int target = column(figure, rise), opposite = column(figure, !rise);
        if (target < 0) return true;
        OsiClpSolverInterface shared(&program_);  // borrows the program: bounds set here would stay for the next question
        OsiClpSolverInterface solver(shared);
        solver.setHintParam(OsiDoPresolveInInitial, false);  // CoinUtils 2.11 leaks memory there
        solver.setHintParam(OsiDoPresolveInResolve, false);
        for (int c = 0; c < static_cast<int>(upper_.size()); ++c) {
            solver.setInteger(c);
            solver.setObjCoeff(c, 0.001 * price_[c]);
        }
        if (opposite >= 0) solver.setColUpper(opposite, 0);
        solver.setColLower(target, 1);
        // Some cells can move by two but not by one; so there is no limit above, only no reward beyond what is enough.
        if (enough > 1) solver.setObjCoeff(target, -100.0);
        solver.messageHandler()->setLogLevel(0);
        solver.getModelPtr()->setMaximumSeconds(seconds);  // also for all that Cbc solves with a copy of it
        const auto started = std::clock();
        solver.initialSolve();  // without it the branching may take the program for infeasible
        if (solver.isProvenPrimalInfeasible()) return true;
        if (!solver.isProvenOptimal()) return false;  // out of time
        CbcModel model(solver);
        model.setLogLevel(0);
        model.setMaximumSeconds(seconds / 2);
        model.branchAndBound();
        if (model.bestSolution()) found = move(model.bestSolution());
        // A solution that is found counts by being checked, not by being optimal.
        const double taken = static_cast<double>(std::clock() - started) / CLOCKS_PER_SEC;
        return !model.bestSolution() && model.isProvenInfeasible() && taken < seconds / 2;
    }

  private:
    void term(int rise, int fall, double value) {
        if (rise >= 0) {
            equation_.push_back(equations_);
            column_.push_back(rise);
            value_.push_back(value);
        }
        if (fall >= 0) {
            equation_.push_back(equations_);
            column_.push_back(fall);
            value_.push_back(-value);
        }
    }
    std::vector<int> rise_, fall_, row_rise_, row_fall_, equation_, column_;
    std::vector<double> upper_, price_, value_;
    int equations_ = 0;
    ClpSimplex program_;
};

Witnesses::Witnesses(const Layout& layout, std::vector<char> suppressed_figure, const Rules& rules)
    : layout_(layout),
      suppressed_(std::move(suppressed_figure)),
      lower_bound_(rules.lower_bound),
      width_(rules.required_width),
      row_figures_(layout.row_counts.size()),
      row_relations_(layout.row_counts.size()),
      fixed_row_(layout.row_counts.size(), 0),
      low_(layout.figures.size(), 0),
      high_(layout.figures.size(), 0),
      change_(layout.figures.size(), 0),
      relation_change_(layout.relations.size(), 0),
      stamp_(std::max(layout.figures.size(), layout.row_counts.size()), 0) {
    for (std::size_t f = 0; f < layout.figures.size(); ++f) {
        const auto& rows = layout.figures[f].rows;
        for (const int row : rows) row_figures_[row].push_back(static_cast<int>(f));
        if (!suppressed_[f] && rows.size() == 1) fixed_row_[rows[0]] = 1;
    }
    for (std::size_t r = 0; r < layout.relations.size(); ++r) {
        for (const int row : layout.relations[r].left) row_relations_[row].emplace_back(static_cast<int>(r), 1);
        for (const int row : layout.relations[r].right) row_relations_[row].emplace_back(static_cast<int>(r), -1);
    }
}

Witnesses::~Witnesses() = default;

Witnesses::System& Witnesses::system() {
    if (!system_) system_ = std::make_unique<System>(layout_, suppressed_, fixed_row_, lower_bound_, width_);
    return *system_;
}

Decision Witnesses::decide(int figure, double seconds) {
    bool final = true;
    for (const bool rise : {true, false}) {
        Move move;
        if (!system().farthest(figure, rise, seconds / 2, static_cast<double>(width_), move)) final = false;
        if (!move.empty()) offer(move);
        if (proven(figure)) return Decision::proven;
    }
    return final ? Decision::too_narrow : Decision::open;
}

}  // namespace disclosure
