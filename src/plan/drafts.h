#pragma once
// Drafts: what an import proposes, kept until somebody has mended, confirmed and adopted it. An adopted clause is never changed here.
#include "plan/import/import.h"
#include "plan/store.h"

namespace plan {

struct Source {
    std::string key;   // of the new plan; made from the title when empty
    std::string name;  // of the file
    std::string sha256;
    PlanId continues;
};
// The proposal as a draft, in one transaction: all of it or nothing. Offices are joined by their names; others keep the text's words.
base::Result<PlanId> save_draft(db::Connection&, const importing::FoundPlan&, const Source&, const By&);

struct Reimported {
    int unchanged = 0, changed = 0, added = 0, left_out = 0;  // clauses
    int statements_kept = 0, statements_added = 0, statements_removed = 0;
};
// A corrected text over a draft: clauses and statements that are still there keep their ids, and with them duties, lineage and whatever
// somebody confirmed; confirmed statements whose words are gone stay, to be judged by a person.
// `held` are the statements a duty stands behind: they stay, confirmed or not. A key names one statement of the plan, for duties go by it.
base::Result<Reimported> reimport(db::Connection&, PlanId, const importing::FoundPlan&, const By&, const std::set<StatementId>& held = {});

struct ClauseEdit {
    std::string number, heading, text;
};
// Search keys of clauses that have none: after an update that made them anew.
base::Result<void> complete_search(db::Database&);
base::Result<void> edit_clause(db::Connection&, ClauseId, const ClauseEdit&, const By&);
// Below another clause (0: to the top), in front of `before` (0: to the end).
base::Result<void> move_clause(db::Connection&, ClauseId, ClauseId parent, ClauseId before, const By&);
// Puts a clause into the one before it: number, heading and text go on there, statements and children with them.
base::Result<ClauseId> join_with_previous(db::Connection&, ClauseId, const By&);
// From the paragraph on (1 is the second) the text becomes the next clause; statements go with their words.
base::Result<ClauseId> split_clause(db::Connection&, ClauseId, std::size_t paragraph, const std::string& number, const std::string& heading,
                                    const By&);

struct StatementEdit {
    base::Bilingual quote;  // the German words stand in the clause
    Modality modality = Modality::declaration;
    std::string rhythm;
    std::vector<network::BearerId> bearers, counterparts;
    network::BearerId lead;
    std::vector<Dated> dates;
    std::vector<Quantity> quantities;
    base::Bilingual vague_reason;
    bool confirmed = true;
};
// Of an adopted concept only bearers, counterparts, translation and the reason of its vagueness change; its words and what they say stay.
base::Result<void> edit_statement(db::Connection&, StatementId, const StatementEdit&, const By&);
// A statement the import missed, by its words; what they say is read as the import reads them.
base::Result<StatementId> add_by_hand(db::Connection&, ClauseId, const std::string& quote, const By&);
base::Result<void> confirm(db::Connection&, StatementId, const By&);
// Offices entered after the import: joined to the unconfirmed statements that name them. How many statements gained one.
base::Result<std::int64_t> join_named(db::Connection&, PlanId, const By&);
base::Result<void> remove_statement(db::Connection&, StatementId, const By&);
base::Result<std::int64_t> confirm_all(db::Connection&, PlanId, const By&);
base::Result<std::int64_t> unconfirmed(db::Connection&, PlanId);

// An amendment of an adopted clause: its version ends the day before, the next begins; statements go on with their ids, copies of them
// stay with the old version, so that every earlier day reads as it was.
base::Result<ClauseId> amend(db::Connection&, ClauseId, const ClauseEdit&, base::Day from, const By&);

struct Words {
    std::string modality, bearers, rhythm, bearer_names, counterpart_names;
};
// What the import relied on, by statement.
base::Result<std::map<StatementId, Words>> words_of_plan(db::Connection&, PlanId);

struct Noticed {
    base::Message message;
    int line = 0;  // of the file; 0 for the whole of it
};
// What the import noticed, kept so that everybody reads it in their language.
base::Result<std::vector<Noticed>> warnings_of(db::Connection&, PlanId);

// "5-4-1-8": a number in an address. Preamble and annex without one are called so.
std::string anchor_of(const ClauseView&);

struct Hit {
    ClauseView clause;
    PlanView plan;
};
// Clauses that hold every word of the question, or words that begin like it; the published ones only, unless all are asked for.
enum class Scope { published, all };
base::Result<std::vector<Hit>> search_clauses(db::Connection&, std::string_view question, Scope, std::size_t most = 50);

}  // namespace plan
