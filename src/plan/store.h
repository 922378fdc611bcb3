#pragma once
// Plans in the database: what api.h reads, and how a plan, its clauses and statements come in. Every function runs in the caller's transaction
// and is audited there.
#include "plan/api.h"
#include "platform/identity/api.h"

namespace plan {

struct By {
    identity::Actor actor;
    base::Instant now{};
};

struct NewPlan {
    std::string key;
    base::Bilingual title;
    PlanState state = PlanState::draft;
    std::optional<base::Day> valid_from, valid_until, adopted_on;
    std::string resolution;
    PlanId continues;
    bool published = false;
    std::string source_name, source_sha256;
};
// An adopted plan needs its first day of validity; a key is taken once (invalid_input on "key").
base::Result<PlanId> add_plan(db::Connection&, const NewPlan&, const By&);

struct NewClause {
    PlanId plan;
    ClauseId parent;
    std::string number;
    ClauseKind kind = ClauseKind::clause;
    int position = 0;
    base::Bilingual heading, text;
    std::optional<base::Day> valid_from, valid_until;
    bool published = false;
};
base::Result<ClauseId> add_clause(db::Connection&, const NewClause&, const By&);

struct Quantity {
    double amount = 0;
    std::string unit;
    std::string comparison = "at_least";  // at_least, at_most, exactly
    std::string words;
};
struct Dated {
    base::Day on{};
    std::string words;
};
struct NewStatement {
    ClauseId clause;
    std::string key;
    int position = 0;
    base::Bilingual quote;
    Modality modality = Modality::declaration;
    bool confirmed = false;
    std::string rhythm;
    std::vector<network::BearerId> bearers;  // the lead first
    network::BearerId lead;                  // none: nobody leads
    std::vector<network::BearerId> counterparts;
    std::vector<Dated> dates;
    std::vector<Quantity> quantities;
    bool open_list = false;
    base::Bilingual vague_reason;
};
// Who bears it and with whom, by which days, how much: in place of what stood there.
base::Result<void> write_details(db::Connection&, StatementId, const NewStatement&);
base::Result<StatementId> add_statement(db::Connection&, const NewStatement&, const By&);

struct Lineage {
    ClauseId clause;
    Relation relation = Relation::new_clause;
    ClauseId from;  // none where the clause is new
    std::string note;
};
base::Result<void> add_lineage(db::Connection&, const Lineage&);
base::Result<std::vector<Lineage>> lineage_of_plan(db::Connection&, PlanId);

// A statement with everything people wrote of it; for the reading view and for exports.
struct StatementDetail {
    StatementId id;
    ClauseId clause;
    std::string key;
    base::Bilingual quote;
    Modality modality = Modality::declaration;
    bool confirmed = false;
    std::string rhythm;
    std::vector<network::BearerId> bearers;
    network::BearerId lead;
    std::vector<network::BearerId> counterparts;
    std::vector<Dated> dates;
    std::vector<Quantity> quantities;
    bool open_list = false;
    base::Bilingual vague_reason;
};
// All statements of the clauses that are valid on a day, in reading order; four queries, whatever the size.
base::Result<std::vector<StatementDetail>> statement_details(db::Connection&, PlanId, base::Day as_of);

struct PlanDetail {
    PlanView view;
    std::optional<base::Day> adopted_on;
    std::string resolution;
    PlanId continues;
    std::string source_name;
};
base::Result<PlanDetail> plan_detail(db::Connection&, PlanId);

// Adoption makes the clauses immutable: from then on an amendment adds the next version.
struct Adoption {
    base::Day valid_from{};
    std::optional<base::Day> valid_until, adopted_on;
    std::string resolution;
};
base::Result<void> adopt(db::Connection&, PlanId, const Adoption&, const By&);
base::Result<void> publish(db::Connection&, PlanId, bool published, const By&);

}  // namespace plan
