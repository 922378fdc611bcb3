// /organisationen: the list with its filters, the tree, and both as CSV and JSON.
#include <boost/json.hpp>

#include "organisations/desk.h"
#include "organisations/forms.h"
#include "organisations/rules.h"
#include "platform/web/csv.h"
#include "platform/web/filter.h"
#include "platform/web/table.h"

namespace organisations {
namespace {

using base::message;

class ListPages {
  public:
    explicit ListPages(std::shared_ptr<Desk> desk) : desk_(std::move(desk)) {}

    base::Result<http::Response> list_page(const http::Request&, const web::Context& context) const {
        const auto filter = filter_of(context);
        auto wanted = wanted_of(context, filter);
        const auto page = web::asked_page(context);
        wanted.offset = static_cast<std::int64_t>((page - 1) * rows_a_page);
        TRY(const auto found, desk_->database.read([&](db::Connection& c) { return list(c, wanted); }));
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
        TRY(auto found, desk_->database.read([](db::Connection& c) { return all(c); }));
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

  private:
    static constexpr std::size_t rows_a_page = 50;

    static std::string joined(const std::vector<std::string>& words) {
        std::string out;
        for (const auto& word : words) out += (out.empty() ? "" : " ") + word;
        return out;
    }

    web::Filter filter_of(const web::Context& context) const {
        web::Filter filter(context);
        filter.search("suche", message("Search"));
        filter.select("art", message("Kind"), kind_choices());
        filter.select("gehoert", message("Belongs to the district"), {{"ja", message("yes")}, {"nein", message("no")}});
        std::vector<web::Choice> spoken;
        for (const auto& [code, name] : languages()) spoken.push_back({std::string(code), language_name(code)});
        filter.select("gesprochen", message("Language spoken"), spoken);
        filter.select("beendet", message("Ended ones"), {{"auch", message("show them, too")}});
        return filter;
    }

    Filter wanted_of(const web::Context& context, const web::Filter& filter) const {
        Filter f;
        f.words = filter.value("suche");
        f.kind = kind_named(filter.value("art"));
        if (const auto own = filter.value("gehoert"); !own.empty()) f.of_district = own == "ja";
        f.language = filter.value("gesprochen");
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
        return desk_->database.read([&](db::Connection& c) -> base::Result<std::vector<std::pair<Organisation, std::string>>> {
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

    std::shared_ptr<Desk> desk_;
};

}  // namespace

void mount_lists(http::Router& router, const std::shared_ptr<Desk>& desk) {
    const auto pages = std::make_shared<ListPages>(desk);
    const auto on = [&](auto method) {
        return desk->site.page(
            [pages, method](const http::Request& request, const web::Context& context) { return ((*pages).*method)(request, context); });
    };
    router.get("/organisationen", on(&ListPages::list_page));
    router.get("/organisationen.csv", on(&ListPages::csv));
    router.get("/organisationen.json", on(&ListPages::json));
    router.get("/organisationen/baum", on(&ListPages::tree_page));
}

}  // namespace organisations
