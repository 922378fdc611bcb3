#include "site/pages.h"

#include "platform/web/form.h"
#include "platform/web/input.h"
#include "platform/web/page.h"
#include "platform/web/url.h"

namespace site {
namespace {

using base::message;

constexpr TextKey written[] = {TextKey::municipality, TextKey::imprint, TextKey::data_protection, TextKey::accessibility, TextKey::contact_email};

base::Message title_of(TextKey key) {
    switch (key) {
        case TextKey::municipality: return message("Name of the municipality");
        case TextKey::imprint: return message("Imprint");
        case TextKey::data_protection: return message("Data protection");
        case TextKey::accessibility: return message("Accessibility statement");
        case TextKey::contact_email: return message("E-mail address for reports of barriers");
    }
    return message("Imprint");
}

class Pages {
  public:
    Pages(web::Site& site, db::Database& database, std::function<base::Result<void>(db::Connection&)> changed)
        : site_(site), database_(database), changed_(std::move(changed)) {}

    base::Result<http::Response> text_page(const web::Context& context, TextKey key) const {
        TRY(const auto all, database_.read([](db::Connection& c) { return texts(c); }));
        return web::page(context, {.title = title_of(key)}, "site/text.tpl",
                         [&](web::View& view) { view.set("TEXT", web::paragraphs(all.get(key).in(i18n::code(context.language)))); });
    }

    base::Result<http::Response> accessibility(const web::Context& context, const http::Fields* typed = nullptr,
                                               const base::Error* refused = nullptr) const {
        TRY(const auto all, database_.read([](db::Connection& c) { return texts(c); }));
        web::Form form(context, {.action = "/barrierefreiheit", .submit = message("Send the report")});
        if (typed) form.typed(*typed);
        if (refused) form.error(*refused);
        form.text("seite", message("Which page?"),
                  {.value = web::local_path(context.query.get("seite", "/")), .hint = message("Its address or its title."), .optional = true});
        form.textarea("beschreibung", message("What made access hard?"), {.rows = 5});
        form.text("antwort", message("E-mail address or telephone number for our answer"),
                  {.hint = message("Kept until we have answered, then erased."), .optional = true, .autocomplete = "email"});
        return web::page(context, {.title = title_of(TextKey::accessibility), .status = refused ? 422 : 200}, "site/accessibility.tpl",
                         [&](web::View& view) {
                             view.set("TEXT", web::paragraphs(all.get(TextKey::accessibility).in(i18n::code(context.language))));
                             view.set("FORM", form.html());
                             view.set_if("EMAIL", all.get(TextKey::contact_email).de);
                         });
    }

    base::Result<http::Response> report(const http::Request& request, const web::Context& context) const {
        web::Input input(request.form);
        Feedback feedback;
        feedback.received = site_.clock().now();
        feedback.page = input.text("seite", {.required = false, .most = 300});
        feedback.description = input.long_text("beschreibung", {.required = true, .most = 4000});
        feedback.contact = input.text("antwort", {.required = false, .most = 200});
        if (!input.ok()) return accessibility(context, &request.form, &input.error());
        TRY_VOID(database_.write([&](db::Connection& c) { return receive_feedback(c, feedback); }));
        return web::see_other(context, "/barrierefreiheit",
                              message("Thank you. Your report has arrived; we answer within two weeks if you left a way to reach you."));
    }

