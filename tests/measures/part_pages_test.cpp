#include "measures/part_store.h"

#include "evidence/store.h"
#include "tests/measures/pages_support.h"

using namespace measures;
using base::day;

namespace {
class PartPages : public MeasureSite {};
MITEINANDER_ON_BOTH_ENGINES(PartPages);
}  // namespace

TEST_P(PartPages, AResourceIsChangedAndBothChangesStay) {
    const auto page = propose();
    ASSERT_EQ(post(page + "/mittel", {{"art", "budget"}, {"haushaltsstelle", "3.1"}, {"jahr", "2020"}, {"geplant", "12.500,00"}}).status, 303);
    const auto edit = page + "/mittel/1/bearbeiten";
    EXPECT_TRUE(has(get(edit).body, "12500,00"));
    const std::vector<std::pair<std::string, std::string>> opened{
        {"vorher_art", "budget"},       {"vorher_haushaltsstelle", "3.1"}, {"vorher_quelle", ""}, {"vorher_jahr", "2020"},
        {"vorher_geplant", "12500,00"}, {"vorher_ausgegeben", ""},         {"vorher_anteil", ""}, {"vorher_projekt", ""},
        {"vorher_projekt_ende", ""},    {"vorher_beschreibung", ""}};
    const auto with = [&](std::vector<std::pair<std::string, std::string>> more) {
        std::vector<std::pair<std::string, std::string>> form{
            {"art", "budget"}, {"haushaltsstelle", "3.1"}, {"jahr", "2020"}, {"geplant", "12500,00"}};
        for (auto& [name, value] : form)
            for (const auto& [n, v] : more)
                if (n == name) value = v;
        for (const auto& each : more)
            if (std::none_of(form.begin(), form.end(), [&](const auto& f) { return f.first == each.first; })) form.push_back(each);
        form.insert(form.end(), opened.begin(), opened.end());
        return form;
    };
    EXPECT_EQ(post(edit, with({{"ausgegeben", "1.234,56"}})).status, 303);
    EXPECT_EQ(post(edit, with({{"quelle", "Land"}, {"ausgegeben", ""}})).status, 303) << "another field of the same resource";
    EXPECT_TRUE(has(get(page).body, "1.234,56\u00a0€"));
    EXPECT_TRUE(has(get(page).body, "3.1, Land"));
    const auto clash = post(edit, with({{"ausgegeben", "99,00"}}));
    EXPECT_EQ(clash.status, 409) << "both changed what was spent";
    EXPECT_TRUE(has(clash.body, "1234,56"));
    EXPECT_TRUE(has(clash.body, "99,00"));
    for (const auto* amount : {"viel", "1,234", "-5", "1.234,567"}) {
        const auto refused = post(edit, {{"geplant", amount}, {"vorher_geplant", "12500,00"}});
        EXPECT_EQ(refused.status, 422) << amount;
        EXPECT_TRUE(has(refused.body, amount)) << "nothing typed is lost";
    }
    as("jugend");
    EXPECT_EQ(get(edit).status, 404);
}

TEST_P(PartPages, AmountsAndYearsOnBothSidesOfTheirLimits) {
    const auto page = propose();  // of 2020
    const std::tuple<const char*, const char*, int> cases[] = {
        {"2020", "0,01", 303},           {"2020", "0", 422},     {"2020", "9999999999,99", 303},
        {"2020", "10000000000,00", 422}, {"2019", "1.234", 422}, {"2021", "1.234,56", 422},
        {"2020", "1234.56", 303},        {"20", "1", 422},       {"2020", "1.234,56", 303}};
    for (const auto& [year, amount, status] : cases)
        EXPECT_EQ(post(page + "/mittel", {{"art", "budget"}, {"haushaltsstelle", "3.1"}, {"jahr", year}, {"geplant", amount}}).status, status)
            << year << " " << amount;
    const std::pair<const char*, int> shares[] = {{"0,001", 303}, {"0", 422}, {"10", 303}, {"10,001", 422}, {"-1", 422}, {"halb", 422}};
    for (const auto& [share, status] : shares) EXPECT_EQ(post(page + "/mittel", {{"art", "post_share"}, {"anteil", share}}).status, status) << share;
}

