// /verteiler for those who steer: keep lists, see who agreed to what and when, write, look at it, send.
#include "mailing/pages.h"
#include "mailing/rules.h"
#include "platform/web/chip.h"
#include "platform/web/form.h"
#include "platform/web/input.h"
#include "platform/web/page.h"
#include "platform/web/table.h"

namespace mailing {
namespace {

using base::message;

std::string message_url(const List& l, MessageId id) { return url_of(l) + "/nachrichten/" + std::to_string(id.value); }

class DeskPages {
  public:
    DeskPages(web::Site& site, db::Database& database, Wiring wiring) : site_(site), database_(database), wiring_(std::move(wiring)) {}

    // ---- Lists ----

    base::Result<http::Response> create_form(const http::Request&, const web::Context& context) const {
        TRY_VOID(steers_only(context));
        return list_form(context, {}, nullptr, nullptr);
    }
    base::Result<http::Response> edit_form(const http::Request& request, const web::Context& context) const {
        TRY(const auto l, own(request, context));
        return list_form(context, l, nullptr, nullptr);
    }
    base::Result<http::Response> create(const http::Request& request, const web::Context& context) const {
        TRY_VOID(steers_only(context));
        return save_list(request, context, {});
    }
    base::Result<http::Response> update(const http::Request& request, const web::Context& context) const {
        TRY(auto l, own(request, context));
        l.version = std::atoll(request.form.get("version").c_str());
        return save_list(request, context, std::move(l));
    }

    // ---- Recipients ----

    base::Result<http::Response> recipients(const http::Request& request, const web::Context& context) const {
        TRY(const auto l, own(request, context));
        return recipients_page(context, l, nullptr);
    }
    base::Result<http::Response> recipients_csv(const http::Request& request, const web::Context& context) const {
        TRY(const auto l, own(request, context));
        TRY(const auto all, database_.read([&](db::Connection& c) { return subscribers(c, l.id); }));
        return web::download(table_of(context, l, all, false).csv(), "text/csv; charset=utf-8", l.key + "-einwilligungen.csv");
    }
    base::Result<http::Response> ask_more(const http::Request& request, const web::Context& context) const {
        TRY(const auto l, own(request, context));
        web::Input input(request.form);
        const auto language = i18n::language_of(input.choice("language", {"de", "en"})).value_or(i18n::default_language);
        const auto text = input.long_text("addresses", {.required = false, .most = 60000});
        const auto read = addresses_in(text, "addresses");
        input.also(read.mistakes);
        if (!input.ok()) {
            const auto refused = web::refused(request, input.error());
            return recipients_page(context, l, &refused);
        }
        TRY_VOID(database_.write([&](db::Connection& c) -> base::Result<void> {
            for (const auto& address : read.found) TRY_VOID(ask(c, l, address, language, true, by(context)));
            return {};
        }));
        return web::see_other(context, url_of(l) + "/empfaenger", message("Whoever is not on the list yet gets a mail with a link."));
    }
    base::Result<http::Response> remove(const http::Request& request, const web::Context& context) const {
        TRY(const auto l, own(request, context));
        const SubscriberId id{request.id("subscriber")};
        TRY_VOID(database_.write([&](db::Connection& c) -> base::Result<void> {
            TRY(const auto all, subscribers(c, l.id));
            if (std::none_of(all.begin(), all.end(), [&](const auto& s) { return s.id == id && !s.left_at; }))
                return base::error(base::ErrorKind::not_found, "not on this list");
            return take_off(c, id, by(context));
        }));
        return web::see_other(context, url_of(l) + "/empfaenger", message("The address is off the list; what it had agreed to stays as proof."));
    }

    // ---- Messages ----

