#pragma once
#include <string>
#include <vector>

#include "disclosure/csv.h"
#include "disclosure/model.h"

namespace disclosure {

struct Case {
    Problem problem;
    Count threshold = 5;
};

// The parts as texts, so that the reader can be tried without a disk.
struct CaseTexts {
    std::string case_csv;
    std::string inner;
    std::string tables;
    std::vector<std::pair<std::string, std::string>> hierarchies;  // dimension, text
};

base::Result<Case> read_case(const std::string& directory);
base::Result<Case> parse_case(const CaseTexts&);

// Dimension from child,parent edges. Cycles, several totals, orphans and doubled edges are mistakes.
Dimension parse_hierarchy(std::string name, const CsvFile&, Mistakes&);

// A count as people write it, digits only, up to a million millions; otherwise a mistake that says what is wrong.
std::optional<Count> read_count(const std::string& text, const std::string& file, int line, Mistakes&);

// Columns for dominance and few contributors, where a table has them.
struct ContributionColumns {
    int contributors, largest, second;
    explicit ContributionColumns(const CsvFile&);
    void read(InnerCell&, const CsvRow&, const std::string& file, Mistakes&) const;
};

// What cells are worth: a column per dimension (none: at its total), cost (a number of 0 or more) and must_publish (1 or 0), either of which
// may be left out. A protected cell cannot be published.
base::Result<Rules> read_costs(const std::string& path, const Problem&, Rules);
base::Result<Rules> parse_costs(std::string_view text, const Problem&, Rules);

// A pattern as written by any software: a column per dimension; freq and primary, where present, must agree with the counts.
base::Result<Pattern> read_pattern(const std::string& path, const Problem&, const Rules&);
base::Result<Pattern> parse_pattern(std::string_view text, const Problem&, const Rules&);

// A table of counts by hand: one row a combination, sums may be included (they are checked) and dimensions without a hierarchy file get
// a single total (a code named Total, Insgesamt or the like). `dims` names the columns; the column of counts is "freq", "count", "anzahl" or the only one left over.
struct TableImport {
    std::string table;
    std::vector<std::string> dims;
    std::vector<std::pair<std::string, std::string>> hierarchies;  // dimension, path
};
base::Result<Case> import_table(const TableImport&);
base::Result<Problem> import_table(const CsvFile& data, const std::vector<std::string>& dims,
                                   const std::vector<std::pair<std::string, CsvFile>>& hierarchies, Mistakes&);

}  // namespace disclosure
