#pragma once
#include "mailing/store.h"
#include "platform/http/router.h"
#include "platform/web/site.h"

namespace mailing {

struct Wiring {
    // Raises the revision that kept pages depend on; runs in the transaction of the change.
    std::function<base::Result<void>(db::Connection&)> changed = [](db::Connection&) -> base::Result<void> { return {}; };
};

// /verteiler: lists anybody may ask for, and /abonnement and /abbestellen, the links of their mails.
void mount(http::Router&, web::Site&, db::Database&, Wiring);
// What those who steer do with them: keep lists, see who agreed to what, write and send.
void mount_desk(http::Router&, web::Site&, db::Database&, const Wiring&);

std::string url_of(const List&);
inline std::string lang(const web::Context& context) { return std::string(i18n::code(context.language)); }

// The request a mail program sends when somebody presses its button to unsubscribe (RFC 8058): it carries no form of ours, the token is its proof.
bool is_one_click(const http::Request&);

}  // namespace mailing
