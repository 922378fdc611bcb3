#include "measures/api_json.h"
#include "measures/bulk_pages.h"
#include "measures/change_pages.h"
#include "measures/commitment_pages.h"
#include "measures/copy_pages.h"
#include "measures/desk.h"
#include "measures/edit_pages.h"
#include "measures/filter_pages.h"
#include "measures/graph_pages.h"
#include "measures/list_files.h"
#include "measures/list_filter.h"
#include "measures/overview_pages.h"
#include "measures/part_pages.h"
#include "measures/round_pages.h"
#include "measures/steering_pages.h"
#include "measures/views.h"
#include "platform/web/form.h"
#include "platform/web/url.h"

namespace measures {
namespace {

using base::message;

class Pages {
  public:
    explicit Pages(Desk desk) : desk_(std::move(desk)) {}

    base::Result<http::Response> list_page(const http::Request& request, const web::Context& context) const {
        auto filter = filter_of(request.query, context);
        struct Read {
            Page page;
            World world;
            std::vector<network::Bearer> bearers;
            std::vector<SavedFilter> saved;
        };
        TRY(const auto read, desk_.database.read([&](db::Connection& c) -> base::Result<Read> {
            Read out;
            TRY(out.world, read_world(c, context.day()));
            TRY(out.bearers, network::bearers(c));
            TRY_VOID(complete(c, filter));
            TRY(out.saved, filters_of(c, context));
            TRY(out.page, list(c, filter));
            return out;
        }));
        if (auto start = to_default(request, read.saved)) return std::move(*start);
        const web::Url here("/massnahmen", request.query);
        std::vector<std::pair<base::Message, std::string>> views{
            {message("By state"), "/massnahmen/tafel"},   {message("Timeline"), "/massnahmen/zeitplan"},
            {message("Connections"), "/massnahmen/netz"}, {message("Targets of the council"), "/zielvorgaben"},
            {message("Indicators"), "/indikatoren"},      {message("Self-commitments"), "/massnahmen/zusagen"},
            {message("Means"), "/massnahmen/mittel"},     {message("What changed"), "/massnahmen/aenderungen"},
            {message("Rules"), "/massnahmen/regeln"}};
        if (context.actor.signed_in()) views.emplace_back(message("Status rounds"), "/massnahmen/abfragen");
        if (edits_all(context) || context.actor.role == identity::Role::unit_editor) views.emplace_back(message("Templates"), "/massnahmen/vorlagen");
        if (edits_all(context)) views.emplace_back(message("Another year"), "/massnahmen/uebernehmen");
        std::vector<web::Action> actions{
            {message("Download for Excel"), web::Url("/massnahmen.xlsx", request.query).without("seite").str(), false, "download"},
            {message("Download as CSV"), web::Url("/massnahmen.csv", request.query).without("seite").str(), false, "download"}};
        if (edits_all(context)) actions.push_back({message("Read in a list"), "/massnahmen/einlesen", false, {}});
        if (edits_all(context) || context.actor.role == identity::Role::unit_editor)
            actions.push_back({message("New measure"), "/massnahmen/neu", true, "add"});
        const int pages = static_cast<int>(std::max<std::int64_t>(1, (read.page.total + filter.per_page - 1) / filter.per_page));
        return web::page(
            context,
            {.title = message("Measures"),
             .lead = message("What the district has taken on, how binding it is, and how it stands."),
             .actions = actions},
            "measures/list.tpl", [&](web::View& view) {
                view.list("VIEW", views, [](web::View& row, const auto& each) {
                    row.set("LABEL", each.first);
                    row.set("URL", each.second);
                });
                view.set("FILTER", filter_panel(context, request.query,
                                                {.path = "/massnahmen", .filter = &filter, .bearers = &read.bearers, .saved = &read.saved}));
                view.set("COUNT", context.say(message("Measures found: {n}", {{"n", i18n::format_number(context.language, read.page.total)}})));
                view.show_if("EMPTY", read.page.dossiers.empty());
                if (read.page.dossiers.empty()) return;
                auto table = view.section("TABLE");
                const bool selects = edits_all(context) || context.actor.role == identity::Role::unit_editor;
                if (selects) {
                    auto select = table.section("SELECT");
                    for (const auto name : filter_fields())
                        for (const auto& value : request.query.all(name)) {
                            if (value.empty()) continue;
                            auto field = select.section("FIELD");
                            field.set("NAME", name);
                            field.set("VALUE", value);
                        }
                    table.show("SELECT_HEAD");
                    table.section("SELECT_END")
                        .set("ALL", context.say(message("Change all {n} found", {{"n", i18n::format_number(context.language, read.page.total)}})));
                }
                const std::pair<std::string_view, base::Message> headings[] = {{"nummer", message("Number")},
                                                                               {"titel", message("Title")},
                                                                               {"stelle", message("Accountable")},
                                                                               {"ende", message("Due")},
                                                                               {"zustand", message("State of the measure")},
                                                                               {"", message("Grade")}};
                for (const auto& [name, label] : headings) {
                    auto heading = table.section("HEADING");
                    if (name.empty()) {
                        heading.section("PLAIN").set("LABEL", label);
                        continue;
                    }
                    const bool current = filter.sort == sort_named(name);
                    heading.show_if("UP", current && !filter.descending);
                    heading.show_if("DOWN", current && filter.descending);
                    auto link = heading.section("SORTABLE");
                    link.set("LABEL", label);
                    link.set("URL", here.with("sortierung", name).with("richtung", current && !filter.descending ? "ab" : "").without("seite").str());
                }
                table.list("ROW", read.page.dossiers, [&](web::View& row, const Dossier& dossier) {
                    const auto& m = dossier.measure;
                    const auto now = judged(dossier, read.world);
                    row.set("KEY", m.key);
                    if (selects) row.section("TICK").set("LABEL", context.say(message("Choose {number}", {{"number", m.key}})));
                    row.set("URL", "/massnahmen/" + m.key);
                    row.set("TITLE", m.title.in(i18n::code(context.language)));
                    row.set("ACCOUNTABLE", name_of_bearer(context, read.bearers, m.accountable));
                    row.set("DUE", day_or_dash(context, now.flags.next_due ? now.flags.next_due : m.schedule.ends_on));
                    row.set("STATE", m.kind == Kind::self_commitment ? web::chip(context, web::ChipTone::neutral, label_of(m.commitment))
                                                                     : web::chip(context, tone_of(m.state), label_of(m.state)));
                    row.set("GRADE", web::chip(context, tone_of(now.gate.grade), label_of(now.gate.grade)));
                    row.set("FLAGS", flags_html(context, now.flags));
                });
                table.set("POSITION",
                          context.say(message("Page {page} of {pages}", {{"page", std::to_string(filter.page)}, {"pages", std::to_string(pages)}})));
                if (filter.page > 1) table.section("PREVIOUS").set("URL", here.with("seite", std::to_string(filter.page - 1)).str());
                if (filter.page < pages) table.section("NEXT").set("URL", here.with("seite", std::to_string(filter.page + 1)).str());
            });
    }

