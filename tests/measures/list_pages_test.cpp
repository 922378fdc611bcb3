// Filters people keep, changing several measures at once, and reading a list in: through requests.
#include "measures/saved_filters.h"
#include "tests/measures/pages_support.h"

using namespace measures;
using base::day;

namespace {
class ListPages : public MeasureSite {
  protected:
    std::int64_t count(const char* table) {
        return database()
            .read([&](db::Connection& c) {
                return c.query_one<std::int64_t>(std::string("select count(*) as n from ") + table, {},
                                                 [](const db::Row& row) { return row.int64("n"); });
            })
            ->value_or(-1);
    }
    std::string value_of(const std::string& body, const std::string& name) {
        const auto at = body.find("name=\"" + name + "\" value=\"");
        if (at == std::string::npos) return {};
        const auto from = at + name.size() + 15;
        return body.substr(from, body.find('"', from) - from);
    }
    Measure measure(const std::string& key) {
        return database().read([&](db::Connection& c) { return find(c, key); })->measure;
    }
    std::string read_in(const std::string& csv) { return upload("/massnahmen/einlesen", {}, "datei", "liste.csv", csv).headers.get("Location"); }
};
MITEINANDER_ON_BOTH_ENGINES(ListPages);

using Form = std::vector<std::pair<std::string, std::string>>;
Form with(Form form, const Form& more) {
    form.insert(form.end(), more.begin(), more.end());
    return form;
}
}  // namespace

TEST(FilterQuery, KeepsOnlyWhatFilters) {
    EXPECT_EQ(filter_query(std::string_view("zustand=agreed&stelle=&seite=3&_csrf=x&ziffer=5.1&<script>=1")), "zustand=agreed&ziffer=5.1");
    EXPECT_EQ(filter_query(std::string_view("stelle=a\"b&suche=%C3%84mter")), "suche=%C3%84mter");
    http::Fields query;
    query.add("suche", "Ämter & Co");
    query.add("zustand", "agreed");
    query.add("zustand", "under_way");
    query.add("seite", "2");
    EXPECT_EQ(filter_query(std::string_view(filter_query(query))), filter_query(query));
}

TEST_P(ListPages, KeepFiltersByNameAndStartWithOne) {
    propose();
    EXPECT_EQ(post("/massnahmen/filter", {{"name", "Unsere"}, {"anfrage", "stelle=soziales&seite=2"}}).headers.get("Location"),
              "/massnahmen?stelle=soziales");
    EXPECT_EQ(post("/massnahmen/filter", {{"name", ""}, {"anfrage", "stelle=soziales"}}).status, 422);
    EXPECT_EQ(post("/massnahmen/filter", {{"name", std::string(81, 'x')}, {"anfrage", ""}}).status, 422);
    EXPECT_TRUE(has(get("/massnahmen").body, "Unsere")) << "no default yet";
    EXPECT_EQ(post("/massnahmen/filter", {{"name", "Unsere"}, {"anfrage", "stelle=jugend"}, {"standard", "ja"}, {"ansicht", "/massnahmen/tafel"}})
                  .headers.get("Location"),
              "/massnahmen/tafel?stelle=jugend");
    EXPECT_EQ(count("measure_filters"), 1) << "the same name is the same filter";
    for (const auto* view : {"/massnahmen", "/massnahmen/tafel", "/massnahmen/zeitplan"}) {
        EXPECT_EQ(get(view).headers.get("Location"), std::string(view) + "?stelle=jugend");
        EXPECT_EQ(get(std::string(view) + "?alle=ja").status, 200);
        EXPECT_EQ(get(std::string(view) + "?stelle=").status, 200) << "the emptied form asks for all";
    }
    EXPECT_EQ(get("/massnahmen/zeitplan?zeitraum=2020-Q3").headers.get("Location"), "/massnahmen/zeitplan?zeitraum=2020-Q3&stelle=jugend");
    EXPECT_FALSE(has(get("/massnahmen?stelle=jugend").body, "Beratung in drei Sprachen"));
    EXPECT_TRUE(has(get("/massnahmen/tafel?stelle=soziales").body, "Beratung in drei Sprachen"));
    EXPECT_FALSE(has(get("/massnahmen/tafel?stelle=jugend").body, "Beratung in drei Sprachen"));
    EXPECT_FALSE(has(get("/massnahmen/zeitplan?zustand=fulfilled").body, "Beratung in drei Sprachen"));

    somebody_else();
    EXPECT_EQ(get("/massnahmen").status, 200) << "another account's default";
    EXPECT_FALSE(has(get("/massnahmen").body, "Unsere"));
    EXPECT_EQ(post("/massnahmen/filter/1", {}, http::Method::del).status, 404);
    EXPECT_EQ(post("/massnahmen/filter/1/standard", {}).status, 404);
    as("officer", identity::Role::integration_officer);
    EXPECT_EQ(post("/massnahmen/filter/1/standard", {}).status, 303);
    EXPECT_EQ(get("/massnahmen").status, 200) << "no longer the default";
    EXPECT_EQ(post("/massnahmen/filter/1", {}, http::Method::del).status, 303);
    EXPECT_EQ(count("measure_filters"), 0);
}

