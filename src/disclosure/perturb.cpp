#include "disclosure/perturb.h"

#include "disclosure/audit.h"
#include "disclosure/cells.h"
#include "disclosure/random.h"

namespace disclosure {

base::Result<Perturbation> round(const Problem& problem, Count base, const Rules& rules, const Options& options) {
    if (base < 1 || base > 1'000'000) return base::invalid("base", base::message("The base of rounding must be between 1 and a million."));
    TRY(Layout layout, lay_out(problem, rules, Knowledge::equations));
    Perturbation out;
    for (const auto& cell : layout.cells) out.figures.push_back({cell.key, (cell.count + base / 2) / base * base});
    std::ranges::sort(out.figures, {}, &PublishedFigure::key);
    auto& audit = out.audit;
    const auto exact = layout.figures;
    std::vector<char> suppressed(exact.size(), 1);
    const auto slack = [&](Count count) {
        layout.row_counts.push_back(count);
        layout.row_keys.emplace_back();
        layout.row_tables.push_back(-1);
        return layout.rows() - 1;
    };
    const auto known = [&](std::vector<int> rows, Count count) {
        layout.figures.push_back({std::move(rows), count, false, 1, 1, 0.0, {}});
        suppressed.push_back(0);
    };
    // low <= count <= high as two sums that are known: count + above = high, and above + below = high - low.
    for (const auto& figure : exact) {
        const Count value = (figure.count + base / 2) / base * base;
        const Count low = std::max(rules.lower_bound, value - base / 2), high = value - base / 2 + base - 1;
        const int above = slack(high - figure.count), below = slack(figure.count - low);
        auto rows = figure.rows;
        rows.push_back(above);
        known(std::move(rows), high);
        known({above, below}, high - low);
    }
    const auto judgement = judge(layout, suppressed, rules, options, {});
    audit.published_cells = layout.published_cells;
    audit.nonzero_cells = layout.cells.size();
    audit.witnesses = judgement.witnesses;
    audit.insider_pairs = judgement.insider_pairs;
    for (std::size_t c = 0; c < layout.cells.size(); ++c) {
        const auto& cell = layout.cells[c];
        if (!cell.is_protected) continue;
        ++audit.primary;
        const int f = layout.figure_of_cell[c];
        audit.protected_cells.push_back({cell.key, cell.count, judgement.verdicts[f], judgement.intervals[f]});
    }
    std::ranges::sort(audit.protected_cells, {}, &CellVerdict::key);
    audit.safe = audit.count(Verdict::safe) == audit.protected_cells.size() && (rules.insider_level == 0 || audit.insider_pairs == 0);
    out.certificate = certify(problem, out.figures, rules, audit.safe, fmt::format("round {}", base),
                              "For every protected cell there are two integer tables with the same rounded figures whose counts there differ by the "
                              "required width; each was checked in integers.");
    return out;
}

Count cell_key_value(Count count, double key) {
    if (count <= 0) return 0;
    // 1 and 2 become 0 or 3 so that the mean stays: 1 is 3 once in three, 2 twice in three.
    if (count <= 2) return key < static_cast<double>(count) / 3.0 ? 3 : 0;
    // From 3 on: -2 … +2, an even chance on both sides. Where -1 or -2 would give 1 or 2, the loss is not taken, and so neither the gain.
    const Count most = std::min<Count>(2, count - 3);
    if (most == 0) return count;
    if (most == 1) return count + (key < 0.3 ? -1 : key < 0.7 ? 0 : 1);
    return count + (key < 0.1 ? -2 : key < 0.3 ? -1 : key < 0.7 ? 0 : key < 0.9 ? 1 : 2);
}

base::Result<Perturbation> cell_key(const Problem& problem, const CellKeyOptions& options, const Rules& rules) {
    // One key an inner cell, drawn from the names of its codes: the same in every table and every run.
    std::vector<std::uint64_t> keys;
    for (const auto& inner : problem.inner) {
        std::uint64_t h = options.secret;
        for (std::size_t d = 0; d < inner.codes.size(); ++d)
            for (const char c : problem.dimensions[d].name + "=" + problem.dimensions[d].codes[inner.codes[d]] + ";")
                h = Random(h ^ static_cast<unsigned char>(c)).next();
        keys.push_back(h);
    }
    TRY(const Layout layout, lay_out(problem, {}, Knowledge::equations));
    std::vector<std::uint64_t> sums(layout.cells.size(), 0);
    // The key of a figure is the sum of its people's keys.
    std::vector<std::vector<std::vector<int>>> above;
    for (const auto& d : problem.dimensions) {
        above.emplace_back();
        for (int code = 0; code < static_cast<int>(d.codes.size()); ++code)
            above.back().push_back(d.is_leaf(code) ? d.with_ancestors(code) : std::vector<int>{});
    }
    for (std::size_t i = 0; i < problem.inner.size(); ++i) {
        Key key = problem.inner[i].codes;
        const auto run = [&](const auto& self, std::size_t d) -> void {
            if (d == key.size()) {
                if (const auto place = layout.cell_of_key.find(key); place != layout.cell_of_key.end()) sums[place->second] += keys[i];
                return;
            }
            for (const int code : above[d][problem.inner[i].codes[d]]) {
                key[d] = code;
                self(self, d + 1);
            }
        };
        run(run, 0);
    }
    Perturbation out;
    bool as_promised = true;
    for (std::size_t c = 0; c < layout.cells.size(); ++c) {
        const auto& cell = layout.cells[c];
        const Count value = cell_key_value(cell.count, Random(sums[c]).unit());
        as_promised = as_promised && std::abs(value - cell.count) <= 2 && value != 1 && value != 2;
        out.figures.push_back({cell.key, value});
    }
    std::ranges::sort(out.figures, {}, &PublishedFigure::key);
    // Two secrets are two methods; this tells them apart without knowing them.
    out.certificate =
        certify(problem, out.figures, rules, as_promised, fmt::format("cell-key {:08x}", Random(Random(options.secret).next()).next() >> 32),
                "Every count was changed by at most 2, zeros not at all; no figure is 1 or 2; the same people have the same change in every table.");
    return out;
}

}  // namespace disclosure
