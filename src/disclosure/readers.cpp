#include "disclosure/readers.h"

#include <charconv>
#include <filesystem>
#include <set>
#include <sstream>

namespace disclosure {
namespace {

constexpr Count largest_count = 1'000'000'000'000;  // more people than there are; sums of a million of these still fit

std::vector<std::string> words(const std::string& text) {
    std::istringstream in(text);
    std::vector<std::string> out;
    for (std::string word; in >> word;) out.push_back(word);
    return out;
}

// A code of each circle.
std::set<int> find_circles(const Dimension& d) {
    std::set<int> out;
    std::vector<int> state(d.codes.size(), 0);  // 0 new, 1 on the way up, 2 done
    for (std::size_t start = 0; start < d.codes.size(); ++start) {
        if (state[start]) continue;
        std::vector<std::pair<int, std::size_t>> stack{{static_cast<int>(start), 0}};
        state[start] = 1;
        while (!stack.empty()) {
            auto& [code, next] = stack.back();
            if (next == d.parents[code].size()) {
                state[code] = 2;
                stack.pop_back();
                continue;
            }
            const int parent = d.parents[code][next++];
            if (state[parent] == 1) out.insert(parent);
            if (state[parent] == 0) {
                state[parent] = 1;
                stack.emplace_back(parent, 0);
            }
        }
    }
    return out;
}

void read_inner(Problem& problem, const CsvFile& file, Mistakes& mistakes) {
    if (file.header.empty()) return;
    std::vector<int> columns;
    for (const auto& d : problem.dimensions) {
        columns.push_back(file.column(d.name));
        if (columns.back() < 0) mistakes.add(file.name, 1, base::message("Column {column} is missing.", {{"column", d.name}}));
    }
    const int freq = file.column("freq");
    if (freq < 0) mistakes.add(file.name, 1, base::message("Column {column} is missing.", {{"column", "freq"}}));
    if (freq < 0 || std::ranges::find(columns, -1) != columns.end()) return;
    const ContributionColumns extra(file);
    problem.has_contributions = extra.contributors >= 0;
    std::map<Key, int> seen;
    for (const auto& row : file.rows) {
        InnerCell cell;
        bool good = true;
        for (std::size_t i = 0; i < problem.dimensions.size(); ++i) {
            const auto& d = problem.dimensions[i];
            const auto& text = row.fields[columns[i]];
            const auto code = d.find(text);
            if (!code && !d.codes.empty())  // of a hierarchy that could not be read every code would be missing
                mistakes.add(file.name, row.line,
                             base::message("Code “{code}” is not in hierarchy {dimension}.", {{"code", text}, {"dimension", d.name}}));
            else if (code && !d.is_leaf(*code))
                mistakes.add(
                    file.name, row.line,
                    base::message("Code “{code}” of {dimension} is a sum; only its parts may be counted.", {{"code", text}, {"dimension", d.name}}));
            good = good && code && d.is_leaf(*code);
            cell.codes.push_back(code.value_or(0));
        }
        const auto count = read_count(row.fields[freq], file.name, row.line, mistakes);
        if (!good || !count) continue;
        cell.count = *count;
        extra.read(cell, row, file.name, mistakes);
        const auto [place, is_new] = seen.emplace(cell.codes, row.line);
        if (!is_new)
            mistakes.add(file.name, row.line,
                         base::message("The same combination is already in line {line}.", {{"line", std::to_string(place->second)}}));
        else if (cell.count > 0)
            problem.inner.push_back(std::move(cell));
    }
}

void read_tables(Problem& problem, const CsvFile& file, Mistakes& mistakes) {
    if (file.header.empty()) return;
    const int name = file.column("table"), dims = file.column("dims");
    if (name < 0) mistakes.add(file.name, 1, base::message("Column {column} is missing.", {{"column", "table"}}));
    if (dims < 0) mistakes.add(file.name, 1, base::message("Column {column} is missing.", {{"column", "dims"}}));
    if (name < 0 || dims < 0) return;
    if (file.rows.empty()) mistakes.add(file.name, 1, base::message("No table is published."));
    std::set<std::string> names;
    for (const auto& row : file.rows) {
        Table table{row.fields[name], {}};
        if (!names.insert(table.name).second)
            mistakes.add(file.name, row.line, base::message("Table {table} occurs twice.", {{"table", table.name}}));
        for (const auto& word : words(row.fields[dims])) {
            int found = -1;
            for (std::size_t i = 0; i < problem.dimensions.size(); ++i)
                if (problem.dimensions[i].name == word) found = static_cast<int>(i);
            if (found < 0)
                mistakes.add(file.name, row.line, base::message("Dimension {dimension} has no hierarchy.", {{"dimension", word}}));
            else if (std::ranges::count(table.dimensions, found))
                mistakes.add(file.name, row.line, base::message("Dimension {dimension} occurs twice.", {{"dimension", word}}));
            else
                table.dimensions.push_back(found);
        }
        if (row.fields[dims].find_first_not_of(' ') == std::string::npos)
            mistakes.add(file.name, row.line, base::message("The table names no dimension."));
        std::ranges::sort(table.dimensions);
        problem.tables.push_back(std::move(table));
    }
}

void read_settings(Case& out, const CsvFile& file, Mistakes& mistakes) {
    if (file.header.empty()) return;
    const int key = file.column("key"), value = file.column("value");
    if (key < 0 || value < 0) {
        mistakes.add(file.name, 1, base::message("Columns key and value are missing."));
        return;
    }
    bool has_threshold = false;
    for (const auto& row : file.rows) {
        if (row.fields[key] == "case") out.problem.name = row.fields[value];
        if (row.fields[key] != "threshold") continue;
        has_threshold = true;
        if (const auto t = read_count(row.fields[value], file.name, row.line, mistakes)) {
            out.threshold = *t;
            if (*t < 1) mistakes.add(file.name, row.line, base::message("The threshold must be at least 1."));
        }
    }
    if (!has_threshold) mistakes.add(file.name, 0, base::message("No threshold is given."));
}

base::Result<Case> assemble(const CsvFile& settings, const CsvFile& inner, const CsvFile& tables, const std::vector<CsvFile>& hierarchies,
                            const std::vector<std::string>& names, Mistakes& mistakes) {
    Case out;
    read_settings(out, settings, mistakes);
    // The order of the dimensions is that of the columns of inner.csv.
    for (const auto& column : inner.header)
        for (std::size_t i = 0; i < names.size(); ++i)
            if (names[i] == column) out.problem.dimensions.push_back(parse_hierarchy(names[i], hierarchies[i], mistakes));
    for (std::size_t i = 0; i < names.size(); ++i)
        if (!inner.header.empty() && inner.column(names[i]) < 0)
            mistakes.add(inner.name, 1, base::message("Column {column} is missing.", {{"column", names[i]}}));
    for (const auto& column : inner.header)
        if (std::ranges::find(names, column) == names.end() && column != "freq" && column != "contributors" && column != "largest" &&
            column != "second")
            mistakes.add(inner.name, 1, base::message("Dimension {dimension} has no hierarchy.", {{"dimension", column}}));
    read_tables(out.problem, tables, mistakes);
    read_inner(out.problem, inner, mistakes);
    if (mistakes.any()) return base::error(mistakes.as_error());
    return out;
}

}  // namespace

std::optional<Count> read_count(const std::string& text, const std::string& file, int line, Mistakes& mistakes) {
    Count value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failure == std::errc{} && end == text.data() + text.size() && value >= 0 && value <= largest_count) return value;
    if (failure == std::errc{} && end == text.data() + text.size() && value < 0)
        mistakes.add(file, line, base::message("The count {text} is negative.", {{"text", text}}));
    else if (failure == std::errc{} && *end == '.')
        mistakes.add(file, line, base::message("The count {text} is not a whole number.", {{"text", text}}));
    else
        mistakes.add(file, line, base::message("“{text}” is not a count.", {{"text", text}}));
    return std::nullopt;
}

