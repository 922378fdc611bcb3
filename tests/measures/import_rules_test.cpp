#include "measures/import_rules.h"

#include <gtest/gtest.h>

#include "measures/list_words.h"

namespace measures {
namespace {

using base::day;

struct List {
    sheets::Workbook book;
    sheets::Table table;
    const sheets::Sheet& sheet() const { return book.sheets[table.sheet]; }
};
List list_of(const std::string& csv) {
    List out{*sheets::read(csv), {}};
    out.table = *sheets::table_of(out.book);
    return out;
}
Known district() {
    Known out;
    out.offices = {{"soziales", "Fachgebiet Soziales", "FG Soziales"},
                   {"jugend", "Fachgebiet Jugend, Familie", ""},
                   {"a", "Zwilling", ""},
                   {"b", "Zwilling", ""}};
    out.plan = "2018";
    out.statements = {{"2018", "5.1-a"}, {"2018", "5.1-b"}, {"2018", "5.1.2-a"}, {"2012", "3-a"}};
    out.choices = words_of_choices();
    out.titles = {{"sprachkurs am abend", "M-2018-004"}};
    out.keys = {"M-2018-004"};
    return out;
}
ListReading reading_of(const std::string& csv) {
    const auto list = list_of(csv);
    return read_rows(list.sheet(), list.table, proposed_mapping(list.table, list.sheet()), district());
}
std::vector<std::string> told(const ListReading& reading) {
    std::vector<std::string> out;
    for (const auto& mistake : reading.mistakes) out.push_back(mistake.field + " " + base::in_english(mistake.message));
    return out;
}

TEST(ImportMapping, IsProposedFromTheHeadingsPeopleUse) {
    const auto list =
        list_of("Lfd. Nr.;Maßnahme;Zuständigkeit;Beteiligte;Laufzeit;Kosten;Status;Ziffer;Farbe;\n1;Kurs;FG Soziales;x;2018;5;läuft;5.1;rot;\n");
    EXPECT_EQ(proposed_mapping(list.table, list.sheet()),
              (Mapping{"", "titel", "verantwortlich", "mitwirkende", "zeitraum", "mittel_betrag", "notiz", "aussagen", "notiz", ""}));
    const auto ours = list_of("Nummer;Titel;Zustand;Art\nM-2018-001;Kurs;vereinbart;Einzelmaßnahme\n");
    EXPECT_EQ(proposed_mapping(ours.table, ours.sheet()), (Mapping{"kennung", "titel", "", "art"}));
    const auto means = list_of("Titel;Kosten;Haushaltsstelle;Haushaltsjahr\nKurs;1.200,00;3.1;2018\n");
    EXPECT_EQ(proposed_mapping(means.table, means.sheet()), (Mapping{"titel", "mittel_betrag", "mittel_haushaltsstelle", "mittel_jahr"}));
}

TEST(ImportMapping, IsRememberedAsText) {
    const Mapping mapping{"titel", "", "notiz"};
    EXPECT_EQ(mapping_of(to_text(mapping), 3), mapping);
    EXPECT_EQ(mapping_of("titel|zustand|unfug|", 4), (Mapping{"titel", "", "", ""}));
}

TEST(ImportMapping, NeedsATitleAndEachFieldOnce) {
    const auto list = list_of("A;B;C\n1;2;3\n");
    EXPECT_TRUE(mistakes_in(Mapping{"titel", "notiz", "notiz"}, list.table).empty());
    EXPECT_EQ(mistakes_in(Mapping{"titel", "ende", "ende"}, list.table).at(0).field, "spalte-2");
    EXPECT_EQ(mistakes_in(Mapping{"", "ende", ""}, list.table).size(), 1u);
}

TEST(ImportPeriods, AreReadAsPeopleWriteThem) {
    const struct {
        const char* text;
        std::optional<FoundPeriod> period;
    } cases[] = {{"2018", FoundPeriod{day(2018, 1, 1), day(2018, 12, 31)}},
                 {"2018-2020", FoundPeriod{day(2018, 1, 1), day(2020, 12, 31)}},
                 {"2018 – 2020", FoundPeriod{day(2018, 1, 1), day(2020, 12, 31)}},
                 {"06/2018", FoundPeriod{day(2018, 6, 1), day(2018, 6, 30)}},
                 {"Feb. 2020", FoundPeriod{day(2020, 2, 1), day(2020, 2, 29)}},
                 {"März 2019 bis Juni 2019", FoundPeriod{day(2019, 3, 1), day(2019, 6, 30)}},
                 {"II. Quartal 2018", FoundPeriod{day(2018, 4, 1), day(2018, 6, 30)}},
                 {"2. Halbjahr 2018", FoundPeriod{day(2018, 7, 1), day(2018, 12, 31)}},
                 {"seit 2017", FoundPeriod{day(2017, 1, 1), {}}},
                 {"bis Ende 2019", FoundPeriod{{}, day(2019, 12, 31)}},
                 {"01.03.2018 - 30.06.2018", FoundPeriod{day(2018, 3, 1), day(2018, 6, 30)}},
                 {"31.06.2018", {}},
                 {"laufend", {}},
                 {"13/2018", {}},
                 {"1989", {}},
                 {"", {}}};
    for (const auto& c : cases) EXPECT_EQ(period_of(c.text), c.period) << c.text;
}

TEST(ImportRows, UnderstandWhatPeopleWrite) {
    const auto reading = reading_of(
        "Titel;Art;Verantwortlich;Mitwirkende;Beginn;Ende;Turnus;Ziffer;Veröffentlicht;Bemerkung;Priorität\n"
        "Beratung;Daueraufgabe;FG Soziales;\"Fachgebiet Jugend, Familie; soziales\";2018;;jährlich;\"Ziffer 5.1, 5.1.2-a\";x;eilt;hoch\n");
    EXPECT_EQ(told(reading), std::vector<std::string>());
    ASSERT_EQ(reading.rows.size(), 1u);
    EXPECT_EQ(reading.rows[0].fields, (Fields{{"titel", "Beratung"},
                                              {"art", "permanent"},
                                              {"verantwortlich", "soziales"},
                                              {"mitwirkende", "jugend, soziales"},
                                              {"beginn", "2018-01-01"},
                                              {"ende", ""},
                                              {"rhythmus", "yearly"},
                                              {"aussagen", "2018:5.1-a, 2018:5.1-b, 2018:5.1.2-a"},
                                              {"veroeffentlicht", "ja"},
                                              {"notiz", "Bemerkung: eilt\nPriorität: hoch"}}));
}

TEST(ImportRows, TellEveryMistakeWithItsCell) {
    const auto reading = reading_of(
        "Titel;Verantwortlich;Ende;Ziffer;Veröffentlicht;Kosten;Haushaltsstelle;Haushaltsjahr;Laufzeit\n"
        "Kurs;Amt für Träume;irgendwann;9.9;vielleicht;viel;3.1;MMXVIII;bald\n"
        "Treff;Zwilling;;;;;;;\n");
    const auto mistakes = told(reading);
    ASSERT_EQ(mistakes.size(), 8u) << testing::PrintToString(mistakes);
    for (const auto* place : {"B2 ", "C2 ", "D2 ", "E2 ", "F2 ", "H2 ", "I2 ", "B3 "})
        EXPECT_TRUE(std::any_of(mistakes.begin(), mistakes.end(), [&](const auto& m) { return m.starts_with(place); })) << place;
}

TEST(ImportRows, HintAtDoubles) {
    const auto reading = reading_of("Nummer;Titel\n;Sprachkurs am Abend\n;Treff\n;TREFF!\nM-2018-004;Sprachkurs am Abend\nM-2018-004;Neu\n");
    EXPECT_EQ(reading.rows[0].like, "M-2018-004");
    EXPECT_EQ(reading.rows[1].like, "");
    EXPECT_EQ(reading.rows[2].like, "B3");
    EXPECT_EQ(reading.rows[3].like, "");  // it is that measure, not another like it
    ASSERT_EQ(reading.mistakes.size(), 1u);
    EXPECT_EQ(reading.mistakes[0].field, "A6");
}

}  // namespace
}  // namespace measures
