#pragma once
#include <atomic>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "platform/base/result.h"

namespace disclosure {

using Count = std::int64_t;

// One classification: codes joined by child-parent edges. Every code stands for a set of leaves; a code may have several parents
// (overlapping groupings), so this is a directed graph without cycles and with a single total, not a tree.
struct Dimension {
    std::string name;
    std::vector<std::string> codes;
    std::vector<std::vector<int>> parents;  // of each code; the total alone has none
    std::vector<std::vector<int>> children;
    int total = -1;

    bool is_leaf(int code) const { return children[code].empty(); }
    std::optional<int> find(std::string_view code) const;
    // A code and everything it belongs to, the total included; ascending.
    std::vector<int> with_ancestors(int code) const;
};

// A published table crosses some dimensions with every code of each; a dimension it does not name is at its total.
struct Table {
    std::string name;
    std::vector<int> dimensions;
};

// A combination of leaves with at least one person. Combinations not listed are zero.
struct InnerCell {
    std::vector<int> codes;  // one per dimension
    Count count = 0;
    // Only for statistics of contributions (dominance, few contributors): how many contribute, and the two largest contributions.
    Count contributors = 0;
    Count largest = 0;
    Count second = 0;
};

struct Problem {
    std::string name;
    std::vector<Dimension> dimensions;
    std::vector<Table> tables;
    std::vector<InnerCell> inner;
    bool has_contributions = false;
};

// A coordinate of each dimension: the name of a cell, and of the same cell in every table it appears in.
using Key = std::vector<int>;

// What must not be computable. The attacker knows all published figures, how they add up, that counts are integers, that zeros are
// always published and so that a suppressed count is at least lower_bound.
struct Rules {
    Count threshold = 5;                   // 1 <= count < threshold is protected
    Count lower_bound = 1;                 // 0 or 1: what the attacker knows of a suppressed count
    Count required_width = 1;              // the attacker's interval must span at least this
    Count few_contributors = 0;            // fewer contributors than this: protected (0: rule is off)
    int dominance_percent_of_largest = 0;  // the largest contribution exceeds this share: protected (0: off)
    int dominance_percent_of_two = 0;      // the two largest together exceed this share: protected (0: off)
    bool report_group_disclosure = false;  // list groups whose members all share one category
    int insider_level = 0;                 // 1: nor may the person behind a count of 1 compute another protected cell
    // Costs and priorities by key. A cell of priority above 0 is published first; among equals the larger count, then the higher cost.
    std::vector<std::pair<Key, int>> priorities;
    std::vector<std::pair<Key, double>> costs;
};

// One way of handing in every cell of all tables once.
struct Cell {
    Key key;
    Count count = 0;
    bool is_protected = false;  // by a rule ("primary")
};

enum class Status : std::uint8_t { published, secondary, primary };

// The suppressed cells; every other cell is published.
struct Pattern {
    std::vector<Key> suppressed;
};

enum class Verdict : std::uint8_t {
    safe,        // two integer tables with the published figures were found that differ enough here
    forced,      // ones and sums of ones leave only the lower bound
    determined,  // equations alone give the value
    too_narrow,  // a real interval, but one integer only (or fewer than the required width allows)
    published,   // the pattern publishes a protected cell
    unknown      // not decided within the budget: counts as unsafe
};

struct Interval {
    Count low = 0;
    Count high = 0;
};

struct CellVerdict {
    Key key;
    Count count = 0;
    Verdict verdict = Verdict::unknown;
    Interval interval;  // attained by tables that were checked; the attacker's own interval is at least as wide
};

struct Audit {
    bool safe = false;
    std::vector<CellVerdict> protected_cells;
    std::size_t published_cells = 0;  // distinct cells of all tables, zeros included
    std::size_t nonzero_cells = 0;
    std::size_t primary = 0;
    std::size_t secondary = 0;
    Count sum_suppressed = 0;
    std::size_t insider_pairs = 0;  // ordered pairs: who is alone in a cell computes another protected one
    std::size_t witnesses = 0;      // integer tables that prove the verdicts
    std::vector<Key> group_disclosures;
    std::string solver_note;

    std::vector<CellVerdict> unsafe() const;
    std::size_t count(Verdict) const;
};

// Told now and then how far the work has come; the stop flag ends a search early with the best safe pattern so far.
struct Control {
    std::function<void(std::string_view stage, double share)> progress;
    const std::atomic<bool>* stop = nullptr;
    bool stopped() const { return stop && stop->load(std::memory_order_relaxed); }
};

}  // namespace disclosure
