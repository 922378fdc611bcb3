#include "organisations/pages.h"

#include <boost/json.hpp>

#include "organisations/forms.h"
#include "organisations/rules.h"
#include "platform/audit/api.h"
#include "platform/web/chip.h"
#include "platform/web/csv.h"
#include "platform/web/filter.h"
#include "platform/web/page.h"
#include "platform/web/table.h"

namespace organisations {
namespace {

using base::message;

std::string url_of(const Organisation& o) { return "/organisationen/" + o.key; }
std::string lang(const web::Context& context) { return std::string(i18n::code(context.language)); }

class Pages {
  public:
    Pages(web::Site& site, db::Database& database, Wiring wiring) : site_(site), database_(database), wiring_(std::move(wiring)) {}

    base::Result<http::Response> list_page(const http::Request&, const web::Context& context) const {
        const auto filter = filter_of(context);
        auto wanted = wanted_of(context, filter);
        const auto page = web::asked_page(context);
        wanted.offset = static_cast<std::int64_t>((page - 1) * rows_a_page);
        TRY(const auto found, database_.read([&](db::Connection& c) { return list(c, wanted); }));
        std::vector<web::Action> actions{{message("As a tree"), "/organisationen/baum", false, {}}};
        if (context.actor.steers()) {
            actions.push_back({message("Read in a table"), "/organisationen/einlesen", false, {}});
            actions.push_back({message("New organisation"), "/organisationen/neu", true, "add"});
        }
        const auto table = table_of(context, found);
        return web::page(context,
                         {.title = message("Organisations"),
                          .lead = message("Who works in the district: own bodies and units, municipalities, providers and associations."),
                          .actions = actions,
                          .alternates = {{message("CSV"), web::Url("/organisationen.csv", context.query).str(), "text/csv"},
                                         {message("JSON"), web::Url("/organisationen.json", context.query).str(), "application/json"}}},
                         filter.html() + table.html() + web::pagination(context, page, rows_a_page, static_cast<std::size_t>(found.total)) +
                             web::exports(context, {{message("CSV"), web::Url("/organisationen.csv", context.query).str()},
                                                    {message("JSON"), web::Url("/organisationen.json", context.query).str()}}));
    }

    base::Result<http::Response> csv(const http::Request&, const web::Context& context) const {
        TRY(const auto rows, exported(context));
        web::Csv out;
        out.row({"key", "kind", "name_de", "name_en", "short_de", "short_en", "part_of", "bearer", "ags", "street", "postal_code", "city", "website",
                 "languages", "from", "until", "published"});
        for (const auto& [o, parent] : rows)
            out.row({o.key, std::string(name_of(o.kind)), o.name.de, o.name.en, o.short_name.de, o.short_name.en, parent, o.bearer, o.ags, o.street,
                     o.postal_code, o.city, o.website, joined(o.languages), o.from ? base::iso(*o.from) : "", o.until ? base::iso(*o.until) : "",
                     o.published ? "ja" : "nein"});
        return web::download(out.str(), "text/csv; charset=utf-8", "organisationen.csv");
    }

    base::Result<http::Response> json(const http::Request&, const web::Context& context) const {
        TRY(const auto rows, exported(context));
        boost::json::array all;
        for (const auto& [o, parent] : rows) {
            boost::json::object one{{"key", o.key},
                                    {"kind", name_of(o.kind)},
                                    {"name", {{"de", o.name.de}, {"en", o.name.en}}},
                                    {"belongs_to_district", belongs_to_district(o.kind)},
                                    {"part_of", parent},
                                    {"ags", o.ags},
                                    {"street", o.street},
                                    {"postal_code", o.postal_code},
                                    {"city", o.city},
                                    {"website", o.website}};
            boost::json::array spoken;
            for (const auto& code : o.languages) spoken.emplace_back(code);
            one["languages"] = std::move(spoken);
            one["from"] = o.from ? boost::json::value(base::iso(*o.from)) : boost::json::value();
            one["until"] = o.until ? boost::json::value(base::iso(*o.until)) : boost::json::value();
            all.push_back(std::move(one));
        }
        return http::Response::json(boost::json::serialize(all));
    }

