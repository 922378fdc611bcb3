#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "platform/sheets/api.h"
#include "platform/sheets/guard.h"

namespace sheets {
namespace {

template <class... F>
struct Cases : F... {
    using F::operator()...;
};
template <class... F>
Cases(F...) -> Cases<F...>;

// The no-break space counts as a space here: spreadsheets are full of it.
std::string_view trimmed(std::string_view text) {
    const auto space = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
    while (!text.empty()) {
        if (space(text.front()))
            text.remove_prefix(1);
        else if (text.starts_with("\u00a0"))
            text.remove_prefix(2);
        else if (space(text.back()))
            text.remove_suffix(1);
        else if (text.ends_with("\u00a0"))
            text.remove_suffix(2);
        else
            break;
    }
    return text;
}

std::string number_text(double value) {
    if (!std::isfinite(value)) return "";
    // Spreadsheets compute with 15 digits: 0.1 + 0.2 is 0,3 there and here.
    auto text = std::fabs(value) < 1e15 ? fmt::format("{:.15g}", value) : fmt::format("{:.0f}", value);
    if (text.find('e') != std::string::npos) {
        text = fmt::format("{:.15f}", value);
        text.erase(text.find_last_not_of('0') + 1);
        if (text.ends_with('.')) text.pop_back();
        if (text == "-0") text = "0";
    }
    std::replace(text.begin(), text.end(), '.', ',');
    return text;
}

bool begins_formula(std::string_view text) {
    if (text.empty()) return false;
    return std::string_view("=+-@\t\r\n").find(text.front()) != std::string_view::npos || text.starts_with("\uFF1D") || text.starts_with("\uFF0B") ||
           text.starts_with("\uFF0D") || text.starts_with("\uFF20");
}

bool is_plain_number(std::string_view text) {
    if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
    return !text.empty() && text.front() >= '0' && text.front() <= '9' &&
           std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || c == '.' || c == ','; });
}

}  // namespace

bool needs_guard(std::string_view text) {
    if (begins_formula(text)) return !is_plain_number(text);
    return is_guarded(text);
}
bool is_guarded(std::string_view text) {
    const auto at = text.find_first_not_of('\'');
    return at != 0 && at != std::string_view::npos && begins_formula(text.substr(at));
}

bool is_empty(const Cell& cell) {
    if (const auto* text = std::get_if<std::string>(&cell)) return trimmed(*text).empty();
    return std::holds_alternative<std::monostate>(cell);
}

std::string text_of(const Cell& cell) {
    return std::visit(Cases{[](std::monostate) { return std::string(); }, [](const std::string& text) { return std::string(trimmed(text)); },
                            [](double value) { return number_text(value); }, [](bool value) { return std::string(value ? "ja" : "nein"); },
                            [](base::Day d) {
                                return fmt::format("{:02}.{:02}.{:04}", static_cast<unsigned>(d.day()), static_cast<unsigned>(d.month()),
                                                   static_cast<int>(d.year()));
                            },
                            [](const Moment& m) { return text_of(m.day) + fmt::format(" {:02}:{:02}", m.second / 3600, m.second / 60 % 60); },
                            [](base::Cents c) { return base::amount_field(c); }, [](const Fault& f) { return f.code; }},
                      cell);
}

std::optional<base::Day> day_of(const Cell& cell) {
    if (const auto* day = std::get_if<base::Day>(&cell)) return *day;
    if (const auto* moment = std::get_if<Moment>(&cell)) return moment->day;
    if (std::holds_alternative<std::string>(cell)) return base::parse_day(text_of(cell));
    return {};
}

std::optional<base::Cents> amount_of(const Cell& cell) {
    if (const auto* amount = std::get_if<base::Cents>(&cell)) return *amount;
    if (const auto* value = std::get_if<double>(&cell)) {
        // A computed 33.333333 is 33,33 €; that is what the cell shows, too.
        if (!std::isfinite(*value) || std::fabs(*value) * 100 > static_cast<double>(base::largest_amount.value)) return {};
        return base::Cents{std::llround(*value * 100)};
    }
    if (std::holds_alternative<std::string>(cell)) return base::parse_amount(text_of(cell));
    return {};
}

std::optional<double> number_of(const Cell& cell) {
    if (const auto* value = std::get_if<double>(&cell)) return *value;
    if (const auto* amount = std::get_if<base::Cents>(&cell)) return static_cast<double>(amount->value) / 100;
    if (!std::holds_alternative<std::string>(cell)) return {};
    auto text = text_of(cell);
    // German writing: dots group thousands where exactly three digits follow each, the comma begins the fraction.
    const auto comma = text.find(',');
    if (auto dot = text.find('.'); dot != std::string::npos) {
        bool groups = comma == std::string::npos || text.rfind('.') < comma;
        const auto end = comma == std::string::npos ? text.size() : comma;
        for (auto at = dot; at != std::string::npos && at < end; at = text.find('.', at + 1)) {
            const auto next = std::min(text.find('.', at + 1), end);
            groups = groups && next - at == 4;
        }
        if (groups)
            std::erase(text, '.');
        else if (comma != std::string::npos)
            return {};
    }
    std::replace(text.begin(), text.end(), ',', '.');
    if (text.find_first_not_of("0123456789.-") != std::string::npos) return {};
    double value = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failed != std::errc() || end != text.data() + text.size()) return {};
    return value;
}

std::string column_name(std::size_t column) {
    std::string out;
    for (++column; column > 0; column = (column - 1) / 26) out.insert(out.begin(), static_cast<char>('A' + (column - 1) % 26));
    return out;
}

std::string Sheet::place(std::size_t row, std::size_t column) const {
    const auto line = row < lines.size() ? lines[row] : static_cast<int>(row) + 1;
    return (name.empty() ? "" : name + "!") + column_name(column) + std::to_string(line);
}

Sink into(std::string& out) {
    return [&out](std::string_view piece) -> base::Result<void> {
        out += piece;
        return {};
    };
}

}  // namespace sheets