TEST_P(PartPages, MilestonesAreChangedReachedAndWithdrawn) {
    const auto page = propose();
    ASSERT_EQ(post(page + "/meilensteine", {{"titel", "Auftakt"}, {"titel_en", "Kick-off"}, {"faellig", "01.03.2020"}}).status, 303);
    const auto edit = page + "/meilensteine/1/bearbeiten";
    EXPECT_TRUE(has(get(edit).body, "Kick-off"));
    EXPECT_EQ(post(edit, {{"titel", "Auftakt"}, {"faellig", "31.12.2020"}, {"vorher_faellig", "2020-03-01"}}).status, 303);
    for (const auto* outside : {"31.12.2019", "01.01.2021"})
        EXPECT_EQ(post(edit, {{"faellig", outside}, {"vorher_faellig", "2020-12-31"}}).status, 422) << outside;
    EXPECT_EQ(post(edit, {{"erreicht", "01.10.2020"}, {"vorher_erreicht", ""}}).status, 422) << "tomorrow";
    EXPECT_EQ(post(edit, {{"erreicht", "30.09.2020"}, {"vorher_erreicht", ""}}).status, 303) << "today";
    EXPECT_EQ(post(page + "/meilensteine/1", {}, http::Method::del).status, 303);
    EXPECT_FALSE(has(get(page).body, "Auftakt"));
}

TEST_P(PartPages, DependenciesCloseNoCircleAndTheHierarchyNone) {
    const auto first = propose(), second = propose(), third = propose();
    const auto key = [](const std::string& page) { return page.substr(page.rfind('/') + 1); };
    EXPECT_EQ(post(first + "/abhaengigkeiten", {{"massnahme", key(second)}}).status, 303);
    EXPECT_EQ(post(second + "/abhaengigkeiten", {{"massnahme", key(third)}}).status, 303);
    EXPECT_EQ(post(third + "/abhaengigkeiten", {{"massnahme", key(first)}}).status, 422);
    EXPECT_EQ(post(first + "/abhaengigkeiten", {{"massnahme", key(first)}}).status, 422);
    EXPECT_EQ(post(first + "/abhaengigkeiten", {{"massnahme", key(second)}}).status, 422) << "twice";
    EXPECT_EQ(post(first + "/abhaengigkeiten", {{"massnahme", "M-1"}}).status, 422);
    EXPECT_TRUE(has(get(third).body, "Darauf wartet"));
    EXPECT_EQ(post(second + "/abhaengigkeiten/" + key(third), {}, http::Method::del).status, 303);
    EXPECT_EQ(post(third + "/abhaengigkeiten", {{"massnahme", key(first)}}).status, 303) << "the circle is open again";

    auto form = full_form();
    form.emplace_back("gehoert_zu", key(first));
    EXPECT_EQ(post(second, form).status, 303);
    EXPECT_TRUE(has(get(first).body, "Besteht aus"));
    form.back().second = key(second);
    EXPECT_EQ(post(first, form).status, 422) << "a circle";
    EXPECT_EQ(post(second,
                   [&] {
                       auto own = form;
                       own[0].second = "2";
                       return own;
                   }())
                  .status,
              422)
        << "itself";
}

