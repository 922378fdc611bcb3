// Contacts of an organisation and what their owners agreed to.
#include "organisations/desk.h"
#include "organisations/forms.h"
#include "organisations/rules.h"

namespace organisations {
namespace {

using base::message;

class ContactPages {
  public:
    explicit ContactPages(std::shared_ptr<Desk> desk) : desk_(std::move(desk)) {}

    base::Result<http::Response> add_contact(const http::Request& request, const web::Context& context) const {
        return contact_saved(request, context, {});
    }

    base::Result<http::Response> contact_page(const http::Request& request, const web::Context& context) const {
        TRY_VOID(Desk::editors_only(context));
        TRY(const auto o, desk_->visible(request, context));
        TRY(const auto p, desk_->contact_here(request, o));
        return contact_again(context, o, p, nullptr);
    }

    base::Result<http::Response> change_contact(const http::Request& request, const web::Context& context) const {
        TRY_VOID(Desk::editors_only(context));
        TRY(const auto o, desk_->visible(request, context));
        TRY(const auto p, desk_->contact_here(request, o));
        return contact_saved(request, context, p);
    }

    base::Result<http::Response> remove_contact(const http::Request& request, const web::Context& context) const {
        TRY_VOID(Desk::editors_only(context));
        TRY(const auto o, desk_->visible(request, context));
        TRY(const auto p, desk_->contact_here(request, o));
        TRY_VOID(desk_->change([&](db::Connection& c) -> base::Result<void> {
            TRY_VOID(desk_->wiring.contact_changed(c, p, true, desk_->by(context)));
            return withdraw_contact(c, p.id, desk_->by(context));
        }));
        return web::see_other(context, url_of(o), message("The contact is withdrawn; the history keeps it."));
    }

    base::Result<http::Response> add_consent(const http::Request& request, const web::Context& context) const {
        TRY_VOID(Desk::editors_only(context));
        TRY(const auto o, desk_->visible(request, context));
        TRY(const auto p, desk_->contact_here(request, o));
        web::Input input(request.form);
        Consent consent;
        consent.field = input.choice("field", {"person", "email", "phone"});
        consent.purpose = std::string(publication);
        consent.given_on = input.day("given_on").value_or(base::Day{});
        if (input.ok() && context.today < consent.given_on) input.wrong("given_on", message("A consent cannot be given in the future."));
        const auto done = input.ok() ? desk_->change([&](db::Connection& c) { return give_consent(c, p.id, consent, desk_->by(context)); })
                                     : base::Result<void>(tl::unexpected(input.error()));
        if (!done) {
            if (done.error().fields.empty()) return tl::unexpected(done.error());
            const auto refused = web::refused(request, done.error());
            return contact_again(context, o, p, &refused);
        }
        return web::see_other(context, contact_url(o, p), message("The consent is recorded."));
    }

    base::Result<http::Response> end_consent(const http::Request& request, const web::Context& context) const {
        TRY_VOID(Desk::editors_only(context));
        TRY(const auto o, desk_->visible(request, context));
        TRY(const auto p, desk_->contact_here(request, o));
        TRY_VOID(
            desk_->change([&](db::Connection& c) { return withdraw_consent(c, p.id, request.id("consent"), context.today, desk_->by(context)); }));
        return web::see_other(context, contact_url(o, p), message("The consent is withdrawn; the field is no longer shown."));
    }

  private:
    base::Result<http::Response> contact_saved(const http::Request& request, const web::Context& context, ContactPoint p) const {
        TRY_VOID(Desk::editors_only(context));
        TRY(const auto o, desk_->visible(request, context));
        p.organisation = o.id;
        web::Input input(request.form);
        read_contact(input, request.form, p);
        input.also(mistakes_in(p));
        const bool fresh = !p.id;
        const auto again = [&](const base::Error& error) {
            const auto refused = web::refused(request, error);
            return fresh ? show_page(*desk_, context, o, &refused) : contact_again(context, o, p, &refused);
        };
        if (!input.ok()) return again(input.error());
        const auto done = desk_->change([&](db::Connection& c) -> base::Result<void> {
            TRY(const auto id, save_contact(c, p, desk_->by(context)));
            TRY(const auto saved, contact(c, id));
            return desk_->wiring.contact_changed(c, saved, false, desk_->by(context));
        });
        if (!done) {
            if (done.error().fields.empty()) return tl::unexpected(done.error());
            return again(done.error());
        }
        return web::see_other(context, url_of(o), message("The contact is saved."));
    }

    base::Result<http::Response> contact_again(const web::Context& context, const Organisation& o, const ContactPoint& p,
                                               const web::Refused* refused) const {
        if (refused) web::mistakes_on_top(context, refused->error);
        return web::page(context, {.title = p.label.in(lang(context)), .crumbs = crumbs(context, o), .status = refused ? 422 : 200, .index = false},
                         "organisations/contact.tpl", [&](web::View& view) {
                             view.set("FORM", contact_form(context, contact_url(o, p), p, refused));
                             view.set("WITHDRAW", web::button_form(context, contact_url(o, p), message("Withdraw the contact"), "DELETE", true));
                             if (!p.is_person) return;
                             auto person = view.section("PERSON");
                             for (const auto& consent : p.consents) {
                                 auto row = person.section("CONSENT");
                                 row.set("FIELD", field_title(consent.field));
                                 row.set("GIVEN", consent.given_on);
                                 row.set("WITHDRAWN", consent.withdrawn_on ? context.format(*consent.withdrawn_on) : "–");
                                 if (!consent.withdrawn_on)
                                     row.set("END", web::button_form(context, contact_url(o, p) + "/einwilligungen/" + std::to_string(consent.id),
                                                                     message("Withdraw the consent"), "DELETE", true));
                             }
                             person.show_if("NONE", p.consents.empty());
                             person.show_if("SOME", !p.consents.empty());
                             web::Form add(context, {.action = contact_url(o, p) + "/einwilligungen", .submit = message("Record the consent")});
                             add.again(refused);
                             add.select("field", message("Field"),
                                        {{"person", message("Name of the person")}, {"email", message("E-mail")}, {"phone", message("Telephone")}});
                             add.date("given_on", message("Consent given on"), context.today);
                             person.set("ADD", add.html());
                         });
    }

    static base::Message field_title(const std::string& field) {
        if (field == "email") return message("E-mail");
        if (field == "phone") return message("Telephone");
        return message("Name of the person");
    }

    std::shared_ptr<Desk> desk_;
};

}  // namespace

void mount_contacts(http::Router& router, const std::shared_ptr<Desk>& desk) {
    const auto pages = std::make_shared<ContactPages>(desk);
    const auto on = [&](auto method) {
        return desk->site.page(
            [pages, method](const http::Request& request, const web::Context& context) { return ((*pages).*method)(request, context); });
    };
    router.post("/organisationen/{key:slug}/kontakte", on(&ContactPages::add_contact));
    router.get("/organisationen/{key:slug}/kontakte/{contact}", on(&ContactPages::contact_page));
    router.post("/organisationen/{key:slug}/kontakte/{contact}", on(&ContactPages::change_contact));
    router.del("/organisationen/{key:slug}/kontakte/{contact}", on(&ContactPages::remove_contact));
    router.post("/organisationen/{key:slug}/kontakte/{contact}/einwilligungen", on(&ContactPages::add_consent));
    router.del("/organisationen/{key:slug}/kontakte/{contact}/einwilligungen/{consent}", on(&ContactPages::end_consent));
}

}  // namespace organisations
