#include <fmt/format.h>

#include "measures/exporter.h"
#include "measures/list_files.h"
#include "measures/list_filter.h"
#include "measures/saved_filters.h"
#include "platform/web/page.h"

namespace measures {
namespace {

using base::message;

// Written while one waits: a twentieth of a second.
constexpr std::size_t written_at_once = 2000;

std::string name_of_file(sheets::Format format) { return format == sheets::Format::csv ? "massnahmen.csv" : "massnahmen.xlsx"; }

class Pages {
  public:
    explicit Pages(Desk desk) : desk_(std::move(desk)), exporter_(desk_.database) {}

    base::Result<http::Response> file(const http::Request& request, const web::Context& context, sheets::Format format) const {
        auto filter = filter_of(request.query, context);
        const auto audience = context.actor.signed_in() ? Audience::internal : Audience::everybody;
        std::string bytes;
        TRY(const auto total, desk_.database.read([&](db::Connection& c) -> base::Result<std::int64_t> {
            TRY_VOID(complete(c, filter));
            auto one = filter;
            one.per_page = 1;
            one.page = 1;
            TRY(const auto first, list(c, one));
            if (first.total > static_cast<std::int64_t>(written_at_once)) return first.total;
            TRY(const auto writer, sheets::writer(format, sheets::into(bytes), "Maßnahmen", export_columns(audience)));
            TRY_VOID(export_list(c, filter, audience, *writer));
            return first.total;
        }));
        if (!bytes.empty()) return web::download(std::move(bytes), sheets::media_type(format), name_of_file(format));
        const ExportOrder order{filter_query(request.query), audience, context.day(), format, total, context.actor.account};
        TRY(const auto id, desk_.database.write([&](db::Connection& c) { return order_export(c, order, base::Clock().now()); }));
        exporter_.wake();
        return http::Response::see_other("/massnahmen/ausgaben/" + id);
    }

    base::Result<http::Response> progress(const http::Request& request, const web::Context& context) const {
        const auto id = request.path_values.get("id");
        TRY(const auto status, desk_.database.read([&](db::Connection& c) { return find_export(c, id, context.actor.account); }));
        const auto fill = [&](web::View& view) {
            view.set("URL", "/massnahmen/ausgaben/" + id);
            if (status.state == ExportState::done) {
                auto done = view.section("DONE");
                done.set("FILE_URL", "/massnahmen/ausgaben/" + id + "/datei");
                done.set("NAME", name_of_file(status.format));
                done.set("SIZE", fmt::format("{:.1f} MB", static_cast<double>(status.bytes) / 1e6));
            } else if (status.state == ExportState::failed) {
                view.show("FAILED");
            } else {
                auto running = view.section("RUNNING");
                running.set("VALUE", std::to_string(status.done));
                running.set("MOST", std::to_string(std::max<std::int64_t>(status.total, 1)));
                running.set("TEXT", context.say(message("{done} of {total} measures are written.",
                                                        {{"done", i18n::format_number(context.language, status.done)},
                                                         {"total", i18n::format_number(context.language, status.total)}})));
            }
        };
        if (context.fragment) return web::fragment(context, "measures/export_state.tpl", fill);
        return web::page(context, {.title = message("The list is being written"), .crumbs = {{message("Measures"), "/massnahmen"}}, .index = false},
                         "measures/export.tpl", [&](web::View& view) { view.set("STATE", web::render(context, "measures/export_state.tpl", fill)); });
    }

    base::Result<http::Response> finished(const http::Request& request, const web::Context& context) const {
        const auto id = request.path_values.get("id");
        struct Read {
            ExportStatus status;
            std::string bytes;
        };
        TRY(auto read, desk_.database.read([&](db::Connection& c) -> base::Result<Read> {
            Read out;
            TRY(out.status, find_export(c, id, context.actor.account));
            TRY(out.bytes, bytes_of_export(c, id, context.actor.account));
            return out;
        }));
        return web::download(std::move(read.bytes), sheets::media_type(read.status.format), name_of_file(read.status.format));
    }

  private:
    Desk desk_;
    mutable Exporter exporter_;
};

}  // namespace

void mount_list_files(http::Router& router, const Desk& desk) {
    const auto pages = std::make_shared<Pages>(desk);
    for (const auto format : {sheets::Format::csv, sheets::Format::xlsx})
        router.get("/" + name_of_file(format),
                   desk.site.page([pages, format](const http::Request& r, const web::Context& c) { return pages->file(r, c, format); }));
    router.get("/massnahmen/ausgaben/{id:any}",
               desk.site.page([pages](const http::Request& r, const web::Context& c) { return pages->progress(r, c); }));
    router.get("/massnahmen/ausgaben/{id:any}/datei",
               desk.site.page([pages](const http::Request& r, const web::Context& c) { return pages->finished(r, c); }));
}

}  // namespace measures
