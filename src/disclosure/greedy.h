#pragma once
#include <vector>

#include "disclosure/cells.h"
#include "disclosure/field.h"
#include "disclosure/witness.h"

namespace disclosure {

// Starts with everything suppressed and publishes figure after figure, the dearest first, unless a protected one would lose its
// protection.
//
// What an attacker cannot tell apart are changes of the table that leave all published figures alone. They are kept as a sparse basis:
// publishing a figure takes one change that moves it out of the basis and out of all others. A protected figure that no change moves
// any more would be known; that shows in a single random change.
//
// Equations are not all an attacker has: counts are whole and suppressed ones at least 1. So each protected figure also has a witness
// at all times, a change in whole numbers within the bounds. Publishing a figure bends the witnesses that move it, by changes of the
// basis; where that does not succeed, it stays suppressed.
class Greedy {
  public:
    Greedy(const Layout&, const Rules&, std::uint64_t seed);
    void run(const std::vector<int>& order, const Control&);
    const std::vector<char>& suppressed() const { return suppressed_; }
    // Suppressed for want of witnesses alone; these may be tried again.
    const std::vector<int>& undecided() const { return undecided_; }
    std::vector<Move> proofs() const;
    std::uint64_t work() const { return work_; }

  private:
    struct Part {
        int figure = 0;
        int change = 0;
    };
    using Change = std::vector<Part>;  // ascending figures; whole numbers without a common divisor
    struct Proof {
        Change steps;
        std::vector<int> resting;  // targets it is the proof of; some have moved on
    };
    struct Score {
        int violation = 0;
        int size = 0;
        bool operator<(const Score& o) const { return violation != o.violation ? violation < o.violation : size < o.size; }
    };

    void try_to_publish(int figure);
    bool determines(int figure, int pivot) const;
    int pivot_of(int figure) const;
    void publish(int figure, int pivot);
    void take_back(int figure);
    bool subtract(int target, int from, const Change& source, int own);
    static const Part* part(const Change&, int figure);
    const Part* part(int change, int figure) const { return part(changes_[change], figure); }
    const Part* step(int proof, int figure) const { return part(proofs_[proof].steps, figure); }
    void clean(int figure);

    bool bend_all(int figure, std::vector<Proof>& bent);
    bool bend(const Proof&, const std::vector<int>& targets, int figure, const std::vector<Proof>& bent, int effort, Proof& out);
    bool bend_somehow(const Proof&, const std::vector<int>& targets, int figure, const std::vector<Proof>& bent, Proof& out);
    const Change* best_of(std::span<const Change* const> candidates, int at, int wanted, bool exactly, int violation, Score& score, int& factor);
    void load(const Proof&);
    void apply(const Change&, int factor);

    const Layout& layout_;
    int width_;
    std::vector<char> suppressed_, one_, retired_;
    std::vector<int> figure_of_row_;
    std::vector<Change> changes_;
    std::vector<std::vector<int>> users_;  // of a figure: changes that move it; some no longer do
    std::vector<Residue> random_;          // one random change of all
    std::vector<Proof> proofs_;
    std::vector<std::vector<int>> carriers_;  // of a figure: proofs that move it; some no longer do
    std::vector<int> proof_;                  // of a target
    std::vector<int> undecided_;
    std::vector<int> hardness_;  // of a target: how often its proof could not be bent
    // What the last publication changed, to take it back.
    std::vector<std::pair<int, Change>> before_;
    std::vector<int> new_users_;     // figures whose lists it made longer
    std::vector<int> place_before_;  // of a change
    Residue random_factor_ = 0;
    // The proof being bent.
    struct State {
        int now = 0;           // how far it has moved
        int room = unbounded;  // of figures that are rows: by how much they may fall
        int kept = 0;          // the number of the bend that must move it
    };
    static constexpr int unbounded = 1'000'000'000;
    std::vector<State> state_;  // of a figure
    std::vector<int> touched_, seen_;
    int stamp_ = 0;
    int size_ = 0;
    Change scratch_;
    std::uint64_t work_ = 0;
};

}  // namespace disclosure
