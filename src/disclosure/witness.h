#pragma once
#include <memory>
#include <span>

#include "disclosure/cells.h"
#include "disclosure/random.h"

namespace disclosure {

struct Step {
    int row = 0;
    Count change = 0;
};
// What another table differs in from the true one.
using Move = std::vector<Step>;

enum class Decision : std::uint8_t { proven, too_narrow, open };

// Looks for integer tables that agree with everything published and differ in the protected cells. Each is checked in integers,
// equation by equation, before it counts; how it was found does not matter. So a complete set of witnesses proves a pattern safe
// without any trust in floating point.
class Witnesses {
  public:
    Witnesses(const Layout&, std::vector<char> suppressed_figure, const Rules&);
    ~Witnesses();

    // True when the table x + move agrees with all that is published; then its values widen the intervals.
    bool offer(const Move&);
    bool proven(int figure) const { return high_[figure] - low_[figure] >= width_; }
    Interval interval(int figure) const { return {layout_.figures[figure].count + low_[figure], layout_.figures[figure].count + high_[figure]}; }
    const std::vector<Move>& moves() const { return moves_; }  // each of them proves something
    // Of the targets, those not proven yet.
    std::vector<int> open(std::vector<int> targets) const;

    // The integer program of one figure. too_narrow is a claim of the solver, proven never is.
    Decision decide(int figure, double seconds);

  private:
    class System;
    bool works(const Move&);
    System& system();

    const Layout& layout_;
    std::vector<char> suppressed_;
    Count lower_bound_, width_;
    std::vector<std::vector<int>> row_figures_;
    std::vector<std::vector<std::pair<int, int>>> row_relations_;  // relation, sign
    std::vector<char> fixed_row_;
    std::vector<Count> low_, high_;
    std::vector<Move> moves_;
    std::vector<Count> change_, relation_change_;  // scratch
    std::vector<int> touched_, stamp_;
    int now_ = 0;
    std::unique_ptr<System> system_;
};

}  // namespace disclosure
