#pragma once
#include "evidence/store.h"
#include "platform/http/router.h"
#include "platform/web/site.h"

namespace evidence {

// /nachweise: the ledger, one entry, recording by hand with a file or a link, taking back. The public sees published entries: kind, day, quantity,
// public title, office; never the recorder, a note, a link or a file.
void mount(http::Router&, web::Site&, db::Database&);

}  // namespace evidence
