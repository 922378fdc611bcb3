#include "duties/calendar.h"

#include "duties/json.h"
#include "duties/sentence.h"
#include "platform/web/chip.h"
#include "platform/web/icalendar.h"
#include "platform/web/page.h"

namespace duties {
namespace {

using base::message;

std::string lang(const web::Context& context) { return std::string(i18n::code(context.language)); }

// The calendar looks a year ahead: a period that begins only then has its day as well.
base::Result<Loaded> load_calendar(db::Database& database, const web::Context& context) { return load(database, context, Scope::one_plan); }

std::vector<Deadline> fitting_deadlines(const Loaded& loaded, const Choices& choices) {
    auto out = deadlines_of(loaded.judgement);
    std::erase_if(out, [&](const Deadline& d) { return !choices.fits(*d.duty, *d.occurrence); });
    return out;
}

std::chrono::year_month asked_month(const web::Context& context) {
    const auto wanted = base::parse_iso_day(context.query.get("monat") + "-01");
    const base::Day d = wanted.value_or(context.day());
    return d.year() / d.month();
}

std::string written(std::chrono::year_month m) { return base::iso(base::Day{m / std::chrono::day(1)}).substr(0, 7); }

void fill_item(web::View item, const web::Context& context, const Deadline& deadline) {
    item.set("URL", duty_url(*deadline.duty, context));
    item.set("TITLE", deadline.duty->title.in(lang(context)));
    item.set("CLAUSE", deadline.duty->clause);
    item.set("STATE", web::state_chip(context, name_of(deadline.occurrence->state)));
}

// The month twice: as weeks of seven days where there is room, as a list of days on a phone.
void fill_month(web::View& view, const web::Context& context, const std::vector<Deadline>& deadlines) {
    const auto month = asked_month(context);
    const web::Url here("/fristen", context.query);
    auto grid = view.section("MONTH");
    grid.set("TITLE", i18n::format_month(context.language, month));
    grid.set("EARLIER", here.with("monat", written(month - std::chrono::months(1))).str());
    grid.set("LATER", here.with("monat", written(month + std::chrono::months(1))).str());
    const base::Day first{month / std::chrono::day(1)}, last = base::last_of_month(month);
    std::map<base::Day, std::vector<const Deadline*>> by_day;
    for (const auto& deadline : deadlines)
        if (const auto& due = *deadline.occurrence->due_on; due >= first && due <= last) by_day[due].push_back(&deadline);
    for (const auto& [day, own] : by_day) {
        auto row = grid.section("DAY");
        row.set("DATE", day);
        row.set("WEEKDAY", i18n::format_weekday(context.language, day));
        for (const auto* deadline : own) fill_item(row.section("ITEM"), context, *deadline);
    }
    grid.show_if("NONE", by_day.empty());
    if (by_day.empty()) return;
    // Weeks begin on Monday.
    const base::Day monday = base::plus_days(first, -static_cast<int>(std::chrono::weekday(std::chrono::sys_days(first)).iso_encoding() - 1));
    auto weeks = grid.section("GRID");
    weeks.set("TITLE", i18n::format_month(context.language, month));
    for (int n = 0; n < 7; ++n) weeks.section("WEEKDAY").set("NAME", i18n::format_weekday(context.language, base::plus_days(monday, n)));
    for (base::Day week = monday; week <= last; week = base::plus_days(week, 7)) {
        auto row = weeks.section("WEEK");
        for (int n = 0; n < 7; ++n) {
            const base::Day day = base::plus_days(week, n);
            auto cell = row.section("CELL");
            if (day < first || day > last) continue;
            auto inside = cell.section("INSIDE");
            inside.set("NUMBER", std::to_string(static_cast<unsigned>(day.day())));
            inside.show_if("TODAY", day == context.day());
            if (const auto found = by_day.find(day); found != by_day.end())
                for (const auto* deadline : found->second) fill_item(inside.section("ITEM"), context, *deadline);
        }
    }
}

}  // namespace

std::vector<Deadline> deadlines_of(const Judgement& judgement) {
    std::vector<Deadline> out;
    for (const auto& j : judgement.judged)
        for (const auto& o : j.occurrences)
            if (o.due_on && o.state != State::not_applicable && o.state != State::term_ended &&
                (!j.duty->valid_until || *o.due_on <= *j.duty->valid_until || is_done(o.state)))
                out.push_back({j.duty, &o});
    std::stable_sort(out.begin(), out.end(), [](const Deadline& a, const Deadline& b) { return *a.occurrence->due_on < *b.occurrence->due_on; });
    return out;
}

std::string icalendar(const Loaded& loaded, const std::vector<Deadline>& deadlines, const std::string& name, const std::string& host,
                      base::Instant now, const std::string& language) {
    std::vector<web::CalendarEvent> events;
    for (const auto& d : deadlines) {
        const bool done = is_done(d.occurrence->state) || d.occurrence->state == State::waived;
        events.push_back({d.duty->key + "/" + d.occurrence->period + "@" + host, *d.occurrence->due_on,
                          d.duty->clause + " " + d.duty->title.in(language) + " (" +
                              loaded.naming.of_period(d.duty->rule, d.occurrence->period).in(language) + ")",
                          sentence_of(loaded, *d.duty, language), done ? std::vector<int>{} : d.duty->reminder_days});
    }
    return web::icalendar(name, "Fristen", events, now);
}

base::Result<http::Response> calendar_page(db::Database& database, const http::Request&, const web::Context& context) {
    TRY(auto loaded, load_calendar(database, context));
    const auto filter = filter_of(context, loaded);
    const auto fitting = fitting_deadlines(loaded, chosen(filter));
    std::vector<Deadline> listed;
    for (const auto& d : fitting)
        if (!is_done(d.occurrence->state) && d.occurrence->state != State::waived) listed.push_back(d);
    TRY_VOID(name_shown(database, context, loaded, listed));
    auto table = table_of(context, message("Deadlines"));
    for (const auto& d : listed) add_row(table, context, loaded, *d.duty, *d.occurrence);
    table.sorted_as_asked().in_pages().when_empty(message("No deadline fits this choice."));
    return web::page(context, {.title = message("Calendar of deadlines"), .lead = message("As of {day}", {{"day", context.format(context.day())}})},
                     "duties/calendar.tpl", [&](web::View& view) {
                         view.set("FILTER", filter.html());
                         fill_month(view, context, fitting);
                         view.set("TABLE", table.html());
                         view.set("EXPORTS", web::exports(context, {{message("CSV"), web::Url("/fristen.csv", context.query).str()},
                                                                    {message("JSON"), web::Url("/fristen.json", context.query).str()}}));
                         for (const auto& b : loaded.judgement.bearers) {
                             if (!b.feed) continue;
                             auto feed = view.section("FEED");
                             feed.set("URL", "/fristen/" + b.key + ".ics");
                             feed.set("NAME", b.name.in(lang(context)));
                         }
                     });
}

base::Result<http::Response> calendar_csv(db::Database& database, const http::Request&, const web::Context& context) {
    TRY(auto loaded, load_calendar(database, context));
    const auto fitting = fitting_deadlines(loaded, chosen(filter_of(context, loaded)));
    TRY_VOID(name_shown(database, context, loaded, fitting));
    auto table = table_of(context, message("Deadlines"));
    for (const auto& d : fitting) add_row(table, context, loaded, *d.duty, *d.occurrence);
    return web::download(table.csv(), "text/csv; charset=utf-8", "fristen.csv");
}

base::Result<http::Response> calendar_json(db::Database& database, const http::Request&, const web::Context& context) {
    TRY(auto loaded, load_calendar(database, context));
    const auto fitting = fitting_deadlines(loaded, chosen(filter_of(context, loaded)));
    TRY_VOID(name_shown(database, context, loaded, fitting));
    boost::json::array out;
    for (const auto& d : fitting) {
        auto row = json_of(*d.duty, *d.occurrence, &loaded.naming);
        row.erase("evidence");
        out.push_back(std::move(row));
    }
    return http::Response::json(boost::json::serialize(out));
}

base::Result<http::Response> calendar_feed(db::Database& database, const http::Request& request, const web::Context& context) {
    auto key = request.path_values.get("bearer");
    if (!key.ends_with(".ics")) return base::error(base::ErrorKind::not_found, "a feed ends in .ics");
    key.resize(key.size() - 4);
    TRY(auto loaded, load_calendar(database, context));
    const auto bearer =
        std::find_if(loaded.judgement.bearers.begin(), loaded.judgement.bearers.end(), [&](const auto& b) { return b.key == key && b.feed; });
    if (bearer == loaded.judgement.bearers.end()) return base::error(base::ErrorKind::not_found, "this bearer has no feed");
    std::vector<Deadline> own;
    for (const auto& d : deadlines_of(loaded.judgement))
        if (d.duty->bearer == key || std::find(d.duty->joint.begin(), d.duty->joint.end(), key) != d.duty->joint.end()) own.push_back(d);
    TRY_VOID(name_shown(database, context, loaded, own));
    // The stamp is the day it was made for, so that an unchanged feed stays the same bytes.
    http::Response response =
        http::Response::text(icalendar(loaded, own, context.say(message("Deadlines: {office}", {{"office", bearer->name.in(lang(context))}})),
                                       "miteinander", base::berlin_start_of(context.day()), lang(context)));
    response.headers.set("Content-Type", "text/calendar; charset=utf-8");
    return response;
}

}  // namespace duties
