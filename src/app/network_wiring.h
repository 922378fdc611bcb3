#pragma once
// How organisations and groups meet the rest: evidence of named contacts, the district's key, what an organisation's page shows of others.
#include "groups/pages.h"
#include "network/pages.h"
#include "organisations/pages.h"

namespace app {

// 4.1-a, 5.3.1: a term of office is evidence that the office is held, and so is everything its tasks say it is held for.
base::Result<void> keep_office_evidence(db::Connection&, const network::Bearer& office, const network::Holding&, bool gone, const identity::Actor&,
                                        base::Instant now);
network::Wiring network_wiring(std::function<base::Result<void>(db::Connection&)> changed);
groups::Wiring groups_wiring(std::function<base::Result<void>(db::Connection&)> changed);
organisations::Wiring organisations_wiring(std::function<base::Result<void>(db::Connection&)> changed);

// 5.3.2: a contact named for a topic ("mso") is evidence as long as it stands; whose contact it is says the bearer of its organisation.
base::Result<void> keep_contact_evidence(db::Connection&, const organisations::ContactPoint&, bool gone, const organisations::By&);

}  // namespace app
