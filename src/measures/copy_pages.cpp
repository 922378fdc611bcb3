#include "measures/copy_pages.h"

#include "measures/field_words.h"
#include "measures/labels.h"
#include "measures/template_store.h"
#include "measures/views.h"
#include "platform/web/form.h"
#include "platform/web/input.h"
#include "platform/web/url.h"

namespace measures {
namespace {

using base::message;

tl::unexpected<base::Error> hidden() { return base::error(base::ErrorKind::not_found, "for those who work on measures"); }
bool works(const web::Context& context) { return edits_all(context) || context.actor.role == identity::Role::unit_editor; }

int year_in(const http::Fields& query, std::string_view name, int otherwise) {
    const auto text = query.get(name);
    if (text.size() != 4 || text.find_first_not_of("0123456789") != std::string::npos) return otherwise;
    const int year = std::stoi(text);
    return year >= 1990 && year <= 2100 ? year : otherwise;
}

class CopyPages {
  public:
    explicit CopyPages(Desk desk) : desk_(std::move(desk)) {}

    // --- templates ---

    base::Result<http::Response> list_page(const http::Request&, const web::Context& context) const {
        if (!works(context)) return hidden();
        TRY(const auto all, desk_.database.read([](db::Connection& c) { return templates(c); }));
        std::vector<web::Action> actions;
        if (edits_all(context)) actions.push_back({message("New template"), "/massnahmen/vorlagen/neu", true, "add"});
        return web::page(context,
                         {.title = message("Templates of measures"),
                          .lead = message("What is proposed again and again. Places in braces, such as {jahr}, are filled when it is used."),
                          .crumbs = {{message("Measures"), "/massnahmen"}},
                          .actions = actions,
                          .index = false},
                         "measures/templates.tpl", [&](web::View& view) {
                             view.show_if("EMPTY", all.empty());
                             if (all.empty()) return;
                             auto list = view.section("LIST");
                             list.list("TEMPLATE", all, [&](web::View& row, const Template& each) {
                                 const auto url = "/massnahmen/vorlagen/" + std::to_string(each.id.value);
                                 const auto title = each.fields.find("titel");
                                 row.set("NAME", each.name);
                                 row.set("TITLE", title == each.fields.end() ? "" : title->second);
                                 row.set("USE_URL", url + "/verwenden");
                                 if (edits_all(context)) row.section("EDIT").set("URL", url);
                             });
                         });
    }

    base::Result<http::Response> new_form(const http::Request& request, const web::Context& context) const {
        if (!edits_all(context)) return hidden();
        Template fresh;
        if (const auto key = request.query.get("von"); !key.empty()) {
            TRY(const auto dossier, desk_.database.read([&](db::Connection& c) { return find(c, key); }));
            fresh.name = dossier.measure.title.de;
            fresh.fields = template_of(dossier.measure, context.today);
        }
        return form_page(context, fresh, nullptr, nullptr);
    }
    base::Result<http::Response> edit_form(const http::Request& request, const web::Context& context) const {
        if (!edits_all(context)) return hidden();
        TRY(const auto found, desk_.database.read([&](db::Connection& c) { return find_template(c, TemplateId{request.id("id")}); }));
        return form_page(context, found, nullptr, nullptr);
    }
    base::Result<http::Response> create_template(const http::Request& request, const web::Context& context) const {
        return save(request, context, {});
    }
    base::Result<http::Response> change_template(const http::Request& request, const web::Context& context) const {
        return save(request, context, TemplateId{request.id("id")});
    }
    base::Result<http::Response> drop(const http::Request& request, const web::Context& context) const {
        if (!edits_all(context)) return hidden();
        TRY_VOID(desk_.change(context,
                              [&](db::Connection& c, const World&, const By& by) { return withdraw_template(c, TemplateId{request.id("id")}, by); }));
        return web::see_other(context, "/massnahmen/vorlagen", message("The template is withdrawn; the history keeps it."));
    }

