// /stellen/einlesen: a table is looked at first, then taken whole or not at all; and the same tables to download.
#include "network/pages.h"
#include "network/tables.h"
#include "platform/i18n/translate.h"
#include "platform/web/form.h"
#include "platform/web/input.h"
#include "platform/web/page.h"
#include "platform/web/preview.h"

namespace network {
namespace {

using base::message;

base::Message title_of(TableKind kind) {
    switch (kind) {
        case TableKind::offices: return message("Offices and bodies");
        case TableKind::terms: return message("Holders and their terms");
        case TableKind::tasks: return message("Tasks of offices");
    }
    return message("Offices and bodies");
}
constexpr TableKind table_kinds[] = {TableKind::offices, TableKind::terms, TableKind::tasks};
// "stellen", "besetzungen", "aufgaben": in addresses and names of files.
std::string_view file_of(TableKind kind) { return kind == TableKind::offices ? "stellen" : kind == TableKind::terms ? "besetzungen" : "aufgaben"; }

class ImportPages {
  public:
    ImportPages(web::Site& site, db::Database& database, Wiring wiring) : site_(site), database_(database), wiring_(std::move(wiring)) {}

    base::Result<http::Response> form(const http::Request&, const web::Context& context) const {
        TRY_VOID(steering_only(context));
        return page_of(context, nullptr, nullptr);
    }

    base::Result<http::Response> look(const http::Request& request, const web::Context& context) const {
        TRY_VOID(steering_only(context));
        web::Input input(request.form);
        const auto kind = table_kind(input.choice("table", {"offices", "terms", "tasks"}));
        const http::Upload* upload = nullptr;
        for (const auto& u : request.uploads)
            if (u.field == "file" && u.size > 0) upload = &u;
        if (!upload) input.wrong("file", message("Please choose a file."));
        if (!input.ok()) return page_of(context, nullptr, &input.error());
        const auto book = sheets::read_file(upload->path);
        if (!book) {
            if (book.error().fields.empty()) return tl::unexpected(book.error());
            return page_of(context, nullptr, &book.error());
        }
        TRY(const auto import, database_.read([&](db::Connection& c) { return read(c, *book, *kind, context); }));
        return page_of(context, &import, nullptr);
    }

    base::Result<http::Response> take(const http::Request& request, const web::Context& context) const {
        TRY_VOID(steering_only(context));
        const auto kind = table_kind(request.form.get("table"));
        if (!kind) return base::error(base::ErrorKind::invalid_input, "no such table");
        TRY(const auto book, sheets::read(request.form.get("content")));
        Import import;
        const auto now = site_.clock().now();
        const auto done = database_.write([&](db::Connection& c) -> base::Result<void> {
            // What was looked at travels through the browser: it is checked again from the beginning.
            TRY(import, read(c, book, *kind, context));
            TRY_VOID(carry_out(c, import, context.actor, now, [&](db::Connection& inner, const Bearer& office, const Holding& term, bool gone) {
                return wiring_.term_changed(inner, office, term, gone, context.actor, now);
            }));
            if (*kind == TableKind::tasks) TRY_VOID(terms_again(c, context, now));
            return wiring_.changed(c);
        });
        if (!done) {
            if (done.error().fields.empty()) return tl::unexpected(done.error());
            import.mistakes = done.error().fields;
            return page_of(context, &import, nullptr);
        }
        return web::see_other(context, "/stellen", message("The table is taken over."));
    }

    base::Result<http::Response> download(const http::Request& request, const web::Context& context) const {
        TRY_VOID(steering_only(context));  // holders are named
        const auto format = request.path.ends_with(".xlsx") ? sheets::Format::xlsx : sheets::Format::csv;
        for (const auto kind : table_kinds) {
            const std::string name(file_of(kind));
            if (request.path.find("/" + name + ".") == std::string::npos) continue;
            TRY(const auto rows, database_.read([&](db::Connection& c) { return written(c, kind); }));
            TRY(auto bytes, bytes_of(kind, format, rows));
            return web::download(std::move(bytes), sheets::media_type(format), name + (format == sheets::Format::xlsx ? ".xlsx" : ".csv"));
        }
        return base::error(base::ErrorKind::not_found, "no such table");
    }

