#include "disclosure/audit.h"

#include <array>

#include "disclosure/bounds.h"
#include "disclosure/cells.h"
#include "disclosure/computing_time.h"
#include "disclosure/greedy.h"
#include "disclosure/proposals.h"
#include "disclosure/search.h"
#include "disclosure/side_by_side.h"

namespace disclosure {
namespace {

constexpr std::uint64_t most_idle = 4;  // rounds in a row that proved nothing
constexpr int first_patience = 3;
constexpr std::uint64_t most_programs = 3;

// Somebody who is alone in a cell knows that it is one; which other protected cells does that give away? Cells with the same person alone
// in them, in linked tables, are no others.
std::size_t insider_pairs(const Layout& layout, const std::vector<char>& suppressed, const Consequences& facts) {
    struct Members {
        std::size_t alone = 0, all = 0;
        std::size_t pairs() const { return alone * all; }
    };
    std::map<int, Members> groups;
    std::map<std::pair<int, std::uint64_t>, Members> same_people;
    std::size_t same = 0;
    for (std::size_t f = 0; f < layout.figures.size(); ++f) {
        const auto& figure = layout.figures[f];
        if (!suppressed[f] || facts.group[f] < 0 || !figure.is_protected) continue;
        const auto note = [&](Members& members) {
            ++members.all;
            if (figure.count == 1) ++members.alone;
        };
        note(groups[facts.group[f]]);
        if (figure.people != 0)
            note(same_people[{facts.group[f], figure.people}]);
        else if (figure.count == 1)
            ++same;
    }
    for (const auto& [people, members] : same_people) same += members.pairs();
    std::size_t pairs = 0;
    for (const auto& [group, members] : groups) pairs += members.pairs();
    return pairs - same;
}

// Groups of people who all share one category: their common trait shows although the count is suppressed.
std::vector<Key> group_disclosures(const Problem& problem, const Layout& layout) {
    std::vector<Key> out;
    for (const auto& cell : layout.cells)
        for (std::size_t d = 0; d < cell.key.size(); ++d) {
            bool shared = false;
            for (const int parent : problem.dimensions[d].parents[cell.key[d]]) {
                Key above = cell.key;
                above[d] = parent;
                const auto place = layout.cell_of_key.find(above);
                shared = shared || (place != layout.cell_of_key.end() && layout.cells[place->second].count == cell.count &&
                                    problem.dimensions[d].children[parent].size() > 1);
            }
            if (shared) {
                out.push_back(cell.key);
                break;
            }
        }
    std::ranges::sort(out);
    return out;
}

}  // namespace

std::vector<CellVerdict> Audit::unsafe() const {
    std::vector<CellVerdict> out;
    for (const auto& cell : protected_cells)
        if (cell.verdict != Verdict::safe) out.push_back(cell);
    return out;
}

std::size_t Audit::count(Verdict verdict) const {
    return static_cast<std::size_t>(std::ranges::count(protected_cells, verdict, &CellVerdict::verdict));
}

base::Result<Audit> audit(const Problem& problem, const Pattern& pattern, const Rules& rules, const Options& options) {
    return audit_with(problem, pattern, rules, options, {});
}

Judgement judge(const Layout& layout, const std::vector<char>& suppressed, const Rules& rules, const Options& options,
                const std::vector<Move>& hints) {
    if (options.control.progress) options.control.progress("equations", 0);
    const double started = cpu_seconds();
    const auto left = [&](double share) { return std::max(0.0, share * options.audit_seconds - (cpu_seconds() - started)); };
    const auto late = [&](double share) { return left(share) <= 0; };
    const auto facts = consequences(layout, suppressed, rules.lower_bound, left(0.5));
    std::vector<int> targets;
    for (std::size_t f = 0; f < layout.figures.size(); ++f)
        if (layout.figures[f].is_protected && suppressed[f] && facts.group[f] >= 0) targets.push_back(static_cast<int>(f));
    Witnesses witnesses(layout, suppressed, rules);
    for (const auto& hint : hints) witnesses.offer(hint);
    const auto open = [&] { return !witnesses.open(targets).empty(); };
    // What follows the pattern from nothing published has witnesses on the way. Another seed and order lose other ones, so each round follows it for
    // the sake of those alone that are still open, and as these get fewer there is time to try harder. After the first round two seeds
    // follow side by side.
    const auto order = dearest_first(layout, suppressed, options.seed);
    Control silent = options.control;
    silent.progress = nullptr;
    std::uint64_t idle = 0;
    for (std::uint64_t round = 0; idle < most_idle && !late(0.3); ++round) {
        const auto before = witnesses.open(targets);
        if (before.empty() || options.control.stopped()) break;
        if (options.control.progress)
            options.control.progress("follow", 1 - static_cast<double>(before.size()) / static_cast<double>(targets.size()));
        const auto patience = first_patience + static_cast<int>(round);
        std::array<std::vector<Move>, 2> tables;
        const auto follow = [&](std::size_t place) {
            const auto seed = options.seed + 2 * round + place;
            Greedy greedy(layout, rules, before, seed);
            greedy.follow(loosened(order, seed), patience, silent, [&] { return late(0.3); });
            tables[place] = greedy.tables();
        };
        if (round == 0)
            follow(0);
        else
            side_by_side(options.threads, [&] { follow(0); }, [&] { follow(1); });
        for (const auto& found : tables)
            for (const auto& table : found) witnesses.offer(table);
        idle = witnesses.open(targets).size() < before.size() ? 0 : idle + 1;
    }
    if (open()) {
        Search search(layout, suppressed, rules, options.seed);
        search.learn(witnesses.moves());
        search.prove(6, 60, options.control, [&] { return late(0.4); });
        for (const auto& move : search.proofs()) witnesses.offer(move);
        const auto rest = witnesses.open(targets);
        for (std::uint64_t round = 0; round < most_programs && open() && !late(0.5); ++round) {
            Proposals proposals(layout, suppressed, rules, options.seed + round);  // other prices lead to other tables
            std::size_t done = 0;
            for (const int f : rest) {
                if (options.control.stopped() || late(0.5)) break;
                if (options.control.progress && ++done % 16 == 0)
                    options.control.progress("tables", static_cast<double>(done) / static_cast<double>(rest.size()));
                if (!witnesses.proven(f)) witnesses.offer(proposals.rise(f, left(0.5)));
                if (!witnesses.proven(f)) witnesses.offer(proposals.fall(f, left(0.5)));
            }
        }
    }
    std::map<int, Decision> decisions;
    for (const int f : witnesses.open(targets)) {
        if (witnesses.proven(f) || options.control.stopped() || late(1)) continue;
        decisions[f] = witnesses.decide(f, std::min(left(1), 20.0));
    }
    Judgement out;
    for (std::size_t f = 0; f < layout.figures.size(); ++f) {
        const int figure = static_cast<int>(f);
        out.intervals.push_back(witnesses.interval(figure));
        if (facts.determined[f])
            out.verdicts.push_back(Verdict::determined);
        else if (facts.forced[f])
            out.verdicts.push_back(Verdict::forced);
        else if (witnesses.proven(figure))
            out.verdicts.push_back(Verdict::safe);
        else if (const auto d = decisions.find(figure); d != decisions.end() && d->second == Decision::too_narrow)
            out.verdicts.push_back(Verdict::too_narrow);
        else
            out.verdicts.push_back(Verdict::unknown);
    }
    out.insider_pairs = insider_pairs(layout, suppressed, facts);
    out.witnesses = witnesses.moves().size();
    return out;
}

base::Result<Audit> audit_with(const Problem& problem, const Pattern& pattern, const Rules& rules, const Options& options,
                               const std::vector<Move>& hints) {
    TRY(const Layout layout, lay_out(problem, rules, Knowledge::equations));
    // A figure is known when any of its cells is published.
    std::vector<char> in_pattern(layout.cells.size(), 0), suppressed(layout.figures.size(), 1);
    for (const auto& key : pattern.suppressed) {
        const auto place = layout.cell_of_key.find(key);
        if (place == layout.cell_of_key.end())
            return base::error(base::ErrorKind::invalid_input, "the pattern suppresses a cell that is zero or in no table: " + name_of(problem, key));
        in_pattern[place->second] = 1;
    }
    for (std::size_t c = 0; c < layout.cells.size(); ++c)
        if (!in_pattern[c]) suppressed[layout.figure_of_cell[c]] = 0;

    const auto judgement = judge(layout, suppressed, rules, options, hints);
    Audit out;
    out.published_cells = layout.published_cells;
    out.nonzero_cells = layout.cells.size();
    for (std::size_t c = 0; c < layout.cells.size(); ++c) {
        const auto& cell = layout.cells[c];
        const int f = layout.figure_of_cell[c];
        if (in_pattern[c]) {
            out.sum_suppressed += cell.count;
            out.secondary += !cell.is_protected;
        }
        if (!cell.is_protected) continue;
        ++out.primary;
        CellVerdict verdict{cell.key, cell.count, judgement.verdicts[f], judgement.intervals[f]};
        if (!in_pattern[c])
            verdict.verdict = Verdict::published;
        else if (!suppressed[f])
            verdict.verdict = Verdict::determined;
        out.protected_cells.push_back(std::move(verdict));
    }
    std::ranges::sort(out.protected_cells, {}, &CellVerdict::key);
    out.insider_pairs = judgement.insider_pairs;
    out.safe = out.count(Verdict::safe) == out.protected_cells.size() && (rules.insider_level == 0 || out.insider_pairs == 0);
    out.witnesses = judgement.witnesses;
    if (rules.report_group_disclosure) out.group_disclosures = group_disclosures(problem, layout);
    return out;
}

}  // namespace disclosure