TEST_P(ListPages, ShowEveryMeasureBeforeAndAfterAndEveryRefusal) {
    const auto first = propose();
    propose();
    ASSERT_EQ(post(first + "/mittel", {{"art", "budget"}, {"haushaltsstelle", "3.1"}, {"jahr", "2020"}, {"geplant", "12.500,00"}}).status, 303);
    EXPECT_TRUE(has(get("/massnahmen").body, "name=\"auswahl\""));
    const Form chosen{{"auswahl", "M-2020-001"}, {"auswahl", "M-2020-002"}};
    EXPECT_TRUE(has(get("/massnahmen/sammelbearbeitung?auswahl=M-2020-001&auswahl=M-2020-002").body, "M-2020-002"));
    const auto empty = post("/massnahmen/sammelbearbeitung/vorschau", with(chosen, {{"neu_beginn", "31.02.2020"}, {"grund", "Weil es so ist."}}));
    EXPECT_EQ(empty.status, 422);
    EXPECT_TRUE(has(empty.body, "31.02.2020"));
    EXPECT_TRUE(has(empty.body, "Weil es so ist.")) << "nothing typed is lost";

    const auto clarify = with(chosen, {{"schritt", "clarify"}, {"neu_berichtsabstand", "90"}, {"mitwirkende_dazu", "jugend"}});
    auto preview = post("/massnahmen/sammelbearbeitung/vorschau", clarify);
    EXPECT_EQ(preview.status, 200) << preview.body;
    EXPECT_TRUE(has(preview.body, "<del>180</del>"));
    EXPECT_TRUE(has(preview.body, "Fachgebiet Jugend"));
    EXPECT_EQ(measure("M-2020-001").state, State::proposed) << "a preview changes nothing";
    EXPECT_EQ(post("/massnahmen/sammelbearbeitung", with(clarify, {{"siegel", value_of(preview.body, "siegel")}})).status, 303);
    EXPECT_EQ(measure("M-2020-001").state, State::in_clarification);
    EXPECT_EQ(measure("M-2020-002").report_interval_days, 90);
    EXPECT_EQ(measure("M-2020-002").coworkers, std::vector<std::string>{"jugend"});

    // The second has no means: it is refused by R4, the first goes on.
    const auto agree = with(chosen, {{"schritt", "agree"}});
    preview = post("/massnahmen/sammelbearbeitung/vorschau", agree);
    EXPECT_TRUE(has(preview.body, "<strong>R4</strong>"));
    EXPECT_EQ(post("/massnahmen/sammelbearbeitung", with(agree, {{"siegel", value_of(preview.body, "siegel")}})).status, 303);
    EXPECT_EQ(measure("M-2020-001").state, State::agreed);
    EXPECT_EQ(measure("M-2020-002").state, State::in_clarification);
}

