#include "disclosure/greedy.h"

#include <cmath>

#include "disclosure/elimination.h"
#include "disclosure/random.h"

namespace disclosure {

std::vector<int> publishing_order(const Layout& layout, double jitter, std::uint64_t seed) {
    std::vector<int> order;
    std::vector<double> worth(layout.figures.size());
    Random random(seed);
    for (std::size_t f = 0; f < layout.figures.size(); ++f) {
        const auto& figure = layout.figures[f];
        worth[f] = std::log(static_cast<double>(std::max<Count>(figure.count, 1))) + jitter * (random.unit() + random.unit() - 1.0);
        if (!figure.is_protected) order.push_back(static_cast<int>(f));
    }
    std::ranges::stable_sort(order, [&](int a, int b) {
        const auto &x = layout.figures[a], &y = layout.figures[b];
        if (x.priority != y.priority) return x.priority > y.priority;
        return worth[a] != worth[b] ? worth[a] > worth[b] : x.cost > y.cost;
    });
    return order;
}

std::vector<char> publish_greedily(const Layout& layout, const std::vector<int>& order, Count lower_bound) {
    std::vector<char> at_bound;
    for (const auto count : layout.row_counts) at_bound.push_back(count <= lower_bound);
    Elimination elimination(layout.rows(), std::move(at_bound));
    for (const auto& figure : layout.figures) elimination.add(column_of(figure.rows));
    for (const auto& r : layout.relations)
        if (const int c = elimination.add(difference(r.left, r.right)); !elimination.is_zero(c)) elimination.publish(c);
    std::vector<char> suppressed(layout.figures.size(), 0);
    for (std::size_t f = 0; f < suppressed.size(); ++f) suppressed[f] = layout.figures[f].is_protected;
    for (const int f : order) {
        if (elimination.is_zero(f)) continue;  // follows from what is published already
        bool gives_away = false;
        for (const int other : elimination.columns_with(elimination.rarest_row(f)))
            gives_away = gives_away || (layout.figures[other].is_protected && elimination.parallel(f, other));
        if (!gives_away && elimination.only_at_bound(f)) {
            // All ones could rise together by one only while every published sum of ones stays balanced.
            Residue sum = 0;
            for (const auto& term : elimination.column(f)) sum = field::add(sum, term.value);
            gives_away = sum != 0;
        }
        if (gives_away)
            suppressed[f] = 1;
        else
            elimination.publish(f);
    }
    return suppressed;
}

Size size_of(const Layout& layout, const std::vector<char>& suppressed) {
    Size out;
    for (std::size_t f = 0; f < suppressed.size(); ++f)
        if (suppressed[f] && !layout.figures[f].is_protected) {
            out.secondary += static_cast<std::size_t>(layout.figures[f].weight);
            out.sum += layout.figures[f].weight * layout.figures[f].count;
        }
    return out;
}

}  // namespace disclosure
