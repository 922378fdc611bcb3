#include "disclosure/greedy.h"

#include <algorithm>
#include <cstdlib>
#include <limits>

#include "disclosure/elimination.h"

namespace disclosure {
namespace {

constexpr Count unbounded = std::numeric_limits<Count>::max() / 4;
constexpr Count largest_factor = 1000;
// How many changes are tried to bend a proof, and how far a try goes.
constexpr std::size_t most_candidates = 16;
constexpr std::size_t most_proofs = 8;
constexpr int most_depth = 8;
constexpr Count most_violation = 6;
constexpr int most_efforts = 4;

Count count_of(Residue change) { return field::to_signed(change); }
Count count_of(Count change) { return change; }

}  // namespace

Greedy::Greedy(const Layout& layout, const Rules& rules, std::uint64_t seed)
    : layout_(layout),
      width_(rules.required_width),
      suppressed_(layout.figures.size(), 1),
      one_(layout.row_counts.size(), 0),
      retired_(layout.row_counts.size(), 0),
      room_(layout.figures.size() + layout.relations.size(), unbounded),
      changes_(layout.row_counts.size()),
      users_(room_.size()),
      random_(room_.size(), 0),
      carriers_(room_.size()),
      proof_(layout.figures.size(), -1),
      hardness_(layout.figures.size(), 0),
      place_before_(layout.row_counts.size(), -1),
      now_(room_.size(), 0),
      kept_(room_.size(), 0),
      seen_(layout.row_counts.size(), 0),
      stamp_(static_cast<int>(seed % 1'000)) {
    Random random(seed ^ 0x67726565);
    std::vector<Residue> shares(layout.row_counts.size());
    for (auto& share : shares) share = random.next() % field::prime;
    const auto add = [&](int row, int figure, Residue change) {
        changes_[row].push_back({figure, change});
        users_[figure].push_back(row);
        random_[figure] = field::add(random_[figure], field::multiply(change, shares[row]));
    };
    const int figures = static_cast<int>(layout.figures.size());
    for (int f = 0; f < figures; ++f)
        for (const int row : layout.figures[f].rows) add(row, f, 1);
    for (std::size_t r = 0; r < layout.relations.size(); ++r)
        for (const auto& [row, value] : difference(layout.relations[r].left, layout.relations[r].right))
            add(row, figures + static_cast<int>(r), value);
    for (int row = 0; row < layout.rows(); ++row) {
        const int f = figure_of_row_.emplace_back(layout.figure_of_cell[layout.cell_of_key.at(layout.row_keys[row])]);
        room_[f] = std::max<Count>(0, layout.row_counts[row] - rules.lower_bound);
        one_[row] = room_[f] == 0;
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
                proofs_.back().steps.push_back({g, width_ * field::to_signed(change)});
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

const Greedy::Step* Greedy::step(int proof, int figure) const {
    const auto& s = proofs_[proof].steps;
    const auto place = std::ranges::lower_bound(s, figure, {}, &Step::figure);
    return place != s.end() && place->figure == figure ? &*place : nullptr;
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

// The shortest change; changes of a one only where there is no other, so that sums of ones show as such.
int Greedy::pivot_of(int figure) const {
    int best = -1;
    for (const int c : users_[figure])
        if (best < 0 || one_[c] < one_[best] || (one_[c] == one_[best] && changes_[c].size() < changes_[best].size())) best = c;
    return best;
}

bool Greedy::determines(int figure, int pivot) const {
    const auto own = part(pivot, figure)->change;
    if (one_[pivot]) {  // a sum of ones that can only rise
        bool rises = false, falls = false;
        for (const int c : users_[figure]) (part(c, figure)->change > field::prime / 2 ? falls : rises) = true;
        if (!rises || !falls) return true;
    }
    const auto free = random_[figure];
    for (const auto& [f, change] : changes_[pivot])
        if (f != figure && f < static_cast<int>(suppressed_.size()) && layout_.figures[f].is_protected &&
            field::multiply(random_[f], own) == field::multiply(free, change))
            return true;
    return false;
}

// The difference goes into scratch_.
void Greedy::subtract(int target, Residue factor, const Change& source) {
    const auto& t = changes_[target];
    scratch_.clear();
    scratch_.reserve(t.size() + source.size());
    const Residue minus = field::negate(factor);
    const bool plain = minus == 1, opposite = factor == 1;
    std::size_t i = 0;
    for (const auto& [figure, change] : source) {
        while (i < t.size() && t[i].figure < figure) scratch_.push_back(t[i++]);
        const Residue by = plain ? change : opposite ? field::negate(change) : field::multiply(minus, change);
        if (i < t.size() && t[i].figure == figure) {
            if (const Residue sum = field::add(t[i].change, by)) scratch_.push_back({figure, sum});
            ++i;
        } else {
            scratch_.push_back({figure, by});
            users_[figure].push_back(target);
        }
    }
    scratch_.insert(scratch_.end(), t.begin() + static_cast<std::ptrdiff_t>(i), t.end());
    work_ += t.size() + source.size();
}

void Greedy::publish(int figure, int pivot) {
    for (const auto& [c, change] : before_) place_before_[c] = -1;
    before_.clear();
    const auto users = users_[figure];
    before_.emplace_back(pivot, std::move(changes_[pivot]));
    changes_[pivot].clear();
    place_before_[pivot] = 0;
    retired_[pivot] = 1;
    const Change source = before_.front().second;
    const Residue inverse = field::inverse(part(source, figure)->change);
    for (const int c : users) {
        if (c == pivot) continue;
        subtract(c, field::multiply(part(c, figure)->change, inverse), source);
        place_before_[c] = static_cast<int>(before_.size());
        before_.emplace_back(c, std::move(changes_[c]));
        changes_[c].assign(scratch_.begin(), scratch_.end());
    }
    random_factor_ = field::multiply(random_[figure], inverse);
    for (const auto& [f, change] : source) random_[f] = field::subtract(random_[f], field::multiply(random_factor_, change));
    if (figure < static_cast<int>(suppressed_.size())) suppressed_[figure] = 0;
}

// The lists of users were only added to meanwhile.
void Greedy::take_back(int figure) {
    for (const auto& [f, change] : before_.front().second) random_[f] = field::add(random_[f], field::multiply(random_factor_, change));
    retired_[before_.front().first] = 0;
    for (auto& [c, change] : before_) {
        changes_[c] = std::move(change);
        place_before_[c] = -1;
    }
    before_.clear();
    suppressed_[figure] = 1;
}

void Greedy::load(const Proof& proof) {
    for (const int f : touched_) now_[f] = 0;
    touched_.clear();
    for (const auto& [f, change] : proof.steps) {
        now_[f] = change;
        touched_.push_back(f);
    }
    size_ = proof.steps.size();
}

void Greedy::apply(const auto& change, Count factor) {
    for (const auto& part : change) {
        auto& at = now_[part.figure];
        if (at == 0) {
            touched_.push_back(part.figure);
            ++size_;
        }
        at += factor * count_of(part.change);
        if (at == 0) --size_;
    }
}

void Greedy::weigh(const auto& candidate, int at, Count wanted, bool exactly, bool& better, Score& score, Count& factor) {
    better = false;
    const auto own = std::ranges::lower_bound(candidate, at, {}, [](const auto& p) { return p.figure; });
    if (own == candidate.end() || own->figure != at) return;
    const Count by = count_of(own->change);
    if (std::abs(by) > largest_factor) return;
    Count times = wanted / by;
    if (times * by != wanted) {
        if (exactly) return;
        times += by > 0 ? 1 : -1;
    }
    Score result{0, size_};
    work_ += candidate.size();
    for (const auto& part : candidate) {
        const int f = part.figure;
        const Count delta = count_of(part.change);
        if (std::abs(delta) > largest_factor) return;
        const Count was = now_[f], is = was + times * delta;
        if (was == 0) ++result.size;
        if (is == 0) --result.size;
        if (room_[f] + is < 0) result.violation -= room_[f] + is;
        if (room_[f] + was < 0) result.violation += room_[f] + was;
        if (kept_[f] == stamp_ && std::abs(is) < width_) return;
    }
    if (!(result < score)) return;
    better = true;
    score = result;
    factor = times;
}

// Of the changes that move a figure as far as wanted, the one that leaves least to mend and is short.
Greedy::Candidate Greedy::best_of(std::span<const Candidate> candidates, int at, Count wanted, bool exactly, Score& score, Count& factor) {
    Candidate best;
    score = {unbounded, 0};
    for (const auto& c : candidates) {
        bool better = false;
        if (c.change)
            weigh(*c.change, at, wanted, exactly, better, score, factor);
        else
            weigh(*c.proof, at, wanted, exactly, better, score, factor);
        if (better) best = c;
    }
    return best;
}

// The proof with `figure` at rest, still moving the targets; false when none was found. The figure has been published.
bool Greedy::bend(const Proof& proof, const std::vector<int>& targets, int figure, const std::vector<Proof>& bent, int effort, Proof& out) {
    const std::size_t wanted = effort == 0 ? most_candidates : 2 * most_candidates, wanted_proofs = effort == 0 ? 0 : most_proofs;
    load(proof);
    ++stamp_;
    for (const int t : targets) kept_[t] = stamp_;
    std::vector<Candidate> candidates;
    // Changes from before, that have much in common with the proof, make it little longer.
    const auto add = [&](int c) {
        if (place_before_[c] < 0 || seen_[c] == stamp_) return;
        seen_[c] = stamp_;
        candidates.push_back({&before_[place_before_[c]].second, nullptr});
    };
    const auto some = [&](std::size_t all, std::size_t some_of, const auto& visit) {
        if (some_of == 0) return;
        const std::size_t stride = std::max<std::size_t>(1, all / some_of);
        for (std::size_t i = static_cast<std::size_t>(stamp_) % stride; i < all; i += stride) visit(i);
    };
    for (const auto& [f, change] : proof.steps) {
        if (f == figure || users_[f].size() > 48) continue;
        for (const int c : users_[f]) add(c);
        if (candidates.size() >= wanted) break;
    }
    some(before_.size(), wanted, [&](std::size_t i) { add(before_[i].first); });
    add(before_.front().first);
    some(carriers_[figure].size(), wanted_proofs, [&](std::size_t i) { candidates.push_back({nullptr, &proofs_[carriers_[figure][i]].steps}); });
    Count violation = 0, factor = 0;
    Score score;
    Candidate best;
    if (effort >= 2) {
        // Begin anew with a change of the basis that moves a target.
        load({});
        const int target = targets.front();
        for (const int t : targets) kept_[t] = t == target ? stamp_ : 0;
        candidates.clear();
        some(users_[target].size(), wanted, [&](std::size_t i) {
            if (!retired_[users_[target][i]]) candidates.push_back({&changes_[users_[target][i]], nullptr});
        });
        best = best_of(candidates, target, effort % 2 ? width_ : -width_, true, score, factor);
        for (const int t : targets) kept_[t] = stamp_;
    } else {
        best = best_of(candidates, figure, -now_[figure], true, score, factor);
    }
    const auto take = [&] {
        if (best.change)
            apply(*best.change, factor);
        else if (best.proof)
            apply(*best.proof, factor);
        violation += score.violation;
        return best.change || best.proof;
    };
    if (!take()) return false;
    const void* last = nullptr;
    const void* before_last = nullptr;
    const auto fresh = [&](const void* candidate) { return candidate != last && candidate != before_last; };
    for (int depth = 0; violation > 0; ++depth) {
        if (depth == most_depth || violation > most_violation) return false;
        int at = -1;
        for (const int f : touched_)
            if (room_[f] + now_[f] < 0) {
                at = f;
                break;
            }
        candidates.clear();
        const auto& users = users_[at];
        some(users.size(), wanted, [&](std::size_t i) {
            if (!retired_[users[i]] && fresh(&changes_[users[i]])) candidates.push_back({&changes_[users[i]], nullptr});
        });
        // Proofs fall nowhere below what is allowed, so they add little to mend.
        some(carriers_[at].size(), wanted_proofs, [&](std::size_t i) {
            const int p = carriers_[at][i];
            if (!step(p, figure) && fresh(&proofs_[p].steps)) candidates.push_back({nullptr, &proofs_[p].steps});
        });
        some(bent.size(), wanted_proofs, [&](std::size_t i) {
            if (fresh(&bent[i].steps)) candidates.push_back({nullptr, &bent[i].steps});
        });
        best = best_of(candidates, at, -(room_[at] + now_[at]), false, score, factor);
        if (!take()) return false;
        before_last = last;
        last = best.change ? static_cast<const void*>(best.change) : best.proof;
    }
    if (effort >= 2 && std::ranges::any_of(targets, [&](int t) { return std::abs(now_[t]) < width_; })) return false;
    out.steps.clear();
    out.resting = targets;
    std::ranges::sort(touched_);
    touched_.erase(std::ranges::unique(touched_).begin(), touched_.end());
    for (const int f : touched_)
        if (now_[f] != 0) out.steps.push_back({f, now_[f]});
    return true;
}

bool Greedy::bend_somehow(const Proof& proof, const std::vector<int>& targets, int figure, const std::vector<Proof>& bent, Proof& out) {
    for (int effort = 0; effort < most_efforts; ++effort)
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
                const auto place = std::ranges::lower_bound(b.steps, t, {}, &Step::figure);
                if (place != b.steps.end() && place->figure == t && std::abs(place->change) >= width_) elsewhere = true;
            }
            for (const int other : carriers_[t]) {
                if (elsewhere) break;
                const auto* s = step(other, t);
                elsewhere = other != p && s && std::abs(s->change) >= width_ && !step(other, figure);
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
        if (is_figure) suppressed_[figure] = 0;
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
