// Passkeys on pages: making, naming and removing one's own, and signing in with one. The script of web/assets only carries values between form and device.
#include "platform/identity/pages.h"
#include "platform/identity/passkeys.h"
#include "platform/identity/second_factor.h"
#include "platform/mail/api.h"
#include "platform/web/input.h"
#include "platform/web/page.h"
#include "platform/web/url.h"

namespace identity {
namespace {

using base::message;

base::Result<webauthn::Site> this_site(const http::Request& request, const PageParts& parts) {
    TRY(const auto address, parts.database.read([](db::Connection& c) { return mail::public_address(c); }));
    return webauthn::site_of(address, request.headers.view("host"));
}

std::string bytes_from(const http::Request& request, std::string_view field) { return from_base64url(request.form.get(field)).value_or(""); }

class PasskeyPages {
  public:
    PasskeyPages(web::Site& site, std::shared_ptr<PageParts> parts) : site_(site), parts_(std::move(parts)) {}

    // Whoever sits at a machine left open must not add a key of their own: the password is asked for; an account without one signs in by its
    // provider, and only shortly after that.
    base::Result<http::Response> ask(const http::Request& request, const web::Context& context, const base::Error* refused = nullptr) const {
        if (!context.actor.signed_in()) return http::Response::see_other("/anmelden?weiter=/konto/passkeys/neu");
        TRY(const auto mine, parts_->database.read([&](db::Connection& c) { return account(c, context.actor.account); }));
        web::Form form(context, {.action = "/konto/passkeys/neu", .submit = message("Go on"), .cancel_url = "/konto", .idempotency_key = false});
        if (refused) {
            http::Fields kept;
            kept.add("name", request.form.get("name"));
            form.typed(kept).error(*refused);
        }
        form.text("name", message("Name of the passkey"),
                  {.value = device_words(request, context),
                   .hint = message("So that you know it again: the device or the key it is kept on."),
                   .autocomplete = "off"});
        if (!mine.invited) form.text("current", message("Current password"), {.type = "password", .autocomplete = "current-password"});
        return web::page(
            context,
            {.title = message("Add a passkey"),
             .crumbs = {{message("My account"), "/konto"}},
             .status = refused ? web::http_status(refused->kind) : 200,
             .index = false},
            form.html() + web::Html::trusted("<p data-without-script>") +
                web::Html::text(context.say(message(
                    "A passkey can only be made with JavaScript. Without it, sign in with your password and a second factor; both do the same job."))) +
                web::Html::trusted("</p>"));
    }

    base::Result<http::Response> make(const http::Request& request, const web::Context& context) const {
        if (!context.actor.signed_in()) return http::Response::see_other("/anmelden?weiter=/konto/passkeys/neu");
        TRY(const auto site, this_site(request, *parts_));
        if (!site.known()) return web::see_other(context, "/konto", web::Flash{web::Tone::warning, context.say(cannot_work()), {}, {}});
        TRY(const auto mine, parts_->database.read([&](db::Connection& c) { return account(c, context.actor.account); }));
        web::Input input(request.form);
        const auto name = input.text("name", {.most = 60});
        if (mine.invited) {
            const auto session = parts_->accounts.who(request.cookie(session_cookie));
            if (!session || site_.clock().now() - session->created > std::chrono::minutes(10))
                input.wrong("", message("Please sign out and in again first: your last sign-in is more than ten minutes ago."));
        } else {
            TRY(const bool right, parts_->accounts.is_password_of(context.actor.account, request.form.get("current")));
            if (!right) input.wrong("current", message("This is not your current password."));
        }
        if (!input.ok()) return ask(request, context, &input.error());
        return offer(context, site, mine, name);
    }

    base::Result<http::Response> add(const http::Request& request, const web::Context& context) const {
        if (!context.actor.signed_in()) return http::Response::see_other("/anmelden?weiter=/konto/passkeys/neu");
        TRY(const auto site, this_site(request, *parts_));
        web::Input input(request.form);
        const auto name = input.text("name", {.most = 60});
        if (!input.ok()) return ask(request, context, &input.error());
        const auto done =
            parts_->accounts.add_passkey(context.actor, site, name, bytes_from(request, "client_data"), bytes_from(request, "attestation"));
        if (done) return web::see_other(context, "/konto", message("The passkey is kept. You can sign in with it from now on."));
        if (done.error().kind != base::ErrorKind::invalid_input && done.error().kind != base::ErrorKind::conflict)
            return tl::unexpected(done.error());
        base::Error told{base::ErrorKind::invalid_input, {}, {}, {}};
        told.fields.push_back({"", done.error().code == "expired" || done.error().code == "spent"
                                       ? message("That took too long, or was sent twice. Please begin once more.")
                                       : message("What your device sent is no passkey for this site. Nothing was kept.")});
        return ask(request, context, &told);
    }

    base::Result<http::Response> remove(const http::Request& request, const web::Context& context) const {
        if (!context.actor.signed_in()) return http::Response::see_other("/anmelden?weiter=/konto");
        TRY_VOID(parts_->database.write([&](db::Connection& c) {
            return remove_passkey(c, context.actor.account, PasskeyId{request.id("id")}, context.actor, site_.clock().now());
        }));
        return web::see_other(context, "/konto",
                              message("The passkey is removed here. Remove it from your device, too, so that it is no longer offered."));
    }

