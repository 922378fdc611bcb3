#pragma once
#include "exchanges/store.h"
#include "platform/http/router.h"
#include "platform/web/site.h"

namespace exchanges {

struct Wiring {
    // Raises the revision that kept pages depend on; runs in the transaction of the change.
    std::function<base::Result<void>(db::Connection&)> changed = [](db::Connection&) -> base::Result<void> { return {}; };
};

// /kontakte: the contact log, for signed-in people; offices keep their own entries, those who steer all of them.
void mount(http::Router&, web::Site&, db::Database&, Wiring);

}  // namespace exchanges
