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
                          d.duty->clause + " " + d.duty->title.in(language) + " (" + period_name(d.occurrence->period).in(language) + ")",
                          sentence_of(loaded, *d.duty, language), done ? std::vector<int>{} : d.duty->reminder_days});
    }
    return web::icalendar(name, "Fristen", events, now);
}

base::Result<http::Response> calendar_page(db::Database& database, const http::Request&, const web::Context& context) {
    TRY(const auto loaded, load_calendar(database, context));
    const auto filter = filter_of(context, loaded);
    const auto choices = chosen(filter);
    std::vector<Deadline> fitting;
    for (const auto& d : deadlines_of(loaded.judgement))
        if (choices.fits(*d.duty, *d.occurrence)) fitting.push_back(d);
    auto table = table_of(context, message("Deadlines"));
    for (const auto& d : fitting)
        if (!is_done(d.occurrence->state) && d.occurrence->state != State::waived) add_row(table, context, loaded, *d.duty, *d.occurrence);
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
    TRY(const auto loaded, load_calendar(database, context));
    const auto choices = chosen(filter_of(context, loaded));
    auto table = table_of(context, message("Deadlines"));
    for (const auto& d : deadlines_of(loaded.judgement))
        if (choices.fits(*d.duty, *d.occurrence)) add_row(table, context, loaded, *d.duty, *d.occurrence);
    return web::download(table.csv(), "text/csv; charset=utf-8", "fristen.csv");
}

base::Result<http::Response> calendar_json(db::Database& database, const http::Request&, const web::Context& context) {
    TRY(const auto loaded, load_calendar(database, context));
    const auto choices = chosen(filter_of(context, loaded));
    boost::json::array out;
    for (const auto& d : deadlines_of(loaded.judgement)) {
        if (!choices.fits(*d.duty, *d.occurrence)) continue;
        auto row = json_of(*d.duty, *d.occurrence);
        row.erase("evidence");
        out.push_back(std::move(row));
    }
    return http::Response::json(boost::json::serialize(out));
}

base::Result<http::Response> calendar_feed(db::Database& database, const http::Request& request, const web::Context& context) {
    auto key = request.path_values.get("bearer");
    if (!key.ends_with(".ics")) return base::error(base::ErrorKind::not_found, "a feed ends in .ics");
    key.resize(key.size() - 4);
    TRY(const auto loaded, load_calendar(database, context));
    const auto bearer =
        std::find_if(loaded.judgement.bearers.begin(), loaded.judgement.bearers.end(), [&](const auto& b) { return b.key == key && b.feed; });
    if (bearer == loaded.judgement.bearers.end()) return base::error(base::ErrorKind::not_found, "this bearer has no feed");
    std::vector<Deadline> own;
    for (const auto& d : deadlines_of(loaded.judgement))
        if (d.duty->bearer == key || std::find(d.duty->joint.begin(), d.duty->joint.end(), key) != d.duty->joint.end()) own.push_back(d);
    // The stamp is the day it was made for, so that an unchanged feed stays the same bytes.
    http::Response response =
        http::Response::text(icalendar(loaded, own, context.say(message("Deadlines: {office}", {{"office", bearer->name.in(lang(context))}})),
                                       "miteinander", base::berlin_start_of(context.day()), lang(context)));
    response.headers.set("Content-Type", "text/calendar; charset=utf-8");
    return response;
}

base::Result<http::Response> desk_page(db::Database& database, const http::Request&, const web::Context& context) {
    if (!context.actor.signed_in()) return base::error(base::ErrorKind::forbidden, "the desk is for those who are signed in");
    TRY(const auto loaded, load(database, context, Scope::all_plans));
    // An editor of a unit sees the unit's own work first.
    std::string own_office;
    for (const auto& b : loaded.judgement.bearers)
        if (context.actor.office != 0 && b.id.value == context.actor.office) own_office = b.key;
    TRY(const auto holdings, database.read([](db::Connection& c) { return network::holdings(c); }));
    const auto alarms = network::alarms_of(loaded.judgement.bearers, holdings, context.day());
    struct Group {
        base::Message title;
        std::function<bool(const Occurrence&)> holds;
    };
    const std::vector<Group> groups{
        {message("Overdue or missed"), [](const Occurrence& o) { return is_behind(o.state); }},
        {message("Due soon"), [](const Occurrence& o) { return o.state == State::due_soon; }},
        {message("At risk"), [](const Occurrence& o) { return !o.at_risk.empty() && !is_behind(o.state) && o.state != State::due_soon; }}};
    return web::page(context, {.title = message("Desk"), .lead = message("As of {day}", {{"day", context.format(context.day())}}), .index = false},
                     "duties/desk.tpl", [&](web::View& view) {
                         // Whoever steers sees every office that needs somebody, an editor the own one; before its duties are missed.
                         std::optional<web::View> offices;
                         for (const auto& alarm : alarms) {
                             if (!context.actor.steers() && alarm.office->key != own_office) continue;
                             if (!offices) offices = view.section("OFFICES");
                             auto row = offices->section("OFFICE");
                             row.set("NAME", alarm.office->name.in(lang(context)));
                             row.set("URL", "/stellen/" + alarm.office->key);
                             row.set("TEXT", network::sentence_of(alarm, context.format(alarm.on)));
                         }
                         int number = 0;
                         for (const auto& group : groups) {
                             auto section = view.section("GROUP");
                             section.set("TITLE", group.title);
                             section.set("ID", std::to_string(++number));
                             std::optional<web::View> rows;
                             for (const bool own : {true, false})
                                 for (const auto& j : loaded.judgement.judged)
                                     for (const auto& o : j.occurrences) {
                                         const bool mine = !own_office.empty() && j.duty->bearer == own_office;
                                         if (mine != own || !group.holds(o)) continue;
                                         if (!rows) rows = section.section("ANY");
                                         auto row = rows->section("ROW");
                                         row.set("URL", duty_url(*j.duty, context));
                                         row.set("TITLE", j.duty->title.in(lang(context)));
                                         row.set("CLAUSE", j.duty->clause);
                                         row.set("PERIOD", period_name(o.period).in(lang(context)));
                                         row.set("BEARER", loaded.bearer_name(j.duty->bearer, context));
                                         row.set("DUE", o.due_on ? context.format(*o.due_on) : "");
                                         row.set("STATE", web::state_chip(context, name_of(o.state)));
                                         row.set("MISSING", o.missing ? loaded.missing_text(*j.duty, *o.missing, context) : "");
                                         for (const auto& reason : o.at_risk) row.section("RISK").set("TEXT", sentence_of_risk(reason));
                                         if (context.actor.role >= identity::Role::unit_editor) {
                                             web::Url record("/nachweise/neu");
                                             record = record.with("art", j.duty->rule.evidence).with("pflicht", j.duty->key);
                                             if (j.duty->rule.period == Period::on_request)
                                                 record = record.with("gegenstand", o.period);
                                             else if (j.duty->rule.period != Period::standing && j.duty->rule.period != Period::once)
                                                 record = record.with("zeitraum", o.period);
                                             row.section("RECORD").set("RECORD_URL", record.str());
                                         }
                                     }
                             section.show_if("NONE", !rows);
                         }
                     });
}

}  // namespace duties
