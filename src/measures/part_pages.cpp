#include "measures/part_pages.h"

#include "measures/deeds.h"
#include "measures/edit_pages.h"
#include "measures/field_words.h"
#include "measures/views.h"
#include "platform/web/form.h"
#include "platform/web/input.h"

namespace measures {
namespace {

using base::message;

constexpr std::string_view opened_prefix = "vorher_";

tl::unexpected<base::Error> hidden() { return base::error(base::ErrorKind::not_found, "for those who work on the measure"); }

// What stood in the form when it was opened travels with it, so that the second of two people loses nothing.
Fields sent(const http::Fields& form, const std::vector<std::string>& names, std::string_view prefix = {}) {
    Fields out;
    for (const auto& name : names)
        if (form.has(std::string(prefix) + name)) out[name] = form.get(std::string(prefix) + name);
    return out;
}
void carry(web::Form& form, const Fields& opened) {
    for (const auto& [name, value] : opened) form.hidden(std::string(opened_prefix) + name, value);
}

web::Html clash_html(const web::Context& context, const std::vector<Clash>& clashes) {
    return web::render(context, "measures/clash.tpl", [&](web::View& view) {
        if (clashes.empty()) return;
        auto table = view.section("CLASHES");
        table.list("ROW", clashes, [&](web::View& row, const Clash& clash) {
            row.set("FIELD", label_of_field(clash.field));
            row.set("BASE", clash.base);
            row.set("THEIRS", clash.theirs);
            row.set("MINE", clash.mine);
        });
    });
}

class PartPages {
  public:
    explicit PartPages(Desk desk) : desk_(std::move(desk)) {}

    base::Result<http::Response> resource_form(const http::Request& request, const web::Context& context) const {
        TRY(const auto now, resource_now(request, context));
        return part_form(request, context, resource_field_names(), now, nullptr, nullptr, {});
    }
    base::Result<http::Response> save_resource(const http::Request& request, const web::Context& context) const {
        TRY(const auto now, resource_now(request, context));
        return save_part(request, context, resource_field_names(), now,
                         [&](db::Connection& c, const std::string& key, const Fields& opened, const Fields& mine, const By& by) {
                             return change_resource(c, key, ResourceId{request.id("mittel")}, opened, mine, by);
                         });
    }
    base::Result<http::Response> milestone_form(const http::Request& request, const web::Context& context) const {
        TRY(const auto now, milestone_now(request, context));
        return part_form(request, context, milestone_field_names(), now, nullptr, nullptr, {});
    }
    base::Result<http::Response> save_milestone(const http::Request& request, const web::Context& context) const {
        TRY(const auto now, milestone_now(request, context));
        return save_part(request, context, milestone_field_names(), now,
                         [&](db::Connection& c, const std::string& key, const Fields& opened, const Fields& mine, const By& by) {
                             return change_milestone(c, key, MilestoneId{request.id("meilenstein")}, opened, mine, by);
                         });
    }
    base::Result<http::Response> drop_milestone(const http::Request& request, const web::Context& context) const {
        return changed(request, context, message("The milestone is withdrawn; the history keeps it."),
                       [&](db::Connection& c, const Measure& m, const By& by) {
                           return withdraw_milestone(c, m.key, MilestoneId{request.id("meilenstein")}, by);
                       });
    }

    base::Result<http::Response> new_dependency(const http::Request& request, const web::Context& context) const {
        return changed(request, context, message("Saved."), [&](db::Connection& c, const Measure& m, const By& by) -> base::Result<void> {
            const auto needs = request.form.get("massnahme");
            const auto found = find(c, needs);
            if (!found) return base::invalid("massnahme", message("There is no measure with this number."));
            for (const auto id : m.depends_on)
                if (id == found->measure.id) return base::invalid("massnahme", message("It waits for this measure already."));
            return add_dependency(c, m.key, needs, by);
        });
    }
    base::Result<http::Response> drop_dependency(const http::Request& request, const web::Context& context) const {
        return changed(request, context, message("Saved."), [&](db::Connection& c, const Measure& m, const By& by) {
            return remove_dependency(c, m.key, request.path_values.get("andere"), by);
        });
    }

