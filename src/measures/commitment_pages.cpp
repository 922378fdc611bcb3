#include "measures/commitment_pages.h"

#include "measures/deeds.h"
#include "measures/views.h"
#include "platform/links/api.h"
#include "platform/web/form.h"
#include "platform/web/input.h"
#include "platform/web/url.h"

namespace measures {
namespace {

using base::message;

web::ChipTone tone_of(CommitmentState state) {
    return state == CommitmentState::confirmed   ? web::ChipTone::success
           : state == CommitmentState::withdrawn ? web::ChipTone::warning
                                                 : web::ChipTone::neutral;
}

std::string id_of(const Invitation& i) { return "einladung-" + std::to_string(i.id.value); }
std::string again_url(const Invitation& i) { return web::Url("/massnahmen/zusagen").with("erneut", i.partner).str() + "#h-einl"; }

class CommitmentPages {
  public:
    explicit CommitmentPages(Desk desk) : desk_(std::move(desk)) {}

    base::Result<http::Response> list_page(const http::Request&, const web::Context& context) const {
        return overview(context, nullptr, nullptr, "");
    }

    base::Result<http::Response> send_invitation(const http::Request& request, const web::Context& context) const {
        if (!edits_all(context)) return base::error(base::ErrorKind::not_found, "for the officer");
        const auto address = desk_.change(context, [&](db::Connection& c, const World& world, const By& by) -> base::Result<std::string> {
            Invitation invitation;
            invitation.partner = request.form.get("partner");
            invitation.mail = request.form.get("mail");
            invitation.language = request.form.get("sprache") == "en" ? i18n::Language::en : i18n::Language::de;
            return invite_partner(c, context, invitation, request.form.has("erneut") ? Sending::again : Sending::first, world, by);
        });
        if (!address) {
            if (address.error().fields.empty()) return tl::unexpected(address.error());
            return overview(context, &request.form, &address.error(), "");
        }
        if (request.form.get("mail").empty()) return overview(context, nullptr, nullptr, *address);
        return web::see_other(context, "/massnahmen/zusagen", message("The invitation is on its way."));
    }

    base::Result<http::Response> show(const http::Request& request, const web::Context& context) const {
        const auto opened = desk_.database.read([&](db::Connection& c) { return open(c, request); });
        if (!opened) return closed(context, opened.error());
        return partner_page(request, context, *opened, nullptr, nullptr);
    }
    base::Result<http::Response> write(const http::Request& request, const web::Context& context) const {
        return as_partner(request, context, message("Your words are saved. Please confirm them now."),
                          [&](db::Connection& c, const OpenInvitation& opened, const By& by) -> base::Result<void> {
                              web::Input input(request.form);
                              Words words;
                              words.title = {input.text("titel", {.most = 200}), input.text("titel_en", {.required = false, .most = 200})};
                              words.description = {input.long_text("beschreibung"), {}};
                              words.starts_on = input.day("beginn", false);
                              words.ends_on = input.day("ende", false);
                              if (!input.ok()) return base::error(input.error());
                              TRY_VOID(write_commitment(c, opened.invitation, words, by));
                              return {};
                          });
    }
    base::Result<http::Response> confirm(const http::Request& request, const web::Context& context) const {
        return as_partner(request, context, message("Your commitment is confirmed. Thank you."),
                          [](db::Connection& c, const OpenInvitation& opened, const By& by) -> base::Result<void> {
                              TRY_VOID(move_commitment(c, opened.invitation.measure, CommitmentMove::confirm, by));
                              return {};
                          });
    }
    base::Result<http::Response> withdraw(const http::Request& request, const web::Context& context) const {
        return as_partner(request, context, message("Your commitment is withdrawn. Nothing more is expected of you."),
                          [](db::Connection& c, const OpenInvitation& opened, const By& by) -> base::Result<void> {
                              TRY_VOID(move_commitment(c, opened.invitation.measure, CommitmentMove::withdraw, by));
                              return {};
                          });
    }

  private:
    base::Result<OpenInvitation> open(db::Connection& c, const http::Request& request) const {
        return open_invitation(c, request.path_values.get("link"), desk_.site.clock().now());
    }
    static base::Result<http::Response> closed(const web::Context& context, const base::Error& error) {
        if (error.kind != base::ErrorKind::not_found) return tl::unexpected(error);
        return web::page(context, {.title = message("This link does not open"), .status = 404, .index = false},
                         web::paragraphs(context.say(links::why_not(error))));
    }

