#include "measures/edit_pages.h"

#include "measures/deeds.h"
#include "measures/field_words.h"
#include "measures/joint_edit.h"
#include "measures/part_fields.h"
#include "measures/template_store.h"
#include "measures/views.h"
#include "platform/web/form.h"
#include "platform/web/input.h"

namespace measures {
namespace {

using base::message;

// What a form sends of a measure; a field the form has not stays as it is.
Fields fields_in(const http::Fields& form) {
    Fields out;
    for (const auto& name : field_names())
        if (form.has(name)) out[name] = join_list(form.all(name));
    for (const auto* name : {"titel", "titel_en", "beschreibung", "beschreibung_en", "notiz", "kriterium", "kriterium_en"})  // a text may hold commas
        if (form.has(name)) out[name] = form.get(name);
    if (form.has("version")) {  // sent by the whole form: what is unchecked is not sent
        out["veroeffentlicht"] = form.has("veroeffentlicht") ? "ja" : "nein";
        for (const auto* name : {"gemeinschaftlich", "mitwirkende"})
            if (!form.has(name)) out[name] = "";
    }
    return out;
}

int number_in(const http::Fields& form, std::string_view name) {
    int out = 0;
    for (const char ch : form.get(name).substr(0, 8)) out = ch >= '0' && ch <= '9' ? out * 10 + (ch - '0') : out;
    return out;
}

class Pages {
  public:
    explicit Pages(Desk desk) : desk_(std::move(desk)) {}

    base::Result<http::Response> new_form(const http::Request& request, const web::Context& context) const {
        TRY(const auto setting, around(context));
        if (!may_propose(context, setting.by)) return hidden();
        Dossier fresh;
        fresh.measure.accountable = edits_all(context) ? "" : setting.by.office;
        if (const auto key = request.query.get("kopie"); !key.empty()) {
            TRY(const auto source, desk_.database.read([&](db::Connection& c) { return find(c, key); }));
            const int years = std::max(0, base::year_of(context.today) - year_of(source.measure, context.today));
            fresh.measure = copied(source.measure, years, context.today);
            if (!edits_all(context)) fresh.measure.accountable = setting.by.office;
            return form_page(context, setting, fresh, nullptr, nullptr, {}, 0, key);
        }
        const auto chosen = request.query.get("vorlage");
        if (chosen.empty()) return form_page(context, setting, fresh, nullptr, nullptr, {});
        TRY(const auto found,
            desk_.database.read([&](db::Connection& c) { return find_template(c, TemplateId{number_in(request.query, "vorlage")}); }));
        std::map<std::string, std::string> values;
        for (const auto& [name, value] : request.query.items())
            if (name.starts_with("platz_")) values[name.substr(6)] = value.substr(0, 200);
        auto fields = filled(found.fields, values);
        if (!edits_all(context)) fields["verantwortlich"] = setting.by.office;
        fresh.measure = as_far_as_readable(fresh.measure, fields, context.today);
        http::Fields typed;  // as the template has it, also where it cannot be read yet
        for (const auto& [name, value] : fields)
            if (name != "gemeinschaftlich" && name != "mitwirkende") typed.add(name, value);
        return form_page(context, setting, fresh, &typed, nullptr, {}, 200);
    }

    base::Result<http::Response> edit_form(const http::Request& request, const web::Context& context) const {
        TRY(const auto setting, around(context));
        TRY(const auto dossier, editable(request, context, setting));
        return form_page(context, setting, dossier, nullptr, nullptr, {});
    }

    base::Result<http::Response> create_measure(const http::Request& request, const web::Context& context) const {
        TRY(const auto setting, around(context));
        if (!may_propose(context, setting.by)) return hidden();
        const auto fields = fields_in(request.form);
        const auto copy_of = request.form.has("mit_mitteln") ? request.form.get("kopie") : std::string();
        auto made = desk_.change(context, [&](db::Connection& c, const World&, const By& by) { return propose(c, context, fields, by, copy_of); });
        if (!made) {
            if (made.error().fields.empty()) return tl::unexpected(made.error());
            return form_page(context, setting, Dossier{as_far_as_readable(Measure{}, fields, context.today), {}, {}}, &request.form, &made.error(),
                             {}, 0, request.form.get("kopie"));
        }
        return web::see_other(context, "/massnahmen/" + made->key, message("The measure is proposed. Now show its resources."));
    }

