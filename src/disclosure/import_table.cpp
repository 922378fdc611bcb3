#include <filesystem>

#include "disclosure/cells.h"
#include "disclosure/readers.h"

namespace disclosure {
namespace {

// Without a file the codes of the column are the parts of one total.
Dimension flat(std::string name, const CsvFile& data, int column, Mistakes& mistakes) {
    std::set<std::string> codes;
    for (const auto& row : data.rows) codes.insert(row.fields[column]);
    // Taken for a part, a row of totals would count everybody twice and hide what it gives away.
    std::string total = "Total";
    for (const char* word : {"Insgesamt", "insgesamt", "Gesamt", "gesamt", "Summe", "total", "TOTAL", "Total"})
        if (codes.contains(word)) total = word;
    CsvFile edges{"hierarchy of " + name, {"child", "parent"}, {}};
    for (const auto& code : codes)
        if (code != total) edges.rows.push_back({0, {code, total}});
    return parse_hierarchy(std::move(name), edges, mistakes);
}

}  // namespace

base::Result<Problem> import_table(const CsvFile& data, const std::vector<std::string>& dims,
                                   const std::vector<std::pair<std::string, CsvFile>>& hierarchies, Mistakes& mistakes) {
    Problem out;
    out.name = data.name;
    std::vector<int> columns;
    for (const auto& name : dims) {
        if (std::ranges::count(dims, name) > 1 && std::ranges::find(out.dimensions, name, &Dimension::name) != out.dimensions.end())
            mistakes.add(data.name, 1, base::message("Dimension {dimension} occurs twice.", {{"dimension", name}}));
        columns.push_back(data.column(name));
        if (columns.back() < 0) {
            mistakes.add(data.name, 1, base::message("Column {column} is missing.", {{"column", name}}));
            continue;
        }
        const auto file = std::ranges::find(hierarchies, name, &std::pair<std::string, CsvFile>::first);
        out.dimensions.push_back(file != hierarchies.end() ? parse_hierarchy(name, file->second, mistakes)
                                                           : flat(name, data, columns.back(), mistakes));
    }
    if (dims.empty()) mistakes.add(data.name, 1, base::message("The table names no dimension."));
    int count = -1;
    for (const char* title : {"freq", "count", "anzahl", "Anzahl"})
        if (count < 0) count = data.column(title);
    const ContributionColumns extra(data);
    out.has_contributions = extra.contributors >= 0;
    if (count < 0 && data.header.size() == dims.size() + 1)
        for (std::size_t c = 0; c < data.header.size(); ++c)
            if (std::ranges::find(dims, data.header[c]) == dims.end()) count = static_cast<int>(c);
    if (count < 0) mistakes.add(data.name, 1, base::message("Column {column} is missing.", {{"column", "freq"}}));
    // Without its columns the table cannot be read; with mistakes in a hierarchy it can, and all of them are named at once.
    if (count < 0 || data.header.empty() || std::ranges::find(columns, -1) != columns.end()) return base::error(mistakes.as_error());

    Table table{"T1", {}};
    for (int d = 0; d < static_cast<int>(dims.size()); ++d) table.dimensions.push_back(d);
    out.tables.push_back(table);
    struct Sum {
        Key key;
        Count count;
        int line;
    };
    std::vector<Sum> sums;
    std::map<Key, int> seen;
    for (const auto& row : data.rows) {
        Key key;
        bool good = true, leaf = true;
        for (std::size_t d = 0; d < columns.size(); ++d) {
            const auto& dimension = out.dimensions[d];
            const auto code = dimension.find(row.fields[columns[d]]);
            if (!code && !dimension.codes.empty())
                mistakes.add(
                    data.name, row.line,
                    base::message("Code “{code}” is not in hierarchy {dimension}.", {{"code", row.fields[columns[d]]}, {"dimension", dims[d]}}));
            good = good && code;
            leaf = leaf && code && out.dimensions[d].is_leaf(*code);
            key.push_back(code.value_or(0));
        }
        const auto value = read_count(row.fields[count], data.name, row.line, mistakes);
        if (!good || !value) continue;
        InnerCell cell{key, *value, 0, 0, 0};
        extra.read(cell, row, data.name, mistakes);
        const auto [place, is_new] = seen.emplace(key, row.line);
        if (!is_new)
            mistakes.add(data.name, row.line,
                         base::message("The same combination is already in line {line}.", {{"line", std::to_string(place->second)}}));
        else if (!leaf)
            sums.push_back({key, *value, row.line});
        else if (*value > 0)
            out.inner.push_back(std::move(cell));
    }
    if (mistakes.any()) return base::error(mistakes.as_error());
    TRY(const Layout layout, lay_out(out, {}, Knowledge::equations));
    for (const auto& sum : sums) {
        const auto place = layout.cell_of_key.find(sum.key);
        const Count actual = place == layout.cell_of_key.end() ? 0 : layout.cells[place->second].count;
        if (actual != sum.count)
            mistakes.add(data.name, sum.line,
                         base::message("The sum {cell} is given as {text}, but its parts add up to {count}.",
                                       {{"cell", name_of(out, sum.key)}, {"text", std::to_string(sum.count)}, {"count", std::to_string(actual)}}));
    }
    if (mistakes.any()) return base::error(mistakes.as_error());
    return out;
}

base::Result<Case> import_table(const TableImport& import) {
    Mistakes mistakes;
    const auto data = read_csv(import.table, std::filesystem::path(import.table).filename().string(), mistakes);
    std::vector<std::pair<std::string, CsvFile>> hierarchies;
    for (const auto& [dimension, path] : import.hierarchies) {
        if (std::ranges::find(import.dims, dimension) == import.dims.end())
            mistakes.add(path, 0, base::message("Dimension {dimension} is not among the columns of the table.", {{"dimension", dimension}}));
        hierarchies.emplace_back(dimension, read_csv(path, std::filesystem::path(path).filename().string(), mistakes));
    }
    if (data.header.empty()) return base::error(mistakes.as_error());
    Case out;
    TRY(out.problem, import_table(data, import.dims, hierarchies, mistakes));
    return out;
}

}  // namespace disclosure
