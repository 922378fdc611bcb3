#pragma once
#include "platform/db/db.h"
#include "platform/http/router.h"
#include "platform/web/site.h"

namespace history {

// /verlauf/{what}/{key}: who changed a plan, a duty, an entry of the ledger, an office, an organisation, a network, a contact or a
// mailing list, when, and from what to what. For signed-in people. /konten/{id}/verlauf: the same of an account, for administrators.
void mount(http::Router&, web::Site&, db::Database&);

}  // namespace history
