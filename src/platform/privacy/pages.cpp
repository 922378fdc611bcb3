#include "platform/privacy/pages.h"

#include "platform/identity/store.h"
#include "platform/privacy/api.h"
#include "platform/web/form.h"
#include "platform/web/input.h"
#include "platform/web/page.h"
#include "platform/web/table.h"
#include "platform/web/url.h"

namespace privacy {
namespace {

using base::message;

class Pages {
  public:
    Pages(web::Site& site, db::Database& database) : site_(site), database_(database) {}

    // ---- About a person ----

    base::Result<http::Response> own(const http::Request& request, const web::Context& context) const {
        if (!context.actor.signed_in()) return http::Response::see_other("/anmelden?weiter=/konto/daten");
        TRY(const auto d, read(context, {.account = context.actor.account, .name = {}, .email = {}}));
        return answer(request, context, d, "/konto/daten", {{message("My account"), "/konto"}});
    }

    base::Result<http::Response> of_account(const http::Request& request, const web::Context& context) const {
        TRY_VOID(administrators_only(context));
        const identity::AccountId id{request.id("id")};
        TRY(const auto d, read(context, {.account = id, .name = {}, .email = {}}));
        const auto account = "/konten/" + std::to_string(id.value);
        return answer(request, context, d, account + "/daten", {{message("Accounts"), "/konten"}, {d.person.name, account}});
    }

    base::Result<http::Response> search_form(const http::Request& request, const web::Context& context, const base::Error* refused = nullptr) const {
        TRY_VOID(steering_only(context));
        web::Form form(context, {.action = "/datenschutz/auskunft", .submit = message("Search"), .idempotency_key = false});
        if (refused) form.typed(request.form).error(*refused);
        form.text("email", message("E-mail address"), {.optional = true, .autocomplete = "off"});
        form.text("name", message("Name"),
                  {.hint = message("As it stands with an office, a seat or a contact, or as shown to colleagues."),
                   .optional = true,
                   .autocomplete = "off"});
        form.radios("form", message("Answer"), {{"html", message("as a page"), {}}, {"pdf", message("as PDF"), {}}, {"json", message("as JSON"), {}}},
                    {.value = "html"});
        return web::page(context,
                         {.title = message("What is kept about somebody"),
                          .lead = message("For an answer to whoever asks (Art. 15 GDPR). That you searched is recorded, what you typed is not."),
                          .actions = actions(context),
                          .status = refused ? 422 : 200,
                          .index = false},
                         form.html());
    }

    base::Result<http::Response> search(const http::Request& request, const web::Context& context) const {
        TRY_VOID(steering_only(context));
        web::Input input(request.form);
        Person asked{.account = {},
                     .name = input.text("name", {.required = false, .most = 120}),
                     .email = input.text("email", {.required = false, .most = 254})};
        const auto form = input.choice("form", {"html", "pdf", "json"});
        if (asked.name.empty() && asked.email.empty()) input.wrong("email", message("Please give an address or a name."));
        if (!input.ok()) return search_form(request, context, &input.error());
        TRY(const auto account, account_of(asked));
        if (account) asked = {.account = *account, .name = {}, .email = {}};
        TRY(const auto d, read(context, asked));
        if (account) TRY_VOID(looked(database_, *watched("/konten/{id}/daten"), context.actor, *account, site_.clock().today()));
        if (form == "html") return html(context, d, {}, {{message("What is kept about somebody"), "/datenschutz/auskunft"}});
        return file(context, d, form);
    }

    // ---- Erasing ----

    base::Result<http::Response> erase_form(const http::Request& request, const web::Context& context, const base::Error* refused = nullptr) const {
        TRY_VOID(administrators_only(context));
        TRY(const auto a, found(request));
        const auto own = "/konten/" + std::to_string(a.id.value);
        web::Html content = web::paragraphs(context.say(message(
            "The account stays as a stub without name, address, password, passkeys and devices, so that resolutions and evidence it recorded stay valid. "
            "Its mails, subscriptions, filters and uploads are removed, the values of its own history blanked. This cannot be undone.")));
        if (!a.disabled) {
            content = content + web::paragraphs(context.say(message("Only a disabled account is erased: please disable it first.")));
        } else {
            web::Form form(context, {.action = own + "/loeschen", .submit = message("Erase for good"), .cancel_url = own, .danger = true});
            if (refused) form.error(*refused);
            form.checkbox("sure", message("Yes, erase {name}", {{"name", a.display_name}}), false);
            content = content + form.html();
        }
        return web::page(context,
                         {.title = message("Erase an account"),
                          .lead = a.display_name,
                          .crumbs = {{message("Accounts"), "/konten"}, {a.display_name, own}},
                          .status = refused ? 422 : 200,
                          .index = false},
                         content);
    }

