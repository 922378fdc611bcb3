#include "disclosure/basis.h"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

#include "disclosure/random.h"

namespace disclosure {
namespace {

constexpr Count unbounded = 1'000'000'000;
// A row that may fall by this less one is as good a pivot as any.
constexpr int enough_room = 4;

}  // namespace

Basis::Basis(const Layout& layout, const Rules& rules, std::span<const int> targets, std::uint64_t seed)
    : layout_(layout),
      changes_(layout.row_counts.size()),
      retired_(layout.row_counts.size(), 0),
      users_(layout.row_counts.size()),
      tidied_(layout.row_counts.size(), 1),
      targets_of_row_(layout.row_counts.size()),
      measured_change_(layout.row_counts.size(), 0),
      place_before_(layout.row_counts.size(), -1),
      guards_against_insiders_(rules.insider_level > 0),
      group_(layout.figures.size(), 0) {
    Random random(seed ^ 0x67726565);
    for (int row = 0; row < layout.rows(); ++row) {
        changes_[row].emplace_back(row, 1);
        users_[row].push_back(row);
        random_.push_back(random.next() % field::prime);
        second_random_.push_back(random.next() % field::prime);
        room_.push_back(static_cast<int>(std::clamp<Count>(layout.row_counts[row] - rules.lower_bound, 0, unbounded)));
    }
    for (const int t : targets)
        for (const int row : layout.figures[t].rows) targets_of_row_[row].push_back(t);
    if (guards_against_insiders_)
        for (const int t : targets) regroup(t, proportion_of(t));
}

void Basis::tidy(int row) {
    auto& users = users_[row];
    if (users.size() <= 2 * tidied_[row] + 8) return;
    std::ranges::sort(users);
    users.erase(std::ranges::unique(users).begin(), users.end());
    std::erase_if(users, [&](int c) { return retired_[c] || change_of(changes_[c], row) == 0; });
    tidied_[row] = users.size();
}

void Basis::measure(const Scale& scale) {
    ++measured_;
    moving_.clear();
    free_ = second_free_ = 0;
    for (const auto& p : scale.parts()) {
        free_ = field::add(free_, field::multiply(random_[p.row()], field::of(p.change())));
        second_free_ = field::add(second_free_, field::multiply(second_random_[p.row()], field::of(p.change())));
        tidy(p.row());
        for (const int c : users_[p.row()]) {
            if (measured_change_[c] == measured_ || retired_[c]) continue;
            measured_change_[c] = measured_;
            work_ += changes_[c].size();
            if (const int by = scale.weigh(changes_[c])) moving_.push_back({c, by});
        }
    }
}

// A short change of a row with room: that row will have to give way to all others. If there is one, it moves the figure by one; changes of
// a one only where there is no other, so that sums of ones show as such.
Moving Basis::pivot() const {
    Moving best{-1, 0};
    std::tuple<bool, bool, std::size_t> least;
    for (const auto& moving : moving_) {
        const int room = room_[moving.index];
        const auto length = enough_room * changes_[moving.index].size() / static_cast<std::size_t>(std::min(room + 1, enough_room));
        const std::tuple<bool, bool, std::size_t> rank{room == 0, std::abs(moving.by) > 1, length};
        if (best.index >= 0 && rank >= least) continue;
        best = moving;
        least = rank;
    }
    return best;
}

bool Basis::determines(int index, const Moving& pivot) const {
    if (room_[pivot.index] == 0) {  // a sum of ones that can only rise
        bool rises = false, falls = false;
        for (const auto& moving : moving_) (moving.by < 0 ? falls : rises) = true;
        if (!rises || !falls) return true;
    }
    const auto own = field::of(pivot.by);
    const auto& source = changes_[pivot.index];
    for (const auto& p : source)
        for (const int t : targets_of_row_[p.row()]) {
            if (t == index) continue;
            const auto& rows = layout_.figures[t].rows;
            const int by = change_of(source, rows);
            if (by == 0) continue;
            Residue free = 0;
            for (const int r : rows) free = field::add(free, random_[r]);
            if (field::multiply(free, own) == field::multiply(free_, field::of(by))) return true;
        }
    return false;
}

// What is left of a change when another takes `from` out of its figure goes into scratch_; false when the numbers get too large.
bool Basis::subtract(int target, int from, std::span<const Part> source, int own) {
    const auto& t = changes_[target];
    work_ += t.size() + source.size();
    scratch_.resize(t.size() + source.size());
    const int divisor = std::gcd(from, own) * (own < 0 ? -1 : 1);
    const int keep = own / divisor, minus = -(from / divisor);
    int largest = 0;
    auto end = scratch_.begin();
    const auto put = [&](int row, int change) {
        largest = std::max(largest, std::abs(change));
        *end = Part(row, change);
        end += change != 0;
    };
    const Part *at = t.data(), *const t_end = at + t.size();
    for (const auto& p : source) {
        for (; at != t_end && at->row() < p.row(); ++at) put(at->row(), keep * at->change());
        if (at != t_end && at->row() == p.row()) {
            put(p.row(), keep * at->change() + minus * p.change());
            ++at;
        } else {
            put(p.row(), minus * p.change());
            users_[p.row()].push_back(target);
            new_users_.push_back(p.row());
        }
    }
    for (; at != t_end; ++at) put(at->row(), keep * at->change());
    scratch_.erase(end, scratch_.end());
    if (keep != 1 && largest <= largest_change) {
        int common = 0;
        for (const auto& p : scratch_) common = std::gcd(common, p.change());
        if (common > 1)
            for (auto& p : scratch_) p = Part(p.row(), p.change() / common);
    }
    return largest <= largest_change;
}

void Basis::publish(const Moving& pivot) {
    for (const auto& b : before_) place_before_[b.change] = -1;
    before_.clear();
    new_users_.clear();
    before_.reserve(moving_.size());
    const auto put_aside = [&](const Moving& moving, Change instead) {
        place_before_[moving.index] = static_cast<int>(before_.size());
        before_.push_back({moving.index, moving.by, std::exchange(changes_[moving.index], std::move(instead))});
    };
    retired_[pivot.index] = 1;
    put_aside(pivot, {});
    const std::span<const Part> source = before_.front().parts;
    for (const auto& moving : moving_) {
        if (moving.index == pivot.index) continue;
        Change instead;
        // Without one that does not fit there are only fewer ways to bend a proof.
        if (subtract(moving.index, moving.by, source, pivot.by)) instead.assign(scratch_.begin(), scratch_.end());
        put_aside(moving, std::move(instead));
    }
    random_factor_ = field::multiply(free_, field::inverse(field::of(pivot.by)));
    second_factor_ = field::multiply(second_free_, field::inverse(field::of(pivot.by)));
    for (const auto& p : source) {
        random_[p.row()] = field::subtract(random_[p.row()], field::multiply(random_factor_, field::of(p.change())));
        second_random_[p.row()] = field::subtract(second_random_[p.row()], field::multiply(second_factor_, field::of(p.change())));
    }
}

void Basis::take_back() {
    for (const int row : new_users_) users_[row].pop_back();
    for (const auto& p : before_.front().parts) {
        random_[p.row()] = field::add(random_[p.row()], field::multiply(random_factor_, field::of(p.change())));
        second_random_[p.row()] = field::add(second_random_[p.row()], field::multiply(second_factor_, field::of(p.change())));
    }
    for (const auto& [target, proportion] : groups_before_) regroup(target, proportion);
    groups_before_.clear();
    retired_[before_.front().change] = 0;
    for (auto& [c, by, parts] : before_) {
        changes_[c] = std::move(parts);
        place_before_[c] = -1;
    }
    before_.clear();
}

Residue Basis::proportion_of(int target) const {
    Residue first = 0, second = 0;
    for (const int row : layout_.figures[target].rows) {
        first = field::add(first, random_[row]);
        second = field::add(second, second_random_[row]);
    }
    return field::multiply(second, field::inverse(first));
}

void Basis::regroup(int target, Residue proportion) {
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

bool Basis::opens_to_insiders() {
    if (!guards_against_insiders_) return false;
    const auto pairs_before = insider_pairs_;
    groups_before_.clear();
    std::vector<int> reached;
    for (const auto& p : before_.front().parts)
        for (const int t : targets_of_row_[p.row()]) reached.push_back(t);
    std::ranges::sort(reached);
    reached.erase(std::ranges::unique(reached).begin(), reached.end());
    for (const int t : reached) {
        groups_before_.emplace_back(t, group_[t]);
        regroup(t, proportion_of(t));
    }
    return insider_pairs_ > pairs_before;
}

}  // namespace disclosure
