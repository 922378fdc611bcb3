#include "network/pages.h"

#include "network/offices.h"
#include "network/show_page.h"
#include "platform/web/form.h"
#include "platform/web/input.h"
#include "platform/web/page.h"

namespace network {
namespace {

using base::message;

base::Message plural_of(BearerKind kind) {
    switch (kind) {
        case BearerKind::office: return message("Offices");
        case BearerKind::body: return message("Bodies");
        case BearerKind::unit: return message("Units");
        case BearerKind::subordinate_institution: return message("Subordinate institutions");
        case BearerKind::district_company: return message("District companies");
        case BearerKind::network: return message("Networks");
        case BearerKind::municipality: return message("Municipalities");
        case BearerKind::partner: return message("Partners");
    }
    return message("Partners");
}

constexpr BearerKind shown_order[] = {
    BearerKind::office,           BearerKind::body,    BearerKind::unit,         BearerKind::subordinate_institution,
    BearerKind::district_company, BearerKind::network, BearerKind::municipality, BearerKind::partner};

struct Everything {
    std::vector<Bearer> bearers;
    std::vector<Holding> holdings;
    Mailboxes mailboxes;

    std::string mail_of(const Bearer& bearer) const {
        const auto at = mailboxes.find(bearer.key);
        return at == mailboxes.end() ? std::string() : at->second;
    }
};

class Pages {
  public:
    Pages(web::Site& site, db::Database& database, Wiring wiring) : site_(site), database_(database), wiring_(std::move(wiring)) {}

    base::Result<http::Response> list(const http::Request&, const web::Context& context) const {
        TRY(const auto all, everything());
        std::vector<web::Action> actions;
        if (context.actor.steers()) {
            actions.push_back({message("Mail addresses of the offices"), "/stellen/anschriften", false, {}});
            actions.push_back({message("Read in a table"), "/stellen/einlesen", false, {}});
            actions.push_back({message("New office or body"), "/stellen/neu", true, "add"});
        }
        return web::page(context,
                         {.title = message("Offices and bodies"),
                          .lead = message("Who bears the duties of the concept. Offices bear duties, people hold offices."),
                          .actions = actions},
                         "network/list.tpl", [&](web::View& view) {
                             for (const auto kind : shown_order) {
                                 if (std::none_of(all.bearers.begin(), all.bearers.end(), [&](const Bearer& b) { return b.kind == kind; })) continue;
                                 auto group = view.section("GROUP");
                                 group.set("TITLE", plural_of(kind));
                                 group.set("ID", name_of(kind));
                                 group.show_if("OFFICES", kind == BearerKind::office);
                                 for (const auto& bearer : all.bearers)
                                     if (bearer.kind == kind) fill_row(group.section("ROW"), context, bearer, all);
                             }
                         });
    }

    base::Result<http::Response> show(const http::Request& request, const web::Context& context) const {
        TRY(const auto all, everything());
        TRY(const auto bearer, found(request, all));
        return show_page(database_, wiring_, context, bearer, nullptr);
    }

