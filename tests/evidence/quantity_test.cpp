#include "evidence/quantity.h"

#include <gtest/gtest.h>

#include "evidence/kinds.h"

using evidence::Quantity;

TEST(Quantity, IsReadWithPointOrComma) {
    EXPECT_EQ(Quantity::parse("12"), Quantity::of(12));
    EXPECT_EQ(Quantity::parse("7.67"), (Quantity{7670}));
    EXPECT_EQ(Quantity::parse("7,5"), (Quantity{7500}));
    EXPECT_EQ(Quantity::parse("-0.001"), (Quantity{-1}));
    EXPECT_EQ(Quantity::parse("9000000000"), (Quantity{9'000'000'000'000}));
    for (const char* wrong : {"", "-", "1.", ".5", "1.2345", "1,2,3", "1.000,5", "12 ", "a", "9000000000.001", "99999999999"})
        EXPECT_FALSE(Quantity::parse(wrong)) << wrong;
}

TEST(Quantity, AddsExactly) {
    EXPECT_EQ(*Quantity::parse("0.1") + *Quantity::parse("0.2"), *Quantity::parse("0.3"));
    EXPECT_EQ(*Quantity::rounded(0.1 + 0.2), *Quantity::parse("0.3"));
    EXPECT_FALSE(Quantity::rounded(1e300));
    const Quantity most{std::numeric_limits<std::int64_t>::max()};
    EXPECT_EQ(most + Quantity::of(1), most);
}

TEST(Quantity, IsWrittenWithoutNeedlessZeros) {
    EXPECT_EQ(Quantity::of(12).text(), "12");
    EXPECT_EQ((Quantity{7670}).text("de"), "7,67");
    EXPECT_EQ((Quantity{-1}).text("en"), "-0.001");
}

TEST(Kinds, AreFoundByNameAndReadable) {
    for (const auto& kind : evidence::kinds()) {
        EXPECT_EQ(evidence::find_kind(kind.name), &kind);
        EXPECT_TRUE(evidence::is_kind_name(kind.name)) << kind.name;
        EXPECT_FALSE(kind.de.empty() || kind.en.empty() || kind.one.de_dative.empty()) << kind.name;
    }
    EXPECT_EQ(evidence::find_kind("nothing.such"), nullptr);
    EXPECT_EQ(evidence::name_of_kind("council.report_delivered").de, "Bericht an den Kreistag übergeben");
    for (const char* wrong : {"", "a", ".a", "a.", "a.b.c", "A.b", "a b.c"}) EXPECT_FALSE(evidence::is_kind_name(wrong)) << wrong;
}