ContributionColumns::ContributionColumns(const CsvFile& file)
    : contributors(file.column("contributors")), largest(file.column("largest")), second(file.column("second")) {}

void ContributionColumns::read(InnerCell& cell, const CsvRow& row, const std::string& file, Mistakes& mistakes) const {
    if (contributors < 0) return;
    cell.contributors = read_count(row.fields[contributors], file, row.line, mistakes).value_or(0);
    if (largest >= 0) cell.largest = read_count(row.fields[largest], file, row.line, mistakes).value_or(0);
    if (second >= 0) cell.second = read_count(row.fields[second], file, row.line, mistakes).value_or(0);
    if (cell.largest + cell.second > cell.count || cell.second > cell.largest)
        mistakes.add(file, row.line, base::message("The largest contributions do not fit the count."));
}

std::optional<int> Dimension::find(std::string_view code) const {
    // Codes are kept sorted by parse_hierarchy.
    const auto place = std::ranges::lower_bound(codes, code);
    if (place == codes.end() || *place != code) return std::nullopt;
    return static_cast<int>(place - codes.begin());
}

std::vector<int> Dimension::with_ancestors(int code) const {
    std::vector<int> out{code};
    std::vector<char> seen(codes.size(), 0);
    seen[code] = 1;
    for (std::size_t i = 0; i < out.size(); ++i)
        for (const int parent : parents[out[i]])
            if (!seen[parent]) {
                seen[parent] = 1;
                out.push_back(parent);
            }
    std::ranges::sort(out);
    return out;
}

