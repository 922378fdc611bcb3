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
inline constexpr std::string_view second_step_cookie = "anmeldung";  // between password and second factor
inline constexpr std::string_view device_cookie = "geraet";          // knows a device again

struct PageParts {
    db::Database& database;
    Accounts& accounts;
    // The units an editor can work for; identity does not know them.
    std::function<std::vector<web::Choice>(const web::Context&)> offices;
};
void mount(http::Router&, web::Site&, PageParts);
// Parts of it: links of invitations and resets with the second step; one's own account and its keys for programs; what an administrator decides about signing in.
void mount_door_pages(http::Router&, web::Site&, std::shared_ptr<PageParts>);
void mount_own_pages(http::Router&, web::Site&, std::shared_ptr<PageParts>);
void mount_token_pages(http::Router&, web::Site&, std::shared_ptr<PageParts>);

void mount_passkey_pages(http::Router&, web::Site&, std::shared_ptr<PageParts>);
// The button below the form to sign in; nothing where passkeys cannot work.
web::Html passkey_door(const web::Context&, const http::Request&, const PageParts&, const std::string& next);
// One's passkeys, on the page of one's account.
web::Html own_passkeys(const web::Context&, const http::Request&, const PageParts&);

base::Message title_of(Role);
Accounts::Visit visit_of(const http::Request&);
// After a sign-in: the session's cookie and the device's, or on to the second step.
http::Response signed_in(const http::Request&, const Accounts::SignedIn&, std::string_view next);

// Who asks, by the session cookie or, of the API, by the token of a program; for Site::who.
Actor actor_of(const http::Request&, Accounts&);

}  // namespace identity
