#include "platform/base/money.h"

#include <gtest/gtest.h>

using base::amount_field;
using base::amount_text;
using base::Cents;
using base::parse_amount;

TEST(Money, ReadsWhatPeopleType) {
    const std::pair<const char*, std::int64_t> cases[] = {
        {"1.234,56", 123456},
        {"1234,56", 123456},
        {"1234.56", 123456},
        {"1 234,56", 123456},
        {"1\u202f234,56\u00a0€", 123456},
        {"1.234", 123400},
        {"1.234.567", 123456700},
        {"12.5", 1250},
        {"12,5", 1250},
        {"0", 0},
        {"0,01", 1},
        {"007", 700},
        {"12,-", 1200},
        {"12,--", 1200},
        {"48.500,00 EUR", 4850000},
        {"€ 20", 2000},
        {" 20 Euro ", 2000},
        {"-3,20", -320},
        {"9.999.999.999,99", 999'999'999'999},
    };
    for (const auto& [text, cents] : cases) {
        const auto amount = parse_amount(text);
        ASSERT_TRUE(amount) << text;
        EXPECT_EQ(amount->value, cents) << text;
    }
}

TEST(Money, RefusesWhatIsNoAmountOrMeansTwoThings) {
    for (const auto* text : {"",
                             " ",
                             "€",
                             "zwölf",
                             "12 Euro 50",
                             "1,234",
                             "1,234.56",
                             "1.23.456",
                             "1.2345",
                             "1234.567",
                             "12,345",
                             "12,",
                             ",50",
                             ".50",
                             "12.",
                             "1 23,00",
                             "1.234 567",
                             "1..234",
                             "--5",
                             "-",
                             "1e3",
                             "0x10",
                             "NaN",
                             "10.000.000.000,00",
                             "99999999999999999999",
                             "5,5-",
                             "1234.567,89"})
        EXPECT_FALSE(parse_amount(text)) << text;
}

TEST(Money, WritesInBothLanguages) {
    EXPECT_EQ(amount_text(Cents{123456}), "1.234,56 €");
    EXPECT_EQ(amount_text(Cents{123456}, "en"), "€1,234.56");
    EXPECT_EQ(amount_text(Cents{99}), "0,99 €");
    EXPECT_EQ(amount_text(Cents{-100000000}), "-1.000.000,00 €");
    EXPECT_EQ(amount_text(Cents{INT64_MIN}), "-92.233.720.368.547.758,08 €");
    EXPECT_EQ(amount_field(Cents{123456}), "1234,56");
}

TEST(Money, ReadsBackWhatItWrites) {
    for (const std::int64_t cents : {0L, 1L, 9L, 10L, 99L, 100L, 99999L, 100000L, 123456789L, 999'999'999'999L, -1L, -100000L}) {
        EXPECT_EQ(parse_amount(amount_text(Cents{cents})), Cents{cents});
        EXPECT_EQ(parse_amount(amount_field(Cents{cents})), Cents{cents});
    }
}