Dimension parse_hierarchy(std::string name, const CsvFile& file, Mistakes& mistakes) {
    Dimension d;
    d.name = std::move(name);
    if (file.header.empty()) return d;
    const int child = file.column("child"), parent = file.column("parent");
    if (child < 0 || parent < 0) {
        mistakes.add(file.name, 1, base::message("Columns child and parent are missing."));
        return d;
    }
    std::set<std::string> codes;
    for (const auto& row : file.rows)
        for (const int column : {child, parent}) {
            if (row.fields[column].empty())
                mistakes.add(file.name, row.line, base::message("A code is empty."));
            else
                codes.insert(row.fields[column]);
        }
    d.codes.assign(codes.begin(), codes.end());
    d.parents.resize(d.codes.size());
    d.children.resize(d.codes.size());
    std::set<std::pair<int, int>> edges;
    for (const auto& row : file.rows) {
        const auto from = d.find(row.fields[child]), to = d.find(row.fields[parent]);
        if (!from || !to) continue;
        if (from == to)
            mistakes.add(file.name, row.line, base::message("Code “{code}” is its own parent.", {{"code", row.fields[child]}}));
        else if (!edges.emplace(*from, *to).second)
            mistakes.add(file.name, row.line, base::message("The line occurs twice."));
        else {
            d.parents[*from].push_back(*to);
            d.children[*to].push_back(*from);
        }
    }
    std::vector<int> totals;
    std::map<std::string, int> line_of;  // where a code is named first
    for (const auto& row : file.rows)
        for (const int column : {child, parent}) line_of.emplace(row.fields[column], row.line);
    for (std::size_t i = 0; i < d.codes.size(); ++i)
        if (d.parents[i].empty()) totals.push_back(static_cast<int>(i));
    const auto circles = find_circles(d);
    if (d.codes.empty()) mistakes.add(file.name, 0, base::message("The hierarchy has no codes."));
    for (const int code : circles)
        mistakes.add(file.name, line_of[d.codes[code]], base::message("The hierarchy runs in a circle at code “{code}”.", {{"code", d.codes[code]}}));
    if (totals.size() > 1) {
        std::string list;
        int line = 0;
        for (const int t : totals) {
            list += (list.empty() ? "" : ", ") + d.codes[t];
            line = std::max(line, line_of[d.codes[t]]);
        }
        mistakes.add(file.name, line, base::message("The hierarchy must have one total; without parent are: {codes}.", {{"codes", list}}));
    } else if (!totals.empty() && circles.empty()) {
        d.total = totals.front();
    }
    return d;
}

base::Result<Case> parse_case(const CaseTexts& texts) {
    Mistakes mistakes;
    const auto settings = parse_csv("case.csv", texts.case_csv, mistakes), inner = parse_csv("inner.csv", texts.inner, mistakes),
               tables = parse_csv("tables.csv", texts.tables, mistakes);
    std::vector<CsvFile> hierarchies;
    std::vector<std::string> names;
    for (const auto& [name, text] : texts.hierarchies) {
        names.push_back(name);
        hierarchies.push_back(parse_csv("hier_" + name + ".csv", text, mistakes));
    }
    return assemble(settings, inner, tables, hierarchies, names, mistakes);
}

base::Result<Case> read_case(const std::string& directory) {
    namespace fs = std::filesystem;
    Mistakes mistakes;
    std::error_code failure;
    std::vector<std::string> names;
    for (fs::directory_iterator at(directory, failure), end; !failure && at != end; at.increment(failure)) {
        const auto name = at->path().filename().string();
        if (name.starts_with("hier_") && name.ends_with(".csv") && name.size() > 9) names.push_back(name.substr(5, name.size() - 9));
    }
    if (failure) {
        mistakes.add(directory, 0, base::message("The folder cannot be read."));
        return base::error(mistakes.as_error());
    }
    std::ranges::sort(names);
    const auto read = [&](const std::string& name) { return read_csv(directory + "/" + name, name, mistakes); };
    const auto settings = read("case.csv"), inner = read("inner.csv"), tables = read("tables.csv");
    std::vector<CsvFile> hierarchies;
    for (const auto& name : names) hierarchies.push_back(read("hier_" + name + ".csv"));
    auto out = assemble(settings, inner, tables, hierarchies, names, mistakes);
    if (out && out->problem.name.empty()) out->problem.name = fs::path(directory).filename().string();
    return out;
}

}  // namespace disclosure
