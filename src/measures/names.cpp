#include <utility>

#include "measures/model.h"
#include "measures/target_model.h"

namespace measures {
namespace {
template <class E>
using Name = std::pair<E, std::string_view>;

constexpr Name<Kind> kinds[] = {
    {Kind::framework_goal, "framework_goal"}, {Kind::single, "single"}, {Kind::permanent, "permanent"}, {Kind::self_commitment, "self_commitment"}};
constexpr Name<State> states[] = {{State::proposed, "proposed"},
                                  {State::in_clarification, "in_clarification"},
                                  {State::agreed, "agreed"},
                                  {State::under_way, "under_way"},
                                  {State::under_review, "under_review"},
                                  {State::suspended, "suspended"},
                                  {State::fulfilled, "fulfilled"},
                                  {State::partly_fulfilled, "partly_fulfilled"},
                                  {State::not_fulfilled, "not_fulfilled"},
                                  {State::rejected, "rejected"},
                                  {State::repealed, "repealed"},
                                  {State::replaced, "replaced"}};
constexpr Name<Grade> grades[] = {{Grade::none, "none"},       {Grade::intention, "intention"},   {Grade::assigned, "assigned"},
                                  {Grade::binding, "binding"}, {Grade::verifiable, "verifiable"}, {Grade::verified, "verified"}};
constexpr Name<Rhythm> rhythms[] = {{Rhythm::none, ""},
                                    {Rhythm::yearly, "yearly"},
                                    {Rhythm::half_yearly, "half_yearly"},
                                    {Rhythm::quarterly, "quarterly"},
                                    {Rhythm::monthly, "monthly"}};
constexpr Name<ResourceKind> resource_kinds[] = {{ResourceKind::budget, "budget"},
                                                 {ResourceKind::post_share, "post_share"},
                                                 {ResourceKind::funded_project, "funded_project"},
                                                 {ResourceKind::in_kind, "in_kind"},
                                                 {ResourceKind::no_extra_means, "no_extra_means"}};
constexpr Name<CriterionKind> criterion_kinds[] = {
    {CriterionKind::none, ""}, {CriterionKind::yes_or_no, "yes_or_no"}, {CriterionKind::value, "value"}};
constexpr Name<Direction> directions[] = {
    {Direction::at_least, "at_least"}, {Direction::at_most, "at_most"}, {Direction::exactly, "exactly"}, {Direction::within, "within"}};
constexpr Name<Assessment> assessments[] = {
    {Assessment::on_track, "on_track"}, {Assessment::delayed, "delayed"}, {Assessment::endangered, "endangered"}, {Assessment::done, "done"}};
constexpr Name<CommitmentState> commitments[] = {
    {CommitmentState::offered, "offered"}, {CommitmentState::confirmed, "confirmed"}, {CommitmentState::withdrawn, "withdrawn"}};
constexpr Name<TargetState> target_states[] = {{TargetState::draft, "draft"},       {TargetState::in_consultation, "in_consultation"},
                                               {TargetState::ready, "ready"},       {TargetState::adjourned, "adjourned"},
                                               {TargetState::rejected, "rejected"}, {TargetState::resolved, "resolved"},
                                               {TargetState::in_force, "in_force"}, {TargetState::replaced, "replaced"},
                                               {TargetState::reached, "reached"},   {TargetState::partly, "partly"},
                                               {TargetState::missed, "missed"},     {TargetState::not_measurable, "not_measurable"}};
constexpr Name<Party> parties[] = {{Party::district_council, "district_council"}, {Party::administration, "administration"}};

template <class E, std::size_t n>
std::string_view name_in(const Name<E> (&names)[n], E value) {
    for (const auto& [each, name] : names)
        if (each == value) return name;
    return {};
}
template <class E, std::size_t n>
std::optional<E> named_in(const Name<E> (&names)[n], std::string_view wanted) {
    for (const auto& [each, name] : names)
        if (name == wanted) return each;
    return {};
}
}  // namespace

std::string_view name_of(Kind v) { return name_in(kinds, v); }
std::string_view name_of(State v) { return name_in(states, v); }
std::string_view name_of(Grade v) { return name_in(grades, v); }
std::string_view name_of(Rhythm v) { return name_in(rhythms, v); }
std::string_view name_of(ResourceKind v) { return name_in(resource_kinds, v); }
std::string_view name_of(CriterionKind v) { return name_in(criterion_kinds, v); }
std::string_view name_of(Direction v) { return name_in(directions, v); }
std::string_view name_of(Assessment v) { return name_in(assessments, v); }
std::string_view name_of(CommitmentState v) { return name_in(commitments, v); }
std::string_view name_of(TargetState v) { return name_in(target_states, v); }
std::string_view name_of(Party v) { return name_in(parties, v); }
std::optional<Kind> kind_named(std::string_view v) { return named_in(kinds, v); }
std::optional<State> state_named(std::string_view v) { return named_in(states, v); }
std::optional<Grade> grade_named(std::string_view v) { return named_in(grades, v); }
std::optional<Rhythm> rhythm_named(std::string_view v) { return named_in(rhythms, v); }
std::optional<ResourceKind> resource_kind_named(std::string_view v) { return named_in(resource_kinds, v); }
std::optional<CriterionKind> criterion_kind_named(std::string_view v) { return named_in(criterion_kinds, v); }
std::optional<Direction> direction_named(std::string_view v) { return named_in(directions, v); }
std::optional<Assessment> assessment_named(std::string_view v) { return named_in(assessments, v); }
std::optional<CommitmentState> commitment_state_named(std::string_view v) { return named_in(commitments, v); }
std::optional<TargetState> target_state_named(std::string_view v) { return named_in(target_states, v); }
std::optional<Party> party_named(std::string_view v) { return named_in(parties, v); }

bool is_open(State state) {
    switch (state) {
        case State::proposed:
        case State::in_clarification:
        case State::agreed:
        case State::under_way:
        case State::under_review:
        case State::suspended: return true;
        case State::fulfilled:
        case State::partly_fulfilled:
        case State::not_fulfilled:
        case State::rejected:
        case State::repealed:
        case State::replaced: return false;
    }
    return false;
}

}  // namespace measures
