#include "disclosure/ledger.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <set>

#include "disclosure/audit.h"
#include "disclosure/computing_time.h"
#include "disclosure/ledger_union.h"
#include "disclosure/perturb.h"

namespace disclosure {
namespace {

constexpr std::string_view suppressing = "suppress";
constexpr std::size_t most_named = 20;              // cells in one message
constexpr std::size_t most_published_singly = 300;  // each costs an audit of everything

struct Draft {
    Publication publication;
    std::vector<char> is_protected;  // of its figures
};

base::Result<Draft> draft_of(const Problem& problem, const Rules& rules, const PublicationName& name, std::string_view method) {
    TRY(const Layout layout, lay_out(problem, rules, Knowledge::equations));
    Draft out;
    auto& p = out.publication;
    p.name = name;
    p.method = method;
    p.threshold = rules.threshold;
    p.lower_bound = rules.lower_bound;
    p.required_width = rules.required_width;
    p.dimensions = problem.dimensions;
    p.tables = problem.tables;
    auto cells = layout.cells;
    std::ranges::sort(cells, {}, &Cell::key);
    for (const auto& cell : cells) {
        p.figures.push_back({cell.key, cell.count, cell.is_protected ? Status::primary : Status::published});
        out.is_protected.push_back(cell.is_protected);
    }
    return out;
}

// What one attacker reads: everybody what is public, internal readers all. The new publication comes last.
struct View {
    bool is_internal = false;
    std::vector<std::size_t> earlier;  // places in the ledger
    Count internal_threshold = 0;      // what internal readers may not learn of public figures: counts below this
};

std::vector<View> views(const Ledger& ledger, const Publication& added) {
    View open, internal;
    internal.is_internal = true;
    const auto note = [&](const Publication& p) {
        if (p.name.audience == Audience::internal && (internal.internal_threshold == 0 || p.threshold < internal.internal_threshold))
            internal.internal_threshold = p.threshold;
    };
    for (std::size_t i = 0; i < ledger.publications.size(); ++i) {
        const auto& p = ledger.publications[i];
        if (p.method != suppressing) continue;
        if (p.name.audience == Audience::everybody) open.earlier.push_back(i);
        internal.earlier.push_back(i);
        note(p);
    }
    note(added);
    std::vector<View> out;
    if (added.name.audience == Audience::everybody) out.push_back(open);
    // A public table tells internal readers something as well.
    if (added.name.audience == Audience::internal || internal.earlier.size() > open.earlier.size()) out.push_back(internal);
    return out;
}

struct Marked {
    Union all;
    std::vector<char> known_before;       // of each figure: an earlier publication shows it
    std::vector<char> suppressed_before;  // … hides it
    std::vector<char> suppressed;         // … hidden when all is published
};

base::Result<Marked> mark(const Ledger& ledger, const View& view, const Draft& draft) {
    std::vector<const Publication*> publications;
    publications.reserve(view.earlier.size() + 1);
    for (const auto i : view.earlier) publications.push_back(&ledger.publications[i]);
    publications.push_back(&draft.publication);
    Marked out;
    TRY(out.all, unite(publications));
    auto& layout = out.all.layout;
    out.known_before.assign(layout.figures.size(), 0);
    out.suppressed_before.assign(layout.figures.size(), 0);
    std::vector<char> known(layout.figures.size(), 0);
    for (std::size_t c = 0; c < layout.cells.size(); ++c) {
        const int f = layout.figure_of_cell[c];
        for (const auto& place : out.all.places[c]) {
            const bool is_new = place.publication + 1 == publications.size();
            const auto& publication = *publications[place.publication];
            const auto& figure = publication.figures[place.figure];
            if (figure.status == Status::published)
                (is_new ? known[f] : out.known_before[f]) = 1;
            else if (!is_new)
                out.suppressed_before[f] = 1;
            const bool is_protected = is_new ? draft.is_protected[place.figure] != 0 : figure.status == Status::primary;
            const bool concerns = !view.is_internal || publication.name.audience == Audience::internal || figure.count < view.internal_threshold;
            if (is_protected && concerns) layout.figures[f].is_protected = true;
        }
    }
    for (std::size_t f = 0; f < layout.figures.size(); ++f) {
        out.suppressed.push_back(!known[f] && !out.known_before[f]);
        // What earlier publications hide is not ours to publish: worth next to nothing, where what they show is worth anything.
        layout.figures[f].cost = 0.01;
    }
    return out;
}

bool gives_away(const Marked& marked, const std::vector<Verdict>& verdicts) {
    const auto& figures = marked.all.layout.figures;
    for (std::size_t f = 0; f < figures.size(); ++f)
        if (figures[f].is_protected && (!marked.suppressed[f] || verdicts[f] != Verdict::safe)) return true;
    return false;
}

// Earlier publications without any of which nothing would be given away: one after the other is left out as long as that does not help.
base::Result<std::vector<std::size_t>> culprits(const Ledger& ledger, View view, const Draft& draft, const Rules& rules, const Options& options) {
    const auto all = view.earlier;
    for (auto at = all.rbegin(); at != all.rend(); ++at) {
        View without = view;
        std::erase(without.earlier, *at);
        TRY(const Marked marked, mark(ledger, without, draft));
        if (gives_away(marked, judge(marked.all.layout, marked.suppressed, rules, options, {}).verdicts)) view.earlier = without.earlier;
    }
    return view.earlier;
}

// Two attackers in one ledger would each be checked by the other's rules; and two methods for one figure can be compared.
base::Result<bool> check_fit(const Ledger& ledger, const Publication& added) {
    for (const auto& p : ledger.publications) {
        if (p.method == suppressing && added.method == suppressing &&
            (p.lower_bound != added.lower_bound || p.required_width != added.required_width))
            return base::invalid("ledger",
                                 base::message("{publication} was protected with another lower bound or width; one ledger has one attacker.",
                                               {{"publication", name_of(p.name)}}));
        if (p.method == added.method || !same_counting(p.name, added.name)) continue;
        for (const auto& figure : added.figures)
            if (shows(p, added, figure.key)) {
                Problem names;
                names.dimensions = added.dimensions;
                return base::invalid("ledger",
                                     base::message("{cell} was published in {publication} by another method ({method}). Two methods for one figure "
                                                   "can be compared, and the comparison gives the figure away.",
                                                   {{"cell", name_of(names, figure.key)}, {"publication", name_of(p.name)}, {"method", p.method}}));
            }
    }
    return true;
}

base::Error refusal(const Ledger& ledger, const LedgerAudit& audit, const Publication& added) {
    base::Error out{base::ErrorKind::conflict, "earlier publications give protected cells away", {}, {}};
    Problem names;
    for (const auto i : audit.culprits)
        out.fields.push_back({"ledger", base::message("Earlier publication: {publication}", {{"publication", name_of(ledger.publications[i].name)}}),
                              static_cast<int>(i) + 1});
    std::size_t named = 0;
    names.dimensions = added.dimensions;
    for (const auto& cell : audit.audit.unsafe())
        if (++named <= most_named)
            out.fields.push_back({"", base::message("{cell} could be computed whatever is suppressed now.", {{"cell", name_of(names, cell.key)}})});
    for (const auto& cell : audit.opened)
        if (++named <= most_named) {
            names.dimensions = ledger.publications[cell.publication].dimensions;
            out.fields.push_back(
                {"", base::message("{cell} of {publication} could be computed.",
                                   {{"cell", name_of(names, cell.key)}, {"publication", name_of(ledger.publications[cell.publication].name)}})});
        }
    if (named > most_named)
        out.fields.push_back({"", base::message("{count} more cells are not shown.", {{"count", std::to_string(named - most_named)}})});
    return out;
}

base::Result<LedgerAudit> audit_draft(const Ledger& ledger, const Draft& draft, const Rules& rules, const Options& options,
                                      const std::vector<std::vector<Move>>& hints) {
    LedgerAudit out;
    const auto& added = draft.publication;
    std::map<std::size_t, CellVerdict> worst;  // by figure of the new publication
    std::set<std::pair<std::size_t, Key>> opened;
    std::set<std::size_t> culprit_set;
    const auto all = views(ledger, added);
    for (std::size_t v = 0; v < all.size(); ++v) {
        const auto& view = all[v];
        TRY(const Marked marked, mark(ledger, view, draft));
        const auto& layout = marked.all.layout;
        const auto judgement = judge(layout, marked.suppressed, rules, options, v < hints.size() ? hints[v] : std::vector<Move>{});
        out.publications = std::max(out.publications, view.earlier.size());
        out.unbalanced = std::max(out.unbalanced, marked.all.unbalanced);
        out.audit.witnesses += judgement.witnesses;
        out.audit.insider_pairs = std::max(out.audit.insider_pairs, judgement.insider_pairs);
        for (std::size_t c = 0; c < layout.cells.size(); ++c) {
            const int f = layout.figure_of_cell[c];
            for (const auto& place : marked.all.places[c]) {
                const bool is_new = place.publication == view.earlier.size();
                const auto& publication = is_new ? added : ledger.publications[view.earlier[place.publication]];
                const auto& figure = publication.figures[place.figure];
                const bool is_protected = is_new ? draft.is_protected[place.figure] != 0 : figure.status == Status::primary;
                const bool concerns = !view.is_internal || publication.name.audience == Audience::internal || figure.count < view.internal_threshold;
                if (!is_protected || !concerns) continue;
                const auto verdict = figure.status == Status::published ? Verdict::published
                                     : !marked.suppressed[f]            ? Verdict::determined
                                                                        : judgement.verdicts[f];
                if (is_new) {
                    const auto [at, first] = worst.try_emplace(place.figure, CellVerdict{figure.key, figure.count, verdict, judgement.intervals[f]});
                    if (!first && at->second.verdict == Verdict::safe) at->second.verdict = verdict;
                } else if (verdict != Verdict::safe && opened.emplace(view.earlier[place.publication], figure.key).second) {
                    out.opened.push_back({view.earlier[place.publication], figure.key, verdict});
                }
            }
        }
        if (gives_away(marked, judgement.verdicts)) {
            TRY(const auto found, culprits(ledger, view, draft, rules, options));
            culprit_set.insert(found.begin(), found.end());
        }
    }
    std::vector<std::string> lines;
    if (!all.empty())
        for (const auto i : all.back().earlier) lines.push_back(line_of(ledger.publications[i]));
    out.ledger_hash = hash_of(lines);
    out.culprits.assign(culprit_set.begin(), culprit_set.end());
    auto& audit = out.audit;
    for (std::size_t f = 0; f < added.figures.size(); ++f) {
        const auto& figure = added.figures[f];
        if (figure.status != Status::published) {
            audit.sum_suppressed += figure.count;
            audit.secondary += !draft.is_protected[f];
        }
        if (!draft.is_protected[f]) continue;
        ++audit.primary;
        const auto found = worst.find(f);
        // Internal readers may know what the public may not; then the public view alone has judged it.
        audit.protected_cells.push_back(found != worst.end() ? found->second : CellVerdict{figure.key, figure.count, Verdict::unknown, {}});
    }
    audit.nonzero_cells = added.figures.size();
    audit.safe = audit.count(Verdict::safe) == audit.protected_cells.size() && (rules.insider_level == 0 || audit.insider_pairs == 0);
    return out;
}

// Without a pattern from the search: with the whole new table hidden, or else earlier publications leave no way at all. From there one figure
// after the other is published, the dearest first, as long as an audit agrees.
base::Result<LedgerAudit> publish_one_by_one(const Ledger& ledger, Draft& draft, const Rules& rules, const Options& options) {
    auto& figures = draft.publication.figures;
    std::vector<std::size_t> order;
    for (std::size_t f = 0; f < figures.size(); ++f) {
        if (draft.is_protected[f]) continue;
        figures[f].status = Status::secondary;
        order.push_back(f);
    }
    TRY(auto best, audit_draft(ledger, draft, rules, options, {}));
    if (!best.safe()) return base::error(refusal(ledger, best, draft.publication));
    std::ranges::stable_sort(order, std::greater(), [&](std::size_t f) { return figures[f].count; });
    if (order.size() > most_published_singly) order.resize(most_published_singly);
    for (const auto f : order) {
        if (options.control.stopped()) break;
        figures[f].status = Status::published;
        TRY(auto audited, audit_draft(ledger, draft, rules, options, {}));
        if (audited.safe())
            best = std::move(audited);
        else
            figures[f].status = Status::secondary;
    }
    return best;
}

// The status of each cell in the period before, by its codes: what was hidden then is cheap to hide now, so patterns stay alike.
const Publication* period_before(const Ledger& ledger, const PublicationName& name) {
    const Publication* out = nullptr;
    for (const auto& p : ledger.publications) {
        const bool alike =
            p.name.statistic == name.statistic && p.name.kind == name.kind && p.name.audience == name.audience && p.name.period != name.period;
        if (alike && p.method == suppressing && (name.follows.empty() || p.name.period == name.follows)) out = &p;
    }
    return out;
}

std::set<std::vector<std::string>> codes_suppressed(const Publication* p, const std::vector<Dimension>& order) {
    std::set<std::vector<std::string>> out;
    if (!p) return out;
    for (const auto& figure : p->figures) {
        if (figure.status == Status::published) continue;
        std::vector<std::string> codes;
        for (const auto& d : order) {
            const auto place = std::ranges::find(p->dimensions, d.name, &Dimension::name);
            codes.push_back(place == p->dimensions.end() ? d.codes[d.total]
                                                         : place->codes[figure.key[static_cast<std::size_t>(place - p->dimensions.begin())]]);
        }
        out.insert(std::move(codes));
    }
    return out;
}

}  // namespace

base::Result<LedgerAudit> audit(const Problem& problem, const Pattern& pattern, const Rules& rules, const Ledger& ledger, const PublicationName& name,
                                const Options& options) {
    TRY(Draft draft, draft_of(problem, rules, name, suppressing));
    TRY_VOID(check_fit(ledger, draft.publication));
    const std::set<Key> hidden(pattern.suppressed.begin(), pattern.suppressed.end());
    std::size_t found = 0;
    for (std::size_t f = 0; f < draft.is_protected.size(); ++f) {
        auto& figure = draft.publication.figures[f];
        const bool is_hidden = hidden.contains(figure.key);
        found += is_hidden;
        figure.status = !is_hidden ? Status::published : draft.is_protected[f] ? Status::primary : Status::secondary;
    }
    if (found != hidden.size()) return base::error(base::ErrorKind::invalid_input, "the pattern suppresses a cell that is zero or in no table");
    return audit_draft(ledger, draft, rules, options, {});
}

base::Result<LedgerSuppression> suppress(const Problem& problem, const Rules& rules, const Ledger& ledger, const PublicationName& name,
                                         const Options& options) {
    const double started = cpu_seconds();
    TRY(Draft draft, draft_of(problem, rules, name, suppressing));
    auto& figures = draft.publication.figures;
    TRY_VOID(check_fit(ledger, draft.publication));
    const std::map<Key, int> priority(rules.priorities.begin(), rules.priorities.end());
    const std::map<Key, double> cost(rules.costs.begin(), rules.costs.end());
    const auto* before = period_before(ledger, name);
    const auto hidden_before = codes_suppressed(before, problem.dimensions);
    std::vector<std::vector<Move>> hints;
    bool proven = true;
    for (const auto& view : views(ledger, draft.publication)) {
        TRY(Marked marked, mark(ledger, view, draft));
        auto& layout = marked.all.layout;
        for (std::size_t c = 0; c < layout.cells.size(); ++c) {
            auto& figure = layout.figures[layout.figure_of_cell[c]];
            if (marked.known_before[layout.figure_of_cell[c]]) figure.priority = 1;
            for (const auto& place : marked.all.places[c]) {
                if (place.publication != view.earlier.size() || figures[place.figure].status != Status::published) continue;
                const auto& key = figures[place.figure].key;
                ++figure.weight;
                if (const auto p = priority.find(key); p != priority.end()) figure.priority = std::max(figure.priority, p->second);
                if (const auto k = cost.find(key); k != cost.end()) figure.cost += k->second;
                std::vector<std::string> codes;
                codes.reserve(key.size());
                for (std::size_t d = 0; d < key.size(); ++d) codes.push_back(problem.dimensions[d].codes[key[d]]);
                // Twice as dear as what the period before has hidden already.
                if (before && !hidden_before.contains(codes)) figure.cost += 1.0 + static_cast<double>(figure.count) / 30.0;
            }
        }
        std::vector<char> start(layout.figures.size(), 0);
        for (std::size_t f = 0; f < start.size(); ++f)
            start[f] = !marked.known_before[f] && (marked.suppressed[f] || layout.figures[f].is_protected || marked.suppressed_before[f]);
        const bool hopeless = [&] {
            for (std::size_t f = 0; f < start.size(); ++f)
                if (layout.figures[f].is_protected && marked.known_before[f]) return true;
            return false;
        }();
        const auto found =
            hopeless ? base::Result<Found>(base::error(base::ErrorKind::unavailable, "known before")) : find_pattern(layout, start, rules, options);
        if (!found) {
            proven = false;
            break;
        }
        for (std::size_t c = 0; c < layout.cells.size(); ++c)
            for (const auto& place : marked.all.places[c]) {
                const int f = layout.figure_of_cell[c];
                if (place.publication != view.earlier.size() || !found->suppressed[f] || marked.known_before[f]) continue;
                if (figures[place.figure].status == Status::published) figures[place.figure].status = Status::secondary;
            }
        hints.push_back(found->proofs);
    }
    LedgerSuppression out;
    out.seconds_suppress = cpu_seconds() - started;
    const double audit_from = cpu_seconds();
    if (proven) { TRY(out.audit, audit_draft(ledger, draft, rules, options, hints)); }
    // The search would rather hide what earlier publications show than give up; nobody can.
    if (!proven || !out.audit.safe()) { TRY(out.audit, publish_one_by_one(ledger, draft, rules, options)); }
    for (const auto& figure : figures)
        if (figure.status != Status::published) out.pattern.suppressed.push_back(figure.key);
    TRY(const Layout layout, lay_out(problem, rules, Knowledge::equations));
    out.audit.audit.published_cells = layout.published_cells;
    out.seconds_audit = cpu_seconds() - audit_from;
    auto judged = out.audit.audit;
    judged.safe = out.audit.safe();
    out.certificate = certify(problem, out.pattern, rules, judged,
                              fmt::format("suppress, with {} earlier publications for {}", out.audit.publications,
                                          name.audience == Audience::everybody ? "everybody" : "internal readers"));
    out.certificate.ledger_hash = out.audit.ledger_hash;
    out.publication = draft.publication;
    return out;
}

base::Result<Publication> perturbed(const Problem& problem, const Ledger& ledger, const PublicationName& name, const std::string& method) {
    TRY(Draft draft, draft_of(problem, {}, name, method));
    for (auto& figure : draft.publication.figures) figure.status = Status::published;
    TRY_VOID(check_fit(ledger, draft.publication));
    return draft.publication;
}

}  // namespace disclosure
