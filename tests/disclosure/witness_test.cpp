#include "disclosure/witness.h"

#include "tests/disclosure/support.h"

namespace disclosure_test {
namespace {

// Stocks of two years and the flows between them. Every hidden figure that the equations leave open can move; some only downwards, so
// that the question for the rise comes first and must leave nothing behind.
TEST(Witness, TheIntegerProgramFindsTheWayDownAfterItFoundNoneUp) {
    Layout layout;
    layout.row_counts = {2, 1, 4, 2, 1, 1, 2, 2, 2, 2, 3};
    layout.relations = {{{6, 7, 8, 9, 10}, {0, 1, 2, 3, 4, 5}}, {{6, 7, 9}, {0, 1, 3, 4}}, {{6, 9}, {0, 3}}, {{7}, {1, 4}}, {{8, 10}, {2, 5}}};
    const std::vector<std::vector<int>> rows{{0, 1}, {0},    {0, 1, 2}, {1},       {2}, {3, 4}, {3}, {3, 4, 5}, {4},
                                             {5},    {6, 7}, {6},       {6, 7, 8}, {7}, {8},    {9}, {9, 10},   {10}};
    const std::set<int> published{2, 7, 10, 12}, determined{14, 16};
    std::vector<char> suppressed;
    for (const auto& own : rows) {
        Count count = 0;
        for (const int row : own) count += layout.row_counts[row];
        suppressed.push_back(!published.contains(static_cast<int>(layout.figures.size())));
        layout.figures.push_back({own, count, true, 1, 0, 0.0, {}});
    }
    for (int f = 0; f < static_cast<int>(rows.size()); ++f) {
        if (published.contains(f)) continue;
        Witnesses witnesses(layout, suppressed, Rules{});
        EXPECT_EQ(witnesses.decide(f, 10), determined.contains(f) ? Decision::too_narrow : Decision::proven) << f;
    }
}

}  // namespace
}  // namespace disclosure_test
