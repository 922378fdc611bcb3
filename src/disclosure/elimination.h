#pragma once
#include <vector>

#include "disclosure/field.h"
#include "disclosure/random.h"

namespace disclosure {

struct Term {
    int row = 0;
    Residue value = 0;
};
using Column = std::vector<Term>;  // ascending rows, no zeros

Column column_of(const std::vector<int>& rows);
Column difference(const std::vector<int>& left, const std::vector<int>& right);

// Columns as vectors modulo what is published. Publishing a column makes it zero: one of its rows, the pivot, is expressed by the
// others and vanishes from every column. What the published columns give away is what has become zero.
//
// Rows at the attacker's lower bound (ones) are spared as pivots while a column has another row. So a published column left with
// such rows alone is a sum of ones, and every sum of ones that follows from the published figures is a combination of these.
class Elimination {
  public:
    Elimination(int rows, std::vector<char> at_bound);

    int add(Column);
    const Column& column(int index) const { return columns_[index]; }
    bool is_zero(int index) const { return columns_[index].empty(); }
    bool only_at_bound(int index) const;
    // The row to vanish with the least work; rows at the bound only where there is no other.
    int best_pivot(int index) const;
    // The row that occurs in the fewest columns.
    int rarest_row(int index) const;
    // Columns that contain a row (without published ones).
    const std::vector<int>& columns_with(int row);
    std::size_t users(int row) const { return row_columns_[row].size(); }  // an upper bound
    bool parallel(int a, int b) const;
    void publish(int index) { publish(index, best_pivot(index)); }
    void publish(int index, int pivot);

    struct Pivot {
        int row;
        bool at_bound;
        Column column;  // on rows that had not vanished then
    };
    const std::vector<Pivot>& pivots() const { return pivots_; }
    bool vanished(int row) const { return vanished_[row]; }
    bool at_bound(int row) const { return at_bound_[row]; }
    int rows() const { return static_cast<int>(at_bound_.size()); }
    int columns() const { return static_cast<int>(columns_.size()); }
    // Sets the vanished rows of a vector so that it is zero on all published columns.
    void complete(std::vector<Residue>& kernel) const;
    std::size_t work() const { return work_; }

  private:
    void subtract(int target, Residue factor, const Column& source);

    std::vector<char> at_bound_, vanished_, retired_;
    std::vector<Column> columns_;
    std::vector<std::vector<int>> row_columns_;  // may name columns that have lost the row
    std::vector<Pivot> pivots_;
    Column scratch_;
    std::size_t work_ = 0;
};

}  // namespace disclosure
