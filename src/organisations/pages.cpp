#include "organisations/desk.h"
#include "organisations/forms.h"

namespace organisations {
namespace {

using base::message;

class Pages {
  public:
    explicit Pages(std::shared_ptr<Desk> desk) : desk_(std::move(desk)) {}

    base::Result<http::Response> show(const http::Request& request, const web::Context& context) const {
        TRY(const auto o, desk_->visible(request, context));
        return show_page(*desk_, context, o, nullptr);
    }

    base::Result<http::Response> create_form(const http::Request&, const web::Context& context) const {
        TRY_VOID(Desk::editors_only(context));
        return form_page(context, Organisation{}, nullptr, nullptr);
    }

    base::Result<http::Response> edit_form(const http::Request& request, const web::Context& context) const {
        TRY_VOID(Desk::editors_only(context));
        TRY(const auto o, desk_->visible(request, context));
        return form_page(context, o, nullptr, nullptr);
    }

    base::Result<http::Response> save_it(const http::Request& request, const web::Context& context) const {
        TRY_VOID(Desk::editors_only(context));
        Organisation o;
        if (request.path_values.has("key")) { TRY(o, desk_->visible(request, context)); }
        TRY(const auto others, desk_->everybody(context));
        web::Input input(request.form);
        read_organisation(input, request.form, others, o);
        TRY(auto mistakes, desk_->database.read([&](db::Connection& c) -> base::Result<std::vector<base::FieldError>> {
            TRY(const auto district, desk_->wiring.district(c));
            return mistakes_of(c, o, district);
        }));
        // The short name comes from the name where none was typed.
        if (o.key.empty()) std::erase_if(mistakes, [](const base::FieldError& mistake) { return mistake.field == "key"; });
        input.also(std::move(mistakes));
        if (!input.ok()) return form_page(context, o, &request.form, &input.error());
        const auto done = desk_->change([&](db::Connection& c) -> base::Result<void> {
            TRY(const auto district, desk_->wiring.district(c));
            TRY_VOID(save(c, o, district, desk_->by(context)));
            return {};
        });
        if (!done) {
            if (done.error().code == "version") {
                // Saving once more must be able to succeed: the form carries the version that stands now.
                TRY(const auto now, desk_->visible(request, context));
                o.version = now.version;
                return form_page(context, o, &request.form, &stale());
            }
            if (done.error().fields.empty()) return tl::unexpected(done.error());
            return form_page(context, o, &request.form, &done.error());
        }
        return web::see_other(context, url_of(o), message("Saved."));
    }

    base::Result<http::Response> rename_page(const http::Request& request, const web::Context& context) const {
        TRY_VOID(Desk::editors_only(context));
        TRY(const auto o, desk_->visible(request, context));
        return rename_again(context, o, nullptr, nullptr);
    }

    base::Result<http::Response> rename_it(const http::Request& request, const web::Context& context) const {
        TRY_VOID(Desk::editors_only(context));
        TRY(const auto o, desk_->visible(request, context));
        TRY(const auto others, desk_->everybody(context));
        web::Input input(request.form);
        Name n;
        n.from = input.day("from").value_or(base::Day{});
        n.name = {input.text("name_de", {.most = 200}), input.text("name_en", {.required = false, .most = 200})};
        n.short_name = {input.text("short_de", {.required = false, .most = 60}), input.text("short_en", {.required = false, .most = 60})};
        n.reason = input.text("reason", {.required = false, .most = 300});
        const auto parent = request.form.get("part_of");
        for (const auto& other : others)
            if (other.key == parent) n.part_of = other.id;
        if (input.ok() && context.today < n.from)
            input.wrong("from", message("Record a new name on its first day or later: until then the old one is true."));
        if (!input.ok()) return rename_again(context, o, &request.form, &input.error());
        const auto done = desk_->change([&](db::Connection& c) { return rename(c, o.id, n, desk_->by(context)); });
        if (!done) {
            if (done.error().fields.empty()) return tl::unexpected(done.error());
            return rename_again(context, o, &request.form, &done.error());
        }
        return web::see_other(context, url_of(o), message("The new name is recorded; the history keeps the old one."));
    }

    base::Result<http::Response> merge_page(const http::Request& request, const web::Context& context) const {
        TRY_VOID(Desk::editors_only(context));
        TRY(const auto o, desk_->visible(request, context));
        return merge_again(context, o, nullptr, nullptr);
    }

