#include <charconv>
#include <set>

#include "disclosure/cells.h"
#include "disclosure/readers.h"

namespace disclosure {
namespace {

// The columns that name a cell. A dimension no table crosses is at its total everywhere and needs none; others may do without where allowed.
std::vector<int> columns_of(const CsvFile& file, const Problem& problem, bool all_needed, Mistakes& mistakes) {
    std::vector<int> columns;
    for (int d = 0; d < static_cast<int>(problem.dimensions.size()); ++d) {
        columns.push_back(file.column(problem.dimensions[d].name));
        const bool used = std::ranges::any_of(problem.tables, [&](const Table& t) { return std::ranges::count(t.dimensions, d) > 0; });
        if (columns.back() < 0 && used && all_needed && !file.header.empty())
            mistakes.add(file.name, 1, base::message("Column {column} is missing.", {{"column", problem.dimensions[d].name}}));
    }
    return columns;
}

std::optional<Key> key_of(const CsvFile& file, const CsvRow& row, const std::vector<int>& columns, const Problem& problem, Mistakes& mistakes) {
    Key key;
    bool good = true;
    for (std::size_t d = 0; d < columns.size(); ++d) {
        const auto& dimension = problem.dimensions[d];
        if (columns[d] < 0) {
            key.push_back(dimension.total);
            continue;
        }
        const auto code = dimension.find(row.fields[columns[d]]);
        if (!code)
            mistakes.add(
                file.name, row.line,
                base::message("Code “{code}” is not in hierarchy {dimension}.", {{"code", row.fields[columns[d]]}, {"dimension", dimension.name}}));
        good = good && code;
        key.push_back(code.value_or(0));
    }
    return good ? std::optional(key) : std::nullopt;
}

base::Result<Pattern> pattern_from(const CsvFile& file, const Problem& problem, const Rules& rules, Mistakes& mistakes) {
    const auto columns = columns_of(file, problem, true, mistakes);
    if (mistakes.any()) return base::error(mistakes.as_error());
    TRY(const Layout layout, lay_out(problem, rules, Knowledge::equations));
    const int freq = file.column("freq"), primary = file.column("primary");
    Pattern out;
    std::map<Key, int> seen;
    for (const auto& row : file.rows) {
        const auto key = key_of(file, row, columns, problem, mistakes);
        if (!key) continue;
        const auto [place, is_new] = seen.emplace(*key, row.line);
        if (!is_new) {
            mistakes.add(file.name, row.line,
                         base::message("The same combination is already in line {line}.", {{"line", std::to_string(place->second)}}));
            continue;
        }
        const auto cell = layout.cell_of_key.find(*key);
        if (cell == layout.cell_of_key.end()) {
            mistakes.add(file.name, row.line,
                         base::message("The cell {cell} is zero or in no table; it cannot be suppressed.", {{"cell", name_of(problem, *key)}}));
            continue;
        }
        const auto& known = layout.cells[cell->second];
        if (freq >= 0 && row.fields[freq] != std::to_string(known.count))
            mistakes.add(file.name, row.line,
                         base::message("The count {text} differs from the sum of the inner cells, {count}.",
                                       {{"text", row.fields[freq]}, {"count", std::to_string(known.count)}}));
        if (primary >= 0 && row.fields[primary] != "0" && row.fields[primary] != "1")
            mistakes.add(file.name, row.line, base::message("Column primary holds 1 or 0, not “{text}”.", {{"text", row.fields[primary]}}));
        else if (primary >= 0 && (row.fields[primary] == "1") != known.is_protected)
            mistakes.add(file.name, row.line,
                         known.is_protected ? base::message("The cell {cell} is protected by the rules; the pattern calls it secondary.",
                                                            {{"cell", name_of(problem, *key)}})
                                            : base::message("The cell {cell} is not protected by the rules; the pattern calls it primary.",
                                                            {{"cell", name_of(problem, *key)}}));
        out.suppressed.push_back(*key);
    }
    for (const auto& cell : layout.cells)
        if (cell.is_protected && !seen.contains(cell.key))
            mistakes.add(file.name, 0, base::message("The pattern publishes the protected cell {cell}.", {{"cell", name_of(problem, cell.key)}}));
    if (mistakes.any()) return base::error(mistakes.as_error());
    std::ranges::sort(out.suppressed);
    return out;
}

// With a point: a comma would part two columns.
std::optional<double> read_cost(const std::string& text, const std::string& file, int line, Mistakes& mistakes) {
    double value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failure == std::errc{} && end == text.data() + text.size() && value >= 0 && value <= 1e6) return value;
    mistakes.add(file, line, base::message("“{text}” is not a cost; costs are numbers from 0 to a million.", {{"text", text}}));
    return std::nullopt;
}

base::Result<Rules> costs_from(const CsvFile& file, const Problem& problem, Rules rules, Mistakes& mistakes) {
    const int cost = file.column("cost"), must = file.column("must_publish");
    if (!file.header.empty() && cost < 0 && must < 0) mistakes.add(file.name, 1, base::message("Columns cost and must_publish are missing."));
    const auto columns = columns_of(file, problem, false, mistakes);
    for (const auto& title : file.header)
        if (title != "cost" && title != "must_publish" && std::ranges::find(problem.dimensions, title, &Dimension::name) == problem.dimensions.end())
            mistakes.add(file.name, 1, base::message("Column {column} is neither a dimension nor cost or must_publish.", {{"column", title}}));
    if (mistakes.any()) return base::error(mistakes.as_error());
    TRY(const Layout layout, lay_out(problem, rules, Knowledge::equations));
    std::map<Key, int> seen;
    for (const auto& row : file.rows) {
        const auto key = key_of(file, row, columns, problem, mistakes);
        if (!key) continue;
        const auto [place, is_new] = seen.emplace(*key, row.line);
        if (!is_new)
            mistakes.add(file.name, row.line,
                         base::message("The same combination is already in line {line}.", {{"line", std::to_string(place->second)}}));
        const auto cell = layout.cell_of_key.find(*key);
        if (cost >= 0 && !row.fields[cost].empty())
            if (const auto value = read_cost(row.fields[cost], file.name, row.line, mistakes)) rules.costs.emplace_back(*key, *value);
        if (must < 0) continue;
        const auto& said = row.fields[must];
        if (said != "0" && said != "1" && !said.empty())
            mistakes.add(file.name, row.line, base::message("Column must_publish holds 1 or 0, not “{text}”.", {{"text", said}}));
        if (said != "1") continue;
        // Zeros are published anyway.
        if (cell != layout.cell_of_key.end() && layout.cells[cell->second].is_protected)
            mistakes.add(file.name, row.line,
                         base::message("The cell {cell} is protected by the rules and cannot be published.", {{"cell", name_of(problem, *key)}}));
        rules.priorities.emplace_back(*key, 1);
    }
    if (mistakes.any()) return base::error(mistakes.as_error());
    return rules;
}

}  // namespace

base::Result<Rules> parse_costs(std::string_view text, const Problem& problem, Rules rules) {
    Mistakes mistakes;
    const auto file = parse_csv("costs.csv", text, mistakes);
    return costs_from(file, problem, std::move(rules), mistakes);
}

base::Result<Rules> read_costs(const std::string& path, const Problem& problem, Rules rules) {
    Mistakes mistakes;
    const auto file = read_csv(path, path.substr(path.find_last_of('/') + 1), mistakes);
    return costs_from(file, problem, std::move(rules), mistakes);
}

base::Result<Pattern> parse_pattern(std::string_view text, const Problem& problem, const Rules& rules) {
    Mistakes mistakes;
    const auto file = parse_csv("pattern.csv", text, mistakes);
    return pattern_from(file, problem, rules, mistakes);
}

base::Result<Pattern> read_pattern(const std::string& path, const Problem& problem, const Rules& rules) {
    Mistakes mistakes;
    const auto file = read_csv(path, path.substr(path.find_last_of('/') + 1), mistakes);
    return pattern_from(file, problem, rules, mistakes);
}

}  // namespace disclosure