TEST_P(ListPages, ChangeAllTheFilterFindsButNothingNobodySaw) {
    propose(), propose();
    auto jugend = full_form();
    for (auto& [name, value] : jugend)
        if (name == "verantwortlich") value = "jugend";
    ASSERT_EQ(post("/massnahmen", jugend).status, 303);
    const Form change{{"alle", "ja"}, {"stelle", "soziales"}, {"verschieben", "1"}};
    const auto preview = post("/massnahmen/sammelbearbeitung/vorschau", change);
    EXPECT_FALSE(has(preview.body, "M-2020-003"));
    const auto seal = value_of(preview.body, "siegel");
    auto edited = full_form();
    edited.emplace_back("notiz", "inzwischen");
    ASSERT_EQ(post("/massnahmen/M-2020-002", edited).status, 303);
    const auto moved = post("/massnahmen/sammelbearbeitung", with(change, {{"siegel", seal}}));
    EXPECT_EQ(moved.status, 409) << "somebody changed one in between";
    EXPECT_EQ(measure("M-2020-001").schedule.ends_on, day(2020, 12, 31));
    EXPECT_EQ(post("/massnahmen/sammelbearbeitung", with(change, {{"siegel", value_of(moved.body, "siegel")}})).headers.get("Location"),
              "/massnahmen?stelle=soziales");
    EXPECT_EQ(measure("M-2020-001").schedule.ends_on, day(2021, 1, 31));
    EXPECT_EQ(measure("M-2020-003").schedule.ends_on, day(2020, 12, 31));
}

TEST_P(ListPages, LetAUnitChangeItsOwnOnly) {
    propose();
    as("jugend");
    const Form change{{"auswahl", "M-2020-001"}, {"neu_berichtsabstand", "30"}};
    const auto preview = post("/massnahmen/sammelbearbeitung/vorschau", change);
    EXPECT_TRUE(has(preview.body, "gehört einer anderen Stelle"));
    EXPECT_FALSE(has(preview.body, "name=\"siegel\"")) << "there is nothing to apply";
    as("soziales");
    EXPECT_TRUE(has(post("/massnahmen/sammelbearbeitung/vorschau", change).body, "name=\"siegel\""));
    as("");
    EXPECT_EQ(get("/massnahmen/sammelbearbeitung").status, 404);
    EXPECT_FALSE(has(get("/massnahmen").body, "name=\"auswahl\""));
}

TEST_P(ListPages, ReadAnExcelListIn) {
    EXPECT_EQ(get("/massnahmen/einlesen").status, 200);
    EXPECT_EQ(post("/massnahmen/einlesen", {}).status, 422) << "no file";
    // Amounts as people write them; one is none. All mistakes at once, each with its cell.
    const auto wrong = read_in(
        "Bezeichnung;Ende;Kosten;Haushaltsstelle;Zuständig\n"
        "Kurs;31.12.2020;1.234,56;3.1;Fachgebiet Soziales\n"
        "Treff;30.02.2020;abc;3.1;Amt für Träume\n");
    ASSERT_FALSE(wrong.empty());
    const auto preview = get(wrong).body;
    for (const auto* cell : {"B3", "C3", "E3"}) EXPECT_TRUE(has(preview, cell)) << cell;
    EXPECT_TRUE(has(preview, "Das ist kein Betrag"));
    EXPECT_FALSE(has(preview, "Geben Sie den Betrag an")) << "one mistake is told once";
    EXPECT_EQ(post(wrong + "/uebernahme", {}).status, 422);
    EXPECT_EQ(count("measures"), 0);
    // The column is a remark after all, the office is left out: the choice is remembered, the wrong day remains.
    EXPECT_EQ(post(wrong, {{"spalte-2", "notiz"}, {"spalte-4", ""}}).status, 303);
    const auto again = get(wrong).body;
    EXPECT_TRUE(has(again, "B3"));
    EXPECT_FALSE(has(again, "C3"));
    const auto next = read_in(
        "Bezeichnung;Ende;Kosten;Haushaltsstelle;Zuständig\n"
        "Kurs;31.12.2020;etwa 500;3.1;Amt für Träume\n");
    EXPECT_FALSE(has(get(next).body, "Das ist kein Betrag")) << "the mapping is remembered";
    EXPECT_EQ(post(next + "/uebernahme", {}).status, 303);
    EXPECT_TRUE(has(measure("M-2020-001").internal_note, "etwa 500"));
    EXPECT_TRUE(has(measure("M-2020-001").internal_note, "Haushaltsstelle 3.1")) << "a line without an amount is a remark, too";
    somebody_else();
    EXPECT_EQ(get(wrong).status, 404) << "somebody else's file";
    as("soziales");
    EXPECT_EQ(get("/massnahmen/einlesen").status, 404);
}