    base::Result<http::Response> new_file(const http::Request& request, const web::Context& context) const {
        return changed(request, context, message("The file is attached."),
                       [&](db::Connection& c, const Measure& m, const By& by) -> base::Result<void> {
                           TRY_VOID(attach_sent(c, m, request, {"titel", "veroeffentlicht", "datei"}, by));
                           return {};
                       });
    }
    base::Result<http::Response> file(const http::Request& request, const web::Context& context) const {
        return download_file(desk_, context, request.path_values.get("key"), AttachmentId{request.id("datei")});
    }
    base::Result<http::Response> toggle_file(const http::Request& request, const web::Context& context) const {
        return changed(request, context, message("Saved."), [&](db::Connection& c, const Measure& m, const By& by) -> base::Result<void> {
            TRY(const auto parts, parts_of(c, m));
            for (const auto& a : parts.files)
                if (a.id.value == request.id("datei")) return publish_attachment(c, m.key, a.id, !a.published, by);
            return hidden();
        });
    }
    base::Result<http::Response> drop_file(const http::Request& request, const web::Context& context) const {
        return changed(
            request, context, message("The file is withdrawn; the history keeps it."),
            [&](db::Connection& c, const Measure& m, const By& by) { return withdraw_attachment(c, m.key, AttachmentId{request.id("datei")}, by); });
    }

    base::Result<http::Response> new_note(const http::Request& request, const web::Context& context) const {
        const bool open = request.form.get("art") == "oeffentlich";
        return changed(request, context, message("The note is written."),
                       [&](db::Connection& c, const Measure& m, const By& by) -> base::Result<void> {
                           web::Input input(request.form);
                           const auto text = input.long_text("notiztext", {.most = 5000});
                           if (!input.ok()) return base::error(input.error());
                           TRY_VOID(add_note(c, m.key, {{}, {}, {}, text, open}, by));
                           return {};
                       });
    }
    base::Result<http::Response> drop_note(const http::Request& request, const web::Context& context) const {
        return changed(request, context, message("The note is withdrawn."),
                       [&](db::Connection& c, const Measure& m, const By& by) { return withdraw_note(c, m.key, NoteId{request.id("notiz")}, by); });
    }

  private:
    base::Result<Dossier> editable(const http::Request& request, const web::Context& context) const {
        return desk_.database.read([&](db::Connection& c) -> base::Result<Dossier> {
            TRY(auto dossier, find(c, request.path_values.get("key")));
            TRY(const auto world, read_world(c, context.today));
            TRY(const auto by, desk_.by(c, context, world));
            if (!edits(context, dossier.measure, by.office)) return hidden();
            return dossier;
        });
    }
    base::Result<Fields> resource_now(const http::Request& request, const web::Context& context) const {
        TRY(const auto dossier, editable(request, context));
        for (const auto& r : dossier.measure.resources)
            if (r.id.value == request.id("mittel")) return fields_of(r);
        return hidden();
    }
    base::Result<Fields> milestone_now(const http::Request& request, const web::Context& context) const {
        TRY(const auto dossier, editable(request, context));
        for (const auto& m : dossier.measure.milestones)
            if (m.id.value == request.id("meilenstein")) return fields_of(m);
        return hidden();
    }