    template <class Work>
    base::Result<http::Response> as_partner(const http::Request& request, const web::Context& context, const base::Message& said, Work work) const {
        std::optional<OpenInvitation> opened;
        const auto done = desk_.change(context, [&](db::Connection& c, const World&, const By& visitor) -> base::Result<void> {
            TRY(opened, open(c, request));
            By by = visitor;
            by.office = opened->invitation.partner;  // the link was sent to the partner, and to nobody else
            return work(c, *opened, by);
        });
        if (done) return web::see_other(context, "/zusage/" + request.path_values.get("link"), said);
        if (!opened) return closed(context, done.error());
        if (done.error().fields.empty()) return tl::unexpected(done.error());
        auto refused = done.error();
        for (auto& f : refused.fields)
            f.field = f.field == "title" ? "titel" : f.field == "description" ? "beschreibung" : f.field == "ends_on" ? "ende" : f.field;
        return partner_page(request, context, *opened, &request.form, &refused);
    }

    base::Result<http::Response> partner_page(const http::Request& request, const web::Context& context, const OpenInvitation& opened,
                                              const http::Fields* typed, const base::Error* refused) const {
        const auto url = "/zusage/" + request.path_values.get("link");
        const auto* m = opened.measure ? &*opened.measure : nullptr;
        return web::page(context,
                         {.title = message("Your contribution"),
                          .lead = opened.partner.in(i18n::code(context.language)),
                          .status = refused ? 422 : 200,
                          .index = false},
                         "measures/commitment.tpl", [&](web::View& view) {
                             if (m) {
                                 auto state = view.section("STATE");
                                 state.set("CHIP", web::chip(context, tone_of(m->commitment), label_of(m->commitment)));
                                 state.set("TITLE", m->title.in(i18n::code(context.language)));
                                 state.set("TEXT", web::paragraphs(m->description.in(i18n::code(context.language))));
                                 if (m->commitment == CommitmentState::offered)
                                     state.section("CONFIRM").set(
                                         "FORM", web::button_form(context, url + "/bestaetigung", message("We confirm this commitment")));
                                 if (m->commitment != CommitmentState::withdrawn)
                                     state.section("WITHDRAW")
                                         .set("FORM", web::button_form(context, url + "/ruecknahme", message("We withdraw it"), "POST", true));
                             }
                             if (m && m->commitment == CommitmentState::withdrawn) return;
                             web::Form form(context, {.action = url, .submit = m ? message("Save other words") : message("Save")});
                             if (typed) form.typed(*typed);
                             if (refused) form.error(*refused);
                             form.text("titel", message("What you contribute, in one line"), {.value = m ? m->title.de : ""});
                             form.text("titel_en", message("The same in English"), {.value = m ? m->title.en : "", .optional = true});
                             form.textarea("beschreibung", message("What you will do"),
                                           {.value = m ? m->description.de : "", .hint = message("No names of persons.")});
                             form.row();
                             form.date("beginn", message("Begins"), m ? m->schedule.starts_on : std::nullopt, {.optional = true});
                             form.date("ende", message("Ends"), m ? m->schedule.ends_on : std::nullopt, {.optional = true});
                             form.end_row();
                             auto section = view.section("WRITE");
                             section.set("FORM", form.html());
                             section.show_if("AGAIN", m != nullptr);
                         });
    }

