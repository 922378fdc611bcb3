#include "platform/mail/pages.h"

#include "platform/web/form.h"
#include "platform/web/input.h"
#include "platform/web/page.h"

namespace mail {
namespace {

using base::message;

base::Message title_of(State s) {
    switch (s) {
        case State::queued: return message("waits");
        case State::sent: return message("sent");
        case State::given_up: return message("given up");
        case State::withheld: return message("withheld");
    }
    return message("waits");
}

class Pages {
  public:
    Pages(web::Site& site, PageParts parts) : site_(site), parts_(std::move(parts)) {}

    base::Result<http::Response> show(const http::Request& request, const web::Context& context, const base::Error* refused = nullptr,
                                      const base::Error* test_refused = nullptr) const {
        TRY_VOID(administrators_only(context));
        struct Shown {
            Settings settings;
            std::vector<TaskView> tasks;
        };
        TRY(const auto shown, parts_.database.read([&](db::Connection& c) -> base::Result<Shown> {
            Shown out;
            TRY(out.settings, settings(c));
            TRY(out.tasks, parts_.tasks(c));
            return out;
        }));
        const auto& s = shown.settings;
        web::Form form(context, {.action = "/einstellungen/mail"});
        if (refused) form.typed(request.form).error(*refused);
        form.text("public_address", message("Public address of this site"),
                  {.value = s.public_address,
                   .hint = message("Links in mails begin with it, for example https://integration.example.org."),
                   .type = "url"});
        form.text("from", message("Sender's address"), {.value = s.from, .type = "email"});
        form.text("from_name", message("Sender's name"), {.value = s.from_name, .optional = true});
        form.text("reply_to", message("Answers go to"), {.value = s.reply_to, .optional = true, .type = "email"});
        form.text("host", message("Mail server"), {.value = s.host, .hint = message("While this is empty, mail waits."), .optional = true});
        form.number("port", message("Port"), {.value = std::to_string(s.port), .short_input = true});
        form.radios("security", message("Connection"),
                    {{"starttls", message("STARTTLS, usually port 587")},
                     {"tls", message("TLS from the beginning, usually port 465")},
                     {"none", message("unprotected: only for a mail server on this machine")}},
                    {.value = std::string(name_of(s.security))});
        form.text("user", message("User name at the mail server"),
                  {.value = s.user,
                   .hint = message("The password stands in a file, which the server is told by --mail-password-file."),
                   .optional = true,
                   .autocomplete = "off"});
        form.number("merge_within", message("Minutes to wait for further messages of a topic"),
                    {.value = std::to_string(s.merge_within.count()), .hint = message("They leave as one mail."), .short_input = true});
        web::Form test(context, {.action = "/einstellungen/mail/probe", .submit = message("Send a test mail"), .idempotency_key = false});
        if (test_refused) test.typed(request.form).error(*test_refused);
        test.text("to", message("To"), {.type = "email", .autocomplete = "email"});
        const int status = refused || test_refused ? 422 : 200;
        return web::page(context,
                         {.title = message("E-mail"),
                          .actions = {{message("Log of mails"), "/einstellungen/mail/protokoll", false, ""}},
                          .status = status,
                          .index = false},
                         "mail/settings.tpl", [&](web::View& view) {
                             view.set("FORM", form.html());
                             view.set("TEST", test.html());
                             view.show_if("TASKS", !shown.tasks.empty());
                             view.list("TASK", shown.tasks, [&](web::View& row, const TaskView& task) {
                                 row.set("NAME", message(task.name));
                                 row.set("BEGUN", i18n::format_moment(context.language, task.begun));
                                 row.show_if("RUNS", task.running);
                                 row.set_if("FAILURE", task.failure);
                                 row.show_if("FINE", !task.running && task.failure.empty());
                             });
                         });
    }

    base::Result<http::Response> save(const http::Request& request, const web::Context& context) const {
        TRY_VOID(administrators_only(context));
        web::Input input(request.form);
        Settings next;
        next.public_address = input.text("public_address", {.most = 200});
        while (next.public_address.ends_with('/')) next.public_address.pop_back();
        if (!next.public_address.starts_with("https://") && !next.public_address.starts_with("http://"))
            input.wrong("public_address", message("The address begins with https:// (or http:// on this machine)."));
        next.from = input.text("from", {.most = 254});
        if (!is_address(next.from)) input.wrong("from", message("This is not an e-mail address mail can be sent to."));
        next.from_name = input.text("from_name", {.required = false, .most = 120});
        next.reply_to = input.text("reply_to", {.required = false, .most = 254});
        if (!next.reply_to.empty() && !is_address(next.reply_to))
            input.wrong("reply_to", message("This is not an e-mail address mail can be sent to."));
        next.host = input.text("host", {.required = false, .most = 253});
        const bool plain = std::all_of(next.host.begin(), next.host.end(),
                                       [](unsigned char c) { return c < 0x80 && (std::isalnum(c) || c == '.' || c == '-' || c == ':'); });
        if (!plain) input.wrong("host", message("The name of a machine, for example mail.example.org."));
        next.port = static_cast<std::uint16_t>(input.number("port", 1, 65535).value_or(587));
        next.security = security_named(input.choice("security", {"starttls", "tls", "none"})).value_or(Security::starttls);
        next.user = input.text("user", {.required = false, .most = 254});
        if (!next.user.empty() && next.security == Security::none)
            input.wrong("security", message("A password is never sent over an unprotected connection."));
        next.merge_within = std::chrono::minutes(input.number("merge_within", 0, 1440).value_or(10));
        if (!input.ok()) return show(request, context, &input.error());
        TRY_VOID(parts_.database.write([&](db::Connection& c) { return save_settings(c, next, context.actor, site_.clock().now()); }));
        return web::see_other(context, "/einstellungen/mail", message("Saved."));
    }

