#pragma once
#include "measures/target_store.h"
#include "platform/http/router.h"
#include "platform/web/site.h"

namespace measures {

struct Wiring {
    // The observed line of an indicator by its key; nothing for an unknown one, and empty while nobody counts indicators: then people enter what they
    // observed.
    std::function<base::Result<std::optional<IndicatorLine>>(db::Connection&, const std::string& indicator)> indicator = {};
    // Raises the revision that kept pages depend on; runs in the transaction of the change.
    std::function<base::Result<void>(db::Connection&)> changed = [](db::Connection&) -> base::Result<void> { return {}; };
};

// /massnahmen: list, one measure with its gate, editing with the grade beside it, steps, resources, milestones, evidence, reports; CSV.
// /zielvorgaben: targets of the council with both consultations.
void mount(http::Router&, web::Site&, db::Database&, Wiring);
// The request a mail program sends when somebody presses its button to end the mails (RFC 8058): it carries no form of ours, the link is its proof.
bool is_one_click(const http::Request&);
void mount_targets(http::Router&, web::Site&, db::Database&, const Wiring&);

}  // namespace measures
