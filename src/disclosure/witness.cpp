#include "disclosure/witness.h"

#include <ctime>
#include <numeric>

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

// A walk from the true table by exchanges, each step a table that agrees with everything published. Where it ends most cells differ.
void Witnesses::walk(Random& random) {
    std::vector<Count> at(layout_.row_counts.size(), 0), figures(layout_.figures.size(), 0);
    std::vector<std::size_t> order(pool_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    random.shuffle(order);
    std::vector<int> seen;
    for (const auto index : order) {
        const auto& exchange = pool_[index];
        const Count sign = random.below(2) ? 1 : -1;
        bool good = true;
        seen.clear();
        ++now_;
        for (const auto& [row, change] : exchange)
            good = good && layout_.row_counts[row] + at[row] + sign * change >= (fixed_row_[row] ? layout_.row_counts[row] : 0);
        // Rows are figures themselves, and mostly the first to refuse.
        for (const auto& [row, change] : exchange)
            if (good && sign * change < 0 && layout_.row_counts[row] + at[row] + sign * change < lower_bound_) good = false;
        if (!good) continue;
        for (const auto& [row, change] : exchange)
            for (const int f : row_figures_[row]) {
                if (stamp_[f] != now_) {
                    stamp_[f] = now_;
                    change_[f] = 0;
                    seen.push_back(f);
                }
                change_[f] += sign * change;
            }
        for (const int f : seen)
            if (change_[f] != 0 && (!suppressed_[f] || layout_.figures[f].count + figures[f] + change_[f] < lower_bound_)) {
                good = false;
                break;
            }
        if (!good) continue;
        for (const auto& [row, change] : exchange) at[row] += sign * change;
        for (const int f : seen) figures[f] += change_[f];
    }
    Move move;
    for (int row = 0; row < layout_.rows(); ++row)
        if (at[row] != 0) move.push_back({row, at[row]});
    offer(move);
}

void Witnesses::walk_until_idle(const std::vector<int>& targets, Random& random) {
    auto before = open(targets).size();
    for (int round = 0; round < 60 && before > 0; ++round) {
        for (int k = 0; k < 3; ++k) walk(random);
        const auto now = open(targets).size();
        if (now + before / 50 >= before) return;
        before = now;
    }
}

void Witnesses::search(const std::vector<int>& targets, std::uint64_t seed, const Control& control, double seconds) {
    const auto started = std::clock();
    const auto spent = [&] { return static_cast<double>(std::clock() - started) / CLOCKS_PER_SEC; };
    Random random(seed);
    const auto tell = [&] {
        if (control.progress)
            control.progress("witnesses",
                             1.0 - static_cast<double>(open(targets).size()) / static_cast<double>(std::max<std::size_t>(targets.size(), 1)));
    };
    if (open(targets).empty()) return;
    find_exchanges(random);
    for (int pass = 0; pass < 4 && !open(targets).empty(); ++pass) {
        find_circuits(random, pass % 2 == 0, pass < 2 ? 0 : 3);
        walk_until_idle(targets, random);
        tell();
    }
    for (int round = 0; round < 12; ++round) {
        auto rest = open(targets);
        const auto before = rest.size();
        random.shuffle(rest);
        for (const int f : rest) {
            if (control.stopped() || spent() > seconds) return;
            if (!proven(f)) mend(f, random, 10);
        }
        walk_until_idle(targets, random);
        tell();
        if (before == 0 || open(targets).size() + before / 33 >= before) break;
    }
}

void Witnesses::search_by_programs(const std::vector<int>& targets, std::uint64_t seed, const Control& control, double seconds) {
    const auto started = std::clock();
    Random random(seed ^ 0x70726f67);
    auto left = open(targets);
    random.shuffle(left);
    std::size_t done = 0;
    for (const int f : left) {
        if (proven(f)) continue;
        if (control.stopped() || static_cast<double>(std::clock() - started) / CLOCKS_PER_SEC > seconds) return;
        const bool only_up = layout_.figures[f].count <= lower_bound_;
        const bool up_first = only_up || random.below(2) == 0;
        shortest(f, up_first) || only_up || shortest(f, !up_first);
        if (control.progress) control.progress("programs", static_cast<double>(done) / static_cast<double>(left.size()));
        // What it found joins the pool, so that others may be mended now.
        if (++done % 8 == 0) {
            walk(random);
            for (const int g : left)
                if (!proven(g)) mend(g, random, 4);
        }
    }
}

std::vector<Move> Witnesses::proofs() const {
    auto out = moves_;
    for (const int entry : proof_) {
        if (entry < 0) continue;
        out.push_back(pool_[entry]);
        out.push_back(pool_[entry]);
        for (auto& step : out.back()) step.change = -step.change;
    }
    return out;
}

}  // namespace disclosure
