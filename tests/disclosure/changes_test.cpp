#include "disclosure/changes.h"

#include <gtest/gtest.h>

namespace disclosure {
namespace {

TEST(Changes, APartKeepsWhatItIsGivenUpToItsLimits) {
    for (const int row : {0, 1, 4'711, static_cast<int>(most_rows) - 1})
        for (const int change : {-largest_change, -1, 0, 1, largest_change}) {
            const Part part(row, change);
            EXPECT_EQ(part.row(), row) << change;
            EXPECT_EQ(part.change(), change) << row;
        }
}

TEST(Changes, ARowIsFoundWhereverItStands) {
    const Change change{{2, 5}, {3, -1}, {7, 2}, {8, 1}, {20, -3}};
    for (const auto& [row, by] : {std::pair{0, 0}, {2, 5}, {3, -1}, {4, 0}, {7, 2}, {8, 1}, {9, 0}, {20, -3}, {21, 0}})
        EXPECT_EQ(change_of(change, row), by) << row;
    EXPECT_EQ(change_of(Change{}, 2), 0);
    EXPECT_EQ(change_of(change, std::vector{2, 3, 20}), 1);
}

TEST(Changes, AScaleWeighsShortChangesAndLongOnesAlike) {
    Change longest;
    for (int row = 0; row < 200; row += 2) longest.emplace_back(row, row % 3 - 1);
    Scale scale(200);
    for (const auto& rows : {std::vector{4}, {1, 3}, {0, 2, 4, 10, 100, 198}}) {
        scale.put(std::span<const int>(rows));
        int sum = 0;
        for (const int row : rows) sum += change_of(longest, row);
        EXPECT_EQ(scale.weigh(longest), sum);
        EXPECT_EQ(scale.weigh(Change{{rows.front(), 7}}), 7);
    }
    // Nothing is left on it from before.
    scale.put(std::span<const Part>(Change{{6, -2}}));
    EXPECT_EQ(scale.weigh(Change{{4, 1}, {6, 3}, {10, 1}}), -6);
}

}  // namespace
}  // namespace disclosure
