#include "plan/lineage.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "platform/search/search.h"

namespace plan {
namespace {

using testing::ElementsAre;

std::string shown(const std::vector<DiffPart>& parts) {
    std::string out;
    for (const auto& p : parts) out += p.change == Change::same ? p.text : p.change == Change::removed ? "[-" + p.text + "-]" : "[+" + p.text + "+]";
    return out;
}

TEST(Differences, WordByWord) {
    EXPECT_EQ(shown(word_differences("Der Rat tagt jährlich.", "Der Rat tagt monatlich.")), "Der Rat tagt [-jährlich.-][+monatlich.+]");
    EXPECT_EQ(shown(word_differences("gleich geblieben", "gleich geblieben")), "gleich geblieben");
    EXPECT_EQ(shown(word_differences("", "ganz neu")), "[+ganz neu+]");
    EXPECT_EQ(shown(word_differences("ganz weg", "")), "[-ganz weg-]");
    EXPECT_EQ(shown(word_differences("a b c d", "a x c d")), "a [-b -][+x +]c d");
}

TEST(Lineage, IsProposedByLikeness) {
    const std::vector<Comparable> before{{"1", "Sprache", "Die Schule bietet jeden Herbst Kurse für Erwachsene an."},
                                         {"2", "Wohnen", "Das Bauamt prüft leere Häuser."},
                                         {"3", "Sport", "Vereine laden Kinder ein."}};
    const std::vector<Comparable> after{{"1", "Sprache", "Die Schule bietet jeden Herbst Kurse für Kinder an."},
                                        {"2", "Arbeit", "Die Kammer sucht Lehrlinge."},
                                        {"4", "Wohnen", "Das Bauamt prüft leere Häuser."}};
    const auto found = propose_lineage(before, after);
    ASSERT_EQ(found.size(), 4u);
    EXPECT_EQ(found[0].relation, Relation::amended);
    EXPECT_EQ(found[0].before, 0);
    EXPECT_EQ(found[1].relation, Relation::new_clause);
    EXPECT_EQ(found[2].relation, Relation::carried_over) << "the same words under another number";
    EXPECT_EQ(found[2].before, 1);
    EXPECT_EQ(found[3].relation, Relation::repealed);
    EXPECT_EQ(found[3].after, -1);
    EXPECT_EQ(found[3].before, 2);
}

TEST(Match, ByNumberFirstThenByLikeness) {
    const std::vector<Comparable> before{{"1", "Sprache", "Die Schule bietet Kurse an."},
                                         {"2", "Wohnen", "Das Bauamt prüft leere Häuser."},
                                         {"3", "Sport", "Vereine laden Kinder ein."}};
    // The second was renumbered, the first corrected, the third left out.
    const std::vector<Comparable> after{{"1", "Sprache", "Die Schule bietet mehr Kurse an."},
                                        {"4", "Wohnen", "Das Bauamt prüft leere Häuser."},
                                        {"5", "Musik", "Ein Chor probt im Rathaus."}};
    EXPECT_THAT(match(before, after), ElementsAre(0, 1, -1));
}

StatementDetail statement(Modality modality, std::string quote, bool borne) {
    StatementDetail s;
    s.id = StatementId{1};
    s.modality = modality;
    s.quote.de = std::move(quote);
    if (borne) s.bearers = {network::BearerId{7}};
    return s;
}
std::vector<Vagueness> reasons(const StatementDetail& s, bool duty) {
    const auto found = vague_statements({s}, [&](StatementId) { return duty; });
    return found.empty() ? std::vector<Vagueness>{} : found[0].reasons;
}

TEST(Vague, ObligationsNeedABearerAndARule) {
    EXPECT_THAT(reasons(statement(Modality::obligation, "Der Bericht wird vorgelegt.", false), false),
                ElementsAre(Vagueness::no_bearer, Vagueness::no_rule));
    EXPECT_THAT(reasons(statement(Modality::obligation, "Der Rat berät.", true), false), ElementsAre(Vagueness::no_rule));
    EXPECT_TRUE(reasons(statement(Modality::obligation, "Der Rat berät.", true), true).empty());
    EXPECT_TRUE(reasons(statement(Modality::effort, "Ruhe wird angestrebt.", false), false).empty()) << "an effort cannot be missed";
    EXPECT_THAT(reasons(statement(Modality::declaration, "Es besteht Bedarf an Räumen.", false), false), ElementsAre(Vagueness::need_without_bearer));
    auto regular = statement(Modality::obligation, "Der Rat berät regelmäßig.", true);
    regular.rhythm = "regular";
    EXPECT_THAT(reasons(regular, true), ElementsAre(Vagueness::no_frequency));
}

TEST(Stems, EndingsUmlautsAndSharpSMakeNoDifference) {
    for (const auto* words : {"Maßnahme", "Massnahmen", "MASSNAHMEN", "MAẞNAHME"})
        EXPECT_EQ(search::stems(words), search::stems("Maßnahmen")) << words;
    for (const auto* words : {"Behörde", "Behoerden", "BEHÖRDEN"}) EXPECT_EQ(search::stems(words), search::stems("Behörden")) << words;
    EXPECT_NE(search::stems("Wohnung"), search::stems("Schule"));
    EXPECT_TRUE(search::stems("der und die").empty());
}

}  // namespace
}  // namespace plan