    base::Result<http::Response> save_measure(const http::Request& request, const web::Context& context) const {
        TRY(const auto setting, around(context));
        TRY(const auto dossier, editable(request, context, setting));
        const auto fields = fields_in(request.form);
        const auto parts = parts_in(request.form);
        const int version = number_in(request.form, "version");
        ScheduleChange schedule;
        schedule.resolution = request.form.get("termin_beschluss");
        schedule.resolved_on = base::parse_day(request.form.get("termin_beschlossen_am"));
        auto saved = desk_.change(context, [&](db::Connection& c, const World&, const By& by) -> base::Result<Measure> {
            TRY(auto done, measures::change(c, context, dossier.measure.key, fields, version, schedule, by));
            TRY_VOID(save_parts(c, done.key, parts, by));
            return done;
        });
        if (saved) return web::see_other(context, "/massnahmen/" + saved->key, message("Saved."));
        if (saved.error().code == "version") return merge_page(context, setting, dossier.measure.key, fields, parts, version);
        if (saved.error().fields.empty()) return tl::unexpected(saved.error());
        return form_page(context, setting, dossier, &request.form, &saved.error(), {});
    }

    // The grade while the form is filled: whatever can be read of it is judged.
    base::Result<http::Response> live(const http::Request& request, const web::Context& context) const {
        TRY(const auto setting, around(context));
        if (!may_propose(context, setting.by)) return hidden();
        Dossier dossier;
        if (const auto key = request.form.get("kennung"); !key.empty()) {
            TRY(dossier, desk_.database.read([&](db::Connection& c) { return find(c, key); }));
        }
        dossier.measure = as_far_as_readable(dossier.measure, fields_in(request.form), context.today);
        return web::fragment(context, "measures/gate_only.tpl",
                             [&](web::View& view) { view.set("GATE", gate_html(context, judged(dossier, setting.world).gate)); });
    }

    base::Result<http::Response> step(const http::Request& request, const web::Context& context) const {
        const auto move = move_named(request.form.get("schritt"));
        Step step;
        step.move = move.value_or(Move::clarify);
        step.reason = request.form.get("grund");
        step.finding = request.form.get("befund");
        step.record = request.form.get("beleg");
        step.resolution = request.form.get("beschluss");
        step.resolved_on = base::parse_day(request.form.get("beschlossen_am"));
        step.replaced_by = request.form.get("ersatz");
        return changed(request, context, message("The step is taken."), Allowed::by_rule,
                       [&](db::Connection& c, const Measure& m, const World& world, const By& by) -> base::Result<void> {
                           if (!move) return base::invalid("schritt", message("Choose a step."));
                           TRY_VOID(measures::move(c, context, m, step, world, by));
                           return {};
                       });
    }

