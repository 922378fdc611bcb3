#include "disclosure/greedy.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <limits>
#include <numeric>

#include "disclosure/elimination.h"

namespace disclosure {
namespace {

constexpr int largest_change = 10'000;
// How many changes are tried to bend a proof, and how far a try goes.
constexpr std::size_t most_candidates = 48;
constexpr std::size_t most_proofs = 8;
constexpr int most_depth = 12;
constexpr int most_violation = 8;
// A row that may fall by this less one is as good a pivot as any.
constexpr std::size_t enough_room = 4;
constexpr int most_attempts = 24;  // to find a witness that was lost again
// In this order: anew with a change of the basis (2 may fall, 3 rises), from the proof as it is, and so with more to choose from.
constexpr std::array efforts{2, 0, 3, 1, 3};
// Four more is once more as patient. Worth it only where there is no choice.
constexpr std::array patient_efforts{6, 7, 10, 11};

// About as many as are wanted, evenly from all.
void visit_some(std::size_t all, std::size_t wanted, int offset, const auto& visit) {
    if (wanted == 0) return;
    const std::size_t stride = std::max<std::size_t>(1, all / wanted);
    for (std::size_t i = static_cast<std::size_t>(offset) % stride; i < all; i += stride) visit(i);
}

}  // namespace

Greedy::Greedy(const Layout& layout, const Rules& rules, std::uint64_t seed)
    : layout_(layout),
      width_(static_cast<int>(rules.required_width)),
      lower_bound_(rules.lower_bound),
      suppressed_(layout.figures.size(), 1),
      one_(layout.row_counts.size(), 0),
      retired_(layout.row_counts.size(), 0),
      changes_(layout.row_counts.size()),
      users_(layout.row_counts.size()),
      user_count_(layout.row_counts.size(), 1),
      guards_against_insiders_(rules.insider_level > 0),
      group_(layout.figures.size(), 0),
      carriers_(layout.row_counts.size()),
      provers_(layout.figures.size()),
      targets_of_row_(layout.row_counts.size()),
      proof_(layout.figures.size(), -1),
      sum_(layout.figures.size(), 0),
      proven_anew_(layout.figures.size(), -1),
      hardness_(layout.figures.size(), 0),
      factor_of_row_(layout.row_counts.size(), 0),
      measured_change_(layout.row_counts.size(), 0),
      place_before_(layout.row_counts.size(), -1),
      state_(layout.row_counts.size()),
      seen_(layout.row_counts.size(), 0),
      stamp_(static_cast<int>(seed % 1'000)) {
    Random random(seed ^ 0x67726565);
    for (int row = 0; row < layout.rows(); ++row) {
        changes_[row].push_back({row, 1});
        users_[row].push_back(row);
        random_.push_back(random.next() % field::prime);
        second_random_.push_back(random.next() % field::prime);
        state_[row].room = static_cast<int>(std::clamp<Count>(layout.row_counts[row] - rules.lower_bound, 0, unbounded));
        one_[row] = state_[row].room == 0;
    }
    for (const auto& relation : layout.relations) {
        auto& own = relations_.emplace_back();
        for (const auto& [row, value] : difference(relation.left, relation.right)) own.push_back({row, static_cast<int>(field::to_signed(value))});
    }
    const int figures = static_cast<int>(layout.figures.size());
    for (int f = 0; f < figures; ++f)
        if (layout.figures[f].is_protected)
            for (const int row : layout.figures[f].rows) targets_of_row_[row].push_back(f);
    if (guards_against_insiders_)
        for (int f = 0; f < figures; ++f)
            if (layout.figures[f].is_protected) regroup(f, proportion_of(f));
    // A row that rises is a witness for all that contains it.
    for (int row = 0; row < layout.rows(); ++row) {
        Proof proof;
        for (const int t : targets_of_row_[row])
            if (layout.figures[t].rows.front() == row) proof.resting.push_back(t);
        if (proof.resting.empty()) continue;
        for (const int t : proof.resting) proof_[t] = static_cast<int>(proofs_.size());
        proof.steps.push_back({row, width_});
        add_proof(std::move(proof));
    }
    // What linked tables have in common holds from the start.
    for (int index = figures; index < figures + static_cast<int>(relations_.size()); ++index) try_to_publish(index);
}

int Greedy::change_of(const Change& c, int row) {
    const auto place = std::ranges::lower_bound(c, row, {}, &Part::row);
    return place != c.end() && place->row == row ? place->change : 0;
}

int Greedy::change_of_target(const Change& c, int target) const {
    int sum = 0;
    for (const int row : layout_.figures[target].rows) sum += change_of(c, row);
    return sum;
}

void Greedy::proven_by(const Change& steps, const auto& visit) {
    reached_.clear();
    for (const auto& [row, change] : steps)
        for (const int t : targets_of_row_[row]) {
            if (sum_[t] == 0) reached_.push_back(t);
            sum_[t] += change;
        }
    for (const int t : reached_) {
        if (std::abs(sum_[t]) >= width_) visit(t);
        sum_[t] = 0;
    }
}

void Greedy::add_proof(Proof proof) {
    const int p = static_cast<int>(proofs_.size());
    for (const auto& part : proof.steps) carriers_[part.row].push_back(p);
    proven_by(proof.steps, [&](int t) { provers_[t].push_back(p); });
    proofs_.push_back(std::move(proof));
    measured_proof_.push_back({-1, 0});
}

void Greedy::tidy(int row) {
    auto& users = users_[row];
    if (users.size() > 2 * static_cast<std::size_t>(user_count_[row]) + 8) {
        std::ranges::sort(users);
        users.erase(std::ranges::unique(users).begin(), users.end());
        std::erase_if(users, [&](int c) { return retired_[c] || change_of(changes_[c], row) == 0; });
    }
    std::erase_if(carriers_[row], [&](int p) { return proofs_[p].steps.empty(); });
}

// How far changes, proofs and the random change move a figure or relation.
void Greedy::measure(int index) {
    ++measured_;
    moving_changes_.clear();
    moving_proofs_.clear();
    free_ = second_free_ = 0;
    const auto mark = [&](int row, int factor) {
        factor_of_row_[row] = factor;
        free_ = field::add(free_, field::multiply(random_[row], field::of(factor)));
        second_free_ = field::add(second_free_, field::multiply(second_random_[row], field::of(factor)));
    };
    const auto moved_by = [&](const Change& c) {
        int by = 0;
        for (const auto& [row, change] : c) by += factor_of_row_[row] * change;
        work_ += c.size();
        return by;
    };
    const auto look = [&](int row) {
        tidy(row);
        for (const int c : users_[row]) {
            if (measured_change_[c] == measured_ || retired_[c]) continue;
            measured_change_[c] = measured_;
            if (const int by = moved_by(changes_[c])) moving_changes_.push_back({c, by});
        }
        for (const int p : carriers_[row]) {
            if (measured_proof_[p].index == measured_) continue;
            measured_proof_[p] = {measured_, moved_by(proofs_[p].steps)};
            if (measured_proof_[p].by != 0) moving_proofs_.push_back({p, measured_proof_[p].by});
        }
    };
    if (is_figure(index)) {
        const auto& rows = layout_.figures[index].rows;
        for (const int row : rows) mark(row, 1);
        for (const int row : rows) look(row);
        for (const int row : rows) factor_of_row_[row] = 0;
    } else {
        const auto& rows = relations_[index - static_cast<int>(suppressed_.size())];
        for (const auto& [row, factor] : rows) mark(row, factor);
        for (const auto& [row, factor] : rows) look(row);
        for (const auto& [row, factor] : rows) factor_of_row_[row] = 0;
    }
}

// A short change of a row with room: that row will have to give way to all others. If there is one, it moves the figure by one; changes of
// a one only where there is no other, so that sums of ones show as such.
Greedy::Moving Greedy::pivot() const {
    Moving best{-1, 0};
    std::tuple<int, bool, std::size_t> least;
    for (const auto& moving : moving_changes_) {
        const auto length = enough_room * changes_[moving.index].size() /
                            static_cast<std::size_t>(std::min(state_[moving.index].room + 1, static_cast<int>(enough_room)));
        const std::tuple<int, bool, std::size_t> rank{one_[moving.index], std::abs(moving.by) > 1, length};
        if (best.index >= 0 && rank >= least) continue;
        best = moving;
        least = rank;
    }
    return best;
}

bool Greedy::determines(int index, const Moving& pivot) {
    if (one_[pivot.index]) {  // a sum of ones that can only rise
        bool rises = false, falls = false;
        for (const auto& moving : moving_changes_) (moving.by < 0 ? falls : rises) = true;
        if (!rises || !falls) return true;
    }
    const auto own = field::of(pivot.by);
    const auto& source = changes_[pivot.index];
    for (const auto& [row, change] : source)
        for (const int t : targets_of_row_[row]) {
            if (t == index) continue;
            const int by = change_of_target(source, t);
            if (by == 0) continue;
            Residue free = 0;
            for (const int r : layout_.figures[t].rows) free = field::add(free, random_[r]);
            if (field::multiply(free, own) == field::multiply(free_, field::of(by))) return true;
        }
    return false;
}

// What is left of a change when another takes `from` out of its figure goes into scratch_; false when the numbers get too large.
bool Greedy::subtract(int target, int from, const Change& source, int own) {
    const auto& t = changes_[target];
    scratch_.clear();
    scratch_.reserve(t.size() + source.size());
    const int divisor = std::gcd(from, own) * (own < 0 ? -1 : 1);
    const std::int64_t keep = own / divisor, minus = -(from / divisor);
    work_ += t.size() + source.size();
    std::int64_t largest = 0;
    const auto put = [&](int row, std::int64_t change) {
        largest = std::max(largest, std::abs(change));
        if (change != 0) scratch_.push_back({row, static_cast<int>(change)});
    };
    std::size_t i = 0;
    for (const auto& [row, change] : source) {
        for (; i < t.size() && t[i].row < row; ++i) put(t[i].row, keep * t[i].change);
        if (i < t.size() && t[i].row == row) {
            put(row, keep * t[i].change + minus * change);
            ++i;
        } else {
            put(row, minus * change);
            users_[row].push_back(target);
            new_users_.push_back(row);
        }
    }
    for (; i < t.size(); ++i) put(t[i].row, keep * t[i].change);
    if (keep != 1) {
        int common = 0;
        for (const auto& p : scratch_) common = std::gcd(common, p.change);
        if (common > 1)
            for (auto& p : scratch_) p.change /= common;
    }
    return largest <= largest_change;
}

void Greedy::publish(int index, const Moving& pivot) {
    for (const auto& b : before_) place_before_[b.change] = -1;
    before_.clear();
    new_users_.clear();
    const auto count = [&](const Change& c, int by) {
        for (const auto& part : c) user_count_[part.row] += by;
    };
    before_.push_back({pivot.index, pivot.by, std::move(changes_[pivot.index])});
    changes_[pivot.index].clear();
    place_before_[pivot.index] = 0;
    retired_[pivot.index] = 1;
    const Change source = before_.front().parts;
    count(source, -1);
    for (const auto& [c, by] : moving_changes_) {
        if (c == pivot.index) continue;
        const bool fits = subtract(c, by, source, pivot.by);
        count(changes_[c], -1);
        place_before_[c] = static_cast<int>(before_.size());
        before_.push_back({c, by, std::move(changes_[c])});
        // Without one that does not fit there are only fewer ways to bend a proof.
        if (fits)
            changes_[c].assign(scratch_.begin(), scratch_.end());
        else
            changes_[c].clear();
        count(changes_[c], 1);
    }
    random_factor_ = field::multiply(free_, field::inverse(field::of(pivot.by)));
    second_factor_ = field::multiply(second_free_, field::inverse(field::of(pivot.by)));
    for (const auto& [row, change] : source) {
        random_[row] = field::subtract(random_[row], field::multiply(random_factor_, field::of(change)));
        second_random_[row] = field::subtract(second_random_[row], field::multiply(second_factor_, field::of(change)));
    }
    if (is_figure(index)) suppressed_[index] = 0;
}

void Greedy::take_back(int index) {
    for (const int row : new_users_) users_[row].pop_back();
    for (const auto& [row, change] : before_.front().parts) {
        random_[row] = field::add(random_[row], field::multiply(random_factor_, field::of(change)));
        second_random_[row] = field::add(second_random_[row], field::multiply(second_factor_, field::of(change)));
    }
    for (const auto& [target, proportion] : groups_before_) regroup(target, proportion);
    groups_before_.clear();
    retired_[before_.front().change] = 0;
    for (auto& [c, by, parts] : before_) {
        for (const auto& part : changes_[c]) --user_count_[part.row];
        for (const auto& part : parts) ++user_count_[part.row];
        changes_[c] = std::move(parts);
        place_before_[c] = -1;
    }
    before_.clear();
    suppressed_[index] = 1;
}

Residue Greedy::proportion_of(int target) const {
    Residue first = 0, second = 0;
    for (const int row : layout_.figures[target].rows) {
        first = field::add(first, random_[row]);
        second = field::add(second, second_random_[row]);
    }
    return field::multiply(second, field::inverse(first));
}

void Greedy::regroup(int target, Residue proportion) {
    const auto change = [&](Residue number, int by) {
        auto& group = groups_[number];
        insider_pairs_ -= group.pairs();
        group.all += static_cast<std::size_t>(by);
        if (layout_.figures[target].count == 1) group.alone += static_cast<std::size_t>(by);
        insider_pairs_ += group.pairs();
        if (group.all == 0) groups_.erase(number);
    };
    if (group_[target] != 0) change(group_[target], -1);
    group_[target] = proportion;
    if (proportion != 0) change(proportion, 1);
}

// What has just been published has changed the proportions; would somebody who is alone in a figure now know another?
bool Greedy::opens_to_insiders() {
    const auto before = insider_pairs_;
    groups_before_.clear();
    reached_.clear();
    for (const auto& part : before_.front().parts)
        for (const int t : targets_of_row_[part.row]) reached_.push_back(t);
    std::ranges::sort(reached_);
    reached_.erase(std::ranges::unique(reached_).begin(), reached_.end());
    for (const int t : reached_) {
        groups_before_.emplace_back(t, group_[t]);
        regroup(t, proportion_of(t));
    }
    return insider_pairs_ > before;
}

void Greedy::load(const Change& steps) {
    for (const int row : touched_) state_[row].now = 0;
    touched_.clear();
    for (const auto& [row, change] : steps) {
        state_[row].now = change;
        touched_.push_back(row);
    }
    size_ = static_cast<int>(steps.size());
}

void Greedy::apply(const Change& change, int factor) {
    for (const auto& part : change) {
        auto& at = state_[part.row].now;
        if (at == 0) {
            touched_.push_back(part.row);
            ++size_;
        }
        at += factor * part.change;
        if (at == 0) --size_;
    }
}

void Greedy::keep(std::span<const int> targets) {
    ++stamp_;
    kept_.assign(targets.begin(), targets.end());
    for (const int t : targets)
        for (const int row : layout_.figures[t].rows) state_[row].kept = stamp_;
}

bool Greedy::keeps_targets(const Change& change, int factor) const {
    for (const int t : kept_) {
        int sum = 0;
        for (const int row : layout_.figures[t].rows) sum += state_[row].now + factor * change_of(change, row);
        if (std::abs(sum) < width_) return false;
    }
    return true;
}

// Of the changes that move something as far as wanted, the one that leaves least to mend and is short.
const Greedy::Candidate* Greedy::best_of(std::span<const Candidate> candidates, int wanted, bool exactly, int violation, Score& score, int& factor) {
    const Candidate* best = nullptr;
    score = {unbounded, 0};
    for (const auto& candidate : candidates) {
        const int by = candidate.by;
        int times = wanted / by;
        if (times * by != wanted) {
            if (exactly) continue;
            times += by > 0 ? 1 : -1;
        }
        if (std::abs(times) > largest_change) continue;
        Score result{0, size_};
        // What is mended on the way cannot be more than is violated.
        const int hopeless = score.violation == unbounded ? unbounded : score.violation + violation;
        bool touches_kept = false;
        for (const auto& [row, change] : *candidate.change) {
            const auto& s = state_[row];
            const int was = s.now, is = was + times * change;
            result.size += (was == 0) - (is == 0);
            result.violation += std::min(0, s.room + was) - std::min(0, s.room + is);
            touches_kept = touches_kept || s.kept == stamp_;
            if (result.violation > hopeless) {
                result.violation = unbounded;
                break;
            }
        }
        work_ += candidate.change->size();
        if (!(result < score) || (touches_kept && !keeps_targets(*candidate.change, times))) continue;
        best = &candidate;
        score = result;
        factor = times;
    }
    return best;
}

// The proof with the figure at hand at rest, still moving the targets; false when none was found. The figure has been published.
bool Greedy::bend(const Moving& moving, const std::vector<int>& targets, const std::vector<Proof>& bent, int effort, Proof& out) {
    const int patience = 1 + effort / 4;
    const std::size_t more = static_cast<std::size_t>(patience);
    const std::size_t wanted = effort == 0 ? most_candidates : 2 * more * most_candidates, wanted_proofs = effort == 0 ? 0 : more * most_proofs;
    std::vector<Candidate> candidates;
    int violation = 0, factor = 0;
    Score score;
    const Candidate* best = nullptr;
    const Change* last = nullptr;
    const Change* before_last = nullptr;
    const auto take = [&] {
        if (!best) return false;
        apply(*best->change, factor);
        violation += score.violation;
        before_last = last;
        last = best->change;
        return true;
    };
    if (effort >= 2) {
        // Begin anew with a change of the basis that moves a target.
        load({});
        const int target = targets.front();
        keep({&target, 1});
        const bool falls = effort % 2 == 0 && layout_.figures[target].count - lower_bound_ >= width_;
        for (const int row : layout_.figures[target].rows) {
            const auto& users = users_[row];
            visit_some(users.size(), wanted, stamp_, [&](std::size_t i) {
                const auto& change = changes_[users[i]];
                const int by = change_of_target(change, target);
                if (by == 0 || ((by < 0) != falls && !may_fall(users[i], 1))) return;
                candidates.push_back({&change, by});
            });
        }
        best = best_of(candidates, falls ? -width_ : width_, true, 0, score, factor);
        if (!take()) return false;
        last = nullptr;
        keep(targets);
    } else {
        keep(targets);
        // Changes from before, that have much in common with the proof, make it little longer.
        const auto add = [&](int c) {
            if (place_before_[c] < 0 || seen_[c] == stamp_) return;
            seen_[c] = stamp_;
            const auto& b = before_[place_before_[c]];
            if (c != before_.front().change && !may_fall(c, moving.by / b.by)) return;
            candidates.push_back({&b.parts, b.by});
        };
        const auto& steps = proofs_[moving.index].steps;
        load(steps);
        for (const auto& [row, change] : steps) {
            if (users_[row].size() > 48) continue;
            for (const int c : users_[row]) add(c);
            if (candidates.size() >= wanted) break;
        }
        visit_some(before_.size(), wanted, stamp_, [&](std::size_t i) { add(before_[i].change); });
        add(before_.front().change);
        visit_some(moving_proofs_.size(), wanted_proofs, stamp_,
                   [&](std::size_t i) { candidates.push_back({&proofs_[moving_proofs_[i].index].steps, moving_proofs_[i].by}); });
        best = best_of(candidates, -moving.by, true, 0, score, factor);
        if (!take()) return false;
        last = nullptr;
    }
    for (int depth = 0; violation > 0; ++depth) {
        if (depth == patience * most_depth || violation > patience * most_violation) return false;
        int at = -1;
        for (const int row : touched_)
            if (state_[row].room + state_[row].now < 0) {
                at = row;
                break;
            }
        candidates.clear();
        const auto add = [&](const Change& change, int free) {
            if (&change == last || &change == before_last) return;
            const int by = change_of(change, at);
            if (by != 0 && (by > 0 || free < 0 || may_fall(free, 1))) candidates.push_back({&change, by});
        };
        const auto& users = users_[at];
        const std::size_t stride = std::max<std::size_t>(1, users.size() / (2 * wanted));
        for (std::size_t i = static_cast<std::size_t>(stamp_) % stride; i < users.size() && candidates.size() < wanted; i += stride)
            add(changes_[users[i]], users[i]);
        // Proofs fall nowhere below what is allowed, so they add little to mend.
        visit_some(carriers_[at].size(), wanted_proofs, stamp_, [&](std::size_t i) {
            if (const int p = carriers_[at][i]; !moves(p)) add(proofs_[p].steps, -1);
        });
        visit_some(bent.size(), wanted_proofs, stamp_, [&](std::size_t i) { add(bent[i].steps, -1); });
        best = best_of(candidates, -(state_[at].room + state_[at].now), false, violation, score, factor);
        if (!take()) return false;
    }
    if (effort >= 2 && !keeps_targets({}, 0)) return false;
    out.steps.clear();
    out.resting = targets;
    std::ranges::sort(touched_);
    touched_.erase(std::ranges::unique(touched_).begin(), touched_.end());
    for (const int row : touched_) {
        if (std::abs(state_[row].now) > largest_change) return false;
        if (state_[row].now != 0) out.steps.push_back({row, state_[row].now});
    }
    return true;
}

bool Greedy::bend_somehow(const Moving& moving, const std::vector<int>& targets, const std::vector<Proof>& bent, Proof& out) {
    for (const int effort : efforts)
        if (bend(moving, targets, bent, effort, out)) return true;
    if (!follows_ || targets.size() > 1) return false;
    return std::ranges::any_of(patient_efforts, [&](int effort) { return bend(moving, targets, bent, effort, out); });
}

// Those that cannot be bent end it, unless the figure has no choice.
bool Greedy::bend_all(int index, std::vector<Proof>& bent) {
    const auto resisted = [&](int t) {
        ++hardness_[t];
        return has_choice(index);
    };
    // Those that have resisted before come first: then a failure costs little.
    std::vector<std::pair<int, Moving>> order;
    for (const auto& moving : moving_proofs_) {
        int hardest = -1;
        for (const int t : proofs_[moving.index].resting)
            if (proof_[t] == moving.index) hardest = std::max(hardest, hardness_[t]);
        if (hardest >= 0) order.emplace_back(-hardest, moving);
    }
    std::ranges::stable_sort(order, {}, [](const auto& o) { return o.first; });
    for (const auto& [hardness, moving] : order) {
        std::vector<int> targets;
        for (const int t : proofs_[moving.index].resting) {
            if (proof_[t] != moving.index || t == index) continue;
            std::erase_if(provers_[t], [&](int p) { return proofs_[p].steps.empty(); });
            const bool elsewhere = std::ranges::any_of(provers_[t], [&](int p) { return !moves(p); }) || proven_anew_[t] == measured_;
            if (!elsewhere) targets.push_back(t);
        }
        if (targets.empty()) continue;
        Proof out;
        const auto add = [&] {
            proven_by(out.steps, [&](int t) { proven_anew_[t] = measured_; });
            bent.push_back(std::move(out));
        };
        if (bend_somehow(moving, targets, bent, out)) {
            add();
            continue;
        }
        for (const int t : targets) {
            if (targets.size() > 1 && bend_somehow(moving, {t}, bent, out))
                add();
            else if (resisted(t))
                return false;
        }
    }
    return true;
}

// Proofs that moved what is published now are gone; targets that rested on them rest on others.
void Greedy::settle(std::vector<Proof>& bent) {
    std::vector<int> moved;
    for (const auto& moving : moving_proofs_) {
        for (const int t : proofs_[moving.index].resting)
            if (proof_[t] == moving.index) moved.push_back(t);
        proofs_[moving.index] = {};
    }
    for (auto& b : bent) {
        b.resting.clear();
        add_proof(std::move(b));
    }
    for (const int t : moved) {
        proof_[t] = -1;
        for (const int p : provers_[t]) {
            if (proofs_[p].steps.empty()) continue;
            proof_[t] = p;
            proofs_[p].resting.push_back(t);
            break;
        }
    }
}

void Greedy::try_to_publish(int index) {
    measure(index);
    std::vector<Proof> bent;
    if (moving_changes_.empty()) {
        if (!is_figure(index) || (free_ != 0 && !follows_)) return;
        suppressed_[index] = 0;
        if (!moving_proofs_.empty()) settle(bent);
        return;
    }
    const auto by = pivot();
    if (has_choice(index) && determines(index, by)) return;
    publish(index, by);
    if (guards_against_insiders_ && opens_to_insiders() && has_choice(index)) return take_back(index);
    if (bend_all(index, bent)) return settle(bent);
    take_back(index);
    undecided_.push_back(index);
}

void Greedy::run(const std::vector<int>& order, const Control& control, const std::function<bool()>& enough) {
    std::size_t done = 0;
    undecided_.clear();
    for (const int f : order) {
        if (++done % 16 == 0 && (control.stopped() || enough())) return;
        if (done % 256 == 0 && control.progress) control.progress("publish", static_cast<double>(done) / static_cast<double>(order.size()));
        if (suppressed_[f] && (follows_ || !layout_.figures[f].is_protected)) try_to_publish(f);
    }
}

// By changes of the basis that move the target, different ones at each attempt.
void Greedy::prove_anew(int target) {
    ++measured_;  // no figure is at hand
    for (int attempt = 0; attempt < most_attempts && proof_[target] < 0; ++attempt) {
        Proof out;
        if (!bend({}, {target}, {}, attempt / 8 * 4 + 2 + attempt % 2, out)) continue;
        proof_[target] = static_cast<int>(proofs_.size());
        add_proof(std::move(out));
    }
}

void Greedy::follow(const std::vector<int>& order, const Control& control, const std::function<bool()>& enough) {
    follows_ = true;
    guards_against_insiders_ = false;
    run(order, control, enough);
    for (std::size_t t = 0; t < suppressed_.size(); ++t) {
        if (control.stopped() || enough()) return;
        if (layout_.figures[t].is_protected && suppressed_[t] && proof_[t] < 0) prove_anew(static_cast<int>(t));
    }
}

std::vector<Move> Greedy::tables() const {
    std::vector<Move> out;
    for (const auto& proof : proofs_) {
        if (proof.steps.empty()) continue;
        auto& move = out.emplace_back();
        for (const auto& [row, change] : proof.steps) move.push_back({row, change});
    }
    return out;
}

std::vector<Move> Greedy::proofs() const {
    std::vector<Move> out;
    for (std::size_t p = 0; p < proofs_.size(); ++p) {
        bool needed = false;
        for (const int t : proofs_[p].resting) needed = needed || proof_[t] == static_cast<int>(p);
        if (!needed) continue;
        auto& move = out.emplace_back();
        for (const auto& [row, change] : proofs_[p].steps) move.push_back({row, change});
    }
    return out;
}

std::vector<int> dearest_first(const Layout& layout, const std::vector<char>& suppressed) {
    std::vector<int> out;
    for (std::size_t f = 0; f < layout.figures.size(); ++f)
        if (!suppressed[f]) out.push_back(static_cast<int>(f));
    std::ranges::stable_sort(out, std::greater<>{}, [&](int f) {
        const auto& figure = layout.figures[f];
        return std::pair{figure.priority, static_cast<double>(figure.count * figure.weight) + figure.cost};
    });
    return out;
}

}  // namespace disclosure
