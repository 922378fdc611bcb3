#include "plan/drafts.h"

#include <gmock/gmock.h>

#include <sstream>

#include "network/store.h"
#include "plan/commands.h"
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
        return edit_statement(
            c, before[0].id,
            {.modality = Modality::effort, .rhythm = "yearly", .bearers = {}, .counterparts = {}, .dates = {}, .quantities = {}, .confirmed = true},
            officer);
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
