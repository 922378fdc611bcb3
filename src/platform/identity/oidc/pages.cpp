// The way to the provider and back, and its settings.
#include "platform/identity/oidc/pages.h"

#include "platform/identity/pages.h"
#include "platform/web/input.h"
#include "platform/web/page.h"
#include "platform/web/url.h"

namespace identity::oidc {
namespace {

using base::message;

constexpr std::string_view state_cookie = "anbieter";

class Pages {
  public:
    Pages(web::Site& site, db::Database& database, std::shared_ptr<SignIn> sign_in)
        : site_(site), database_(database), sign_in_(std::move(sign_in)) {}

    base::Result<http::Response> begin(const http::Request& request, const web::Context& context) const {
        TRY(const auto begun, sign_in_->begin(web::local_path(context.query.get("weiter", "/"))));
        auto response = http::Response::see_other(begun.address);
        response.set_cookie({.name = std::string(state_cookie), .value = begun.state, .max_age_seconds = 600}, request.secure);
        return response;
    }

    base::Result<http::Response> answer(const http::Request& request, const web::Context& context) const {
        const auto back = [&](const base::Message& why) {
            return web::see_other(context, "/anmelden", web::Flash{web::Tone::warning, context.say(why), {}, {}});
        };
        if (context.query.has("error")) return back(message("The provider did not sign you in."));
        const auto done = sign_in_->finish(context.query.get("state"), request.cookie(state_cookie), context.query.get("code"), visit_of(request));
        if (!done) {
            site_.log(done.error(), request);
            if (done.error().kind == base::ErrorKind::forbidden)
                return back(message("The provider knows you, but there is no account for you here. Please ask your administration."));
            if (done.error().kind == base::ErrorKind::unavailable || done.error().kind == base::ErrorKind::internal)
                return tl::unexpected(done.error());
            return back(message("The provider's answer did not fit. Please try once more."));
        }
        auto response = signed_in(request, done->in, done->next);
        response.set_cookie({.name = std::string(state_cookie), .value = "", .max_age_seconds = 0}, request.secure);
        return response;
    }

    base::Result<http::Response> show(const http::Request& request, const web::Context& context, const base::Error* refused = nullptr) const {
        TRY_VOID(administrators_only(context));
        TRY(const auto s, database_.read([](db::Connection& c) { return settings(c); }));
        std::string lines;
        for (const auto& [value, role] : s.role_values) lines += value + " = " + std::string(name_of(role)) + "\n";
        web::Form form(context, {.action = "/konten/anbieter", .cancel_url = "/konten"});
        if (refused) form.typed(request.form).error(*refused);
        form.text("issuer", message("Issuer"),
                  {.value = s.issuer,
                   .hint = message("Address of the provider, for example https://login.example.org. Empty: nobody signs in that way."),
                   .optional = true,
                   .type = "url"});
        form.text("client_id", message("Client ID"), {.value = s.client_id, .optional = true, .autocomplete = "off"});
        form.text("label", message("Name on the button"), {.value = s.label, .optional = true});
        form.text("role_claim", message("Claim with roles or groups"),
                  {.value = s.role_claim, .hint = message("Empty: roles are kept here."), .optional = true});
        form.textarea(
            "roles", message("Which value gives which role"),
            {.value = lines,
             .hint = message("A line each: value = reader, unit_editor, integration_officer or administrator. The first that fits decides."),
             .optional = true});
        form.checkbox("create", message("Make an account for whoever has one of these roles"), s.create);
        return web::page(context,
                         {.title = message("Sign-in by a provider"),
                          .lead = message("OpenID Connect. The secret stands in a file, which the server is told by --oidc-secret-file."),
                          .crumbs = {{message("Accounts"), "/konten"}},
                          .status = refused ? 422 : 200,
                          .index = false},
                         form.html());
    }

    base::Result<http::Response> save(const http::Request& request, const web::Context& context) const {
        TRY_VOID(administrators_only(context));
        web::Input input(request.form);
        Settings next;
        next.issuer = input.text("issuer", {.required = false, .most = 300});
        if (!next.issuer.empty() && !is_safe_address(next.issuer))
            input.wrong("issuer", message("The address begins with https:// (or http:// on this machine)."));
        next.client_id = input.text("client_id", {.required = false, .most = 200});
        next.label = input.text("label", {.required = false, .most = 60});
        next.role_claim = input.text("role_claim", {.required = false, .most = 100});
        std::istringstream lines(input.long_text("roles", {.required = false, .most = 4000}));
        for (std::string line; std::getline(lines, line);) {
            if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
            const auto equals = line.rfind(" = ");
            const auto role = equals == std::string::npos ? std::nullopt : role_named(line.substr(equals + 3));
            if (!role)
                input.wrong("roles", message("“{line}” is not of the form value = role.", {{"line", line}}));
            else
                next.role_values.emplace_back(line.substr(0, equals), *role);
        }
        next.create = input.checked("create");
        if (!input.ok()) return show(request, context, &input.error());
        TRY_VOID(database_.write([&](db::Connection& c) { return save_settings(c, next, context.actor, site_.clock().now()); }));
        return web::see_other(context, "/konten", message("Saved."));
    }

  private:
    static base::Result<void> administrators_only(const web::Context& context) {
        if (context.actor.role != Role::administrator) return base::error(base::ErrorKind::not_found, "administrators only");
        return {};
    }
    web::Site& site_;
    db::Database& database_;
    std::shared_ptr<SignIn> sign_in_;
};

}  // namespace

void mount(http::Router& router, web::Site& site, db::Database& database, std::shared_ptr<SignIn> sign_in) {
    const auto pages = std::make_shared<Pages>(site, database, std::move(sign_in));
    router.get("/anmelden/anbieter", site.page([pages](const http::Request& r, const web::Context& c) { return pages->begin(r, c); }));
    router.get("/anmelden/anbieter/antwort", site.page([pages](const http::Request& r, const web::Context& c) { return pages->answer(r, c); }));
    router.get("/konten/anbieter", site.page([pages](const http::Request& r, const web::Context& c) { return pages->show(r, c); }));
    router.post("/konten/anbieter", site.page([pages](const http::Request& r, const web::Context& c) { return pages->save(r, c); }));
}

}  // namespace identity::oidc
