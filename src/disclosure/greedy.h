#pragma once
#include <functional>
#include <map>
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
//
// Who is alone in a protected figure knows it. Where the rules ask for it, no other protected figure may become a multiple of that one:
// two random changes tell, for then they move both in the same proportion.
//
// Changes are kept by rows. How far one moves a figure is a sum that is taken when it is asked for; the rows' bounds imply all others.
class Greedy {
  public:
    Greedy(const Layout&, const Rules&, std::uint64_t seed);
    // Stops early when it is enough; the pattern is safe all the same.
    void run(const std::vector<int>& order, const Control&, const std::function<bool()>& enough);
    // A pattern made elsewhere: publishes these whatever becomes of the witnesses, and looks for others where one is lost.
    void follow(const std::vector<int>& order, const Control&, const std::function<bool()>& enough);
    const std::vector<char>& suppressed() const { return suppressed_; }
    // Suppressed for want of witnesses alone; these may be tried again.
    const std::vector<int>& undecided() const { return undecided_; }
    std::vector<Move> proofs() const;
    std::vector<Move> tables() const;  // all changes that leave what is published alone, also those no target rests on
    std::uint64_t work() const { return work_; }

  private:
    struct Part {
        int row = 0;
        int change = 0;
    };
    using Change = std::vector<Part>;  // ascending rows; whole numbers without a common divisor
    struct Proof {
        Change steps;
        std::vector<int> resting;  // targets it is the proof of; some have moved on
    };
    struct Moving {
        int index = 0;  // of a change or a proof
        int by = 0;     // how far it moves the figure at hand
    };
    struct Candidate {
        const Change* change = nullptr;
        int by = 0;  // how far it moves what is to be moved
    };
    struct Before {
        int change = 0;
        int by = 0;
        Change parts;
    };
    struct Score {
        int violation = 0;
        int size = 0;
        bool operator<(const Score& o) const { return violation != o.violation ? violation < o.violation : size < o.size; }
    };

    bool is_figure(int index) const { return index < static_cast<int>(suppressed_.size()); }
    // Relations hold from the start, and so does what a pattern made elsewhere publishes.
    bool has_choice(int index) const { return is_figure(index) && !follows_; }
    void measure(int index);
    void tidy(int row);
    void try_to_publish(int index);
    bool determines(int index, const Moving& pivot);
    Moving pivot() const;
    void publish(int index, const Moving& pivot);
    void take_back(int index);
    bool subtract(int target, int from, const Change& source, int own);
    static int change_of(const Change&, int row);
    int change_of_target(const Change&, int target) const;

    Residue proportion_of(int target) const;
    void regroup(int target, Residue proportion);
    bool opens_to_insiders();

    bool bend_all(int index, std::vector<Proof>& bent);
    bool bend(const Moving& moving, const std::vector<int>& targets, const std::vector<Proof>& bent, int effort, Proof& out);
    bool bend_somehow(const Moving& moving, const std::vector<int>& targets, const std::vector<Proof>& bent, Proof& out);
    const Candidate* best_of(std::span<const Candidate> candidates, int wanted, bool exactly, int violation, Score& score, int& factor);
    bool keeps_targets(const Change&, int factor) const;
    void keep(std::span<const int> targets);
    void load(const Change&);
    void apply(const Change&, int factor);
    void settle(std::vector<Proof>& bent);
    void prove_anew(int target);
    void add_proof(Proof);
    void proven_by(const Change& steps, const auto& visit);
    // Each change that is left has a row of its own, which falls along when the change is taken the other way round.
    bool may_fall(int row, int by) const { return state_[row].room + state_[row].now >= by; }
    bool moves(int proof) const { return measured_proof_[proof].index == measured_ && measured_proof_[proof].by != 0; }

    const Layout& layout_;
    int width_;
    Count lower_bound_;
    bool follows_ = false;
    std::vector<char> suppressed_, one_, retired_;
    std::vector<Change> relations_;  // as rows with their factors
    std::vector<Change> changes_;
    std::vector<std::vector<int>> users_;  // of a row: changes that move it; some no longer do
    std::vector<int> user_count_;          // those that do
    std::vector<Residue> random_;          // one random change of all
    std::vector<Residue> second_random_;   // another, to guard against insiders
    struct Group {
        std::size_t alone = 0, all = 0;
        std::size_t pairs() const { return all > 0 ? alone * (all - 1) : 0; }
    };
    bool guards_against_insiders_;
    std::map<Residue, Group> groups_;
    std::vector<Residue> group_;  // of a target: the proportion of the two random changes
    std::size_t insider_pairs_ = 0;
    std::vector<std::pair<int, Residue>> groups_before_;
    std::vector<Proof> proofs_;
    std::vector<std::vector<int>> carriers_;        // of a row: proofs that move it; some are gone
    std::vector<std::vector<int>> provers_;         // of a target: proofs that prove it; some are gone
    std::vector<std::vector<int>> targets_of_row_;  // protected figures a row is in
    std::vector<int> proof_;                        // of a target
    std::vector<int> sum_, reached_;                // scratch, by target
    std::vector<int> proven_anew_;                  // of a target: the measured_ for which a bent proof proves it
    std::vector<int> undecided_;
    std::vector<int> hardness_;  // of a target: how often its proof could not be bent
    // The figure at hand, and what moves it.
    int measured_ = 0;
    std::vector<int> factor_of_row_;
    std::vector<int> measured_change_;
    std::vector<Moving> measured_proof_;  // measured_, by how far
    std::vector<Moving> moving_changes_, moving_proofs_;
    Residue free_ = 0, second_free_ = 0;  // how far the random changes move it
    // What the last publication changed, to take it back.
    std::vector<Before> before_;
    std::vector<int> new_users_;     // rows whose lists it made longer
    std::vector<int> place_before_;  // of a change
    Residue random_factor_ = 0, second_factor_ = 0;
    // The proof being bent.
    struct State {
        int now = 0;   // how far it has moved
        int room = 0;  // by how much it may fall
        int kept = 0;  // the number of the bend a target of which has this row
    };
    static constexpr int unbounded = 1'000'000'000;
    std::vector<State> state_;  // of a row
    std::vector<int> touched_, seen_, kept_;
    int stamp_ = 0;
    int size_ = 0;
    Change scratch_;
    std::uint64_t work_ = 0;
};

// What a pattern publishes, in the order in which suppression does: what readers miss most comes first.
std::vector<int> dearest_first(const Layout&, const std::vector<char>& suppressed);

}  // namespace disclosure