    base::Result<http::Response> tree_page(const http::Request&, const web::Context& context) const {
        TRY(auto found, database_.read([](db::Connection& c) { return all(c); }));
        std::map<std::int64_t, std::vector<const Organisation*>> children;
        for (const auto& o : found)
            if (o.exists_on(context.day()) && (o.published || context.actor.signed_in())) children[o.part_of.value].push_back(&o);
        const std::function<web::Html(std::int64_t, int)> branch = [&](std::int64_t parent, int depth) {
            web::Html out = web::Html::trusted("<ul class=\"kern-list kern-list--bullet\">");
            for (const auto* o : children[parent]) {
                out += web::Html::trusted("<li>") + web::link(url_of(*o), o->name.in(lang(context)));
                if (children.contains(o->id.value) && depth < 12) out += branch(o->id.value, depth + 1);
                out += web::Html::trusted("</li>");
            }
            return out + web::Html::trusted("</ul>");
        };
        // Under their heads: what has parts. Organisations that stand alone are in the list.
        web::Html body = web::Html::trusted("<ul class=\"kern-list kern-list--bullet\">");
        for (const auto* top : children[0]) {
            if (!children.contains(top->id.value)) continue;
            body += web::Html::trusted("<li>") + web::link(url_of(*top), top->name.in(lang(context))) + branch(top->id.value, 1) +
                    web::Html::trusted("</li>");
        }
        body += web::Html::trusted("</ul>");
        return web::page(context,
                         {.title = message("Organisations as a tree"),
                          .lead = message("Bodies, units and institutions under what they are part of. What stands alone is in the list."),
                          .crumbs = {{message("Organisations"), "/organisationen"}}},
                         body);
    }

    base::Result<http::Response> show(const http::Request& request, const web::Context& context) const {
        TRY(const auto o, visible(request, context));
        return page_of(context, o, nullptr, nullptr);
    }

    base::Result<http::Response> create_form(const http::Request&, const web::Context& context) const {
        TRY_VOID(editors_only(context));
        return form_page(context, Organisation{}, nullptr, nullptr);
    }
    base::Result<http::Response> edit_form(const http::Request& request, const web::Context& context) const {
        TRY_VOID(editors_only(context));
        TRY(const auto o, visible(request, context));
        return form_page(context, o, nullptr, nullptr);
    }

    base::Result<http::Response> save_it(const http::Request& request, const web::Context& context) const {
        TRY_VOID(editors_only(context));
        Organisation o;
        if (request.path_values.has("key")) { TRY(o, visible(request, context)); }
        TRY(const auto others, everybody(context));
        web::Input input(request.form);
        read_organisation(input, request.form, others, o);
        if (!input.ok()) return form_page(context, o, &request.form, &input.error());
        const auto done = change([&](db::Connection& c) -> base::Result<void> {
            TRY(const auto district, wiring_.district(c));
            TRY_VOID(save(c, o, district, by(context)));
            return {};
        });
        if (!done) {
            if (done.error().code == "version") return form_page(context, o, &request.form, &stale());
            if (done.error().fields.empty()) return tl::unexpected(done.error());
            return form_page(context, o, &request.form, &done.error());
        }
        return web::see_other(context, url_of(o), message("Saved."));
    }

