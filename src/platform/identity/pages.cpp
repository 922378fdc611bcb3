#include "platform/identity/pages.h"

#include <algorithm>
#include <array>

#include "platform/identity/api_door.h"
#include "platform/identity/oidc/sign_in.h"
#include "platform/identity/passkeys.h"
#include "platform/identity/permissions.h"
#include "platform/identity/second_factor.h"
#include "platform/mail/api.h"
#include "platform/web/input.h"
#include "platform/web/page.h"
#include "platform/web/url.h"

namespace identity {

using base::message;

base::Message title_of(Role role) {
    switch (role) {
        case Role::anonymous: return message("Anonymous");
        case Role::reader: return message("Reader");
        case Role::unit_editor: return message("Editor of a unit");
        case Role::integration_officer: return message("Integration officer");
        case Role::administrator: return message("Administrator");
    }
    return message("Reader");
}

Accounts::Visit visit_of(const http::Request& request) {
    return {.address = request.remote,
            .old_token = request.cookie(session_cookie),
            .device_token = request.cookie(device_cookie),
            .user_agent = request.headers.get("user-agent")};
}

http::Response signed_in(const http::Request& request, const Accounts::SignedIn& in, std::string_view next) {
    if (in.token.empty()) {
        auto response = http::Response::see_other("/anmelden/code?weiter=" + web::url_encode(web::local_path(next)));
        response.set_cookie({.name = std::string(second_step_cookie), .value = in.second_step, .max_age_seconds = 600}, request.secure);
        return response;
    }
    constexpr std::int64_t one_year = 365 * 24 * 3600;
    auto response = http::Response::see_other(web::local_path(next));
    response.set_cookie({.name = std::string(session_cookie), .value = in.token, .max_age_seconds = {}}, request.secure);
    response.set_cookie({.name = std::string(second_step_cookie), .value = "", .max_age_seconds = 0}, request.secure);
    response.set_cookie({.name = std::string(device_cookie), .value = in.device_token, .max_age_seconds = one_year}, request.secure);
    return response;
}

namespace {

// "/kontakte/{exchange}/bearbeiten" is "/kontakte/…/bearbeiten" to a reader.
std::string readable_area(std::string_view area) {
    std::string out;
    for (std::size_t at = 0; at < area.size();) {
        const auto begin = area.find('{', at), end = area.find('}', begin);
        out += area.substr(at, begin == std::string_view::npos ? begin : begin - at);
        if (end == std::string_view::npos) break;
        out += "…";
        at = end + 1;
    }
    return out;
}

std::vector<web::Choice> role_choices() {
    return {{"reader", title_of(Role::reader), message("Sees what is internal, changes nothing.")},
            {"unit_editor", title_of(Role::unit_editor), message("Records evidence and explains states for one unit or office.")},
            {"integration_officer", title_of(Role::integration_officer), message("Steers: plans, duties, evidence, offices.")},
            {"administrator", title_of(Role::administrator), message("Keeps accounts and settings.")}};
}

class Pages {
  public:
    Pages(web::Site& site, PageParts parts) : site_(site), parts_(std::move(parts)) {}

    base::Result<http::Response> sign_in_form(const http::Request& request, const web::Context& context, const base::Error* refused = nullptr,
                                              int status = 200) const {
        const auto* typed = refused ? &request.form : nullptr;
        if (context.actor.signed_in()) return http::Response::see_other(web::local_path(context.query.get("weiter", "/")));
        const auto next = web::local_path(typed ? typed->get("weiter", "/") : context.query.get("weiter", "/"));
        web::Form form(context, {.action = "/anmelden", .submit = message("Sign in"), .idempotency_key = false});
        if (typed) {
            http::Fields kept;  // a password is never sent back
            kept.add("name", typed->get("name"));
            form.typed(kept);
        }
        if (refused) form.error(*refused);
        form.hidden("weiter", next);
        form.text("name", message("Sign-in name"), {.autocomplete = "username"});
        form.text("password", message("Password"), {.type = "password", .autocomplete = "current-password"});
        TRY(const auto provider, parts_.database.read([](db::Connection& c) { return oidc::settings(c); }));
        web::Html other;
        if (provider.usable())
            other = web::Html::trusted("<p>") +
                    web::link(
                        "/anmelden/anbieter?weiter=" + web::url_encode(next),
                        context.say(message("Sign in with {provider}", {{"provider", provider.label.empty() ? provider.issuer : provider.label}}))) +
                    web::Html::trusted("</p>");
        return web::page(context, {.title = message("Sign in"), .status = status, .index = false},
                         form.html() + passkey_door(context, request, parts_, next) + other + web::Html::trusted("<p>") +
                             web::link("/passwort-vergessen", context.say(message("Password forgotten?"))) + web::Html::trusted("</p>"));
    }

