#include "app/guard.h"

#include "platform/identity/pages.h"
#include "platform/identity/permissions.h"
#include "platform/privacy/api.h"

namespace app {
namespace {

// Whoever's role asks for a second factor and who has none reaches the page to set one up, and nothing else.
bool open_to_confined(std::string_view pattern) { return pattern.starts_with("/konto") || pattern.starts_with("/assets/") || pattern == "/abmelden"; }

// Personal data of others: who opens the page is recorded before it is shown. What cannot be recorded is not shown.
base::Result<void> remember(db::Database& database, const web::Site& site, const http::Request& request, const identity::Actor& actor,
                            const std::string& pattern) {
    const auto* page = privacy::watched(pattern);
    if (!page || !actor.signed_in()) return {};
    const identity::AccountId person{page->person ? request.id("id") : 0};
    if (page->person && person == actor.account) return {};
    return privacy::looked(database, *page, actor, person, site.clock().today());
}

}  // namespace

std::vector<std::string> keep_permissions(http::Router& router, const web::Site& site, db::Database& database, identity::Accounts& accounts) {
    const auto guard = std::make_shared<const identity::Guard>(router.entries());
    router.guard = [guard, &router, &site, &database, &accounts](const http::Request& request, http::Method method,
                                                                 const std::string& pattern) -> std::optional<http::Response> {
        const auto token = request.cookie(identity::session_cookie);
        if (!token.empty() && !open_to_confined(pattern))
            if (const auto session = accounts.who(token); session && session->confined) return http::Response::see_other("/konto/zweiter-faktor");
        if (guard->may(identity::Role::anonymous, method, pattern) && !privacy::watched(pattern)) return {};
        const auto actor = site.who(request);
        if (!guard->may(actor.role, method, pattern)) return router.not_found(request);
        if (auto kept = remember(database, site, request, actor, pattern); !kept) {
            site.log(kept.error(), request);
            return site.page([error = kept.error()](const http::Request&, const web::Context&) -> base::Result<http::Response> {
                return tl::unexpected(error);
            })(request);
        }
        return {};
    };
    return guard->unlisted();
}

}  // namespace app