    base::Result<http::Response> erase_it(const http::Request& request, const web::Context& context) const {
        TRY_VOID(administrators_only(context));
        TRY(const auto a, found(request));
        web::Input input(request.form);
        if (!input.checked("sure")) input.wrong("sure", message("Please confirm it."));
        if (!input.ok() || !a.disabled) return erase_form(request, context, &input.error());
        TRY_VOID(database_.write([&](db::Connection& c) { return erase(c, a.id, context.actor, site_.clock().now()); }));
        return web::see_other(context, "/konten", message("The account is erased to a stub."));
    }

    // ---- How long things are kept ----

    base::Result<http::Response> keeping(const http::Request& request, const web::Context& context, const base::Error* refused = nullptr) const {
        TRY_VOID(steering_only(context));
        struct Now {
            std::map<std::string, int> days;
            std::vector<Removed> due;
        };
        TRY(const auto now, database_.read([&](db::Connection& c) -> base::Result<Now> {
            Now out;
            TRY(out.days, retention_days(c));
            TRY(out.due, apply_retention(c, Run::dry, site_.clock().now()));
            return out;
        }));
        web::Table table(context, message("What is removed, and when"),
                         {{.key = "was", .title = message("What"), .heading = true},
                          {.key = "tage", .title = message("Kept so many days"), .numeric = true},
                          {.key = "faellig", .title = message("Would be removed now"), .numeric = true}});
        table.caption_hidden();
        for (const auto& rule : retentions()) {
            const auto due = std::find_if(now.due.begin(), now.due.end(), [&](const Removed& r) { return r.key == rule.key; });
            table.row({context.say(message(rule.what)), web::Cell::number(context.language, now.days.at(std::string(rule.key))),
                       web::Cell::number(context.language, due == now.due.end() ? 0 : due->rows)});
        }
        web::Html content = web::Html::trusted("<section class=\"app-panel\">") + table.html() + web::Html::trusted("</section>");
        if (context.actor.role == identity::Role::administrator) {
            web::Form form(context, {.action = "/datenschutz/fristen"});
            if (refused) form.typed(request.form).error(*refused);
            form.heading(message("Other periods"));
            for (const auto& rule : retentions())
                form.number(rule.key, message(rule.what),
                            {.value = std::to_string(now.days.at(std::string(rule.key))),
                             .hint = message(
                                 "Days, from {least} to {most}; as shipped {days}.",
                                 {{"least", std::to_string(rule.least)}, {"most", std::to_string(rule.most)}, {"days", std::to_string(rule.days)}})});
            content = content + form.html();
        }
        return web::page(
            context,
            {.title = message("How long things are kept"),
             .lead = message("A task removes every six hours what is over its time. The last column is a trial run: nothing was removed for it."),
             .actions = actions(context),
             .status = refused ? 422 : 200,
             .index = false},
            content);
    }

    base::Result<http::Response> save_keeping(const http::Request& request, const web::Context& context) const {
        TRY_VOID(administrators_only(context));
        web::Input input(request.form);
        std::map<std::string, int> next;
        for (const auto& rule : retentions())
            if (const auto days = input.number(rule.key, rule.least, rule.most)) next[std::string(rule.key)] = static_cast<int>(*days);
        if (!input.ok()) return keeping(request, context, &input.error());
        TRY_VOID(database_.write([&](db::Connection& c) { return save_retention_days(c, next, context.actor, site_.clock().now()); }));
        return web::see_other(context, "/datenschutz/fristen", message("Saved."));
    }

    // ---- The register ----

