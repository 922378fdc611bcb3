#pragma once
#include "network/api.h"
#include "platform/identity/api.h"

namespace network {

// Creates or, when the key exists, changes a bearer. Refuses circles of part_of.
base::Result<BearerId> save_bearer(db::Connection&, const Bearer&, bool sample, const identity::Actor& by, base::Instant now);
// The same for somebody who looked at it first: a change of somebody else in between is a conflict (code "version").
base::Result<void> change_bearer(db::Connection&, const Bearer&, const identity::Actor& by, base::Instant now);
// "/stellen/neu" and the like are pages, not offices.
bool is_taken_by_a_page(std::string_view key);
base::Result<std::optional<Bearer>> bearer_by_key(db::Connection&, std::string_view key);

// Two people hold one office at once only by mistake, unless the office is one for several (offices.h): overlapping terms are refused, naming every
// term in the way.
base::Result<HoldingId> add_holding(db::Connection&, const Holding&, bool sample, const identity::Actor& by, base::Instant now);
// Its last day, funding and people; office and first day stay. A longer term must leave room for whoever follows.
base::Result<void> change_holding(db::Connection&, const Holding&, const identity::Actor& by, base::Instant now);
base::Result<void> end_holding(db::Connection&, HoldingId, base::Day until, const identity::Actor& by, base::Instant now);
base::Result<void> withdraw_holding(db::Connection&, HoldingId, const identity::Actor& by, base::Instant now);

// Removes every record of the sample; base data stays.
base::Result<void> remove_sample(db::Connection&, const identity::Actor& by, base::Instant now);

}  // namespace network
