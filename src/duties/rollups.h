#pragma once
#include "duties/store.h"
#include "duties/summary.h"

namespace duties {

// Roll-ups: what the ledger says of every period (Summary), kept in the transaction that changes the ledger, the duty or an extension.

// Hears of every change of the ledger from now on. Called once by the wiring, and by tests that need it.
void keep_rollups();

// All periods of all duties anew, in one pass over the ledger.
base::Result<void> rebuild_rollups(db::Connection&);
base::Result<void> rebuild_rollups_of(db::Connection&, std::string_view duty);

using Summaries = std::map<std::string, Summary, std::less<>>;  // by period
// Of one duty or, with an empty key, of all, by the duty's id.
base::Result<std::map<std::int64_t, Summaries>> rollups(db::Connection&, std::string_view duty = "");

// A summary as text and back.
std::string written(const Summary&);
Summary read_summary(std::string_view);

}  // namespace duties