    base::Result<http::Response> rename_page(const http::Request& request, const web::Context& context) const {
        TRY_VOID(editors_only(context));
        TRY(const auto o, visible(request, context));
        return rename_again(context, o, nullptr, nullptr);
    }
    base::Result<http::Response> rename_it(const http::Request& request, const web::Context& context) const {
        TRY_VOID(editors_only(context));
        TRY(const auto o, visible(request, context));
        TRY(const auto others, everybody(context));
        web::Input input(request.form);
        Name n;
        n.from = input.day("from").value_or(base::Day{});
        n.name = {input.text("name_de", {.most = 200}), input.text("name_en", {.required = false, .most = 200})};
        n.short_name = {input.text("short_de", {.required = false, .most = 60}), input.text("short_en", {.required = false, .most = 60})};
        n.reason = input.text("reason", {.required = false, .most = 300});
        const auto parent = request.form.get("part_of");
        for (const auto& other : others)
            if (other.key == parent) n.part_of = other.id;
        if (input.ok() && context.today < n.from)
            input.wrong("from", message("Record a new name on its first day or later: until then the old one is true."));
        if (!input.ok()) return rename_again(context, o, &request.form, &input.error());
        const auto done = change([&](db::Connection& c) { return rename(c, o.id, n, by(context)); });
        if (!done) {
            if (done.error().fields.empty()) return tl::unexpected(done.error());
            return rename_again(context, o, &request.form, &done.error());
        }
        return web::see_other(context, url_of(o), message("The new name is recorded; the history keeps the old one."));
    }

    base::Result<http::Response> merge_page(const http::Request& request, const web::Context& context) const {
        TRY_VOID(editors_only(context));
        TRY(const auto o, visible(request, context));
        return merge_again(context, o, nullptr, nullptr);
    }
    base::Result<http::Response> merge_it(const http::Request& request, const web::Context& context) const {
        TRY_VOID(editors_only(context));
        TRY(const auto o, visible(request, context));
        TRY(const auto others, everybody(context));
        web::Input input(request.form);
        const auto last = input.day("last_day");
        OrganisationId into;
        for (const auto& other : others)
            if (other.key == request.form.get("into")) into = other.id;
        if (!into) input.wrong("into", message("Please choose the organisation that goes on."));
        if (!input.ok()) return merge_again(context, o, &request.form, &input.error());
        const auto done = change([&](db::Connection& c) { return merge(c, o.id, into, *last, by(context)); });
        if (!done) {
            if (done.error().fields.empty()) return tl::unexpected(done.error());
            return merge_again(context, o, &request.form, &done.error());
        }
        return web::see_other(context, url_of(o), message("The two are merged; the history keeps both."));
    }

    base::Result<http::Response> add_contact(const http::Request& request, const web::Context& context) const {
        return contact_saved(request, context, {});
    }
    base::Result<http::Response> contact_page(const http::Request& request, const web::Context& context) const {
        TRY_VOID(editors_only(context));
        TRY(const auto o, visible(request, context));
        TRY(const auto p, contact_here(request, o));
        return contact_again(context, o, p, nullptr, nullptr);
    }
    base::Result<http::Response> change_contact(const http::Request& request, const web::Context& context) const {
        TRY_VOID(editors_only(context));
        TRY(const auto o, visible(request, context));
        TRY(const auto p, contact_here(request, o));
        return contact_saved(request, context, p);
    }
    base::Result<http::Response> remove_contact(const http::Request& request, const web::Context& context) const {
        TRY_VOID(editors_only(context));
        TRY(const auto o, visible(request, context));
        TRY(const auto p, contact_here(request, o));
        TRY_VOID(change([&](db::Connection& c) -> base::Result<void> {
            TRY_VOID(wiring_.contact_changed(c, p, true, by(context)));
            return withdraw_contact(c, p.id, by(context));
        }));
        return web::see_other(context, url_of(o), message("The contact is withdrawn; the history keeps it."));
    }
    base::Result<http::Response> add_consent(const http::Request& request, const web::Context& context) const {
        TRY_VOID(editors_only(context));
        TRY(const auto o, visible(request, context));
        TRY(const auto p, contact_here(request, o));
        web::Input input(request.form);
        Consent consent;
        consent.field = input.choice("field", {"person", "email", "phone"});
        consent.purpose = std::string(publication);
        consent.given_on = input.day("given_on").value_or(base::Day{});
        if (input.ok() && context.today < consent.given_on) input.wrong("given_on", message("A consent cannot be given in the future."));
        if (!input.ok()) return contact_again(context, o, p, nullptr, &input.error());
        const auto done = change([&](db::Connection& c) { return give_consent(c, p.id, consent, by(context)); });
        if (!done) {
            if (done.error().fields.empty()) return tl::unexpected(done.error());
            return contact_again(context, o, p, nullptr, &done.error());
        }
        return web::see_other(context, contact_url(o, p), message("The consent is recorded."));
    }
    base::Result<http::Response> end_consent(const http::Request& request, const web::Context& context) const {
        TRY_VOID(editors_only(context));
        TRY(const auto o, visible(request, context));
        TRY(const auto p, contact_here(request, o));
        TRY_VOID(change([&](db::Connection& c) { return withdraw_consent(c, p.id, request.id("consent"), context.today, by(context)); }));
        return web::see_other(context, contact_url(o, p), message("The consent is withdrawn; the field is no longer shown."));
    }

