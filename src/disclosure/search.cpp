#include "disclosure/search.h"

#include <cmath>
#include <numeric>

#include "disclosure/elimination.h"

namespace disclosure {

Search::Search(const Layout& layout, std::vector<char> suppressed_figure, const Rules& rules, std::uint64_t seed)
    : layout_(layout),
      suppressed_(std::move(suppressed_figure)),
      lower_bound_(rules.lower_bound),
      width_(rules.required_width),
      random_(seed ^ 0x73656172),
      hidden_of_row_(layout.row_counts.size()),
      known_of_row_(layout.row_counts.size()),
      uses_(layout.row_counts.size()),
      variable_of_figure_(layout.figures.size(), -1),
      figure_of_variable_(layout.row_counts.size(), -1),
      dear_(layout.row_counts.size(), 0.0),
      change_(layout.figures.size(), 0),
      stamp_(std::max(layout.figures.size(), layout.row_counts.size()), 0),
      found_for_(layout.figures.size()),
      found_changing_(layout.figures.size()),
      proof_(layout.figures.size(), -1) {
    for (const Count count : layout.row_counts) room_.push_back(std::max<Count>(0, count - lower_bound_));
    std::vector<int> known;
    for (std::size_t f = 0; f < layout.figures.size(); ++f) {
        const auto& figure = layout.figures[f];
        const int index = static_cast<int>(f);
        if (figure.rows.size() == 1) {
            variable_of_figure_[f] = figure.rows[0];
            figure_of_variable_[figure.rows[0]] = index;
            if (!suppressed_[f]) dear_[figure.rows[0]] = value(index);
        } else if (!suppressed_[f]) {
            known.push_back(index);
        }
        if (figure.is_protected) targets_.push_back(index);
        for (const int row : figure.rows) hidden_of_row_[row].push_back(index);
    }
    std::ranges::stable_sort(known, std::greater<>{}, [&](int f) { return layout.figures[f].rows.size(); });
    for (const int f : known) {
        variable_of_figure_[f] = static_cast<int>(uses_.size());
        uses_.emplace_back();
        figure_of_variable_.push_back(f);
        room_.push_back(layout.figures[f].count);
        dear_.push_back(value(f));
        for (const int row : layout.figures[f].rows) known_of_row_[row].push_back(f);
    }
    for (const int f : known) equation_of(f);
    for (const auto& relation : layout.relations) {
        const int e = static_cast<int>(equations_.size());
        equations_.emplace_back();
        for (const auto& [row, residue] : difference(relation.left, relation.right)) {
            const int factor = static_cast<int>(field::to_signed(residue));
            equations_[e].push_back({row, factor});
            uses_[row].push_back({e, factor});
        }
    }
    at_.assign(uses_.size(), 0);
    barred_until_.assign(uses_.size(), 0);
    violation_.assign(equations_.size(), 0);
    place_.assign(equations_.size(), -1);
    weight_.assign(equations_.size(), 1);
}

double worth(const Figure& figure) {
    if (figure.priority > 0) return 1e6;
    return figure.weight * (1.0 + static_cast<double>(figure.count) / 30.0) + std::max(0.0, figure.cost);
}

// A figure as the sum of published figures below it, as far as they go, and of the rows that remain. So equations stay short.
void Search::equation_of(int figure) {
    const int e = static_cast<int>(equations_.size());
    equations_.emplace_back();
    const auto& rows = layout_.figures[figure].rows;
    ++now_;
    for (const int row : rows) stamp_[row] = now_;
    const auto use = [&](int variable, int factor) {
        equations_[e].push_back({variable, factor});
        uses_[variable].push_back({e, factor});
    };
    for (const int row : rows) {
        if (stamp_[row] != now_) continue;
        for (const int part : known_of_row_[row]) {
            const auto& own = layout_.figures[part].rows;
            if (suppressed_[part] || own.size() >= rows.size()) continue;
            if (!std::ranges::all_of(own, [&](int r) { return stamp_[r] == now_; })) continue;
            for (const int r : own) stamp_[r] = 0;
            use(variable_of_figure_[part], 1);
            break;
        }
        if (stamp_[row] == now_) use(row, 1);
    }
    use(variable_of_figure_[figure], -1);
}

void Search::change(int variable, int by) {
    if (at_[variable] == 0) touched_.push_back(variable);
    at_[variable] += by;
    for (const auto& [e, factor] : uses_[variable]) {
        const int before = violation_[e];
        violation_[e] += factor * by;
        if (before == 0) {
            place_[e] = static_cast<int>(violated_.size());
            violated_.push_back(e);
        } else if (violation_[e] == 0) {
            const int hole = place_[e];
            violated_[hole] = violated_.back();
            place_[violated_[hole]] = hole;
            violated_.pop_back();
            place_[e] = -1;
        }
    }
}

void Search::reset() {
    for (const int v : touched_) {
        at_[v] = 0;
        barred_until_[v] = 0;
    }
    touched_.clear();
    for (const int e : violated_) {
        violation_[e] = 0;
        place_[e] = -1;
    }
    violated_.clear();
    for (const int e : weighted_) weight_[e] = 1;
    weighted_.clear();
}

// True when the change under way violates nothing. With a price of 0 no published figure may change.
bool Search::attempt(int figure, int longest, double price) {
    reset();
    const auto& rows = layout_.figures[figure].rows;
    const int first = rows[random_.below(rows.size())];
    const int width = static_cast<int>(width_);
    const bool fall = room_[first] >= width && random_.below(2);
    if (dear_[first] > 0 && price == 0) return false;
    change(first, fall ? -width : width);
    barred_until_[first] = ~0ull;
    for (int step = 0; step < longest; ++step) {
        if (violated_.empty()) return true;
        ++steps_;
        int e = violated_[random_.below(violated_.size())];
        for (int n = 0; n < 2; ++n)
            if (const int other = violated_[random_.below(violated_.size())]; equations_[other].size() < equations_[e].size()) e = other;
        int best = -1, best_by = 0;
        double least = 1e18;
        std::uint64_t ties = 0;
        for (const auto& [v, factor] : equations_[e]) {
            if (dear_[v] > 0 && price == 0) continue;
            const int by = (violation_[e] > 0) == (factor > 0) ? -1 : 1;
            if (by < 0 && room_[v] + at_[v] < 1) continue;
            if (barred_until_[v] > static_cast<std::uint64_t>(step) && at_[v] * by <= 0) continue;
            double worse = 0;
            for (const auto& [other, own] : uses_[v])
                worse += weight_[other] * (std::abs(violation_[other] + own * by) - std::abs(violation_[other]));
            if (at_[v] == 0)
                worse += 0.25 + price * dear_[v];
            else if (at_[v] + by == 0)
                worse -= 0.25 + price * dear_[v];
            if (worse < least) {
                least = worse;
                best = v;
                best_by = by;
                ties = 1;
            } else if (worse == least && random_.below(++ties) == 0) {
                best = v;
                best_by = by;
            }
        }
        if (best < 0) return false;
        if (least >= 0)
            for (const int stuck : violated_)
                if (weight_[stuck]++ == 1) weighted_.push_back(stuck);
        change(best, best_by);
        barred_until_[best] = static_cast<std::uint64_t>(step) + 3 + random_.below(4);
    }
    return violated_.empty();
}

// The change under way becomes a witness; returns its number, or -1 when it moves no target.
int Search::keep() {
    Found out;
    std::vector<int> seen;
    ++now_;
    for (const int row : touched_) {
        if (row >= layout_.rows() || at_[row] == 0) continue;
        out.rows.push_back({row, at_[row]});
        for (const int f : hidden_of_row_[row]) {
            if (stamp_[f] != now_) {
                stamp_[f] = now_;
                change_[f] = 0;
                seen.push_back(f);
            }
            change_[f] += at_[row];
        }
    }
    for (const int f : seen) {
        if (change_[f] == 0) continue;
        if (!layout_.figures[f].is_protected) {
            out.secondary.push_back(f);
            out.published += !suppressed_[f];
        } else if (std::abs(change_[f]) >= width_) {
            out.targets.push_back(f);
        }
    }
    if (out.targets.empty() || out.published > 0) return -1;
    const int index = static_cast<int>(found_.size());
    for (const int f : out.targets) found_for_[f].push_back(index);
    for (const int f : out.secondary) found_changing_[f].push_back(index);
    found_.push_back(std::move(out));
    rests_.emplace_back();
    for (const int f : found_[index].targets)
        if (proof_[f] < 0) set_proof(f, index);
    return index;
}

void Search::learn(const std::vector<Move>& moves) {
    for (const auto& move : moves) {
        reset();
        for (const auto& [row, by] : move) change(row, static_cast<int>(by));
        if (violated_.empty()) keep();
    }
}

double Search::price() const {
    double sum = 0;
    for (std::size_t f = 0; f < suppressed_.size(); ++f)
        if (suppressed_[f] && !layout_.figures[f].is_protected) sum += value(static_cast<int>(f));
    return sum;
}

void Search::set_proof(int target, int found) {
    proof_[target] = found;
    if (found >= 0) rests_[found].push_back(target);
}

std::vector<int> Search::open() const {
    auto out = targets_;
    std::erase_if(out, [&](int f) { return proof_[f] >= 0; });
    return out;
}

bool Search::has_secondary() const {
    for (std::size_t f = 0; f < suppressed_.size(); ++f)
        if (suppressed_[f] && !layout_.figures[f].is_protected) return true;
    return false;
}

void Search::prove(int rounds, int longest, const Control& control, const std::function<bool()>& enough) {
    auto rest = open();
    for (int round = 0; round < rounds && !rest.empty(); ++round) {
        random_.shuffle(rest);
        std::size_t done = 0;
        for (const int f : rest) {
            for (int n = 0; n < (2 << round) && proof_[f] < 0; ++n)
                if (attempt(f, longest, 0.0)) keep();
            if (++done % 64 == 0) {
                if (control.stopped() || enough()) return;
                if (control.progress) control.progress("witnesses", 1.0 - static_cast<double>(rest.size()) / static_cast<double>(targets_.size()));
            }
        }
        rest = open();
    }
}

void Search::suppress(int figure) {
    suppressed_[figure] = 1;
    dear_[variable_of_figure_[figure]] = 0;
    update_program(variable_of_figure_[figure]);
    for (const int found : found_changing_[figure]) --found_[found].published;
}

void Search::publish(int figure) {
    suppressed_[figure] = 0;
    if (variable_of_figure_[figure] < 0) {
        variable_of_figure_[figure] = static_cast<int>(uses_.size());
        uses_.emplace_back();
        figure_of_variable_.push_back(figure);
        room_.push_back(layout_.figures[figure].count);
        dear_.push_back(0);
        at_.push_back(0);
        barred_until_.push_back(0);
        violation_.push_back(0);
        place_.push_back(-1);
        weight_.push_back(1);
        reset();
        equation_of(figure);
        program_.reset();  // it does not know the new equation
    }
    dear_[variable_of_figure_[figure]] = value(figure);
    update_program(variable_of_figure_[figure]);
    for (const int found : found_changing_[figure]) ++found_[found].published;
}

bool Search::repair(int attempts, int longest, const Control& control) {
    auto rest = open();
    random_.shuffle(rest);
    for (const int f : rest) {
        if (proof_[f] >= 0) continue;
        if (control.stopped()) return false;
        double least = 1e18;
        std::vector<std::pair<int, int>> best;
        for (int n = 0; n < attempts || (best.empty() && n < 20 * attempts); ++n) {
            if (!attempt(f, longest, 4.0 / (1 + n % 4))) continue;
            double cost = 0;
            for (const int v : touched_)
                if (at_[v] != 0) cost += dear_[v];
            if (cost < least) {
                least = cost;
                best.clear();
                for (const int v : touched_)
                    if (at_[v] != 0) best.emplace_back(v, at_[v]);
            }
            if (least == 0) break;
        }
        if (least >= never) continue;
        reset();
        for (const auto& [v, by] : best) change(v, by);
        for (const auto& [v, by] : best)
            if (dear_[v] > 0) suppress(figure_of_variable_[v]);
        keep();
    }
    return open().empty();
}

std::vector<int> Search::resting_on(int figure) const {
    std::vector<int> out;
    for (const int found : found_changing_[figure])
        for (const int t : rests_[found])
            if (proof_[t] == found) out.push_back(t);
    std::ranges::sort(out);
    out.erase(std::ranges::unique(out).begin(), out.end());
    return out;
}

bool Search::reprove(int target, int attempts) {
    const auto& candidates = found_for_[target];
    for (auto at = candidates.rbegin(); at != candidates.rend(); ++at)
        if (found_[*at].published == 0) {
            set_proof(target, *at);
            return true;
        }
    const int before = proof_[target];
    proof_[target] = -1;
    for (int n = 0; n < attempts; ++n)
        if (attempt(target, 40, 0.0) && keep() >= 0 && proof_[target] >= 0) return true;
    proof_[target] = before;
    return false;
}

bool Search::release(int attempts, const Control& control, const std::function<bool()>& enough) {
    std::vector<int> secondary;
    for (std::size_t f = 0; f < layout_.figures.size(); ++f)
        if (suppressed_[f] && !layout_.figures[f].is_protected) secondary.push_back(static_cast<int>(f));
    std::ranges::stable_sort(secondary, std::greater<>{}, [&](int f) { return value(f); });
    bool released = false;
    for (const int f : secondary) {
        if (control.stopped() || enough()) break;
        const auto affected = resting_on(f);
        publish(f);
        bool good = true;
        for (const int t : affected)
            if (good) good = (proof_[t] >= 0 && found_[proof_[t]].published == 0) || reprove(t, attempts);
        // Targets that have moved to other proofs keep them: they hold as well.
        if (!good) suppress(f);
        released = released || good;
    }
    return released;
}

std::vector<Move> Search::proofs() const {
    std::vector<Move> out;
    std::vector<char> taken(found_.size(), 0);
    for (const int t : targets_)
        if (const int found = proof_[t]; found >= 0 && !taken[found]) {
            taken[found] = 1;
            out.push_back(found_[found].rows);
        }
    return out;
}

}  // namespace disclosure