    base::Result<http::Response> new_resource(const http::Request& request, const web::Context& context) const {
        return changed(request, context, message("The resource is shown."), Allowed::editors,
                       [&](db::Connection& c, const Measure& m, const World&, const By& by) -> base::Result<void> {
                           Fields fields;
                           for (const auto& name : resource_field_names()) fields[name] = request.form.get(name);
                           TRY(const auto r, with_fields(Resource{}, fields, m.schedule));
                           TRY_VOID(add_resource(c, m.key, r, by));
                           return {};
                       });
    }
    base::Result<http::Response> drop_resource(const http::Request& request, const web::Context& context) const {
        return changed(request, context, message("The resource is withdrawn; the history keeps it."), Allowed::editors,
                       [&](db::Connection& c, const Measure& m, const World&, const By& by) {
                           return withdraw_resource(c, m.key, ResourceId{request.id("mittel")}, by);
                       });
    }
    base::Result<http::Response> confirm(const http::Request& request, const web::Context& context) const {
        return changed(request, context, message("Confirmed."), Allowed::by_rule,
                       [&](db::Connection& c, const Measure& m, const World&, const By& by) {
                           return confirm_resource(c, m.key, ResourceId{request.id("mittel")}, by);
                       });
    }
    base::Result<http::Response> new_milestone(const http::Request& request, const web::Context& context) const {
        return changed(request, context, message("Saved."), Allowed::editors,
                       [&](db::Connection& c, const Measure& m, const World&, const By& by) -> base::Result<void> {
                           const auto due = base::parse_day(request.form.get("faellig"));
                           if (!due) return base::invalid("faellig", message("This is no day: write it as 31.12.2019."));
                           TRY_VOID(add_milestone(c, m.key, {{}, {request.form.get("titel"), request.form.get("titel_en")}, *due, {}}, by));
                           return {};
                       });
    }
    base::Result<http::Response> milestone_reached(const http::Request& request, const web::Context& context) const {
        return changed(request, context, message("Saved."), Allowed::editors, [&](db::Connection& c, const Measure& m, const World&, const By& by) {
            return reach_milestone(c, m.key, MilestoneId{request.id("meilenstein")}, context.today, by);
        });
    }
    base::Result<http::Response> new_evidence(const http::Request& request, const web::Context& context) const {
        return changed(request, context, message("The evidence is delivered; another office accepts it."), Allowed::editors,
                       [&](db::Connection& c, const Measure& m, const World&, const By& by) -> base::Result<void> {
                           const auto day = base::parse_day(request.form.get("tag"));
                           if (!day) return base::invalid("tag", message("This is no day: write it as 31.12.2019."));
                           TRY_VOID(deliver(c, m.key, {request.form.get("titel"), request.form.get("titel_en")}, *day, by));
                           return {};
                       });
    }
    base::Result<http::Response> accept_evidence(const http::Request& request, const web::Context& context) const {
        return changed(request, context, message("The evidence is accepted."), Allowed::by_rule,
                       [&](db::Connection& c, const Measure& m, const World& world, const By& by) {
                           return accept(c, m.key, DeliveryId{request.id("nachweis")}, world, by);
                       });
    }
    base::Result<http::Response> drop_evidence(const http::Request& request, const web::Context& context) const {
        return changed(request, context, message("The evidence is withdrawn; the history keeps it."), Allowed::editors,
                       [&](db::Connection& c, const Measure& m, const World&, const By& by) {
                           return withdraw_delivery(c, m.key, DeliveryId{request.id("nachweis")}, request.form.get("grund"), by);
                       });
    }
    base::Result<http::Response> new_report(const http::Request& request, const web::Context& context) const {
        return changed(request, context, message("The report is given."), Allowed::editors,
                       [&](db::Connection& c, const Measure& m, const World&, const By& by) -> base::Result<void> {
                           TRY(const auto report, read_report(request.form, context.today));
                           TRY_VOID(add_report(c, m.key, report, by));
                           return {};
                       });
    }

  private:
    struct Setting {
        World world;
        std::vector<network::Bearer> bearers;
        By by;
    };
    enum class Allowed { editors, by_rule };  // by_rule: the rule or the store says who

    static tl::unexpected<base::Error> hidden() { return base::error(base::ErrorKind::not_found, "for those who work on measures"); }

    base::Result<Setting> around(const web::Context& context) const {
        return desk_.database.read([&](db::Connection& c) -> base::Result<Setting> {
            Setting out;
            TRY(out.world, read_world(c, context.today));
            TRY(out.bearers, network::bearers(c));
            TRY(out.by, desk_.by(c, context, out.world));
            return out;
        });
    }
    base::Result<Dossier> editable(const http::Request& request, const web::Context& context, const Setting& setting) const {
        const auto key = request.path_values.get("key");
        TRY(auto dossier, desk_.database.read([&](db::Connection& c) { return find(c, key); }));
        if (!edits(context, dossier.measure, setting.by.office)) return hidden();
        return dossier;
    }