    base::Result<http::Response> show_register(const http::Request&, const web::Context& context) const {
        if (!context.actor.signed_in()) return base::error(base::ErrorKind::not_found, "for signed-in people");
        return web::page(
            context,
            {.title = message("Register of processing activities"),
             .lead = message("Art. 30 GDPR, made from the model of the program: no other column is meant for personal data, and a test proves it."),
             .actions = context.actor.steers() ? actions(context) : std::vector<web::Action>{},
             .index = false},
            "privacy/register.tpl", [&](web::View& view) {
                view.list("ACTIVITY", activities(), [&](web::View& row, const Activity& a) {
                    row.set("TITLE", message(a.title));
                    row.set("PURPOSE", message(a.purpose));
                    row.set("BASIS", message(a.legal_basis));
                    row.set("PERSONS", message(a.persons));
                    row.set("RECIPIENTS", message(a.recipients));
                    row.set("KEPT", message(a.kept));
                    row.list("COLUMN", a.columns, [](web::View& column, std::string_view name) { column.set("NAME", name); });
                });
            });
    }

  private:
    static base::Result<void> administrators_only(const web::Context& context) {
        if (context.actor.role != identity::Role::administrator) return base::error(base::ErrorKind::not_found, "administrators only");
        return {};
    }
    static base::Result<void> steering_only(const web::Context& context) {
        if (!context.actor.steers()) return base::error(base::ErrorKind::not_found, "for those who steer");
        return {};
    }
    // The three pages lead to each other.
    static std::vector<web::Action> actions(const web::Context& context) {
        std::vector<web::Action> out{{message("Register of processing activities"), "/datenschutz/verzeichnis", false, ""},
                                     {message("How long things are kept"), "/datenschutz/fristen", false, ""},
                                     {message("What is kept about somebody"), "/datenschutz/auskunft", false, ""}};
        std::erase_if(out, [&](const web::Action& a) { return a.url == context.path; });
        return out;
    }

    base::Result<identity::Account> found(const http::Request& request) const {
        return database_.read([&](db::Connection& c) { return identity::account(c, identity::AccountId{request.id("id")}); });
    }
    base::Result<std::optional<identity::AccountId>> account_of(const Person& asked) const {
        return database_.read([&](db::Connection& c) -> base::Result<std::optional<identity::AccountId>> {
            TRY(const auto all, identity::accounts(c));
            const auto email = identity::normal_sign_in(asked.email);
            for (const auto& a : all)
                if ((!email.empty() && (a.email == email || a.sign_in == email)) || (!asked.name.empty() && a.display_name == asked.name))
                    return std::optional(a.id);
            return std::optional<identity::AccountId>{};
        });
    }
    base::Result<Dossier> read(const web::Context& context, const Person& person) const {
        const auto now = site_.clock().now();
        if (person.account == context.actor.account && person.account)
            return database_.read([&](db::Connection& c) { return dossier(c, person, context.actor, now); });
        return database_.write([&](db::Connection& c) { return dossier(c, person, context.actor, now); });
    }

