#include "app/guard.h"

#include "platform/identity/pages.h"
#include "platform/identity/permissions.h"

namespace app {
namespace {

// Whoever's role asks for a second factor and who has none reaches the page to set one up, and nothing else.
bool open_to_confined(std::string_view pattern) { return pattern.starts_with("/konto") || pattern.starts_with("/assets/") || pattern == "/abmelden"; }

}  // namespace

std::vector<std::string> keep_permissions(http::Router& router, const web::Site& site, identity::Accounts& accounts) {
    const auto guard = std::make_shared<const identity::Guard>(router.entries());
    router.guard = [guard, &router, &site, &accounts](const http::Request& request, http::Method method,
                                                      const std::string& pattern) -> std::optional<http::Response> {
        const auto token = request.cookie(identity::session_cookie);
        if (!token.empty() && !open_to_confined(pattern))
            if (const auto session = accounts.who(token); session && session->confined) return http::Response::see_other("/konto/zweiter-faktor");
        if (guard->may(identity::Role::anonymous, method, pattern)) return {};
        if (guard->may(site.who(request).role, method, pattern)) return {};
        return router.not_found(request);
    };
    return guard->unlisted();
}

}  // namespace app
