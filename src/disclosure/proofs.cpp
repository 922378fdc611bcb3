#include "disclosure/proofs.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdlib>
#include <ranges>
#include <utility>

namespace disclosure {
namespace {

// How many changes are tried to bend a proof, and how far a try goes.
constexpr std::size_t most_candidates = 48;
constexpr std::size_t most_proofs = 8;
constexpr int most_depth = 12;
constexpr int most_violation = 8;
constexpr int most_attempts = 24;  // to find a witness that was lost again
// A target whose proof could not be bent so many times in a row is not tried again.
constexpr int most_failures = 4;
// So many proofs of a target are remembered, the youngest: one of them will not move.
constexpr std::size_t enough_provers = 16;
// In this order: anew with a change of the basis (2 may fall, 3 rises), from the proof as it is, and so with more to choose from.
constexpr std::array efforts{2, 0, 3, 1};
// Where there is no choice, again with more patience: four more is twice as patient, and so on.
constexpr std::array patient_efforts{2, 3, 1};
constexpr int hopeless_score = 1'000'000'000;
constexpr std::size_t block = 16;  // parts of a change between two looks whether it is hopeless

// About as many as are wanted, evenly from all.
void visit_some(std::size_t all, std::size_t wanted, int offset, const auto& visit) {
    if (wanted == 0) return;
    const std::size_t stride = std::max<std::size_t>(1, all / wanted);
    for (std::size_t i = static_cast<std::size_t>(offset) % stride; i < all; i += stride) visit(i);
}

}  // namespace

Proofs::Proofs(const Layout& layout, const Rules& rules, const Basis& basis, std::uint64_t seed)
    : layout_(layout),
      basis_(basis),
      width_(static_cast<int>(rules.required_width)),
      lower_bound_(rules.lower_bound),
      carriers_(layout.row_counts.size()),
      provers_(layout.figures.size()),
      proof_(layout.figures.size(), -1),
      hardness_(layout.figures.size(), 0),
      failures_(layout.figures.size(), 0),
      sum_(layout.figures.size(), 0),
      proven_anew_(layout.figures.size(), -1),
      now_(layout.row_counts.size(), 0),
      slack_(layout.row_counts.size(), 0),
      in_target_(layout.row_counts.size(), 0),
      in_order_(layout.row_counts.size() / 64 + 1, 0),
      seen_(layout.row_counts.size(), 0),
      stamp_(static_cast<int>(seed % 1'000)) {
    for (int row = 0; row < layout.rows(); ++row) slack_[row] = basis.room(row);
    // A row that rises is a witness for all that contains it.
    for (int row = 0; row < layout.rows(); ++row) {
        std::vector<int> resting;
        for (const int t : basis.targets_of(row))
            if (layout.figures[t].rows.front() == row) resting.push_back(t);
        if (resting.empty()) continue;
        Change steps{Part(row, width_)};
        const auto proves = proven_by(steps);
        const int p = add(std::move(steps), proves);
        for (const int t : resting) proof_[t] = p;
        proofs_[p].resting = std::move(resting);
    }
}

std::vector<int> Proofs::proven_by(const Change& steps) {
    std::vector<int> out;
    for (const auto& p : steps)
        for (const int t : basis_.targets_of(p.row())) {
            if (sum_[t] == 0) out.push_back(t);
            sum_[t] += p.change();
        }
    std::erase_if(out, [&](int t) { return std::abs(std::exchange(sum_[t], 0)) < width_; });
    return out;
}

int Proofs::add(Change steps, std::span<const int> proves) {
    const int p = static_cast<int>(proofs_.size());
    for (const auto& s : steps) carriers_[s.row()].push_back(p);
    for (const int t : proves) {
        auto& provers = provers_[t];
        if (provers.size() < enough_provers)
            provers.push_back(p);
        else
            provers[static_cast<std::size_t>(p) % enough_provers] = p;
    }
    proofs_.push_back({std::move(steps), {}});
    measured_proof_.push_back({-1, 0});
    return p;
}

bool Proofs::rests_elsewhere(int target) {
    auto& provers = provers_[target];
    if (std::ranges::any_of(provers | std::views::reverse, [&](int p) { return !is_gone(p) && !moves(p); })) return true;
    std::erase_if(provers, [&](int p) { return is_gone(p); });
    return false;
}

bool Proofs::measure(const Scale& scale, int figure) {
    ++measured_;
    moving_.clear();
    bent_.clear();
    for (const auto& on_it : scale.parts()) {
        auto& carriers = carriers_[on_it.row()];
        std::erase_if(carriers, [&](int p) { return is_gone(p); });
        for (const int p : carriers) {
            if (measured_proof_[p].index == measured_) continue;
            const auto& steps = proofs_[p].steps;
            work_ += steps.size();
            measured_proof_[p] = {measured_, scale.weigh(steps)};
            if (moves(p)) moving_.push_back({p, measured_proof_[p].by});
        }
    }
    shaken_.clear();
    int most = 0;
    for (const auto& moving : moving_)
        for (const int t : proofs_[moving.index].resting)
            if (proof_[t] == moving.index && t != figure && !rests_elsewhere(t)) {
                shaken_.push_back({hardness_[t], layout_.figures[t].rows.size(), t, moving});
                most = std::max(most, failures_[t]);
            }
    // Those that have resisted before come first: then a failure costs little. What moves a small figure moves most of the larger ones it
    // is in.
    std::ranges::sort(shaken_, [](const Shaken& a, const Shaken& b) {
        return std::tuple(-a.hardness, a.rows, a.target) < std::tuple(-b.hardness, b.rows, b.target);
    });
    return most < most_failures;
}

bool Proofs::bend(int patience) {
    bool all = true;
    for (const auto& s : shaken_) {
        if (proven_anew_[s.target] == measured_) continue;
        Bent bent;
        if (bend_somehow(s.proof, s.target, patience, bent.steps)) {
            failures_[s.target] = 0;
            bent.proves = proven_by(bent.steps);
            for (const int t : bent.proves) proven_anew_[t] = measured_;
            bent_.push_back(std::move(bent));
            continue;
        }
        ++hardness_[s.target];
        ++failures_[s.target];
        all = false;
        if (patience == 0) break;
    }
    return all;
}

void Proofs::settle() {
    std::vector<int> moved;
    for (const auto& moving : moving_) {
        for (const int t : proofs_[moving.index].resting)
            if (proof_[t] == moving.index) moved.push_back(t);
        proofs_[moving.index] = {};
        measured_proof_[moving.index].index = gone;
    }
    for (auto& b : bent_) add(std::move(b.steps), b.proves);
    bent_.clear();
    for (const int t : moved) {
        auto& provers = provers_[t];
        std::erase_if(provers, [&](int p) { return is_gone(p); });
        proof_[t] = provers.empty() ? -1 : provers.front();
        if (proof_[t] >= 0) proofs_[proof_[t]].resting.push_back(t);
    }
}

void Proofs::prove_anew(int target) {
    ++measured_;  // no figure is at hand
    moving_.clear();
    bent_.clear();
    for (int attempt = 0; attempt < most_attempts && is_open(target); ++attempt) {
        Change steps;
        if (!bend({}, target, attempt / 8 * 4 + 2 + attempt % 2, steps)) continue;
        const auto proves = proven_by(steps);
        const int p = add(std::move(steps), proves);
        for (const int t : proves) {
            if (!is_open(t)) continue;
            proof_[t] = p;
            proofs_[p].resting.push_back(t);
        }
    }
}

void Proofs::load(const Change& steps) {
    for (const int row : touched_) {
        now_[row] = 0;
        slack_[row] = basis_.room(row);
    }
    touched_.clear();
    for (const auto& p : steps) {
        now_[p.row()] = p.change();
        slack_[p.row()] += p.change();
        touched_.push_back(p.row());
    }
    size_ = static_cast<int>(steps.size());
    violation_ = 0;
    target_now_ = target_ < 0 ? 0 : change_of(steps, layout_.figures[target_].rows);
    last_ = before_last_ = nullptr;
}

void Proofs::keep(int target) {
    if (target == target_) return;
    if (target_ >= 0)
        for (const int row : layout_.figures[target_].rows) in_target_[row] = 0;
    for (const int row : layout_.figures[target].rows) in_target_[row] = 1;
    target_ = target;
}

// Of the changes that move something as far as wanted, the one that leaves least to mend and is short.
Proofs::Choice Proofs::best_of(int wanted, bool exactly) const {
    Choice best{nullptr, 0, {hopeless_score, 0}};
    for (const auto& candidate : candidates_) {
        int times = wanted / candidate.by;
        if (times * candidate.by != wanted) {
            if (exactly) continue;
            times += candidate.by > 0 ? 1 : -1;
        }
        if (std::abs(times) > largest_change) continue;
        // What is mended on the way cannot be more than is violated.
        const int hopeless = best.change ? best.score.violation + violation_ : hopeless_score;
        const auto& parts = *candidate.change;
        int violation = 0;
        for (std::size_t i = 0; i < parts.size() && violation <= hopeless;) {
            for (const std::size_t end = std::min(i + block, parts.size()); i < end; ++i) {
                const int was = slack_[parts[i].row()];
                violation += std::min(0, was) - std::min(0, was + times * parts[i].change());
            }
        }
        work_ += parts.size();
        if (violation > best.score.violation) continue;
        int size = size_, in_target = 0;
        for (const auto& p : parts) {
            const int was = now_[p.row()], by = times * p.change();
            size += (was == 0) - (was + by == 0);
            in_target += in_target_[p.row()] * by;
        }
        const Score score{violation, size};
        if (!(score < best.score) || std::abs(target_now_ + in_target) < width_) continue;
        best = {candidate.change, times, score};
    }
    return best;
}

bool Proofs::take(const Choice& choice) {
    if (!choice.change) return false;
    for (const auto& p : *choice.change) {
        auto& now = now_[p.row()];
        if (now == 0) touched_.push_back(p.row());
        const int by = choice.times * p.change();
        now += by;
        slack_[p.row()] += by;
        target_now_ += in_target_[p.row()] * by;
    }
    size_ = choice.score.size;
    violation_ += choice.score.violation;
    before_last_ = last_;
    last_ = choice.change;
    return true;
}

void Proofs::candidates_from_basis(int target, bool falls, std::size_t wanted) {
    candidates_.clear();
    const auto& rows = layout_.figures[target].rows;
    for (const int row : rows) {
        const auto users = basis_.users(row);
        visit_some(users.size(), wanted, stamp_, [&](std::size_t i) {
            const auto& change = basis_.change(users[i]);
            const int by = change_of(change, rows);
            // Each change that is left has a row of its own, which falls along when the change is taken the other way round.
            if (by == 0 || ((by < 0) != falls && slack_[users[i]] < 1)) return;
            candidates_.push_back({&change, by});
        });
    }
}

// Changes from before, that have much in common with the proof, make it little longer.
void Proofs::candidates_from_before(const Moving& moving, std::size_t wanted, std::size_t wanted_proofs) {
    candidates_.clear();
    ++stamp_;
    const auto add = [&](int c) {
        const auto* before = basis_.before(c);
        if (!before || seen_[c] == stamp_) return;
        seen_[c] = stamp_;
        if (c != basis_.before().front().change && slack_[c] < moving.by / before->by) return;
        candidates_.push_back({&before->parts, before->by});
    };
    for (const auto& p : proofs_[moving.index].steps) {
        const auto users = basis_.users(p.row());
        if (users.size() > 48) continue;
        for (const int c : users) add(c);
        if (candidates_.size() >= wanted) break;
    }
    const auto all = basis_.before();
    visit_some(all.size(), wanted, stamp_, [&](std::size_t i) { add(all[i].change); });
    add(all.front().change);
    visit_some(moving_.size(), wanted_proofs, stamp_,
               [&](std::size_t i) { candidates_.push_back({&proofs_[moving_[i].index].steps, moving_[i].by}); });
}

void Proofs::candidates_at(int row, std::size_t wanted, std::size_t wanted_proofs) {
    candidates_.clear();
    const auto add = [&](const Change& change, bool may_fall) {
        if (&change == last_ || &change == before_last_) return;
        const int by = change_of(change, row);
        if (by > 0 || (by < 0 && may_fall)) candidates_.push_back({&change, by});
    };
    const auto users = basis_.users(row);
    const std::size_t stride = std::max<std::size_t>(1, users.size() / (2 * wanted));
    for (std::size_t i = static_cast<std::size_t>(stamp_) % stride; i < users.size() && candidates_.size() < wanted; i += stride)
        add(basis_.change(users[i]), slack_[users[i]] >= 1);
    // Proofs fall nowhere below what is allowed, so they add little to mend.
    const auto& carriers = carriers_[row];
    visit_some(carriers.size(), wanted_proofs, stamp_, [&](std::size_t i) {
        if (const int p = carriers[i]; !is_gone(p) && !moves(p)) add(proofs_[p].steps, true);
    });
    visit_some(bent_.size(), wanted_proofs, stamp_, [&](std::size_t i) { add(bent_[i].steps, true); });
}

// The proof with what was published at rest, still moving the target; false when none was found.
bool Proofs::bend(const Moving& moving, int target, int effort, Change& out) {
    const int patience = 1 + effort / 4;
    const std::size_t more = static_cast<std::size_t>(patience);
    const std::size_t wanted = effort == 0 ? most_candidates : 2 * more * most_candidates, wanted_proofs = effort == 0 ? 0 : more * most_proofs;
    ++stamp_;
    keep(target);
    if (effort >= 2) {
        load({});
        const bool falls = effort % 2 == 0 && layout_.figures[target].count - lower_bound_ >= width_;
        candidates_from_basis(target, falls, wanted);
        if (!take(best_of(falls ? -width_ : width_, true))) return false;
    } else {
        load(proofs_[moving.index].steps);
        candidates_from_before(moving, wanted, wanted_proofs);
        if (!take(best_of(-moving.by, true))) return false;
    }
    last_ = nullptr;
    for (int depth = 0; violation_ > 0; ++depth) {
        if (depth == patience * most_depth || violation_ > patience * most_violation) return false;
        const auto at = std::ranges::find_if(touched_, [&](int row) { return slack_[row] < 0; });
        const int row = *at;
        candidates_at(row, wanted, wanted_proofs);
        if (!take(best_of(-slack_[row], false))) return false;
    }
    for (const int row : touched_) in_order_[static_cast<std::size_t>(row) / 64] |= std::uint64_t{1} << (row % 64);
    out.clear();
    out.reserve(static_cast<std::size_t>(size_));
    bool fits = true;
    for (std::size_t word = 0; word < in_order_.size(); ++word)
        for (auto bits = std::exchange(in_order_[word], 0); bits != 0; bits &= bits - 1) {
            const int row = static_cast<int>(word * 64) + std::countr_zero(bits);
            fits = fits && std::abs(now_[row]) <= largest_change;
            if (now_[row] != 0) out.emplace_back(row, now_[row]);
        }
    return fits;
}

bool Proofs::bend_somehow(const Moving& moving, int target, int patience, Change& out) {
    if (std::ranges::any_of(efforts, [&](int effort) { return bend(moving, target, effort, out); })) return true;
    for (int more = 1; more < patience; ++more)
        if (std::ranges::any_of(patient_efforts, [&](int effort) { return bend(moving, target, 4 * more + effort, out); })) return true;
    return false;
}

std::vector<Move> Proofs::all() const {
    std::vector<Move> out;
    for (const auto& proof : proofs_) {
        if (proof.steps.empty()) continue;
        auto& move = out.emplace_back();
        for (const auto& p : proof.steps) move.push_back({p.row(), p.change()});
    }
    return out;
}

std::vector<Move> Proofs::in_use() const {
    std::vector<Move> out;
    for (std::size_t p = 0; p < proofs_.size(); ++p) {
        if (std::ranges::none_of(proofs_[p].resting, [&](int t) { return proof_[t] == static_cast<int>(p); })) continue;
        auto& move = out.emplace_back();
        for (const auto& step : proofs_[p].steps) move.push_back({step.row(), step.change()});
    }
    return out;
}

}  // namespace disclosure