    base::Result<http::Response> sign_in(const http::Request& request, const web::Context& context) const {
        const auto done = parts_.accounts.sign_in(request.form.get("name"), request.form.get("password"), visit_of(request));
        if (!done) {
            if (done.error().fields.empty()) return tl::unexpected(done.error());
            return sign_in_form(request, context, &done.error(), web::http_status(done.error().kind));
        }
        return signed_in(request, *done, request.form.get("weiter", "/"));
    }

    base::Result<http::Response> sign_out(const http::Request& request, const web::Context& context) const {
        if (const auto token = request.cookie(session_cookie); !token.empty()) TRY_VOID(parts_.accounts.sign_out(token));
        auto response = web::see_other(context, "/", message("You are signed out."));
        response.set_cookie({.name = std::string(session_cookie), .value = "", .max_age_seconds = 0}, request.secure);
        return response;
    }

    base::Result<http::Response> setup_form(const http::Request& request, const web::Context& context, const base::Error* refused = nullptr) const {
        const auto token = request.path_values.get("token");
        TRY(const bool open, parts_.accounts.setup_is_open(token));
        if (!open) return base::error(base::ErrorKind::not_found, "setup link unknown, used or expired");
        web::Form form(context, {.action = "/einrichtung/" + token, .submit = message("Create the first account"), .idempotency_key = false});
        if (refused) {
            http::Fields kept;
            kept.add("sign_in", request.form.get("sign_in"));
            kept.add("display_name", request.form.get("display_name"));
            form.typed(kept).error(*refused);
        }
        form.text("sign_in", message("Sign-in name"), {.hint = message("An e-mail address or a short name."), .autocomplete = "username"});
        form.text("display_name", message("Shown to colleagues as"), {.hint = message("For example the name of your office.")});
        form.text("password", message("Password"),
                  {.hint = message("At least twelve characters; a few words in a row are easy to remember."),
                   .type = "password",
                   .autocomplete = "new-password"});
        return web::page(context,
                         {.title = message("First start"),
                          .lead = message("This link works once. The account you create here keeps accounts and settings."),
                          .status = refused ? web::http_status(refused->kind) : 200,
                          .index = false},
                         form.html());
    }

    base::Result<http::Response> set_up(const http::Request& request, const web::Context& context) const {
        const auto done = parts_.accounts.set_up(request.path_values.get("token"), request.form.get("sign_in"), request.form.get("display_name"),
                                                 request.form.get("password"));
        if (!done) {
            if (done.error().fields.empty()) return tl::unexpected(done.error());
            return setup_form(request, context, &done.error());
        }
        return web::see_other(context, "/anmelden", message("The first account exists. Please sign in."));
    }

    base::Result<http::Response> list(const http::Request&, const web::Context& context) const {
        TRY_VOID(administrators_only(context));
        TRY(const auto all, parts_.database.read([](db::Connection& c) { return accounts(c); }));
        const auto offices = office_names(context);
        return web::page(context,
                         {.title = message("Accounts"),
                          .actions = {{message("Security of sign-in"), "/konten/sicherheit", false, ""},
                                      {message("Sign-in by a provider"), "/konten/anbieter", false, ""},
                                      {message("New account"), "/konten/neu", true, "add"}},
                          .index = false},
                         "identity/accounts.tpl", [&](web::View& view) {
                             view.list("ROW", all, [&](web::View& row, const Account& a) {
                                 row.set("NAME", a.display_name);
                                 row.set("SIGN_IN", a.sign_in);
                                 row.set("URL", "/konten/" + std::to_string(a.id.value));
                                 row.set("ROLE", title_of(a.role));
                                 const auto office = offices.find(std::to_string(a.office));
                                 row.set_if("OFFICE", office == offices.end() ? std::string() : office->second);
                                 row.show_if("DISABLED", a.disabled);
                                 row.show_if("INVITED", a.invited && !a.disabled);
                                 row.show_if("ACTIVE", !a.disabled && !a.invited);
                                 row.show_if("FACTOR", a.second_factor);
                                 row.show_if("SAMPLE", a.sample);
                             });
                         });
    }

