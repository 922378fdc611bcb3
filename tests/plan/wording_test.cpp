// Sentences of our own, one for each turn of phrase, and what the import proposes for them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plan/import/dates.h"
#include "plan/import/import.h"
#include "plan/import/sentences.h"

namespace plan::importing {
namespace {

using testing::ElementsAre;

FoundStatement only_statement(const std::string& sentence) {
    const auto plan = import_text("1. Aufgaben\n\n" + sentence + "\n");
    if (!plan || plan->clauses.empty() || plan->clauses[0].statements.empty()) return {};
    return plan->clauses[0].statements[0];
}
std::optional<Modality> modality_of(const std::string& sentence) {
    const auto plan = import_text("1. Aufgaben\n\n" + sentence + "\n");
    return plan && !plan->clauses.empty() ? plan->clauses[0].modality : std::nullopt;
}

TEST(Wording, Modality) {
    constexpr auto O = Modality::obligation, C = Modality::conditional_obligation, P = Modality::power, E = Modality::effort,
                   D = Modality::declaration;
    struct Case {
        const char* sentence;
        Modality modality;
    };
    for (const auto& c : std::vector<Case>{{"Der Seniorenrat wird bis Ende 2020 gehört.", O},
                                           {"Dem Kreistag wird jährlich ein Bericht vorgelegt.", O},
                                           {"Das Jugendamt sichert mindestens vier Gruppen.", O},
                                           {"Die Fachdienste haben dem Beirat zuzuarbeiten.", O},
                                           {"Das Angebot ist weiterzuführen.", O},
                                           {"Das Angebot ist durch das Sozialamt zu erweitern.", O},
                                           {"Die Beteiligten legen ihre Beiträge verbindlich fest.", O},
                                           {"Die Stadtverwaltung ist verpflichtet, Räume bereitzuhalten.", O},
                                           {"Der Beirat wird mit der Auswertung betraut.", O},
                                           {"Die Räume müssen zugänglich sein.", O},
                                           {"Auf Anfrage berät der Beirat die Schulen.", C},
                                           {"Der Gemeinderat beschließt bei Bedarf weitere Schritte.", C},
                                           {"Das Sozialamt hilft, sofern Mittel vorhanden sind.", C},
                                           {"Das Landratsamt kann eine Pauschale zahlen.", P},
                                           {"Der Beirat ist befugt, Gäste einzuladen.", P},
                                           {"Der Kreistag darf Mittel umschichten.", P},
                                           {"Der Landkreis setzt sich für Spielplätze ein.", E},
                                           {"Das Bauamt wirkt darauf hin, dass Wege sicher werden.", E},
                                           {"Ein Treffpunkt wird angestrebt.", E},
                                           {"Die Wege sollen kurz bleiben.", E},
                                           {"Der Landkreis bemüht sich um Fördermittel.", E},
                                           {"Der Stadtrat begrüßt die Gründung eines Vereins.", D},
                                           {"Die Stadt bekennt sich zur Vielfalt.", D},
                                           {"Der Kreistag würdigt die Arbeit der Helfer.", D}})
        EXPECT_EQ(modality_of(c.sentence), c.modality) << c.sentence;
    for (const auto* background : {"Der Ort wächst seit Jahren.", "Viele Menschen sind zugezogen.", "Die Zahl der Kinder wurde 2017 erhoben.",
                                   "Das Jugendamt verfügt über drei Räume."})
        EXPECT_EQ(modality_of(background), std::nullopt) << background;
}

TEST(Wording, WhoBearsIt) {
    struct Case {
        const char* sentence;
        std::vector<std::string> bearers, counterparts;
    };
    for (const auto& c : std::vector<Case>{{"Der Kreistag und das Jugendamt fördern die Vereine.", {"Kreistag", "Jugendamt"}, {"Vereine"}},
                                           {"Der Plan wird vom Sozialamt jährlich geprüft.", {"Sozialamt"}, {}},
                                           {"Unter Leitung der/des Seniorenbeauftragten wird ein Bericht erstellt.", {"Seniorenbeauftragte/r"}, {}},
                                           {"Der Stadtrat lässt sich jährlich vom Jugendbeirat unterrichten.", {"Jugendbeirat"}, {"Stadtrat"}},
                                           {"Das Jugendamt berät gemeinsam mit dem Jobcenter die Schulen.", {"Jugendamt"}, {"Jobcenter", "Schulen"}},
                                           {"In Verantwortlichkeit des Jugendbeirats wird der Plan jährlich überprüft.", {"Jugendbeirat"}, {}}}) {
        const auto s = only_statement(c.sentence);
        EXPECT_EQ(s.bearers, c.bearers) << c.sentence;
        EXPECT_EQ(s.counterparts, c.counterparts) << c.sentence;
        EXPECT_FALSE(s.bearer_words.empty()) << c.sentence;
    }
    EXPECT_TRUE(only_statement("Das vom Sozialamt aufgebaute Netz ist weiterzuführen.").bearers.empty())
        << "who built it has not promised to keep it";
    EXPECT_TRUE(only_statement("Der Landkreis sieht den Bedarf für einen Treffpunkt.").need);
}

TEST(Wording, WhoIsNamedInTheNextSentence) {
    const auto plan = import_text("1. Zahlen\n\nDie Zahlen müssen gepflegt werden. Zuständig hierfür ist die/der Seniorenbeauftragte.\n");
    ASSERT_TRUE(plan);
    ASSERT_EQ(plan->clauses[0].statements.size(), 1u);
    EXPECT_THAT(plan->clauses[0].statements[0].bearers, ElementsAre("Seniorenbeauftragte/r"));
}

TEST(Wording, ItemsOfAListTakeItsLeadIn) {
    const auto plan = import_text("1. Zusagen\n\nDas Jugendamt verpflichtet sich:\n– jährlich einen Bericht vorzulegen;\n– Räume offen zu halten.\n");
    ASSERT_TRUE(plan);
    const auto& s = plan->clauses[0].statements;
    ASSERT_EQ(s.size(), 3u);
    EXPECT_EQ(s[1].rhythm, "yearly");
    EXPECT_THAT(s[1].bearers, ElementsAre("Jugendamt"));
    EXPECT_EQ(s[2].modality, Modality::obligation);
}

TEST(Dates, OnBothSides) {
    struct Case {
        const char* words;
        std::optional<base::Day> day;
    };
    for (const auto& c : std::vector<Case>{{"bis Mitte 2018", base::day(2018, 6, 30)},
                                           {"im Jahr 2020", base::day(2020, 12, 31)},
                                           {"bis zum 30. Juni 2019", base::day(2019, 6, 30)},
                                           {"bis 31.12.2019", base::day(2019, 12, 31)},
                                           {"zum Jahresende 2019", base::day(2019, 12, 31)},
                                           {"im III. Quartal 2019", base::day(2019, 9, 30)},
                                           {"im 3. Quartal 2019", base::day(2019, 9, 30)},
                                           {"im ersten Halbjahr 2020", base::day(2020, 6, 30)},
                                           {"bis Februar 2020", base::day(2020, 2, 29)},
                                           {"bis 2021", base::day(2021, 12, 31)},
                                           {"Ende 2019", base::day(2019, 12, 31)},
                                           {"im Sommer 2019", base::day(2019, 8, 31)},
                                           {"bis zum 1. März 2019", base::day(2019, 3, 1)},
                                           {"seit 2015", std::nullopt},
                                           {"nach 2018", std::nullopt},
                                           {"ab dem 1. Januar 2019", std::nullopt},
                                           {"von 2015 bis 2017", std::nullopt},
                                           {"in den Jahren 2016 und 2017", std::nullopt},
                                           {"das Konzept 2018", std::nullopt},
                                           {"bis zum 31. Juni 2019", std::nullopt}}) {
        const auto words = words_of(c.words);
        const auto found = times_in(c.words, words).dates;
        if (c.day) {
            ASSERT_EQ(found.size(), 1u) << c.words;
            EXPECT_EQ(found[0].day, *c.day) << c.words;
        } else {
            EXPECT_TRUE(found.empty()) << c.words;
        }
    }
}

TEST(Dates, Rhythm) {
    struct Case {
        const char *words, *rhythm, *due;
    };
    for (const auto& c : std::vector<Case>{{"Er berichtet jährlich", "yearly", ""},
                                           {"einmal im Jahr", "yearly", ""},
                                           {"pro Kalenderjahr", "yearly", ""},
                                           {"zum Ende eines jeden Kalenderjahres", "yearly", "12-31"},
                                           {"bis zum 31. März jeden Jahres", "yearly", "03-31"},
                                           {"jährlich bis zum 31.12.", "yearly", "12-31"},
                                           {"halbjährlich", "half_yearly", ""},
                                           {"vierteljährlich", "quarterly", ""},
                                           {"jeden Monat", "monthly", ""},
                                           {"alle zwei Jahre", "two_yearly", ""},
                                           {"steht in ständigem Kontakt", "standing", ""},
                                           {"trifft sich regelmäßig", "regular", ""},
                                           {"im Jahr 2020", "", ""}}) {
        const auto words = words_of(c.words);
        const auto found = times_in(c.words, words);
        EXPECT_EQ(found.rhythm, c.rhythm) << c.words;
        EXPECT_EQ(found.yearly_due, c.due) << c.words;
    }
}

TEST(Quantities, NumberUnitAndComparison) {
    struct Case {
        const char* words;
        double value;
        const char *unit, *comparison;
    };
    for (const auto& c : std::vector<Case>{{"jährlich mindestens zwölf Plätzen in Kursen", 12, "Plätze", "at_least"},
                                           {"mindestens 1.500 Personen", 1500, "Personen", "at_least"},
                                           {"höchstens drei Gruppen", 3, "Gruppen", "at_most"},
                                           {"nicht weniger als vier Kurse", 4, "Kurse", "at_least"},
                                           {"bis zu 20 Plätze", 20, "Plätze", "at_most"},
                                           {"zwei neue Treffpunkte", 2, "Treffpunkte", "exactly"},
                                           {"mindestens einmal", 1, "Mal", "at_least"},
                                           {"wenigstens eine Veranstaltung", 1, "Veranstaltung", "at_least"},
                                           {"mindestens 7,5 % der Stellen", 7.5, "%", "at_least"}}) {
        const auto words = words_of(c.words);
        const auto found = quantities_in(c.words, words);
        ASSERT_EQ(found.size(), 1u) << c.words;
        EXPECT_EQ(found[0].value, c.value) << c.words;
        EXPECT_EQ(found[0].unit, c.unit) << c.words;
        EXPECT_EQ(found[0].comparison, c.comparison) << c.words;
    }
    for (const auto* none : {"im Jahr 2018", "§ 23 Abs. 1", "das Niveau A 2 Sprache", "Pkt. 3 des Plans", "eine Gruppe", "einmal im Jahr"}) {
        const auto words = words_of(none);
        EXPECT_TRUE(quantities_in(none, words).empty()) << none;
    }
}

TEST(Sentences, WhereTheyEnd) {
    EXPECT_THAT(sentences_of("Er kommt. Sie geht."), ElementsAre("Er kommt.", "Sie geht."));
    EXPECT_THAT(sentences_of("Am 31. Dezember 2019 gilt z. B. Nr. 4 bzw. Abs. 2."),
                ElementsAre("Am 31. Dezember 2019 gilt z. B. Nr. 4 bzw. Abs. 2."));
    EXPECT_THAT(sentences_of("Er nennt „Wort. Satz“ und geht."), ElementsAre("Er nennt „Wort. Satz“ und geht."));
    EXPECT_THAT(sentences_of("Das gilt (siehe S. 3. Und mehr.) immer. Ende."), ElementsAre("Das gilt (siehe S. 3. Und mehr.) immer.", "Ende."));
    EXPECT_THAT(sentences_of("Sie prüft den Plan 2018 Der Rat legt ihn vor."), ElementsAre("Sie prüft den Plan 2018", "Der Rat legt ihn vor."));
    EXPECT_THAT(sentences_of("Im III. Quartal 2019 geht es los."), ElementsAre("Im III. Quartal 2019 geht es los."));
}

// Partners act with the administration and bear nothing; alone they commit themselves.
TEST(Wording, APartnerBesideAnOfficeBearsNothing) {
    const auto both = only_statement("Hierbei kooperieren Jugendamt und Jobcenter miteinander.");
    EXPECT_THAT(both.bearers, ElementsAre("Jugendamt"));
    EXPECT_THAT(both.counterparts, ElementsAre("Jobcenter"));
    const auto passive = only_statement("Die Kurse werden durch das Sozialamt und die Vereine angeboten.");
    EXPECT_THAT(passive.bearers, ElementsAre("Sozialamt"));
    const auto staff = only_statement("Das Sozialamt berät in Kooperation mit dem Stab Kommunikation, Wirtschaft und Tourismus die Vereine.");
    EXPECT_THAT(staff.counterparts, testing::Contains(testing::StartsWith("Stab Kommunikation")));
}

}  // namespace
}  // namespace plan::importing
