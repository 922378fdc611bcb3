#pragma once
#include <boost/json.hpp>

#include "measures/desk.h"
#include "measures/round_store.h"

namespace measures {

// What programs read: /api/v1/massnahmen, /zielvorgaben, /abfragen, /regeln, /aenderungen; described in docs/openapi.yaml. Who is not signed in gets
// what is published, as on the pages. What they change stands in api_write.h.
void mount_api(http::Router&, const Desk&);

boost::json::object json_of(const Dossier&, const World&, bool internal);
boost::json::object json_of(const Target&, base::Day as_of, bool internal);
boost::json::object json_of(const RoundView&, base::Day today, bool whole);
boost::json::object json_of(const RuleSet&);

}  // namespace measures