    base::Result<http::Response> answer(const http::Request& request, const web::Context& context, const Dossier& d, const std::string& here,
                                        std::vector<web::Crumb> crumbs) const {
        if (request.path.ends_with(".json")) return file(context, d, "json");
        if (request.path.ends_with(".pdf")) return file(context, d, "pdf");
        return html(context, d, here, std::move(crumbs));
    }
    base::Result<http::Response> file(const web::Context& context, const Dossier& d, std::string_view form) const {
        auto bytes = form == "json" ? base::Result<std::string>(as_json(d)) : as_pdf(d, context.language, site_.municipality_name(context.language));
        if (!bytes) return tl::unexpected(bytes.error());
        auto response = form == "json" ? web::download(std::move(*bytes), "application/json", "auskunft.json")
                                       : web::download(std::move(*bytes), "application/pdf", "auskunft.pdf");
        response.headers.set("cache-control", "no-store");  // not even by the person's own browser
        return response;
    }
    base::Result<http::Response> html(const web::Context& context, const Dossier& d, const std::string& here, std::vector<web::Crumb> crumbs) const {
        constexpr std::size_t shown_rows = 100;
        web::Html content;
        std::string nothing;
        for (const auto& s : d.sections) {
            if (s.rows.empty()) {
                nothing += (nothing.empty() ? "" : ", ") + context.say(message(s.title));
                continue;
            }
            if (s.rows.size() == 1 && s.fields.size() > 6) {  // many fields of one record stand below each other
                web::Table one(context, message(s.title),
                               {{.key = "feld", .title = message("Field"), .heading = true}, {.key = "wert", .title = message("Value")}});
                one.caption_hidden();
                for (std::size_t i = 0; i < s.fields.size(); ++i)
                    one.row({context.say(message(s.fields[i].title)), shown(context.language, s.fields[i].kind, s.rows.front()[i])});
                content = content + panel(context, s, one.html());
                continue;
            }
            std::vector<web::Column> columns;
            for (const auto& f : s.fields)
                columns.push_back(
                    {.key = std::string(f.key), .title = message(f.title), .numeric = f.kind == Kind::number, .heading = columns.empty()});
            web::Table table(context, message(s.title), columns);
            table.caption_hidden();
            for (std::size_t at = 0; at < std::min(s.rows.size(), shown_rows); ++at) {
                std::vector<web::Cell> cells;
                for (std::size_t i = 0; i < s.fields.size(); ++i) cells.emplace_back(shown(context.language, s.fields[i].kind, s.rows[at][i]));
                table.row(std::move(cells));
            }
            auto rows = table.html();
            if (s.rows.size() > shown_rows)
                rows += web::paragraphs(context.say(message("The newest {shown} of {all}; all of them stand in the files.",
                                                            {{"shown", std::to_string(shown_rows)}, {"all", std::to_string(s.rows.size())}})));
            content = content + panel(context, s, rows);
        }
        if (d.empty())
            content = web::paragraphs(context.say(message("Nothing is kept about this person.")));
        else if (!nothing.empty())
            content = content + web::paragraphs(context.say(message("Nothing is kept under: {list}.", {{"list", nothing}})));
        std::vector<web::Action> files;
        if (!here.empty()) files = {{message("PDF"), here + ".pdf", false, "download"}, {message("JSON"), here + ".json", false, "download"}};
        return web::page(context,
                         {.title = message("What is kept about {name}", {{"name", d.person.name.empty() ? d.person.email : d.person.name}}),
                          .crumbs = std::move(crumbs),
                          .actions = std::move(files),
                          .index = false},
                         content);
    }

    static web::Html panel(const web::Context& context, const Section& s, const web::Html& inside) {
        return web::Html::trusted("<section class=\"app-panel\"><h2 class=\"kern-heading-medium\">") +
               web::Html::text(context.say(message(s.title))) + web::Html::trusted("</h2>") + inside + web::Html::trusted("</section>");
    }

    web::Site& site_;
    db::Database& database_;
};

}  // namespace

void mount(http::Router& router, web::Site& site, db::Database& database) {
    const auto pages = std::make_shared<Pages>(site, database);
    const auto on = [&](auto method) {
        return site.page([pages, method](const http::Request& request, const web::Context& context) { return ((*pages).*method)(request, context); });
    };
    for (const char* end : {"", ".json", ".pdf"}) {
        router.get(std::string("/konto/daten") + end, on(&Pages::own));
        router.get(std::string("/konten/{id}/daten") + end, on(&Pages::of_account));
    }
    router.get("/konten/{id}/loeschen", site.page([pages](const http::Request& r, const web::Context& c) { return pages->erase_form(r, c); }));
    router.post("/konten/{id}/loeschen", on(&Pages::erase_it));
    router.get("/datenschutz/auskunft", site.page([pages](const http::Request& r, const web::Context& c) { return pages->search_form(r, c); }));
    router.post("/datenschutz/auskunft", on(&Pages::search));
    router.get("/datenschutz/fristen", site.page([pages](const http::Request& r, const web::Context& c) { return pages->keeping(r, c); }));
    router.post("/datenschutz/fristen", on(&Pages::save_keeping));
    router.get("/datenschutz/verzeichnis", on(&Pages::show_register));
    site.add({.title = message("Personal data"),
              .url = "/datenschutz/verzeichnis",
              .from = identity::Role::integration_officer,
              .order = 94,
              .also = {"/datenschutz/fristen", "/datenschutz/auskunft"}});
}

}  // namespace privacy
