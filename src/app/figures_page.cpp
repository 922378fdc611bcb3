#include "app/figures_page.h"

#include "dataset/api.h"
#include "evidence/api.h"
#include "plan/api.h"
#include "platform/web/page.h"
#include "platform/web/table.h"

namespace app {
namespace {

using base::message;

std::string number(const std::string& value, i18n::Language language) {
    const auto amount = evidence::Quantity::parse(value);
    if (!amount) return value;
    return amount->thousandths % 1000 == 0 ? i18n::format_number(language, amount->thousandths / 1000) : amount->text(i18n::code(language));
}

base::Result<http::Response> figures_page(db::Database& database, const web::Context& context) {
    TRY(auto plans, database.read([](db::Connection& c) { return plan::plans(c); }));
    if (!context.actor.signed_in()) std::erase_if(plans, [](const plan::PlanView& p) { return !p.published; });
    const auto wanted = context.query.get("plan");
    const auto language = i18n::code(context.language);
    std::vector<web::Crumb> crumbs{{message("State of implementation"), "/umsetzung"}};
    web::Html content;
    bool remarks = false, any = false;
    for (const auto& p : plans) {
        if (!wanted.empty() && p.key != wanted) continue;
        TRY(const auto figures, database.read([&](db::Connection& c) { return dataset::key_figures(c, p.key); }));
        if (figures.empty()) continue;
        any = true;
        web::Table table(context, p.title.in(language),
                         {{.key = "kennzahl", .title = message("Key figure"), .heading = true},
                          {.key = "zeitraum", .title = message("Period"), .nowrap = true},
                          {.key = "wert", .title = message("Value"), .numeric = true},
                          {.key = "quelle", .title = message("Source")},
                          {.key = "anmerkung", .title = message("Does it fit?")}});
        for (const auto& f : figures) {
            std::string remark = f.note.in(language);
            if (!f.comes_out.empty()) {
                remarks = true;
                const auto said =
                    context.say(message("From the other figures {value} comes out.", {{"value", number(f.comes_out, context.language)}}));
                remark += (remark.empty() ? "" : " ") + said;
            }
            auto title = f.title.in(language);
            if (!f.definition.empty()) title += " – " + f.definition.in(language);
            const auto unit = f.unit.in(language);
            const auto value =
                f.value.empty() ? context.say(message("no figure exists")) : number(f.value, context.language) + (unit.empty() ? "" : " " + unit);
            const auto source = f.source.in(language);
            table.row({web::Cell(title), web::Cell(f.period), web::Cell(value),
                       web::Cell(context.say(message("Clause {number}", {{"number", f.clause}})) + (source.empty() ? "" : ", " + source)),
                       web::Cell(remark)});
        }
        content += table.html();
    }
    if (!any)
        content += web::Html::trusted("<p>") + web::Html::text(context.say(message("No key figures are stated here."))) + web::Html::trusted("</p>");
    return web::page(context,
                     {.title = message("Key figures"),
                      .lead = remarks ? message("As the concept states them. Where figures contradict each other, both stand here.")
                                      : message("As the concept states them."),
                      .crumbs = std::move(crumbs)},
                     content);
}

}  // namespace

void mount_figures(http::Router& router, web::Site& site, db::Database& database) {
    router.get("/kennzahlen", site.kept_page("/kennzahlen", [&database](const http::Request&, const web::Context& context) {
        return figures_page(database, context);
    }));
}

}  // namespace app
