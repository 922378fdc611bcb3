#pragma once
#include <span>
#include <unordered_map>

#include "disclosure/model.h"

namespace disclosure {

// The published figures as sums over rows. A row is a leaf cell of one table with a count above zero; figures are sums of rows, so
// that every equation "parent = sum of children", for whatever grouping, holds by construction. Zeros drop out: they are published.
struct Figure {             // figures with the same people are one unknown
    std::vector<int> rows;  // ascending
    Count count = 0;
    bool is_protected = false;
    int weight = 0;  // how many cells it stands for
    int priority = 0;
    double cost = 0;
    // The same sum written shorter: figures that together have exactly these rows. Empty for a leaf.
    std::vector<int> parts;
    std::uint64_t people = 0;  // the same number for the same people, in whatever table; 0: not known
};

// left - right = 0: what linked tables have in common. A cell in two tables is the same cell, though its rows differ.
struct Relation {
    std::vector<int> left, right;
};

struct KeyHash {
    std::size_t operator()(const Key& key) const noexcept {
        std::uint64_t h = 1469598103934665603ull;
        for (const int part : key) h = (h ^ static_cast<std::uint64_t>(part)) * 1099511628211ull;
        return static_cast<std::size_t>(h ^ (h >> 29));
    }
};

struct Layout {
    std::vector<Count> row_counts;
    std::vector<Key> row_keys;  // the leaf cell a row is
    std::vector<int> row_tables;
    std::vector<Figure> figures;
    std::vector<Relation> relations;
    std::vector<Cell> cells;  // distinct cells above zero
    std::vector<int> figure_of_cell;
    std::unordered_map<Key, int, KeyHash> cell_of_key;
    std::size_t published_cells = 0;  // with zeros

    int rows() const { return static_cast<int>(row_counts.size()); }
    // One status for each figure; nothing when the pattern names a cell that is in no table.
    std::vector<Status> statuses(const Pattern&) const;
    Pattern pattern(std::span<const char> suppressed_figure) const;
};

// Which attacker: one who has the tables and their equations, or one who also knows which figures of different tables count the very
// same people. Suppression guards against the second, the audit judges by the first unless asked.
enum class Knowledge : std::uint8_t { equations, same_people };

// Witnesses are kept in four bytes a row, which bounds both.
constexpr std::size_t most_rows = 1'000'000;
constexpr Count largest_width = 1'000;

// Fails when the problem is too large to be laid out (more than 20 million cells, or most_rows leaf cells above zero), and when the rules
// ask for an interval wider than largest_width.
base::Result<Layout> lay_out(const Problem&, const Rules&, Knowledge);

// Mistakes in a pattern: unknown cells and zeros suppressed.
base::Result<std::vector<char>> suppressed_figures(const Layout&, const Pattern&);

std::string name_of(const Problem&, const Key&);

}  // namespace disclosure