    base::Result<http::Response> write_form(const http::Request& request, const web::Context& context) const {
        TRY(const auto l, own(request, context));
        Message fresh;
        fresh.list = l.id;
        return message_form(context, l, fresh, nullptr, nullptr);
    }
    base::Result<http::Response> change_form(const http::Request& request, const web::Context& context) const {
        TRY(const auto l, own(request, context));
        TRY(const auto m, draft_here(request, l));
        return message_form(context, l, m, nullptr, nullptr);
    }
    base::Result<http::Response> write(const http::Request& request, const web::Context& context) const {
        TRY(const auto l, own(request, context));
        Message fresh;
        fresh.list = l.id;
        return save_message(request, context, l, fresh);
    }
    base::Result<http::Response> rewrite(const http::Request& request, const web::Context& context) const {
        TRY(const auto l, own(request, context));
        TRY(auto m, draft_here(request, l));
        m.version = std::atoll(request.form.get("version").c_str());
        return save_message(request, context, l, std::move(m));
    }
    base::Result<http::Response> show(const http::Request& request, const web::Context& context) const {
        if (!context.actor.signed_in()) return base::error(base::ErrorKind::not_found, "for signed-in people");
        TRY(const auto l, database_.read([&](db::Connection& c) { return list(c, request.path_values.get("key")); }));
        TRY(const auto m, message_here(request, l));
        if (!m.sent_at && !context.actor.steers()) return base::error(base::ErrorKind::not_found, "a draft");
        return message_page(context, l, m, nullptr);
    }
    base::Result<http::Response> send_it(const http::Request& request, const web::Context& context) const {
        TRY(const auto l, own(request, context));
        TRY(const auto m, message_here(request, l));
        const auto done =
            database_.write([&](db::Connection& c) { return send(c, m.id, std::atoll(request.form.get("version").c_str()), by(context)); });
        if (!done) {
            if (done.error().code == "version") {
                auto stale = done.error();
                stale.fields = {{"", message("Somebody changed the message since you looked at it. Please look at it again."), 0}};
                return message_page(context, l, m, &stale);
            }
            if (done.error().fields.empty()) return tl::unexpected(done.error());
            return message_page(context, l, m, &done.error());
        }
        return web::see_other(context, message_url(l, m.id), message("The message goes to {n} recipients.", {{"n", std::to_string(*done)}}));
    }
    base::Result<http::Response> drop(const http::Request& request, const web::Context& context) const {
        TRY(const auto l, own(request, context));
        TRY(const auto m, draft_here(request, l));
        TRY_VOID(database_.write([&](db::Connection& c) { return withdraw_draft(c, m.id, by(context)); }));
        return web::see_other(context, url_of(l), message("The draft is withdrawn."));
    }

  private:
    By by(const web::Context& context) const { return {context.actor, site_.clock().now()}; }
    static base::Result<void> steers_only(const web::Context& context) {
        if (!context.actor.steers()) return base::error(base::ErrorKind::not_found, "for those who steer");
        return {};
    }
    base::Result<List> own(const http::Request& request, const web::Context& context) const {
        TRY_VOID(steers_only(context));
        return database_.read([&](db::Connection& c) { return list(c, request.path_values.get("key")); });
    }
    base::Result<Message> message_here(const http::Request& request, const List& l) const {
        TRY(auto m, database_.read([&](db::Connection& c) { return message_by_id(c, MessageId{request.id("message")}); }));
        if (m.list != l.id) return base::error(base::ErrorKind::not_found, "no such message here");
        return m;
    }
    base::Result<Message> draft_here(const http::Request& request, const List& l) const {
        TRY(auto m, message_here(request, l));
        if (m.sent_at) return base::error(base::ErrorKind::conflict, "the message has been sent");
        return m;
    }
    static int status_of(const base::Error* refused) { return !refused ? 200 : refused->code == "version" ? 409 : 422; }
    static base::Error explained(base::Error stale) {
        stale.fields = {{"", message("Somebody else saved in between. Please look at what changed and save again."), 0}};
        return stale;
    }