    // Asks for the places, then leads to the form of a new measure.
    base::Result<http::Response> use(const http::Request& request, const web::Context& context) const {
        if (!works(context)) return hidden();
        TRY(const auto found, desk_.database.read([&](db::Connection& c) { return find_template(c, TemplateId{request.id("id")}); }));
        const auto places = places_in(found.fields);
        if (places.empty()) return http::Response::see_other("/massnahmen/neu?vorlage=" + std::to_string(found.id.value));
        web::Form form(context, {.action = "/massnahmen/neu",
                                 .submit = message("Fill the form"),
                                 .cancel_url = "/massnahmen/vorlagen",
                                 .method = "GET",
                                 .idempotency_key = false});
        form.hidden("vorlage", std::to_string(found.id.value));
        for (const auto& place : places)
            form.text("platz_" + place, web::Text(place), {.value = place == "jahr" ? std::to_string(base::year_of(context.today)) : ""});
        return web::page(context,
                         {.title = web::Text(found.name),
                          .lead = message("Fill the places of the template. Everything can still be changed in the form that follows."),
                          .crumbs = {{message("Measures"), "/massnahmen"}, {message("Templates of measures"), "/massnahmen/vorlagen"}},
                          .index = false},
                         form.html());
    }

    // --- a year again ---

    base::Result<http::Response> year_page(const http::Request& request, const web::Context& context) const {
        return year_page(context, request.query, nullptr);
    }
    base::Result<http::Response> copy_year(const http::Request& request, const web::Context& context) const {
        if (!edits_all(context)) return hidden();
        const int from = year_in(request.form, "von", 0), to = year_in(request.form, "nach", 0);
        const auto done = desk_.change(context, [&](db::Connection& c, const World&, const By& by) -> base::Result<std::size_t> {
            if (from == 0 || to <= from || to > from + 10) return base::invalid("nach", message("Copy into one of the ten years after it."));
            return copy_all(c, request.form.all("auswahl"), to - from, by);
        });
        if (done)
            return web::see_other(
                context, "/massnahmen?zustand=proposed",
                message("{n} measures are proposed again for {year}.", {{"n", std::to_string(*done)}, {"year", std::to_string(to)}}));
        if (done.error().fields.empty()) return tl::unexpected(done.error());
        return year_page(context, request.form, &done.error());
    }

  private:
    base::Result<http::Response> save(const http::Request& request, const web::Context& context, TemplateId id) const {
        if (!edits_all(context)) return hidden();
        Template changed;
        changed.id = id;
        changed.name = web::Input(request.form).text("name", {.required = false, .most = 200});
        for (const auto& name : template_field_names())
            if (request.form.has(name)) changed.fields[name] = join_list(request.form.all(name));
        for (const auto* name :
             {"titel", "titel_en", "beschreibung", "beschreibung_en", "notiz", "kriterium", "kriterium_en"})  // a text may hold commas
            changed.fields[name] = request.form.get(name);
        const auto saved = desk_.change(context, [&](db::Connection& c, const World&, const By& by) { return save_template(c, changed, by); });
        if (saved) return web::see_other(context, "/massnahmen/vorlagen", message("Saved."));
        if (saved.error().fields.empty()) return tl::unexpected(saved.error());
        return form_page(context, changed, &request.form, &saved.error());
    }

