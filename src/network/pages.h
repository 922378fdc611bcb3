#pragma once
#include "network/store.h"
#include "platform/http/router.h"
#include "platform/web/site.h"

namespace network {

// /stellen: offices, bodies, units and partners, who holds an office, and from when to when.
// `changed` raises the revision that kept pages depend on; it runs in the transaction of the change.
void mount(http::Router&, web::Site&, db::Database&, std::function<base::Result<void>(db::Connection&)> changed);

}  // namespace network