    base::Result<http::Response> edit_form(const http::Request& request, const web::Context& context, std::optional<Account> existing,
                                           const base::Error* error = nullptr) const {
        const bool fresh = !existing;
        const auto refused = error ? std::optional(web::refused(request, *error)) : std::nullopt;
        const auto* again = refused ? &*refused : nullptr;
        if (error) web::mistakes_on_top(context, *error);
        web::Form form(
            context,
            {.action = fresh ? "/konten/neu" : "/konten/" + std::to_string(existing->id.value), .cancel_url = "/konten", .idempotency_key = !fresh});
        form.again(again);
        if (fresh) form.text("sign_in", message("Sign-in name"), {.hint = message("An e-mail address or a short name."), .autocomplete = "off"});
        form.text("display_name", message("Shown to colleagues as"), {.value = fresh ? "" : existing->display_name});
        form.text("email", message("E-mail address"),
                  {.value = fresh ? "" : existing->email,
                   .hint = message("For the invitation, forgotten passwords and reminders."),
                   .optional = true,
                   .type = "email",
                   .autocomplete = "off"});
        form.select("language", message("Language of mails"), {{"de", std::string("Deutsch")}, {"en", std::string("English")}},
                    {.value = fresh ? "de" : existing->language});
        form.radios("role", message("Role"), role_choices(), {.value = fresh ? "" : std::string(name_of(existing->role))});
        auto offices = parts_.offices(context);
        offices.insert(offices.begin(), web::Choice{"", message("none")});
        form.select("office", message("Unit or office"), offices,
                    {.value = fresh || !existing->office ? "" : std::to_string(existing->office),
                     .hint = message("For editors of a unit: what they record is recorded for it."),
                     .optional = true});
        if (fresh)
            form.text(
                "password", message("First password"),
                {.hint = message("Leave it empty to send an invitation by mail: the owner then chooses a password. Else hand it over in person."),
                 .optional = true,
                 .type = "password",
                 .autocomplete = "new-password"});
        web::Html content = form.html();
        if (!fresh) {
            web::Form password(context, {.action = "/konten/" + std::to_string(existing->id.value) + "/passwort",
                                         .submit = message("Set the password"),
                                         .idempotency_key = false});
            password.again(again);
            password.heading(message("Set a new password"));
            password.text("password", message("New password"),
                          {.hint = message("Ends every session of this account."), .type = "password", .autocomplete = "new-password"});
            const auto own = "/konten/" + std::to_string(existing->id.value);
            content = content + web::Html::trusted("<p>") + web::link(own + "/daten", context.say(message("What is kept about this person"))) +
                      web::Html::trusted(" · ") + web::link(own + "/verlauf", context.say(message("History"))) + web::Html::trusted(" · ") +
                      web::link(own + "/loeschen", context.say(message("Erase the account"))) + web::Html::trusted("</p>");
            if (existing->invited && !existing->email.empty())
                content = content + web::button_form(context, own + "/einladung", message("Send the invitation again"));
            if (existing->second_factor)
                content = content + web::button_form(context, own + "/zweiter-faktor", message("Remove the second factor"), "DELETE", true);
            TRY(const auto passkeys, parts_.database.read([&](db::Connection& c) { return passkeys_of(c, existing->id); }));
            if (!passkeys.empty()) content = content + web::button_form(context, own + "/passkeys", message("Remove all passkeys"), "DELETE", true);
            content = content + password.html() +
                      (existing->disabled ? web::button_form(context, "/konten/" + std::to_string(existing->id.value) + "/sperre",
                                                             message("Enable the account"), "DELETE")
                                          : web::button_form(context, "/konten/" + std::to_string(existing->id.value) + "/sperre",
                                                             message("Disable the account"), "POST", true));
        }
        return web::page(context,
                         {.title = fresh ? web::Text(message("New account")) : web::Text(existing->display_name),
                          .crumbs = {{message("Accounts"), "/konten"}},
                          .status = error ? web::http_status(error->kind) : 200,
                          .index = false},
                         content);
    }

