#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace evidence {

// An amount with up to three decimals, kept exactly: 0.1 + 0.2 is 0.3, and "exactly 12" can be asked of a sum.
struct Quantity {
    std::int64_t thousandths = 0;

    static constexpr Quantity of(std::int64_t whole) { return {whole * 1000}; }
    // Rounds to the nearest thousandth; nothing for what is no number or beyond ±9,000,000,000.
    static std::optional<Quantity> rounded(double);
    // "12", "-3", "7.67", "7,67": a decimal point or comma, no thousands separators.
    static std::optional<Quantity> parse(std::string_view);
    double value() const { return static_cast<double>(thousandths) / 1000.0; }
    // "12", "7.67"; with the decimal comma in German ("de").
    std::string text(std::string_view language = "en") const;

    friend auto operator<=>(const Quantity&, const Quantity&) = default;
};
// Stops at the ends of what fits instead of turning round.
Quantity operator+(Quantity, Quantity);

}  // namespace evidence
