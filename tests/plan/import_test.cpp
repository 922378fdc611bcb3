// One document of our own for every family of numbering the import knows, and what has to come out of it.
#include "plan/import/import.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <fstream>

#include "plan/import/clean.h"
#include "plan/import/unicode.h"
#include "platform/base/root.h"

namespace plan::importing {
namespace {

using testing::ElementsAre;

std::string bytes_of(const std::string& name) {
    std::ifstream file(std::string(base::source_root()) + "/tests/plan/documents/" + name, std::ios::binary);
    return {(std::istreambuf_iterator<char>(file)), {}};
}
FoundPlan read(const std::string& name) {
    auto plan = import_text(bytes_of(name));
    EXPECT_TRUE(plan) << (plan ? "" : base::describe(plan.error()));
    return plan.value_or(FoundPlan{});
}
std::vector<std::string> numbers(const FoundPlan& plan) {
    std::vector<std::string> out;
    for (const auto& c : plan.clauses) out.push_back(c.number);
    return out;
}
std::vector<std::string> headings(const FoundPlan& plan) {
    std::vector<std::string> out;
    for (const auto& c : plan.clauses) out.push_back(c.heading);
    return out;
}
std::vector<std::string> parents(const FoundPlan& plan) {
    std::vector<std::string> out;
    for (const auto& c : plan.clauses) out.push_back(c.parent < 0 ? "" : plan.clauses[static_cast<std::size_t>(c.parent)].number);
    return out;
}
const FoundClause& clause(const FoundPlan& plan, const std::string& number) {
    for (const auto& c : plan.clauses)
        if (c.number == number) return c;
    ADD_FAILURE() << "no clause " << number;
    static const FoundClause none;
    return none;
}
std::string letters(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size();)
        if (const auto c = next(text, i); is_letter(c)) append(out, c);
    return out;
}
std::string letters(const FoundPlan& plan) {
    std::string out;
    for (const auto& c : plan.clauses) out += letters(std::string_view(c.number).substr(c.borrowed)) + letters(c.heading) + letters(c.text);
    return out;
}

TEST(Import, ReadsTextThatFellOutOfAPdf) {
    const auto plan = read("pdf-text.txt");
    EXPECT_THAT(numbers(plan), ElementsAre("1", "2", "2.1", "2.1.1", "2.1.2", "2.2", "3", ""));
    EXPECT_THAT(headings(plan), ElementsAre("VORBEMERKUNG", "ZIELE DES LEITPAPIERS UND DER NACHBARSCHAFTSARBEIT", "Öffnung der Bücherei", "", "",
                                            "FESTE", "AUSBLICK", "Anlage"));
    EXPECT_THAT(parents(plan), ElementsAre("", "", "2", "2.1", "2.1", "2", "", ""));
    const auto& first = clause(plan, "1").text;
    EXPECT_NE(first.find("frühere Vorhaben"), std::string::npos) << first;
    EXPECT_NE(first.find("Kern- und Randgebiete"), std::string::npos) << first;
    EXPECT_NE(first.find("Vereins- bzw. Nachbarschaftshilfe"), std::string::npos) << first;
    EXPECT_NE(first.find("Alters-, Kinder- und Familienarbeit"), std::string::npos) << first;
    EXPECT_NE(first.find("31. Dezember 2020 1.204 Personen"), std::string::npos) << first;
    EXPECT_NE(clause(plan, "2.1").text.find("für jeden offen"), std::string::npos);
    EXPECT_EQ(letters(plan), letters(decode(bytes_of("pdf-text.txt"))->text));
    EXPECT_EQ(plan.clauses.back().kind, ClauseKind::annex);
    EXPECT_EQ(plan.clauses.back().text, "Ortsplan von 2015");
}

TEST(Import, ProposesStatementsFromTheWording) {
    const auto plan = read("pdf-text.txt");
    EXPECT_EQ(clause(plan, "1").modality, Modality::declaration);
    const auto& places = clause(plan, "2.1").statements.at(0);
    EXPECT_EQ(places.id, "2.1-a");
    EXPECT_EQ(places.modality, Modality::obligation);
    EXPECT_THAT(places.bearers, ElementsAre("Gemeindeverwaltung"));
    EXPECT_EQ(places.rhythm, "yearly");
    ASSERT_EQ(places.quantities.size(), 1u);
    EXPECT_EQ(places.quantities[0].value, 8);
    EXPECT_EQ(places.quantities[0].unit, "Leseplätze");
    EXPECT_EQ(places.quantities[0].comparison, "at_least");
    EXPECT_EQ(places.quantities[0].words, "mindestens acht Leseplätze");

    const auto& board = clause(plan, "2.1.1").statements;
    ASSERT_EQ(board.size(), 2u);
    EXPECT_EQ(board[0].rhythm, "quarterly");
    EXPECT_THAT(board[1].bearers, ElementsAre("Seniorenbeirat"));  // "Er": who the sentence before spoke of
    EXPECT_THAT(board[1].counterparts, ElementsAre("Gemeinderat"));
    ASSERT_EQ(board[1].dates.size(), 1u);
    EXPECT_EQ(board[1].dates[0].day, base::day(2022, 6, 30));
    EXPECT_EQ(board[1].dates[0].words, "bis Mitte 2022");

    EXPECT_EQ(clause(plan, "2.1.2").modality, Modality::declaration);
    EXPECT_EQ(clause(plan, "2.2").modality, Modality::conditional_obligation);
    EXPECT_THAT(clause(plan, "2.2").statements.at(0).bearers, ElementsAre("Kulturbeauftragte/r"));
    EXPECT_NE(clause(plan, "3").modality, Modality::obligation) << "an outlook obliges nobody";
}

TEST(Import, NumbersWithBrackets) {
    const auto plan = read("brackets.txt");
    EXPECT_THAT(numbers(plan), ElementsAre("", "1", "2", "3"));
    EXPECT_EQ(plan.clauses[0].kind, ClauseKind::preamble);
    EXPECT_EQ(plan.title, "Leitfaden der Stadt Musterau");
    EXPECT_NE(clause(plan, "2").text.find("2. eine Liste der Helfer."), std::string::npos) << "a list inside a clause stays there";
    EXPECT_EQ(clause(plan, "2").statements.at(0).dates.at(0).day, base::day(2019, 6, 30));
    EXPECT_EQ(clause(plan, "3").statements.at(0).rhythm, "yearly");
}

TEST(Import, LettersWithNumbersBelow) {
    const auto plan = read("letters.txt");
    EXPECT_THAT(numbers(plan), ElementsAre("", "A", "A.1", "A.2", "B", "B.1", "B.2"));
    EXPECT_THAT(parents(plan), ElementsAre("", "", "A", "A", "", "B", "B"));
    EXPECT_EQ(clause(plan, "B.1").statements.at(0).rhythm, "half_yearly");
    EXPECT_EQ(letters(plan), letters(bytes_of("letters.txt")));
}

TEST(Import, RomanNumeralsWithCountingBelowThatBeginsAgain) {
    const auto plan = read("roman.txt");
    EXPECT_THAT(numbers(plan), ElementsAre("", "I", "II", "1", "2", "III", "1"));
    EXPECT_THAT(parents(plan), ElementsAre("", "", "", "II", "II", "", "III"));
    EXPECT_EQ(plan.clauses[3].statements.at(0).dates.at(0).day, base::day(2019, 9, 30));
    EXPECT_EQ(plan.clauses[4].statements.at(0).dates.at(0).day, base::day(2020, 12, 31));
    EXPECT_NE(plan.clauses[3].statements.at(0).id, plan.clauses[6].statements.at(0).id) << "the number comes twice, the statement's name does not";
}

TEST(Import, FieldsGoalsAndMeasures) {
    const auto plan = read("fields.txt");
    EXPECT_THAT(numbers(plan),
                ElementsAre("", "Handlungsfeld 1", "Ziel 1.1", "Maßnahme 1.1.1", "Maßnahme 1.1.2", "Handlungsfeld 2", "Ziel 2.1", "Maßnahme 2.1.1"));
    EXPECT_THAT(parents(plan), ElementsAre("", "", "Handlungsfeld 1", "Ziel 1.1", "Ziel 1.1", "", "Handlungsfeld 2", "Ziel 2.1"));
    EXPECT_EQ(clause(plan, "Ziel 2.1").heading, "Wohnraum");
    EXPECT_EQ(clause(plan, "Maßnahme 1.1.1").modality, Modality::obligation);
    EXPECT_EQ(clause(plan, "Maßnahme 1.1.1").statements.at(0).dates.at(0).day, base::day(2019, 12, 31));
    EXPECT_EQ(clause(plan, "Maßnahme 1.1.2").modality, Modality::effort);
    EXPECT_EQ(clause(plan, "Maßnahme 2.1.1").modality, Modality::power);
}

TEST(Import, SectionSigns) {
    const auto plan = read("sections.txt");
    EXPECT_THAT(numbers(plan), ElementsAre("", "§ 1", "§ 1 (1)", "§ 1 (2)", "§ 2", "§ 2 (1)", "§ 2 (2)"));
    EXPECT_THAT(parents(plan), ElementsAre("", "", "§ 1", "§ 1", "", "§ 2", "§ 2"));
    const auto& s = clause(plan, "§ 2 (1)").statements.at(0);
    EXPECT_EQ(s.rhythm, "yearly");
    EXPECT_EQ(s.quantities.at(0).value, 2);
    EXPECT_EQ(clause(plan, "§ 2 (2)").modality, Modality::power);
}

// What stands in a number's place and is none stays in the text: no letter may go with it.
TEST(Import, KeepsTheLettersOfNumbersThatAreNone) {
    struct Case {
        std::string text;
        std::vector<std::string> numbers;
    };
    for (const auto& c : std::vector<Case>{
             {"§ 1 Zweck\n\n(1D) Der Kreis hilft.\n\n§ 2 Mittel\n\nEr zahlt.\n", {"§ 1", "§ 2"}},
             {"§ 1 Zweck\n\n(1) Der Kreis hilft.\n\n(1a) Er hilft allen.\n\n(2) Er zahlt.\n", {"§ 1", "§ 1 (1)", "§ 1 (1a)", "§ 1 (2)"}},
             {"§ 4a Zweck\n\n(1) Der Kreis hilft.\n\n(2) Er zahlt.\n", {"§ 4a", "§ 4a (1)", "§ 4a (2)"}},
             {"§ 1 (1x%) Der Kreis hilft.\n\n§ 2 Mittel\n\n(15%) Er zahlt.\n", {}},
             {"Maßnahme Nr. 1: Treff\n\nDas Amt hilft.\n\nMaßnahme Nr. 2: Fest\n\nEs lädt ein.\n", {"Maßnahme Nr. 1", "Maßnahme Nr. 2"}},
             {"A Ziele\n\nA.1 Wohnen\n\nMaßnahme | Zuständig | Frist\nTreff öffnen | Sozialamt | 2020 | und mehr\n\nB Wege\n\nAlle helfen.\n", {}}}) {
        const auto plan = import_text(c.text);
        ASSERT_TRUE(plan);
        auto out = letters(*plan), in = letters(c.text);
        std::sort(out.begin(), out.end());  // a table's cells change their order
        std::sort(in.begin(), in.end());
        EXPECT_EQ(out, in) << c.text;
        if (!c.numbers.empty()) { EXPECT_EQ(numbers(*plan), c.numbers) << c.text; }
    }
}

TEST(Import, TableOfContentsBeginsNoClause) {
    const auto plan = read("contents.txt");
    EXPECT_THAT(numbers(plan), ElementsAre("", "1", "2", "2.1"));
    EXPECT_EQ(clause(plan, "2.1").heading, "Schule");
    EXPECT_EQ(letters(plan), letters(bytes_of("contents.txt")));
}

TEST(Import, RunningHeadsLeaveTheTextAndAreNamed) {
    const auto plan = read("pages.txt");
    EXPECT_THAT(numbers(plan), ElementsAre("1", "2", "3"));
    EXPECT_NE(clause(plan, "1").text.find("Es nennt die wichtigsten Aufgaben."), std::string::npos) << clause(plan, "1").text;
    EXPECT_NE(clause(plan, "2").text.find("Stand der Zählung im Frühjahr"), std::string::npos) << "the footnote stands behind the text";
    bool named = false;
    for (const auto& w : plan.warnings) named = named || base::in_english(w.message).find("Teilhabekonzept Nordtal") != std::string::npos;
    EXPECT_TRUE(named);
}

TEST(Import, HeadingsThatCountOnFromPageToPageAreNoRunningHeads) {
    std::string text;
    for (int i = 1; i <= 4; ++i)
        text += "Handlungsfeld " + std::to_string(i) + "\n\nDas Amt Nummer " + std::string(static_cast<std::size_t>(i), 'x') +
                " hilft hier allen.\n\n" + std::string(static_cast<std::size_t>(i), 'y') + " ist der Schluss.\n\nTalheim   Seite " +
                std::to_string(i) + "\n\f";
    const auto plan = import_text(text);
    ASSERT_TRUE(plan);
    EXPECT_THAT(numbers(*plan), ElementsAre("Handlungsfeld 1", "Handlungsfeld 2", "Handlungsfeld 3", "Handlungsfeld 4"));
    EXPECT_EQ(plan->clauses[2].text.find("Seite"), std::string::npos);
}

TEST(Import, TableOfMeasures) {
    const auto plan = read("table.txt");
    EXPECT_THAT(numbers(plan), ElementsAre("", "1", "1.1", "1.2", "2"));
    EXPECT_EQ(clause(plan, "1.1").heading, "Sprachtreff im Rathaus einrichten");
    const auto& s = clause(plan, "1.1").statements.at(0);
    EXPECT_EQ(s.modality, Modality::obligation);
    EXPECT_THAT(s.bearers, ElementsAre("Jugendamt"));
    EXPECT_EQ(s.dates.at(0).day, base::day(2019, 12, 31));
    EXPECT_EQ(clause(plan, "1.2").statements.at(0).dates.at(0).day, base::day(2020, 6, 30));
    auto out = letters(plan), in = letters(bytes_of("table.txt"));  // cell by cell, where the file has line by line
    std::sort(out.begin(), out.end());
    std::sort(in.begin(), in.end());
    EXPECT_EQ(out, in);
}

TEST(Import, TwoColumnsAreReadOneAfterTheOther) {
    const auto plan = read("columns.txt");
    EXPECT_THAT(numbers(plan), ElementsAre("1"));
    EXPECT_NE(plan.clauses[0].text.find("alle hier leben können und niemand allein bleibt"), std::string::npos) << plan.clauses[0].text;
    EXPECT_NE(plan.clauses[0].text.find("Das Sozialamt berät dazu jährlich alle"), std::string::npos) << plan.clauses[0].text;
}

TEST(Import, JsonHasEveryKey) {
    const auto json = boost::json::parse(to_json(read("pdf-text.txt"))).as_object();
    EXPECT_TRUE(json.at("title").is_string());
    EXPECT_TRUE(json.at("warnings").is_array());
    for (const auto& value : json.at("clauses").as_array()) {
        const auto& c = value.as_object();
        for (const auto* key : {"number", "heading", "text", "parent", "modality", "statements"}) EXPECT_TRUE(c.contains(key)) << key;
        for (const auto& s : c.at("statements").as_array())
            for (const auto* key : {"id", "quote", "modality", "bearers", "counterparts", "dates", "rhythm", "quantities"})
                EXPECT_TRUE(s.as_object().contains(key)) << key;
    }
    EXPECT_TRUE(json.at("clauses").as_array()[0].as_object().at("parent").is_null());
    EXPECT_EQ(json.at("clauses").as_array()[2].as_object().at("parent").as_string(), "2");
}

// Nothing of a text is lost, whatever it looks like: letters in, letters out, in order.
TEST(Import, KeepsEveryLetterOfRandomText) {
    const std::vector<std::string> pieces = {"1. ",
                                             "2.1 ",
                                             "3.4.5. ",
                                             "A. ",
                                             "II. ",
                                             "§ 4 ",
                                             "(1) ",
                                             "Ziel 2: ",
                                             "Maßnahme 1.1: ",
                                             "ANLAGE",
                                             "Inhalt",
                                             "– ",
                                             "• ",
                                             "Größe",
                                             "äußert",
                                             "Land-",
                                             "kreis",
                                             "und ",
                                             "Der Kreistag ",
                                             "berät ",
                                             "jährlich",
                                             ". ",
                                             "\n",
                                             "\n\n",
                                             "\n \n",
                                             "31. Dezember 2019 ",
                                             "7,6 % ",
                                             "WOHNEN ",
                                             "„Zitat“ ",
                                             "z. B. ",
                                             "/innen ",
                                             "\u0041\u0308 ",
                                             "¹ ",
                                             "Nr. ",
                                             "zwölf Plätze ",
                                             "bis Mitte 2020",
                                             ":",
                                             ";",
                                             "\t",
                                             "wird vorgelegt"};
    std::uint64_t seed = 20181207;
    const auto random = [&](std::size_t n) {
        seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
        return static_cast<std::size_t>(seed >> 33) % n;
    };
    for (int round = 0; round < 400; ++round) {
        std::string text = "Anfang ";
        const auto length = 5 + random(120);
        for (std::size_t i = 0; i < length; ++i) text += pieces[random(pieces.size())];
        const auto plan = import_text(text);
        ASSERT_TRUE(plan);
        EXPECT_EQ(letters(*plan), letters(nfc(text))) << text;
        for (const auto& c : plan->clauses)
            for (const auto& s : c.statements) {
                EXPECT_NE((c.heading + "\n" + c.text).find(s.quote), std::string::npos) << s.quote;
                EXPECT_TRUE(c.modality == s.modality || is_stronger(*c.modality, s.modality));
            }
    }
}

TEST(Decode, RecognisesWhatPeopleSaveAsText) {
    struct Case {
        std::string bytes, encoding;
    };
    for (const auto& c : std::vector<Case>{{"Maßnahme", "UTF-8"},
                                           {"\xEF\xBB\xBFMaßnahme", "UTF-8"},
                                           {"Ma\xDFnahme", "Windows-1252"},
                                           {std::string("\xFF\xFEM\0a\0\xDF\0n\0a\0h\0m\0e\0", 18), "UTF-16"},
                                           {std::string("\xFE\xFF\0M\0a\0\xDF\0n\0a\0h\0m\0e", 18), "UTF-16"}}) {
        const auto decoded = decode(c.bytes);
        ASSERT_TRUE(decoded) << c.encoding;
        EXPECT_EQ(decoded->text, "Maßnahme");
        EXPECT_EQ(decoded->encoding, c.encoding);
    }
    EXPECT_EQ(decode("\x84"
                     "Zitat\x93 f\xFCr 5 \x80")
                  ->text,
              "„Zitat“ für 5 €");
    EXPECT_EQ(decode("A\xCC\x88mter")->text, "Ämter");  // composed
    EXPECT_FALSE(
        decode(std::string("\x7F"
                           "ELF\x02\x01\x01\0\0\0",
                           10)));
    EXPECT_FALSE(decode(std::string("PK\x03\x04\0\0\0", 7)));
}

TEST(Join, BrokenWordsAndSuspendedHyphens) {
    struct Case {
        const char *first, *second, *joined;
    };
    for (const auto& c : std::vector<Case>{{"Migrations-", "hilfe", "Migrationshilfe"},
                                           {"INTEGRATIONS-", "KONZEPTS 2018", "INTEGRATIONSKONZEPTS 2018"},
                                           {"Grund-", "und Regelschulen", "Grund- und Regelschulen"},
                                           {"Eltern-", "bzw. Kinderabend", "Eltern- bzw. Kinderabend"},
                                           {"Jugend-,", "Sozial- und Kinderhilfe", "Jugend-, Sozial- und Kinderhilfe"},
                                           {"Jobcenter-", "Mitarbeiter", "Jobcenter-Mitarbeiter"},
                                           {"öffentlich-", "rechtlichen", "öffentlich-rechtlichen"},
                                           {"2015-", "2017", "2015-2017"},
                                           {"Bürger/", "innen", "Bürger/innen"},
                                           {"der Plan -", "anders als", "der Plan - anders als"},
                                           {"Haus", "Tür", "Haus Tür"},
                                           {"Ver\u00AD", "ein", "Verein"},
                                           {"um-", "und ausbauen", "um- und ausbauen"}})
        EXPECT_EQ(join_lines(c.first, c.second), c.joined);
}

}  // namespace
}  // namespace plan::importing
