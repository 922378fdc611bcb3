#include "mailing/pages.h"

#include "mailing/rules.h"
#include "platform/links/api.h"
#include "platform/web/form.h"
#include "platform/web/input.h"
#include "platform/web/page.h"
#include "platform/web/table.h"

namespace mailing {
namespace {

using base::message;

class Pages {
  public:
    Pages(web::Site& site, db::Database& database) : site_(site), database_(database) {}

    base::Result<http::Response> list_page(const http::Request&, const web::Context& context) const {
        struct Row {
            List list;
            Count count;
        };
        const auto read = [](db::Connection& c) -> base::Result<std::vector<Row>> {
            std::vector<Row> out;
            TRY(auto all, lists(c));
            for (auto& l : all) {
                TRY(auto n, count(c, l.id));
                out.push_back({std::move(l), n});
            }
            return out;
        };
        TRY(const auto rows, database_.read(read));
        const bool steers = context.actor.steers();
        std::vector<web::Column> columns{{.key = "name", .title = message("Mailing list"), .heading = true},
                                         {.key = "zweck", .title = message("Purpose")}};
        if (steers) {
            columns.push_back({.key = "empfaenger", .title = message("Recipients"), .numeric = true});
            columns.push_back({.key = "stand", .title = message("State")});
        }
        web::Table table(context, message("Mailing lists"), columns);
        for (const auto& row : rows) {
            const bool shown = row.list.open && row.list.runs_on(context.today);
            if (!steers && !shown) continue;
            std::vector<web::Cell> cells{web::Cell::link(url_of(row.list), row.list.title.in(lang(context))),
                                         web::Cell(row.list.purpose.in(lang(context)))};
            if (steers) {
                cells.push_back(web::Cell::number(context.language, row.count.all));
                cells.push_back(web::Cell(context.say(!row.list.runs_on(context.today) ? message("closed")
                                                      : row.list.open                  ? message("open to everybody")
                                                                                       : message("by invitation"))));
            }
            table.row(std::move(cells));
        }
        table.caption_hidden().when_empty(message("There is no mailing list yet."));
        std::vector<web::Action> actions;
        if (steers) actions.push_back({message("New mailing list"), "/verteiler/neu", true, "add"});
        return web::page(
            context,
            {.title = message("Mailing lists"),
             .lead = message("News by mail on a subject of your choice. You agree by a link we send you, and end it by one click in every mail."),
             .actions = actions},
            table.html());
    }

    base::Result<http::Response> show(const http::Request& request, const web::Context& context) const {
        TRY(const auto l, visible(request, context));
        return page_of(context, l, nullptr);
    }

    base::Result<http::Response> ask_for_it(const http::Request& request, const web::Context& context) const {
        TRY(const auto l, visible(request, context));
        if (!l.open || !l.runs_on(context.today)) return base::error(base::ErrorKind::not_found, "not open");
        web::Input input(request.form);
        const auto address = input.text("email", {.most = 254});
        const auto language = i18n::language_of(input.choice("language", {"de", "en"})).value_or(i18n::default_language);
        if (!input.checked("agree")) input.wrong("agree", message("Please agree: without it we must not write to you."));
        const auto done =
            input.ok() ? database_.write([&](db::Connection& c) { return ask(c, l, address, language, false, {context.actor, site_.clock().now()}); })
                       : base::Result<void>(tl::unexpected(input.error()));
        if (!done) {
            if (done.error().fields.empty()) return tl::unexpected(done.error());
            const auto refused = web::refused(request, done.error());
            return page_of(context, l, &refused);
        }
        return web::see_other(
            context, url_of(l),
            message("We have sent a mail to the address you gave, unless it is on the list already. Please follow the link in it within a week."));
    }

    base::Result<http::Response> confirm_page(const http::Request& request, const web::Context& context) const {
        const auto token = request.path_values.get("token");
        const auto asked = database_.read([&](db::Connection& c) { return look(c, token, confirm_purpose, site_.clock().now()); });
        if (!asked) return no_longer(context, asked.error());
        // A program that looks at links in mails does not press buttons: the mail alone confirms nothing.
        web::Form form(context, {.action = "/abonnement/" + token, .submit = message("Yes, I agree"), .idempotency_key = false});
        return web::page(context, {.title = message("Mails of the list “{list}”", {{"list", asked->list.title.in(lang(context))}}), .index = false},
                         web::paragraphs(asked->subscriber.consent) + form.html());
    }
    base::Result<http::Response> confirm_it(const http::Request& request, const web::Context& context) const {
        const auto token = request.path_values.get("token");
        const auto done = database_.write([&](db::Connection& c) { return confirm(c, token, site_.clock().now()); });
        if (!done) return no_longer(context, done.error());
        return web::page(context, {.title = message("Thank you"), .index = false},
                         web::paragraphs(context.say(message("Your address is on the list “{list}”. Every mail has a link that ends it.",
                                                             {{"list", done->list.title.in(lang(context))}}))));
    }

    base::Result<http::Response> leave_page(const http::Request& request, const web::Context& context) const {
        const auto token = request.path_values.get("token");
        const auto asked = database_.read([&](db::Connection& c) { return look(c, token, leave_purpose, site_.clock().now()); });
        if (!asked) return no_longer(context, asked.error());
        if (asked->subscriber.left_at) return gone(context, asked->list);
        web::Form form(context, {.action = "/abbestellen/" + token, .submit = message("End these mails"), .idempotency_key = false});
        return web::page(context,
                         {.title = message("End mails of the list “{list}”", {{"list", asked->list.title.in(lang(context))}}), .index = false},
                         web::paragraphs(context.say(message("You get no more mails of this list. Other lists stay as they are."))) + form.html());
    }
    base::Result<http::Response> leave_it(const http::Request& request, const web::Context& context) const {
        const auto token = request.path_values.get("token");
        const auto done = database_.write([&](db::Connection& c) { return leave(c, token, site_.clock().now()); });
        if (!done) return no_longer(context, done.error());
        return gone(context, done->list);
    }

