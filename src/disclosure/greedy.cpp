#include "disclosure/greedy.h"

#include <algorithm>

#include "disclosure/elimination.h"

namespace disclosure {
namespace {

constexpr int no_figure = -1;
constexpr std::size_t neighbours = 300;  // that may come before a figure though they are less dear

}  // namespace

Greedy::Greedy(const Layout& layout, const Rules& rules, std::vector<int> targets, std::uint64_t seed)
    : layout_(layout),
      targets_(std::move(targets)),
      basis_(layout, rules, targets_, seed),
      proofs_(layout, rules, basis_, seed),
      scale_(layout.row_counts.size()),
      suppressed_(layout.figures.size(), 1) {
    // What linked tables have in common holds from the start.
    for (const auto& relation : layout.relations) hold(relation);
}

void Greedy::hold(const Relation& relation) {
    Change rows;
    for (const auto& [row, value] : difference(relation.left, relation.right)) rows.emplace_back(row, static_cast<int>(field::to_signed(value)));
    scale_.put(std::span<const Part>(rows));
    basis_.measure(scale_);
    proofs_.measure(scale_, no_figure);
    if (!basis_.moving().empty()) publish(no_figure);
}

// What is on the scale; false when a target would lose its witness and there is a choice.
bool Greedy::publish(int figure) {
    const bool has_choice = figure != no_figure && !follows();
    basis_.publish(basis_.pivot());
    // Asked even where there is no choice: the answer is by how things stood before.
    const bool opens = basis_.opens_to_insiders();
    if (opens && has_choice) {
        basis_.take_back();
        return true;
    }
    if (!proofs_.bend(has_choice ? 0 : std::max(patience_, 1)) && has_choice) {
        basis_.take_back();
        return false;
    }
    proofs_.settle();
    if (figure != no_figure) suppressed_[figure] = 0;
    return true;
}

void Greedy::try_to_publish(int figure) {
    const bool has_choice = !follows();
    scale_.put(layout_.figures[figure].rows);
    if (!proofs_.measure(scale_, figure) && has_choice) {
        undecided_.push_back(figure);
        return;
    }
    basis_.measure(scale_);
    if (basis_.moving().empty()) {
        if (basis_.is_free() && has_choice) return;
        suppressed_[figure] = 0;
        proofs_.settle();
        return;
    }
    if (has_choice && basis_.determines(figure, basis_.pivot())) return;
    if (!publish(figure)) undecided_.push_back(figure);
}

void Greedy::run(const std::vector<int>& order, const Control& control, const std::function<bool()>& enough) {
    std::size_t done = 0;
    undecided_.clear();
    for (const int f : order) {
        if (++done % 16 == 0 && (control.stopped() || enough())) return;
        if (done % 256 == 0 && control.progress) control.progress("publish", static_cast<double>(done) / static_cast<double>(order.size()));
        if (suppressed_[f] && (follows() || !layout_.figures[f].is_protected)) try_to_publish(f);
    }
}

void Greedy::follow(const std::vector<int>& order, int patience, const Control& control, const std::function<bool()>& enough) {
    patience_ = patience;
    run(order, control, enough);
    for (const int t : targets_) {
        if (control.stopped() || enough()) return;
        if (suppressed_[t] && proofs_.is_open(t)) proofs_.prove_anew(t);
    }
}

std::vector<int> protected_figures(const Layout& layout) {
    std::vector<int> out;
    for (std::size_t f = 0; f < layout.figures.size(); ++f)
        if (layout.figures[f].is_protected) out.push_back(static_cast<int>(f));
    return out;
}

std::vector<int> dearest_first(const Layout& layout, const std::vector<char>& suppressed, std::uint64_t seed) {
    Random random(seed ^ 0x6f726465);
    std::vector<std::uint64_t> lots(layout.figures.size());
    for (auto& lot : lots) lot = random.next();
    std::vector<int> out;
    for (std::size_t f = 0; f < layout.figures.size(); ++f)
        if (!suppressed[f]) out.push_back(static_cast<int>(f));
    std::ranges::sort(out, std::greater<>{}, [&](int f) {
        const auto& figure = layout.figures[f];
        return std::tuple{figure.priority, static_cast<double>(figure.count * figure.weight) + figure.cost, lots[f]};
    });
    return out;
}

std::vector<int> loosened(std::vector<int> order, std::uint64_t seed) {
    Random random(seed ^ 0x6c6f6f73);
    for (std::size_t i = 0; i + 1 < order.size(); ++i) std::swap(order[i], order[i + random.next() % std::min(neighbours, order.size() - i)]);
    return order;
}

}  // namespace disclosure
