// One's own account: password, second factor, sessions.
#include <charconv>

#include "platform/identity/pages.h"
#include "platform/identity/second_factor.h"
#include "platform/identity/totp.h"
#include "platform/web/page.h"
#include "platform/web/url.h"

namespace identity {
namespace {

using base::message;

std::string bytes_of_hex(std::string_view hex) {
    std::string out;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
        unsigned int byte = 0;
        const auto [end, failure] = std::from_chars(hex.data() + i, hex.data() + i + 2, byte, 16);
        if (failure != std::errc() || end != hex.data() + i + 2) return {};
        out += static_cast<char>(byte);
    }
    return out;
}

std::string hex_of(std::string_view bytes) {
    std::string out;
    for (const unsigned char c : bytes) out += fmt::format("{:02x}", c);
    return out;
}

class OwnPages {
  public:
    OwnPages(web::Site& site, std::shared_ptr<PageParts> parts) : site_(site), parts_(std::move(parts)) {}

    base::Result<http::Response> account_page(const http::Request& request, const web::Context& context, const base::Error* refused = nullptr) const {
        if (!context.actor.signed_in()) return to_sign_in(context);
        struct Mine {
            Account account;
            std::vector<SessionView> sessions;
            std::int64_t codes = 0;
        };
        TRY(const auto mine, parts_->database.read([&](db::Connection& c) -> base::Result<Mine> {
            Mine out;
            TRY(out.account, account(c, context.actor.account));
            TRY(out.sessions, sessions_of(c, context.actor.account, token_hash(request.cookie(session_cookie)), site_.clock().now()));
            TRY(out.codes, recovery_codes_left(c, context.actor.account));
            return out;
        }));
        web::Form form(context, {.action = "/konto/passwort", .submit = message("Change the password"), .idempotency_key = false});
        if (refused) form.error(*refused);
        form.text("current", message("Current password"), {.type = "password", .autocomplete = "current-password"});
        form.text("password", message("New password"),
                  {.hint = message("At least twelve characters; a few words in a row are easy to remember."),
                   .type = "password",
                   .autocomplete = "new-password"});
        return web::page(context, {.title = message("My account"), .lead = context.actor.display_name, .status = refused ? 422 : 200, .index = false},
                         "identity/own_account.tpl", [&](web::View& view) {
                             view.set("SIGN_IN", mine.account.sign_in);
                             view.set_if("EMAIL", mine.account.email);
                             view.set("ROLE", title_of(mine.account.role));
                             view.show_if("FACTOR", mine.account.second_factor);
                             view.show_if("NO_FACTOR", !mine.account.second_factor);
                             view.set("CODES", mine.codes);
                             if (mine.account.second_factor)
                                 view.set("REMOVE_FACTOR",
                                          web::button_form(context, "/konto/zweiter-faktor", message("Remove the second factor"), "DELETE", true));
                             view.set("PASSKEYS", own_passkeys(context, request, *parts_));
                             view.set("PASSWORD", form.html());
                             view.list("SESSION", mine.sessions, [&](web::View& row, const SessionView& s) {
                                 row.set("DEVICE", s.device.empty() ? context.say(message("unknown device")) : s.device);
                                 row.show_if("PASSKEY", s.way == "passkey");
                                 row.set("SINCE", i18n::format_moment(context.language, s.created));
                                 row.set("SEEN", i18n::format_moment(context.language, s.last_seen));
                                 row.show_if("OWN", s.own);
                                 if (!s.own)
                                     row.set("END", web::button_form(context, "/konto/sitzungen/" + s.handle, message("End this session"), "DELETE"));
                             });
                         });
    }

    base::Result<http::Response> change_password(const http::Request& request, const web::Context& context) const {
        if (!context.actor.signed_in()) return to_sign_in(context);
        const auto done = parts_->accounts.change_own_password(context.actor, request.form.get("current"), request.form.get("password"));
        if (!done) {
            if (done.error().fields.empty()) return tl::unexpected(done.error());
            return account_page(request, context, &done.error());
        }
        return web::see_other(context, "/anmelden",
                              message("The password is changed. Every session of this account has ended; please sign in again."));
    }

    base::Result<http::Response> end_session(const http::Request& request, const web::Context& context) const {
        if (!context.actor.signed_in()) return to_sign_in(context);
        TRY_VOID(
            parts_->database.write([&](db::Connection& c) { return end_session_of(c, context.actor.account, request.path_values.get("session")); }));
        return web::see_other(context, "/konto", message("The session has ended."));
    }

