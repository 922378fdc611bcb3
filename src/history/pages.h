#pragma once
#include "platform/db/db.h"
#include "platform/http/router.h"
#include "platform/web/site.h"

namespace history {

// /verlauf/{what}/{key}: who changed a plan, a duty, an entry of the ledger or an office, when, and from what to what. For signed-in people.
void mount(http::Router&, web::Site&, db::Database&);

}  // namespace history
