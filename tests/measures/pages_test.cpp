#include "tests/measures/pages_support.h"

using namespace measures;
using base::day;

namespace {
class MeasurePages : public MeasureSite {};
MITEINANDER_ON_BOTH_ENGINES(MeasurePages);
}  // namespace

TEST_P(MeasurePages, FromAStatementToAVerifiedMeasure) {
    const auto page = propose();
    EXPECT_EQ(page, "/massnahmen/M-2020-001");
    EXPECT_EQ(post(page + "/schritte", {{"schritt", "clarify"}}).status, 303);
    const auto refused = post(page + "/schritte", {{"schritt", "agree"}});
    EXPECT_EQ(refused.status, 422);
    EXPECT_TRUE(has(refused.body, "Es sind keine Mittel ausgewiesen."));
    EXPECT_EQ(post(page + "/mittel", {{"art", "budget"}, {"haushaltsstelle", "3.1"}, {"jahr", "2020"}, {"geplant", "viel"}}).status, 422);
    EXPECT_EQ(post(page + "/mittel", {{"art", "budget"}, {"haushaltsstelle", "3.1"}, {"jahr", "2020"}, {"geplant", "12.500,00"}}).status, 303);
    EXPECT_TRUE(has(get(page).body, "12.500,00\u00a0€"));
    EXPECT_EQ(post(page + "/schritte", {{"schritt", "agree"}}).status, 303);
    EXPECT_EQ(post(page + "/schritte", {{"schritt", "start"}}).status, 303);
    as("soziales");
    EXPECT_EQ(post(page + "/nachweise", {{"titel", "Beratung eröffnet"}, {"tag", "01.09.2020"}}).status, 303);
    EXPECT_FALSE(has(get(page).body, "/anerkennung")) << "nobody accepts their own evidence";
    EXPECT_EQ(post(page + "/nachweise/1/anerkennung", {}).status, 422);
    EXPECT_EQ(post(page + "/schritte", {{"schritt", "submit"}}).status, 303);
    EXPECT_EQ(post(page + "/schritte", {{"schritt", "fulfil"}}).status, 403);
    as("officer", identity::Role::integration_officer);
    somebody_else();
    EXPECT_TRUE(has(get(page).body, "/nachweise/1/anerkennung"));
    EXPECT_EQ(post(page + "/nachweise/1/anerkennung", {}).status, 303);
    EXPECT_TRUE(has(get(page).body, "nachgewiesen"));
    const auto entry = database().read([](db::Connection& c) { return evidence::find_by_key(c, "measure-M-2020-001-1"); });
    ASSERT_TRUE(entry && *entry) << "accepted evidence stands in the ledger";
    EXPECT_EQ((*entry)->record.organisation, "soziales");
    EXPECT_EQ(post(page + "/schritte", {{"schritt", "fulfil"}}).status, 303);
    EXPECT_EQ(post(page + "/schritte", {{"schritt", "start"}}).status, 409);
}

TEST_P(MeasurePages, AFormWithMistakesComesBackWithEverythingTyped) {
    auto form = full_form();
    form[1].second = "";
    form[6].second = "30.06.2019";
    const auto response = post("/massnahmen", form);
    EXPECT_EQ(response.status, 422);
    EXPECT_TRUE(has(response.body, "Geben Sie einen Titel ein."));
    EXPECT_TRUE(has(response.body, "Das Ende liegt vor dem Beginn."));
    EXPECT_TRUE(has(response.body, "Gibt es die Beratung?"));
}

TEST_P(MeasurePages, TheGradeIsComputedWhileTheFormIsFilled) {
    auto form = full_form();
    const auto live = post("/massnahmen/stufe", form);
    EXPECT_EQ(live.status, 200);
    EXPECT_TRUE(has(live.body, "zugewiesen"));
    EXPECT_TRUE(has(live.body, "R4"));
    form[4].second = "verein";
    EXPECT_TRUE(has(post("/massnahmen/stufe", form).body, "Jemand außerhalb des Landkreises"));
}

TEST_P(MeasurePages, WhoComesSecondSeesBothVersions) {
    const auto page = propose();
    auto first = full_form(), second = full_form();
    first[1].second = "Beratung in vier Sprachen";
    second[1].second = "Beratung in fünf Sprachen";
    second.emplace_back("beschreibung", "Neu beschrieben.");
    EXPECT_EQ(post(page, first).status, 303);
    const auto clash = post(page, second);
    EXPECT_EQ(clash.status, 409);
    for (const auto* part :
         {"Beratung in drei Sprachen", "Beratung in vier Sprachen", "Beratung in fünf Sprachen", "Neu beschrieben.", "name=\"version\" value=\"2\""})
        EXPECT_TRUE(has(clash.body, part)) << part;
    second[0].second = "2";
    EXPECT_EQ(post(page, second).status, 303);
    EXPECT_TRUE(has(get(page).body, "Beratung in fünf Sprachen"));
}