    base::Result<http::Response> show(const http::Request& request, const web::Context& context) const {
        return show_page(desk_, request.path_values.get("key"), context, nullptr);
    }

  private:
    Desk desk_;
};

}  // namespace

void mount(http::Router& router, web::Site& site, db::Database& database, Wiring wiring) {
    const Desk desk{site, database, wiring};
    const auto pages = std::make_shared<Pages>(desk);
    router.get("/massnahmen", site.page([pages](const http::Request& r, const web::Context& c) { return pages->list_page(r, c); }));
    router.get("/massnahmen/{key:any}", site.page([pages](const http::Request& r, const web::Context& c) { return pages->show(r, c); }));
    mount_editing(router, desk);
    mount_bulk(router, desk);
    mount_filters(router, desk);
    mount_copies(router, desk);
    mount_graph(router, desk);
    mount_list_files(router, desk);
    mount_import(router, desk);
    mount_parts(router, desk);
    mount_steering(router, desk);
    mount_rounds(router, desk);
    mount_answers(router, desk);
    mount_commitments(router, desk);
    mount_changes(router, desk);
    mount_api(router, desk);
    mount_overviews(router, desk);
    mount_targets(router, site, database, wiring);
    site.add({.title = message("Measures"),
              .url = "/massnahmen",
              .from = identity::Role::anonymous,
              .order = 30,
              .also = {"/zielvorgaben", "/indikatoren"}});
}

}  // namespace measures
