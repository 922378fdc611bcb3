// /organisationen/einlesen: a table is looked at first, then taken whole or not at all; and the same tables to download.
#include <fstream>

#include "organisations/forms.h"
#include "organisations/tables.h"
#include "platform/i18n/translate.h"
#include "platform/web/page.h"
#include "platform/web/preview.h"

namespace organisations {
namespace {

using base::message;

class ImportPages {
  public:
    ImportPages(web::Site& site, db::Database& database, Wiring wiring) : site_(site), database_(database), wiring_(std::move(wiring)) {}

    base::Result<http::Response> form(const http::Request&, const web::Context& context) const {
        TRY_VOID(editors_only(context));
        return page_of(context, nullptr, nullptr, "");
    }

    base::Result<http::Response> look(const http::Request& request, const web::Context& context) const {
        TRY_VOID(editors_only(context));
        web::Input input(request.form);
        const auto kind = input.choice("table", {"organisations", "contacts"}) == "contacts" ? TableKind::contacts : TableKind::organisations;
        const http::Upload* upload = nullptr;
        for (const auto& u : request.uploads)
            if (u.field == "file" && u.size > 0) upload = &u;
        if (!upload) input.wrong("file", message("Please choose a file."));
        if (!input.ok()) return page_of(context, nullptr, &input.error(), "");
        const auto book = sheets::read_file(upload->path);
        if (!book) {
            if (book.error().fields.empty()) return tl::unexpected(book.error());
            return page_of(context, nullptr, &book.error(), "");
        }
        TRY(const auto import, read(*book, kind));
        // The looked-at table travels with the confirmation, in our own form; it is checked again from the beginning.
        std::string text;
        TRY(auto writer, sheets::csv_writer(sheets::into(text), columns_of(kind)));
        for (const auto& row : import.rows)
            TRY_VOID(writer->row(kind == TableKind::organisations ? cells_of(row.organisation, row.part_of)
                                                                  : cells_of(row.contact, key_of(row.contact.organisation))));
        TRY_VOID(writer->finish());
        return page_of(context, &import, nullptr, text);
    }

    base::Result<http::Response> take(const http::Request& request, const web::Context& context) const {
        TRY_VOID(editors_only(context));
        const auto kind = request.form.get("table") == "contacts" ? TableKind::contacts : TableKind::organisations;
        TRY(const auto book, sheets::read(request.form.get("content")));
        TRY(const auto import, read(book, kind));
        const By by{context.actor, site_.clock().now()};
        const auto done = database_.write([&](db::Connection& c) -> base::Result<void> {
            TRY(const auto district, wiring_.district(c));
            TRY_VOID(carry_out(c, import, district, by,
                               [&](db::Connection& inner, const ContactPoint& p) { return wiring_.contact_changed(inner, p, false, by); }));
            return wiring_.changed(c);
        });
        if (!done) {
            if (done.error().fields.empty()) return tl::unexpected(done.error());
            auto again = import;
            again.mistakes = done.error().fields;
            return page_of(context, &again, nullptr, "");
        }
        return web::see_other(context, "/organisationen", message("The table is taken over."));
    }

    base::Result<http::Response> download(const http::Request& request, const web::Context& context) const {
        const bool contacts = request.path.find("kontakte") != std::string::npos;
        const auto format = request.path.ends_with(".xlsx") ? sheets::Format::xlsx : sheets::Format::csv;
        if (contacts) TRY_VOID(editors_only(context));  // contacts hold names and addresses of persons
        const auto kind = contacts ? TableKind::contacts : TableKind::organisations;
        std::string bytes;
        TRY(auto writer, sheets::writer(format, sheets::into(bytes), contacts ? "Kontakte" : "Organisationen", columns_of(kind)));
        TRY_VOID(database_.read([&](db::Connection& c) -> base::Result<void> {
            TRY(const auto every, all(c));
            std::map<std::int64_t, std::string> keys;
            for (const auto& o : every) keys[o.id.value] = o.key;
            if (!contacts) {
                for (const auto& o : every)
                    if (o.published || context.actor.signed_in()) TRY_VOID(writer->row(cells_of(o, keys[o.part_of.value])));
                return {};
            }
            TRY(const auto points, all_contacts(c));
            for (const auto& p : points) TRY_VOID(writer->row(cells_of(p, keys[p.organisation.value])));
            return {};
        }));
        TRY_VOID(writer->finish());
        return web::download(std::move(bytes), sheets::media_type(format),
                             std::string(contacts ? "kontakte" : "organisationen") + (format == sheets::Format::xlsx ? ".xlsx" : ".csv"));
    }