TEST_P(PartPages, WhatIsDiscussedStaysInside) {
    auto form = full_form();
    form.emplace_back("veroeffentlicht", "ja");
    const auto page = post("/massnahmen", form).headers.get("Location");
    EXPECT_EQ(post(page + "/notizen", {{"notiztext", "Nur unter uns."}, {"art", "intern"}}).status, 303);
    EXPECT_EQ(post(page + "/notizen", {{"notiztext", "Für alle."}, {"art", "oeffentlich"}}).status, 303);
    EXPECT_EQ(post(page + "/notizen", {{"notiztext", ""}, {"art", "intern"}}).status, 422);
    EXPECT_TRUE(has(get(page).body, "Nur unter uns."));
    as("");
    EXPECT_FALSE(has(get(page).body, "Nur unter uns."));
    EXPECT_TRUE(has(get(page).body, "Für alle."));
    as("officer", identity::Role::integration_officer);
    EXPECT_EQ(post(page + "/notizen/2", {}, http::Method::del).status, 303);
    as("");
    EXPECT_FALSE(has(get(page).body, "Für alle."));
}

TEST_P(PartPages, FilesAreInternalUntilPublished) {
    auto form = full_form();
    form.emplace_back("veroeffentlicht", "ja");
    const auto page = post("/massnahmen", form).headers.get("Location");
    EXPECT_EQ(upload(page + "/dateien", {{"titel", "Konzept"}}, "datei", "konzept.pdf", "%PDF-1.4 nur ein Muster").status, 303);
    EXPECT_EQ(upload(page + "/dateien", {{"titel", "Konzept"}}, "datei", "konzept.exe", "MZ").status, 422);
    EXPECT_EQ(post(page + "/dateien", {{"titel", "Ohne Datei"}}).status, 422);
    EXPECT_TRUE(has(get(page + "/dateien/1").body, "nur ein Muster"));
    as("");
    EXPECT_EQ(get(page + "/dateien/1").status, 404);
    EXPECT_FALSE(has(get(page).body, "Konzept</a>"));
    as("officer", identity::Role::integration_officer);
    EXPECT_EQ(post(page + "/dateien/1/veroeffentlichung", {}).status, 303);
    as("");
    EXPECT_EQ(get(page + "/dateien/1").status, 200);
    as("officer", identity::Role::integration_officer);
    EXPECT_EQ(post(page + "/dateien/1", {}, http::Method::del).status, 303);
    EXPECT_EQ(get(page + "/dateien/1").status, 404);
}

TEST_P(PartPages, EvidenceWithdrawnInTheLedgerNoLongerCounts) {
    follow_ledger();
    const auto page = propose();
    as("soziales");
    ASSERT_EQ(post(page + "/nachweise", {{"titel", "Eröffnet"}, {"tag", "01.09.2020"}}).status, 303);
    as("officer", identity::Role::integration_officer);
    ASSERT_EQ(post(page + "/mittel", {{"art", "budget"}, {"haushaltsstelle", "3.1"}, {"jahr", "2020"}, {"geplant", "1"}}).status, 303);
    // The officer sat at the unit's desk when it was handed in: the same person does not accept it.
    EXPECT_EQ(post(page + "/nachweise/1/anerkennung", {}).status, 422);
    somebody_else();
    ASSERT_EQ(post(page + "/nachweise/1/anerkennung", {}).status, 303);
    EXPECT_TRUE(has(get(page).body, "nachgewiesen"));
    const auto withdrawn = database().write([](db::Connection& c) -> base::Result<void> {
        TRY(const auto entry, evidence::find_by_key(c, "measure-M-2020-001-1"));
        return evidence::withdraw(c, entry->record.id, "falsch zugeordnet", {{}, base::berlin_start_of(day(2020, 9, 30))});
    });
    ASSERT_TRUE(withdrawn) << base::describe(withdrawn.error());
    EXPECT_TRUE(has(get(page).body, "zurückgezogen"));
    evidence::forget_listeners();
}

