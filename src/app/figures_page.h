#pragma once
#include "platform/db/db.h"
#include "platform/http/router.h"
#include "platform/web/site.h"

namespace app {

// /kennzahlen: the figures a plan states about the district, each with its source, and what does not fit together.
void mount_figures(http::Router&, web::Site&, db::Database&);

}  // namespace app