  private:
    static constexpr std::size_t rows_a_page = 50;

    By by(const web::Context& context) const { return {context.actor, site_.clock().now()}; }
    static base::Result<void> editors_only(const web::Context& context) {
        if (!context.actor.steers()) return base::error(base::ErrorKind::not_found, "for those who steer");
        return {};
    }
    static const base::Error& stale() {
        static const base::Error error{base::ErrorKind::conflict,
                                       "version",
                                       {{"", message("Somebody else saved in between. Please look at what changed and save again."), 0}},
                                       "version"};
        return error;
    }
    template <class Work>
    base::Result<void> change(Work work) const {
        return database_.write([&](db::Connection& c) -> base::Result<void> {
            TRY_VOID(work(c));
            return wiring_.changed(c);
        });
    }
    base::Result<std::vector<Named>> everybody(const web::Context& context) const {
        return database_.read([&](db::Connection& c) { return names(c, context.today); });
    }
    static std::string contact_url(const Organisation& o, const ContactPoint& p) { return url_of(o) + "/kontakte/" + std::to_string(p.id.value); }
    static std::string joined(const std::vector<std::string>& words) {
        std::string out;
        for (const auto& word : words) out += (out.empty() ? "" : " ") + word;
        return out;
    }

    base::Result<Organisation> visible(const http::Request& request, const web::Context& context) const {
        TRY(auto o, database_.read([&](db::Connection& c) { return find_by_key(c, request.path_values.get("key")); }));
        if (!o || (!o->published && !context.actor.signed_in())) return base::error(base::ErrorKind::not_found, "no such organisation");
        return std::move(*o);
    }
    base::Result<ContactPoint> contact_here(const http::Request& request, const Organisation& o) const {
        TRY(auto p, database_.read([&](db::Connection& c) { return contact(c, ContactId{request.id("contact")}); }));
        if (p.organisation != o.id) return base::error(base::ErrorKind::not_found, "no such contact here");
        return p;
    }

