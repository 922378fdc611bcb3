#include "network/show_page.h"

#include "platform/web/page.h"

namespace network {

using base::message;

base::Message sentence_of(OfficeRisk risk) {
    switch (risk) {
        case OfficeRisk::vacant: return message("vacant");
        case OfficeRisk::term_ends: return message("the term ends within 90 days and nobody follows");
        case OfficeRisk::funding_ended: return message("the funding of the post has ended");
    }
    return message("vacant");
}

base::Result<http::Response> show_page(db::Database& database, const Wiring& wiring, const web::Context& context, const Bearer& bearer,
                                       const web::Refused* refused) {
    if (refused) web::mistakes_on_top(context, refused->error);
    struct Shelf {
        std::vector<Bearer> bearers;
        std::vector<Holding> holdings;
        web::Html panels;
    };
    TRY(const auto all, database.read([&](db::Connection& c) -> base::Result<Shelf> {
        Shelf out;
        TRY(out.bearers, bearers(c));
        TRY(out.holdings, holdings(c));
        TRY(out.panels, office_panels(c, wiring, context, bearer, refused));
        return out;
    }));
    const auto language = i18n::code(context.language);
    std::vector<web::Action> actions;
    const bool steers = context.actor.steers();
    if (steers && bearer.kind == BearerKind::office) actions.push_back({message("Hand over"), url_of(bearer) + "/uebergabe", false, {}});
    actions.push_back({message("Its duties"), "/pflichten?traeger=" + bearer.key, false, {}});
    if (bearer.feed) actions.push_back({message("Calendar of its deadlines"), "/fristen/" + bearer.key + ".ics", false, "download"});
    if (context.actor.signed_in()) actions.push_back({message("History"), "/verlauf/stelle/" + bearer.key, false, {}});
    if (steers) actions.push_back({message("Edit"), url_of(bearer) + "/bearbeiten", false, "edit"});
    return web::page(
        context,
        {.title = bearer.name.in(language),
         .lead = title_of(bearer.kind),
         .crumbs = {{message("Offices and bodies"), "/stellen"}},
         .actions = actions,
         .status = refused ? 422 : 200},
        "network/show.tpl", [&](web::View& view) {
            for (const auto& parent : all.bearers) {
                if (parent.id != bearer.part_of) continue;
                auto section = view.section("PART_OF");
                section.set("NAME", parent.name.in(language));
                section.set("URL", "/stellen/" + parent.key);
            }
            for (const auto& part : all.bearers) {
                if (part.part_of != bearer.id) continue;
                auto section = view.section("PART");
                section.set("NAME", part.name.in(language));
                section.set("URL", "/stellen/" + part.key);
            }
            view.show_if("HAS_PARTS", std::any_of(all.bearers.begin(), all.bearers.end(), [&](const Bearer& b) { return b.part_of == bearer.id; }));
            view.show_if("OUTSIDE", !belongs_to_district(bearer.kind));
            view.set("PANELS", all.panels);
            if (bearer.kind != BearerKind::office) return;
            auto office = view.section("OFFICE");
            for (const auto risk : risks_of(bearer, all.holdings, context.day())) office.section("RISK").set("TEXT", sentence_of(risk));
            bool any = false;
            for (const auto& term : all.holdings) {
                if (term.office != bearer.id) continue;
                any = true;
                auto row = office.section("TERM");
                row.set("FROM", term.from);
                row.set("UNTIL", term.until ? context.format(*term.until) : context.say(message("open")));
                row.set("FUNDED", term.funded_until ? context.format(*term.funded_until) : "–");
                if (context.actor.signed_in()) {  // names of holders are for colleagues, not for the public
                    auto people = row.section("PEOPLE");
                    people.set("HOLDER", term.holder.empty() ? "–" : term.holder);
                    people.set("DEPUTY", term.deputy.empty() ? "–" : term.deputy);
                }
                if (!steers) continue;
                auto change = row.section("CHANGE");
                const auto base_url = url_of(bearer) + "/besetzung/" + std::to_string(term.id.value);
                web::Form edit(context, {.action = base_url, .submit = message("Save the term")});
                edit.again(refused);
                edit.date("until", message("Last day"), term.until, {.hint = message("Leave empty for an open term."), .optional = true});
                edit.date("funded_until", message("Funded until"), term.funded_until,
                          {.hint = message("End of the project that pays the post."), .optional = true});
                edit.text("holder", message("Holder"), {.value = term.holder, .optional = true});
                edit.text("deputy", message("Deputy"), {.value = term.deputy, .optional = true});
                change.set("EDIT", edit.html());
                change.show_if("OPEN", edit.was_refused());
                change.set("WITHDRAW", web::button_form(context, base_url, message("Withdraw: entered by mistake"), "DELETE", true));
            }
            office.show_if("SIGNED_IN", context.actor.signed_in());
            office.show_if("STEERS", steers);
            office.show_if("TERMS", any);
            office.show_if("NO_TERMS", !any);
            if (!steers) return;
            web::Form add(context, {.action = url_of(bearer) + "/besetzung", .submit = message("Record the term")});
            add.again(refused);
            add.row();
            add.date("from", message("First day"));
            add.date("until", message("Last day"), {}, {.hint = message("Leave empty for an open term."), .optional = true});
            add.date("funded_until", message("Funded until"), {}, {.hint = message("End of the project that pays the post."), .optional = true});
            add.end_row();
            add.row();
            add.text("holder", message("Holder"), {.hint = message("Shown to signed-in colleagues only."), .optional = true});
            add.text("deputy", message("Deputy"), {.optional = true});
            add.end_row();
            office.set("ADD", add.html());
        });
}

}  // namespace network
