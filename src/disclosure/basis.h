#pragma once
#include <map>

#include "disclosure/cells.h"
#include "disclosure/changes.h"
#include "disclosure/field.h"

namespace disclosure {

// What an attacker cannot tell apart: the changes of the table that leave all published figures alone, as a sparse basis. Publishing a
// figure takes one change that moves it out of the basis and out of all others. A figure no change moves any more would be known;
// that shows in a single random change.
//
// Who is alone in a protected figure knows it. Where the rules ask for it, no other protected figure may become a multiple of that one:
// two random changes tell, for then they move both in the same proportion.
class Basis {
  public:
    Basis(const Layout&, const Rules&, std::span<const int> targets, std::uint64_t seed);

    // Looks which changes move what is on the scale.
    void measure(const Scale&);
    const std::vector<Moving>& moving() const { return moving_; }
    bool is_free() const { return free_ != 0; }
    Moving pivot() const;
    // Would a protected figure, this one aside, be known by equations once this one is published?
    bool determines(int index, const Moving& pivot) const;
    void publish(const Moving& pivot);
    void take_back();
    // After a publication: would somebody who is alone in a figure now know another?
    bool opens_to_insiders();

    // Changes by their numbers; those of a row are some too many.
    const Change& change(int number) const { return changes_[number]; }
    std::span<const int> users(int row) const { return users_[row]; }
    // What the last publication changed, as it was before; first the one that was taken out.
    struct Before {
        int change = 0;
        int by = 0;  // how far it moved the figure
        Change parts;
    };
    std::span<const Before> before() const { return before_; }
    const Before* before(int change) const { return place_before_[change] < 0 ? nullptr : &before_[place_before_[change]]; }

    std::span<const int> targets_of(int row) const { return targets_of_row_[row]; }  // those a row is in
    int room(int row) const { return room_[row]; }                                   // by how much it may fall
    std::uint64_t work() const { return work_; }

  private:
    void tidy(int row);
    bool subtract(int target, int from, std::span<const Part> source, int own);
    Residue proportion_of(int target) const;
    void regroup(int target, Residue proportion);

    const Layout& layout_;
    std::vector<int> room_;
    std::vector<Change> changes_;  // whole numbers without a common divisor
    std::vector<char> retired_;
    std::vector<std::vector<int>> users_;  // of a row: changes that move it; some no longer do
    std::vector<std::size_t> tidied_;      // how many were left when they were last looked through
    std::vector<std::vector<int>> targets_of_row_;
    std::vector<Residue> random_, second_random_;  // two random changes of all
    // What is on the scale.
    std::vector<Moving> moving_;
    std::vector<int> measured_change_;
    int measured_ = 0;
    Residue free_ = 0, second_free_ = 0;  // how far the random changes move it
    // What the last publication changed, to take it back.
    std::vector<Before> before_;
    std::vector<int> place_before_;  // of a change
    std::vector<int> new_users_;     // rows whose lists it made longer
    Residue random_factor_ = 0, second_factor_ = 0;
    Change scratch_;

    struct Group {
        std::size_t alone = 0, all = 0;
        std::size_t pairs() const { return all > 0 ? alone * (all - 1) : 0; }
    };
    bool guards_against_insiders_;
    std::map<Residue, Group> groups_;
    std::vector<Residue> group_;  // of a target: the proportion of the two random changes
    std::size_t insider_pairs_ = 0;
    std::vector<std::pair<int, Residue>> groups_before_;
    std::uint64_t work_ = 0;
};

}  // namespace disclosure
