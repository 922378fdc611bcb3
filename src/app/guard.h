#pragma once
#include "platform/http/router.h"
#include "platform/identity/accounts.h"
#include "platform/web/site.h"

namespace app {

// The one place that decides who reaches which route (identity/permissions.h), for everything mounted so far. Answers the routes the table does not
// speak of; they are denied to everybody.
std::vector<std::string> keep_permissions(http::Router&, const web::Site&, db::Database&, identity::Accounts&);

}  // namespace app