    base::Result<http::Response> part_form(const http::Request& request, const web::Context& context, const std::vector<std::string>& names,
                                           const Fields& now, const Fields* typed, const base::Error* refused, const std::vector<Clash>& clashes,
                                           int status = 200) const {
        const auto measure = "/massnahmen/" + request.path_values.get("key");
        const bool resource = &names == &resource_field_names();
        web::Form form(context, {.action = request.path, .submit = message("Save"), .cancel_url = measure});
        if (typed) {
            http::Fields again;
            for (const auto& [name, value] : *typed) again.add(name, value);
            form.typed(again);
        }
        if (refused) form.error(*refused);
        carry(form, now);
        if (resource)
            resource_inputs(form, now);
        else
            milestone_inputs(form, now);
        return web::page(context,
                         {.title = resource ? message("Change a resource") : message("Change a milestone"),
                          .lead = request.path_values.get("key"),
                          .crumbs = {{message("Measures"), "/massnahmen"}, {request.path_values.get("key"), measure}},
                          .status = status,
                          .index = false},
                         (status == 409 ? clash_html(context, clashes) : web::Html()) + form.html());
    }

    template <class Save>
    base::Result<http::Response> save_part(const http::Request& request, const web::Context& context, const std::vector<std::string>& names,
                                           const Fields& now, Save save) const {
        const auto key = request.path_values.get("key");
        const auto mine = sent(request.form, names);
        const auto opened = sent(request.form, names, opened_prefix);
        const auto done = desk_.change(context, [&](db::Connection& c, const World&, const By& by) { return save(c, key, opened, mine, by); });
        if (done) return web::see_other(context, "/massnahmen/" + key, message("Saved."));
        if (done.error().code == "version") {
            const auto merged = merge(names, opened, now, mine);
            return part_form(request, context, names, now, &merged.fields, nullptr, merged.clashes, 409);
        }
        if (done.error().fields.empty()) return tl::unexpected(done.error());
        return part_form(request, context, names, now, &mine, &done.error(), {}, 422);
    }

    template <class Work>
    base::Result<http::Response> changed(const http::Request& request, const web::Context& context, const base::Message& done, Work work) const {
        const auto key = request.path_values.get("key");
        const auto result = desk_.change(context, [&](db::Connection& c, const World&, const By& by) -> base::Result<void> {
            TRY(const auto dossier, find(c, key));
            if (!edits(context, dossier.measure, by.office)) return hidden();
            return work(c, dossier.measure, by);
        });
        if (result) return web::see_other(context, "/massnahmen/" + key, done);
        if (result.error().fields.empty()) return tl::unexpected(result.error());
        return show_page(desk_, key, context, &result.error());
    }

