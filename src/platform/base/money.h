#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace base {

// An amount in euro cents. Never a floating-point number: 0,10 € + 0,20 € is 0,30 €.
struct Cents {
    std::int64_t value = 0;
    friend auto operator<=>(const Cents&, const Cents&) = default;
    friend Cents operator+(Cents a, Cents b) { return {a.value + b.value}; }
    friend Cents operator-(Cents a, Cents b) { return {a.value - b.value}; }
};

// The largest amount a form or file may hold: 9.999.999.999,99 €. The sum of a hundred thousand of them still fits.
inline constexpr Cents largest_amount{999'999'999'999};

// What people type or a spreadsheet holds: "1.234,56", "1234,56", "1234.56", "1 234,5 €", "1.234" (thousands, as German writing has it), "12,-".
// Nothing for text, for more than two decimals, and for "1,234" or "1,234.56", which mean different amounts on both sides of the Channel.
std::optional<Cents> parse_amount(std::string_view);

// "1.234,56 €" in German, "€1,234.56" in English.
std::string amount_text(Cents, std::string_view language = "de");
// "1234,56": what a form field and a German CSV show; parse_amount reads it back.
std::string amount_field(Cents);

}  // namespace base
