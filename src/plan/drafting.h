#pragma once
// What mending shares inside this capability: the entry of the audit trail, offices found by the names a text gives them, clauses that may change.
#include "plan/drafts.h"
#include "platform/audit/api.h"

namespace plan::drafting {

base::Result<void> recorded(db::Connection&, const By&, std::string subject, std::int64_t id, std::string action, audit::Values before,
                            audit::Values after);

// Offices and bodies by the names texts give them.
class Bearers {
  public:
    static base::Result<Bearers> read(db::Connection&);
    std::vector<network::BearerId> found(const std::vector<std::string>& names) const;
    // Only the district's own may bear what the district lays down (Ziffer 4.2).
    bool own(network::BearerId id) const { return own_.contains(id); }

  private:
    std::map<std::string, network::BearerId> by_name_;
    std::set<network::BearerId> own_;
};

base::Result<StatementId> write_statement(db::Connection&, ClauseId, int position, const importing::FoundStatement&, const std::string& key,
                                          const Bearers&, const By&);
// What the import says anew of a statement nobody has confirmed.
base::Result<void> propose_again(db::Connection&, StatementId, const importing::FoundStatement&, const Bearers&);
// A clause of a draft; adopted ones are not changed.
base::Result<ClauseView> draft_clause(db::Connection&, ClauseId);
// All of a statement as the audit trail keeps it.
audit::Values values_of(const StatementDetail&);
base::Result<StatementDetail> statement_detail(db::Connection&, StatementId);

}  // namespace plan::drafting
