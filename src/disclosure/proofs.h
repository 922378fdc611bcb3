#pragma once
#include <algorithm>

#include "disclosure/basis.h"
#include "disclosure/witness.h"

namespace disclosure {

// Equations are not all an attacker has: counts are whole and suppressed ones at least 1. So each protected figure also has a witness at
// all times, a change in whole numbers within the bounds that leaves all published figures alone. Publishing a figure bends the
// witnesses that move it, by changes of the basis and by other witnesses.
class Proofs {
  public:
    Proofs(const Layout&, const Rules&, const Basis&, std::uint64_t seed);

    // Looks which proofs move what is on the scale, and which targets but the figure itself rest on these alone. False when one of them
    // has resisted so often that it is not worth a try.
    bool measure(const Scale&, int figure);
    void forget_failures() { std::ranges::fill(failures_, 0); }
    // Once what is on the scale has been published: finds proofs for these. Without patience it gives up at the first that is not
    // found; else it tries the harder the more there is, and goes on without those that are not found.
    bool bend(int patience);
    // Takes what was found in place of those that move what is published; targets that have nothing to rest on are open.
    void settle();
    // From changes of the basis that move the target, different ones at each attempt.
    void prove_anew(int target);
    bool is_open(int target) const { return proof_[target] < 0; }

    std::vector<Move> in_use() const;
    std::vector<Move> all() const;  // also those no target rests on
    std::uint64_t work() const { return work_; }

  private:
    struct Proof {
        Change steps;
        std::vector<int> resting;  // targets it is the proof of; some have moved on
    };
    struct Shaken {
        int hardness = 0;
        std::size_t rows = 0;
        int target = 0;
        Moving proof;
    };
    struct Bent {
        Change steps;
        std::vector<int> proves;
    };
    struct Candidate {
        const Change* change = nullptr;
        int by = 0;  // how far it moves what is to be moved
    };
    struct Score {
        int violation = 0;
        int size = 0;
        bool operator<(const Score& o) const { return violation != o.violation ? violation < o.violation : size < o.size; }
    };
    struct Choice {
        const Change* change = nullptr;
        int times = 0;
        Score score;
    };

    int add(Change steps, std::span<const int> proves);
    std::vector<int> proven_by(const Change& steps);
    bool is_gone(int proof) const { return measured_proof_[proof].index == gone; }
    bool moves(int proof) const { return measured_proof_[proof].index == measured_ && measured_proof_[proof].by != 0; }
    bool rests_elsewhere(int target);
    bool bend_somehow(const Moving&, int target, int patience, Change& out);
    bool bend(const Moving&, int target, int effort, Change& out);
    void candidates_from_basis(int target, bool falls, std::size_t wanted);
    void candidates_from_before(const Moving&, std::size_t wanted, std::size_t wanted_proofs);
    void candidates_at(int row, std::size_t wanted, std::size_t wanted_proofs);
    Choice best_of(int wanted, bool exactly) const;
    bool take(const Choice&);
    void keep(int target);
    void load(const Change&);

    const Layout& layout_;
    const Basis& basis_;
    int width_;
    Count lower_bound_;
    std::vector<Proof> proofs_;
    std::vector<std::vector<int>> carriers_;  // of a row: proofs that move it; some are gone
    std::vector<std::vector<int>> provers_;   // of a target: proofs that prove it; some are gone
    std::vector<int> proof_;                  // of a target
    std::vector<int> hardness_;               // of a target: how often its proof could not be bent
    std::vector<int> failures_;               // the last ones of these, without a success between
    std::vector<int> sum_;                    // scratch, by target
    // What is on the scale.
    static constexpr int gone = -2;
    int measured_ = 0;
    std::vector<Moving> measured_proof_;  // measured_, by how far
    std::vector<Moving> moving_;
    std::vector<Shaken> shaken_;
    std::vector<Bent> bent_;
    std::vector<int> proven_anew_;  // of a target: the measured_ for which a bent proof proves it
    // The proof being bent, by rows: how far it has moved, and how far it may still fall.
    std::vector<int> now_, slack_;
    std::vector<char> in_target_;
    std::vector<std::uint64_t> in_order_;  // a bit for each row
    int target_ = -1, target_now_ = 0;
    std::vector<int> touched_, seen_;
    int size_ = 0, violation_ = 0;
    const Change* last_ = nullptr;
    const Change* before_last_ = nullptr;
    std::vector<Candidate> candidates_;
    int stamp_ = 0;
    mutable std::uint64_t work_ = 0;
};

}  // namespace disclosure
