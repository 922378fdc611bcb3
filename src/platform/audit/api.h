#pragma once
// Every change leaves who, when, what, before and after, in the transaction of the change itself.
#include <string>
#include <utility>
#include <vector>

#include "platform/base/day.h"
#include "platform/db/db.h"
#include "platform/identity/api.h"

namespace audit {

using EntryId = base::Id<struct AuditEntryTag>;

// Field names and their values as text, in the order a person reads them. What a field is called is kept for ever; its value can be purged.
using Values = std::vector<std::pair<std::string, std::string>>;

struct Change {
    identity::Actor by;       // account 0: the program itself (command line, job)
    base::Instant at{};
    std::string subject;      // "plan.clause", "duties.duty", "identity.account": capability.record
    std::string record;       // id or stable key of the record
    std::string action;       // "create", "change", "withdraw", "adopt" …
    Values before;            // empty when it was created
    Values after;             // empty when it was withdrawn
};

// Appends to the chain. Call it in the same transaction as the change.
base::Result<EntryId> record(db::Connection&, const Change&);

}  // namespace audit