    base::Result<http::Response> create(const http::Request& request, const web::Context& context) const {
        TRY_VOID(administrators_only(context));
        web::Input input(request.form);
        const auto role = role_named(input.choice("role", {"reader", "unit_editor", "integration_officer", "administrator"}));
        const auto office = chosen_office(request, context, input, role);
        const NewAccount fresh{.sign_in = request.form.get("sign_in"),
                               .display_name = input.text("display_name", {.required = false, .most = 120}),
                               .password_hash = {},
                               .role = role.value_or(Role::reader),
                               .office = office,
                               .language = input.choice("language", {"de", "en"}),
                               .email = chosen_email(input)};
        const auto password = request.form.get("password");
        const bool by_mail = password.empty();
        input.also(mistakes_in(fresh, by_mail ? std::nullopt : std::optional(password)));
        const auto done = !input.ok() ? base::Result<AccountId>(tl::unexpected(input.error()))
                          : by_mail   ? parts_.accounts.invite(fresh, context.actor)
                                      : parts_.accounts.create(fresh, password, context.actor);
        if (done)
            return web::see_other(context, "/konten",
                                  by_mail ? message("The account exists, and the invitation is on its way.") : message("The account exists."));
        if (done.error().fields.empty()) return tl::unexpected(done.error());
        return edit_form(request, context, {}, &done.error());
    }

    base::Result<http::Response> change(const http::Request& request, const web::Context& context) const {
        TRY(auto existing, found(request, context));
        web::Input input(request.form);
        auto changed = existing;
        changed.display_name = input.text("display_name", {.most = 120});
        changed.email = chosen_email(input);
        changed.language = input.choice("language", {"de", "en"});
        const auto role = role_named(input.choice("role", {"reader", "unit_editor", "integration_officer", "administrator"}));
        changed.office = chosen_office(request, context, input, role);
        if (role) changed.role = *role;
        if (existing.id == context.actor.account && changed.role != Role::administrator)
            input.wrong("role", message("You cannot take the administrator's role from yourself. Ask another administrator."));
        if (!input.ok()) return edit_form(request, context, existing, &input.error());
        const auto saved = parts_.database.write([&](db::Connection& c) { return change_account(c, changed, context.actor, site_.clock().now()); });
        if (!saved && !saved.error().fields.empty()) return edit_form(request, context, existing, &saved.error());
        TRY_VOID(saved);
        return web::see_other(context, "/konten", message("Saved."));
    }

    base::Result<http::Response> set_password(const http::Request& request, const web::Context& context) const {
        TRY(const auto existing, found(request, context));
        const auto done = parts_.accounts.set_password(existing.id, request.form.get("password"), context.actor);
        if (!done) {
            if (done.error().fields.empty()) return tl::unexpected(done.error());
            return edit_form(request, context, existing, &done.error());
        }
        return web::see_other(context, "/konten", message("The password is set."));
    }

    base::Result<http::Response> invite_again(const http::Request& request, const web::Context& context) const {
        TRY(const auto existing, found(request, context));
        const auto done = parts_.accounts.invite_again(existing.id, context.actor);
        if (!done && !done.error().fields.empty()) return edit_form(request, context, existing, &done.error());
        TRY_VOID(done);
        return web::see_other(context, "/konten", message("The invitation is on its way; links sent before have ended."));
    }

    // The telephone is lost, and the recovery codes, too. Whoever does this has seen the person.
    base::Result<http::Response> remove_factor(const http::Request& request, const web::Context& context) const {
        TRY(const auto existing, found(request, context));
        TRY_VOID(parts_.database.write([&](db::Connection& c) { return remove_second_factor(c, existing.id, context.actor, site_.clock().now()); }));
        return web::see_other(context, "/konten", message("The second factor is removed."));
    }