    base::Result<http::Response> form_page(const web::Context& context, const Everything& all, const Bearer& bearer, const http::Fields* typed,
                                           const base::Error* refused) const {
        const bool fresh = !bearer.id;
        web::Form form(context,
                       {.action = fresh ? "/stellen/neu" : "/stellen/" + bearer.key, .cancel_url = fresh ? "/stellen" : "/stellen/" + bearer.key});
        if (typed) form.typed(*typed);
        if (refused) form.error(*refused);
        if (!fresh) form.hidden("version", std::to_string(bearer.version));
        if (fresh)
            form.text("key", message("Short name for addresses"),
                      {.hint = message("Lower-case letters, digits and hyphens, for example volkshochschule. It stays for ever.")});
        std::vector<web::Choice> kinds;
        for (const auto kind : shown_order) kinds.push_back({std::string(name_of(kind)), title_of(kind)});
        form.select("kind", message("Kind"), kinds,
                    {.value = std::string(name_of(bearer.kind)), .hint = message("Municipalities and partners never bear a duty of the district.")});
        form.text("name_de", message("Name (German)"), {.value = bearer.name.de});
        form.text("name_en", message("Name (English)"), {.value = bearer.name.en, .optional = true});
        form.text("short_de", message("Short form (German)"), {.value = bearer.short_name.de, .optional = true});
        form.text("short_en", message("Short form (English)"), {.value = bearer.short_name.en, .optional = true});
        std::vector<web::Choice> parents{{"", message("none")}};
        for (const auto& other : all.bearers)
            if (other.id != bearer.id) parents.push_back({other.key, other.name.in(i18n::code(context.language))});
        std::string parent;
        for (const auto& other : all.bearers)
            if (other.id == bearer.part_of) parent = other.key;
        form.select("part_of", message("Part of"), parents, {.value = parent, .optional = true});
        form.text("mail", message("Mail address"),
                  {.value = all.mail_of(bearer),
                   .hint = message("Of the office, not of a person: status rounds, reminders and confirmations are sent there."),
                   .optional = true,
                   .type = "email",
                   .autocomplete = "off"});
        form.checkbox("feed", message("Has a calendar of its deadlines to subscribe to"), bearer.feed);
        return web::page(context,
                         {.title = fresh ? web::Text(message("New office or body")) : web::Text(bearer.name.in(i18n::code(context.language))),
                          .crumbs = {{message("Offices and bodies"), "/stellen"}},
                          .status = !refused                     ? 200
                                    : refused->code == "version" ? 409
                                                                 : 422,
                          .index = false},
                         form.html());
    }

    base::Result<http::Response> create_form(const http::Request&, const web::Context& context) const {
        TRY_VOID(steering_only(context));
        TRY(const auto all, everything());
        Bearer fresh;
        fresh.kind = BearerKind::office;
        fresh.feed = true;
        return form_page(context, all, fresh, nullptr, nullptr);
    }

    base::Result<http::Response> edit_form(const http::Request& request, const web::Context& context) const {
        TRY_VOID(steering_only(context));
        TRY(const auto all, everything());
        TRY(const auto bearer, found(request, all));
        return form_page(context, all, bearer, nullptr, nullptr);
    }

