#include "platform/sheets/places.h"

#include <gtest/gtest.h>

TEST(Places, AreToldInTheOrderOfTheSheet) {
    std::vector<base::FieldError> told;
    for (const char* place : {"E2", "A2", "C10", "B3", "", "AA2", "Zwei!A1", "Zwei!B1", "Eins!A9", "B3"}) told.push_back({place, {}, 0});
    sheets::in_reading_order(told);
    std::string order;
    for (const auto& t : told) order += t.field + " ";
    EXPECT_EQ(order, " A2 E2 AA2 B3 B3 C10 Eins!A9 Zwei!A1 Zwei!B1 ");
}
