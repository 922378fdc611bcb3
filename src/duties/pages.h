#pragma once
#include <functional>
#include <map>

#include "duties/store.h"
#include "platform/http/router.h"
#include "platform/web/site.h"

namespace duties {

// /umsetzung, /pflichten, /fristen with a feed per office, /schreibtisch: what the concept demands and how it stands. `?stand=` judges as of a day,
// `&bekannt=` by what was known on a day. The public sees published duties of published plans.
void mount(http::Router&, web::Site&, db::Database&);

// Named sets hold keys; whoever knows what they stand for (figures, courses) tells the names people read. Asked only when something is missing.
using NamesOf = std::function<base::Result<std::map<std::string, base::Bilingual>>(db::Connection&)>;
void name_members_by(NamesOf);

}  // namespace duties
