#include "evidence/quantity.h"

#include <cmath>
#include <limits>

#include <fmt/format.h>

namespace evidence {
namespace {
constexpr std::int64_t most = 9'000'000'000'000;  // thousandths: a million such amounts still have a sum that fits
}

std::optional<Quantity> Quantity::rounded(double value) {
    const double scaled = std::round(value * 1000.0);
    if (!std::isfinite(scaled) || std::abs(scaled) > static_cast<double>(most)) return {};
    return Quantity{static_cast<std::int64_t>(scaled)};
}

std::optional<Quantity> Quantity::parse(std::string_view s) {
    bool negative = false;
    if (!s.empty() && (s.front() == '-' || s.front() == '+')) {
        negative = s.front() == '-';
        s.remove_prefix(1);
    }
    const auto mark = s.find_first_of(".,");
    const auto whole = s.substr(0, mark);
    const auto fraction = mark == std::string_view::npos ? std::string_view{} : s.substr(mark + 1);
    if (whole.empty() || whole.size() > 10 || fraction.size() > 3 || (mark != std::string_view::npos && fraction.empty())) return {};
    std::int64_t value = 0;
    for (char c : whole) {
        if (c < '0' || c > '9') return {};
        value = value * 10 + (c - '0');
    }
    for (std::size_t i = 0; i < 3; ++i) {
        const char c = i < fraction.size() ? fraction[i] : '0';
        if (c < '0' || c > '9') return {};
        value = value * 10 + (c - '0');
    }
    if (value > most) return {};
    return Quantity{negative ? -value : value};
}

Quantity operator+(Quantity a, Quantity b) {
    std::int64_t sum = 0;
    if (__builtin_add_overflow(a.thousandths, b.thousandths, &sum))
        sum = a.thousandths < 0 ? std::numeric_limits<std::int64_t>::min() + 1 : std::numeric_limits<std::int64_t>::max();
    return {sum};
}

std::string Quantity::text(std::string_view language) const {
    const std::int64_t positive = thousandths < 0 ? -thousandths : thousandths;
    std::string out = fmt::format("{}{}", thousandths < 0 ? "-" : "", positive / 1000);
    if (auto rest = positive % 1000) {
        std::string digits = fmt::format("{:03}", rest);
        while (digits.back() == '0') digits.pop_back();
        out += (language == "de" ? ',' : '.') + digits;
    }
    return out;
}

}  // namespace evidence