    base::Result<http::Response> form_page(const web::Context& context, const Template& t, const http::Fields* typed,
                                           const base::Error* refused) const {
        TRY(const auto bearers, desk_.database.read([](db::Connection& c) { return network::bearers(c); }));
        const auto url = t.id ? "/massnahmen/vorlagen/" + std::to_string(t.id.value) : std::string("/massnahmen/vorlagen/neu");
        web::Form form(context, {.action = url, .submit = message("Save"), .cancel_url = "/massnahmen/vorlagen"});
        if (typed) form.typed(*typed);
        if (refused) form.error(*refused);
        const auto value = [&](const std::string& name) {
            const auto at = t.fields.find(name);
            return at == t.fields.end() ? std::string() : at->second;
        };
        form.text("name", message("Name of the template"), {.value = t.name, .hint = message("As it stands in the list of templates.")});
        const auto choices = [&](const auto& all) {
            std::vector<web::Choice> out;
            out.reserve(all.size());
            for (const auto each : all) out.push_back({std::string(name_of(each)), label_of(each)});
            return out;
        };
        std::vector<web::Choice> offices{{"", message("chosen when it is used")}}, evidence_kinds{{"", message("not fixed yet")}};
        for (const auto& bearer : bearers)
            if (network::belongs_to_district(bearer.kind)) offices.push_back({bearer.key, bearer.name.in(i18n::code(context.language))});
        for (const auto& kind : evidence::kinds())
            evidence_kinds.push_back({std::string(kind.name), evidence::name_of_kind(kind.name).in(i18n::code(context.language))});
        form.text("titel", label_of_field("titel"), {.value = value("titel"), .hint = message("Write places to fill in braces: {jahr}, {ort}.")});
        form.text("titel_en", label_of_field("titel_en"), {.value = value("titel_en"), .optional = true});
        form.select("art", label_of_field("art"), choices(std::array{Kind::single, Kind::permanent, Kind::framework_goal}),
                    {.value = value("art").empty() ? "single" : value("art")});
        form.textarea("beschreibung", label_of_field("beschreibung"), {.value = value("beschreibung"), .optional = true});
        form.textarea("beschreibung_en", label_of_field("beschreibung_en"), {.value = value("beschreibung_en"), .optional = true, .rows = 3});
        form.text(
            "aussagen", label_of_field("aussagen"),
            {.value = value("aussagen"), .hint = message("Concept and number, for example 2018:5.1-a; several with commas."), .optional = true});
        form.select("verantwortlich", label_of_field("verantwortlich"), offices, {.value = value("verantwortlich"), .optional = true});
        form.row()
            .text("beginn", label_of_field("beginn"), {.value = value("beginn"), .hint = message("For example 01.01.{jahr}."), .optional = true})
            .text("ende", label_of_field("ende"), {.value = value("ende"), .optional = true})
            .end_row();
        form.row()
            .select("rhythmus", label_of_field("rhythmus"),
                    choices(std::array{Rhythm::none, Rhythm::yearly, Rhythm::half_yearly, Rhythm::quarterly, Rhythm::monthly}),
                    {.value = value("rhythmus"), .optional = true})
            .number("berichtsabstand", label_of_field("berichtsabstand"),
                    {.value = value("berichtsabstand").empty() ? "180" : value("berichtsabstand"), .short_input = true})
            .end_row();
        form.select("kriterium_art", label_of_field("kriterium_art"),
                    choices(std::array{CriterionKind::none, CriterionKind::yes_or_no, CriterionKind::value}),
                    {.value = value("kriterium_art"), .optional = true});
        form.text("kriterium", label_of_field("kriterium"), {.value = value("kriterium"), .optional = true});
        form.text("kriterium_en", label_of_field("kriterium_en"), {.value = value("kriterium_en"), .optional = true});
        form.row()
            .select("kriterium_richtung", label_of_field("kriterium_richtung"),
                    choices(std::array{Direction::at_least, Direction::at_most, Direction::exactly, Direction::within}),
                    {.value = value("kriterium_richtung").empty() ? "at_least" : value("kriterium_richtung")})
            .text("kriterium_wert", label_of_field("kriterium_wert"), {.value = value("kriterium_wert"), .optional = true})
            .text("kriterium_einheit", label_of_field("kriterium_einheit"), {.value = value("kriterium_einheit"), .optional = true})
            .end_row();
        form.select("nachweisart", label_of_field("nachweisart"), evidence_kinds, {.value = value("nachweisart"), .optional = true});
        form.textarea("notiz", label_of_field("notiz"), {.value = value("notiz"), .optional = true, .rows = 3});
        auto content = form.html();
        if (t.id) content += web::button_form(context, url, message("Withdraw this template"), "DELETE", true);
        return web::page(context,
                         {.title = t.id ? web::Text(t.name) : web::Text(message("New template")),
                          .crumbs = {{message("Measures"), "/massnahmen"}, {message("Templates of measures"), "/massnahmen/vorlagen"}},
                          .status = refused ? 422 : 200,
                          .index = false},
                         content);
    }