  private:
    static base::Result<void> editors_only(const web::Context& context) {
        if (!context.actor.steers()) return base::error(base::ErrorKind::not_found, "for those who steer");
        return {};
    }
    std::string key_of(OrganisationId id) const {
        const auto found = database_.read([&](db::Connection& c) { return find(c, id); });
        return found && *found ? (*found)->key : std::string();
    }
    // What a row of the preview is about: the name, and for a contact the organisation, too.
    std::string named(const web::Context& context, TableKind kind, const Import::Row& row) const {
        const auto language = i18n::code(context.language);
        if (kind == TableKind::organisations) return row.organisation.name.in(language) + " (" + row.organisation.key + ")";
        return row.contact.label.in(language) + " (" + key_of(row.contact.organisation) + ")";
    }
    base::Result<Import> read(const sheets::Workbook& book, TableKind kind) const {
        return database_.read([&](db::Connection& c) -> base::Result<Import> {
            TRY(const auto district, wiring_.district(c));
            return read_table(c, book, kind, district);
        });
    }

    base::Result<http::Response> page_of(const web::Context& context, const Import* import, const base::Error* refused,
                                         const std::string& content) const {
        const bool wrong = refused || (import && !import->mistakes.empty());
        return web::page(
            context,
            {.title = message("Read in a table"),
             .lead = message("Organisations or contacts from a spreadsheet (CSV or XLSX). First you see what would happen."),
             .crumbs = {{message("Organisations"), "/organisationen"}},
             .status = wrong ? 422 : 200,
             .index = false},
            "organisations/import.tpl", [&](web::View& view) {
                if (import) {
                    auto result = view.section("RESULT");
                    web::Preview preview{{}, import->unchanged, import->mistakes, import->hints};
                    preview.rows.reserve(import->rows.size());
                    for (const auto& row : import->rows) preview.rows.push_back({row.place, row.fresh, named(context, import->kind, row)});
                    web::show(result, preview, context);
                    if (import->mistakes.empty() && !import->rows.empty()) {
                        web::Form take(
                            context,
                            {.action = "/organisationen/einlesen/uebernahme", .submit = message("Take it over"), .cancel_url = "/organisationen"});
                        take.hidden("table", import->kind == TableKind::contacts ? "contacts" : "organisations");
                        take.hidden("content", content);
                        result.section("TAKE").set("FORM", take.html());
                    }
                }
                web::Form form(context, {.action = "/organisationen/einlesen", .submit = message("Look at it first"), .multipart = true});
                if (refused) form.error(*refused);
                form.radios("table", message("What the table holds"),
                            {{"organisations", message("Organisations")}, {"contacts", message("Contacts")}},
                            {.value = import && import->kind == TableKind::contacts ? "contacts" : "organisations"});
                form.file("file", message("File (CSV or XLSX)"), {.accept = ".csv,.xlsx"});
                view.set("FORM", form.html());
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
    router.get("/organisationen/einlesen", on(&ImportPages::form));
    router.post("/organisationen/einlesen", on(&ImportPages::look));
    router.post("/organisationen/einlesen/uebernahme", on(&ImportPages::take));
    for (const char* path :
         {"/organisationen/tabelle.csv", "/organisationen/tabelle.xlsx", "/organisationen/kontakte.csv", "/organisationen/kontakte.xlsx"})
        router.get(path, on(&ImportPages::download));
}

}  // namespace organisations