TEST_P(ListPages, KeepAmountsWithAndWithoutABudgetLine) {
    const auto page = read_in(
        "Titel;Beginn;Ende;Kosten;Haushaltsstelle\n"
        "A;01.01.2020;31.12.2020;1.234,56;3.1\n"
        "B;01.01.2020;31.12.2020;1234.56;3.1\n"
        "C;01.01.2020;31.12.2020;–;\n");
    EXPECT_EQ(post(page + "/uebernahme", {}).status, 303) << get(page).body;
    for (const auto* key : {"M-2020-001", "M-2020-002"}) {
        ASSERT_EQ(measure(key).resources.size(), 1u) << key;
        EXPECT_EQ(measure(key).resources[0].planned, base::Cents{123456});
        EXPECT_EQ(measure(key).resources[0].year, 2020) << "the measure lies within one year";
    }
    EXPECT_TRUE(measure("M-2020-003").resources.empty());
    const auto bare = read_in("Titel;Kosten;Mittelherkunft\nD;1.234,56;Land\n");
    EXPECT_EQ(post(bare + "/uebernahme", {}).status, 303) << get(bare).body;
    EXPECT_EQ(measure("M-2020-004").internal_note, "Kosten: 1.234,56 €, Land") << "without a budget line it is a remark";
    const auto abc = read_in("Titel;Kosten\nE;abc\n");
    EXPECT_TRUE(has(get(abc).body, "B2")) << "and what is no amount is told all the same";
    // Means a list brings for a measure that is there are added once.
    const std::string more = "Nummer;Titel;Kosten;Haushaltsstelle;Haushaltsjahr\nM-2020-003;C;80;3.2;2020\n";
    EXPECT_EQ(post(read_in(more) + "/uebernahme", {}).status, 303);
    EXPECT_EQ(measure("M-2020-003").resources.size(), 1u);
    EXPECT_EQ(post(read_in(more) + "/uebernahme", {}).status, 303);
    EXPECT_EQ(measure("M-2020-003").resources.size(), 1u);
}

TEST_P(ListPages, LeaveRowsAloneWhoseStatementIsGone) {
    propose();
    const auto gone = database().write([](db::Connection& c) -> base::Result<void> {
        TRY_VOID(c.execute("update measure_statements set statement = '5.9-z'"));
        return {};
    });
    ASSERT_TRUE(gone);
    const std::string head = "Nummer;Titel;Aussagen des Konzepts\n";
    const auto same = read_in(head + "M-2020-001;Beratung in drei Sprachen;2018:5.9-z\n");
    EXPECT_FALSE(has(get(same).body, "C2"));
    const auto other = read_in(head + "M-2020-001;Beratung in drei Sprachen;2018:5.8-z\n");
    EXPECT_TRUE(has(get(other).body, "C2")) << "one it never rested on is a mistake";
    const auto fresh = read_in(head + ";Neu;2018:5.9-z\n");
    EXPECT_TRUE(has(get(fresh).body, "C2")) << "and so it is for a new measure";
}