    web::Filter filter_of(const web::Context& context) const {
        web::Filter filter(context);
        filter.search("suche", message("Search"));
        filter.select("art", message("Kind"), kind_choices());
        filter.select("gehoert", message("Belongs to the district"), {{"ja", message("yes")}, {"nein", message("no")}});
        std::vector<web::Choice> spoken;
        for (const auto& [code, name] : languages()) spoken.push_back({std::string(code), language_name(code)});
        filter.select("sprache", message("Language spoken"), spoken);
        filter.select("beendet", message("Ended ones"), {{"auch", message("show them, too")}});
        return filter;
    }
    Filter wanted_of(const web::Context& context, const web::Filter& filter) const {
        Filter f;
        f.words = filter.value("suche");
        f.kind = kind_named(filter.value("art"));
        if (const auto own = filter.value("gehoert"); !own.empty()) f.of_district = own == "ja";
        f.language = filter.value("sprache");
        f.ended_too = filter.value("beendet") == "auch";
        f.day = context.day();
        f.as_of_past = context.as_of.has_value();
        f.published_only = !context.actor.signed_in();
        f.sort = context.query.get("sortierung", "name");
        f.limit = static_cast<std::int64_t>(rows_a_page);
        return f;
    }
    base::Result<std::vector<std::pair<Organisation, std::string>>> exported(const web::Context& context) const {
        auto wanted = wanted_of(context, filter_of(context));
        wanted.limit = 100'000;
        return database_.read([&](db::Connection& c) -> base::Result<std::vector<std::pair<Organisation, std::string>>> {
            TRY(auto found, list(c, wanted));
            std::map<std::int64_t, std::string> keys;
            TRY_VOID(c.for_each("select id, key from organisations", {}, [&](const db::Row& row) { keys[row.int64("id")] = row.text("key"); }));
            std::vector<std::pair<Organisation, std::string>> out;
            for (auto& o : found.found) {
                auto parent = o.part_of ? keys[o.part_of.value] : std::string();
                out.emplace_back(std::move(o), std::move(parent));
            }
            return out;
        });
    }

    web::Table table_of(const web::Context& context, const Page& found) const {
        web::Table table(context, message("Organisations"),
                         {{.key = "name", .title = message("Name"), .sortable = true, .heading = true},
                          {.key = "art", .title = message("Kind"), .sortable = true},
                          {.key = "ort", .title = message("Locality"), .sortable = true},
                          {.key = "ags", .title = message("AGS"), .sortable = true, .nowrap = true},
                          {.key = "kontakte", .title = message("Contacts"), .numeric = true}});
        for (std::size_t i = 0; i < found.found.size(); ++i) {
            const auto& o = found.found[i];
            table.row({web::Cell::link(url_of(o), o.name.in(lang(context))), web::Cell(context.say(title_of(o.kind))), web::Cell(o.city),
                       web::Cell(o.ags), web::Cell::number(context.language, found.contacts[i])});
        }
        table.caption_hidden().when_empty(message("No organisation fits this choice."));
        return table;
    }

    base::Result<http::Response> form_page(const web::Context& context, const Organisation& o, const http::Fields* typed,
                                           const base::Error* refused) const {
        TRY(const auto others, everybody(context));
        return web::page(context,
                         {.title = o.id ? web::Text(o.name.in(lang(context))) : web::Text(message("New organisation")),
                          .crumbs = {{message("Organisations"), "/organisationen"}},
                          .status = refused ? 422 : 200,
                          .index = false},
                         organisation_form(context, o, others, typed, refused));
    }
    base::Result<http::Response> rename_again(const web::Context& context, const Organisation& o, const http::Fields* typed,
                                              const base::Error* refused) const {
        TRY(const auto others, everybody(context));
        return web::page(context,
                         {.title = message("New name or place"),
                          .lead = o.name.in(lang(context)),
                          .crumbs = crumbs(context, o),
                          .status = refused ? 422 : 200,
                          .index = false},
                         rename_form(context, o, others, typed, refused));
    }
    base::Result<http::Response> merge_again(const web::Context& context, const Organisation& o, const http::Fields* typed,
                                             const base::Error* refused) const {
        TRY(const auto others, everybody(context));
        return web::page(context,
                         {.title = message("Merge into another organisation"),
                          .lead = o.name.in(lang(context)),
                          .crumbs = crumbs(context, o),
                          .status = refused ? 422 : 200,
                          .index = false},
                         merge_form(context, o, others, typed, refused));
    }
    static std::vector<web::Crumb> crumbs(const web::Context& context, const Organisation& o) {
        return {{message("Organisations"), "/organisationen"}, {o.name.in(lang(context)), url_of(o)}};
    }

