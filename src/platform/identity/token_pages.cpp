// Keys of one's own account for programs: made, shown once, revoked.
#include "platform/identity/api_tokens.h"
#include "platform/identity/pages.h"
#include "platform/web/input.h"
#include "platform/web/page.h"
#include "platform/web/url.h"

namespace identity {
namespace {

using base::message;

class TokenPages {
  public:
    TokenPages(web::Site& site, std::shared_ptr<PageParts> parts) : site_(site), parts_(std::move(parts)) {}

    base::Result<http::Response> list(const http::Request&, const web::Context& context) const { return overview(context, nullptr, nullptr); }

    base::Result<http::Response> create(const http::Request& request, const web::Context& context) const {
        if (!context.actor.signed_in()) return to_sign_in(context);
        web::Input input(request.form);
        NewApiToken wanted;
        wanted.name = input.text("name", {.required = false, .most = 100});
        for (const auto& name : request.form.all("darf"))
            if (const auto scope = api_scope_named(name)) wanted.scopes.push_back(*scope);
        wanted.days = static_cast<int>(input.number("tage", 1, most_api_token_days).value_or(0));
        input.also(mistakes_in(wanted));
        // A stolen session must not outlive itself as a key. Whoever signs in by a provider has no password to type.
        TRY(const auto mine, parts_->database.read([&](db::Connection& c) { return account(c, context.actor.account); }));
        if (!mine.invited) {
            const auto known = parts_->accounts.is_password_of(context.actor.account, request.form.get("current"));
            if (!known) return tl::unexpected(known.error());
            if (!*known) input.wrong("current", message("This is not your current password."));
        }
        if (!input.ok()) return overview(context, &request.form, &input.error());
        const auto secret = parts_->database.write(
            [&](db::Connection& c) { return issue_api_token(c, context.actor.account, wanted, context.actor, site_.clock().now()); });
        if (!secret && secret.error().fields.empty()) return tl::unexpected(secret.error());
        if (!secret) return overview(context, &request.form, &secret.error());
        return web::page(context, {.title = message("Your new key"), .crumbs = crumbs(true), .index = false}, "identity/new_api_token.tpl",
                         [&](web::View& view) {
                             view.set("NAME", wanted.name);
                             view.set("TOKEN", *secret);
                         });
    }

    base::Result<http::Response> revoke(const http::Request& request, const web::Context& context) const {
        if (!context.actor.signed_in()) return to_sign_in(context);
        TRY_VOID(parts_->database.write([&](db::Connection& c) {
            return revoke_api_token(c, context.actor.account, ApiTokenId{request.id("id")}, context.actor, site_.clock().now());
        }));
        return web::see_other(context, "/konto/api-schluessel", message("The key is revoked; it opens nothing any more."));
    }

  private:
    static std::vector<web::Crumb> crumbs(bool deep) {
        std::vector<web::Crumb> out{{message("My account"), "/konto"}};
        if (deep) out.push_back({message("Keys for programs"), "/konto/api-schluessel"});
        return out;
    }
    static base::Result<http::Response> to_sign_in(const web::Context& context) {
        return http::Response::see_other("/anmelden?weiter=" + web::url_encode(context.target));
    }

    base::Result<http::Response> overview(const web::Context& context, const http::Fields* typed, const base::Error* refused) const {
        if (!context.actor.signed_in()) return to_sign_in(context);
        struct Mine {
            Account account;
            std::vector<ApiToken> tokens;
        };
        TRY(const auto mine, parts_->database.read([&](db::Connection& c) -> base::Result<Mine> {
            Mine out;
            TRY(out.account, account(c, context.actor.account));
            TRY(out.tokens, api_tokens_of(c, context.actor.account));
            return out;
        }));
        const auto now = site_.clock().now();
        std::vector<web::Choice> scopes;
        for (const auto scope : all_api_scopes) scopes.push_back({std::string(name_of(scope)), title_of(scope)});
        web::Form form(context, {.action = "/konto/api-schluessel", .submit = message("Make a key"), .idempotency_key = false});
        if (typed) form.typed(*typed);
        if (refused) form.error(*refused);
        form.text("name", message("What it is for"), {.hint = message("The program that will use it.")});
        form.checkboxes("darf", message("What it may do"), scopes, {"read"});
        form.number("tage", message("Days it lasts"), {.value = "90", .short_input = true});
        if (!mine.account.invited) form.text("current", message("Current password"), {.type = "password", .autocomplete = "current-password"});
        return web::page(context,
                         {.title = message("Keys for programs"),
                          .lead = message("With a key a program acts for your account. It may never do more than you may."),
                          .crumbs = crumbs(false),
                          .status = refused ? 422 : 200,
                          .index = false},
                         "identity/api_tokens.tpl", [&](web::View& view) {
                             view.set("FORM", form.html());
                             view.show_if("NONE", mine.tokens.empty());
                             if (mine.tokens.empty()) return;
                             view.section("TABLE").list("ROW", mine.tokens, [&](web::View& row, const ApiToken& t) {
                                 std::string may;
                                 for (const auto scope : t.scopes) may += (may.empty() ? "" : ", ") + context.say(title_of(scope));
                                 row.set("NAME", t.name);
                                 row.set("MAY", may);
                                 row.set("EXPIRES", i18n::format_moment(context.language, t.expires));
                                 row.set("USED", t.last_used ? i18n::format_moment(context.language, *t.last_used) : "–");
                                 if (t.works(now))
                                     row.set("REVOKE", web::button_form(context, "/konto/api-schluessel/" + std::to_string(t.id.value),
                                                                        message("Revoke"), "DELETE", true));
                                 else
                                     row.section("OVER").set("TEXT", t.revoked ? message("revoked") : message("expired"));
                             });
                         });
    }

    web::Site& site_;
    std::shared_ptr<PageParts> parts_;
};

}  // namespace

void mount_token_pages(http::Router& router, web::Site& site, std::shared_ptr<PageParts> parts) {
    const auto pages = std::make_shared<TokenPages>(site, std::move(parts));
    router.get("/konto/api-schluessel", site.page([pages](const http::Request& r, const web::Context& c) { return pages->list(r, c); }));
    router.post("/konto/api-schluessel", site.page([pages](const http::Request& r, const web::Context& c) { return pages->create(r, c); }));
    router.del("/konto/api-schluessel/{id}", site.page([pages](const http::Request& r, const web::Context& c) { return pages->revoke(r, c); }));
}

}  // namespace identity
