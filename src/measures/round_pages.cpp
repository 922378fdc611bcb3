#include "measures/round_pages.h"

#include "measures/deeds.h"
#include "measures/round_mail.h"
#include "measures/views.h"
#include "platform/mail/api.h"
#include "platform/web/chart.h"
#include "platform/web/form.h"
#include "platform/web/input.h"
#include "platform/web/table.h"

namespace measures {
namespace {

using base::message;

base::Message label_of(RoundState state) {
    switch (state) {
        case RoundState::waiting: return message("asked");
        case RoundState::due_soon: return message("answer due soon");
        case RoundState::answered: return message("answered");
        case RoundState::answered_late: return message("answered late");
        case RoundState::late: return message("answer is late");
        case RoundState::escalated: return message("head of the unit told");
    }
    return {};
}
web::ChipTone tone_of(RoundState state) {
    switch (state) {
        case RoundState::waiting: return web::ChipTone::neutral;
        case RoundState::due_soon: return web::ChipTone::info;
        case RoundState::answered: return web::ChipTone::success;
        case RoundState::answered_late: return web::ChipTone::success;
        case RoundState::late: return web::ChipTone::warning;
        case RoundState::escalated: return web::ChipTone::danger;
    }
    return web::ChipTone::neutral;
}

std::string url_of(RoundId id) { return "/massnahmen/abfragen/" + std::to_string(id.value); }

// Read before "2 of 3".
base::Message summary(const RoundTotals& t) {
    return t.late == 0 ? message("Answered") : message("Answered, {late} late", {{"late", std::to_string(t.late)}});
}

class RoundPages {
  public:
    explicit RoundPages(Desk desk) : desk_(std::move(desk)) {}

    base::Result<http::Response> list_page(const http::Request&, const web::Context& context) const { return overview(context, nullptr, nullptr); }

    base::Result<http::Response> start(const http::Request& request, const web::Context& context) const {
        if (!edits_all(context)) return hidden();
        const auto round = read_round(request.form, context.today);
        if (!round) return overview(context, &request.form, &round.error());
        const auto made =
            desk_.change(context, [&](db::Connection& c, const World& world, const By& by) { return ask_everybody(c, *round, world, by); });
        if (made)
            return web::see_other(context, url_of(made->view.round.id),
                                  made->without_mail.empty() ? message("Everybody is asked.")
                                                             : message("The round is open. {n} offices have no mail address; hand them their link.",
                                                                       {{"n", std::to_string(made->without_mail.size())}}));
        if (made.error().fields.empty()) return tl::unexpected(made.error());
        auto refused = made.error();
        for (auto& f : refused.fields)
            f.field = f.field == "answer_by"             ? "antwort_bis"
                      : f.field == "reminder_days"       ? "erinnern"
                      : f.field == "escalate_after_days" ? "melden_nach"
                                                         : f.field;
        return overview(context, &request.form, &refused);
    }

    base::Result<http::Response> show(const http::Request& request, const web::Context& context) const {
        return round_page(request, context, {}, {});
    }

    // The token cannot be asked for again, so a link that is handed over by phone or house post is a new one, shown once.
    base::Result<http::Response> hand_over(const http::Request& request, const web::Context& context) const {
        if (!edits_all(context)) return hidden();
        const auto office = request.form.get("stelle");
        std::string site;
        const auto token = desk_.change(context, [&](db::Connection& c, const World&, const By& by) -> base::Result<std::string> {
            TRY(const auto view, find_round(c, RoundId{request.id("abfrage")}));
            if (view.open_of(office).empty()) return base::error(base::ErrorKind::not_found, "nothing open for this office");
            TRY(site, mail::public_address(c));
            return issue_round_link(c, view.round, office, by.now);
        });
        if (!token) return tl::unexpected(token.error());
        return round_page(request, context, office, site + "/rueckmeldung/" + *token);
    }

  private:
    static tl::unexpected<base::Error> hidden() { return base::error(base::ErrorKind::not_found, "for the officer"); }

    base::Result<http::Response> overview(const web::Context& context, const http::Fields* typed, const base::Error* refused) const {
        if (!context.actor.signed_in()) return hidden();
        TRY(const auto all, desk_.database.read([](db::Connection& c) { return rounds(c); }));
        std::vector<web::Action> actions;
        if (edits_all(context)) actions.push_back({message("Mail addresses of the offices"), "/stellen/anschriften", false, {}});
        return web::page(
            context,
            {.title = message("Status rounds"),
             .lead = message("Everybody who answers for a measure is asked at once how it stands, and answers by a link, without an account."),
             .crumbs = {{message("Measures"), "/massnahmen"}},
             .actions = actions,
             .status = refused ? 422 : 200,
             .index = false},
            "measures/rounds.tpl", [&](web::View& view) {
                if (edits_all(context)) {
                    web::Form form(context, {.action = "/massnahmen/abfragen", .submit = message("Ask everybody now")});
                    if (typed) form.typed(*typed);
                    if (refused) form.error(*refused);
                    form.row();
                    form.date("antwort_bis", message("Answer by"), base::plus_days(context.today, 14));
                    form.text("erinnern", message("Remind so many days before"), {.value = "7, 1", .optional = true});
                    form.number("melden_nach", message("Tell the head of the unit after so many days"), {.value = "7", .short_input = true});
                    form.end_row();
                    form.textarea("hinweis", message("A word to everybody"), {.optional = true, .rows = 2});
                    view.section("START").set("FORM", form.html());
                }
                view.show_if("NONE", all.empty());
                for (const auto& v : all) {
                    const auto totals = totals_of(v.round, v.requests(), context.day());
                    auto row = view.section("ROUND");
                    row.set("URL", url_of(v.round.id));
                    row.set("ASKED", v.round.asked_on);
                    row.set("BY", v.round.answer_by);
                    row.set("PROGRESS", web::progress(context, summary(totals), totals.answered, std::max(1, totals.asked)));
                }
            });
    }

