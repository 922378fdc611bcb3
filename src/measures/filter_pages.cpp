#include "measures/filter_pages.h"

#include "measures/labels.h"
#include "platform/web/form.h"
#include "platform/web/input.h"
#include "platform/web/url.h"

namespace measures {
namespace {

using base::message;

std::string with_query(const std::string& path, const std::string& query) { return query.empty() ? path + "?alle=ja" : path + "?" + query; }

class FilterPages {
  public:
    explicit FilterPages(Desk desk) : desk_(std::move(desk)) {}

    base::Result<http::Response> save(const http::Request& request, const web::Context& context) const {
        web::Input input(request.form);
        const auto name = input.text("name", {.most = 80});
        if (!input.ok()) return base::error(input.error());
        const auto query = filter_query(std::string_view(request.form.get("anfrage")));
        TRY_VOID(desk_.change(
            context, [&](db::Connection& c, const World&, const By& by) { return save_filter(c, name, query, input.checked("standard"), by); }));
        return web::see_other(context, with_query(view_of(request), query), message("The filter “{name}” is kept.", {{"name", name}}));
    }
    base::Result<http::Response> toggle(const http::Request& request, const web::Context& context) const {
        TRY_VOID(desk_.change(context,
                              [&](db::Connection& c, const World&, const By& by) { return toggle_default(c, SavedFilterId{request.id("id")}, by); }));
        return web::see_other(context, "/massnahmen?alle=ja", message("Saved."));
    }
    base::Result<http::Response> drop(const http::Request& request, const web::Context& context) const {
        TRY_VOID(desk_.change(context,
                              [&](db::Connection& c, const World&, const By& by) { return drop_filter(c, SavedFilterId{request.id("id")}, by); }));
        return web::see_other(context, "/massnahmen?alle=ja", message("The filter is removed."));
    }

  private:
    static std::string view_of(const http::Request& request) {
        const auto view = request.form.get("ansicht");
        for (const std::string known : {"/massnahmen/tafel", "/massnahmen/zeitplan", "/massnahmen/netz"})
            if (view == known) return known;
        return "/massnahmen";
    }
    Desk desk_;
};

}  // namespace

base::Result<std::vector<SavedFilter>> filters_of(db::Connection& c, const web::Context& context) {
    if (!context.actor.signed_in()) return std::vector<SavedFilter>{};
    return saved_filters(c, context.actor.account);
}

std::optional<http::Response> to_default(const http::Request& request, const std::vector<SavedFilter>& saved) {
    if (filters_anything(request.query) || request.query.has("alle") || request.query.has("seite")) return {};
    for (const auto& filter : saved) {
        if (!filter.is_default || filter.query.empty()) continue;
        const auto here = web::Url(request.path, request.query).str();
        return http::Response::see_other(here + (here.find('?') == std::string::npos ? "?" : "&") + filter.query);
    }
    return {};
}

web::Html filter_panel(const web::Context& context, const http::Fields& query, const FilterPanel& panel) {
    const auto& filter = *panel.filter;
    const auto now = filter_query(query);
    return web::render(context, "measures/filter.tpl", [&](web::View& view) {
        view.set("PATH", panel.path);
        view.set("WORDS", filter.words);
        view.set("CLAUSE", filter.clause);
        view.show_if("OVERDUE", filter.overdue_on.has_value());
        view.list("STATE", all_states, [&](web::View& row, State state) {
            row.set("VALUE", name_of(state));
            row.set("LABEL", label_of(state));
            row.show_if("SELECTED", filter.states.size() == 1 && filter.states[0] == state);
        });
        view.list("KIND", all_kinds, [&](web::View& row, Kind kind) {
            row.set("VALUE", name_of(kind));
            row.set("LABEL", label_of(kind));
            row.show_if("SELECTED", filter.kind == kind);
        });
        for (const auto& bearer : *panel.bearers) {
            if (!network::belongs_to_district(bearer.kind)) continue;
            auto row = view.section("OFFICE");
            row.set("VALUE", bearer.key);
            row.set("LABEL", bearer.name.in(i18n::code(context.language)));
            row.show_if("SELECTED", filter.accountable == bearer.key);
        }
        view.list("KEEP", panel.keep, [](web::View& row, const auto& field) {
            row.set("NAME", field.first);
            row.set("VALUE", field.second);
        });
        if (!context.actor.signed_in()) return;
        if (!panel.saved->empty()) {
            auto list = view.section("SAVED");
            list.set("ALL_URL", panel.path + "?alle=ja");
            list.show_if("ALL_CURRENT", now.empty());
            list.list("FILTER", *panel.saved, [&](web::View& row, const SavedFilter& each) {
                row.set("NAME", each.name);
                row.set("URL", with_query(panel.path, each.query));
                row.show_if("CURRENT", each.query == now);
                row.show_if("DEFAULT", each.is_default);
            });
        }
        web::Form form(context, {.action = "/massnahmen/filter", .submit = message("Keep this filter")});
        form.hidden("anfrage", now);
        form.hidden("ansicht", panel.path);
        form.text("name", message("Name of the filter"), {.hint = message("The same name again replaces it.")});
        form.checkbox("standard", message("Begin with it whenever I open list, board or timeline"), false);
        auto keep = view.section("KEEPING");
        keep.set("FORM", form.html());
        keep.show_if("NOTHING", now.empty());
        if (panel.saved->empty()) return;
        auto manage = keep.section("MANAGE");
        manage.list("FILTER", *panel.saved, [&](web::View& row, const SavedFilter& each) {
            const auto url = "/massnahmen/filter/" + std::to_string(each.id.value);
            row.set("NAME", each.name);
            row.set("LINK", with_query("/massnahmen", each.query));
            row.set("TOGGLE", web::button_form(context, url + "/standard",
                                               each.is_default ? message("Begin with all measures") : message("Begin with this one")));
            row.set("DROP", web::button_form(context, url, message("Remove the filter “{name}”", {{"name", each.name}}), "DELETE", true));
        });
    });
}

void mount_filters(http::Router& router, const Desk& desk) {
    const auto pages = std::make_shared<FilterPages>(desk);
    const auto on = [&](auto method) {
        return desk.site.page(
            [pages, method](const http::Request& request, const web::Context& context) { return ((*pages).*method)(request, context); });
    };
    router.post("/massnahmen/filter", on(&FilterPages::save));
    router.post("/massnahmen/filter/{id}/standard", on(&FilterPages::toggle));
    router.del("/massnahmen/filter/{id}", on(&FilterPages::drop));
}

}  // namespace measures
