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
    Witnesses(const Problem&, const Layout&, std::vector<char> suppressed_figure, const Rules&);
    ~Witnesses();

    // True when the table x + move agrees with all that is published; then its values widen the intervals.
    bool offer(const Move&);
    bool proven(int figure) const { return high_[figure] - low_[figure] >= width_; }
    Interval interval(int figure) const { return {layout_.figures[figure].count + low_[figure], layout_.figures[figure].count + high_[figure]}; }
    std::size_t tables() const { return moves_.size(); }
    const std::vector<Move>& moves() const { return moves_; }
    // Of the targets, those not proven yet.
    std::vector<int> open(std::vector<int> targets) const;

    // Walks by exchanges and circuits, and mends circuits that do not fit; what is left is open.
    void search(const std::vector<int>& targets, std::uint64_t seed, const Control&, double seconds);
    // The shortest change for each open target by a linear program.
    void search_by_programs(const std::vector<int>& targets, std::uint64_t seed, const Control&, double seconds);
    // Tables worth showing to another Witnesses: it checks them anew.
    std::vector<Move> proofs() const;
    // The integer program of one figure. too_narrow is a claim of the solver, proven never is.
    Decision decide(int figure, double seconds);
    void unpublish(const std::vector<int>& figures);
    // Publishes a figure if every target still has a proof that leaves it alone. `proofs` are prepared by find_proofs.
    void find_proofs(const std::vector<int>& targets, Random&);
    bool release(int figure, Random&);
    // Figures that share rows with one, smallest first.
    std::vector<int> neighbours(int figure) const;
    const std::vector<char>& suppressed() const { return suppressed_; }
    std::size_t programs() const { return programs_; }

  private:
    class System;
    void find_exchanges(Random&);
    void find_circuits(Random&, bool spare_ones, double variety);
    void walk(Random&);
    void walk_until_idle(const std::vector<int>& targets, Random&);
    void sign();
    bool works(const Move&);
    void index_pool();
    bool mend(int figure, Random&, int attempts);
    bool feasible(int entry, int sign) const;
    bool reprove(int figure, Random&);
    void set_proof(int figure, int entry);
    bool shortest(int figure, bool rise);
    System& system();

    const Problem& problem_;
    const Layout& layout_;
    std::vector<char> suppressed_;
    Count lower_bound_, width_;
    std::vector<std::vector<int>> row_figures_;
    std::vector<std::vector<std::pair<int, int>>> row_relations_;  // relation, sign
    std::vector<char> fixed_row_;
    std::vector<std::uint64_t> signature_;  // of each row: which published figures and relations it is in
    std::vector<Count> low_, high_;
    std::vector<Move> moves_;
    std::vector<Move> pool_;                                 // changes that keep all equations, whatever they do to bounds
    std::vector<std::vector<std::pair<int, int>>> effects_;  // of pool entries on figures
    std::vector<std::vector<int>> users_;                    // pool entries that change a figure
    std::size_t indexed_ = 0;
    std::vector<Count> change_, relation_change_;  // scratch
    std::vector<int> touched_, stamp_;
    int now_ = 0;
    std::size_t programs_ = 0;
    std::unique_ptr<System> system_;
    std::vector<int> targets_without_proof_;
    std::vector<int> proof_;                  // of a target: a pool entry that proves it alone
    std::vector<std::vector<int>> touching_;  // targets whose proof changes a figure (some have moved on)
};

}  // namespace disclosure