    base::Result<http::Response> round_page(const http::Request& request, const web::Context& context, const std::string& office,
                                            const std::string& link) const {
        if (!context.actor.signed_in()) return hidden();
        struct Read {
            RoundView view;
            network::Mailboxes known;
            std::vector<network::Bearer> bearers;
        };
        TRY(const auto read, desk_.database.read([&](db::Connection& c) -> base::Result<Read> {
            Read out;
            TRY(out.view, find_round(c, RoundId{request.id("abfrage")}));
            TRY(out.known, network::mailboxes(c));
            TRY(out.bearers, network::bearers(c));
            return out;
        }));
        const auto& round = read.view.round;
        const auto totals = totals_of(round, read.view.requests(), context.day());
        web::Table table(context, message("Who was asked"),
                         {{.key = "stelle", .title = message("Office"), .sortable = true},
                          {.key = "massnahme", .title = message("Measure"), .sortable = true, .heading = true},
                          {.key = "stand", .title = message("Answer"), .sortable = true},
                          {.key = "am", .title = message("Answered on"), .sortable = true, .nowrap = true},
                          {.key = "erinnert", .title = message("Reminded on")},
                          {.key = "gemeldet", .title = message("Head told on"), .nowrap = true}});
        for (const auto& a : read.view.asked) {
            const auto state = state_of(round, a.request, context.day());
            std::string reminded;
            for (const auto day : a.request.reminded_on) reminded += (reminded.empty() ? "" : ", ") + context.format(day);
            table.row({web::Cell(name_of_bearer(context, read.bearers, a.request.office)),
                       web::Cell::link("/massnahmen/" + a.key, a.key + " " + a.title.in(i18n::code(context.language))),
                       web::Cell(web::chip(context, tone_of(state), label_of(state)), context.say(label_of(state))),
                       web::Cell::day(context.language, a.request.answered_on), web::Cell(reminded),
                       web::Cell::day(context.language, a.request.escalated_on)});
        }
        table.caption_hidden().sorted_as_asked("stelle");
        return web::page(context,
                         {.title = message("Status round of {day}", {{"day", context.format(round.asked_on)}}),
                          .lead = message("Answers are due on {day}.", {{"day", context.format(round.answer_by)}}),
                          .crumbs = {{message("Measures"), "/massnahmen"}, {message("Status rounds"), "/massnahmen/abfragen"}},
                          .index = false},
                         "measures/round.tpl", [&](web::View& view) {
                             view.set("PROGRESS", web::progress(context, summary(totals), totals.answered, std::max(1, totals.asked)));
                             if (!round.note.empty()) view.section("NOTE").set("TEXT", web::paragraphs(round.note));
                             if (!link.empty()) {
                                 auto shown = view.section("LINK");
                                 shown.set("OFFICE", name_of_bearer(context, read.bearers, office));
                                 shown.set("LINK", link);
                             }
                             view.set("TABLE", table.html());
                             if (!edits_all(context)) return;
                             for (const auto& key : read.view.offices()) {
                                 if (read.view.open_of(key).empty()) continue;
                                 view.show("OFFICES");
                                 auto row = view.section("OFFICE");
                                 row.set("NAME", name_of_bearer(context, read.bearers, key));
                                 row.show_if("NO_MAIL", !read.known.contains(key));
                                 web::Form form(context, {.action = url_of(round.id) + "/link", .submit = message("Show a link")});
                                 form.hidden("stelle", key);
                                 row.set("FORM", form.html());
                             }
                         });
    }

    Desk desk_;
};

}  // namespace

void mount_rounds(http::Router& router, const Desk& desk) {
    const auto pages = std::make_shared<RoundPages>(desk);
    const auto on = [&](auto method) {
        return desk.site.page(
            [pages, method](const http::Request& request, const web::Context& context) { return ((*pages).*method)(request, context); });
    };
    router.get("/massnahmen/abfragen", on(&RoundPages::list_page));
    router.post("/massnahmen/abfragen", on(&RoundPages::start));
    router.get("/massnahmen/abfragen/{abfrage}", on(&RoundPages::show));
    router.post("/massnahmen/abfragen/{abfrage}/link", on(&RoundPages::hand_over));
}

}  // namespace measures
