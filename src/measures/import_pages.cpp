#include <fstream>

#include "measures/import_store.h"
#include "measures/list_columns.h"
#include "measures/list_files.h"
#include "measures/views.h"
#include "platform/web/form.h"
#include "platform/web/table.h"

namespace measures {
namespace {

using base::message;

constexpr std::size_t shown_rows = 20, shown_mistakes = 200;

std::string address_of(UploadId id) { return "/massnahmen/einlesen/" + std::to_string(id.value); }

class Pages {
  public:
    explicit Pages(Desk desk) : desk_(std::move(desk)) {}

    base::Result<http::Response> start(const http::Request&, const web::Context& context) const {
        TRY_VOID(officer_only(context));
        return upload_page(context, nullptr);
    }

    base::Result<http::Response> upload(const http::Request& request, const web::Context& context) const {
        TRY_VOID(officer_only(context));
        const auto file =
            std::find_if(request.uploads.begin(), request.uploads.end(), [](const http::Upload& u) { return u.field == "datei" && u.size > 0; });
        if (file == request.uploads.end()) {
            const base::Error none{base::ErrorKind::invalid_input, {}, {{"datei", message("Please choose a file."), 0}}, {}};
            return upload_page(context, &none);
        }
        if (file->size > sheets::Limits{}.file) {
            const base::Error large{
                base::ErrorKind::invalid_input,
                {},
                {{"datei", message("The file is too large: at most {most} MB can be read.", {{"most", std::to_string(sheets::Limits{}.file >> 20)}}),
                  0}},
                {}};
            return upload_page(context, &large);
        }
        std::ifstream in(file->path, std::ios::binary);
        const std::string bytes((std::istreambuf_iterator<char>(in)), {});
        const auto kept =
            desk_.change(context, [&](db::Connection& c, const World&, const By& by) { return keep_upload(c, file->filename, bytes, by); });
        if (kept) return http::Response::see_other(address_of(*kept));
        if (kept.error().fields.empty()) return tl::unexpected(kept.error());
        return upload_page(context, &kept.error());
    }

    base::Result<http::Response> preview(const http::Request& request, const web::Context& context) const {
        TRY_VOID(officer_only(context));
        return preview_page(UploadId{request.id("id")}, context, 200, nullptr);
    }

    base::Result<http::Response> map(const http::Request& request, const web::Context& context) const {
        TRY_VOID(officer_only(context));
        const UploadId id{request.id("id")};
        TRY_VOID(desk_.change(context, [&](db::Connection& c, const World&, const By& by) -> base::Result<void> {
            TRY(const auto upload, find_upload(c, id, by));
            auto mapping = upload.mapping;
            for (std::size_t i = 0; i < mapping.size(); ++i) {
                const auto name = "spalte-" + std::to_string(i);
                if (!request.form.has(name)) continue;
                const auto field = request.form.get(name);
                mapping[i] = may_be_mapped(field) ? field : "";
            }
            return change_mapping(c, upload, mapping, by);
        }));
        return http::Response::see_other(address_of(id));
    }

    base::Result<http::Response> take(const http::Request& request, const web::Context& context) const {
        TRY_VOID(officer_only(context));
        const UploadId id{request.id("id")};
        const auto doubles = request.form.has("dubletten") ? Doubles::take_over : Doubles::leave_out;
        const auto done = desk_.change(context, [&](db::Connection& c, const World&, const By& by) -> base::Result<Imported> {
            TRY(const auto upload, find_upload(c, id, by));
            return take_over(c, upload, doubles, by);
        });
        if (!done && done.error().kind == base::ErrorKind::invalid_input) return preview_page(id, context, 422, &done.error());
        if (!done) return tl::unexpected(done.error());
        return web::see_other(
            context, "/massnahmen",
            message("{created} measures are read in, {changed} changed, {left} left as they are.",
                    {{"created", std::to_string(done->created)}, {"changed", std::to_string(done->changed)}, {"left", std::to_string(done->left)}}));
    }

    base::Result<http::Response> drop(const http::Request& request, const web::Context& context) const {
        TRY_VOID(officer_only(context));
        TRY_VOID(
            desk_.change(context, [&](db::Connection& c, const World&, const By& by) { return drop_upload(c, UploadId{request.id("id")}, by); }));
        return web::see_other(context, "/massnahmen/einlesen", message("The file is discarded; nothing was read in."));
    }