    Desk desk_;
};

}  // namespace

base::Result<http::Response> download_file(const Desk& desk, const web::Context& context, const std::string& key, AttachmentId id) {
    return desk.database.read([&](db::Connection& c) -> base::Result<http::Response> {
        TRY(const auto found, file_of(c, context, key, id));
        TRY(auto bytes, files::bytes_of(c, found.attachment.file));
        return web::download(std::move(bytes), found.file.content_type, found.attachment.name);
    });
}

web::Form& resource_inputs(web::Form& form, const Fields& values, const std::string& prefix) {
    std::vector<web::Choice> kinds;
    for (const auto kind :
         {ResourceKind::budget, ResourceKind::post_share, ResourceKind::funded_project, ResourceKind::in_kind, ResourceKind::no_extra_means})
        kinds.push_back({std::string(name_of(kind)), label_of(kind)});
    const auto value = [&](const char* name) {
        const auto at = values.find(name);
        return at == values.end() ? std::string() : at->second;
    };
    form.select(prefix + "art", message("Kind"), kinds, {.value = value("art")});
    form.row();
    form.text(prefix + "haushaltsstelle", message("Budget line"), {.value = value("haushaltsstelle"), .optional = true});
    form.text(prefix + "quelle", message("Source of funds"), {.value = value("quelle"), .optional = true});
    form.number(prefix + "jahr", message("Year"), {.value = value("jahr"), .optional = true, .short_input = true});
    form.end_row();
    form.row();
    form.text(prefix + "geplant", message("Planned amount in euro"),
              {.value = value("geplant"), .hint = message("For example 12.500,00"), .optional = true, .inputmode = "decimal"});
    form.text(prefix + "ausgegeben", message("Spent so far"), {.value = value("ausgegeben"), .optional = true, .inputmode = "decimal"});
    form.text(prefix + "anteil", message("Share of a post"),
              {.value = value("anteil"), .hint = message("0,5 is half a post"), .optional = true, .inputmode = "decimal"});
    form.end_row();
    form.row();
    form.text(prefix + "projekt", message("Funded project"), {.value = value("projekt"), .optional = true});
    form.date(prefix + "projekt_ende", message("Funded until"), base::parse_day(value("projekt_ende")), {.optional = true});
    form.end_row();
    form.text(prefix + "beschreibung", message("What is given, or why nothing is needed"), {.value = value("beschreibung"), .optional = true});
    return form;
}

web::Form& milestone_inputs(web::Form& form, const Fields& values, const std::string& prefix) {
    form.text(prefix + "titel", message("Title"), {.value = values.at("titel")});
    form.text(prefix + "titel_en", message("Title in English"), {.value = values.at("titel_en"), .optional = true});
    form.row();
    form.date(prefix + "faellig", message("Due"), base::parse_day(values.at("faellig")));
    form.date(prefix + "erreicht", message("Reached on"), base::parse_day(values.at("erreicht")), {.optional = true});
    return form.end_row();
}

web::Html parts_html(const web::Context& context, const Measure& m, const Parts& parts, const std::vector<network::Bearer>& bearers, bool may_edit) {
    const auto base_url = "/massnahmen/" + m.key;
    const bool internal = context.actor.signed_in();
    return web::render(context, "measures/parts.tpl", [&](web::View& view) {
        const auto relatives = [&](std::string_view name, const std::vector<Relative>& all, bool removable) {
            std::vector<const Relative*> seen;
            for (const auto& r : all)
                if (internal || r.published) seen.push_back(&r);
            if (seen.empty()) return false;
            auto section = view.section(name);
            section.list("ROW", seen, [&](web::View& row, const Relative* r) {
                row.set("URL", "/massnahmen/" + r->key);
                row.set("KEY", r->key);
                row.set("TITLE", r->title.in(i18n::code(context.language)));
                row.set("STATE", web::chip(context, tone_of(r->state), label_of(r->state)));
                if (removable && may_edit)
                    row.set("REMOVE", web::button_form(context, base_url + "/abhaengigkeiten/" + r->key, message("Wait no more"), "DELETE"));
            });
            return true;
        };
        bool any = relatives("PARENT", parts.parent ? std::vector<Relative>{*parts.parent} : std::vector<Relative>{}, false);
        any = relatives("CHILDREN", parts.children, false) || any;
        any = relatives("NEEDS", parts.needs, true) || any;
        any = relatives("NEEDED", parts.needed_by, false) || any;
        view.show_if("FAMILY", any || may_edit);
        if (may_edit) {
            web::Form form(context, {.action = base_url + "/abhaengigkeiten", .submit = message("Add")});
            form.text("massnahme", message("Number of the measure it waits for"));
            view.section("ADD_NEEDS").set("FORM", form.html());
        }

        std::vector<const Attachment*> files;
        for (const auto& a : parts.files)
            if (internal || a.published) files.push_back(&a);
        view.show_if("FILES", !files.empty() || may_edit);
        view.list("FILE", files, [&](web::View& row, const Attachment* a) {
            const auto url = base_url + "/dateien/" + std::to_string(a->id.value);
            row.set("URL", url);
            row.set("TITLE", a->title);
            row.set("NAME", a->name);
            row.set("DAY", a->added_on);
            if (!internal) return;
            row.set("STATE", a->published ? web::chip(context, web::ChipTone::success, message("public"))
                                          : web::chip(context, web::ChipTone::neutral, message("internal")));
            if (!may_edit) return;
            row.set("CHANGE", web::button_form(context, url + "/veroeffentlichung", a->published ? message("Hide") : message("Publish")) +
                                  web::button_form(context, url, message("Withdraw"), "DELETE", true));
        });
        if (may_edit) {
            web::Form form(context, {.action = base_url + "/dateien", .submit = message("Attach"), .multipart = true});
            form.text("titel", message("Title"));
            form.file("datei", message("File"));
            form.checkbox("veroeffentlicht", message("The public may read it"), false);
            view.section("ADD_FILE").set("FORM", form.html());
        }

        const auto notes = [&](std::string_view name, bool is_public) {
            for (const auto& note : parts.notes) {
                if (note.is_public != is_public) continue;
                auto row = view.section(name);
                row.set("ISO", base::iso(note.written_on));
                row.set("DAY", note.written_on);
                row.set("TEXT", web::paragraphs(note.text));
                if (internal) row.section("BY").set("OFFICE", name_of_bearer(context, bearers, note.office));
                if (may_edit)
                    row.set("CHANGE",
                            web::button_form(context, base_url + "/notizen/" + std::to_string(note.id.value), message("Withdraw"), "DELETE", true));
            }
        };
        const bool any_public = std::any_of(parts.notes.begin(), parts.notes.end(), [](const Note& n) { return n.is_public; });
        view.show_if("PUBLIC_NOTES", any_public);
        notes("PUBLIC_NOTE", true);
        if (!internal) return;
        view.show("DISCUSSION");
        notes("NOTE", false);
        if (may_edit) {
            web::Form form(context, {.action = base_url + "/notizen", .submit = message("Write")});
            form.textarea("notiztext", message("Note"), {.hint = message("No names of persons."), .rows = 3});
            form.radios("art", message("For whom"),
                        {{"intern", message("inside only: part of the discussion")},
                         {"oeffentlich", message("for everybody, once the measure is published")}},
                        {.value = "intern"});
            view.section("ADD_NOTE").set("FORM", form.html());
        }
    });
}

void mount_parts(http::Router& router, const Desk& desk) {
    const auto pages = std::make_shared<PartPages>(desk);
    const auto on = [&](auto method) {
        return desk.site.page(
            [pages, method](const http::Request& request, const web::Context& context) { return ((*pages).*method)(request, context); });
    };
    router.get("/massnahmen/{key:any}/mittel/{mittel}/bearbeiten", on(&PartPages::resource_form));
    router.post("/massnahmen/{key:any}/mittel/{mittel}/bearbeiten", on(&PartPages::save_resource));
    router.get("/massnahmen/{key:any}/meilensteine/{meilenstein}/bearbeiten", on(&PartPages::milestone_form));
    router.post("/massnahmen/{key:any}/meilensteine/{meilenstein}/bearbeiten", on(&PartPages::save_milestone));
    router.del("/massnahmen/{key:any}/meilensteine/{meilenstein}", on(&PartPages::drop_milestone));
    router.post("/massnahmen/{key:any}/abhaengigkeiten", on(&PartPages::new_dependency));
    router.del("/massnahmen/{key:any}/abhaengigkeiten/{andere:any}", on(&PartPages::drop_dependency));
    router.post("/massnahmen/{key:any}/dateien", on(&PartPages::new_file));
    router.get("/massnahmen/{key:any}/dateien/{datei}", on(&PartPages::file));
    router.post("/massnahmen/{key:any}/dateien/{datei}/veroeffentlichung", on(&PartPages::toggle_file));
    router.del("/massnahmen/{key:any}/dateien/{datei}", on(&PartPages::drop_file));
    router.post("/massnahmen/{key:any}/notizen", on(&PartPages::new_note));
    router.del("/massnahmen/{key:any}/notizen/{notiz}", on(&PartPages::drop_note));
}

}  // namespace measures