    base::Result<http::Response> save_list(const http::Request& request, const web::Context& context, List l) const {
        web::Input input(request.form);
        if (!l.id) l.key = input.text("key", {.required = false, .most = 60});
        l.title = {input.text("title_de", {.required = false, .most = 200}), input.text("title_en", {.required = false, .most = 200})};
        l.purpose = {input.text("purpose_de", {.required = false, .most = 500}), input.text("purpose_en", {.required = false, .most = 500})};
        l.closed_on = input.day("closed_on", false);
        l.open = input.checked("open");
        input.also(mistakes_in(l));
        if (!input.ok()) return list_form(context, l, &request.form, &input.error());
        const auto done = database_.write([&](db::Connection& c) -> base::Result<void> {
            TRY_VOID(save(c, l, by(context)));
            return wiring_.changed(c);
        });
        if (!done) {
            if (done.error().code == "version") {
                const auto stale = explained(done.error());
                TRY(l.version, version_of(l));
                return list_form(context, l, &request.form, &stale);
            }
            if (done.error().fields.empty()) return tl::unexpected(done.error());
            return list_form(context, l, &request.form, &done.error());
        }
        return web::see_other(context, url_of(l), message("Saved."));
    }
    base::Result<std::int64_t> version_of(const List& l) const {
        TRY(const auto now, database_.read([&](db::Connection& c) { return list(c, l.key); }));
        return now.version;
    }

    base::Result<http::Response> list_form(const web::Context& context, const List& l, const http::Fields* typed, const base::Error* refused) const {
        web::Form form(context,
                       {.action = l.id ? url_of(l) : std::string("/verteiler/neu"), .cancel_url = l.id ? url_of(l) : std::string("/verteiler")});
        if (typed) form.typed(*typed);
        if (refused) form.error(*refused);
        if (l.id)
            form.hidden("version", std::to_string(l.version));
        else
            form.text("key", message("Short name in the address"), {.hint = message("For example “wohnen”. It stays.")});
        form.text("title_de", message("Name (German)"), {.value = l.title.de});
        form.text("title_en", message("Name (English)"), {.value = l.title.en, .optional = true});
        form.text("purpose_de", message("Purpose (German)"),
                  {.value = l.purpose.de, .hint = message("One sentence. Whoever agrees, agrees to this.")});
        form.text("purpose_en", message("Purpose (English)"), {.value = l.purpose.en, .optional = true});
        form.date("closed_on", message("Closed from"), l.closed_on, {.optional = true, .short_input = true});
        form.checkbox("open", message("Anybody may ask for these mails on the page of the list"), l.open);
        return web::page(context,
                         {.title = l.id ? web::Text(l.title.in(lang(context))) : web::Text(message("New mailing list")),
                          .crumbs = {{message("Mailing lists"), "/verteiler"}},
                          .status = status_of(refused),
                          .index = false},
                         form.html());
    }

    static web::Table table_of(const web::Context& context, const List& l, const std::vector<Subscriber>& all, bool with_buttons) {
        std::vector<web::Column> columns{{.key = "adresse", .title = message("E-mail address"), .heading = true},
                                         {.key = "stand", .title = message("State")},
                                         {.key = "sprache", .title = message("Language")},
                                         {.key = "gefragt", .title = message("Asked"), .nowrap = true},
                                         {.key = "zugestimmt", .title = message("Agreed"), .nowrap = true},
                                         {.key = "beendet", .title = message("Ended"), .nowrap = true},
                                         {.key = "wortlaut", .title = message("What was agreed to")}};
        if (with_buttons) columns.push_back({.key = "tun", .title = message("Change")});
        web::Table table(context, message("Who is on the list"), columns);
        const auto day = [&](const std::optional<base::Instant>& at) {
            return web::Cell::day(context.language, at ? std::optional(base::berlin_day(*at)) : std::nullopt);
        };
        for (const auto& s : all) {
            const auto state = s.left_at ? message("has left") : s.confirmed_at ? message("gets the mails") : message("has not confirmed yet");
            const auto tone = s.left_at ? web::ChipTone::neutral : s.confirmed_at ? web::ChipTone::success : web::ChipTone::warning;
            std::vector<web::Cell> cells{web::Cell(s.email),
                                         web::Cell(web::chip(context, tone, state), context.say(state)),
                                         web::Cell(std::string(i18n::native_name(s.language))),
                                         day(s.asked_at),
                                         day(s.confirmed_at),
                                         day(s.left_at),
                                         web::Cell(s.consent)};
            if (with_buttons)
                cells.push_back(s.left_at ? web::Cell("–")
                                          : web::Cell(web::button_form(context, url_of(l) + "/empfaenger/" + std::to_string(s.id.value),
                                                                       message("Take off the list"), "DELETE", true),
                                                      ""));
            table.row(std::move(cells));
        }
        return table;
    }
    base::Result<http::Response> recipients_page(const web::Context& context, const List& l, const web::Refused* refused) const {
        TRY(const auto all, database_.read([&](db::Connection& c) { return subscribers(c, l.id); }));
        auto table = table_of(context, l, all, true);
        table.caption_hidden().in_pages().when_empty(message("Nobody is on the list yet."));
        const auto csv = url_of(l) + "/empfaenger.csv";
        return web::page(context,
                         {.title = message("Who is on the list"),
                          .lead = l.title.in(lang(context)),
                          .crumbs = {{message("Mailing lists"), "/verteiler"}, {l.title.in(lang(context)), url_of(l)}},
                          .status = refused ? 422 : 200,
                          .index = false},
                         "mailing/recipients.tpl", [&](web::View& view) {
                             view.set("TABLE", table.html() + web::exports(context, {{message("CSV"), csv}}));
                             web::Form form(context, {.action = url_of(l) + "/empfaenger", .submit = message("Send the links")});
                             form.again(refused);
                             form.textarea("addresses", message("E-mail addresses"),
                                           {.hint = message("One a line, at most {most}.", {{"most", std::to_string(addresses_at_most)}})});
                             form.select("language", message("Language of the mails"),
                                         {{"de", std::string("Deutsch")}, {"en", std::string("English")}}, {.value = "de"});
                             view.section("ADD").set("FORM", form.html());
                         });
    }

