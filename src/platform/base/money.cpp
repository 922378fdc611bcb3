#include "platform/base/money.h"

#include <fmt/core.h>

namespace base {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool all_digits(std::string_view text) {
    for (const char c : text)
        if (!is_digit(c)) return false;
    return !text.empty();
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

// No-break and narrow no-break spaces are what spreadsheets put between thousands.
std::string with_plain_spaces(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text.substr(i, 2) == "\u00a0") {
            out += ' ';
            ++i;
        } else if (text.substr(i, 3) == "\u202f") {
            out += ' ';
            i += 2;
        } else
            out += text[i];
    }
    return out;
}

std::string_view without_currency(std::string_view text) {
    for (const std::string_view sign : {"€", "EUR", "Euro"}) {
        if (text.ends_with(sign)) return trimmed(text.substr(0, text.size() - sign.size()));
        if (text.starts_with(sign)) return trimmed(text.substr(sign.size()));
    }
    return text;
}

// "1.234.567" → "1234567": one to three digits, then groups of exactly three. Text without `mark` stays as it is.
std::optional<std::string> ungrouped(std::string_view text, char mark) {
    std::string out;
    bool first = true, grouped = text.find(mark) != std::string_view::npos;
    while (true) {
        const auto at = text.find(mark);
        const auto group = text.substr(0, at);
        if (!all_digits(group)) return {};
        if (grouped && (first ? group.size() > 3 : group.size() != 3)) return {};
        out += group;
        first = false;
        if (at == std::string_view::npos) return out;
        text.remove_prefix(at + 1);
    }
}

}  // namespace

std::optional<Cents> parse_amount(std::string_view raw) {
    const auto spaced = with_plain_spaces(raw);
    auto text = without_currency(trimmed(spaced));
    const bool negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);

    std::string_view whole = text, fraction;
    const auto comma = text.find(',');
    if (comma != std::string_view::npos) {
        whole = text.substr(0, comma);
        fraction = text.substr(comma + 1);
        if (fraction == "-" || fraction == "--" || fraction == "\u2013")
            fraction = "00";
        else if (!all_digits(fraction) || fraction.size() > 2)
            return {};
    } else if (const auto dot = text.rfind('.'); dot != std::string_view::npos && text.find('.') == dot && text.size() - dot - 1 != 3) {
        // One dot and not three digits behind it: a decimal point. With three it groups thousands.
        whole = text.substr(0, dot);
        fraction = text.substr(dot + 1);
        if (!all_digits(fraction) || fraction.size() > 2) return {};
    }
    const bool dotted = whole.find('.') != std::string_view::npos;
    if (dotted && whole.find(' ') != std::string_view::npos) return {};
    const auto digits = ungrouped(whole, dotted ? '.' : ' ');
    if (!digits || digits->size() > 12) return {};

    std::int64_t cents = 0;
    for (const char c : *digits) cents = cents * 10 + (c - '0');
    for (std::size_t i = 0; i < 2; ++i) cents = cents * 10 + (i < fraction.size() ? fraction[i] - '0' : 0);
    if (cents > largest_amount.value) return {};
    return Cents{negative ? -cents : cents};
}

namespace {
struct Parts {
    bool negative;
    std::string whole;
    std::string cents;
};
Parts parts_of(Cents amount) {
    const bool negative = amount.value < 0;
    const auto size = negative ? 0 - static_cast<std::uint64_t>(amount.value) : static_cast<std::uint64_t>(amount.value);
    return {negative, std::to_string(size / 100), fmt::format("{:02}", size % 100)};
}
}  // namespace

std::string amount_text(Cents amount, std::string_view language) {
    const auto parts = parts_of(amount);
    const bool english = language == "en";
    std::string whole;
    for (std::size_t i = 0; i < parts.whole.size(); ++i) {
        if (i > 0 && (parts.whole.size() - i) % 3 == 0) whole += english ? ',' : '.';
        whole += parts.whole[i];
    }
    const std::string sign = parts.negative ? "-" : "";
    return english ? sign + "€" + whole + "." + parts.cents : sign + whole + "," + parts.cents + " €";
}

std::string amount_field(Cents amount) {
    const auto parts = parts_of(amount);
    return (parts.negative ? "-" : "") + parts.whole + "," + parts.cents;
}

}  // namespace base