TEST_P(PartPages, TheRuleSetIsChangedByTheOfficerAndRemembered) {
    EXPECT_TRUE(has(get("/massnahmen/regeln").body, "Freigestellte"));
    const auto page = propose();
    EXPECT_EQ(post("/massnahmen/regeln", {{"freigestellt", "R5"}, {"freigestellt", "R7"}, {"beauftragte", "officer"}}).status, 303);
    EXPECT_TRUE(has(get(page).body, "hier freigestellt"));
    EXPECT_TRUE(has(get("/massnahmen/regeln").body, "R5, R7"));
    EXPECT_EQ(post("/massnahmen/regeln", {{"freigestellt", "R4"}}).status, 422) << "what makes a measure binding cannot be switched off";
    EXPECT_EQ(post("/massnahmen/regeln", {{"beauftragte", "soziales"}}).status, 422) << "a unit is no office";
    as("soziales");
    EXPECT_EQ(post("/massnahmen/regeln", {{"freigestellt", "R5"}}).status, 404);
    as("");
    EXPECT_EQ(get("/massnahmen/regeln").status, 200);
    EXPECT_FALSE(has(get("/massnahmen/regeln").body, "<select"));
}

TEST_P(PartPages, MeansByYearAndUnit) {
    const auto page = propose();
    ASSERT_EQ(
        post(page + "/mittel", {{"art", "budget"}, {"haushaltsstelle", "3.1"}, {"jahr", "2020"}, {"geplant", "1.000,00"}, {"ausgegeben", "400,00"}})
            .status,
        303);
    ASSERT_EQ(post(page + "/mittel", {{"art", "budget"}, {"haushaltsstelle", "3.2"}, {"jahr", "2020"}, {"geplant", "500,50"}}).status, 303);
    const auto means = get("/massnahmen/mittel").body;
    EXPECT_TRUE(has(means, "1.500,50\u00a0€"));
    EXPECT_TRUE(has(means, "1.100,50\u00a0€")) << "left";
    EXPECT_TRUE(has(get("/massnahmen/mittel.csv?jahr=2020").body, "Fachgebiet Soziales"));
    EXPECT_FALSE(has(get("/massnahmen/mittel.csv?jahr=2019").body, "Fachgebiet Soziales"));
    as("");
    EXPECT_FALSE(has(get("/massnahmen/mittel").body, "1.500,50")) << "of published measures only";
}

