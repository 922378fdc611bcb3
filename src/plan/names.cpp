#include <array>
#include <utility>

#include "plan/api.h"

namespace plan {
namespace {

constexpr std::array<std::pair<Modality, std::string_view>, 5> modalities{{
    {Modality::obligation, "obligation"},
    {Modality::conditional_obligation, "conditional_obligation"},
    {Modality::power, "power"},
    {Modality::effort, "effort"},
    {Modality::declaration, "declaration"},
}};
constexpr std::array<std::pair<ClauseKind, std::string_view>, 3> kinds{{
    {ClauseKind::preamble, "preamble"},
    {ClauseKind::clause, "clause"},
    {ClauseKind::annex, "annex"},
}};
constexpr std::array<std::pair<Relation, std::string_view>, 6> relations{{
    {Relation::carried_over, "carried_over"},
    {Relation::amended, "amended"},
    {Relation::new_clause, "new"},
    {Relation::repealed, "repealed"},
    {Relation::replaced, "replaced"},
    {Relation::referred, "referred"},
}};

template <class Table, class Value>
std::string_view name_in(const Table& table, Value value) {
    for (const auto& [v, name] : table)
        if (v == value) return name;
    return {};
}
template <class Value, std::size_t N>
std::optional<Value> value_in(const std::array<std::pair<Value, std::string_view>, N>& table, std::string_view name) {
    for (const auto& [value, n] : table)
        if (n == name) return value;
    return std::nullopt;
}

}  // namespace

std::string_view name_of(Modality m) { return name_in(modalities, m); }
std::optional<Modality> modality_named(std::string_view name) { return value_in(modalities, name); }
bool is_stronger(Modality a, Modality b) { return static_cast<int>(a) < static_cast<int>(b); }
bool can_be_missed(Modality m) { return m == Modality::obligation || m == Modality::conditional_obligation; }
std::string_view name_of(PlanState s) { return s == PlanState::draft ? "draft" : "adopted"; }
std::string_view name_of(ClauseKind k) { return name_in(kinds, k); }
std::optional<ClauseKind> clause_kind_named(std::string_view name) { return value_in(kinds, name); }
std::string_view name_of(Relation r) { return name_in(relations, r); }
std::optional<Relation> relation_named(std::string_view name) { return value_in(relations, name); }

}  // namespace plan
