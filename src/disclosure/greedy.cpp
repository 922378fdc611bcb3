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
constexpr std::size_t most_candidates = 16;
constexpr std::size_t most_proofs = 8;
constexpr int most_depth = 8;
constexpr int most_violation = 6;
// In this order: anew with a change of the basis (2 may fall, 3 rises), from the proof as it is, and so with more to choose from.
constexpr std::array efforts{2, 0, 3, 1, 3};

}  // namespace

Greedy::Greedy(const Layout& layout, const Rules& rules, std::uint64_t seed)
    : layout_(layout),
      width_(static_cast<int>(rules.required_width)),
      suppressed_(layout.figures.size(), 1),
      one_(layout.row_counts.size(), 0),
      retired_(layout.row_counts.size(), 0),
      changes_(layout.row_counts.size()),
      users_(layout.figures.size() + layout.relations.size()),
      random_(users_.size(), 0),
      carriers_(users_.size()),
      proof_(layout.figures.size(), -1),
      hardness_(layout.figures.size(), 0),
      place_before_(layout.row_counts.size(), -1),
      state_(users_.size()),
      seen_(layout.row_counts.size(), 0),
      stamp_(static_cast<int>(seed % 1'000)) {
    Random random(seed ^ 0x67726565);
    std::vector<Residue> shares(layout.row_counts.size());
    for (auto& share : shares) share = random.next() % field::prime;
    const auto add = [&](int row, int figure, int change) {
        changes_[row].push_back({figure, change});
        users_[figure].push_back(row);
        random_[figure] = field::add(random_[figure], field::multiply(field::of(change), shares[row]));
    };
    const int figures = static_cast<int>(layout.figures.size());
    for (int f = 0; f < figures; ++f)
        for (const int row : layout.figures[f].rows) add(row, f, 1);
    for (std::size_t r = 0; r < layout.relations.size(); ++r)
        for (const auto& [row, value] : difference(layout.relations[r].left, layout.relations[r].right))

            add(row, figures + static_cast<int>(r), static_cast<int>(field::to_signed(value)));
    for (int row = 0; row < layout.rows(); ++row) {
        const int f = figure_of_row_.emplace_back(layout.figure_of_cell[layout.cell_of_key.at(layout.row_keys[row])]);
        state_[f].room = static_cast<int>(std::clamp<Count>(layout.row_counts[row] - rules.lower_bound, 0, unbounded));
        one_[row] = state_[f].room == 0;
    }
    // A row that rises is a witness for all that contains it.
    std::vector<int> proof_of_row(layout.row_counts.size(), -1);
    for (int f = 0; f < figures; ++f) {
        if (!layout.figures[f].is_protected) continue;
        const int row = layout.figures[f].rows.front();
        if (proof_of_row[row] < 0) {
            proof_of_row[row] = static_cast<int>(proofs_.size());
            proofs_.emplace_back();
            for (const auto& [g, change] : changes_[row]) {
                proofs_.back().steps.push_back({g, width_ * change});
                carriers_[g].push_back(proof_of_row[row]);
            }
        }
        proofs_[proof_of_row[row]].resting.push_back(f);
        proof_[f] = proof_of_row[row];
    }
    // What linked tables have in common holds from the start.
    for (int index = figures; index < static_cast<int>(users_.size()); ++index) try_to_publish(index);
}

const Greedy::Part* Greedy::part(const Change& c, int figure) {
    const auto place = std::ranges::lower_bound(c, figure, {}, &Part::figure);
    return place != c.end() && place->figure == figure ? &*place : nullptr;
}

void Greedy::clean(int figure) {
    const auto tidy = [](std::vector<int>& list, const auto& gone) {
        std::ranges::sort(list);
        list.erase(std::ranges::unique(list).begin(), list.end());
        std::erase_if(list, gone);
    };
    tidy(users_[figure], [&](int c) { return retired_[c] || !part(c, figure); });
    tidy(carriers_[figure], [&](int p) { return !step(p, figure); });
}

// The shortest change, if there is one that moves the figure by one; changes of a one only where there is no other, so that sums of
// ones show as such.
int Greedy::pivot_of(int figure) const {
    int best = -1;
    std::tuple<int, bool, std::size_t> least;
    for (const int c : users_[figure]) {
        const std::tuple<int, bool, std::size_t> rank{one_[c], std::abs(part(c, figure)->change) > 1, changes_[c].size()};
        if (best >= 0 && rank >= least) continue;
        best = c;
        least = rank;
    }
    return best;
}

bool Greedy::determines(int figure, int pivot) const {
    if (one_[pivot]) {  // a sum of ones that can only rise
        bool rises = false, falls = false;
        for (const int c : users_[figure]) (part(c, figure)->change < 0 ? falls : rises) = true;
        if (!rises || !falls) return true;
    }
    const auto own = field::of(part(pivot, figure)->change), free = random_[figure];
    for (const auto& [f, change] : changes_[pivot])
        if (f != figure && f < static_cast<int>(suppressed_.size()) && layout_.figures[f].is_protected &&
            field::multiply(random_[f], own) == field::multiply(free, field::of(change)))
            return true;
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
    const auto put = [&](int figure, std::int64_t change) {
        largest = std::max(largest, std::abs(change));
        if (change != 0) scratch_.push_back({figure, static_cast<int>(change)});
    };
    std::size_t i = 0;
    for (const auto& [figure, change] : source) {
        for (; i < t.size() && t[i].figure < figure; ++i) put(t[i].figure, keep * t[i].change);
        if (i < t.size() && t[i].figure == figure) {
            put(figure, keep * t[i].change + minus * change);
            ++i;
        } else {
            put(figure, minus * change);
            users_[figure].push_back(target);
            new_users_.push_back(figure);
        }
    }
    for (; i < t.size(); ++i) put(t[i].figure, keep * t[i].change);
    if (keep != 1) {
        int common = 0;
        for (const auto& p : scratch_) common = std::gcd(common, p.change);
        if (common > 1)
            for (auto& p : scratch_) p.change /= common;
    }
    return largest <= largest_change;
}

void Greedy::publish(int figure, int pivot) {
    for (const auto& [c, change] : before_) place_before_[c] = -1;
    before_.clear();
    new_users_.clear();
    const auto users = users_[figure];
    before_.emplace_back(pivot, std::move(changes_[pivot]));
    changes_[pivot].clear();
    place_before_[pivot] = 0;
    retired_[pivot] = 1;
    const Change source = before_.front().second;
    const int own = part(source, figure)->change;
    for (const int c : users) {
        if (c == pivot) continue;
        const bool fits = subtract(c, part(c, figure)->change, source, own);
        place_before_[c] = static_cast<int>(before_.size());
        before_.emplace_back(c, std::move(changes_[c]));
        // Without one that does not fit there are only fewer ways to bend a proof.
        if (fits) changes_[c].assign(scratch_.begin(), scratch_.end());
    }
    random_factor_ = field::multiply(random_[figure], field::inverse(field::of(own)));
    for (const auto& [f, change] : source) random_[f] = field::subtract(random_[f], field::multiply(random_factor_, field::of(change)));
    if (figure < static_cast<int>(suppressed_.size())) suppressed_[figure] = 0;
}

void Greedy::take_back(int figure) {
    for (const int f : new_users_) users_[f].pop_back();
    for (const auto& [f, change] : before_.front().second) random_[f] = field::add(random_[f], field::multiply(random_factor_, field::of(change)));
    retired_[before_.front().first] = 0;
    for (auto& [c, change] : before_) {
        changes_[c] = std::move(change);
        place_before_[c] = -1;
    }
    before_.clear();
    suppressed_[figure] = 1;
}

void Greedy::load(const Proof& proof) {
    for (const int f : touched_) state_[f].now = 0;
    touched_.clear();
    for (const auto& [f, change] : proof.steps) {
        state_[f].now = change;
        touched_.push_back(f);
    }
    size_ = static_cast<int>(proof.steps.size());
}

void Greedy::apply(const Change& change, int factor) {
    for (const auto& part : change) {
        auto& at = state_[part.figure].now;
        if (at == 0) {
            touched_.push_back(part.figure);
            ++size_;
        }
        at += factor * part.change;
        if (at == 0) --size_;
    }
}

// Of the changes that move a figure as far as wanted, the one that leaves least to mend and is short.
const Greedy::Change* Greedy::best_of(std::span<const Change* const> candidates, int at, int wanted, bool exactly, int violation, Score& score,
                                      int& factor) {
    const Change* best = nullptr;
    score = {unbounded, 0};
    for (const auto* candidate : candidates) {
        const auto* own = part(*candidate, at);
        if (!own) continue;
        const int by = own->change;
        int times = wanted / by;
        if (times * by != wanted) {
            if (exactly) continue;
            times += by > 0 ? 1 : -1;
        }
        if (std::abs(times) > largest_change) continue;
        Score result{0, size_};
        // What is mended on the way cannot be more than is violated.
        const int hopeless = score.violation == unbounded ? unbounded : score.violation + violation;
        for (const auto& [f, change] : *candidate) {
            const auto& s = state_[f];
            const int was = s.now, is = was + times * change;
            result.size += (was == 0) - (is == 0);
            result.violation += std::min(0, s.room + was) - std::min(0, s.room + is);
            if (result.violation > hopeless || (s.kept == stamp_ && std::abs(is) < width_)) {
                result.violation = unbounded;
                break;
            }
        }
        work_ += candidate->size();
        if (result < score) {
            best = candidate;
            score = result;
            factor = times;
        }
    }
    return best;
}

// The proof with `figure` at rest, still moving the targets; false when none was found. The figure has been published.
bool Greedy::bend(const Proof& proof, const std::vector<int>& targets, int figure, const std::vector<Proof>& bent, int effort, Proof& out) {
    const std::size_t wanted = effort == 0 ? most_candidates : 2 * most_candidates, wanted_proofs = effort == 0 ? 0 : most_proofs;
    ++stamp_;
    for (const int t : targets) state_[t].kept = stamp_;
    std::vector<const Change*> candidates;
    // Changes from before, that have much in common with the proof, make it little longer.
    const auto add = [&](int c) {
        if (place_before_[c] < 0 || seen_[c] == stamp_) return;
        seen_[c] = stamp_;
        candidates.push_back(&before_[place_before_[c]].second);
    };
    const auto some = [&](std::size_t all, std::size_t some_of, const auto& visit) {
        if (some_of == 0) return;
        const std::size_t stride = std::max<std::size_t>(1, all / some_of);
        for (std::size_t i = static_cast<std::size_t>(stamp_) % stride; i < all; i += stride) visit(i);
    };
    int violation = 0, factor = 0;
    Score score;
    const Change* best = nullptr;
    if (effort >= 2) {
        // Begin anew with a change of the basis that moves a target.
        load({});
        const int target = targets.front();
        for (const int t : targets) state_[t].kept = t == target ? stamp_ : 0;
        some(users_[target].size(), wanted, [&](std::size_t i) {
            if (!retired_[users_[target][i]]) candidates.push_back(&changes_[users_[target][i]]);
        });
        best = best_of(candidates, target, effort % 2 == 0 && state_[target].room >= width_ ? -width_ : width_, true, 0, score, factor);
        for (const int t : targets) state_[t].kept = stamp_;
    } else {
        load(proof);
        for (const auto& [f, change] : proof.steps) {
            if (f == figure || users_[f].size() > 48) continue;
            for (const int c : users_[f]) add(c);
            if (candidates.size() >= wanted) break;
        }
        some(before_.size(), wanted, [&](std::size_t i) { add(before_[i].first); });
        add(before_.front().first);
        some(carriers_[figure].size(), wanted_proofs, [&](std::size_t i) { candidates.push_back(&proofs_[carriers_[figure][i]].steps); });
        best = best_of(candidates, figure, -state_[figure].now, true, 0, score, factor);
    }
    const auto take = [&] {
        if (!best) return false;
        apply(*best, factor);
        violation += score.violation;
        return true;
    };
    if (!take()) return false;
    const Change* last = nullptr;
    const Change* before_last = nullptr;
    const auto fresh = [&](const Change* candidate) { return candidate != last && candidate != before_last; };
    for (int depth = 0; violation > 0; ++depth) {
        if (depth == most_depth || violation > most_violation) return false;
        int at = -1;
        for (const int f : touched_)
            if (state_[f].room + state_[f].now < 0) {
                at = f;
                break;
            }
        candidates.clear();
        const auto& users = users_[at];
        some(users.size(), wanted, [&](std::size_t i) {
            if (!retired_[users[i]] && fresh(&changes_[users[i]])) candidates.push_back(&changes_[users[i]]);
        });
        // Proofs fall nowhere below what is allowed, so they add little to mend.
        some(carriers_[at].size(), wanted_proofs, [&](std::size_t i) {
            const int p = carriers_[at][i];
            if (!step(p, figure) && fresh(&proofs_[p].steps)) candidates.push_back(&proofs_[p].steps);
        });
        some(bent.size(), wanted_proofs, [&](std::size_t i) {
            if (fresh(&bent[i].steps)) candidates.push_back(&bent[i].steps);
        });
        best = best_of(candidates, at, -(state_[at].room + state_[at].now), false, violation, score, factor);
        if (!take()) return false;
        before_last = last;
        last = best;
    }
    if (effort >= 2 && std::ranges::any_of(targets, [&](int t) { return std::abs(state_[t].now) < width_; })) return false;
    out.steps.clear();
    out.resting = targets;
    std::ranges::sort(touched_);
    touched_.erase(std::ranges::unique(touched_).begin(), touched_.end());
    for (const int f : touched_) {
        if (std::abs(state_[f].now) > largest_change) return false;
        if (state_[f].now != 0) out.steps.push_back({f, state_[f].now});
    }
    return true;
}

bool Greedy::bend_somehow(const Proof& proof, const std::vector<int>& targets, int figure, const std::vector<Proof>& bent, Proof& out) {
    for (const int effort : efforts)
        if (bend(proof, targets, figure, bent, effort, out)) return true;
    return false;
}

// Those that cannot be bent end it, unless the figure has no choice.
bool Greedy::bend_all(int figure, std::vector<Proof>& bent) {
    const bool has_choice = figure < static_cast<int>(suppressed_.size());
    const auto resisted = [&](int t) {
        ++hardness_[t];
        return has_choice;
    };
    // Those that have resisted before come first: then a failure costs little.
    std::vector<std::pair<int, int>> order;
    for (const int p : carriers_[figure]) {
        int hardest = 0;
        bool needed = false;
        for (const int t : proofs_[p].resting)
            if (proof_[t] == p) {
                hardest = std::max(hardest, hardness_[t]);
                needed = true;
            }
        if (needed) order.emplace_back(-hardest, p);
    }
    std::ranges::sort(order);
    for (const auto& [hardness, p] : order) {
        const auto& proof = proofs_[p];
        std::vector<int> targets;
        for (const int t : proof.resting) {
            if (proof_[t] != p) continue;
            bool elsewhere = false;
            for (const auto& b : bent) {
                const auto* s = part(b.steps, t);
                elsewhere = elsewhere || (s && std::abs(s->change) >= width_);
            }
            auto& carriers = carriers_[t];
            for (std::size_t i = 0; i < carriers.size() && !elsewhere;) {
                const auto* s = step(carriers[i], t);
                if (!s) {
                    carriers[i] = carriers.back();
                    carriers.pop_back();
                    continue;
                }
                elsewhere = std::abs(s->change) >= width_ && !step(carriers[i], figure);
                ++i;
            }
            if (!elsewhere) targets.push_back(t);
        }
        if (targets.empty()) continue;
        Proof out;
        if (bend_somehow(proof, targets, figure, bent, out)) {
            bent.push_back(std::move(out));
            continue;
        }
        for (const int t : targets) {
            if (targets.size() > 1 && bend_somehow(proof, {t}, figure, bent, out))
                bent.push_back(out);
            else if (resisted(t))
                return false;
        }
    }
    return true;
}

void Greedy::try_to_publish(int figure) {
    clean(figure);
    const bool is_figure = figure < static_cast<int>(suppressed_.size());
    if (users_[figure].empty()) {
        if (is_figure && random_[figure] == 0) suppressed_[figure] = 0;
        return;
    }
    const int pivot = pivot_of(figure);
    if (is_figure && determines(figure, pivot)) return;
    publish(figure, pivot);
    std::vector<Proof> bent;
    if (!bend_all(figure, bent)) {
        take_back(figure);
        undecided_.push_back(figure);
        return;
    }
    users_[figure].clear();
    // Targets of proofs that are gone rest on another.
    std::vector<int> moved;
    for (const int p : carriers_[figure]) {
        for (const int t : proofs_[p].resting)
            if (proof_[t] == p) moved.push_back(t);
        proofs_[p] = {};
    }
    for (auto& b : bent) {
        const int p = static_cast<int>(proofs_.size());
        for (const auto& [f, change] : b.steps) carriers_[f].push_back(p);
        b.resting.clear();
        proofs_.push_back(std::move(b));
    }
    for (const int t : moved) {
        proof_[t] = -1;
        for (const int p : carriers_[t])
            if (const auto* s = step(p, t); s && std::abs(s->change) >= width_) {
                proof_[t] = p;
                proofs_[p].resting.push_back(t);
                break;
            }
    }
}

void Greedy::run(const std::vector<int>& order, const Control& control) {
    std::size_t done = 0;
    undecided_.clear();
    for (const int f : order) {
        if (++done % 256 == 0) {
            if (control.stopped()) return;
            if (control.progress) control.progress("publish", static_cast<double>(done) / static_cast<double>(order.size()));
        }
        if (suppressed_[f] && !layout_.figures[f].is_protected) try_to_publish(f);
    }
}

std::vector<Move> Greedy::proofs() const {
    std::vector<Move> out;
    for (std::size_t p = 0; p < proofs_.size(); ++p) {
        bool needed = false;
        for (const int t : proofs_[p].resting) needed = needed || proof_[t] == static_cast<int>(p);
        if (!needed) continue;
        Move move;
        for (int row = 0; row < layout_.rows(); ++row)
            if (const auto* s = step(static_cast<int>(p), figure_of_row_[row])) move.push_back({row, s->change});
        out.push_back(std::move(move));
    }
    return out;
}

}  // namespace disclosure