    base::Result<http::Response> settings(const web::Context& context, const http::Fields* typed = nullptr,
                                          const base::Error* refused = nullptr) const {
        TRY_VOID(administrators_only(context));
        struct Shown {
            Texts texts;
            std::vector<Feedback> open;
        };
        TRY(const auto shown, database_.read([](db::Connection& c) -> base::Result<Shown> {
            TRY(auto all, texts(c));
            TRY(auto open, feedback(c, false));
            return Shown{std::move(all), std::move(open)};
        }));
        web::Form form(context, {.action = "/einstellungen"});
        if (typed) form.typed(*typed);
        if (refused) form.error(*refused);
        for (const auto key : written) {
            const auto name = std::string(name_of(key));
            const auto text = shown.texts.get(key);
            form.group(title_of(key));
            if (key == TextKey::contact_email) {
                form.text(name + "_de", title_of(key), {.value = text.de, .optional = true, .type = "email"});
            } else if (key == TextKey::municipality) {
                form.text(name + "_de", message("German"), {.value = text.de});
                form.text(name + "_en", message("English"), {.value = text.en, .optional = true});
            } else {
                form.textarea(name + "_de", message("German"),
                              {.value = text.de, .hint = message("An empty line starts a new paragraph."), .rows = 8});
                form.textarea(name + "_en", message("English"), {.value = text.en, .optional = true, .rows = 8});
            }
            form.end_group();
        }
        return web::page(
            context, {.title = message("Settings"), .status = refused ? 422 : 200, .index = false}, "site/settings.tpl", [&](web::View& view) {
                view.set("FORM", form.html());
                view.show_if("REPORTS", !shown.open.empty());
                view.list("REPORT", shown.open, [&](web::View& row, const Feedback& f) {
                    row.set("DAY", base::berlin_day(f.received));
                    row.set("PAGE", f.page);
                    row.set("TEXT", f.description);
                    row.set_if("CONTACT", f.contact);
                    row.set("ANSWERED", web::button_form(context, "/einstellungen/barrieren/" + std::to_string(f.id.value), message("Answered")));
                });
            });
    }

    base::Result<http::Response> save(const http::Request& request, const web::Context& context) const {
        TRY_VOID(administrators_only(context));
        web::Input input(request.form);
        std::map<TextKey, base::Bilingual> next;
        for (const auto key : written) {
            const auto name = std::string(name_of(key));
            const bool line = key == TextKey::municipality || key == TextKey::contact_email;
            const bool required = key != TextKey::contact_email;
            next[key].de = line ? input.text(name + "_de", {.required = required, .most = 200})
                                : input.long_text(name + "_de", {.required = required, .most = 40000});
            if (key != TextKey::contact_email)
                next[key].en = line ? input.text(name + "_en", {.required = false, .most = 200})
                                    : input.long_text(name + "_en", {.required = false, .most = 40000});
        }
        if (!input.ok()) return settings(context, &request.form, &input.error());
        TRY_VOID(database_.write([&](db::Connection& c) -> base::Result<void> {
            for (const auto& [key, text] : next) TRY_VOID(save_text(c, key, text, context.actor, site_.clock().now()));
            return changed_(c);
        }));
        return web::see_other(context, "/einstellungen", message("Saved."));
    }

    base::Result<http::Response> answered(const http::Request& request, const web::Context& context) const {
        TRY_VOID(administrators_only(context));
        TRY_VOID(
            database_.write([&](db::Connection& c) { return mark_answered(c, FeedbackId{request.id("id")}, context.actor, site_.clock().now()); }));
        return web::see_other(context, "/einstellungen", message("Marked as answered; the contact is erased."));
    }

  private:
    static base::Result<void> administrators_only(const web::Context& context) {
        if (context.actor.role != identity::Role::administrator) return base::error(base::ErrorKind::not_found, "administrators only");
        return {};
    }

    web::Site& site_;
    db::Database& database_;
    std::function<base::Result<void>(db::Connection&)> changed_;
};

}  // namespace

void mount(http::Router& router, web::Site& site, db::Database& database, std::function<base::Result<void>(db::Connection&)> changed) {
    const auto pages = std::make_shared<Pages>(site, database, std::move(changed));
    const auto text = [&](TextKey key) {
        return site.page([pages, key](const http::Request&, const web::Context& context) { return pages->text_page(context, key); });
    };
    router.get("/impressum", text(TextKey::imprint));
    router.get("/datenschutz", text(TextKey::data_protection));
    router.get("/barrierefreiheit", site.page([pages](const http::Request&, const web::Context& context) { return pages->accessibility(context); }));
    router.post("/barrierefreiheit",
                site.page([pages](const http::Request& request, const web::Context& context) { return pages->report(request, context); }));
    router.get("/einstellungen", site.page([pages](const http::Request&, const web::Context& context) { return pages->settings(context); }));
    router.post("/einstellungen",
                site.page([pages](const http::Request& request, const web::Context& context) { return pages->save(request, context); }));
    router.post("/einstellungen/barrieren/{id}",
                site.page([pages](const http::Request& request, const web::Context& context) { return pages->answered(request, context); }));
    site.add({.title = message("Settings"), .url = "/einstellungen", .from = identity::Role::administrator, .order = 95, .also = {}});
}

}  // namespace site