    base::Result<http::Response> sign_in(const http::Request& request, const web::Context& context) const {
        TRY(const auto site, this_site(request, *parts_));
        const auto done = parts_->accounts.sign_in_by_passkey(site,
                                                              {.credential_id = bytes_from(request, "credential"),
                                                               .client_data = bytes_from(request, "client_data"),
                                                               .authenticator_data = bytes_from(request, "authenticator_data"),
                                                               .signature = bytes_from(request, "signature"),
                                                               .user_handle = bytes_from(request, "user_handle")},
                                                              visit_of(request));
        const auto next = web::local_path(request.form.get("weiter", "/"));
        if (done) return signed_in(request, *done, next);
        if (done.error().fields.empty()) return tl::unexpected(done.error());
        return web::see_other(context, "/anmelden?weiter=" + web::url_encode(next),
                              web::Flash{web::Tone::warning, context.say(done.error().fields.front().message), {}, {}});
    }

    static base::Message cannot_work() {
        return message("Passkeys work only under the public address of this site with https. Your administration sets it under “E-mail”.");
    }

  private:
    static std::string device_words(const http::Request& request, const web::Context& context) {
        const auto device = device_of(request.headers.get("user-agent"));
        return device.empty() ? context.say(message("My passkey")) : device;
    }

    base::Result<http::Response> offer(const web::Context& context, const webauthn::Site& site, const Account& mine, const std::string& name) const {
        TRY(const auto known, parts_->database.read([&](db::Connection& c) { return passkeys_of(c, mine.id); }));
        std::string ids;
        for (const auto& key : known) ids += (ids.empty() ? "" : " ") + base64url(key.credential_id);
        web::Form form(context,
                       {.action = "/konto/passkeys", .submit = message("Make the passkey"), .cancel_url = "/konto", .idempotency_key = false});
        form.hidden("name", name).hidden("client_data", "").hidden("attestation", "");
        return web::page(context, {.title = message("Add a passkey"), .lead = name, .crumbs = {{message("My account"), "/konto"}}, .index = false},
                         "identity/passkey_new.tpl", [&](web::View& view) {
                             view.set("CHALLENGE", parts_->accounts.passkey_challenge(mine.id));
                             view.set("SITE", site.id);
                             view.set("SITE_NAME", site_.municipality_name(context.language));
                             view.set("USER", base64url(parts_->accounts.passkey_handle(mine.id)));
                             view.set("USER_NAME", mine.sign_in);
                             view.set("SHOWN_NAME", mine.display_name);
                             view.set("KNOWN", ids);
                             view.set("FORM", form.html());
                         });
    }

    web::Site& site_;
    std::shared_ptr<PageParts> parts_;
};

}  // namespace

web::Html passkey_door(const web::Context& context, const http::Request& request, const PageParts& parts, const std::string& next) {
    const auto site = this_site(request, parts);
    if (!site || !site->known()) return {};
    web::Form form(context, {.action = "/anmelden/passkey", .submit = message("Use a passkey"), .idempotency_key = false});
    form.hidden("weiter", next)
        .hidden("credential", "")
        .hidden("client_data", "")
        .hidden("authenticator_data", "")
        .hidden("signature", "")
        .hidden("user_handle", "");
    return web::render(context, "identity/passkey_door.tpl", [&](web::View& view) {
        view.set("CHALLENGE", parts.accounts.passkey_challenge({}));
        view.set("SITE", site->id);
        view.set("FORM", form.html());
    });
}

web::Html own_passkeys(const web::Context& context, const http::Request& request, const PageParts& parts) {
    const auto site = this_site(request, parts);
    const auto mine = parts.database.read([&](db::Connection& c) { return passkeys_of(c, context.actor.account); });
    if (!site || !mine) return {};
    return web::render(context, "identity/own_passkeys.tpl", [&](web::View& view) {
        view.show_if("POSSIBLE", site->known());
        view.show_if("IMPOSSIBLE", !site->known());
        if (mine->empty()) return;
        auto table = view.section("TABLE");
        table.list("ROW", *mine, [&](web::View& row, const Passkey& key) {
            row.set("NAME", key.name);
            row.set("SINCE", i18n::format_moment(context.language, key.created));
            if (key.last_used) row.set_if("USED", i18n::format_moment(context.language, *key.last_used));
            row.show_if("NEVER", !key.last_used);
            row.set("REMOVE", web::button_form(context, "/konto/passkeys/" + std::to_string(key.id.value),
                                               message("Remove {name}", {{"name", key.name}}), "DELETE", true));
        });
    });
}

void mount_passkey_pages(http::Router& router, web::Site& site, std::shared_ptr<PageParts> parts) {
    const auto pages = std::make_shared<PasskeyPages>(site, std::move(parts));
    const auto on = [&](auto method) {
        return site.page([pages, method](const http::Request& request, const web::Context& context) { return ((*pages).*method)(request, context); });
    };
    router.get("/konto/passkeys/neu", site.page([pages](const http::Request& r, const web::Context& c) { return pages->ask(r, c); }));
    router.post("/konto/passkeys/neu", on(&PasskeyPages::make));
    router.post("/konto/passkeys", on(&PasskeyPages::add));
    router.del("/konto/passkeys/{id}", on(&PasskeyPages::remove));
    router.post("/anmelden/passkey", on(&PasskeyPages::sign_in));
}

}  // namespace identity