  private:
    base::Result<List> visible(const http::Request& request, const web::Context& context) const {
        TRY(auto l, database_.read([&](db::Connection& c) { return list(c, request.path_values.get("key")); }));
        if ((!l.open || !l.runs_on(context.today)) && !context.actor.steers()) return base::error(base::ErrorKind::not_found, "not open");
        return l;
    }

    base::Result<http::Response> no_longer(const web::Context& context, const base::Error& error) const {
        return web::page(context, {.title = message("This link does not open anything"), .status = 404, .index = false},
                         web::paragraphs(context.say(links::why_not(error))));
    }
    base::Result<http::Response> gone(const web::Context& context, const List& l) const {
        return web::page(context, {.title = message("You get no more mails of this list"), .index = false},
                         web::paragraphs(context.say(message("Your address is off the list “{list}”.", {{"list", l.title.in(lang(context))}}))));
    }

    base::Result<http::Response> page_of(const web::Context& context, const List& l, const web::Refused* refused) const {
        const bool steers = context.actor.steers();
        TRY(const auto n, database_.read([&](db::Connection& c) { return count(c, l.id); }));
        TRY(const auto all, database_.read([&](db::Connection& c) { return messages(c, l.id); }));
        std::vector<web::Action> actions;
        if (steers) {
            actions.push_back({message("History"), "/verlauf/verteiler/" + l.key, false, {}});
            actions.push_back({message("Who is on the list"), url_of(l) + "/empfaenger", false, {}});
            actions.push_back({message("Edit"), url_of(l) + "/bearbeiten", false, "edit"});
            actions.push_back({message("Write a message"), url_of(l) + "/nachrichten/neu", true, "add"});
        }
        return web::page(
            context,
            {.title = l.title.in(lang(context)),
             .lead = l.purpose.in(lang(context)),
             .crumbs = {{message("Mailing lists"), "/verteiler"}},
             .actions = actions,
             .status = refused ? 422 : 200},
            "mailing/show.tpl", [&](web::View& view) {
                if (l.closed_on) view.section("CLOSED").set("DAY", *l.closed_on);
                if (steers)
                    view.section("NUMBERS").set(
                        "TEXT",
                        message("{all} recipients, {english} of them in English; {waiting} were asked and have not confirmed yet.",
                                {{"all", std::to_string(n.all)}, {"english", std::to_string(n.english)}, {"waiting", std::to_string(n.waiting)}}));
                if (l.open && l.runs_on(context.today)) {
                    web::Form form(context, {.action = url_of(l) + "/anmeldung", .submit = message("Send me the link")});
                    form.again(refused);
                    form.text("email", message("E-mail address"), {.type = "email", .autocomplete = "email"});
                    form.select("language", message("Language of the mails"), {{"de", std::string("Deutsch")}, {"en", std::string("English")}},
                                {.value = lang(context)});
                    form.checkbox("agree", consent_text(l, context.language), false);
                    view.section("ASK").set("FORM", form.html());
                }
                // What was sent is for colleagues: those outside have it in their mail.
                if (!context.actor.signed_in()) return;
                auto archive = view.section("ARCHIVE");
                archive.show_if("NONE", all.empty());
                if (all.empty()) return;
                auto table = archive.section("SOME");
                for (const auto& m : all) {
                    if (!m.sent_at && !steers) continue;
                    auto row = table.section("MESSAGE");
                    row.set("URL", url_of(l) + "/nachrichten/" + std::to_string(m.id.value));
                    row.set("TITLE", m.subject.in(lang(context)));
                    row.set("STATE", m.sent_at ? context.format(base::berlin_day(*m.sent_at)) : context.say(message("draft")));
                    row.set("RECIPIENTS", m.recipients ? std::to_string(*m.recipients) : std::string("–"));
                }
            });
    }

    web::Site& site_;
    db::Database& database_;
};

}  // namespace

std::string url_of(const List& l) { return "/verteiler/" + l.key; }

bool is_one_click(const http::Request& request) {
    return request.method == http::Method::post && request.path.starts_with("/abbestellen/") && request.form.get("List-Unsubscribe") == "One-Click";
}

void mount(http::Router& router, web::Site& site, db::Database& database, Wiring wiring) {
    mount_desk(router, site, database, wiring);
    const auto pages = std::make_shared<Pages>(site, database);
    const auto on = [&](auto method) {
        return site.page([pages, method](const http::Request& request, const web::Context& context) { return ((*pages).*method)(request, context); });
    };
    router.get("/verteiler", on(&Pages::list_page));
    router.get("/verteiler/{key:slug}", on(&Pages::show));
    router.post("/verteiler/{key:slug}/anmeldung", on(&Pages::ask_for_it));
    router.get("/abonnement/{token:any}", on(&Pages::confirm_page));
    router.post("/abonnement/{token:any}", on(&Pages::confirm_it));
    router.get("/abbestellen/{token:any}", on(&Pages::leave_page));
    router.post("/abbestellen/{token:any}", on(&Pages::leave_it));
    site.add({.title = message("Mailing lists"), .url = "/verteiler", .from = identity::Role::anonymous, .order = 67, .also = {}});
}

}  // namespace mailing
