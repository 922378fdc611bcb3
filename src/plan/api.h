#pragma once
// What other capabilities may use of plans: ids, small read-only views and the questions duties, datasets and reports ask.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "network/api.h"
#include "platform/base/bilingual.h"
#include "platform/base/day.h"
#include "platform/base/id.h"
#include "platform/base/result.h"
#include "platform/db/db.h"

namespace plan {

using PlanId = base::Id<struct PlanTag>;
using ClauseId = base::Id<struct ClauseTag>;
using StatementId = base::Id<struct StatementTag>;

// From strongest to weakest; a clause shows the strongest of its statements.
enum class Modality { obligation, conditional_obligation, power, effort, declaration };
std::string_view name_of(Modality);  // the name in JSON and in the database: "conditional_obligation"
std::optional<Modality> modality_named(std::string_view);
bool is_stronger(Modality, Modality);
// Only an obligation can be missed, a conditional one once its condition occurred; everything else is reported, never judged.
bool can_be_missed(Modality);

enum class PlanState { draft, adopted };
std::string_view name_of(PlanState);

enum class ClauseKind { preamble, clause, annex };
std::string_view name_of(ClauseKind);
std::optional<ClauseKind> clause_kind_named(std::string_view);

// What became of the predecessor's clause (domain.md, "Relation to the predecessor").
enum class Relation { carried_over, amended, new_clause, repealed, replaced, referred };
std::string_view name_of(Relation);  // "carried_over", …, "new"
std::optional<Relation> relation_named(std::string_view);

struct PlanView {
    PlanId id;
    std::string key;  // stable short name in addresses and data sets: "nordhausen-2018"
    base::Bilingual title;
    PlanState state = PlanState::draft;
    bool published = false;
    std::optional<base::Day> valid_from;
    std::optional<base::Day> valid_until;  // the last day it is valid
};

struct ClauseView {
    ClauseId id;
    PlanId plan;
    ClauseId parent;
    std::string number;  // "5.4.1.8"; empty for a preamble or an annex without number
    ClauseKind kind = ClauseKind::clause;
    base::Bilingual heading;
    base::Bilingual text;
    int position = 0;
    std::optional<Modality> modality;  // strongest of its statements
    bool published = false;
};

struct StatementView {
    StatementId id;
    ClauseId clause;
    PlanId plan;
    std::string key;  // "5.4.1.8-a"; stays the same through corrections and new versions
    std::string clause_number;
    base::Bilingual quote;
    Modality modality = Modality::declaration;
    std::vector<network::BearerId> bearers;  // the lead first
};

base::Result<std::vector<PlanView>> plans(db::Connection&);
base::Result<PlanView> find_plan(db::Connection&, PlanId);
base::Result<PlanView> find_plan_by_key(db::Connection&, std::string_view key);
// The clauses of a plan as they are valid on a day, in reading order. For a draft the day is of no matter.
base::Result<std::vector<ClauseView>> clauses_of(db::Connection&, PlanId, base::Day as_of);
base::Result<ClauseView> find_clause(db::Connection&, ClauseId);
base::Result<std::vector<StatementView>> statements_of(db::Connection&, PlanId, base::Day as_of);
base::Result<StatementView> find_statement(db::Connection&, StatementId);
base::Result<StatementView> find_statement_by_key(db::Connection&, PlanId, std::string_view key, base::Day as_of);

}  // namespace plan