    base::Result<http::Response> contact_saved(const http::Request& request, const web::Context& context, ContactPoint p) const {
        TRY_VOID(editors_only(context));
        TRY(const auto o, visible(request, context));
        p.organisation = o.id;
        web::Input input(request.form);
        read_contact(input, request.form, p);
        const bool fresh = !p.id;
        const auto again = [&](const base::Error& refused) {
            return fresh ? page_of(context, o, &request.form, &refused) : contact_again(context, o, p, &request.form, &refused);
        };
        if (!input.ok()) return again(input.error());
        const auto done = change([&](db::Connection& c) -> base::Result<void> {
            TRY(const auto id, save_contact(c, p, by(context)));
            TRY(const auto saved, contact(c, id));
            return wiring_.contact_changed(c, saved, false, by(context));
        });
        if (!done) {
            if (done.error().fields.empty()) return tl::unexpected(done.error());
            return again(done.error());
        }
        return web::see_other(context, url_of(o), message("The contact is saved."));
    }

    base::Result<http::Response> contact_again(const web::Context& context, const Organisation& o, const ContactPoint& p, const http::Fields* typed,
                                               const base::Error* refused) const {
        return web::page(context, {.title = p.label.in(lang(context)), .crumbs = crumbs(context, o), .status = refused ? 422 : 200, .index = false},
                         "organisations/contact.tpl", [&](web::View& view) {
                             view.set("FORM", contact_form(context, contact_url(o, p), p, typed, typed ? refused : nullptr));
                             view.set("WITHDRAW", web::button_form(context, contact_url(o, p), message("Withdraw the contact"), "DELETE", true));
                             if (!p.is_person) return;
                             auto person = view.section("PERSON");
                             for (const auto& consent : p.consents) {
                                 auto row = person.section("CONSENT");
                                 row.set("FIELD", field_title(consent.field));
                                 row.set("GIVEN", consent.given_on);
                                 row.set("WITHDRAWN", consent.withdrawn_on ? context.format(*consent.withdrawn_on) : "–");
                                 if (!consent.withdrawn_on)
                                     row.set("END", web::button_form(context, contact_url(o, p) + "/einwilligungen/" + std::to_string(consent.id),
                                                                     message("Withdraw the consent"), "DELETE", true));
                             }
                             person.show_if("NONE", p.consents.empty());
                             person.show_if("SOME", !p.consents.empty());
                             web::Form add(context, {.action = contact_url(o, p) + "/einwilligungen", .submit = message("Record the consent")});
                             if (refused && !typed) add.error(*refused);
                             add.select("field", message("Field"),
                                        {{"person", message("Name of the person")}, {"email", message("E-mail")}, {"phone", message("Telephone")}});
                             add.date("given_on", message("Consent given on"), context.today);
                             person.set("ADD", add.html());
                         });
    }
    static base::Message field_title(const std::string& field) {
        if (field == "email") return message("E-mail");
        if (field == "phone") return message("Telephone");
        return message("Name of the person");
    }

    struct Shelf {
        std::vector<Name> names;
        std::vector<Organisation> parts;
        std::vector<ContactPoint> contacts;
        std::vector<audit::Entry> history;
        std::map<std::int64_t, Organisation> others;
        web::Html more;
    };

