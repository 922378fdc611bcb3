#include "platform/search/search.h"

#include <gtest/gtest.h>

namespace {

std::string stem(std::string_view word) {
    const auto out = search::stems(word);
    return out.size() == 1 ? out.front() : std::string();
}

TEST(Stems, OfSingularAndPluralAreOne) {
    const std::vector<std::vector<const char*>> words = {
        {"Sprachkurs", "Sprachkurse", "Sprachkursen", "Sprachkurses"},  // -e
        {"Kurs", "Kurse", "KURSE"},
        {"Angebot", "Angebote", "Angeboten", "Angebotes"},
        {"Kreis", "Kreise", "Kreisen"},
        {"Hinweis", "Hinweise"},
        {"Ergebnis", "Ergebnisse", "Ergebnissen"},
        {"Bus", "Busse"},
        {"Schule", "Schulen"},  // -n, -en
        {"Frau", "Frauen"},
        {"Maßnahme", "Massnahmen", "MAẞNAHME"},
        {"Wohnung", "Wohnungen"},
        {"Beratung", "Beratungen"},
        {"Regel", "Regeln"},
        {"Lehrerin", "Lehrerinnen"},
        {"Bürgerin", "Bürgerinnen", "Buergerinnen"},
        {"Kind", "Kinder", "Kindern"},  // -er
        {"Mitglied", "Mitglieder", "Mitgliedern"},
        {"Träger", "Trägern", "Traeger"},
        {"Haus", "Häuser", "Häusern", "Haeuser"},  // umlaut
        {"Amt", "Ämter", "Ämtern", "Aemter"},
        {"Platz", "Plätze", "Plätzen", "Plaetze"},
        {"Behörde", "Behoerden", "BEHÖRDEN"},
        {"Vorschlag", "Vorschläge"},
        {"Team", "Teams"},  // -s
        {"Büro", "Büros", "Bueros"},
        {"Kita", "Kitas"},
        {"Azubi", "Azubis"},
        {"Gremium", "Gremien"},  // -um, -en
        {"Zentrum", "Zentren"},
        {"Ministerium", "Ministerien"},
        {"Steuer", "Steuern"},
        {"neu", "neue", "neuen", "neuer", "neues"},
    };
    for (const auto& forms : words)
        for (const auto* form : forms) EXPECT_EQ(stem(form), stem(forms.front())) << forms.front() << " " << form;
}

TEST(Stems, OfDifferentWordsStayApart) {
    const std::pair<const char*, const char*> pairs[] = {{"Kurs", "Kur"},        {"Wohnung", "Schule"}, {"Kreis", "Kreide"}, {"Haus", "Haut"},
                                                         {"Amt", "Ampel"},       {"Kind", "Kino"},      {"Team", "Tee"},     {"Bus", "Busch"},
                                                         {"Beratung", "Beirat"}, {"2018", "2019"},      {"2011", "201"}};
    for (const auto& [a, b] : pairs) EXPECT_NE(stem(a), stem(b)) << a << " " << b;
}

TEST(Stems, LeaveLittleWordsOut) {
    EXPECT_TRUE(search::stems("der und die").empty());
    EXPECT_TRUE(search::stems("a – ?").empty());
    EXPECT_EQ(search::stems("Kurse für Frauen").size(), 3u);
    EXPECT_EQ(search::column("Kurse"), " kurs ");
}

}  // namespace
