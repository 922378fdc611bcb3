#pragma once
#include "duties/store.h"
#include "platform/http/router.h"
#include "platform/web/site.h"

namespace duties {

// /umsetzung, /pflichten, /fristen with a feed per office, /schreibtisch: what the concept demands and how it stands. `?stand=` judges as of a day,
// `&bekannt=` by what was known on a day. The public sees published duties of published plans.
void mount(http::Router&, web::Site&, db::Database&);

}  // namespace duties
