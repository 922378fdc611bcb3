#include "duties/reminders.h"
#include "platform/web/form.h"
#include "platform/web/input.h"
#include "platform/web/page.h"

namespace duties {
namespace {

using base::message;

base::Result<http::Response> show(db::Database& database, const http::Request& request, const web::Context& context,
                                  const base::Error* refused = nullptr) {
    if (!context.actor.steers()) return base::error(base::ErrorKind::not_found, "for those who steer");
    TRY(const auto rule, database.read([](db::Connection& c) { return reminder_rule(c); }));
    web::Form form(context, {.action = "/pflichten/erinnerungen", .cancel_url = "/pflichten"});
    if (refused) form.typed(request.form).error(*refused);
    const auto days = [&](const char* name, const base::Message& label, int value) {
        form.number(name, label, {.value = std::to_string(value), .short_input = true});
    };
    days("office_after", message("The office itself"), rule.office_after);
    days("head_after", message("The head of the unit above"), rule.head_after);
    days("officer_after", message("The integration officer"), rule.officer_after);
    days("council_after", message("The advisory council"), rule.council_after);
    return web::page(
        context,
        {.title = message("Reminders"),
         .lead = message(
             "So many days after a missed deadline each of them learns of it by mail. How many days before it the office is reminded stands with each duty."),
         .crumbs = {{message("Duties"), "/pflichten"}},
         .status = refused ? 422 : 200,
         .index = false},
        form.html());
}

base::Result<http::Response> save(db::Database& database, const web::Site& site, const http::Request& request, const web::Context& context) {
    if (!context.actor.steers()) return base::error(base::ErrorKind::not_found, "for those who steer");
    web::Input input(request.form);
    const auto days = [&](const char* name) { return static_cast<int>(input.number(name, 1, 365).value_or(1)); };
    const ReminderRule next{.office_after = days("office_after"),
                            .head_after = days("head_after"),
                            .officer_after = days("officer_after"),
                            .council_after = days("council_after")};
    if (input.ok())
        for (auto& m : mistakes_in(next)) input.wrong("council_after", std::move(m));
    if (!input.ok()) return show(database, request, context, &input.error());
    TRY_VOID(database.write([&](db::Connection& c) { return save_reminder_rule(c, next, context.actor, site.clock().now()); }));
    return web::see_other(context, "/pflichten/erinnerungen", message("Saved."));
}

}  // namespace

void mount_reminders(http::Router& router, web::Site& site, db::Database& database) {
    router.get("/pflichten/erinnerungen", site.page([&database](const http::Request& r, const web::Context& c) { return show(database, r, c); }));
    router.post("/pflichten/erinnerungen",
                site.page([&database, &site](const http::Request& r, const web::Context& c) { return save(database, site, r, c); }));
}

}  // namespace duties