    base::Result<http::Response> save(const http::Request& request, const web::Context& context) const {
        TRY_VOID(steering_only(context));
        TRY(const auto all, everything());
        Bearer bearer;
        const bool fresh = !request.path_values.has("key");
        if (!fresh) { TRY(bearer, found(request, all)); }
        const auto version_now = bearer.version;
        web::Input input(request.form);
        bearer.version = input.number("version", 1, 1'000'000'000, false).value_or(bearer.version);
        if (fresh) {
            bearer.key = input.text("key", {.most = 60});
            const bool slug = !bearer.key.empty() && bearer.key.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos;
            if (!bearer.key.empty() && (!slug || is_taken_by_a_page(bearer.key)))
                input.wrong("key", message("Only lower-case letters a to z, digits and hyphens."));
            for (const auto& other : all.bearers)
                if (other.key == bearer.key) input.wrong("key", message("This short name is taken already."));
        }
        std::vector<std::string> kinds;
        for (const auto kind : shown_order) kinds.emplace_back(name_of(kind));
        bearer.kind = bearer_kind(input.choice("kind", kinds)).value_or(BearerKind::partner);
        bearer.name = {input.text("name_de", {.most = 200}), input.text("name_en", {.required = false, .most = 200})};
        bearer.short_name = {input.text("short_de", {.required = false, .most = 60}), input.text("short_en", {.required = false, .most = 60})};
        bearer.part_of = {};
        const auto parent = request.form.get("part_of");
        for (const auto& other : all.bearers)
            if (!parent.empty() && other.key == parent) bearer.part_of = other.id;
        if (!parent.empty() && !bearer.part_of) input.wrong("part_of", message("Please choose one of the units offered."));
        bearer.feed = input.checked("feed");
        const auto address = input.text("mail", {.required = false, .most = 254});
        input.also(mistakes_in_mailbox(bearer, address));
        if (!input.ok()) return form_page(context, all, bearer, &request.form, &input.error());
        const auto done = database_.write([&](db::Connection& c) -> base::Result<void> {
            const auto now = site_.clock().now();
            auto saved = bearer;
            if (fresh) {
                TRY(saved.id, save_bearer(c, bearer, false, context.actor, now));
            } else {
                TRY_VOID(change_bearer(c, bearer, context.actor, now));
            }
            TRY_VOID(set_mailbox(c, saved, address, context.actor, now));
            return wiring_.changed(c);
        });
        if (!done) {
            if (done.error().code == "version") {
                auto stale = done.error();
                stale.fields = {{"", message("Somebody else saved in between. Please look at what changed and save again."), 0}};
                bearer.version = version_now;
                return form_page(context, all, bearer, &request.form, &stale);
            }
            if (done.error().fields.empty()) return tl::unexpected(done.error());
            return form_page(context, all, bearer, &request.form, &done.error());
        }
        return web::see_other(context, "/stellen/" + bearer.key, message("Saved."));
    }

    base::Result<http::Response> add_term(const http::Request& request, const web::Context& context) const {
        TRY_VOID(steering_only(context));
        TRY(const auto all, everything());
        TRY(const auto office, found(request, all));
        web::Input input(request.form);
        const auto from = input.day("from");
        const auto until = input.day("until", false);
        const auto funded = input.day("funded_until", false);
        const auto holder = input.text("holder", {.required = false, .most = 120});
        const auto deputy = input.text("deputy", {.required = false, .most = 120});
        if (!input.ok()) return again(request, context, office, input.error());
        const auto done = database_.write([&](db::Connection& c) -> base::Result<void> {
            Holding term{.id = {}, .office = office.id, .from = *from, .until = until, .funded_until = funded, .holder = holder, .deputy = deputy};
            TRY(term.id, add_holding(c, term, false, context.actor, site_.clock().now()));
            TRY_VOID(wiring_.term_changed(c, office, term, false, context.actor, site_.clock().now()));
            return wiring_.changed(c);
        });
        if (!done) {
            if (done.error().fields.empty()) return tl::unexpected(done.error());
            return again(request, context, office, done.error());
        }
        return web::see_other(context, "/stellen/" + office.key, message("The term is recorded."));
    }

    base::Result<http::Response> change_term(const http::Request& request, const web::Context& context) const {
        TRY_VOID(steering_only(context));
        TRY(const auto all, everything());
        TRY(const auto office, found(request, all));
        TRY(auto term, own_term(all, office, HoldingId{request.id("term")}));
        web::Input input(request.form);
        term.until = input.day("until", false);
        term.funded_until = input.day("funded_until", false);
        term.holder = input.text("holder", {.required = false, .most = 120});
        term.deputy = input.text("deputy", {.required = false, .most = 120});
        if (!input.ok()) return again(request, context, office, input.error());
        const auto done = database_.write([&](db::Connection& c) -> base::Result<void> {
            TRY_VOID(change_holding(c, term, context.actor, site_.clock().now()));
            TRY_VOID(wiring_.term_changed(c, office, term, false, context.actor, site_.clock().now()));
            return wiring_.changed(c);
        });
        if (!done) {
            if (done.error().fields.empty()) return tl::unexpected(done.error());
            return again(request, context, office, done.error());
        }
        return web::see_other(context, url_of(office), message("The term is saved."));
    }

    base::Result<http::Response> withdraw_term(const http::Request& request, const web::Context& context) const {
        TRY_VOID(steering_only(context));
        TRY(const auto all, everything());
        TRY(const auto office, found(request, all));
        TRY_VOID(database_.write([&](db::Connection& c) -> base::Result<void> {
            TRY(const auto term, own_term(all, office, HoldingId{request.id("term")}));
            TRY_VOID(wiring_.term_changed(c, office, term, true, context.actor, site_.clock().now()));
            TRY_VOID(withdraw_holding(c, term.id, context.actor, site_.clock().now()));
            return wiring_.changed(c);
        }));
        return web::see_other(context, "/stellen/" + request.path_values.get("key"), message("The term is withdrawn; the history keeps it."));
    }

  private:
    static base::Result<void> steering_only(const web::Context& context) {
        if (!context.actor.steers()) return base::error(base::ErrorKind::not_found, "for those who steer");
        return {};
    }

    base::Result<Everything> everything() const {
        return database_.read([](db::Connection& c) -> base::Result<Everything> {
            TRY(auto all, bearers(c));
            TRY(auto terms, holdings(c));
            TRY(auto addresses, mailboxes(c));
            return Everything{std::move(all), std::move(terms), std::move(addresses)};
        });
    }

    base::Result<http::Response> again(const http::Request& request, const web::Context& context, const Bearer& office,
                                       const base::Error& error) const {
        const auto refused = web::refused(request, error);
        return show_page(database_, wiring_, context, office, &refused);
    }

    // A term is changed on the page of its own office only.
    static base::Result<Holding> own_term(const Everything& all, const Bearer& office, HoldingId id) {
        for (const auto& term : all.holdings)
            if (term.id == id && term.office == office.id) return term;
        return base::error(base::ErrorKind::not_found, "no such term of this office");
    }

    static base::Result<Bearer> found(const http::Request& request, const Everything& all) {
        const auto key = request.path_values.get("key");
        for (const auto& bearer : all.bearers)
            if (bearer.key == key) return bearer;
        return base::error(base::ErrorKind::not_found, "no such office or body");
    }

    static void fill_row(web::View row, const web::Context& context, const Bearer& bearer, const Everything& all) {
        const auto language = i18n::code(context.language);
        row.set("NAME", bearer.name.in(language));
        row.set("URL", "/stellen/" + bearer.key);
        for (const auto& parent : all.bearers)
            if (parent.id == bearer.part_of) row.set_if("PART_OF", parent.name.in(language));
        if (bearer.kind != BearerKind::office) return;
        auto office = row.section("OFFICE");
        bool shown = false;
        for (const auto& term : all.holdings) {
            if (term.office != bearer.id || term.from > context.day() || (term.until && *term.until < context.day())) continue;
            shown = true;
            office.set("SINCE", context.say(message("held since {day}", {{"day", context.format(term.from)}})));
            if (term.until) office.set_if("UNTIL", context.say(message("until {day}", {{"day", context.format(*term.until)}})));
        }
        if (!shown) office.set("SINCE", context.say(message("nobody recorded")));
        for (const auto risk : risks_of(bearer, all.holdings, context.day())) office.section("RISK").set("TEXT", sentence_of(risk));
    }

    web::Site& site_;
    db::Database& database_;
    Wiring wiring_;
};

}  // namespace

void mount(http::Router& router, web::Site& site, db::Database& database, Wiring wiring) {
    mount_offices(router, site, database, wiring);
    mount_import(router, site, database, wiring);
    mount_mailboxes(router, site, database, wiring);
    const auto pages = std::make_shared<Pages>(site, database, std::move(wiring));
    const auto on = [&](auto method) {
        return site.page([pages, method](const http::Request& request, const web::Context& context) { return ((*pages).*method)(request, context); });
    };
    router.get("/stellen", on(&Pages::list));
    router.post("/stellen", on(&Pages::save));
    router.post("/stellen/neu", on(&Pages::save));
    router.get("/stellen/neu", on(&Pages::create_form));
    router.get("/stellen/{key:slug}", on(&Pages::show));
    router.post("/stellen/{key:slug}", on(&Pages::save));
    router.get("/stellen/{key:slug}/bearbeiten", on(&Pages::edit_form));
    router.post("/stellen/{key:slug}/besetzung", on(&Pages::add_term));
    router.post("/stellen/{key:slug}/besetzung/{term}", on(&Pages::change_term));
    router.del("/stellen/{key:slug}/besetzung/{term}", on(&Pages::withdraw_term));
    site.add({.title = message("Offices"), .url = "/stellen", .from = identity::Role::anonymous, .order = 60, .also = {}});
}

}  // namespace network