    base::Result<http::Response> year_page(const web::Context& context, const http::Fields& sent, const base::Error* refused) const {
        if (!edits_all(context)) return hidden();
        const int now = base::year_of(context.today);
        const int from = year_in(sent, "von", now - 1), to = year_in(sent, "nach", from + 1);
        struct Read {
            std::vector<Dossier> all;
            std::vector<network::Bearer> bearers;
            World world;
        };
        TRY(const auto read, desk_.database.read([&](db::Connection& c) -> base::Result<Read> {
            Read out;
            Filter everything;
            everything.per_page = 0;
            TRY(auto page, list(c, everything));
            out.all = std::move(page.dossiers);
            TRY(out.bearers, network::bearers(c));
            TRY(out.world, read_world(c, context.today));
            return out;
        }));
        std::map<std::string, std::string> titles;  // of the year it is copied into
        for (const auto& dossier : read.all)
            if (dossier.measure.schedule.ends_on && base::year_of(*dossier.measure.schedule.ends_on) == to)
                titles.emplace(dossier.measure.title.de, dossier.measure.key);
        return web::page(
            context,
            {.title = message("Take measures over into another year"),
             .lead = message(
                 "Measures that end in {from}, proposed again for {to}: dates, years of means and milestones move; what was spent, reached and resolved stays behind.",
                 {{"from", std::to_string(from)}, {"to", std::to_string(to)}}),
             .crumbs = {{message("Measures"), "/massnahmen"}},
             .status = refused ? 422 : 200,
             .index = false},
            "measures/copy_year.tpl", [&](web::View& view) {
                if (refused) {
                    auto box = view.section("REFUSED");
                    box.list("REASON", refused->fields, [&](web::View& row, const base::FieldError& mistake) {
                        if (mistake.field.starts_with("M-")) row.section("AT").set("KEY", mistake.field);
                        row.set("TEXT", mistake.message);
                    });
                }
                web::Form years(context, {.action = "/massnahmen/uebernehmen", .submit = message("Show"), .method = "GET", .idempotency_key = false});
                years.row()
                    .number("von", message("From the year"), {.value = std::to_string(from), .short_input = true})
                    .number("nach", message("into the year"), {.value = std::to_string(to), .short_input = true})
                    .end_row();
                view.set("YEARS", years.html());
                web::Form form(
                    context, {.action = "/massnahmen/uebernehmen", .submit = message("Propose the chosen ones again"), .cancel_url = "/massnahmen"});
                form.hidden("von", std::to_string(from)).hidden("nach", std::to_string(to));
                view.set("OPEN", form.open());
                view.set("CLOSE", form.close());
                const auto typed = sent.all("auswahl");
                bool any = false;
                for (const auto& dossier : read.all) {
                    const auto& m = dossier.measure;
                    if (!is_of_year(m, from)) continue;
                    any = true;
                    const auto copy = copied(m, to - from, context.today);
                    const auto twin = titles.find(copy.title.de);
                    auto row = view.section("ROW");
                    row.set("KEY", m.key);
                    row.set("URL", "/massnahmen/" + m.key);
                    row.set("TITLE", copy.title.in(i18n::code(context.language)));
                    row.set("LABEL", context.say(message("Choose {number}", {{"number", m.key}})));
                    row.set("ACCOUNTABLE", name_of_bearer(context, read.bearers, m.accountable));
                    row.set("PERIOD", day_or_dash(context, copy.schedule.starts_on) + " – " + day_or_dash(context, copy.schedule.ends_on));
                    row.set("STATE", web::chip(context, tone_of(m.state), label_of(m.state)));
                    const bool chosen = refused ? std::find(typed.begin(), typed.end(), m.key) != typed.end() : twin == titles.end();
                    row.show_if("CHECKED", chosen);
                    if (twin != titles.end()) row.section("TWIN").set("KEY", twin->second);
                    // A statement of a concept that has ended by then holds nothing any more.
                    const auto on = copy.schedule.starts_on.value_or(*copy.schedule.ends_on);
                    const bool ended = !m.statements.empty() && std::none_of(m.statements.begin(), m.statements.end(), [&](const StatementRef& ref) {
                        return std::any_of(read.world.statements.begin(), read.world.statements.end(), [&](const StatementFact& fact) {
                            return fact.ref == ref && fact.adopted && (!fact.valid_until || on <= *fact.valid_until);
                        });
                    });
                    row.show_if("CONCEPT_ENDED", ended);
                }
                view.show_if(any ? "LIST" : "EMPTY", true);
            });
    }

    Desk desk_;
};

}  // namespace

void mount_copies(http::Router& router, const Desk& desk) {
    const auto pages = std::make_shared<CopyPages>(desk);
    using Answer = base::Result<http::Response> (CopyPages::*)(const http::Request&, const web::Context&) const;
    const auto on = [&](Answer method) {
        return desk.site.page(
            [pages, method](const http::Request& request, const web::Context& context) { return ((*pages).*method)(request, context); });
    };
    router.get("/massnahmen/vorlagen", on(&CopyPages::list_page));
    router.get("/massnahmen/vorlagen/neu", on(&CopyPages::new_form));
    router.post("/massnahmen/vorlagen", on(&CopyPages::create_template));
    router.post("/massnahmen/vorlagen/neu", on(&CopyPages::create_template));
    router.get("/massnahmen/vorlagen/{id}", on(&CopyPages::edit_form));
    router.get("/massnahmen/vorlagen/{id}/verwenden", on(&CopyPages::use));
    router.post("/massnahmen/vorlagen/{id}", on(&CopyPages::change_template));
    router.del("/massnahmen/vorlagen/{id}", on(&CopyPages::drop));
    router.get("/massnahmen/uebernehmen", on(&CopyPages::year_page));
    router.post("/massnahmen/uebernehmen", on(&CopyPages::copy_year));
}

}  // namespace measures