TEST_P(MeasurePages, ThePublicSeesWhatIsPublishedAndNoNotes) {
    auto form = full_form();
    form.emplace_back("notiz", "nur für uns");
    const auto page = post("/massnahmen", form).headers.get("Location");
    as("");
    EXPECT_EQ(get(page).status, 404);
    EXPECT_FALSE(has(get("/massnahmen").body, "M-2020-001"));
    EXPECT_FALSE(has(get("/massnahmen.csv").body, "M-2020-001"));
    as("officer", identity::Role::integration_officer);
    form.emplace_back("veroeffentlicht", "ja");
    EXPECT_EQ(post(page, form).status, 303);
    EXPECT_TRUE(has(get("/massnahmen.csv").body, "nur für uns"));
    as("");
    const auto seen = get(page);
    EXPECT_EQ(seen.status, 200);
    EXPECT_TRUE(has(seen.body, "Fachgebiet Soziales"));
    EXPECT_FALSE(has(seen.body, "nur für uns"));
    EXPECT_FALSE(has(seen.body, "/schritte"));
    EXPECT_TRUE(has(get("/massnahmen.csv").body, "M-2020-001"));
    EXPECT_FALSE(has(get("/massnahmen.csv").body, "nur für uns"));
    EXPECT_EQ(get("/massnahmen/neu").status, 404);
    EXPECT_EQ(post(page + "/mittel", {{"art", "in_kind"}, {"beschreibung", "Raum"}}).status, 404);
}

TEST_P(MeasurePages, AUnitWorksOnItsOwnOnly) {
    const auto page = propose();
    as("jugend");
    EXPECT_EQ(get(page + "/bearbeiten").status, 404);
    EXPECT_EQ(post(page + "/berichte", {{"text", "Läuft."}, {"einschaetzung", "on_track"}}).status, 404);
    EXPECT_EQ(post("/massnahmen", full_form()).status, 422);
    as("soziales");
    EXPECT_EQ(post(page + "/berichte", {{"text", "Läuft."}, {"einschaetzung", "on_track"}}).status, 303);
    EXPECT_TRUE(has(get(page).body, "Läuft."));
    evidence::Search reports;
    reports.kind = "measures.status_reported";
    reports.published_only = false;
    EXPECT_EQ(database().read([&](db::Connection& c) { return evidence::search(c, reports); })->total, 1) << "a report is evidence";
    EXPECT_EQ(post(page + "/schritte", {{"schritt", "clarify"}}).status, 403);
}

TEST_P(MeasurePages, ListsWithFiltersInTheAddress) {
    propose();
    const auto all = get("/massnahmen?suche=drei&zustand=proposed&stelle=soziales&ziffer=5.1&sortierung=ende&richtung=ab&seite=1");
    EXPECT_EQ(all.status, 200);
    EXPECT_TRUE(has(all.body, "M-2020-001"));
    EXPECT_TRUE(has(all.body, "aria-sort=\"descending\""));
    EXPECT_FALSE(has(get("/massnahmen?ziffer=5.2").body, "M-2020-001"));
    EXPECT_FALSE(has(get("/massnahmen?ueberfaellig=ja").body, "M-2020-001"));
    EXPECT_TRUE(has(get("/massnahmen?stand=2021-01-01&ueberfaellig=ja").body, "M-2020-001"));
    EXPECT_TRUE(has(get("/massnahmen?seite=2").body, "Keine Maßnahme passt."));
    EXPECT_EQ(get("/massnahmen?seite=99999999999999&zustand=nichts&art=%27").status, 200);
}

TEST_P(MeasurePages, BoardAndTimelineShowWhatTheListHas) {
    propose();
    auto undated = full_form();
    undated[1].second = "Ohne Termin";
    undated[5].second = undated[6].second = "";
    EXPECT_EQ(post("/massnahmen", undated).status, 303);
    const auto board = get("/massnahmen/tafel");
    EXPECT_EQ(board.status, 200);
    EXPECT_TRUE(has(board.body, "vorgeschlagen (2)"));
    const auto timeline = get("/massnahmen/zeitplan");
    EXPECT_TRUE(has(timeline.body, "<svg"));
    EXPECT_TRUE(has(timeline.body, "<table")) << "the same as a table";
    EXPECT_TRUE(has(timeline.body, "Ohne Termin"));
    EXPECT_TRUE(has(get("/massnahmen/zeitplan?zeitraum=2020-Q4").body, "M-2020-001"));
    EXPECT_FALSE(has(get("/massnahmen/zeitplan?zeitraum=2021").body, "M-2020-001"));
    EXPECT_EQ(get("/massnahmen/zeitplan?zeitraum=2020-Q9").status, 200);
    as("");
    EXPECT_FALSE(has(get("/massnahmen/tafel").body, "M-2020-001"));
    EXPECT_FALSE(has(get("/massnahmen/zeitplan").body, "M-2020-001"));
}