TEST_P(PartPages, ATargetIsComputedFromTheLedgerAndOpinionsKeepTheirText) {
    const std::vector<std::pair<std::string, std::string>> draft{
        {"titel", "Plätze"},   {"text", "Wenigstens zwölf Plätze."}, {"richtung", "at_least"}, {"wert", "12"},
        {"einheit", "Plätze"}, {"gezaehlt_ab", "01.01.2020"},        {"frist", "15.09.2020"},  {"nachweisart", "funding.places_secured"}};
    const auto page = post("/zielvorgaben", draft).headers.get("Location");
    const auto step = [&](std::vector<std::pair<std::string, std::string>> form) { return post(page + "/schritte", form); };
    for (const auto* party : {"district_council", "administration"})
        ASSERT_EQ(
            step({{"schritt", "anfragen"}, {"seite", party}, {"angefragt_am", "01.02.2020"}, {"antwort_bis", "01.03.2020"}, {"nachweis", "mail"}})
                .status,
            303);
    auto changed = draft;
    changed[1].second = "Wenigstens zwölf Plätze im Jahr.";
    ASSERT_EQ(post(page, changed).status, 303);
    ASSERT_EQ(step({{"schritt", "anfragen"},
                    {"seite", "administration"},
                    {"angefragt_am", "02.03.2020"},
                    {"antwort_bis", "02.04.2020"},
                    {"nachweis", "mail"}})
                  .status,
              303);
    // An answer to the first request: kept with a document, marked, and it does not count for the new text.
    EXPECT_EQ(upload(page + "/schritte", {{"schritt", "stellungnahme"}, {"anfrage", "2"}, {"eingegangen_am", "03.03.2020"}}, "dokument",
                     "stellungnahme.pdf", "%PDF-1.4 Muster")
                  .status,
              303);
    EXPECT_TRUE(has(get(page).body, "zu einem älteren Text"));
    EXPECT_TRUE(has(get(page).body, "keine Antwort nach nachgewiesener Anfrage")) << "the administration did not answer on the new text";
    EXPECT_TRUE(has(get(page + "/stellungnahmen/1/dokument").body, "Muster"));
    const auto refused = step({{"schritt", "reif"}});
    EXPECT_EQ(refused.status, 422);
    EXPECT_TRUE(has(refused.body, "Der Kreistag wurde zu einem älteren Text gefragt."));
    as("");
    EXPECT_EQ(get(page + "/stellungnahmen/1/dokument").status, 404);
    as("officer", identity::Role::integration_officer);
    for (const auto* party : {"district_council", "administration"}) {
        ASSERT_EQ(
            step({{"schritt", "anfragen"}, {"seite", party}, {"angefragt_am", "02.04.2020"}, {"antwort_bis", "01.05.2020"}, {"nachweis", "mail"}})
                .status,
            303);
        ASSERT_EQ(step({{"schritt", "stellungnahme"}, {"seite", party}, {"eingegangen_am", "20.04.2020"}, {"text", "Einverstanden."}}).status, 303);
    }
    ASSERT_EQ(step({{"schritt", "reif"}}).status, 303);
    ASSERT_EQ(
        step({{"schritt", "entscheiden"}, {"ergebnis", "beschlossen"}, {"tag", "02.05.2020"}, {"sitzung", "12."}, {"beschluss", "IB 4"}, {"ja", "9"}})
            .status,
        303);
    ASSERT_EQ(step({{"schritt", "inkraft"}, {"tag", "03.05.2020"}}).status, 303);
    const auto recorded = database().write([](db::Connection& c) -> base::Result<void> {
        for (const auto& [key, on, places] : {std::tuple{"e-1", day(2020, 1, 1), 7}, std::tuple{"e-2", day(2020, 9, 15), 5},
                                              std::tuple{"e-3", day(2020, 9, 16), 9}, std::tuple{"e-4", day(2019, 12, 31), 9}}) {
            evidence::Entry entry;
            entry.record.key = key;
            entry.record.kind = "funding.places_secured";
            entry.record.occurred_on = on;
            entry.record.quantity = Quantity::of(places);
            TRY_VOID(evidence::record(c, entry, {{}, base::berlin_start_of(day(2020, 9, 30))}));
        }
        return {};
    });
    ASSERT_TRUE(recorded) << base::describe(recorded.error());
    EXPECT_TRUE(has(get(page).body, "12 Plätze, aus 2 Einträgen"));
    ASSERT_EQ(step({{"schritt", "ergebnis"}, {"wert", "99"}}).status, 303) << "what is typed beside the data is not taken";
    const auto done = get(page).body;
    EXPECT_TRUE(has(done, "erreicht"));
    EXPECT_TRUE(has(done, "/nachweise/e-1"));
    EXPECT_TRUE(has(done, "/nachweise/e-2"));
    EXPECT_FALSE(has(done, "/nachweise/e-3")) << "after its day";
    EXPECT_FALSE(has(done, "/nachweise/e-4")) << "before counting began";
}