    // A small form of the measure's page: done, or the page again with everything that was wrong.
    template <class Work>
    base::Result<http::Response> changed(const http::Request& request, const web::Context& context, const base::Message& done, Allowed allowed,
                                         Work work) const {
        const auto key = request.path_values.get("key");
        if (!context.actor.signed_in()) return hidden();
        const auto result = desk_.change(context, [&](db::Connection& c, const World& world, const By& by) -> base::Result<void> {
            TRY(const auto dossier, find(c, key));
            if (allowed == Allowed::editors && !edits(context, dossier.measure, by.office)) return hidden();
            return work(c, dossier.measure, world, by);
        });
        if (result) return web::see_other(context, "/massnahmen/" + key, done);
        if (result.error().fields.empty()) return tl::unexpected(result.error());
        return show_page(desk_, key, context, &result.error());
    }

    // The one who comes second sees both versions: what only one changed is joined, what both changed stands side by side.
    base::Result<http::Response> merge_page(const web::Context& context, const Setting& setting, const std::string& key, const Fields& mine,
                                            const std::vector<PartInput>& parts, int version) const {
        struct Both {
            Dossier now;
            Fields base;
        };
        TRY(const auto both, desk_.database.read([&](db::Connection& c) -> base::Result<Both> {
            Both out;
            TRY(out.now, find(c, key));
            TRY(out.base, version_of(c, out.now.measure.id, version));
            return out;
        }));
        const auto merged = merge(both.base, fields_of(both.now.measure), mine);
        http::Fields typed;
        for (const auto& [name, value] : merged.fields) {
            if (name == "gemeinschaftlich" || name == "mitwirkende") {
                for (const auto& each : split_list(value)) typed.add(name, each);
            } else if (name != "veroeffentlicht" || value == "ja")
                typed.add(name, as_typed(value));
        }
        auto clashes = merge_parts(context, both.now.measure, parts, typed);
        for (auto clash = merged.clashes.rbegin(); clash != merged.clashes.rend(); ++clash)
            clashes.insert(clashes.begin(), {context.say(label_of_field(clash->field)), clash->field, clash->base, clash->theirs, clash->mine});
        return form_page(context, setting, both.now, &typed, nullptr, clashes, 409);
    }

