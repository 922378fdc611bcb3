#pragma once
#include "platform/http/router.h"
#include "platform/web/site.h"
#include "site/api.h"

namespace site {

// Imprint, data protection, accessibility statement with its way to report barriers, and the settings an administrator writes.
// `changed` raises the revision that kept pages depend on.
void mount(http::Router&, web::Site&, db::Database&, std::function<base::Result<void>(db::Connection&)> changed);

}  // namespace site
