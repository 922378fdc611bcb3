#pragma once
#include <set>

#include "duties/store.h"
#include "duties/summary.h"

namespace duties {

// Roll-ups: what the ledger says of every period (Summary), kept in the transaction that changes the ledger, the duty or an extension. A period by the
// calendar without any evidence, and a year without a request, have none.

// Hears of every change of the ledger from now on. Called once by the wiring, and by tests that need it.
void keep_rollups();

// All periods of all duties anew, in one pass over the ledger.
base::Result<void> rebuild_rollups(db::Connection&);
base::Result<void> rebuild_rollups_of(db::Connection&, std::string_view duty);
// The same, if any duty has none in today's format: after an update of the program.
base::Result<void> renew_rollups(db::Database&);

using Summaries = std::map<std::string, Summary, std::less<>>;  // by period
// Of one duty or, with an empty key, of all, by the duty's id. A duty that has none in today's format is absent.
base::Result<std::map<std::int64_t, Summaries>> rollups(db::Connection&, std::string_view duty = "");

// Single ones, without the keys of their evidence.
struct Wanted {
    DutyId duty;
    std::string period;
};
base::Result<std::map<std::int64_t, Summaries>> rollups(db::Connection&, const std::vector<Wanted>&);
// Those of a duty that begin from a day on.
base::Result<Summaries> rollups_from(db::Connection&, DutyId, base::Day);
// The duties whose roll-ups can be read.
base::Result<std::set<std::int64_t>> rolled_up(db::Connection&);

// The records that bear on some of a duty's periods (see summarise), counted as now known, up to `last`; in the order summarise asks for.
base::Result<std::vector<evidence::Record>> bearing_on(db::Connection&, const Duty&, const std::vector<Slot>& slots, Some wanted,
                                                       std::span<const Extension* const> extensions, base::Day last);

// A summary as text and back.
enum class Evidence { named, counted };
std::string written(const Summary&);
Summary read_summary(std::string_view, Evidence = Evidence::named);

}  // namespace duties
