#pragma once
#include <set>

#include "plan/api.h"
#include "platform/db/db.h"
#include "platform/http/router.h"
#include "platform/identity/accounts.h"
#include "platform/mail/sender.h"
#include "platform/web/site.h"

namespace app {

// The pages of every capability: the one list of what the program can do in a browser.
base::Result<void> mount_capabilities(http::Router&, web::Site&, db::Database&, identity::Accounts&, const mail::SenderOptions&,
                                      const std::string& oidc_secret_file = {});

// Statements a duty stands behind: duties know, plans do not.
base::Result<std::set<plan::StatementId>> statements_with_duty(db::Connection&);
// Duties follow their statements to the clauses these stand in now; the program itself changes them.
base::Result<void> duties_follow_statements(db::Connection&, base::Instant now);

}  // namespace app