    base::Result<http::Response> page_of(const web::Context& context, const Organisation& o, const http::Fields* typed,
                                         const base::Error* refused) const {
        const auto read = [&](db::Connection& c) -> base::Result<Shelf> {
            Shelf s;
            TRY(s.names, names_of(c, o.id));
            TRY(s.parts, parts_of(c, o.id));
            TRY(s.contacts, contacts_of(c, o.id));
            if (context.actor.signed_in()) { TRY(s.history, audit::history(c, "organisations.organisation", o.key, {.limit = 20})); }
            std::set<OrganisationId> mentioned{o.part_of, o.merged_into};
            for (const auto& name : s.names) mentioned.insert(name.part_of);
            for (const auto id : mentioned) {
                if (!id) continue;
                TRY(auto other, find(c, id));
                if (other) s.others[id.value] = std::move(*other);
            }
            if (wiring_.more) { TRY(s.more, wiring_.more(c, context, o)); }
            return s;
        };
        TRY(const auto shelf, database_.read(read));
        const auto* name = name_in_force(shelf.names, context.day());
        std::vector<web::Action> actions;
        if (!o.bearer.empty()) actions.push_back({message("Its duties"), "/pflichten?traeger=" + o.bearer, false, {}});
        if (context.actor.steers()) {
            actions.push_back({message("Edit"), url_of(o) + "/bearbeiten", false, "edit"});
            actions.push_back({message("New name or place"), url_of(o) + "/namen", false, {}});
            if (!o.merged_into) actions.push_back({message("Merge"), url_of(o) + "/zusammenlegung", false, {}});
        }
        return web::page(context,
                         {.title = (name ? name->name : o.name).in(lang(context)),
                          .lead = title_of(o.kind),
                          .crumbs = {{message("Organisations"), "/organisationen"}},
                          .actions = actions,
                          .status = refused ? 422 : 200},
                         "organisations/show.tpl", [&](web::View& view) { fill(view, context, o, shelf, name, typed, refused); });
    }

    void fill(web::View& view, const web::Context& context, const Organisation& o, const Shelf& shelf, const Name* name, const http::Fields* typed,
              const base::Error* refused) const {
        const auto link_to = [&](OrganisationId id) {
            const auto it = shelf.others.find(id.value);
            return it == shelf.others.end() ? web::Html() : web::link(url_of(it->second), it->second.name.in(lang(context)));
        };
        const auto part_of = name ? name->part_of : o.part_of;
        view.set("DISTRICT",
                 belongs_to_district(o.kind)
                     ? message("Belongs to the district: measures can be assigned to it (clause 4.2).")
                     : message("Does not belong to the district: it can commit itself, but no measure or duty can be assigned to it (clause 4.2)."));
        if (part_of) view.section("PART_OF").set("LINK", link_to(part_of));
        if (o.merged_into && o.until) {
            auto merged = view.section("MERGED");
            merged.set("DAY", *o.until);
            merged.set("LINK", link_to(o.merged_into));
        } else if (o.until) {
            view.section("ENDED").set("DAY", *o.until);
        }
        if (!o.ags.empty()) view.section("AGS").set("VALUE", o.ags);
        if (!o.city.empty() || !o.street.empty()) {
            auto address = view.section("ADDRESS");
            address.set("STREET", o.street);
            address.set("CITY", o.postal_code + " " + o.city);
        }
        if (!o.website.empty()) view.section("WEBSITE").set("LINK", web::link(o.website, o.website));
        if (!o.languages.empty()) {
            std::string spoken;
            for (const auto& code : o.languages) spoken += (spoken.empty() ? "" : ", ") + context.say(language_name(code));
            view.section("LANGUAGES").set("VALUE", spoken);
        }
        if (!shelf.parts.empty()) {
            auto parts = view.section("PARTS");
            for (const auto& part : shelf.parts)
                if (part.exists_on(context.day())) parts.section("PART").set("LINK", web::link(url_of(part), part.name.in(lang(context))));
        }
        fill_contacts(view, context, o, shelf);
        if (shelf.names.size() > 1) {
            auto history = view.section("NAMES");
            for (const auto& one : shelf.names) {
                auto row = history.section("NAME");
                row.set("FROM", one.from == since_ever ? context.say(message("from the beginning")) : context.format(one.from));
                row.set("TEXT", one.name.in(lang(context)));
                if (one.part_of) row.section("PART_OF").set("LINK", link_to(one.part_of));
                row.set_if("REASON", one.reason);
            }
        }
        view.set("MORE", shelf.more);
        if (!shelf.history.empty()) {
            auto log = view.section("HISTORY");
            for (const auto& entry : shelf.history) {
                auto row = log.section("ENTRY");
                row.set("DAY", context.format(base::berlin_day(entry.at)));
                row.set("ACTION", entry.action);
                for (const auto& difference : entry.differences) row.section("DIFFERENCE").set("TEXT", audit::readable(difference));
            }
        }
        if (!context.actor.steers()) return;
        auto add = view.section("ADD");
        add.set("FORM", contact_form(context, url_of(o) + "/kontakte", ContactPoint{}, typed, refused));
        add.show_if("OPEN", refused != nullptr);
    }

