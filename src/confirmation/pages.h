#pragma once
#include "confirmation/api.h"
#include "platform/http/router.h"
#include "platform/web/site.h"

namespace confirmation {

struct Wiring {
    Kinds kinds;
    std::function<base::Result<void>(db::Connection&)> changed = [](db::Connection&) -> base::Result<void> { return {}; };
    // The name of an office, for "confirmed by".
    std::function<base::Result<std::string>(db::Connection&, std::int64_t office)> office_name =
        [](db::Connection&, std::int64_t) -> base::Result<std::string> { return std::string(); };
};

// /bestaetigungen for those who look after it, /bestaetigung/{token} for whoever got the mail.
void mount(http::Router&, web::Site&, db::Database&, Wiring);

}  // namespace confirmation