    base::Result<http::Response> form_page(const web::Context& context, const Setting& setting, const Dossier& dossier, const http::Fields* typed,
                                           const base::Error* refused, const std::vector<PartClash>& clashes, int status = 0,
                                           const std::string& copy_of = {}) const {
        const auto& m = dossier.measure;
        const bool fresh = m.key.empty();
        const auto fields = fields_of(m);
        const auto value = [&](const char* name) { return fields.at(name); };
        web::Form form(context, {.action = fresh ? "/massnahmen/neu" : "/massnahmen/" + m.key,
                                 .submit = fresh ? message("Propose") : message("Save"),
                                 .cancel_url = fresh ? "/massnahmen" : "/massnahmen/" + m.key});
        if (typed) form.typed(*typed);
        if (refused) form.error(*refused);
        if (!fresh) form.hidden("kennung", m.key);
        form.hidden("version", std::to_string(m.version));
        if (!copy_of.empty()) {
            form.hidden("kopie", copy_of);
            form.checkbox("mit_mitteln", message("Take over its resources and milestones, too, moved to the new year"), true,
                          {.hint = message("A copy of {number}. What was spent, reached and confirmed stays behind.", {{"number", copy_of}})});
        }
        form.text("titel", message("Official name"), {.value = value("titel")});
        form.text("titel_en", message("Official name in English"), {.value = value("titel_en"), .optional = true});
        form.text("arbeitstitel", message("Working name"), {.value = value("arbeitstitel"), .optional = true});
        std::vector<web::Choice> kinds, bearers{{"", message("choose")}}, rhythms, criteria, directions,
            kinds_of_evidence{{"", message("not fixed yet")}};
        for (const auto kind : all_kinds) kinds.push_back({std::string(name_of(kind)), label_of(kind)});
        for (const auto& bearer : setting.bearers) bearers.push_back({bearer.key, bearer.name.in(i18n::code(context.language))});
        for (const auto rhythm : {Rhythm::none, Rhythm::yearly, Rhythm::half_yearly, Rhythm::quarterly, Rhythm::monthly})
            rhythms.push_back({std::string(name_of(rhythm)), label_of(rhythm)});
        for (const auto kind : {CriterionKind::none, CriterionKind::yes_or_no, CriterionKind::value})
            criteria.push_back({std::string(name_of(kind)), label_of(kind)});
        for (const auto direction : {Direction::at_least, Direction::at_most, Direction::exactly, Direction::within})
            directions.push_back({std::string(name_of(direction)), label_of(direction)});
        for (const auto& kind : evidence::kinds())
            kinds_of_evidence.push_back({std::string(kind.name), evidence::name_of_kind(kind.name).in(i18n::code(context.language))});
        form.select("art", message("Kind"), kinds, {.value = value("art")});
        form.textarea("beschreibung", message("Description"),
                      {.value = value("beschreibung"), .hint = message("Everybody may read it once the measure is published."), .optional = true});
        form.textarea("beschreibung_en", message("Description in English"), {.value = value("beschreibung_en"), .optional = true, .rows = 3});
        form.text("gehoert_zu", message("Belongs to"),
                  {.value = value("gehoert_zu"), .hint = message("Number of the measure or framework goal above it."), .optional = true});
        form.group(message("What it rests on"));
        form.text(
            "aussagen", message("Statements of the concept"),
            {.value = value("aussagen"), .hint = message("Concept and number, for example 2018:5.1-a; several with commas."), .optional = true});
        form.row();
        form.text("beschluss", message("Number of the resolution that orders it"), {.value = value("beschluss"), .optional = true});
        form.date("beschlossen_am", message("Resolved on"), m.resolved_on, {.optional = true});
        form.end_row();
        form.end_group();
        form.group(message("Who"));
        form.select("verantwortlich", message("Accountable"), bearers,
                    {.value = value("verantwortlich"),
                     .hint = message("One office of the district; with joint responsibility, the one that leads."),
                     .optional = true});
        bearers.erase(bearers.begin());
        // Forty offices each: folded, or nobody finds the rest of the form.
        fold(form, context, message("Jointly responsible"), m.joint.size(), typed && !fresh);
        form.checkboxes("gemeinschaftlich", message("Jointly responsible"), bearers, m.joint, {.optional = true});
        end_fold(form);
        fold(form, context, message("Working along"), m.coworkers.size(), typed && !fresh);
        form.checkboxes("mitwirkende", message("Working along"), bearers, m.coworkers, {.optional = true});
        end_fold(form);
        form.end_group();
        form.group(message("When"));
        form.row();
        form.date("beginn", message("Begins"), m.schedule.starts_on, {.optional = true});
        form.date("ende", message("Ends"), m.schedule.ends_on, {.optional = true});
        form.end_row();
        form.row();
        form.select("rhythmus", message("Rhythm"), rhythms, {.value = value("rhythmus"), .optional = true});
        form.number("gueltig_tage", message("Days evidence stays fresh"), {.value = value("gueltig_tage"), .optional = true, .short_input = true});
        form.number("berichtsabstand", message("Days between status reports"), {.value = value("berichtsabstand"), .short_input = true});
        form.end_row();
        if (m.binds()) {
            form.row();
            form.text("termin_beschluss", message("Resolution that moves the dates"),
                      {.hint = message("Dates of an agreed measure move only by resolution."), .optional = true});
            form.date("termin_beschlossen_am", message("Resolved on"), {}, {.optional = true});
            form.end_row();
        }
        form.end_group();
        form.group(message("How it is known to be done"));
        form.select("kriterium_art", message("Criterion"), criteria, {.value = value("kriterium_art"), .optional = true});
        form.text("kriterium", message("Question"), {.value = value("kriterium"), .optional = true});
        form.text("kriterium_en", message("Question in English"), {.value = value("kriterium_en"), .optional = true});
        form.row();
        form.select("kriterium_richtung", message("Direction"), directions, {.value = value("kriterium_richtung")});
        form.text("kriterium_wert", message("Value"), {.value = value("kriterium_wert"), .optional = true, .inputmode = "decimal"});
        form.text("kriterium_bis", message("Upper limit"), {.value = value("kriterium_bis"), .optional = true, .inputmode = "decimal"});
        form.text("kriterium_einheit", message("What is counted"), {.value = value("kriterium_einheit"), .optional = true});
        form.end_row();
        form.text("zielvorgaben", message("Targets of the council it serves"), {.value = value("zielvorgaben"), .optional = true});
        form.select("nachweisart", message("Kind of evidence"), kinds_of_evidence, {.value = value("nachweisart"), .optional = true});
        form.end_group();
        if (!fresh) part_inputs(form, context, m, typed != nullptr);
        form.textarea("notiz", message("Internal note"), {.value = value("notiz"), .optional = true});
        form.checkbox("veroeffentlicht", message("The public may see this measure"), m.published);
        form.html(web::render(context, "measures/live_gate.tpl",
                              [&](web::View& view) { view.set("GATE", gate_html(context, judged(dossier, setting.world).gate)); }));
        auto content = form.html();
        if (status == 409)
            content = web::render(context, "measures/clash.tpl",
                                  [&](web::View& view) {
                                      if (clashes.empty()) return;
                                      auto table = view.section("CLASHES");
                                      table.list("ROW", clashes, [&](web::View& row, const PartClash& clash) {
                                          row.set("FIELD", clash.label);
                                          row.set("BASE", shown_value(context, setting.bearers, clash.field, clash.base));
                                          row.set("THEIRS", shown_value(context, setting.bearers, clash.field, clash.theirs));
                                          row.set("MINE", shown_value(context, setting.bearers, clash.field, clash.mine));
                                      });
                                  }) +
                      content;
        return web::page(context,
                         {.title = fresh ? web::Text(message("New measure")) : web::Text(m.title.in(i18n::code(context.language))),
                          .crumbs = {{message("Measures"), "/massnahmen"}},
                          .status = status != 0 ? status
                                    : refused   ? 422
                                                : 200,
                          .index = false},
                         content);
    }

