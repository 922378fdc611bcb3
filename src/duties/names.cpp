// The names of the choices in data, forms and JSON.
#include <array>
#include <utility>

#include "duties/model.h"

namespace duties {
namespace {

template <class Enum, std::size_t N>
using Names = std::array<std::pair<Enum, std::string_view>, N>;

constexpr Names<Aggregate, 5> aggregates{
    {{Aggregate::count, "count"}, {Aggregate::sum, "sum"}, {Aggregate::latest, "latest"}, {Aggregate::each, "each"}, {Aggregate::share, "share"}}};
constexpr Names<Comparison, 3> comparisons{{{Comparison::at_least, "at_least"}, {Comparison::at_most, "at_most"}, {Comparison::exactly, "exactly"}}};
constexpr Names<Period, 7> periods{{{Period::once, "once"},
                                    {Period::year, "year"},
                                    {Period::half_year, "half_year"},
                                    {Period::quarter, "quarter"},
                                    {Period::month, "month"},
                                    {Period::standing, "standing"},
                                    {Period::on_request, "on_request"}}};
constexpr Names<OriginKind, 3> origin_kinds{
    {{OriginKind::wording, "wording"}, {OriginKind::resolution, "resolution"}, {OriginKind::assumption, "assumption"}}};
constexpr Names<OriginPart, 8> origin_parts{{{OriginPart::rule, "rule"},
                                             {OriginPart::threshold, "threshold"},
                                             {OriginPart::period, "period"},
                                             {OriginPart::due, "due"},
                                             {OriginPart::freshness, "freshness"},
                                             {OriginPart::set, "set"},
                                             {OriginPart::answer, "answer"},
                                             {OriginPart::grace, "grace"}}};
constexpr Names<State, 11> states{{{State::not_yet_due, "not_yet_due"},
                                   {State::open, "open"},
                                   {State::due_soon, "due_soon"},
                                   {State::fulfilled, "fulfilled"},
                                   {State::overdue, "overdue"},
                                   {State::fulfilled_late, "fulfilled_late"},
                                   {State::breached, "breached"},
                                   {State::behind_assumption, "behind_assumption"},
                                   {State::waived, "waived"},
                                   {State::term_ended, "term_ended"},
                                   {State::not_applicable, "not_applicable"}}};

template <class Enum, std::size_t N>
std::string_view name_in(const Names<Enum, N>& names, Enum value) {
    for (const auto& [choice, name] : names)
        if (choice == value) return name;
    return {};
}

template <class Enum, std::size_t N>
std::optional<Enum> value_in(const Names<Enum, N>& names, std::string_view wanted) {
    for (const auto& [choice, name] : names)
        if (name == wanted) return choice;
    return {};
}

}  // namespace

std::string_view name_of(Aggregate v) { return name_in(aggregates, v); }
std::string_view name_of(Comparison v) { return name_in(comparisons, v); }
std::string_view name_of(Period v) { return name_in(periods, v); }
std::string_view name_of(OriginKind v) { return name_in(origin_kinds, v); }
std::string_view name_of(OriginPart v) { return name_in(origin_parts, v); }
std::string_view name_of(State v) { return name_in(states, v); }
std::optional<Aggregate> aggregate_named(std::string_view n) { return value_in(aggregates, n); }
std::optional<Comparison> comparison_named(std::string_view n) { return value_in(comparisons, n); }
std::optional<Period> period_named(std::string_view n) { return value_in(periods, n); }
std::optional<OriginKind> origin_kind_named(std::string_view n) { return value_in(origin_kinds, n); }
std::optional<OriginPart> origin_part_named(std::string_view n) { return value_in(origin_parts, n); }
std::optional<State> state_named(std::string_view n) { return value_in(states, n); }

}  // namespace duties
