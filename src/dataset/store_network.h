#pragma once
#include "dataset/model.h"
#include "platform/db/db.h"
#include "platform/identity/api.h"

namespace dataset {

// After the ledger: an entry that stands there already is taken for the evidence of its seat, meeting or contact.
base::Result<void> load_network(db::Connection&, const NetworkTables&, bool sample, const identity::Actor& by, base::Instant now);
base::Result<NetworkTables> read_network(db::Connection&, bool sample);

}  // namespace dataset