TEST_P(PartPages, TwoPeopleChangeTheSameMeasureWithItsMeansAndMilestones) {
    const auto page = propose();
    ASSERT_EQ(post(page + "/mittel", {{"art", "budget"}, {"haushaltsstelle", "3.1"}, {"jahr", "2020"}, {"geplant", "12.500,00"}}).status, 303);
    ASSERT_EQ(post(page + "/meilensteine", {{"titel", "Auftakt"}, {"faellig", "01.03.2020"}}).status, 303);
    EXPECT_TRUE(has(get(page + "/bearbeiten").body, "mittel-1-geplant"));
    // As the form sends it: every field, what stood there beside it, days as people write them.
    const auto form = [](const std::vector<std::pair<std::string, std::string>>& changes) {
        auto out = full_form();
        const std::vector<std::pair<std::string, std::string>> parts{
            {"mittel-1-art", "budget"},         {"mittel-1-haushaltsstelle", "3.1"}, {"mittel-1-quelle", ""},
            {"mittel-1-jahr", "2020"},          {"mittel-1-geplant", "12500,00"},    {"mittel-1-ausgegeben", ""},
            {"meilenstein-1-titel", "Auftakt"}, {"meilenstein-1-titel_en", ""},      {"meilenstein-1-faellig", "01.03.2020"},
            {"meilenstein-1-erreicht", ""}};
        for (const auto& [name, value] : parts) {
            out.emplace_back("vorher_" + name, value == "01.03.2020" ? "2020-03-01" : value);
            out.emplace_back(name, value);
        }
        for (const auto& [name, value] : changes)
            for (auto& field : out)
                if (field.first == name) field.second = value;
        return out;
    };
    ASSERT_EQ(post(page, form({{"titel", "Beratung in vier Sprachen"},
                               {"ende", "30.11.2020"},
                               {"mittel-1-ausgegeben", "100,00"},
                               {"meilenstein-1-faellig", "15.03.2020"}}))
                  .status,
              303);
    EXPECT_TRUE(has(get(page).body, "15.03.2020"));
    // The second opened the form before that: another field of the same resource, the same field of the milestone, and the title.
    const auto clash =
        post(page, form({{"titel", "Beratung in fünf Sprachen"}, {"mittel-1-quelle", "Land"}, {"meilenstein-1-faellig", "20.03.2020"}}));
    EXPECT_EQ(clash.status, 409);
    for (const auto* text :
         {"Beratung in vier Sprachen", "Beratung in fünf Sprachen", "15.03.2020", "20.03.2020", "value=\"100,00\"", "value=\"Land\"", "Auftakt: "})
        EXPECT_TRUE(has(clash.body, text)) << text;
    EXPECT_TRUE(has(clash.body, "30.11.2020")) << "the end only the first moved is taken over";
    EXPECT_FALSE(has(get(page).body, "fünf")) << "nothing is saved before somebody decided";
    // What the merge page shows is sent again, with what stands there now beside it.
    auto decided = form({{"titel", "Beratung in fünf Sprachen"},
                         {"ende", "30.11.2020"},
                         {"version", "2"},
                         {"vorher_mittel-1-ausgegeben", "100,00"},
                         {"mittel-1-ausgegeben", "100,00"},
                         {"mittel-1-quelle", "Land"},
                         {"vorher_meilenstein-1-faellig", "2020-03-15"},
                         {"meilenstein-1-faellig", "20.03.2020"}});
    EXPECT_EQ(post(page, decided).status, 303);
    const auto shown = get(page).body;
    for (const auto* text : {"Beratung in fünf Sprachen", "20.03.2020", "3.1, Land", "100,00"}) EXPECT_TRUE(has(shown, text)) << text;
    // Withdrawn by one while the other writes: what was written stays to be read.
    ASSERT_EQ(post(page + "/mittel/1", {}, http::Method::del).status, 303);
    auto late = form({{"version", "3"},
                      {"titel", "Beratung in fünf Sprachen"},
                      {"ende", "30.11.2020"},
                      {"meilenstein-1-faellig", "20.03.2020"},
                      {"vorher_meilenstein-1-faellig", "2020-03-20"},
                      {"mittel-1-ausgegeben", "777,00"}});
    const auto gone = post(page, late);
    EXPECT_EQ(gone.status, 409);
    EXPECT_TRUE(has(gone.body, "777,00"));
    // A mistake in a part is shown at its field, and nothing else is saved.
    const auto wrong = post(page, form({{"version", "3"},
                                        {"titel", "Sechs"},
                                        {"ende", "30.11.2020"},
                                        {"vorher_meilenstein-1-faellig", "2020-03-20"},
                                        {"meilenstein-1-faellig", "31.12.2020"}}));
    EXPECT_EQ(wrong.status, 422) << "the milestone lies after the end";
    EXPECT_TRUE(has(wrong.body, "31.12.2020"));
    EXPECT_FALSE(has(get(page).body, "Sechs"));
}
