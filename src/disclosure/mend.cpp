// A circuit through an open figure mostly pushes some other figure below its bound. Adding circuits that lift that figure again
// often mends it, at a hundredth of the cost of a linear program.
#include "disclosure/witness.h"

namespace disclosure {

void Witnesses::index_pool() {
    for (; indexed_ < pool_.size(); ++indexed_) {
        std::vector<std::pair<int, int>> effect;
        touched_.clear();
        ++now_;
        for (const auto& [row, change] : pool_[indexed_])
            for (const int f : row_figures_[row]) {
                if (stamp_[f] != now_) {
                    stamp_[f] = now_;
                    change_[f] = 0;
                    touched_.push_back(f);
                }
                change_[f] += change;
            }
        for (const int f : touched_)
            if (change_[f] != 0) {
                effect.emplace_back(f, static_cast<int>(change_[f]));
                users_[f].push_back(static_cast<int>(indexed_));
            }
        effects_.push_back(std::move(effect));
    }
}

bool Witnesses::mend(int figure, Random& random, int attempts) {
    index_pool();
    const auto& through = users_[figure];
    if (through.empty()) return false;
    std::vector<Count> state(layout_.figures.size(), 0);
    std::vector<int> dirty, broken;
    // By how much a figure misses its bound; a published one may not change at all.
    const auto lack = [&](int f, Count change) {
        if (!suppressed_[f]) return 2 * std::abs(change);
        return std::max<Count>(0, lower_bound_ - layout_.figures[f].count - change);
    };
    for (int attempt = 0; attempt < attempts; ++attempt) {
        for (const int f : dirty) state[f] = 0;
        dirty.clear();
        std::vector<std::pair<int, int>> taken;  // pool index, sign
        const auto take = [&](int index, int sign) {
            for (const auto& [f, change] : effects_[index]) {
                if (state[f] == 0) dirty.push_back(f);
                state[f] += sign * change;
            }
            taken.emplace_back(index, sign);
        };
        const int first = through[random.below(through.size())];
        int own = 0;
        for (const auto& [f, change] : effects_[first])
            if (f == figure) own = change;
        if (own == 0) continue;
        const bool rise = layout_.figures[figure].count <= lower_bound_ || random.below(2) == 0;
        take(first, (own > 0) == rise ? 1 : -1);
        for (int step = 0; step < 14; ++step) {
            broken.clear();
            for (const int f : dirty)
                if (lack(f, state[f]) > 0) broken.push_back(f);
            if (broken.empty()) break;
            const int f = broken[random.below(broken.size())];
            const auto& helpers = users_[f];
            int best = -1, best_sign = 0;
            Count best_gain = 0;
            for (int n = 0; n < 24 && !helpers.empty(); ++n) {
                const int helper = helpers[random.below(helpers.size())];
                int sign = 0;
                const bool lift = suppressed_[f] || state[f] < 0;
                for (const auto& [g, change] : effects_[helper])
                    if (g == f) sign = (change > 0) == lift ? 1 : -1;
                Count gain = 0, own_change = state[figure];
                for (const auto& [g, change] : effects_[helper]) {
                    gain += lack(g, state[g]) - lack(g, state[g] + sign * change);
                    if (g == figure) own_change += sign * change;
                }
                if (own_change == 0 || (own_change > 0) != (state[figure] > 0)) continue;
                if (best < 0 || gain > best_gain) {
                    best = helper;
                    best_gain = gain;
                    best_sign = sign;
                }
            }
            if (best < 0 || best_gain < 0) break;
            take(best, best_sign);
        }
        if (std::ranges::any_of(dirty, [&](int f) { return lack(f, state[f]) > 0; })) continue;
        std::map<int, Count> sum;
        for (const auto& [index, sign] : taken)
            for (const auto& [row, change] : pool_[index]) sum[row] += sign * change;
        Move move;
        for (const auto& [row, change] : sum)
            if (change != 0) move.push_back({row, change});
        if (!offer(move)) continue;
        pool_.push_back(std::move(move));
        index_pool();
        if (proven(figure)) return true;
    }
    return false;
}

bool Witnesses::feasible(int entry, int sign) const {
    return std::ranges::all_of(effects_[entry], [&](const auto& effect) {
        return suppressed_[effect.first] && layout_.figures[effect.first].count + sign * effect.second >= lower_bound_;
    });
}

void Witnesses::set_proof(int figure, int entry) {
    proof_[figure] = entry;
    for (const auto& [f, change] : effects_[entry]) touching_[f].push_back(figure);
}

// One pool entry that alone proves a figure.
bool Witnesses::reprove(int figure, Random& random) {
    const auto proves = [&](int entry) {
        for (const int sign : {1, -1}) {
            if (!feasible(entry, sign)) continue;
            for (const auto& [f, change] : effects_[entry])
                if (f == figure && std::abs(change) >= width_) return true;
        }
        return false;
    };
    const auto& users = users_[figure];
    const std::size_t tries = std::min<std::size_t>(users.size(), 150);
    for (std::size_t i = 0, from = users.empty() ? 0 : random.below(users.size()); i < tries; ++i)
        if (const int entry = users[(from + i) % users.size()]; proves(entry)) {
            set_proof(figure, entry);
            return true;
        }
    // mend() stops at the first proof it finds; forget the old ones to make it look.
    low_[figure] = high_[figure] = 0;
    if (!mend(figure, random, 12)) return false;
    if (!proves(static_cast<int>(pool_.size()) - 1)) return false;
    set_proof(figure, static_cast<int>(pool_.size()) - 1);
    return true;
}

void Witnesses::find_proofs(const std::vector<int>& targets, Random& random) {
    index_pool();
    proof_.assign(layout_.figures.size(), -1);
    touching_.assign(layout_.figures.size(), {});
    targets_without_proof_.clear();
    const auto tables = moves_;
    for (const int f : targets) {
        if (reprove(f, random)) continue;
        // A whole table that proves it is a proof too, only a bulky one.
        bool found = false;
        for (const auto& table : tables) {
            low_[f] = high_[f] = 0;
            if (!offer(table) || !proven(f)) continue;
            pool_.push_back(table);
            index_pool();
            set_proof(f, static_cast<int>(pool_.size()) - 1);
            found = true;
            break;
        }
        if (!found) targets_without_proof_.push_back(f);
    }
}

bool Witnesses::release(int figure, Random& random) {
    if (!targets_without_proof_.empty()) return false;
    suppressed_[figure] = 0;
    auto affected = std::exchange(touching_[figure], {});
    std::ranges::sort(affected);
    affected.erase(std::ranges::unique(affected).begin(), affected.end());
    std::erase_if(affected, [&](int t) { return std::ranges::none_of(effects_[proof_[t]], [&](const auto& e) { return e.first == figure; }); });
    for (std::size_t i = 0; i < affected.size(); ++i) {
        if (reprove(affected[i], random)) continue;
        // Not without this figure. Those moved to other proofs keep them: they hold as well.
        suppressed_[figure] = 1;
        touching_[figure].assign(affected.begin() + static_cast<std::ptrdiff_t>(i), affected.end());
        return false;
    }
    if (layout_.figures[figure].rows.size() == 1) fixed_row_[layout_.figures[figure].rows[0]] = 1;
    return true;
}

}  // namespace disclosure
