#include "duties/desk.h"
#include "duties/sentence.h"
#include "platform/i18n/translate.h"
#include "platform/web/chip.h"
#include "platform/web/page.h"
#include "platform/web/url.h"

namespace duties {
namespace {

using base::message;

base::Message title_of(Pile pile) {
    switch (pile) {
        case Pile::overdue: return message("Overdue");
        case Pile::due_soon: return message("Due soon");
        case Pile::missed_this_year: return message("Missed this year");
        case Pile::at_risk: return message("At risk");
        case Pile::missed_before: return message("Missed in past years");
    }
    return message("Overdue");
}

std::string record_url(const Duty& duty, const Occurrence& o) {
    auto out = web::Url("/nachweise/neu").with("art", duty.rule.evidence).with("pflicht", duty.key);
    if (duty.rule.period == Period::on_request)
        out = out.with("gegenstand", o.period);
    else if (duty.rule.period != Period::standing && duty.rule.period != Period::once)
        out = out.with("zeitraum", o.period);
    return out.str();
}

void fill_row(web::View row, const web::Context& context, const Loaded& loaded, const DeskRow& r) {
    const auto language = i18n::code(context.language);
    const auto& duty = *r.duty;
    const auto& o = *r.occurrence;
    row.set("URL", duty_url(duty, context));
    row.set("TITLE", duty.title.in(language));
    row.set("CLAUSE", duty.clause);
    row.set("PERIOD", loaded.period_text(duty, o.period, context));
    row.set("BEARER", loaded.bearer_name(duty.bearer, context));
    row.set("DUE", o.due_on ? context.format(*o.due_on) : "");
    row.set("STATE", web::state_chip(context, name_of(o.state)));
    row.set("MISSING", o.missing ? loaded.missing_text(duty, *o.missing, context) : "");
    for (const auto& reason : o.at_risk) row.section("RISK").set("TEXT", sentence_of_risk(reason));
    if (context.actor.role >= identity::Role::unit_editor) row.section("RECORD").set("RECORD_URL", record_url(duty, o));
}

}  // namespace

base::Result<http::Response> desk_page(db::Database& database, const http::Request&, const web::Context& context) {
    if (!context.actor.signed_in()) return base::error(base::ErrorKind::forbidden, "the desk is for those who are signed in");
    TRY(auto loaded, load(database, context, Scope::all_plans));
    // An editor of a unit sees the unit's own work first.
    std::string own_office;
    for (const auto& b : loaded.judgement.bearers)
        if (context.actor.office != 0 && b.id.value == context.actor.office) own_office = b.key;
    std::map<Pile, std::vector<DeskRow>> rows_in;
    std::vector<Shown> shown;
    for (const auto pile : piles) {
        rows_in[pile] = rows_of(pile, loaded.judgement.judged, own_office, context.day());
        for (const auto& row : rows_in[pile]) shown.push_back({row.duty, row.occurrence});
    }
    TRY_VOID(name_shown(database, context, loaded, shown));
    TRY(const auto holdings, database.read([](db::Connection& c) { return network::holdings(c); }));
    const auto alarms = network::alarms_of(loaded.judgement.bearers, holdings, context.day());
    return web::page(context, {.title = message("Desk"), .lead = message("As of {day}", {{"day", context.format(context.day())}}), .index = false},
                     "duties/desk.tpl", [&](web::View& view) {
                         // Whoever steers sees every office that needs somebody, an editor the own one; before its duties are missed.
                         std::optional<web::View> offices;
                         for (const auto& alarm : alarms) {
                             if (!context.actor.steers() && alarm.office->key != own_office) continue;
                             if (!offices) offices = view.section("OFFICES");
                             auto row = offices->section("OFFICE");
                             row.set("NAME", alarm.office->name.in(i18n::code(context.language)));
                             row.set("URL", "/stellen/" + alarm.office->key);
                             row.set("TEXT", network::sentence_of(alarm, context.format(alarm.on)));
                         }
                         int number = 0;
                         for (const auto pile : piles) {
                             const auto& rows = rows_in[pile];
                             auto section = view.section("GROUP");
                             section.set("TITLE", title_of(pile));
                             section.set("ID", std::to_string(++number));
                             section.show_if("NONE", rows.empty());
                             if (rows.empty()) continue;
                             auto any = section.section("ANY");
                             if (pile == Pile::missed_before && rows.size() > past_rows_shown) {
                                 any.section("FOLD").set("SUMMARY",
                                                         i18n::plural("Show {n} period", "Show {n} periods", static_cast<int>(rows.size())));
                                 any.show("FOLD_END");
                             }
                             for (const auto& row : rows) fill_row(any.section("ROW"), context, loaded, row);
                         }
                     });
}

}  // namespace duties