TEST_P(MeasurePages, ATargetsWholeLife) {
    const auto made = post("/zielvorgaben", {{"titel", "Plätze"},
                                             {"text", "Wenigstens zwölf Plätze."},
                                             {"richtung", "at_least"},
                                             {"wert", "12"},
                                             {"einheit", "Plätze"},
                                             {"gezaehlt_ab", "01.01.2020"},
                                             {"frist", "15.09.2020"}});
    ASSERT_EQ(made.status, 303) << made.body;
    const auto page = made.headers.get("Location");
    const auto step = [&](std::vector<std::pair<std::string, std::string>> form) { return post(page + "/schritte", form); };
    EXPECT_EQ(step({{"schritt", "anfragen"},
                    {"seite", "district_council"},
                    {"angefragt_am", "01.02.2020"},
                    {"antwort_bis", "01.03.2020"},
                    {"nachweis", "mail-7"}})
                  .status,
              303);
    const auto refused = step({{"schritt", "reif"}});
    EXPECT_EQ(refused.status, 422);
    EXPECT_TRUE(has(refused.body, "Die Verwaltung wurde nicht um Stellungnahme gebeten."));
    EXPECT_EQ(step({{"schritt", "anfragen"}, {"seite", "administration"}, {"angefragt_am", "01.02.2020"}, {"antwort_bis", "01.03.2020"}}).status,
              303);
    EXPECT_TRUE(has(step({{"schritt", "reif"}}).body, "nicht nachgewiesen"));
    EXPECT_EQ(step({{"schritt", "stellungnahme"}, {"seite", "administration"}, {"eingegangen_am", "05.03.2020"}, {"text", "Einverstanden."}}).status,
              303);
    EXPECT_TRUE(has(get(page).body, "nach der Frist"));
    EXPECT_EQ(step({{"schritt", "reif"}}).status, 303);
    EXPECT_EQ(get(page + "/bearbeiten").status, 200);
    EXPECT_EQ(step({{"schritt", "entscheiden"},
                    {"ergebnis", "beschlossen"},
                    {"tag", "02.04.2020"},
                    {"sitzung", "12."},
                    {"beschluss", "IB 4"},
                    {"ja", "9"},
                    {"nein", "1"}})
                  .status,
              303);
    EXPECT_EQ(step({{"schritt", "entscheiden"},
                    {"ergebnis", "beschlossen"},
                    {"tag", "02.04.2020"},
                    {"sitzung", "12."},
                    {"beschluss", "IB 4"},
                    {"ja", "9"},
                    {"nein", "1"}})
                  .status,
              409)
        << "not twice";
    EXPECT_EQ(step({{"schritt", "inkraft"}, {"tag", "03.04.2020"}}).status, 303);
    as("");
    EXPECT_EQ(get(page).status, 404);
    as("officer", identity::Role::integration_officer);
    EXPECT_EQ(step({{"schritt", "veroeffentlichen"}}).status, 303);
    EXPECT_EQ(step({{"schritt", "ergebnis"}, {"wert", "11"}}).status, 303);
    EXPECT_EQ(step({{"schritt", "uebersteuern"}, {"ergebnis", "partly"}, {"grund", ""}}).status, 422);
    EXPECT_EQ(step({{"schritt", "uebersteuern"}, {"ergebnis", "partly"}, {"grund", "Ein Platz fiel weg."}}).status, 303);
    as("");
    const auto seen = get(page);
    EXPECT_EQ(seen.status, 200);
    EXPECT_TRUE(has(seen.body, "Ein Platz fiel weg."));
    EXPECT_TRUE(has(get("/zielvorgaben").body, "Übersteuert; errechnet war: nicht erfüllt")) << "wherever the outcome is shown";
    EXPECT_TRUE(has(get("/massnahmen/aenderungen").body, "das errechnete Ergebnis wurde übersteuert"));
    EXPECT_FALSE(has(seen.body, "mail-7"));
    EXPECT_FALSE(has(seen.body, "/schritte"));
    EXPECT_EQ(step({{"schritt", "reif"}}).status, 404);
}
