// What an office has to do, who acts for its holder, and how it is handed over.
#include "network/offices.h"
#include "network/show_page.h"
#include "platform/web/input.h"
#include "platform/web/page.h"

namespace network {
namespace {

using base::message;

class OfficePages {
  public:
    OfficePages(web::Site& site, db::Database& database, Wiring wiring) : site_(site), database_(database), wiring_(std::move(wiring)) {}

    base::Result<http::Response> handover_form(const http::Request& request, const web::Context& context) const {
        TRY(const auto office, office_here(request, context));
        return handover_page(context, office, nullptr, nullptr);
    }

    base::Result<http::Response> hand_it_over(const http::Request& request, const web::Context& context) const {
        TRY(const auto office, office_here(request, context));
        web::Input input(request.form);
        const auto last = input.day("last_day");
        Successor s;
        s.first_day = input.day("first_day").value_or(base::Day{});
        s.until = input.day("until", false);
        s.funded_until = input.day("funded_until", false);
        s.holder = input.text("holder", {.required = false, .most = 120});
        s.deputy = input.text("deputy", {.required = false, .most = 120});
        const auto note = input.long_text("note", {.required = false, .most = 5000});
        if (!input.ok()) return handover_page(context, office, &request.form, &input.error());
        const auto done = change([&](db::Connection& c) -> base::Result<void> {
            TRY(const auto open, wiring_.open_matters(c, context, office.key));
            std::string matters;
            for (const auto& m : open) matters += context.say(m.kind) + ": " + m.title + (m.due ? " (" + context.format(*m.due) + ")" : "") + "\n";
            const auto now = site_.clock().now();
            TRY(const auto terms, hand_over(c, office.id, *last, s, matters, note, context.actor, now));
            TRY_VOID(wiring_.term_changed(c, office, terms.before, false, context.actor, now));
            return wiring_.term_changed(c, office, terms.after, false, context.actor, now);
        });
        if (!done) {
            if (done.error().fields.empty()) return tl::unexpected(done.error());
            return handover_page(context, office, &request.form, &done.error());
        }
        return web::see_other(context, url_of(office), message("The office is handed over; what was open stands in the record of the handover."));
    }

    base::Result<http::Response> new_task(const http::Request& request, const web::Context& context) const {
        TRY(const auto office, office_here(request, context));
        web::Input input(request.form);
        OfficeTask t;
        t.office = office.id;
        t.title = {input.text("task", {.most = 300}), ""};
        t.statement = input.text("statement", {.required = false, .most = 40});
        t.counts_as = input.text("counts_as", {.required = false, .most = 60});
        TRY(const auto known, database_.read([&](db::Connection& c) { return wiring_.statements(c, context.day()); }));
        if (known) input.also(mistakes_in_statement(*known, t.plan, t.statement));
        const auto done = input.ok() ? change([&](db::Connection& c) -> base::Result<void> {
            TRY_VOID(add_task(c, t, context.actor, site_.clock().now()));
            return terms_again(c, office, context);
        })
                                     : base::Result<void>(tl::unexpected(input.error()));
        return back(request, context, office, done, message("The task is recorded."));
    }
    base::Result<http::Response> drop_task(const http::Request& request, const web::Context& context) const {
        TRY(const auto office, office_here(request, context));
        return back(request, context, office, change([&](db::Connection& c) -> base::Result<void> {
                        TRY_VOID(withdraw_task(c, TaskId{request.id("task")}, context.actor, site_.clock().now()));
                        return terms_again(c, office, context);  // what the office was held for by this task, it no longer is
                    }),
                    message("The task is withdrawn; the history keeps it."));
    }
    base::Result<http::Response> new_deputation(const http::Request& request, const web::Context& context) const {
        TRY(const auto office, office_here(request, context));
        web::Input input(request.form);
        Deputation d;
        d.office = office.id;
        d.from = input.day("acts_from").value_or(base::Day{});
        d.until = input.day("acts_until", false);
        d.reason = input.text("reason", {.required = false, .most = 300});
        const auto done = input.ok() ? change([&](db::Connection& c) -> base::Result<void> {
            TRY_VOID(add_deputation(c, d, context.actor, site_.clock().now()));
            return {};
        })
                                     : base::Result<void>(tl::unexpected(input.error()));
        return back(request, context, office, done, message("It is recorded that the deputy acts."));
    }
    base::Result<http::Response> drop_deputation(const http::Request& request, const web::Context& context) const {
        TRY(const auto office, office_here(request, context));
        return back(request, context, office, change([&](db::Connection& c) {
                        return withdraw_deputation(c, DeputationId{request.id("deputation")}, context.actor, site_.clock().now());
                    }),
                    message("The entry is withdrawn; the history keeps it."));
    }
    base::Result<http::Response> how_many(const http::Request& request, const web::Context& context) const {
        TRY(const auto office, office_here(request, context));
        web::Input input(request.form);
        const auto most = input.number("holders_at_most", 1, 20);
        const auto done = input.ok() ? change([&](db::Connection& c) {
            return set_holders_at_most(c, office.id, static_cast<int>(*most), context.actor, site_.clock().now());
        })
                                     : base::Result<void>(tl::unexpected(input.error()));
        return back(request, context, office, done, message("Saved."));
    }

