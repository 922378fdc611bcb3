#pragma once
// Signing in and out, the first start, one's own password, and the accounts an administrator keeps.
#include <functional>
#include <vector>

#include "platform/http/router.h"
#include "platform/identity/accounts.h"
#include "platform/web/form.h"
#include "platform/web/site.h"

namespace identity {

inline constexpr std::string_view session_cookie = "sitzung";

struct PageParts {
    db::Database& database;
    Accounts& accounts;
    // The units an editor can work for; identity does not know them.
    std::function<std::vector<web::Choice>(const web::Context&)> offices;
};
void mount(http::Router&, web::Site&, PageParts);

// Who asks, by the session cookie; for Site::who.
Actor actor_of(const http::Request&, Accounts&);

}  // namespace identity
