#include <fmt/format.h>

#include "measures/labels.h"
#include "measures/round_mail.h"
#include "measures/round_pages.h"
#include "platform/links/api.h"
#include "platform/web/form.h"
#include "platform/web/input.h"
#include "platform/web/page.h"

namespace measures {
namespace {

using base::message;

constexpr std::string_view purpose = round_purpose;

// What a link that does not open says: in the site's look, and no more than its holder may know.
base::Result<http::Response> closed(const web::Context& context, const base::Error& error) {
    if (error.kind != base::ErrorKind::not_found) return tl::unexpected(error);
    return web::page(context, {.title = message("This link does not open"), .status = 404, .index = false},
                     web::paragraphs(context.say(links::why_not(error))));
}

struct Opened {
    RoundView view;
    std::string office;
    base::Bilingual office_name;
};

base::Result<Opened> open(db::Connection& c, const links::Grant& grant) {
    const auto link = round_link(grant.record);
    if (!link) return base::error(base::ErrorKind::internal, "a link of a status round names no round");
    Opened out;
    out.office = link->office;
    TRY(out.view, find_round(c, link->round));
    TRY(const auto bearers, network::bearers(c));
    for (const auto& b : bearers)
        if (b.key == link->office) out.office_name = b.name;
    return out;
}

base::Result<http::Response> form_page(const web::Context& context, const std::string& token, const Opened& opened, const http::Fields* typed,
                                       const base::Error* refused) {
    const auto language = i18n::code(context.language);
    const auto open_ones = opened.view.open_of(opened.office);
    web::Form form(context, {.action = "/rueckmeldung/" + token, .submit = message("Send the answer")});
    if (typed) form.typed(*typed);
    if (refused) form.error(*refused);
    std::vector<web::Choice> assessments;
    for (const auto a : {Assessment::on_track, Assessment::delayed, Assessment::endangered, Assessment::done})
        assessments.push_back({std::string(name_of(a)), label_of(a)});
    for (const auto& a : open_ones) {
        form.group(a.title.in(language) + " (" + a.key + ")");
        form.textarea("text-" + a.key, message("How does it stand?"),
                      {.hint = message("Two or three sentences: what was done, what comes next, what hinders. No names of persons."),
                       .optional = true,
                       .rows = 3});
        form.radios("einschaetzung-" + a.key, message("Your assessment"), assessments, {.value = "on_track"});
        form.row();
        form.date("stand-" + a.key, message("As of"), context.today, {.optional = true});
        if (a.is_countable)
            form.number("prozent-" + a.key, message("Percent"), {.hint = message("Of what is counted."), .optional = true, .short_input = true});
        form.end_row();
        form.end_group();
    }
    return web::page(context,
                     {.title = message("How do your measures stand?"),
                      .lead = message("{office}: answer by {day}.",
                                      {{"office", opened.office_name.in(language)}, {"day", context.format(opened.view.round.answer_by)}}),
                      .status = refused ? 422 : 200,
                      .index = false},
                     "measures/answer.tpl", [&](web::View& view) {
                         if (!opened.view.round.note.empty()) view.section("NOTE").set("TEXT", web::paragraphs(opened.view.round.note));
                         for (const auto& a : opened.view.asked) {
                             if (a.request.office != opened.office || !a.request.answered_on) continue;
                             view.show("DONE");
                             auto row = view.section("ANSWERED");
                             row.set("TITLE", a.title.in(language));
                             row.set("DAY", *a.request.answered_on);
                         }
                         view.show_if("ALL_DONE", open_ones.empty());
                         if (!open_ones.empty()) view.section("OPEN").set("FORM", form.html());
                     });
}

base::Result<http::Response> show(const Desk& desk, const http::Request& request, const web::Context& context) {
    const auto token = request.path_values.get("link");
    // Reading opens nothing and spends nothing: mail programs look at links before people do.
    const auto opened = desk.database.read([&](db::Connection& c) -> base::Result<Opened> {
        TRY(const auto grant, links::look(c, token, purpose, desk.site.clock().now()));
        return open(c, grant);
    });
    if (!opened) return closed(context, opened.error());
    return form_page(context, token, *opened, nullptr, nullptr);
}

base::Result<http::Response> answer(const Desk& desk, const http::Request& request, const web::Context& context) {
    const auto token = request.path_values.get("link");
    std::optional<Opened> opened;
    bool complete = false;
    const auto done = desk.change(context, [&](db::Connection& c, const World&, const By& visitor) -> base::Result<void> {
        TRY(const auto grant, links::look(c, token, purpose, visitor.now));
        TRY(opened, open(c, grant));
        By by = visitor;
        by.office = opened->office;  // whoever holds the link answers for the office it was sent to
        web::Input input(request.form);
        base::Error mistakes{base::ErrorKind::invalid_input, "answer refused", {}, "fields"};
        int answered = 0;
        const auto open_ones = opened->view.open_of(opened->office);
        for (const auto& a : open_ones) {
            StatusReport report;
            report.text = input.long_text("text-" + a.key, {.required = false, .most = 20000});
            const auto as_of = input.day("stand-" + a.key, false);
            const auto percent = input.number("prozent-" + a.key, 0, 100, false);
            if (report.text.empty()) {
                if (percent) mistakes.fields.push_back({"text-" + a.key, message("Write how it stands."), 0});
                continue;
            }
            report.given_on = as_of.value_or(context.today);
            report.assessment = assessment_named(request.form.get("einschaetzung-" + a.key)).value_or(Assessment::on_track);
            if (percent) report.percent = static_cast<int>(*percent);
            ++answered;
            if (auto added = c.savepoint([&]() -> base::Result<void> {
                    TRY_VOID(add_report(c, a.key, report, by));
                    return {};
                });
                !added) {
                if (added.error().fields.empty()) return tl::unexpected(added.error());
                for (auto& f : added.error().fields) {
                    const auto name = f.field == "given_on" ? "stand-" : f.field == "percent" ? "prozent-" : "text-";
                    mistakes.fields.push_back({name + a.key, f.message, 0});
                }
            }
        }
        if (answered == 0 && mistakes.fields.empty() && !open_ones.empty())
            mistakes.fields.push_back({"text-" + open_ones.front().key, message("Write how it stands, for at least one measure."), 0});
        for (const auto& f : input.error().fields) mistakes.fields.push_back(f);
        if (!mistakes.fields.empty()) return base::error(std::move(mistakes));
        // What was not answered stays open, and the link with it.
        complete = answered == static_cast<int>(open_ones.size());
        if (complete) TRY_VOID(links::spend(c, token, purpose, visitor.now));
        return {};
    });
    if (done) {
        if (!complete)
            return web::see_other(context, "/rueckmeldung/" + token,
                                  message("Thank you. What is still open stands below; the link stays good for it."));
        return web::page(context,
                         {.title = message("Thank you"), .lead = message("Your answer has arrived. There is nothing more to do."), .index = false},
                         web::paragraphs(context.say(message("You may close this window. The integration officer sees your answer now."))));
    }
    if (done.error().fields.empty()) return closed(context, done.error());
    return form_page(context, token, *opened, &request.form, &done.error());
}

}  // namespace

void mount_answers(http::Router& router, const Desk& desk) {
    router.get("/rueckmeldung/{link:any}", desk.site.page([desk](const http::Request& r, const web::Context& c) { return show(desk, r, c); }));
    router.post("/rueckmeldung/{link:any}", desk.site.page([desk](const http::Request& r, const web::Context& c) { return answer(desk, r, c); }));
}

}  // namespace measures