    base::Result<http::Response> merge_it(const http::Request& request, const web::Context& context) const {
        TRY_VOID(Desk::editors_only(context));
        TRY(const auto o, desk_->visible(request, context));
        TRY(const auto others, desk_->everybody(context));
        web::Input input(request.form);
        const auto last = input.day("last_day");
        OrganisationId into;
        for (const auto& other : others)
            if (other.key == request.form.get("into")) into = other.id;
        if (!into) input.wrong("into", message("Please choose the organisation that goes on."));
        if (!input.ok()) return merge_again(context, o, &request.form, &input.error());
        const auto done = desk_->change([&](db::Connection& c) { return merge(c, o.id, into, *last, desk_->by(context)); });
        if (!done) {
            if (done.error().fields.empty()) return tl::unexpected(done.error());
            return merge_again(context, o, &request.form, &done.error());
        }
        return web::see_other(context, url_of(o), message("The two are merged; the history keeps both."));
    }

  private:
    static const base::Error& stale() {
        static const base::Error error{base::ErrorKind::conflict,
                                       "version",
                                       {{"", message("Somebody else saved in between. Please look at what changed and save again."), 0}},
                                       "version"};
        return error;
    }

    base::Result<http::Response> form_page(const web::Context& context, const Organisation& o, const http::Fields* typed,
                                           const base::Error* refused) const {
        TRY(const auto others, desk_->everybody(context));
        return web::page(context,
                         {.title = o.id ? web::Text(o.name.in(lang(context))) : web::Text(message("New organisation")),
                          .crumbs = {{message("Organisations"), "/organisationen"}},
                          .status = refused ? 422 : 200,
                          .index = false},
                         organisation_form(context, o, others, typed, refused));
    }

    base::Result<http::Response> rename_again(const web::Context& context, const Organisation& o, const http::Fields* typed,
                                              const base::Error* refused) const {
        TRY(const auto others, desk_->everybody(context));
        return web::page(context,
                         {.title = message("New name or place"),
                          .lead = o.name.in(lang(context)),
                          .crumbs = crumbs(context, o),
                          .status = refused ? 422 : 200,
                          .index = false},
                         rename_form(context, o, others, typed, refused));
    }

    base::Result<http::Response> merge_again(const web::Context& context, const Organisation& o, const http::Fields* typed,
                                             const base::Error* refused) const {
        TRY(const auto others, desk_->everybody(context));
        return web::page(context,
                         {.title = message("Merge into another organisation"),
                          .lead = o.name.in(lang(context)),
                          .crumbs = crumbs(context, o),
                          .status = refused ? 422 : 200,
                          .index = false},
                         merge_form(context, o, others, typed, refused));
    }

    std::shared_ptr<Desk> desk_;
};

}  // namespace

void mount(http::Router& router, web::Site& site, db::Database& database, Wiring wiring) {
    mount_import(router, site, database, wiring);
    const auto desk = std::make_shared<Desk>(Desk{site, database, std::move(wiring)});
    mount_lists(router, desk);
    mount_contacts(router, desk);
    const auto pages = std::make_shared<Pages>(desk);
    const auto on = [&](auto method) {
        return desk->site.page(
            [pages, method](const http::Request& request, const web::Context& context) { return ((*pages).*method)(request, context); });
    };
    router.post("/organisationen", on(&Pages::save_it));
    router.post("/organisationen/neu", on(&Pages::save_it));
    router.get("/organisationen/neu", on(&Pages::create_form));
    router.get("/organisationen/{key:slug}", on(&Pages::show));
    router.post("/organisationen/{key:slug}", on(&Pages::save_it));
    router.get("/organisationen/{key:slug}/bearbeiten", on(&Pages::edit_form));
    router.get("/organisationen/{key:slug}/namen", on(&Pages::rename_page));
    router.post("/organisationen/{key:slug}/namen", on(&Pages::rename_it));
    router.get("/organisationen/{key:slug}/zusammenlegung", on(&Pages::merge_page));
    router.post("/organisationen/{key:slug}/zusammenlegung", on(&Pages::merge_it));
    site.add({.title = message("Organisations"), .url = "/organisationen", .from = identity::Role::anonymous, .order = 62, .also = {}});
}

}  // namespace organisations