  private:
    base::Result<Bearer> office_here(const http::Request& request, const web::Context& context) const {
        if (!context.actor.steers()) return base::error(base::ErrorKind::not_found, "for those who steer");
        TRY(auto found, database_.read([&](db::Connection& c) { return bearer_by_key(c, request.path_values.get("key")); }));
        if (!found || found->kind != BearerKind::office) return base::error(base::ErrorKind::not_found, "no such office");
        return std::move(*found);
    }
    template <class Work>
    base::Result<void> change(Work work) const {
        return database_.write([&](db::Connection& c) -> base::Result<void> {
            TRY_VOID(work(c));
            return wiring_.changed(c);
        });
    }
    // A task may give the terms a second meaning (5.3.1): their evidence is kept anew.
    base::Result<void> terms_again(db::Connection& c, const Bearer& office, const web::Context& context) const {
        TRY(const auto all, holdings(c));
        for (const auto& term : all)
            if (term.office == office.id) TRY_VOID(wiring_.term_changed(c, office, term, false, context.actor, site_.clock().now()));
        return {};
    }

    // Small forms of the office's page: what is refused stands in its form again.
    base::Result<http::Response> back(const http::Request& request, const web::Context& context, const Bearer& office, const base::Result<void>& done,
                                      const base::Message& text) const {
        if (done) return web::see_other(context, url_of(office), text);
        if (done.error().fields.empty()) return tl::unexpected(done.error());
        const auto refused = web::refused(request, done.error());
        return show_page(database_, wiring_, context, office, &refused);
    }

    base::Result<http::Response> handover_page(const web::Context& context, const Bearer& office, const http::Fields* typed,
                                               const base::Error* refused) const {
        TRY(const auto open, database_.read([&](db::Connection& c) { return wiring_.open_matters(c, context, office.key); }));
        return web::page(
            context,
            {.title = message("Hand over"),
             .lead = office.name.in(i18n::code(context.language)),
             .crumbs = {{message("Offices and bodies"), "/stellen"}, {office.name.in(i18n::code(context.language)), url_of(office)}},
             .status = refused ? 422 : 200,
             .index = false},
            "network/handover.tpl", [&](web::View& view) {
                view.show_if("NOTHING", open.empty());
                view.show_if("SOMETHING", !open.empty());
                for (const auto& m : open) {
                    auto row = view.section("MATTER");
                    row.set("KIND", context.say(m.kind));
                    row.set("TITLE", web::link(m.url, m.title));
                    row.set("STATE", m.state);
                    row.set("DUE", m.due ? context.format(*m.due) : "–");
                }
                web::Form form(context, {.action = url_of(office) + "/uebergabe", .submit = message("Hand over"), .cancel_url = url_of(office)});
                if (typed) form.typed(*typed);
                if (refused) form.error(*refused);
                form.row();
                form.date("last_day", message("Last day of the predecessor"), context.today);
                form.date("first_day", message("First day of the successor"), base::plus_days(context.today, 1));
                form.end_row();
                form.row();
                form.date("until", message("Last day of the successor"), {}, {.hint = message("Leave empty for an open term."), .optional = true});
                form.date("funded_until", message("Funded until"), {}, {.hint = message("End of the project that pays the post."), .optional = true});
                form.end_row();
                form.row();
                form.text("holder", message("Holder"), {.hint = message("Shown to signed-in colleagues only."), .optional = true});
                form.text("deputy", message("Deputy"), {.optional = true});
                form.end_row();
                form.textarea("note", message("What the successor should know"), {.optional = true, .rows = 6});
                view.set("FORM", form.html());
            });
    }

