#include "disclosure/witness.h"

namespace disclosure {

bool Witnesses::works(const Move& move) {
    touched_.clear();
    ++now_;
    bool good = true;
    std::vector<int> relations;
    for (const auto& [row, change] : move) {
        good = good && !fixed_row_[row] && layout_.row_counts[row] + change >= 0;
        for (const int f : row_figures_[row]) {
            if (stamp_[f] != now_) {
                stamp_[f] = now_;
                change_[f] = 0;
                touched_.push_back(f);
            }
            change_[f] += change;
        }
        for (const auto& [relation, sign] : row_relations_[row]) {
            relation_change_[relation] += sign * change;
            relations.push_back(relation);
        }
    }
    for (const int r : relations) {
        if (relation_change_[r] != 0) good = false;
    }
    for (const int r : relations) relation_change_[r] = 0;
    for (const int f : touched_) {
        if (!good) break;
        if (change_[f] == 0) continue;
        if (!suppressed_[f] || layout_.figures[f].count + change_[f] < lower_bound_) good = false;
    }
    return good;
}

bool Witnesses::offer(const Move& move) {
    if (!works(move)) return false;
    bool news = false;
    for (const int f : touched_) {
        if (layout_.figures[f].is_protected && !proven(f)) news = news || change_[f] < low_[f] || change_[f] > high_[f];
        low_[f] = std::min(low_[f], change_[f]);
        high_[f] = std::max(high_[f], change_[f]);
    }
    if (news) moves_.push_back(move);
    return true;
}

std::vector<int> Witnesses::open(std::vector<int> targets) const {
    std::erase_if(targets, [&](int f) { return proven(f); });
    return targets;
}

}  // namespace disclosure
