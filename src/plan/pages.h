#pragma once
#include <functional>
#include <set>

#include "plan/drafts.h"
#include "platform/http/router.h"
#include "platform/web/site.h"

namespace plan {

struct Hooks {
    // Raises the revision that kept pages depend on; runs in the transaction of the change.
    std::function<base::Result<void>(db::Connection&)> changed;
    // Statements a duty with a rule stands behind; duties know, plans do not.
    std::function<base::Result<std::set<StatementId>>(db::Connection&)> with_duty;
};

// /konzept: reading, searching, comparing, what is vague; and for those who steer: upload, mending, adopting.
void mount(http::Router&, web::Site&, db::Database&, Hooks);

}  // namespace plan