  private:
    // What a row of the preview is about. The first cell is the short name of the office.
    static std::string named(const web::Context& context, TableKind kind, const Import::Row& row) {
        const auto language = i18n::code(context.language);
        auto office = row.cells.empty() ? std::string() : sheets::text_of(row.cells.front());
        switch (kind) {
            case TableKind::offices: return row.bearer.name.in(language) + " (" + office + ")";
            case TableKind::terms:
                return office + ": " + context.format(row.term.from) + " – " + (row.term.until ? context.format(*row.term.until) : "…");
            case TableKind::tasks: return row.task.title.in(language) + " (" + office + ")";
        }
        return office;
    }
    base::Result<Import> read(db::Connection& c, const sheets::Workbook& book, TableKind kind, const web::Context& context) const {
        TRY(const auto statements, wiring_.statements(c, context.day()));
        return read_table(c, book, kind, statements);
    }
    static base::Result<void> steering_only(const web::Context& context) {
        if (!context.actor.steers()) return base::error(base::ErrorKind::not_found, "for those who steer");
        return {};
    }
    static base::Result<std::string> bytes_of(TableKind kind, sheets::Format format, const std::vector<std::vector<sheets::Cell>>& rows) {
        std::string bytes;
        TRY(auto writer, sheets::writer(format, sheets::into(bytes), std::string(file_of(kind)), columns_of(kind)));
        for (const auto& row : rows) TRY_VOID(writer->row(row));
        TRY_VOID(writer->finish());
        return bytes;
    }
    // A task may give the terms of an office a second meaning (5.3.1): their evidence is kept anew.
    base::Result<void> terms_again(db::Connection& c, const web::Context& context, base::Instant now) const {
        TRY(const auto all, bearers(c));
        TRY(const auto terms, holdings(c));
        for (const auto& term : terms)
            for (const auto& office : all)
                if (office.id == term.office) TRY_VOID(wiring_.term_changed(c, office, term, false, context.actor, now));
        return {};
    }

    base::Result<http::Response> page_of(const web::Context& context, const Import* import, const base::Error* refused) const {
        const bool wrong = refused || (import && !import->mistakes.empty());
        std::string content;
        if (import && !wrong) {
            std::vector<std::vector<sheets::Cell>> rows;
            rows.reserve(import->rows.size());
            for (const auto& row : import->rows) rows.push_back(row.cells);
            TRY(content, bytes_of(import->kind, sheets::Format::csv, rows));
        }
        return web::page(context,
                         {.title = message("Read in a table"),
                          .lead = message("Offices, their holders or their tasks from a spreadsheet (CSV or XLSX). First you see what would happen."),
                          .crumbs = {{message("Offices and bodies"), "/stellen"}},
                          .status = wrong ? 422 : 200,
                          .index = false},
                         "network/import.tpl", [&](web::View& view) {
                             if (import) {
                                 auto result = view.section("RESULT");
                                 web::Preview preview{{}, import->unchanged, import->mistakes, import->hints};
                                 preview.rows.reserve(import->rows.size());
                                 for (const auto& row : import->rows)
                                     preview.rows.push_back({row.place, row.fresh, named(context, import->kind, row)});
                                 web::show(result, preview, context);
                                 if (!wrong && !import->rows.empty()) {
                                     web::Form take(
                                         context,
                                         {.action = "/stellen/einlesen/uebernahme", .submit = message("Take it over"), .cancel_url = "/stellen"});
                                     take.hidden("table", name_of(import->kind));
                                     take.hidden("content", content);
                                     result.section("TAKE").set("FORM", take.html());
                                 }
                             }
                             web::Form form(context, {.action = "/stellen/einlesen", .submit = message("Look at it first"), .multipart = true});
                             if (refused) form.error(*refused);
                             std::vector<web::Choice> choices;
                             for (const auto kind : table_kinds) choices.push_back({std::string(name_of(kind)), title_of(kind)});
                             form.radios("table", message("What the table holds"), choices,
                                         {.value = std::string(name_of(import ? import->kind : TableKind::offices))});
                             form.file("file", message("File (CSV or XLSX)"), {.accept = ".csv,.xlsx"});
                             view.set("FORM", form.html());
                             for (const auto kind : table_kinds) {
                                 auto row = view.section("DOWNLOAD");
                                 row.set("TITLE", title_of(kind));
                                 row.set("URL", "/stellen/tabelle/" + std::string(file_of(kind)));
                             }
                         });
    }

    web::Site& site_;
    db::Database& database_;
    Wiring wiring_;
};

}  // namespace

void mount_import(http::Router& router, web::Site& site, db::Database& database, const Wiring& wiring) {
    const auto pages = std::make_shared<ImportPages>(site, database, wiring);
    const auto on = [&](auto method) {
        return site.page([pages, method](const http::Request& request, const web::Context& context) { return ((*pages).*method)(request, context); });
    };
    router.get("/stellen/einlesen", on(&ImportPages::form));
    router.post("/stellen/einlesen", on(&ImportPages::look));
    router.post("/stellen/einlesen/uebernahme", on(&ImportPages::take));
    for (const auto kind : table_kinds)
        for (const char* type : {".csv", ".xlsx"}) router.get("/stellen/tabelle/" + std::string(file_of(kind)) + type, on(&ImportPages::download));
}

}  // namespace network
