#pragma once
#include "indicators/rules.h"
#include "indicators/store.h"
#include "platform/http/router.h"
#include "platform/web/site.h"

namespace indicators {

struct Wiring {
    // Raises the revision that kept pages depend on; runs in the transaction of the change.
    std::function<base::Result<void>(db::Connection&)> changed = [](db::Connection&) -> base::Result<void> { return {}; };
    // Key of the integration officer's office.
    std::function<base::Result<std::string>(db::Connection&)> officer = [](db::Connection&) -> base::Result<std::string> {
        return std::string("officer");
    };
};

// /indikatoren: list, one with its line and its values, entering and correcting, CSV and XLSX both ways; /api/v1/indikatoren the same for programs.
void mount(http::Router&, web::Site&, db::Database&, Wiring);

}  // namespace indicators
