#include "platform/web/chart.h"
#include "platform/web/chip.h"
#include "platform/web/filter.h"
#include "platform/web/form.h"
#include "platform/web/table.h"
#include "tests/platform/web/support/site.h"

namespace web_test {
namespace {

using web::Html;

// Texts of the gallery are data here, not sentences of the product.
std::string text(const char* german) { return german; }

Html panel(const std::string& title, const Html& content) {
    return Html::trusted("<section class=\"app-panel\"><h2>" + web::escape(title) + "</h2>") + content + Html::trusted("</section>");
}

Html overview(const web::Context& context) {
    const auto figure = [](const char* css, const char* label, const char* value, const char* note) {
        return std::string("<li class=\"app-kpi app-kpi--") + css + "\"><p class=\"app-kpi__l\">" + label + "</p><p class=\"app-kpi__v\">" + value +
               "</p><p class=\"app-kpi__d\">" + note + "</p></li>";
    };
    const auto leaf = [&](const char* number, const char* title, const char* state) {
        return "<li><div class=\"app-tree__leaf\"><span><span class=\"app-clause\">" + std::string(number) + "</span>" +
               web::link("/galerie/liste", title).str() + "</span>" + web::state_chip(context, state).str() + "</div></li>";
    };
    auto out =
        Html::trusted("<ul class=\"app-kpis\">" + figure("ok", "Pflichten erfüllt", "27", "von 45 (60 %)") +
                      figure("run", "bald fällig", "6", "in den nächsten 30 Tagen") + figure("bad", "nicht erfüllt", "4", "1 mehr als im Vormonat") +
                      figure("warn", "überfällig", "3", "in der Nachfrist") + "</ul><div class=\"app-cols\">");
    out += panel(
        "Gliederung",
        Html::trusted(
            "<ul class=\"app-tree\"><li><details open><summary><span><span class=\"app-clause\">1</span>Sprache und Bildung</span><span class=\"app-sum\">3/5</span></summary><ul>" +
            leaf("1.1", "Kurse in allen Gemeinden anbieten", "fulfilled") + leaf("1.2", "Kinderbetreuung während der Kurse", "fulfilled_late") +
            leaf("1.3", "Angebote im Verzeichnis bestätigen", "due_soon") + leaf("1.4", "Lehrkräfte jährlich fortbilden", "overdue") +
            leaf("1.5", "Bericht an den Ausschuss", "breached") +
            "</ul></details></li><li><details open><summary><span><span class=\"app-clause\">2</span>Arbeit und Ausbildung, Anerkennung von Berufsabschlüssen</span><span class=\"app-sum\">1/6</span></summary><ul>" +
            leaf("2.1", "Beratung zur Anerkennung", "open") + leaf("2.2", "Werkstattgespräche mit Betrieben", "behind_assumption") +
            leaf("2.3", "Praktika vermitteln", "waived") + leaf("2.4", "Messe der Berufe", "term_ended") +
            leaf("2.5", "Zuschüsse auf Antrag", "not_applicable") + leaf("2.6", "Fortschreibung", "not_yet_due") + "</ul></details></li></ul>"));
    const std::vector<std::string> states{"fulfilled", "fulfilled_late", "open", "due_soon", "overdue", "breached"};
    web::StackedBars bars{text("Stand nach Kapiteln"), text("Kapitel"), web::state_keys(states), {}};
    bars.rows = {{"Sprache und Bildung", "/galerie/liste", {9, 2, 3, 1, 1, 1}},
                 {"Arbeit und Ausbildung", "", {5, 0, 4, 2, 0, 1}},
                 {"Gleichberechtigte gesellschaftliche Teilhabe", "", {2, 1, 0, 0, 0, 0}},
                 {"Wohnen", "", {0, 0, 0, 0, 0, 0}}};
    out += Html::trusted("<div>") + panel("Kapitel", web::chart(context, bars));

    web::Timeline timeline{
        text("Alle Zeiträume der Pflicht"), text("Pflicht"), base::day(2018, 1, 1), base::day(2020, 12, 31), base::day(2020, 9, 30), {}};
    const auto year = [](int y, const char* state) { return web::Timeline::Period{base::day(y, 1, 1), base::day(y, 12, 31), state, {}, {}, {}}; };
    timeline.rows = {{"Jahresbericht", "/galerie", {year(2018, "fulfilled_late"), year(2019, "fulfilled"), year(2020, "due_soon")}},
                     {"Plätze in Kursen", "", {year(2018, "fulfilled"), year(2019, "breached"), year(2020, "open")}},
                     {"Angebote aktuell",
                      "",
                      {{base::day(2018, 7, 1), base::day(2019, 3, 31), "fulfilled", {}, {}, {}},
                       {base::day(2019, 4, 1), base::day(2019, 6, 15), "overdue", {}, {}, {}},
                       {base::day(2019, 6, 16), base::day(2020, 12, 31), "fulfilled", {}, {}, {}}}}};
    out += panel("Zeiträume", web::chart(context, timeline));
    web::LineChart lines{text("Geförderte Plätze"),
                         text("Plätze"),
                         {"2015", "2016", "2017", "2018", "2019", "2020"},
                         {{"Plätze", {8, 14, std::nullopt, 12, 9, 10}}},
                         12.0,
                         0,
                         true};
    out += panel("Verlauf", web::chart(context, lines));
    web::GroupedBars grouped{text("Teilnehmende nach Kursart"),
                             std::string(),
                             {"Alphabetisierung", "A1–A2", "B1", "Beruf"},
                             {{"2018", {24, 61, 40, 12}}, {"2019", {31, 55, 48, 9}}},
                             0};
    out += panel("Vergleich", web::chart(context, grouped));
    web::LineChart two{text("Anteile"),
                       text("%"),
                       {"Jan", "Feb", "Mär", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez"},
                       {{"Kurse", {1.5, 1.8, 2.0, 2.2, 1.9, 1.2, 1.0, 1.1, 1.6, 2.4, 2.6, 2.8}},
                        {"Beratung", {0.5, 0.6, 0.9, 1.0, 1.4, 1.6, 1.5, 1.2, 1.0, 0.8, 0.9, 1.1}}},
                       std::nullopt,
                       1,
                       false};
    out += panel("Zwei Reihen", web::chart(context, two));
    out += panel("Fortschritt", web::progress(context, text("Plätze 2019"), 9, 12, "bad") + Html::trusted("<p>") +
                                    web::sparkline(context, text("Steigend von 3 auf 11"), {3, 4, 4, 7, 9, 11}) + Html::trusted(" ") +
                                    web::chip(context, web::ChipTone::warning, text("Annahme")) + Html::trusted(" ") +
                                    web::chip(context, web::ChipTone::info, text("Entwurf")) + Html::trusted(" ") +
                                    web::chip(context, web::ChipTone::success, text("veröffentlicht")) + Html::trusted("</p>"));
    return out + Html::trusted("</div></div>");
}

Html form(const web::Context& context, const http::Fields* typed, const base::Error* refused) {
    web::Form form(context, {.action = "/galerie/formular", .submit = text("Speichern"), .cancel_url = "/galerie"});
    if (typed) form.typed(*typed);
    if (refused) form.error(*refused);
    form.text("titel", text("Titel"), {.value = "Bericht an den Ausschuss"})
        .textarea(
            "ziel", text("Was ist zu tun?"),
            {.value = "Einmal im Jahr,\nbis zum 31. Dezember.", .hint = text("Woran ist zu erkennen, dass es getan ist? Höchstens 1.000 Zeichen.")})
        .row()
        .select("stelle", text("Zuständige Stelle"), {{"", text("Bitte wählen")}, {"1", text("Bauamt")}, {"2", text("Stabsstelle Integration")}},
                {.value = "2"})
        .select("ziffer", text("Ziffer"),
                {{"11", text("1.1 Kurse"), std::string(), "1 Sprache"},
                 {"12", text("1.2 Betreuung"), std::string(), "1 Sprache"},
                 {"21", text("2.1 Beratung"), std::string(), "2 Arbeit"}},
                {.optional = true})
        .end_row()
        .row()
        .date("frist", text("Frist"), base::day(2020, 12, 31))
        .number("anzahl", text("Mindestens"), {.value = "12", .hint = text("Plätze im Jahr")})
        .end_row()
        .radios("herkunft", text("Woher stammt die Zahl?"),
                {{"wording", text("aus dem Wortlaut")},
                 {"resolution", text("aus einem Beschluss"), text("Nummer und Tag angeben")},
                 {"assumption", text("Annahme, nicht im Konzept")}},
                {.value = "wording"})
        .checkboxes("zg", text("Zielgruppen"), {{"1", text("Familien")}, {"2", text("Jugendliche")}, {"3", text("Ehrenamtliche")}}, {"1"},
                    {.optional = true})
        .group(text("Nachweis"))
        .file("datei", text("Datei"), {.hint = text("PDF oder Bild, höchstens 20 MB"), .optional = true, .accept = ".pdf,.png,.jpg"})
        .checkbox("oeffentlich", text("Öffentlich zeigen"), false,
                  {.hint = text("Der öffentliche Titel und der Tag erscheinen sofort auf der Seite.")})
        .end_group()
        .button("aktion", "entwurf", text("Als Entwurf sichern"));
    return Html::trusted("<div class=\"app-cols app-cols--form\"><div>") + form.summary() +
           panel("Angaben", form.open() + form.fields() + form.close()) + Html::trusted("</div><aside aria-label=\"Umfeld\">") +
           panel("Auf einen Blick", Html::trusted("<dl class=\"app-meta\"><dt>Stand</dt><dd>" + web::state_chip(context, "due_soon").str() +
                                                  "</dd><dt>Beschluss</dt><dd>2018/117</dd><dt>Geändert</dt><dd>18.11.2020, 14:32 Uhr</dd></dl>")) +
           panel(
               "Verlauf",
               Html::trusted(
                   "<ol class=\"app-log\"><li><time datetime=\"2020-11-18\">18.11.2020</time>Frist geändert</li><li><time datetime=\"2020-03-01\">01.03.2020</time>Angelegt</li></ol>")) +
           panel("Löschen", web::button_form(context, "/galerie/formular", text("Zurückziehen"), "DELETE", true)) + Html::trusted("</aside></div>");
}

web::Table list(const web::Context& context) {
    web::Table table(context, text("Pflichten und Fristen"),
                     {{.key = "pflicht", .title = text("Pflicht"), .sortable = true, .heading = true},
                      {.key = "ziffer", .title = text("Ziffer"), .sortable = true, .nowrap = true},
                      {.key = "frist", .title = text("Frist"), .sortable = true, .nowrap = true},
                      {.key = "stelle", .title = text("Zuständig"), .sortable = true},
                      {.key = "menge", .title = text("Menge"), .numeric = true, .sortable = true},
                      {.key = "stand", .title = text("Stand"), .sortable = true}});
    const char* states[] = {"breached",          "overdue", "due_soon",   "open",           "fulfilled",  "fulfilled_late",
                            "behind_assumption", "waived",  "term_ended", "not_applicable", "not_yet_due"};
    for (int i = 0; i < 60; ++i)
        table.row({web::Cell::link("/galerie/formular", i % 3 ? "Sitzung des Beirats einberufen" : "Änderungsvorschläge im Ausschuss beraten"),
                   std::string("5.4.1." + std::to_string(i + 1)),
                   web::Cell::day(context.language, i % 7 ? std::optional(base::plus_days(base::day(2020, 1, 31), i * 11)) : std::nullopt),
                   text(i % 2 ? "Stabsstelle Integration" : "Büro des Landrats"), web::Cell::number(context.language, 1234 - i * 50),
                   web::Cell::state(context.language, states[i % 11])});
    return table;
}

}  // namespace

void mount_gallery(http::Router& router, web::Site& site) {
    site.add({base::message("Start"), "/galerie", identity::Role::anonymous, 10, {}});
    site.add({base::message("Save"), "/galerie/formular", identity::Role::anonymous, 20, {}});
    router.get("/galerie", site.page([](const http::Request&, const web::Context& context) -> base::Result<http::Response> {
        return web::page(
            context,
            {.title = text("Umsetzungsstand"),
             .lead = text("Stand: 30. September 2020 · beschlossen am 14. Mai 2018"),
             .crumbs = {{text("Konzept"), "/galerie"}},
             .actions = {{text("Bericht"), "/galerie/liste", false, "download"}, {text("Neue Pflicht"), "/galerie/formular", true, "add"}}},
            overview(context));
    }));
    router.get("/galerie/formular", site.page([](const http::Request&, const web::Context& context) -> base::Result<http::Response> {
        return web::page(context, {.title = text("Pflicht bearbeiten"), .crumbs = {{text("Konzept"), "/galerie"}}}, form(context, nullptr, nullptr));
    }));
    router.post("/galerie/formular", site.page([](const http::Request& request, const web::Context& context) -> base::Result<http::Response> {
        const base::Error refused{base::ErrorKind::invalid_input,
                                  {},
                                  {{"titel", base::message("Please fill in this field."), 0},
                                   {"frist", base::message("Please enter a day."), 0},
                                   {"stelle", base::message("Please choose one."), 0},
                                   {"herkunft", base::message("Please choose one."), 0},
                                   {"datei", base::message("Please choose one."), 0}},
                                  {}};
        return web::page(context, {.title = text("Pflicht bearbeiten"), .crumbs = {{text("Konzept"), "/galerie"}}, .status = 422},
                         form(context, &request.form, &refused));
    }));
    router.get("/galerie/liste", site.page([](const http::Request&, const web::Context& context) -> base::Result<http::Response> {
        web::Filter filter(context);
        filter.select("stelle", text("Stelle"), {{"1", text("Büro des Landrats")}, {"2", text("Stabsstelle Integration")}})
            .select("zustand", text("Stand"), {{"open", text("offen")}, {"overdue", text("überfällig")}})
            .search("suche", text("Suche"));
        return web::page(context, {.title = text("Pflichten"), .crumbs = {{text("Konzept"), "/galerie"}}},
                         panel("Liste", filter.html() + list(context).sorted_as_asked("frist").in_pages(20).html() +
                                            web::exports(context, {{text("CSV"), "/galerie/liste.csv"}, {text("Kalender"), "/galerie/liste.ics"}})));
    }));
    router.get("/galerie/liste.csv", site.page([](const http::Request&, const web::Context& context) -> base::Result<http::Response> {
        return web::download(list(context).csv(), "text/csv; charset=utf-8", "pflichten.csv");
    }));
    router.get("/galerie/leer", site.page([](const http::Request&, const web::Context& context) -> base::Result<http::Response> {
        return web::page(context, {.title = text("Leere Liste")},
                         panel("Liste", web::Table(context, text("Leer"), {{.key = "a", .title = text("A")}}).html()));
    }));
}

}  // namespace web_test