  private:
    static base::Result<void> officer_only(const web::Context& context) {
        if (edits_all(context)) return {};
        return base::error(base::ErrorKind::not_found, "lists are read in by the officer");
    }

    base::Result<http::Response> upload_page(const web::Context& context, const base::Error* refused) const {
        web::Form form(context,
                       {.action = "/massnahmen/einlesen", .submit = message("Read the file"), .cancel_url = "/massnahmen", .multipart = true});
        if (refused) {
            // The reader of spreadsheets names the cell; the form has one field.
            auto shown = *refused;
            for (auto& field : shown.fields) {
                if (!field.field.empty() && field.field != "datei")
                    field.message = message("{place}: {text}", {{"place", field.field}, {"text", context.say(field.message)}});
                field.field = "datei";
            }
            form.error(shown);
        }
        form.file("datei", message("Excel file (XLSX) or CSV"),
                  {.hint = message("The first row of headings is found by itself. Nothing is saved before you have seen a preview."),
                   .accept = ".xlsx,.csv,.txt"});
        return web::page(
            context,
            {.title = message("Read in a list of measures"),
             .lead = message("An existing list with its own columns: you say which column is what, and see what would happen before it does."),
             .crumbs = {{message("Measures"), "/massnahmen"}},
             .status = refused ? 422 : 200,
             .index = false},
            form.html());
    }

    web::Html mapping_form(const web::Context& context, const Upload& upload, const base::Error* refused) const {
        std::vector<web::Choice> fields{{"", message("leave this column out")}};
        for (const auto& all : {list_columns(), import_only_columns()})
            for (const auto& column : all)
                if (may_be_mapped(column.field)) fields.push_back({std::string(column.field), std::string(column.heading)});
        web::Form form(context, {.action = address_of(upload.id), .submit = message("Renew the preview"), .idempotency_key = false});
        if (refused) form.error(*refused);
        const auto& sheet = upload.sheet();
        for (std::size_t i = 0; i < upload.table.headings.size(); ++i) {
            std::string samples;
            int found = 0;
            for (const auto row : upload.table.records) {
                if (found == 2) break;
                const auto text = i < sheet.rows[row].size() ? sheets::text_of(sheet.rows[row][i]) : "";
                if (text.empty()) continue;
                samples += (found++ == 0 ? "" : " · ") + (text.size() > 60 ? shortened(text) : text);
            }
            if (samples.empty() && upload.table.headings[i].empty()) continue;
            if (i % 3 == 0) form.row();
            const auto heading = upload.table.headings[i].empty() ? context.say(message("Column {name}", {{"name", sheets::column_name(i)}}))
                                                                  : upload.table.headings[i];
            form.select("spalte-" + std::to_string(i), heading, fields, {.value = upload.mapping[i], .hint = samples});
            if (i % 3 == 2 || i + 1 == upload.table.headings.size()) form.end_row();
        }
        return form.html();
    }
    static std::string shortened(const std::string& text) {
        auto end = std::size_t{57};
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
        return text.substr(0, end) + "…";
    }