    base::Result<http::Response> save_message(const http::Request& request, const web::Context& context, const List& l, Message m) const {
        web::Input input(request.form);
        m.subject = {input.text("subject_de", {.required = false, .most = 150}), input.text("subject_en", {.required = false, .most = 150})};
        m.text = {input.long_text("text_de", {.required = false, .most = 20000}), input.long_text("text_en", {.required = false, .most = 20000})};
        input.also(mistakes_in(m));
        if (!input.ok()) return message_form(context, l, m, &request.form, &input.error());
        MessageId id;
        const auto done = database_.write([&](db::Connection& c) -> base::Result<void> {
            TRY(id, save_draft(c, m, by(context)));
            return {};
        });
        if (!done) {
            if (done.error().code != "version") return tl::unexpected(done.error());
            const auto stale = explained(done.error());
            TRY(const auto now, database_.read([&](db::Connection& c) { return message_by_id(c, m.id); }));
            m.version = now.version;
            return message_form(context, l, m, &request.form, &stale);
        }
        return web::see_other(context, message_url(l, id), message("The draft is kept. This is how it will look."));
    }

    base::Result<http::Response> message_form(const web::Context& context, const List& l, const Message& m, const http::Fields* typed,
                                              const base::Error* refused) const {
        web::Form form(context, {.action = m.id ? message_url(l, m.id) : url_of(l) + "/nachrichten",
                                 .submit = message("Keep and look at it"),
                                 .cancel_url = m.id ? message_url(l, m.id) : url_of(l)});
        if (typed) form.typed(*typed);
        if (refused) form.error(*refused);
        if (m.id) form.hidden("version", std::to_string(m.version));
        form.text("subject_de", message("Subject line (German)"), {.value = m.subject.de});
        form.textarea("text_de", message("Text (German)"),
                      {.value = m.text.de, .hint = message("Plain text; an empty line begins a paragraph."), .rows = 12});
        form.text("subject_en", message("Subject line (English)"), {.value = m.subject.en, .optional = true});
        form.textarea("text_en", message("Text (English)"),
                      {.value = m.text.en, .hint = message("Left empty: everybody gets the German text."), .optional = true, .rows = 12});
        return web::page(context,
                         {.title = m.id ? web::Text(message("Change the draft")) : web::Text(message("Write a message")),
                          .lead = l.title.in(lang(context)),
                          .crumbs = {{message("Mailing lists"), "/verteiler"}, {l.title.in(lang(context)), url_of(l)}},
                          .status = status_of(refused),
                          .index = false},
                         form.html());
    }

