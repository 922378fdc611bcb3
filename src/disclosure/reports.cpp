#include "disclosure/reports.h"

#include <set>

#include "disclosure/cells.h"
#include "disclosure/csv.h"

namespace disclosure {

namespace json = boost::json;

namespace {

json::array codes_of(const Problem& problem, const Key& key) {
    json::array out;
    for (std::size_t d = 0; d < key.size(); ++d) out.emplace_back(problem.dimensions[d].codes[key[d]]);
    return out;
}

}  // namespace

std::string_view word(Verdict v) {
    switch (v) {
        case Verdict::safe: return "safe";
        case Verdict::forced: return "forced";
        case Verdict::determined: return "determined";
        case Verdict::too_narrow: return "width_lt_1";
        case Verdict::published: return "published";
        case Verdict::unknown: return "unknown";
    }
    return "unknown";
}

json::object summary(const Problem& problem, const Audit& audit) {
    json::array cells;
    for (const auto& cell : audit.unsafe())
        cells.push_back(json::object{{"codes", codes_of(problem, cell.key)}, {"count", cell.count}, {"why", word(cell.verdict)}});
    json::array groups;
    for (const auto& key : audit.group_disclosures) groups.push_back(codes_of(problem, key));
    json::object out{{"safe", audit.safe},
                     {"unsafe", std::move(cells)},
                     {"forced", audit.count(Verdict::forced)},
                     {"determined", audit.count(Verdict::determined)},
                     {"width_lt_1", audit.count(Verdict::too_narrow)},
                     {"unknown", audit.count(Verdict::unknown)},
                     {"published", audit.count(Verdict::published)},
                     {"insider_pairs", audit.insider_pairs},
                     {"primary", audit.primary},
                     {"secondary", audit.secondary},
                     {"sum_suppressed", audit.sum_suppressed},
                     {"published_cells", audit.published_cells},
                     {"nonzero_cells", audit.nonzero_cells},
                     {"witnesses", audit.witnesses}};
    if (!groups.empty()) out["group_disclosures"] = std::move(groups);
    return out;
}

namespace {

std::string header(const Problem& problem) {
    std::string out;
    for (const auto& d : problem.dimensions) out += csv_field(d.name) + ",";
    return out;
}

std::string fields(const Problem& problem, const Key& key) {
    std::string out;
    for (std::size_t d = 0; d < key.size(); ++d) out += csv_field(problem.dimensions[d].codes[key[d]]) + ",";
    return out;
}

base::Result<std::vector<Cell>> cells_of(const Problem& problem, const Rules& rules) {
    TRY(Layout layout, lay_out(problem, rules, Knowledge::equations));
    std::ranges::sort(layout.cells, {}, &Cell::key);
    return std::move(layout.cells);
}

}  // namespace

json::object summary(const Problem& problem, const LedgerAudit& audit, const Ledger& ledger) {
    auto out = summary(problem, audit.audit);
    out["safe"] = audit.safe();
    json::array opened, culprits;
    for (const auto& cell : audit.opened) {
        Problem names;
        const auto& publication = ledger.publications[cell.publication];
        names.dimensions = publication.dimensions;
        opened.push_back(json::object{{"publication", name_of(publication.name)}, {"codes", codes_of(names, cell.key)}, {"why", word(cell.verdict)}});
    }
    for (const auto i : audit.culprits) culprits.emplace_back(name_of(ledger.publications[i].name));
    out["ledger"] = json::object{{"publications", audit.publications},
                                 {"opened", std::move(opened)},
                                 {"culprits", std::move(culprits)},
                                 {"flows_that_do_not_add_up", audit.unbalanced}};
    return out;
}

std::string pattern_csv(const Problem& problem, const Rules& rules, const Pattern& pattern) {
    const std::set<Key> hidden(pattern.suppressed.begin(), pattern.suppressed.end());
    std::string out = header(problem) + "freq,primary\n";
    if (const auto cells = cells_of(problem, rules))
        for (const auto& cell : *cells)
            if (hidden.contains(cell.key)) out += fmt::format("{}{},{}\n", fields(problem, cell.key), cell.count, cell.is_protected ? 1 : 0);
    return out;
}

std::string published_csv(const Problem& problem, const Rules& rules, const Pattern& pattern) {
    const std::set<Key> hidden(pattern.suppressed.begin(), pattern.suppressed.end());
    std::string out = header(problem) + "freq\n";
    if (const auto cells = cells_of(problem, rules))
        for (const auto& cell : *cells) out += fields(problem, cell.key) + (hidden.contains(cell.key) ? "." : std::to_string(cell.count)) + "\n";
    return out;
}

std::string published_csv(const Problem& problem, const std::vector<PublishedFigure>& figures) {
    std::string out = header(problem) + "freq\n";
    for (const auto& figure : figures) out += fields(problem, figure.key) + std::to_string(figure.value) + "\n";
    return out;
}

json::object certificate_object(const Certificate& c) {
    json::object out{{"passed", c.passed}, {"input", c.input_hash},  {"pattern", c.pattern_hash},
                     {"method", c.method}, {"versions", c.versions}, {"statement", c.statement}};
    if (!c.ledger_hash.empty()) out["ledger"] = c.ledger_hash;
    return out;
}

std::string certificate_json(const Problem& problem, const Rules& rules, const Certificate& c, const Audit& audit, json::object shown) {
    json::array intervals;
    for (const auto& cell : audit.protected_cells)
        intervals.push_back(json::object{
            {"codes", codes_of(problem, cell.key)}, {"low", cell.interval.low}, {"high", cell.interval.high}, {"verdict", word(cell.verdict)}});
    auto out = certificate_object(c);
    out["rules"] = json::object{{"threshold", rules.threshold},
                                {"few_contributors", rules.few_contributors},
                                {"dominance_percent", rules.dominance_percent_of_largest},
                                {"dominance_percent_of_two", rules.dominance_percent_of_two},
                                {"lower_bound", rules.lower_bound},
                                {"required_width", rules.required_width},
                                {"insider_level", rules.insider_level}};
    out["audit"] = std::move(shown);
    out["intervals"] = std::move(intervals);
    return json::serialize(out) + "\n";
}

}  // namespace disclosure
