#include "plan/import/headings.h"

namespace plan::importing {
namespace {

constexpr int impossible = -1000000;

// What it costs to go from one number to the next: nothing for the next sibling, the first child or the next of an ancestor; a little for
// each number left out, as documents do skip some.
int step_cost(const std::vector<int>& from, const std::vector<int>& to) {
    std::size_t common = 0;
    while (common < from.size() && common < to.size() && from[common] == to[common]) ++common;
    if (common == to.size()) return impossible;  // the same number again, or an ancestor
    if (common == from.size()) {                 // a child; one level at a time
        int cost = 0;
        for (auto i = common; i < to.size(); ++i) {
            if (to[i] < 1) return impossible;
            cost += (i > common ? 3 : 0) + (to[i] - 1) * 3;
        }
        return cost > 9 ? impossible : -cost;
    }
    if (to[common] <= from[common]) return impossible;
    int cost = (to[common] - from[common] - 1) * 3;
    for (auto i = common + 1; i < to.size(); ++i) {
        if (to[i] < 1) return impossible;
        cost += 3 + (to[i] - 1) * 3;
    }
    return cost > 12 ? impossible : -cost;
}

int begin_cost(const std::vector<int>& to) {
    int cost = 0;
    for (std::size_t i = 0; i < to.size(); ++i) cost += (i > 0 ? 2 : 0) + (to[i] - 1) * 4;
    return -cost;
}

}  // namespace

std::vector<Heading> best_sequence(const std::vector<Heading>& candidates, const std::vector<std::size_t>& outer) {
    const std::size_t n = candidates.size();
    // A document of a few thousand numbered lines looks back over the last ones only, so the work stays linear.
    constexpr std::size_t window = 600;
    std::vector<int> best(n, impossible);
    std::vector<std::ptrdiff_t> from(n, -1);
    std::ptrdiff_t last = -1;
    std::size_t passed = 0;
    std::vector<std::size_t> outer_before(n);  // outer headings before each candidate
    for (std::size_t i = 0; i < n; ++i) {
        while (passed < outer.size() && outer[passed] < candidates[i].line) ++passed;
        outer_before[i] = passed;
    }
    for (std::size_t i = 0; i < n; ++i) {
        const auto& c = candidates[i];
        best[i] = c.score + begin_cost(c.parts);
        for (std::size_t k = i > window ? i - window : 0; k < i; ++k) {
            if (best[k] <= impossible / 2 || candidates[k].line == c.line) continue;
            int cost = step_cost(candidates[k].parts, c.parts);
            // Below the next outer heading a sequence may begin again, if it looks like headings at all.
            if (outer_before[i] > outer_before[k] && c.parts.back() == 1 && c.parts.size() == 1 && c.score >= 2) cost = std::max(cost, -1);
            if (cost == impossible) continue;
            if (best[k] + cost + c.score > best[i]) {
                best[i] = best[k] + cost + c.score;
                from[i] = static_cast<std::ptrdiff_t>(k);
            }
        }
        if (best[i] > 0 && (last < 0 || best[i] > best[static_cast<std::size_t>(last)])) last = static_cast<std::ptrdiff_t>(i);
    }
    std::vector<Heading> out;
    for (auto i = last; i >= 0; i = from[static_cast<std::size_t>(i)]) out.push_back(candidates[static_cast<std::size_t>(i)]);
    std::reverse(out.begin(), out.end());
    return out;
}

}  // namespace plan::importing