    base::Result<http::Response> test(const http::Request& request, const web::Context& context) const {
        TRY_VOID(administrators_only(context));
        const auto to = request.form.get("to");
        base::Error refused{base::ErrorKind::invalid_input, {}, {}, {}};
        if (!is_address(to)) {
            refused.fields.push_back({"to", message("This is not an e-mail address mail can be sent to.")});
            return show(request, context, nullptr, &refused);
        }
        TRY(const auto s, parts_.database.read([](db::Connection& c) { return settings(c); }));
        if (!s.usable()) {
            refused.fields.push_back({"", message("Please enter and save mail server and sender first.")});
            return show(request, context, nullptr, &refused);
        }
        const Sender sender(parts_.database, site_.clock(), parts_.sender);
        const auto done = sender.send_now(s, {.to = to,
                                              .to_name = {},
                                              .language = context.language,
                                              .subject = context.say(message("Test mail")),
                                              .text = context.say(message("This mail shows that mail arrives."))});
        if (!done) {
            refused.fields.push_back({"", message("It did not work: {why}.", {{"why", done.error().detail}})});
            return show(request, context, nullptr, &refused);
        }
        return web::see_other(context, "/einstellungen/mail", message("The mail server has taken the test mail."));
    }

    base::Result<http::Response> log_page(const http::Request& request, const web::Context& context) const {
        TRY_VOID(administrators_only(context));
        constexpr std::int64_t shown = 100;
        std::int64_t before = 0;
        const auto typed = request.query.get("vor");
        if (typed.size() < 18 && std::all_of(typed.begin(), typed.end(), [](unsigned char c) { return std::isdigit(c); }) && !typed.empty())
            before = std::stoll(typed);
        TRY(const auto mails, parts_.database.read([&](db::Connection& c) { return log(c, shown, MailId{before}); }));
        return web::page(context,
                         {.title = message("Log of mails"),
                          .lead = message("Texts are blanked once a mail is done with."),
                          .crumbs = {{message("E-mail"), "/einstellungen/mail"}},
                          .index = false},
                         "mail/log.tpl", [&](web::View& view) {
                             view.show_if("EMPTY", mails.empty());
                             view.show_if("ROWS", !mails.empty());
                             view.list("ROW", mails, [&](web::View& row, const Queued& q) {
                                 row.set("SUBJECT", q.message.subject);
                                 row.set("TO", q.message.to);
                                 row.set("QUEUED", i18n::format_moment(context.language, q.queued_at));
                                 row.set("STATE", title_of(q.state));
                                 row.set("ATTEMPTS", q.attempts);
                                 row.set_if("FAILURE", q.failure);
                                 row.show_if("TOGETHER", static_cast<bool>(q.sent_with));
                             });
                             if (mails.size() == static_cast<std::size_t>(shown))
                                 view.set_if("OLDER", "/einstellungen/mail/protokoll?vor=" + std::to_string(mails.back().id.value));
                         });
    }

  private:
    static base::Result<void> administrators_only(const web::Context& context) {
        if (context.actor.role != identity::Role::administrator) return base::error(base::ErrorKind::not_found, "administrators only");
        return {};
    }
    web::Site& site_;
    PageParts parts_;
};

}  // namespace

void mount(http::Router& router, web::Site& site, PageParts parts) {
    const auto pages = std::make_shared<Pages>(site, std::move(parts));
    router.get("/einstellungen/mail", site.page([pages](const http::Request& r, const web::Context& c) { return pages->show(r, c); }));
    router.post("/einstellungen/mail", site.page([pages](const http::Request& r, const web::Context& c) { return pages->save(r, c); }));
    router.post("/einstellungen/mail/probe", site.page([pages](const http::Request& r, const web::Context& c) { return pages->test(r, c); }));
    router.get("/einstellungen/mail/protokoll", site.page([pages](const http::Request& r, const web::Context& c) { return pages->log_page(r, c); }));
    site.add({.title = message("E-mail"), .url = "/einstellungen/mail", .from = identity::Role::administrator, .order = 92, .also = {}});
}

}  // namespace mail
