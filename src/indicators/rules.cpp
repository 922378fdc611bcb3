#include "indicators/rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace indicators {
namespace {

using base::message;

template <class E, std::size_t n>
std::string_view name_in(const std::pair<E, std::string_view> (&names)[n], E value) {
    for (const auto& [each, name] : names)
        if (each == value) return name;
    return {};
}
template <class E, std::size_t n>
std::optional<E> named_in(const std::pair<E, std::string_view> (&names)[n], std::string_view wanted) {
    for (const auto& [each, name] : names)
        if (name == wanted) return each;
    return {};
}
constexpr std::pair<Direction, std::string_view> directions[] = {{Direction::none, ""}, {Direction::higher, "higher"}, {Direction::lower, "lower"}};
constexpr std::pair<Rhythm, std::string_view> rhythms[] = {
    {Rhythm::yearly, "yearly"}, {Rhythm::half_yearly, "half_yearly"}, {Rhythm::quarterly, "quarterly"}, {Rhythm::monthly, "monthly"}};

int months_of(Rhythm rhythm) { return rhythm == Rhythm::yearly ? 12 : rhythm == Rhythm::half_yearly ? 6 : rhythm == Rhythm::quarterly ? 3 : 1; }

bool is_key(std::string_view key) {
    return !key.empty() && key.size() <= 80 &&
           std::all_of(key.begin(), key.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; }) &&
           key.front() != '-' && key.back() != '-';
}
std::optional<int> digits(std::string_view text) {
    int out = 0;
    if (text.empty()) return {};
    for (const char c : text) {
        if (c < '0' || c > '9') return {};
        out = out * 10 + (c - '0');
    }
    return out;
}

}  // namespace

std::string_view name_of(Direction v) { return name_in(directions, v); }
std::string_view name_of(Rhythm v) { return name_in(rhythms, v); }
std::optional<Direction> direction_named(std::string_view v) { return named_in(directions, v); }
std::optional<Rhythm> rhythm_named(std::string_view v) { return named_in(rhythms, v); }

std::optional<Period> period_of(std::string_view name) {
    if (name.size() < 4 || name.size() > 7) return {};
    const auto year = digits(name.substr(0, 4));
    if (!year || *year < 1990 || *year > 2100) return {};
    const auto made = [&](Rhythm rhythm, int number) -> std::optional<Period> {
        const int months = months_of(rhythm);
        if (number < 1 || number > 12 / months) return {};
        const auto first = static_cast<unsigned>((number - 1) * months + 1), last = first + static_cast<unsigned>(months) - 1;
        return Period{base::day(*year, first, 1), base::last_of_month(std::chrono::year(*year) / std::chrono::month(last)), rhythm};
    };
    const auto rest = name.substr(4);
    if (rest.empty()) return made(Rhythm::yearly, 1);
    if (rest.size() != 3 || rest[0] != '-') return {};
    if (rest[1] == 'H') return made(Rhythm::half_yearly, rest[2] - '0');
    if (rest[1] == 'Q') return made(Rhythm::quarterly, rest[2] - '0');
    const auto month = digits(rest.substr(1));
    return month ? made(Rhythm::monthly, *month) : std::nullopt;
}

std::string period_name(Rhythm rhythm, base::Day day) {
    const int year = base::year_of(day), month = static_cast<int>(static_cast<unsigned>(day.month()));
    switch (rhythm) {
        case Rhythm::yearly: return fmt::format("{:04}", year);
        case Rhythm::half_yearly: return fmt::format("{:04}-H{}", year, (month - 1) / 6 + 1);
        case Rhythm::quarterly: return fmt::format("{:04}-Q{}", year, (month - 1) / 3 + 1);
        case Rhythm::monthly: return fmt::format("{:04}-{:02}", year, month);
    }
    return {};
}
std::string last_ended(Rhythm rhythm, base::Day today) {
    return period_name(rhythm, base::plus_days(period_of(period_name(rhythm, today))->from, -1));
}

std::vector<base::FieldError> mistakes_in(const Indicator& i) {
    std::vector<base::FieldError> out;
    if (!is_key(i.key)) out.push_back({"key", message("A key has small letters, digits and dashes: open-meetings.")});
    if (i.title.de.empty()) out.push_back({"title", message("Enter a title.")});
    if (i.unit.de.empty()) out.push_back({"unit", message("Say what is counted.")});
    return out;
}

std::vector<base::FieldError> mistakes_in(const Value& v, const Indicator& i, base::Day today) {
    std::vector<base::FieldError> out;
    const auto period = period_of(v.period);
    if (!period || period->rhythm != i.rhythm)
        out.push_back({"period", message("Name a period as {example}.", {{"example", last_ended(i.rhythm, today)}})});
    else if (period->from > today)
        out.push_back({"period", message("This period has not begun.")});
    if (v.observed_on > today) out.push_back({"observed_on", message("This day lies in the future.")});
    if (!v.value && v.note.empty()) out.push_back({"note", message("Where there is no value, say why.")});
    return out;
}

std::vector<Value> current(const std::vector<Value>& all) {
    std::map<base::Day, Value> by_day;
    for (const auto& v : all)
        if (const auto period = period_of(v.period); period && !v.withdrawn_on) by_day.insert_or_assign(period->until, v);
    std::vector<Value> out;
    for (auto& [day, value] : by_day) out.push_back(std::move(value));
    return out;
}

}  // namespace indicators