    web::Site& site_;
    db::Database& database_;
    Wiring wiring_;
};

}  // namespace

base::Result<web::Html> office_panels(db::Connection& c, const Wiring& wiring, const web::Context& context, const Bearer& office,
                                      const web::Refused* refused) {
    if (office.kind != BearerKind::office) return web::Html();
    TRY(const auto tasks, tasks_of(c, office.id));
    TRY(const auto deputations, deputations_of(c, office.id));
    TRY(const auto handovers, handovers_of(c, office.id));
    TRY(const auto at_most, holders_at_most(c, office.id));
    std::map<TaskId, std::string> statements;
    for (const auto& t : tasks)
        if (!t.statement.empty()) { TRY(statements[t.id], wiring.statement_url(c, context, t.plan, t.statement)); }
    const bool steers = context.actor.steers();
    return web::render(context, "network/office.tpl", [&](web::View& view) {
        if (!tasks.empty() || steers) {
            auto section = view.section("TASKS");
            for (const auto& t : tasks) {
                auto row = section.section("TASK");
                row.set("TITLE", t.title.in(i18n::code(context.language)));
                if (!t.statement.empty()) {
                    const auto& url = statements.at(t.id);
                    row.section("STATEMENT").set("LINK", url.empty() ? web::Html::text(t.statement) : web::link(url, t.statement));
                }
                if (steers)
                    row.set("WITHDRAW", web::button_form(context, url_of(office) + "/aufgaben/" + std::to_string(t.id.value), message("Withdraw"),
                                                         "DELETE", true));
            }
            if (steers) {
                web::Form form(context, {.action = url_of(office) + "/aufgaben", .submit = message("Record the task")});
                form.again(refused);
                form.text("task", message("What the office has to do"));
                form.row();
                form.text("statement", message("Statement of the concept"), {.hint = message("For example 4.1-a."), .optional = true});
                form.text("counts_as", message("Also held for"),
                          {.hint = message("A keyword rules ask for: “council-office” (5.3.1)."), .optional = true});
                form.end_row();
                auto add = section.section("ADD");
                add.set("FORM", form.html());
                add.show_if("OPEN", form.was_refused());
            }
        }
        if (context.actor.signed_in()) {
            auto section = view.section("DEPUTIES");
            for (const auto& d : deputations) {
                auto row = section.section("DEPUTATION");
                row.set("SPAN", context.format(d.from) + " – " + (d.until ? context.format(*d.until) : "…"));
                row.set_if("REASON", d.reason);
                row.show_if("NOW", d.from <= context.day() && (!d.until || context.day() <= *d.until));
                if (steers)
                    row.set("WITHDRAW", web::button_form(context, url_of(office) + "/vertretung/" + std::to_string(d.id.value), message("Withdraw"),
                                                         "DELETE", true));
            }
            section.show_if("NONE", deputations.empty());
            if (steers) {
                auto add = section.section("ADD");
                web::Form form(context, {.action = url_of(office) + "/vertretung", .submit = message("The deputy acts")});
                form.again(refused);
                form.row();
                form.date("acts_from", message("From"), context.today);
                form.date("acts_until", message("Until"), {}, {.optional = true});
                form.end_row();
                form.text("reason", message("Why"), {.hint = message("Vacancy, leave. No health data."), .optional = true});
                add.set("FORM", form.html());
                add.show_if("OPEN", form.was_refused());
                web::Form most(context, {.action = url_of(office) + "/anzahl"});
                most.again(refused);
                most.number("holders_at_most", message("How many people may hold the office at once"),
                            {.value = std::to_string(at_most), .short_input = true});
                add.set("MOST", most.html());
                add.show_if("MOST_OPEN", most.was_refused());
            }
        }
        if (context.actor.signed_in() && !handovers.empty()) {
            auto section = view.section("HANDOVERS");
            for (const auto& h : handovers) {
                auto row = section.section("HANDOVER");
                row.set("LAST", h.last_day);
                row.set("FIRST", h.first_day);
                row.set("MATTERS", web::paragraphs(h.matters.empty() ? context.say(message("Nothing was open.")) : h.matters));
                row.set("NOTE", web::paragraphs(h.note));
            }
        }
    });
}

void mount_offices(http::Router& router, web::Site& site, db::Database& database, const Wiring& wiring) {
    const auto pages = std::make_shared<OfficePages>(site, database, wiring);
    const auto on = [&](auto method) {
        return site.page([pages, method](const http::Request& request, const web::Context& context) { return ((*pages).*method)(request, context); });
    };
    router.get("/stellen/{key:slug}/uebergabe", on(&OfficePages::handover_form));
    router.post("/stellen/{key:slug}/uebergabe", on(&OfficePages::hand_it_over));
    router.post("/stellen/{key:slug}/aufgaben", on(&OfficePages::new_task));
    router.del("/stellen/{key:slug}/aufgaben/{task}", on(&OfficePages::drop_task));
    router.post("/stellen/{key:slug}/vertretung", on(&OfficePages::new_deputation));
    router.del("/stellen/{key:slug}/vertretung/{deputation}", on(&OfficePages::drop_deputation));
    router.post("/stellen/{key:slug}/anzahl", on(&OfficePages::how_many));
}

}  // namespace network
