#include "plan/drafts.h"

#include <gmock/gmock.h>

#include <sstream>

#include "network/store.h"
#include "plan/commands.h"
#include "plan/lineage.h"
#include "platform/base/root.h"
#include "tests/platform/db/support/engines.h"

namespace {

using base::Result;
using namespace plan;
using testing::ElementsAre;

const By officer{{.account = identity::AccountId{7}, .role = identity::Role::integration_officer, .display_name = "Officer", .office = 0},
                 *base::parse_iso_instant("2020-09-30T10:00:00Z")};
const base::Day today = base::day(2020, 9, 30);

constexpr std::string_view first_text =
    "Teilhabeplan Nordtal\n\n1. Sprache\n\nDie Volkshochschule bietet jährlich mindestens vier Kurse an.\n\nDas Jugendamt berät die Schulen.\n\n2. Wohnen\n\nDas Bauamt prüft leere Häuser.\n\n3. Schluss\n\nDer Rat dankt allen.\n";
// One word mended, one clause with another number, one left out, one new.
constexpr std::string_view second_text =
    "Teilhabeplan Nordtal\n\n1. Sprache\n\nDie Volkshochschule bietet jährlich mindestens vier neue Kurse an.\n\nDas Jugendamt berät die Schulen.\n\n2. Sport\n\nDas Sportamt fördert Feste.\n\n3. Wohnen\n\nDas Bauamt prüft leere Häuser.\n";

class Drafts : public db::testing::OnBothEngines {
  protected:
    template <class Work>
    auto write(Work&& work) {
        auto done = database().write(work);
        if (!done) ADD_FAILURE() << base::describe(done.error());
        if constexpr (!std::is_void_v<typename decltype(done)::value_type>) return done ? std::move(*done) : typename decltype(done)::value_type{};
    }
    PlanId keep(std::string_view text) {
        const auto found = importing::import_text(text);
        return write(
            [&](db::Connection& c) { return save_draft(c, *found, {.key = "", .name = "plan.txt", .sha256 = "", .continues = {}}, officer); });
    }
    std::vector<ClauseView> clauses(PlanId plan, base::Day day = today) {
        return *database().read([&](db::Connection& c) { return clauses_of(c, plan, day); });
    }
    std::vector<StatementDetail> statements(PlanId plan, base::Day day = today) {
        return *database().read([&](db::Connection& c) { return statement_details(c, plan, day); });
    }
    std::vector<std::string> numbers(PlanId plan) {
        std::vector<std::string> out;
        for (const auto& c : clauses(plan)) out.push_back(c.number);
        return out;
    }
    ClauseId clause(PlanId plan, std::string_view number) {
        for (const auto& c : clauses(plan))
            if (c.number == number) return c.id;
        return {};
    }
};
MITEINANDER_ON_BOTH_ENGINES(Drafts);

TEST_P(Drafts, KeepTheProposalAndJoinOfficesByName) {
    write([&](db::Connection& c) {
        network::Bearer b;
        b.key = "bauamt";
        b.kind = network::BearerKind::unit;
        b.name = {"Bauamt", ""};
        return network::save_bearer(c, b, false, officer.actor, officer.now);
    });
    const auto plan = keep(first_text);
    EXPECT_THAT(numbers(plan), ElementsAre("", "1", "2", "3"));
    const auto all = statements(plan);
    ASSERT_GE(all.size(), 3u);
    EXPECT_EQ(all[0].key, "1-a");
    EXPECT_EQ(all[0].quantities.at(0).amount, 4);
    EXPECT_FALSE(all[0].confirmed);
    EXPECT_EQ(all[2].bearers.size(), 1u);
    const auto view = *database().read([&](db::Connection& c) { return find_plan(c, plan); });
    EXPECT_EQ(view.key, "teilhabeplan-nordtal");
    const auto second = keep(first_text);
    const auto again = *database().read([&](db::Connection& c) { return find_plan(c, second); });
    EXPECT_EQ(again.key, "teilhabeplan-nordtal-2");
}

TEST_P(Drafts, ACorrectedTextKeepsStatementsAndWhatWasConfirmed) {
    const auto plan = keep(first_text);
    const auto before = statements(plan);
    const auto housing = clause(plan, "2");
    write([&](db::Connection& c) {
        StatementEdit e;
        e.quote = before[0].quote;
        e.modality = Modality::effort;
        e.rhythm = "yearly";
        return edit_statement(c, before[0].id, e, officer);
    });
    const auto found = importing::import_text(second_text);
    const auto done = write([&](db::Connection& c) { return reimport(c, plan, *found, officer); });
    EXPECT_EQ(done.left_out, 1);
    EXPECT_EQ(done.added, 1);
    EXPECT_THAT(numbers(plan), ElementsAre("", "1", "2", "3"));
    EXPECT_EQ(clause(plan, "3"), housing) << "the clause was renumbered, not replaced";
    const auto after = statements(plan);
    EXPECT_EQ(after[0].id, before[0].id);
    EXPECT_EQ(after[0].modality, Modality::effort) << "what a person decided stays";
    EXPECT_TRUE(after[0].confirmed);
    EXPECT_NE(after[0].quote.de.find("vier neue Kurse"), std::string::npos);
}

TEST_P(Drafts, ACorrectedTextSpeaksForItselfUnlessSomebodyConfirmed) {
    const auto text = [](const char* number, const char* day) {
        return *importing::import_text(std::string("Plan\n\n1. Sprache\n\nDie Volkshochschule bietet jährlich mindestens ") + number +
                                       " Kurse an. Das Bauamt legt bis Mitte " + day + " dem Rat einen Bericht vor.\n\n2. Ende\n\nDer Rat dankt.\n");
    };
    const auto plan = write(
        [&](db::Connection& c) { return save_draft(c, text("vier", "2020"), {.key = "", .name = "", .sha256 = "", .continues = {}}, officer); });
    const auto before = statements(plan);
    write([&](db::Connection& c) { return confirm(c, before[1].id, officer); });
    write([&](db::Connection& c) { return reimport(c, plan, text("sechs", "2021"), officer); });
    const auto after = statements(plan);
    EXPECT_EQ(after[0].id, before[0].id);
    EXPECT_EQ(after[0].quantities.at(0).amount, 6) << "nobody had confirmed four";
    EXPECT_EQ(after[1].dates.at(0).on, base::day(2020, 6, 30)) << "somebody had";
    const auto noticed = *database().read([&](db::Connection& c) { return warnings_of(c, plan); });
    EXPECT_TRUE(std::any_of(noticed.begin(), noticed.end(),
                            [&](const Noticed& n) { return base::in_english(n.message).find(after[1].key) != std::string::npos; }));
}

// What a duty stands behind stays, though its words are gone and nobody confirmed it; and no other statement takes its key.
TEST_P(Drafts, ACorrectedTextKeepsWhatDutiesHangOn) {
    const auto plan = keep(first_text);
    const auto before = statements(plan);
    const auto housing = before[2].id;
    ASSERT_EQ(before[2].key, "2-a");
    write(
        [&](db::Connection& c) { return add_lineage(c, {.clause = clause(plan, "2"), .relation = Relation::new_clause, .from = {}, .note = "x"}); });
    // Clause 2 now is another one: its statement must not take the key "2-a" the housing statement has.
    const auto found = importing::import_text(second_text);
    write([&](db::Connection& c) { return reimport(c, plan, *found, officer, {housing}); });
    const auto after = statements(plan);
    std::multiset<std::string> keys;
    for (const auto& s : after) keys.insert(s.key);
    EXPECT_EQ(keys.count("2-a"), 1u);
    const auto kept = std::find_if(after.begin(), after.end(), [&](const StatementDetail& s) { return s.id == housing; });
    ASSERT_NE(kept, after.end());
    EXPECT_EQ(kept->key, "2-a");
    EXPECT_EQ(kept->clause, clause(plan, "3"));
    const auto lineage = *database().read([&](db::Connection& c) { return lineage_of_plan(c, plan); });
    ASSERT_EQ(lineage.size(), 1u);
    EXPECT_EQ(lineage[0].clause, clause(plan, "3"));

    const auto without = importing::import_text("Teilhabeplan Nordtal\n\n1. Sprache\n\nDas Jugendamt berät die Schulen.\n");
    write([&](db::Connection& c) { return reimport(c, plan, *without, officer, {housing}); });
    const auto last = statements(plan);
    EXPECT_TRUE(std::any_of(last.begin(), last.end(), [&](const StatementDetail& s) { return s.id == housing; }));
    EXPECT_FALSE(std::any_of(last.begin(), last.end(), [&](const StatementDetail& s) { return s.id == before[0].id; }));
}

TEST_P(Drafts, AStatementIsMendedWithinWhatTheClauseSays) {
    network::BearerId office, partner;
    write([&](db::Connection& c) -> Result<void> {
        for (const auto& [key, name, kind, id] : {std::tuple{"bauamt", "Bauamt", network::BearerKind::unit, &office},
                                                  std::tuple{"verein", "Hausverein", network::BearerKind::partner, &partner}}) {
            network::Bearer b;
            b.key = key;
            b.kind = kind;
            b.name = {name, ""};
            TRY(*id, network::save_bearer(c, b, false, officer.actor, officer.now));
        }
        return {};
    });
    const auto plan = keep("Plan\n\n1. Wohnen\n\nDas Bauamt prüft leere Häuser. Der Hausverein hilft.\n\n2. Ende\n\nDer Rat dankt.\n");
    const auto id = statements(plan)[0].id;
    const auto mistake = [&](const StatementEdit& e) {
        const auto done = database().write([&](db::Connection& c) { return edit_statement(c, id, e, officer); });
        return done ? std::string("kept") : done.error().fields.at(0).field;
    };
    StatementEdit e;
    e.quote = {"Das Bauamt prüft  leere Häuser.", "The building office checks empty houses."};
    e.modality = Modality::obligation;
    e.bearers = {office};
    e.lead = office;
    e.counterparts = {partner};
    e.dates = {{base::day(2020, 6, 30), ""}, {base::day(2021, 6, 30), ""}};
    e.quantities = {{2, "Häuser", "at_least", ""}, {7.5, "%", "at_most", ""}};
    EXPECT_EQ(mistake(e), "kept");
    const auto kept = statements(plan)[0];
    EXPECT_EQ(kept.quote.en, "The building office checks empty houses.");
    EXPECT_EQ(kept.dates.size(), 2u);
    EXPECT_EQ(kept.quantities.at(1).amount, 7.5);
    EXPECT_EQ(kept.lead, office);
    auto wrong = e;
    wrong.quote.de = "Das Bauamt kauft leere Häuser.";
    EXPECT_EQ(mistake(wrong), "quote") << "nothing is put into the concept's mouth";
    wrong = e;
    wrong.bearers = {office, partner};
    EXPECT_EQ(mistake(wrong), "bearer_2") << "a third party bears nothing";
    wrong = e;
    wrong.dates[1] = wrong.dates[0];
    EXPECT_EQ(mistake(wrong), "due_2");

    const auto added = write([&](db::Connection& c) { return add_by_hand(c, clause(plan, "1"), "Der Hausverein hilft.", officer); });
    EXPECT_EQ(statements(plan)[1].id, added);
    EXPECT_EQ(statements(plan)[1].key, "1-b");

    // Once adopted, offices may change hands; what was said does not.
    write([&](db::Connection& c) {
        return adopt(c, plan, {.valid_from = base::day(2020, 1, 1), .valid_until = {}, .adopted_on = {}, .resolution = ""}, officer);
    });
    auto later = e;
    later.modality = Modality::declaration;
    later.dates.clear();
    later.counterparts.clear();
    EXPECT_EQ(mistake(later), "kept");
    EXPECT_EQ(statements(plan)[0].modality, Modality::obligation);
    EXPECT_EQ(statements(plan)[0].dates.size(), 2u);
    EXPECT_TRUE(statements(plan)[0].counterparts.empty());
}

TEST_P(Drafts, OfficesEnteredLaterAreJoinedByName) {
    const auto plan = keep(first_text);
    EXPECT_TRUE(statements(plan)[2].bearers.empty());
    write([&](db::Connection& c) {
        network::Bearer b;
        b.key = "bauamt";
        b.kind = network::BearerKind::unit;
        b.name = {"Bauamt", ""};
        return network::save_bearer(c, b, false, officer.actor, officer.now);
    });
    EXPECT_EQ(write([&](db::Connection& c) { return join_named(c, plan, officer); }), 1);
    EXPECT_EQ(statements(plan)[2].bearers.size(), 1u);
    EXPECT_EQ(write([&](db::Connection& c) { return join_named(c, plan, officer); }), 0) << "once is enough";
}

TEST_P(Drafts, WarningsAreKeptForEveryLanguage) {
    auto found = *importing::import_text(first_text);
    found.warnings = {{base::message("Left out as page numbers: {count} lines", {{"count", "3"}}), 12}};
    const auto plan =
        write([&](db::Connection& c) { return save_draft(c, found, {.key = "", .name = "plan.txt", .sha256 = "", .continues = {}}, officer); });
    const auto kept = *database().read([&](db::Connection& c) { return warnings_of(c, plan); });
    ASSERT_EQ(kept.size(), 1u);
    EXPECT_EQ(kept[0].message, found.warnings[0].message);
    EXPECT_EQ(kept[0].line, 12);
}

TEST_P(Drafts, LineageIsKeptOnceAndTakenBack) {
    const auto old = keep(first_text), fresh = keep(second_text);
    const auto from = clause(old, "2"), to = clause(fresh, "3");
    const auto mistake = [&](const Lineage& l) {
        const auto done = database().write([&](db::Connection& c) { return keep_lineage(c, l, officer); });
        return done ? std::string("kept") : done.error().fields.at(0).field;
    };
    EXPECT_EQ(mistake({to, Relation::carried_over, {}, ""}), "from") << "carried over from where?";
    EXPECT_EQ(mistake({to, Relation::amended, clause(fresh, "1"), ""}), "from") << "a clause of the same concept";
    EXPECT_EQ(mistake({to, Relation::new_clause, from, ""}), "from");
    EXPECT_EQ(mistake({to, Relation::carried_over, from, "gleich"}), "kept");
    EXPECT_EQ(mistake({to, Relation::carried_over, from, ""}), "relation") << "it stands there already";
    EXPECT_EQ(mistake({to, Relation::new_clause, {}, ""}), "relation") << "not new as well";
    EXPECT_EQ(mistake({to, Relation::referred, clause(old, "1"), ""}), "kept");
    EXPECT_EQ(mistake({clause(fresh, "2"), Relation::new_clause, {}, ""}), "kept");
    const auto count = [&] { return database().read([&](db::Connection& c) { return lineage_of_plan(c, fresh); })->size(); };
    EXPECT_EQ(count(), 3u);
    write([&](db::Connection& c) { return drop_lineage(c, {to, Relation::carried_over, from, ""}, officer); });
    write([&](db::Connection& c) { return drop_lineage(c, {clause(fresh, "2"), Relation::new_clause, {}, ""}, officer); });
    EXPECT_EQ(count(), 1u);
    EXPECT_FALSE(database().write([&](db::Connection& c) { return drop_lineage(c, {to, Relation::carried_over, from, ""}, officer); }));
}

TEST_P(Drafts, AreMendedBeforeAdoption) {
    const auto plan = keep(first_text);
    const auto fresh = write([&](db::Connection& c) { return split_clause(c, clause(plan, "1"), 1, "1a", "Beratung", officer); });
    EXPECT_THAT(numbers(plan), ElementsAre("", "1", "1a", "2", "3"));
    const auto all = statements(plan);
    EXPECT_EQ(all[1].clause, fresh) << "the statement went with its words";
    write([&](db::Connection& c) { return move_clause(c, clause(plan, "3"), clause(plan, "2"), {}, officer); });
    EXPECT_EQ(clauses(plan).back().parent, clause(plan, "2"));
    const auto circle = database().write([&](db::Connection& c) { return move_clause(c, clause(plan, "2"), clause(plan, "3"), {}, officer); });
    EXPECT_FALSE(circle);
    const auto joined = write([&](db::Connection& c) { return join_with_previous(c, fresh, officer); });
    EXPECT_EQ(joined, clause(plan, "1"));
    EXPECT_NE(clauses(plan)[1].text.de.find("1a Beratung"), std::string::npos) << "nothing of the text is lost";
    EXPECT_EQ(statements(plan)[1].clause, joined);
}

TEST_P(Drafts, AdoptedClausesStayAndAreAmendedByVersions) {
    const auto plan = keep(first_text);
    write([&](db::Connection& c) {
        return adopt(c, plan, {.valid_from = base::day(2020, 1, 1), .valid_until = base::day(2022, 12, 31), .adopted_on = {}, .resolution = ""},
                     officer);
    });
    const auto id = clause(plan, "2");
    EXPECT_FALSE(database().write([&](db::Connection& c) { return edit_clause(c, id, {"2", "Anders", "Anders."}, officer); }));
    const auto duty_holds = statements(plan)[2].id;
    EXPECT_FALSE(database().write([&](db::Connection& c) { return amend(c, id, {"2", "Wohnen", "Neu."}, base::day(2020, 1, 1), officer); }))
        << "not on the first day";
    const auto fresh = write([&](db::Connection& c) {
        return amend(c, id, {"2", "Wohnen", "Das Bauamt prüft und meldet leere Häuser."}, base::day(2021, 1, 1), officer);
    });
    const auto text_on = [&](base::Day day) {
        for (const auto& c : clauses(plan, day))
            if (c.number == "2") return c.text.de;
        return std::string();
    };
    EXPECT_EQ(text_on(base::day(2020, 12, 31)), "Das Bauamt prüft leere Häuser.");
    EXPECT_EQ(text_on(base::day(2021, 1, 1)), "Das Bauamt prüft und meldet leere Häuser.");
    const auto later = statements(plan, base::day(2021, 1, 1)), earlier = statements(plan, base::day(2020, 12, 31));
    EXPECT_EQ(later.size(), earlier.size());
    EXPECT_TRUE(std::any_of(later.begin(), later.end(), [&](const StatementDetail& s) { return s.id == duty_holds && s.clause == fresh; }))
        << "a duty goes on with the next version";
}

TEST_P(Drafts, AreFoundByStems) {
    const auto plan = keep(first_text);
    const auto hits = [&](std::string_view question, Scope scope) {
        return database().read([&](db::Connection& c) { return search_clauses(c, question, scope); })->size();
    };
    EXPECT_EQ(hits("haus leer", Scope::all), 1u);
    EXPECT_EQ(hits("HÄUSER", Scope::all), 1u);
    EXPECT_EQ(hits("Haeuser", Scope::all), 1u);
    EXPECT_EQ(hits("Mond", Scope::all), 0u);
    EXPECT_EQ(hits("%", Scope::all), 0u);
    EXPECT_EQ(hits("leer", Scope::published), 0u) << "a draft is nobody's business";
    write([&](db::Connection& c) -> Result<void> {
        TRY_VOID(adopt(c, plan, {.valid_from = today, .valid_until = {}, .adopted_on = {}, .resolution = ""}, officer));
        return publish(c, plan, true, officer);
    });
    EXPECT_EQ(hits("leer", Scope::published), 1u);
}

TEST_P(Drafts, CommandKeepsADraftOrShowsItsJson) {
    const auto file = std::filesystem::path(base::source_root()) / "tests/plan/documents/fields.txt";
    std::ostringstream out, err;
    EXPECT_EQ(import_command({.file = file, .format = "auto", .dry_run = true, .json = true, .key = "", .again = ""}, nullptr, officer, out, err), 0);
    EXPECT_TRUE(out.str().starts_with("{\"title\":"));
    EXPECT_EQ(import_command({.file = file, .format = "auto", .dry_run = false, .json = false, .key = "talheim", .again = ""}, &database(), officer,
                             out, err),
              0)
        << err.str();
    EXPECT_EQ(import_command({.file = file, .format = "auto", .dry_run = false, .json = false, .key = "", .again = "talheim"}, &database(), officer,
                             out, err),
              0)
        << err.str();
    EXPECT_EQ(
        import_command({.file = "/nowhere.txt", .format = "auto", .dry_run = true, .json = true, .key = "", .again = ""}, nullptr, officer, out, err),
        1);
    EXPECT_NE(err.str().find("no such file"), std::string::npos);
}

}  // namespace