    base::Result<http::Response> remove_passkeys(const http::Request& request, const web::Context& context) const {
        TRY(const auto existing, found(request, context));
        TRY_VOID(parts_.database.write([&](db::Connection& c) { return remove_passkeys_of(c, existing.id, context.actor, site_.clock().now()); }));
        return web::see_other(context, "/konten", message("The passkeys are removed."));
    }

    // Which roles must have a second factor.
    base::Result<http::Response> security(const http::Request&, const web::Context& context) const {
        TRY_VOID(administrators_only(context));
        TRY(const auto kept, parts_.database.read([](db::Connection& c) { return security_settings(c); }));
        std::vector<std::string> checked;
        checked.reserve(kept.second_factor_required.size());
        for (const auto role : kept.second_factor_required) checked.emplace_back(name_of(role));
        web::Form form(context, {.action = "/konten/sicherheit", .cancel_url = "/konten"});
        form.checkboxes("roles", message("These roles need a second factor"), role_choices(), checked,
                        {.hint = message("Whoever has none yet sets it up after the next sign-in, before anything else.")});
        return web::page(context, {.title = message("Security of sign-in"), .crumbs = {{message("Accounts"), "/konten"}}, .index = false},
                         form.html());
    }
    base::Result<http::Response> save_security(const http::Request& request, const web::Context& context) const {
        TRY_VOID(administrators_only(context));
        SecuritySettings next;
        for (const auto& name : request.form.all("roles"))
            if (const auto role = role_named(name)) next.second_factor_required.insert(*role);
        TRY_VOID(parts_.database.write([&](db::Connection& c) { return save_security_settings(c, next, context.actor, site_.clock().now()); }));
        return web::see_other(context, "/konten", message("Saved."));
    }

    base::Result<http::Response> rights(const http::Request&, const web::Context& context) const {
        return web::page(context,
                         {.title = message("Who may do what"),
                          .lead = message("What is not listed is denied; what one may not see looks like not there."),
                          .index = false},
                         "identity/permissions.tpl", [&](web::View& view) {
                             constexpr std::array roles{Role::anonymous, Role::reader, Role::unit_editor, Role::integration_officer,
                                                        Role::administrator};
                             view.list("HEAD", roles, [](web::View& head, Role role) { head.set("ROLE", title_of(role)); });
                             view.list("ROW", deeds(), [&](web::View& row, const Deed& deed) {
                                 row.set("ACTION", base::Message{std::string(deed.front()->action), {}});
                                 row.list("CELL", roles, [&](web::View& cell, Role role) {
                                     cell.set("ROLE", title_of(role));
                                     const bool may = role >= deed.front()->from;
                                     const bool own = may && deed.front()->scope == Scope::own_unit && role == Role::unit_editor;
                                     cell.show_if("YES", may && !own);
                                     cell.show_if("OWN", own);
                                     cell.show_if("NO", !may);
                                 });
                                 row.list("PATH", deed, [](web::View& path, const Permission* p) {
                                     path.set("AREA", readable_area(p->area));
                                     path.show_if("CHANGE", p->access == Access::change);
                                 });
                             });
                         });
    }

    base::Result<http::Response> disable(const http::Request& request, const web::Context& context, bool disabled) const {
        TRY(const auto existing, found(request, context));
        if (disabled && existing.id == context.actor.account)
            return web::see_other(context, "/konten",
                                  web::Flash{web::Tone::warning, context.say(message("You cannot disable your own account.")), {}, {}});
        TRY_VOID(
            parts_.database.write([&](db::Connection& c) { return set_disabled(c, existing.id, disabled, context.actor, site_.clock().now()); }));
        return web::see_other(context, "/konten",
                              disabled ? message("The account is disabled and its sessions have ended.") : message("The account is enabled."));
    }

    base::Result<http::Response> edit(const http::Request& request, const web::Context& context) const {
        TRY(auto existing, found(request, context));
        return edit_form(request, context, existing);
    }
    base::Result<http::Response> create_form(const http::Request& request, const web::Context& context) const {
        TRY_VOID(administrators_only(context));
        return edit_form(request, context, {});
    }