TEST_P(ListPages, ProposeAMeasureAgainWithItsMeans) {
    const auto page = propose();
    ASSERT_EQ(
        post(page + "/mittel", {{"art", "budget"}, {"haushaltsstelle", "3.1"}, {"jahr", "2020"}, {"geplant", "12.500,00"}, {"ausgegeben", "80"}})
            .status,
        303);
    ASSERT_EQ(post(page + "/meilensteine", {{"titel", "Auftakt"}, {"faellig", "01.03.2020"}}).status, 303);
    const auto form = get("/massnahmen/neu?kopie=M-2020-001").body;
    EXPECT_TRUE(has(form, "Beratung in drei Sprachen"));
    EXPECT_TRUE(has(form, "name=\"mit_mitteln\""));
    auto next = full_form();
    for (auto& [name, value] : next) {
        if (name == "beginn") value = "01.01.2021";
        if (name == "ende") value = "31.12.2021";
    }
    const auto copied_to = post("/massnahmen", with(next, {{"kopie", "M-2020-001"}, {"mit_mitteln", "ja"}})).headers.get("Location");
    const auto copy = measure("M-2021-001");
    EXPECT_EQ(copied_to, "/massnahmen/M-2021-001");
    ASSERT_EQ(copy.resources.size(), 1u);
    EXPECT_EQ(copy.resources[0].year, 2021);
    EXPECT_FALSE(copy.resources[0].spent);
    ASSERT_EQ(copy.milestones.size(), 1u);
    EXPECT_EQ(copy.milestones[0].due_on, day(2021, 3, 1));
    EXPECT_EQ(measure("M-2020-001").resources.size(), 1u) << "the old one stays as it is";
    EXPECT_EQ(get("/massnahmen/neu?kopie=M-1").status, 404);
}

TEST_P(ListPages, TakeAYearOver) {
    propose(), propose();
    auto permanent = full_form();
    for (auto& [name, value] : permanent) {
        if (name == "art") value = "permanent";
        if (name == "rhythmus") value = "yearly";
        if (name == "ende") value = "";
    }
    ASSERT_EQ(post("/massnahmen", permanent).status, 303);
    const auto page = get("/massnahmen/uebernehmen?von=2020&nach=2021").body;
    EXPECT_TRUE(has(page, "M-2020-001"));
    EXPECT_TRUE(has(page, "01.01.2021 – 31.12.2021"));
    EXPECT_TRUE(has(page, "abgelaufen")) << "the concept ends with 2020";
    EXPECT_FALSE(has(page, "M-2020-003")) << "what goes on needs no copy";
    const Form years{{"von", "2020"}, {"nach", "2021"}};
    EXPECT_EQ(post("/massnahmen/uebernehmen", years).status, 422) << "none chosen";
    EXPECT_EQ(post("/massnahmen/uebernehmen", {{"von", "2020"}, {"nach", "2020"}, {"auswahl", "M-2020-001"}}).status, 422);
    EXPECT_EQ(post("/massnahmen/uebernehmen", {{"von", "2020"}, {"nach", "2031"}, {"auswahl", "M-2020-001"}}).status, 422);
    EXPECT_EQ(count("measures"), 3);
    EXPECT_EQ(post("/massnahmen/uebernehmen", with(years, {{"auswahl", "M-2020-001"}, {"auswahl", "M-2020-002"}})).status, 303);
    EXPECT_EQ(measure("M-2021-002").schedule.ends_on, day(2021, 12, 31));
    EXPECT_TRUE(has(get("/massnahmen/uebernehmen?von=2020&nach=2021").body, "gibt es sie schon"));
    as("soziales");
    EXPECT_EQ(get("/massnahmen/uebernehmen").status, 404);
    EXPECT_EQ(post("/massnahmen/uebernehmen", with(years, {{"auswahl", "M-2020-001"}})).status, 404);
}