    // The secret waits in the form until a first code proves that the app has it; it is the owner's own, so nothing is lost by that.
    base::Result<http::Response> factor_form(const http::Request& request, const web::Context& context, const base::Error* refused = nullptr) const {
        if (!context.actor.signed_in()) return to_sign_in(context);
        auto secret = refused ? bytes_of_hex(request.form.get("secret")) : new_totp_secret();
        if (secret.size() != 20) secret = new_totp_secret();
        TRY(const auto mine, parts_->database.read([&](db::Connection& c) { return account(c, context.actor.account); }));
        web::Form form(context,
                       {.action = "/konto/zweiter-faktor", .submit = message("Switch on"), .cancel_url = "/konto", .idempotency_key = false});
        if (refused) form.error(*refused);
        form.hidden("secret", hex_of(secret));
        form.text("code", message("Code"),
                  {.hint = message("The six digits your app shows now."), .autocomplete = "one-time-code", .short_input = true});
        form.text("current", message("Current password"), {.type = "password", .autocomplete = "current-password"});
        const auto uri = totp_uri(secret, site_.municipality_name(context.language), mine.sign_in);
        return web::page(context,
                         {.title = message("Set up a second factor"),
                          .crumbs = {{message("My account"), "/konto"}},
                          .status = refused ? web::http_status(refused->kind) : 200,
                          .index = false},
                         "identity/second_factor.tpl", [&](web::View& view) {
                             view.set("QR",
                                      web::Html::trusted(qr_svg(uri, context.say(message("QR code for your app; the key stands below as text")))));
                             view.set("KEY", base32(secret));
                             view.set("FORM", form.html());
                         });
    }

    base::Result<http::Response> set_factor(const http::Request& request, const web::Context& context) const {
        if (!context.actor.signed_in()) return to_sign_in(context);
        const auto secret = bytes_of_hex(request.form.get("secret"));
        base::Error wrong{base::ErrorKind::invalid_input, {}, {}, {}};
        const auto now = base::Clock().now();  // apps know the real time only
        const auto step = secret.size() == 20 ? totp_match(secret, request.form.get("code"), now, 0) : std::nullopt;
        if (!step) wrong.fields.push_back({"code", message("This code is not right. Is the clock of your device set by itself?")});
        const auto known = parts_->accounts.is_password_of(context.actor.account, request.form.get("current"));
        if (!known) return tl::unexpected(known.error());
        if (!*known) wrong.fields.push_back({"current", message("This is not your current password.")});
        if (!wrong.fields.empty()) return factor_form(request, context, &wrong);
        const auto codes = new_recovery_codes();
        TRY_VOID(parts_->database.write([&](db::Connection& c) {
            return set_second_factor(c, context.actor.account, secret, *step, codes, context.actor, site_.clock().now());
        }));
        return web::page(context, {.title = message("Your recovery codes"), .crumbs = {{message("My account"), "/konto"}}, .index = false},
                         "identity/recovery_codes.tpl",
                         [&](web::View& view) { view.list("CODE", codes, [](web::View& row, const std::string& code) { row.set("TEXT", code); }); });
    }

    base::Result<http::Response> remove_factor(const http::Request&, const web::Context& context) const {
        if (!context.actor.signed_in()) return to_sign_in(context);
        TRY_VOID(parts_->database.write(
            [&](db::Connection& c) { return remove_second_factor(c, context.actor.account, context.actor, site_.clock().now()); }));
        return web::see_other(context, "/konto", message("The second factor is removed."));
    }

  private:
    static base::Result<http::Response> to_sign_in(const web::Context& context) {
        return http::Response::see_other("/anmelden?weiter=" + web::url_encode(context.target));
    }
    web::Site& site_;
    std::shared_ptr<PageParts> parts_;
};

}  // namespace

void mount_own_pages(http::Router& router, web::Site& site, std::shared_ptr<PageParts> parts) {
    const auto pages = std::make_shared<OwnPages>(site, std::move(parts));
    router.get("/konto", site.page([pages](const http::Request& r, const web::Context& c) { return pages->account_page(r, c); }));
    router.post("/konto/passwort", site.page([pages](const http::Request& r, const web::Context& c) { return pages->change_password(r, c); }));
    router.del("/konto/sitzungen/{session:slug}",
               site.page([pages](const http::Request& r, const web::Context& c) { return pages->end_session(r, c); }));
    router.get("/konto/zweiter-faktor", site.page([pages](const http::Request& r, const web::Context& c) { return pages->factor_form(r, c); }));
    router.post("/konto/zweiter-faktor", site.page([pages](const http::Request& r, const web::Context& c) { return pages->set_factor(r, c); }));
    router.del("/konto/zweiter-faktor", site.page([pages](const http::Request& r, const web::Context& c) { return pages->remove_factor(r, c); }));
}

}  // namespace identity
