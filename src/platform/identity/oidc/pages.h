#pragma once
#include "platform/http/router.h"
#include "platform/identity/oidc/sign_in.h"
#include "platform/web/site.h"

namespace identity::oidc {

void mount(http::Router&, web::Site&, db::Database&, std::shared_ptr<SignIn>);

}  // namespace identity::oidc
