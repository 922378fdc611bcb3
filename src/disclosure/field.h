#pragma once
#include <cstdint>

#include "disclosure/random.h"

namespace disclosure {

// Arithmetic modulo the prime 2^61 - 1. Small integers and their quotients are told apart exactly; a random value is zero by chance
// once in 2 * 10^18 times.
using Residue = std::uint64_t;

namespace field {
constexpr Residue prime = (1ull << 61) - 1;
constexpr Residue add(Residue a, Residue b) {
    const Residue s = a + b;
    return s >= prime ? s - prime : s;
}
constexpr Residue negate(Residue a) { return a == 0 ? 0 : prime - a; }
constexpr Residue subtract(Residue a, Residue b) { return a >= b ? a - b : a + prime - b; }
constexpr Residue multiply(Residue a, Residue b) {
    const Wide product = static_cast<Wide>(a) * b;
    const Residue s = static_cast<Residue>(product & prime) + static_cast<Residue>(product >> 61);
    return s >= prime ? s - prime : s;
}
constexpr Residue power(Residue base, std::uint64_t exponent) {
    Residue result = 1;
    for (; exponent; exponent >>= 1, base = multiply(base, base))
        if (exponent & 1) result = multiply(result, base);
    return result;
}
constexpr Residue inverse(Residue a) { return a == 1 || a == prime - 1 ? a : power(a, prime - 2); }
constexpr Residue of(std::int64_t value) { return value >= 0 ? static_cast<Residue>(value) % prime : negate(static_cast<Residue>(-value) % prime); }
// The integer nearest to zero.
constexpr std::int64_t to_signed(Residue a) {
    return a > prime / 2 ? static_cast<std::int64_t>(a) - static_cast<std::int64_t>(prime) : static_cast<std::int64_t>(a);
}
}  // namespace field

}  // namespace disclosure
