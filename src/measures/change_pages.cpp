#include "measures/change_pages.h"

#include <fmt/format.h>

#include "measures/digest.h"
#include "measures/labels.h"
#include "platform/links/api.h"
#include "platform/mail/api.h"
#include "platform/web/form.h"
#include "platform/web/icalendar.h"
#include "platform/web/input.h"
#include "platform/web/page.h"
#include "platform/web/url.h"

namespace measures {
namespace {

using base::message;

constexpr int days_shown = 90;

base::Day since_of(const web::Context& context) {
    return base::parse_day(context.query.get("seit")).value_or(base::plus_days(context.day(), -days_shown));
}

base::Result<std::vector<Happened>> read(const Desk& desk, const web::Context& context) {
    return desk.database.read([&](db::Connection& c) { return changes_since(c, since_of(context), context.day(), !context.actor.signed_in()); });
}

base::Result<http::Response> changes_page(const Desk& desk, const http::Request& request, const web::Context& context) {
    TRY(const auto all, read(desk, context));
    return web::page(context,
                     {.title = message("What changed"),
                      .lead = message("Since {day}", {{"day", context.format(since_of(context))}}),
                      .crumbs = {{message("Measures"), "/massnahmen"}},
                      .actions = {{message("By mail"), "/massnahmen/abo", false, {}}, {message("Calendar"), "/massnahmen.ics", false, {}}},
                      .alternates = {{message("What changed"), "/massnahmen/aenderungen.atom", "application/atom+xml"},
                                     {message("Dates of the measures"), "/massnahmen.ics", "text/calendar"}}},
                     "measures/changes.tpl", [&](web::View& view) {
                         view.set("SINCE", context.format(since_of(context)));
                         const web::Url here("/massnahmen/aenderungen", request.query);
                         for (const int days : {7, 30, 90, 365}) {
                             auto row = view.section("SPAN");
                             row.set("URL", here.with("seit", base::iso(base::plus_days(context.day(), -days))).str());
                             row.set("LABEL", message("{n} days", {{"n", std::to_string(days)}}));
                         }
                         view.show_if("EMPTY", all.empty());
                         view.list("CHANGE", all, [&](web::View& row, const Happened& h) {
                             row.set("ISO", base::iso(h.on));
                             row.set("DAY", h.on);
                             row.set("URL", h.url());
                             row.set("TITLE", h.key + " " + h.title.in(i18n::code(context.language)));
                             row.set("WHAT", h.what);
                             if (!h.text.empty()) row.section("TEXT").set("HTML", web::paragraphs(h.text));
                         });
                     });
}

// RFC 4287. What it shows is what the public page shows, whoever asks: feed readers have no account.
base::Result<http::Response> atom(const Desk& desk, const http::Request& request, const web::Context& context) {
    struct Read {
        std::vector<Happened> all;
        std::string site;
    };
    TRY(const auto found, desk.database.read([&](db::Connection& c) -> base::Result<Read> {
        Read out;
        TRY(out.all, changes_since(c, since_of(context), context.day(), true, 100));
        TRY(out.site, mail::public_address(c));
        return out;
    }));
    const auto language = std::string(i18n::code(context.language));
    const auto updated = [&](base::Day d) { return base::iso(base::berlin_start_of(d)); };
    std::string out = fmt::format(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n<id>{}</id>\n<title>{}</title>\n<updated>{}</updated>\n"
        "<author><name>{}</name></author>\n<link rel=\"self\" href=\"{}\"/>\n",
        language, found.site.empty() ? "urn:miteinander:massnahmen" : web::escape(found.site + "/massnahmen/aenderungen"),
        web::escape(context.say(message("What changed in the measures"))), updated(found.all.empty() ? context.day() : found.all.front().on),
        web::escape(desk.site.municipality_name(context.language)), web::escape(found.site + "/massnahmen/aenderungen.atom"));
    for (const auto& h : found.all)
        out += fmt::format(
            "<entry>\n<id>urn:miteinander:{}:{}</id>\n<title>{}</title>\n<updated>{}</updated>\n<link href=\"{}\"/>\n<summary>{}</summary>\n</entry>\n",
            web::escape(h.key), h.id, web::escape(h.title.in(language) + ": " + context.say(h.what)), updated(h.on),
            web::escape(found.site + h.url()), web::escape(h.text.empty() ? context.say(h.what) : h.text));
    out += "</feed>\n";
    http::Response response;
    response.headers.set("Content-Type", "application/atom+xml; charset=utf-8");
    response.body = std::move(out);
    const auto tag = web::etag_of(response.body);
    return web::conditional(request, std::move(response), tag);
}

base::Result<http::Response> calendar(const Desk& desk, const http::Request& request, const web::Context& context) {
    struct Read {
        Page page;
        World world;
        std::string site;
    };
    TRY(const auto found, desk.database.read([&](db::Connection& c) -> base::Result<Read> {
        Read out;
        Filter filter;
        filter.accountable = request.query.get("stelle");
        filter.published_only = true;  // calendar programs have no account, either
        filter.per_page = 0;
        TRY(out.page, list(c, filter));
        TRY(out.world, read_world(c, context.day()));
        TRY(out.site, mail::public_address(c));
        return out;
    }));
    const auto language = std::string(i18n::code(context.language));
    const auto host = found.site.empty() ? std::string("miteinander") : found.site.substr(found.site.rfind('/') + 1);
    std::vector<web::CalendarEvent> events;
    for (const auto& dossier : found.page.dossiers) {
        const auto& m = dossier.measure;
        if (m.state == State::rejected || m.state == State::repealed || m.state == State::replaced) continue;
        const auto title = m.key + " " + m.title.in(language);
        const auto where = found.site + "/massnahmen/" + m.key;
        if (m.schedule.ends_on)
            events.push_back({m.key + "/ende@" + host, *m.schedule.ends_on, title + ": " + context.say(message("Ends")), where,
                              is_open(m.state) ? std::vector<int>{due_soon_days} : std::vector<int>{}});
        const auto due = judged(dossier, found.world).flags.next_due;
        if (due && due != m.schedule.ends_on)
            events.push_back(
                {m.key + "/nachweis-" + base::iso(*due) + "@" + host, *due, title + ": " + context.say(message("Evidence is due")), where, {14}});
        for (const auto& milestone : m.milestones)
            events.push_back({m.key + "/meilenstein-" + std::to_string(milestone.id.value) + "@" + host, milestone.due_on,
                              title + ": " + milestone.title.in(language), where});
    }
    http::Response response;
    response.headers.set("Content-Type", "text/calendar; charset=utf-8");
    response.body = web::icalendar(context.say(message("Dates of the measures")), "Massnahmen", events, base::berlin_start_of(context.day()));
    const auto tag = web::etag_of(response.body);
    return web::conditional(request, std::move(response), tag);
}

// ---- By mail ----

base::Result<http::Response> subscription_page(const web::Context& context, const http::Fields* typed, const base::Error* refused) {
    web::Form form(context, {.action = "/massnahmen/abo", .submit = message("Subscribe")});
    if (typed) form.typed(*typed);
    if (refused) form.error(*refused);
    form.text("mail", message("Mail address"), {.type = "email", .autocomplete = "email"});
    form.radios("abstand", message("How often"), {{"7", message("once a week")}, {"30", message("once a month")}}, {.value = "7"});
    return web::page(
        context,
        {.title = message("Changes of measures by mail"),
         .lead = message("You get a mail only when something changed. The address is kept for that alone; every mail has a link that removes it."),
         .crumbs = {{message("Measures"), "/massnahmen"}, {message("What changed"), "/massnahmen/aenderungen"}},
         .status = refused ? 422 : 200},
        form.html());
}

base::Result<http::Response> subscribe(const Desk& desk, const http::Request& request, const web::Context& context) {
    const auto done = desk.database.write([&](db::Connection& c) {
        return ask_for_digest(c, request.form.get("mail"), context.language, request.form.get("abstand") == "30" ? 30 : 7, context.today,
                              desk.site.clock().now());
    });
    if (done)
        return web::see_other(context, "/massnahmen/aenderungen",
                              message("A mail with a link is on its way: please confirm there that it is your address."));
    if (done.error().fields.empty()) return tl::unexpected(done.error());
    return subscription_page(context, &request.form, &done.error());
}

struct Door {
    std::string_view purpose;
    std::string path;
    base::Message title, button, done;
};
Door confirming() {
    return {digest_confirm_purpose, "/abo/", message("Confirm the subscription"), message("Yes, send me the changes"),
            message("Confirmed. The first mail comes when something changed.")};
}
Door ending() {
    return {digest_end_purpose, "/abo/ende/", message("End the subscription"), message("End these mails and remove my address"),
            message("Your address is removed.")};
}

// Looking at a link changes nothing, as mail programs look before people do; the button does.
base::Result<http::Response> door_page(const Desk& desk, const Door& door, const http::Request& request, const web::Context& context) {
    const auto token = request.path_values.get("link");
    const auto open = desk.database.read([&](db::Connection& c) { return links::look(c, token, door.purpose, desk.site.clock().now()); });
    if (!open)
        return web::page(context, {.title = message("This link does not open"), .status = 404, .index = false},
                         web::paragraphs(context.say(links::why_not(open.error()))));
    return web::page(context, {.title = door.title, .index = false}, web::button_form(context, door.path + token, door.button));
}
base::Result<http::Response> door_opened(const Desk& desk, const Door& door, const http::Request& request, const web::Context& context) {
    const auto token = request.path_values.get("link");
    const auto done = desk.database.write([&](db::Connection& c) {
        const auto now = desk.site.clock().now();
        return door.purpose == digest_end_purpose ? end_digest(c, token, now) : confirm_digest(c, token, context.today, now);
    });
    if (!done) return door_page(desk, door, request, context);
    if (is_one_click(request)) return http::Response::empty(204);  // a mail program, which follows no redirects
    return web::see_other(context, "/massnahmen/aenderungen", door.done);
}

}  // namespace

bool is_one_click(const http::Request& request) {
    return request.method == http::Method::post && request.path.starts_with("/abo/ende/") && request.form.get("List-Unsubscribe") == "One-Click";
}

void mount_changes(http::Router& router, const Desk& desk) {
    const auto on = [&](auto function) {
        return desk.site.page([desk, function](const http::Request& r, const web::Context& c) { return function(desk, r, c); });
    };
    router.get("/massnahmen/aenderungen", on(changes_page));
    router.get("/massnahmen/aenderungen.atom", on(atom));
    router.get("/massnahmen.ics", on(calendar));
    router.get("/massnahmen/abo", desk.site.page([](const http::Request&, const web::Context& c) { return subscription_page(c, nullptr, nullptr); }));
    router.post("/massnahmen/abo", on(subscribe));
    for (const auto& door : {confirming(), ending()}) {
        router.get(door.path + "{link:any}",
                   desk.site.page([desk, door](const http::Request& r, const web::Context& c) { return door_page(desk, door, r, c); }));
        router.post(door.path + "{link:any}",
                    desk.site.page([desk, door](const http::Request& r, const web::Context& c) { return door_opened(desk, door, r, c); }));
    }
}

}  // namespace measures