TEST_P(ListPages, KeepTemplatesAndFillThem) {
    EXPECT_EQ(post("/massnahmen/vorlagen", {{"name", ""}, {"titel", ""}, {"beschreibung", "bleibt stehen"}}).status, 422);
    EXPECT_TRUE(has(post("/massnahmen/vorlagen", {{"name", ""}, {"titel", ""}, {"beschreibung", "bleibt stehen"}}).body, "bleibt stehen"));
    ASSERT_EQ(
        post("/massnahmen/vorlagen", {{"name", "Fest"}, {"titel", "Fest in {ort} {jahr}"}, {"aussagen", "2018:5.1-a"}, {"ende", "31.10.{jahr}"}})
            .status,
        303);
    EXPECT_TRUE(has(get("/massnahmen/vorlagen").body, "Fest in {ort} {jahr}"));
    const auto places = get("/massnahmen/vorlagen/1/verwenden").body;
    EXPECT_TRUE(has(places, "platz_ort"));
    EXPECT_TRUE(has(places, "value=\"2020\"")) << "this year stands there already";
    const auto form = get("/massnahmen/neu?vorlage=1&platz_ort=Ellrich&platz_jahr=2021").body;
    EXPECT_TRUE(has(form, "Fest in Ellrich 2021"));
    EXPECT_TRUE(has(form, "31.10.2021"));
    ASSERT_EQ(post("/massnahmen/vorlagen/1", {{"name", "Fest"}, {"titel", "Feier {jahr}"}}).status, 303);
    EXPECT_TRUE(has(get("/massnahmen/vorlagen").body, "Feier {jahr}"));
    propose();
    EXPECT_TRUE(has(get("/massnahmen/vorlagen/neu?von=M-2020-001").body, "31.12.{jahr}"));
    as("soziales");
    EXPECT_EQ(get("/massnahmen/vorlagen").status, 200);
    EXPECT_EQ(get("/massnahmen/vorlagen/1").status, 404);
    EXPECT_TRUE(has(get("/massnahmen/neu?vorlage=1&platz_jahr=2021").body, "Feier 2021"));
    as("officer", identity::Role::integration_officer);
    EXPECT_EQ(post("/massnahmen/vorlagen/1", {}, http::Method::del).status, 303);
    EXPECT_EQ(get("/massnahmen/vorlagen/1").status, 404);
    EXPECT_EQ(get("/massnahmen/neu?vorlage=1").status, 404);
}

TEST_P(ListPages, ShowHowEverythingHangsTogether) {
    auto form = full_form();
    form.emplace_back("veroeffentlicht", "ja");
    const auto page = post("/massnahmen", form).headers.get("Location");
    ASSERT_EQ(post(page + "/nachweise", {{"titel", "Beratung eröffnet"}, {"tag", "01.09.2020"}}).status, 303);
    const auto whole = get("/massnahmen/netz");
    EXPECT_EQ(whole.status, 200);
    EXPECT_TRUE(has(whole.body, "/massnahmen/netz?ziffer=5.1"));
    EXPECT_TRUE(has(whole.body, "Nachweise: 1, davon anerkannt: 0"));
    EXPECT_TRUE(has(get("/massnahmen/netz?ziffer=9.9").body, "Keine Maßnahme"));
    as("");
    EXPECT_TRUE(has(get("/massnahmen/netz").body, "M-2020-001"));
    EXPECT_FALSE(has(get("/massnahmen/netz").body, "anerkannt: 0")) << "what nobody accepted stays inside";
}

TEST_P(ListPages, FilterByAClauseOfTheNewestConcept) {
    propose();
    const auto older = database().write([](db::Connection& c) -> base::Result<void> {
        TRY_VOID(c.execute(
            "insert into plans (key, title_de, state, valid_from, valid_until, published, created_at) values ('2012', 'Plan', 'adopted', :a, :b, :yes, :now)",
            {{"a", day(2012, 1, 1)}, {"b", day(2017, 12, 31)}, {"yes", true}, {"now", base::berlin_start_of(day(2018, 1, 1))}}));
        return {};
    });
    ASSERT_TRUE(older);
    for (const auto* clause : {"5.1", "5"}) EXPECT_TRUE(has(get(std::string("/massnahmen?ziffer=") + clause).body, "M-2020-001")) << clause;
    for (const auto* clause : {"5.2", "1", "5.1.1"}) EXPECT_FALSE(has(get(std::string("/massnahmen?ziffer=") + clause).body, "M-2020-001")) << clause;
}