    base::Result<http::Response> message_page(const web::Context& context, const List& l, const Message& m, const base::Error* refused) const {
        TRY(const auto n, database_.read([&](db::Connection& c) { return count(c, l.id); }));
        std::vector<web::Action> actions;
        if (!m.sent_at) actions.push_back({message("Change the draft"), message_url(l, m.id) + "/bearbeiten", false, "edit"});
        const bool english = !m.subject.en.empty();
        return web::page(
            context,
            {.title = m.subject.in(lang(context)),
             .lead = m.sent_at ? context.say(message("Sent on {day} to {n} recipients.", {{"day", context.format(base::berlin_day(*m.sent_at))},
                                                                                          {"n", std::to_string(m.recipients.value_or(0))}}))
                               : context.say(message("Draft")),
             .crumbs = {{message("Mailing lists"), "/verteiler"}, {l.title.in(lang(context)), url_of(l)}},
             .actions = actions,
             .status = status_of(refused),
             .index = false},
            "mailing/message.tpl", [&](web::View& view) {
                const auto version = [&](const char* code, const base::Message& title, const std::string& subject, const std::string& text) {
                    auto one = view.section("VERSION");
                    one.set("CODE", code);
                    one.set("TITLE", title);
                    one.set("SUBJECT", subject);
                    one.set("TEXT", web::paragraphs(text));
                };
                version("de", message("German"), m.subject.de, m.text.de);
                if (english) version("en", message("English"), m.subject.en, m.text.en);
                if (m.sent_at || !context.actor.steers()) return;
                auto box = view.section("SEND");
                const auto in_english = english ? n.english : 0;
                box.set("NUMBERS", n.all == 0 ? message("Nobody is on the list yet: there is nobody to send it to.")
                                              : message("It goes to {all} recipients: {german} in German, {english} in English.",
                                                        {{"all", std::to_string(n.all)},
                                                         {"german", std::to_string(n.all - in_english)},
                                                         {"english", std::to_string(in_english)}}));
                if (n.all > 0 && l.runs_on(context.today)) {
                    web::Form form(context, {.action = message_url(l, m.id) + "/versand",
                                             .submit = message("Send to {n} recipients now", {{"n", std::to_string(n.all)}})});
                    if (refused) form.error(*refused);
                    form.hidden("version", std::to_string(m.version));
                    box.section("READY").set("FORM", form.html());
                }
                box.set("WITHDRAW", web::button_form(context, message_url(l, m.id), message("Withdraw the draft"), "DELETE", true));
            });
    }

    web::Site& site_;
    db::Database& database_;
    Wiring wiring_;
};

}  // namespace

void mount_desk(http::Router& router, web::Site& site, db::Database& database, const Wiring& wiring) {
    const auto pages = std::make_shared<DeskPages>(site, database, wiring);
    const auto on = [&](auto method) {
        return site.page([pages, method](const http::Request& request, const web::Context& context) { return ((*pages).*method)(request, context); });
    };
    router.post("/verteiler", on(&DeskPages::create));
    router.post("/verteiler/neu", on(&DeskPages::create));
    router.get("/verteiler/neu", on(&DeskPages::create_form));
    router.post("/verteiler/{key:slug}", on(&DeskPages::update));
    router.get("/verteiler/{key:slug}/bearbeiten", on(&DeskPages::edit_form));
    router.get("/verteiler/{key:slug}/empfaenger", on(&DeskPages::recipients));
    router.get("/verteiler/{key:slug}/empfaenger.csv", on(&DeskPages::recipients_csv));
    router.post("/verteiler/{key:slug}/empfaenger", on(&DeskPages::ask_more));
    router.del("/verteiler/{key:slug}/empfaenger/{subscriber}", on(&DeskPages::remove));
    router.get("/verteiler/{key:slug}/nachrichten/neu", on(&DeskPages::write_form));
    router.post("/verteiler/{key:slug}/nachrichten", on(&DeskPages::write));
    router.get("/verteiler/{key:slug}/nachrichten/{message}", on(&DeskPages::show));
    router.post("/verteiler/{key:slug}/nachrichten/{message}", on(&DeskPages::rewrite));
    router.del("/verteiler/{key:slug}/nachrichten/{message}", on(&DeskPages::drop));
    router.get("/verteiler/{key:slug}/nachrichten/{message}/bearbeiten", on(&DeskPages::change_form));
    router.post("/verteiler/{key:slug}/nachrichten/{message}/versand", on(&DeskPages::send_it));
}

}  // namespace mailing
