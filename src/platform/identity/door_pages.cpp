// What opens without a session: the second step of a sign-in, invitations, forgotten passwords.
#include "platform/identity/pages.h"
#include "platform/links/api.h"
#include "platform/web/page.h"
#include "platform/web/url.h"

namespace identity {
namespace {

using base::message;

class DoorPages {
  public:
    DoorPages(std::shared_ptr<PageParts> parts) : parts_(std::move(parts)) {}

    base::Result<http::Response> code_form(const http::Request& request, const web::Context& context, const base::Error* refused = nullptr) const {
        if (request.cookie(second_step_cookie).empty()) return http::Response::see_other("/anmelden");
        web::Form form(context, {.action = "/anmelden/code", .submit = message("Sign in"), .idempotency_key = false});
        if (refused) form.error(*refused);
        form.hidden("weiter", web::local_path(refused ? request.form.get("weiter", "/") : context.query.get("weiter", "/")));
        form.text("code", message("Code"),
                  {.hint = message("The six digits your app shows now, or one of your recovery codes."),
                   .autocomplete = "one-time-code",
                   .short_input = true});
        return web::page(context,
                         {.title = message("Second factor"),
                          .lead = message("Your password was right. One more step."),
                          .status = refused ? web::http_status(refused->kind) : 200,
                          .index = false},
                         form.html());
    }

    base::Result<http::Response> code(const http::Request& request, const web::Context& context) const {
        const auto done = parts_->accounts.second_step(request.cookie(second_step_cookie), request.form.get("code"), visit_of(request));
        if (done) return signed_in(request, *done, request.form.get("weiter", "/"));
        if (done.error().kind == base::ErrorKind::not_found)
            return web::see_other(context, "/anmelden",
                                  web::Flash{web::Tone::warning, context.say(message("That took too long. Please sign in once more.")), {}, {}});
        if (done.error().fields.empty()) return tl::unexpected(done.error());
        return code_form(request, context, &done.error());
    }

    base::Result<http::Response> forgotten_form(const http::Request&, const web::Context& context) const {
        web::Form form(context,
                       {.action = "/passwort-vergessen", .submit = message("Send a link"), .cancel_url = "/anmelden", .idempotency_key = false});
        form.text("name", message("Sign-in name or e-mail address"), {.autocomplete = "username"});
        return web::page(
            context,
            {.title = message("Password forgotten"), .lead = message("We send a link to the address kept with the account."), .index = false},
            form.html());
    }

    // The same answer for everybody, in the same time: a row is written, and a job looks whom it concerns.
    base::Result<http::Response> forgotten(const http::Request& request, const web::Context& context) const {
        TRY_VOID(parts_->accounts.ask_for_reset(request.form.get("name")));
        return web::see_other(context, "/anmelden",
                              message("If there is such an account with an e-mail address, a link is on its way. It works for an hour."));
    }

    base::Result<http::Response> password_form(const http::Request& request, const web::Context& context, std::string_view purpose,
                                               const base::Error* refused = nullptr) const {
        const auto token = request.path_values.get("token");
        const auto whose = parts_->accounts.owner_of_link(token, purpose);
        if (!whose) {
            if (whose.error().kind != base::ErrorKind::not_found) return tl::unexpected(whose.error());
            return web::page(context, {.title = message("This link does not open"), .status = 404, .index = false},
                             web::paragraphs(context.say(links::why_not(whose.error()))));
        }
        const bool invitation = purpose == invitation_purpose;
        web::Form form(
            context,
            {.action = (invitation ? "/einladung/" : "/passwort/") + token, .submit = message("Set the password"), .idempotency_key = false});
        if (refused) form.error(*refused);
        form.text("password", message("Password"),
                  {.hint = message("At least twelve characters; a few words in a row are easy to remember."),
                   .type = "password",
                   .autocomplete = "new-password"});
        return web::page(context,
                         {.title = invitation ? message("Welcome") : message("A new password"),
                          .lead = message("Your sign-in name is {name}.", {{"name", whose->sign_in}}),
                          .status = refused ? web::http_status(refused->kind) : 200,
                          .index = false},
                         form.html());
    }

    base::Result<http::Response> set_password(const http::Request& request, const web::Context& context, std::string_view purpose) const {
        const auto done = parts_->accounts.set_password_by_link(request.path_values.get("token"), purpose, request.form.get("password"));
        if (done) return web::see_other(context, "/anmelden", message("Your password is set. Please sign in."));
        if (done.error().kind == base::ErrorKind::not_found) return password_form(request, context, purpose);
        if (done.error().fields.empty()) return tl::unexpected(done.error());
        return password_form(request, context, purpose, &done.error());
    }

  private:
    std::shared_ptr<PageParts> parts_;
};

}  // namespace

void mount_door_pages(http::Router& router, web::Site& site, std::shared_ptr<PageParts> parts) {
    const auto pages = std::make_shared<DoorPages>(std::move(parts));
    router.get("/anmelden/code", site.page([pages](const http::Request& r, const web::Context& c) { return pages->code_form(r, c); }));
    router.post("/anmelden/code", site.page([pages](const http::Request& r, const web::Context& c) { return pages->code(r, c); }));
    router.get("/passwort-vergessen", site.page([pages](const http::Request& r, const web::Context& c) { return pages->forgotten_form(r, c); }));
    router.post("/passwort-vergessen", site.page([pages](const http::Request& r, const web::Context& c) { return pages->forgotten(r, c); }));
    for (const auto& [path, purpose] : {std::pair{"/einladung/{token:any}", invitation_purpose}, std::pair{"/passwort/{token:any}", reset_purpose}}) {
        const std::string_view what = purpose;
        router.get(path, site.page([pages, what](const http::Request& r, const web::Context& c) { return pages->password_form(r, c, what); }));
        router.post(path, site.page([pages, what](const http::Request& r, const web::Context& c) { return pages->set_password(r, c, what); }));
    }
}

}  // namespace identity
