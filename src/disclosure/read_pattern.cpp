#include <charconv>
#include <set>

#include "disclosure/cells.h"
#include "disclosure/readers.h"

namespace disclosure {
namespace {

base::Result<Pattern> pattern_from(const CsvFile& file, const Problem& problem, const Rules& rules, Mistakes& mistakes) {
    std::vector<int> columns;
    for (const auto& d : problem.dimensions) {
        columns.push_back(file.column(d.name));
        // A dimension no table crosses is at its total everywhere.
        const bool used = std::ranges::any_of(
            problem.tables, [&](const Table& t) { return std::ranges::count(t.dimensions, static_cast<int>(columns.size()) - 1) > 0; });
        if (columns.back() < 0 && used && !file.header.empty())
            mistakes.add(file.name, 1, base::message("Column {column} is missing.", {{"column", d.name}}));
    }
    if (mistakes.any()) return base::error(mistakes.as_error());
    TRY(const Layout layout, lay_out(problem, rules, Knowledge::equations));
    const int freq = file.column("freq"), primary = file.column("primary");
    Pattern out;
    std::map<Key, int> seen;
    for (const auto& row : file.rows) {
        Key key;
        bool good = true;
        for (std::size_t d = 0; d < columns.size(); ++d) {
            const auto& dimension = problem.dimensions[d];
            if (columns[d] < 0) {
                key.push_back(dimension.total);
                continue;
            }
            const auto code = dimension.find(row.fields[columns[d]]);
            if (!code) {
                mistakes.add(file.name, row.line,
                             base::message("Code “{code}” is not in hierarchy {dimension}.",
                                           {{"code", row.fields[columns[d]]}, {"dimension", dimension.name}}));
                good = false;
            }
            key.push_back(code.value_or(0));
        }
        if (!good) continue;
        const auto [place, is_new] = seen.emplace(key, row.line);
        if (!is_new) {
            mistakes.add(file.name, row.line,
                         base::message("The same combination is already in line {line}.", {{"line", std::to_string(place->second)}}));
            continue;
        }
        const auto cell = layout.cell_of_key.find(key);
        if (cell == layout.cell_of_key.end()) {
            mistakes.add(file.name, row.line,
                         base::message("The cell {cell} is zero or in no table; it cannot be suppressed.", {{"cell", name_of(problem, key)}}));
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
                                                            {{"cell", name_of(problem, key)}})
                                            : base::message("The cell {cell} is not protected by the rules; the pattern calls it primary.",
                                                            {{"cell", name_of(problem, key)}}));
        out.suppressed.push_back(key);
    }
    for (const auto& cell : layout.cells)
        if (cell.is_protected && !seen.contains(cell.key))
            mistakes.add(file.name, 0, base::message("The pattern publishes the protected cell {cell}.", {{"cell", name_of(problem, cell.key)}}));
    if (mistakes.any()) return base::error(mistakes.as_error());
    std::ranges::sort(out.suppressed);
    return out;
}

}  // namespace

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