  private:
    static base::Result<void> administrators_only(const web::Context& context) {
        if (context.actor.role != Role::administrator) return base::error(base::ErrorKind::not_found, "administrators only");
        return {};
    }
    base::Result<Account> found(const http::Request& request, const web::Context& context) const {
        TRY_VOID(administrators_only(context));
        return parts_.database.read([&](db::Connection& c) { return account(c, AccountId{request.id("id")}); });
    }
    static std::string chosen_email(web::Input& input) {
        const auto email = input.text("email", {.required = false, .most = 254});
        if (!email.empty() && !mail::is_address(email)) input.wrong("email", message("This is not an e-mail address mail can be sent to."));
        return email;
    }
    std::map<std::string, std::string> office_names(const web::Context& context) const {
        std::map<std::string, std::string> out;
        for (const auto& choice : parts_.offices(context)) out[choice.value] = context.say(choice.label);
        return out;
    }
    std::int64_t chosen_office(const http::Request& request, const web::Context& context, web::Input& input, std::optional<Role> role) const {
        const auto value = request.form.get("office");
        if (value.empty()) {
            if (role == Role::unit_editor) input.wrong("office", message("An editor works for a unit or office: please choose it."));
            return 0;
        }
        for (const auto& choice : parts_.offices(context))
            if (choice.value == value) return std::stoll(value);
        input.wrong("office", message("Please choose one of the units offered."));
        return 0;
    }

    web::Site& site_;
    PageParts parts_;
};

}  // namespace

Actor actor_of(const http::Request& request, Accounts& accounts) {
    if (comes_with_token(request)) {
        const auto open = accounts.by_api_token(bearer_of(request));
        return open ? open->actor : Actor{};
    }
    const auto token = request.cookie(session_cookie);
    if (token.empty()) return {};
    const auto session = accounts.who(token);
    return session ? session->actor : Actor{};
}

void mount(http::Router& router, web::Site& site, PageParts parts) {
    const auto shared = std::make_shared<PageParts>(parts);
    mount_door_pages(router, site, shared);
    mount_own_pages(router, site, shared);
    mount_passkey_pages(router, site, shared);
    mount_token_pages(router, site, shared);
    const auto pages = std::make_shared<Pages>(site, std::move(parts));
    const auto on = [&](auto method) {
        return site.page([pages, method](const http::Request& request, const web::Context& context) { return ((*pages).*method)(request, context); });
    };
    router.get("/anmelden",
               site.page([pages](const http::Request& request, const web::Context& context) { return pages->sign_in_form(request, context); }));
    router.post("/anmelden", on(&Pages::sign_in));
    router.post("/abmelden", on(&Pages::sign_out));
    router.get("/einrichtung/{token:any}",
               site.page([pages](const http::Request& request, const web::Context& context) { return pages->setup_form(request, context); }));
    router.post("/einrichtung/{token:any}", on(&Pages::set_up));
    router.get("/konten", on(&Pages::list));
    router.post("/konten", on(&Pages::create));
    router.post("/konten/neu", on(&Pages::create));
    router.get("/konten/neu", on(&Pages::create_form));
    router.get("/konten/{id}", on(&Pages::edit));
    router.post("/konten/{id}", on(&Pages::change));
    router.get("/rechte", on(&Pages::rights));
    router.get("/konten/sicherheit", on(&Pages::security));
    router.post("/konten/sicherheit", on(&Pages::save_security));
    router.post("/konten/{id}/einladung", on(&Pages::invite_again));
    router.del("/konten/{id}/zweiter-faktor", on(&Pages::remove_factor));
    router.del("/konten/{id}/passkeys", on(&Pages::remove_passkeys));
    router.post("/konten/{id}/passwort", on(&Pages::set_password));
    router.post("/konten/{id}/sperre",
                site.page([pages](const http::Request& request, const web::Context& context) { return pages->disable(request, context, true); }));
    router.del("/konten/{id}/sperre",
               site.page([pages](const http::Request& request, const web::Context& context) { return pages->disable(request, context, false); }));
    site.add({.title = message("Who may do what"), .url = "/rechte", .from = Role::reader, .order = 95, .also = {}});
    site.add({.title = message("Accounts"), .url = "/konten", .from = Role::administrator, .order = 90, .also = {}});
}

}  // namespace identity