    base::Result<http::Response> overview(const web::Context& context, const http::Fields* typed, const base::Error* refused,
                                          const std::string& link) const {
        struct Read {
            Page page;
            std::vector<Invitation> invited;
            std::vector<network::Bearer> bearers;
            std::optional<Invitation> again;  // what the form may send again: of the partner it names
        };
        const auto partner = typed ? typed->get("partner") : context.query.get("erneut");
        TRY(const auto read, desk_.database.read([&](db::Connection& c) -> base::Result<Read> {
            Read out;
            Filter filter;
            filter.kind = Kind::self_commitment;
            filter.published_only = !context.actor.signed_in();
            filter.per_page = 0;
            TRY(out.page, list(c, filter));
            TRY(out.invited, invitations(c));
            TRY(out.bearers, network::bearers(c));
            if (edits_all(context) && !partner.empty()) { TRY(out.again, waiting_invitation(c, partner, context.today)); }
            return out;
        }));
        return web::page(
            context,
            {.title = message("Self-commitments of partners"),
             .lead = message("What partners outside the administration have taken on themselves, in their own words. Nothing here was assigned."),
             .crumbs = {{message("Measures"), "/massnahmen"}},
             .status = refused ? 422 : 200},
            "measures/commitments.tpl", [&](web::View& view) {
                int shown = 0;
                for (const auto& dossier : read.page.dossiers) {
                    const auto& m = dossier.measure;
                    // To the public only what its partner confirmed.
                    if (!context.actor.signed_in() && m.commitment != CommitmentState::confirmed) continue;
                    ++shown;
                    auto row = view.section("COMMITMENT");
                    row.set("URL", "/massnahmen/" + m.key);
                    row.set("TITLE", m.title.in(i18n::code(context.language)));
                    row.set("PARTNER", name_of_bearer(context, read.bearers, m.accountable));
                    row.set("STATE", web::chip(context, tone_of(m.commitment), label_of(m.commitment)));
                }
                view.show_if("NONE", shown == 0);
                if (!link.empty()) view.section("LINK").set("LINK", link);
                if (!edits_all(context)) return;
                std::optional<web::View> invited;
                for (const auto& i : read.invited) {
                    if (!i.measure.empty()) continue;
                    if (!invited) invited = view.section("INVITED");
                    auto row = invited->section("INVITATION");
                    row.set("ID", id_of(i));
                    row.set("DAY", i.invited_on);
                    row.set("PARTNER", name_of_bearer(context, read.bearers, i.partner));
                    if (!i.mail.empty()) row.section("TO").set("MAIL", i.mail);
                    row.set("AGAIN", again_url(i));
                }
                std::vector<web::Choice> partners{{"", message("choose")}};
                for (const auto& b : read.bearers)
                    if (!network::belongs_to_district(b.kind)) partners.push_back({b.key, b.name.in(i18n::code(context.language))});
                const auto* again = read.again ? &*read.again : nullptr;
                web::Form form(context, {.action = "/massnahmen/zusagen", .submit = message("Invite")});
                if (typed) form.typed(*typed);
                if (refused) form.error(*refused);
                form.select("partner", message("Partner"), partners, {.value = again ? again->partner : ""});
                form.text("mail", message("Mail address"),
                          {.value = again ? again->mail : "",
                           .hint = message("Without one the link is shown here, once, for you to hand over."),
                           .optional = true,
                           .type = "email",
                           .autocomplete = "off"});
                form.radios("sprache", message("Language of the mail"), {{"de", message("German")}, {"en", message("English")}},
                            {.value = std::string(i18n::code(again ? again->language : i18n::Language::de))});
                auto invite = view.section("INVITE");
                if (again) {
                    form.checkbox("erneut", message("Send the invitation of {day} again", {{"day", context.format(again->invited_on)}}), !typed,
                                  {.hint = message("With a new link; the one before no longer opens.")});
                    if (refused) {
                        auto waiting = invite.section("WAITING");
                        waiting.set("ID", id_of(*again));
                        waiting.set("AGAIN", again_url(*again));
                    }
                }
                invite.set("FORM", form.html());
            });
    }

    Desk desk_;
};

}  // namespace

void mount_commitments(http::Router& router, const Desk& desk) {
    const auto pages = std::make_shared<CommitmentPages>(desk);
    const auto on = [&](auto method) {
        return desk.site.page(
            [pages, method](const http::Request& request, const web::Context& context) { return ((*pages).*method)(request, context); });
    };
    router.get("/massnahmen/zusagen", on(&CommitmentPages::list_page));
    router.post("/massnahmen/zusagen", on(&CommitmentPages::send_invitation));
    router.get("/zusage/{link:any}", on(&CommitmentPages::show));
    router.post("/zusage/{link:any}", on(&CommitmentPages::write));
    router.post("/zusage/{link:any}/bestaetigung", on(&CommitmentPages::confirm));
    router.post("/zusage/{link:any}/ruecknahme", on(&CommitmentPages::withdraw));
}

}  // namespace measures