    Desk desk_;
};

}  // namespace

void mount_editing(http::Router& router, const Desk& desk) {
    const auto pages = std::make_shared<Pages>(desk);
    const auto on = [&](auto method) {
        return desk.site.page(
            [pages, method](const http::Request& request, const web::Context& context) { return ((*pages).*method)(request, context); });
    };
    router.get("/massnahmen/neu", on(&Pages::new_form));
    // The form is sent to its own address, so that a refused one is there to be opened again; the list's takes it as well. So do all lists.
    router.post("/massnahmen/neu", on(&Pages::create_measure));
    router.post("/massnahmen", on(&Pages::create_measure));
    router.post("/massnahmen/stufe", on(&Pages::live));
    router.get("/massnahmen/{key:any}/bearbeiten", on(&Pages::edit_form));
    router.post("/massnahmen/{key:any}", on(&Pages::save_measure));
    router.post("/massnahmen/{key:any}/schritte", on(&Pages::step));
    router.post("/massnahmen/{key:any}/mittel", on(&Pages::new_resource));
    router.del("/massnahmen/{key:any}/mittel/{mittel}", on(&Pages::drop_resource));
    router.post("/massnahmen/{key:any}/mittel/{mittel}/bestaetigung", on(&Pages::confirm));
    router.post("/massnahmen/{key:any}/meilensteine", on(&Pages::new_milestone));
    router.post("/massnahmen/{key:any}/meilensteine/{meilenstein}", on(&Pages::milestone_reached));
    router.post("/massnahmen/{key:any}/nachweise", on(&Pages::new_evidence));
    router.post("/massnahmen/{key:any}/nachweise/{nachweis}/anerkennung", on(&Pages::accept_evidence));
    router.del("/massnahmen/{key:any}/nachweise/{nachweis}", on(&Pages::drop_evidence));
    router.post("/massnahmen/{key:any}/berichte", on(&Pages::new_report));
}

}  // namespace measures