    base::Result<http::Response> preview_page(UploadId id, const web::Context& context, int status, const base::Error* refused) const {
        struct Read {
            Upload upload;
            ImportPlan plan;
            std::vector<network::Bearer> bearers;
        };
        TRY(const auto read, desk_.database.read([&](db::Connection& c) -> base::Result<Read> {
            Read out;
            TRY(const auto world, read_world(c, context.today));
            TRY(const auto by, desk_.by(c, context, world));
            TRY(out.upload, find_upload(c, id, by));
            TRY(out.plan, plan_import(c, out.upload, context.today));
            TRY(out.bearers, network::bearers(c));
            return out;
        }));
        (void)refused;  // what refused the take-over is in the plan that was just made again
        const auto& [upload, plan, bearers] = read;
        // Mistakes of the mapping stand at its fields, those of rows in a list of their own.
        base::Error mapping_wrong{base::ErrorKind::invalid_input, {}, {}, {}};
        for (const auto& mistake : plan.mistakes)
            if (mistake.field.starts_with("spalte-")) mapping_wrong.fields.push_back(mistake);
        const auto number = [&](std::size_t n) { return i18n::format_number(context.language, static_cast<std::int64_t>(n)); };
        return web::page(context,
                         {.title = message("Preview of the list"),
                          .lead = message("{name}: {rows} rows below the headings. Nothing is saved yet.",
                                          {{"name", upload.name}, {"rows", number(upload.table.records.size())}}),
                          .crumbs = {{message("Measures"), "/massnahmen"}, {message("Read in a list of measures"), "/massnahmen/einlesen"}},
                          .status = status,
                          .index = false},
                         "measures/import.tpl", [&](web::View& view) {
                             view.set("FRESH", number(plan.count(ImportItem::What::fresh)));
                             view.set("CHANGED", number(plan.count(ImportItem::What::changed)));
                             view.set("UNCHANGED", number(plan.count(ImportItem::What::unchanged)));
                             view.set("WRONG", number(plan.mistakes.size()));
                             view.set("MAPPING", mapping_form(context, upload, mapping_wrong.fields.empty() ? nullptr : &mapping_wrong));
                             if (!plan.mistakes.empty() && mapping_wrong.fields.empty()) {
                                 auto mistakes = view.section("MISTAKES");
                                 for (std::size_t i = 0; i < std::min(plan.mistakes.size(), shown_mistakes); ++i) {
                                     auto row = mistakes.section("MISTAKE");
                                     row.set("PLACE", plan.mistakes[i].field);
                                     row.set("TEXT", plan.mistakes[i].message);
                                 }
                                 if (plan.mistakes.size() > shown_mistakes)
                                     mistakes.section("MORE").set("COUNT", number(plan.mistakes.size() - shown_mistakes));
                             }
                             if (!plan.items.empty()) view.set("TABLE", rows_table(context, upload, plan, bearers)), view.show("ROWS");
                             if (plan.mistakes.empty() && plan.count(ImportItem::What::fresh) + plan.count(ImportItem::What::changed) > 0) {
                                 web::Form form(context, {.action = address_of(id) + "/uebernahme", .submit = message("Take over the list")});
                                 if (plan.doubtful() > 0)
                                     form.checkbox("dubletten",
                                                   message("Take over {count} rows, too, that may be doubles", {{"count", number(plan.doubtful())}}),
                                                   false, {.hint = message("Their titles stand in the list already. Unchecked, they are left out.")});
                                 view.section("TAKE").set("FORM", form.html());
                             }
                             view.set("DROP", web::button_form(context, address_of(id), message("Discard the file"), "DELETE", true));
                         });
    }

    web::Html rows_table(const web::Context& context, const Upload& upload, const ImportPlan& plan,
                         const std::vector<network::Bearer>& bearers) const {
        web::Table table(context, message("The first rows as they would be read"),
                         {{"ort", message("Place"), false, false, false, true},
                          {"was", message("What happens")},
                          {"titel", message("Title"), false, false, true, false},
                          {"stelle", message("Accountable")},
                          {"beginn", message("Begins")},
                          {"ende", message("Ends")},
                          {"hinweis", message("Hint")}});
        for (std::size_t i = 0; i < std::min(plan.items.size(), shown_rows); ++i) {
            const auto& item = plan.items[i];
            const auto& m = item.measure;
            const auto what = item.what == ImportItem::What::fresh     ? message("new")
                              : item.what == ImportItem::What::changed ? message("will be changed")
                                                                       : message("stays as it is");
            const auto hint = item.like.empty() ? std::string() : context.say(message("Same title as {other}", {{"other", item.like}}));
            table.row({place_of(upload.sheet(), upload.mapping, item.row, "titel"), context.say(what), m.title.de,
                       name_of_bearer(context, bearers, m.accountable), day_or_dash(context, m.schedule.starts_on),
                       day_or_dash(context, m.schedule.ends_on), hint});
        }
        return table.html();
    }

    Desk desk_;
};

}  // namespace

void mount_import(http::Router& router, const Desk& desk) {
    const auto pages = std::make_shared<Pages>(desk);
    const auto on = [&](auto method) {
        return desk.site.page(
            [pages, method](const http::Request& request, const web::Context& context) { return ((*pages).*method)(request, context); });
    };
    router.get("/massnahmen/einlesen", on(&Pages::start));
    router.post("/massnahmen/einlesen", on(&Pages::upload));
    router.get("/massnahmen/einlesen/{id}", on(&Pages::preview));
    router.post("/massnahmen/einlesen/{id}", on(&Pages::map));
    router.del("/massnahmen/einlesen/{id}", on(&Pages::drop));
    router.post("/massnahmen/einlesen/{id}/uebernahme", on(&Pages::take));
}

}  // namespace measures