    void fill_contacts(web::View& view, const web::Context& context, const Organisation& o, const Shelf& shelf) const {
        std::optional<web::View> contacts;
        for (const auto& p : shelf.contacts) {
            const bool inside = context.actor.signed_in();
            const auto shown = inside ? Shown{p.person, p.email, p.phone} : public_part(p, context.day());
            if (!inside && shown.nothing()) continue;
            if (!contacts) contacts = view.section("CONTACTS");
            auto row = contacts->section("CONTACT");
            row.set("LABEL", p.label.in(lang(context)));
            row.set_if("PERSON", shown.person);
            row.set_if("EMAIL", shown.email);
            row.set_if("PHONE", shown.phone);
            if (!inside) continue;
            row.show_if("INTERNAL", public_part(p, context.day()).nothing());
            if (context.actor.steers()) row.section("EDIT").set("URL", contact_url(o, p));
        }
    }

    web::Site& site_;
    db::Database& database_;
    Wiring wiring_;
};

}  // namespace

void mount(http::Router& router, web::Site& site, db::Database& database, Wiring wiring) {
    mount_import(router, site, database, wiring);
    const auto pages = std::make_shared<Pages>(site, database, std::move(wiring));
    const auto on = [&](auto method) {
        return site.page([pages, method](const http::Request& request, const web::Context& context) { return ((*pages).*method)(request, context); });
    };
    router.get("/organisationen", on(&Pages::list_page));
    router.get("/organisationen.csv", on(&Pages::csv));
    router.get("/organisationen.json", on(&Pages::json));
    router.post("/organisationen", on(&Pages::save_it));
    router.get("/organisationen/neu", on(&Pages::create_form));
    router.get("/organisationen/baum", on(&Pages::tree_page));
    router.get("/organisationen/{key:slug}", on(&Pages::show));
    router.post("/organisationen/{key:slug}", on(&Pages::save_it));
    router.get("/organisationen/{key:slug}/bearbeiten", on(&Pages::edit_form));
    router.get("/organisationen/{key:slug}/namen", on(&Pages::rename_page));
    router.post("/organisationen/{key:slug}/namen", on(&Pages::rename_it));
    router.get("/organisationen/{key:slug}/zusammenlegung", on(&Pages::merge_page));
    router.post("/organisationen/{key:slug}/zusammenlegung", on(&Pages::merge_it));
    router.post("/organisationen/{key:slug}/kontakte", on(&Pages::add_contact));
    router.get("/organisationen/{key:slug}/kontakte/{contact}", on(&Pages::contact_page));
    router.post("/organisationen/{key:slug}/kontakte/{contact}", on(&Pages::change_contact));
    router.del("/organisationen/{key:slug}/kontakte/{contact}", on(&Pages::remove_contact));
    router.post("/organisationen/{key:slug}/kontakte/{contact}/einwilligungen", on(&Pages::add_consent));
    router.del("/organisationen/{key:slug}/kontakte/{contact}/einwilligungen/{consent}", on(&Pages::end_consent));
    site.add({.title = message("Organisations"), .url = "/organisationen", .from = identity::Role::anonymous, .order = 62, .also = {}});
}

}  // namespace organisations
