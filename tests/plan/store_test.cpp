#include "plan/store.h"

#include "network/store.h"
#include "tests/platform/db/support/engines.h"

using base::day;
using plan::Modality;

namespace {

const plan::By by{.actor = {}, .now = *base::parse_iso_instant("2018-06-30T10:00:00Z")};

base::Result<plan::PlanId> example(db::Connection& c) {
    TRY(const auto id, plan::add_plan(c,
                                      {.key = "2018",
                                       .title = {"Konzept", "Concept"},
                                       .state = plan::PlanState::adopted,
                                       .valid_from = day(2018, 1, 1),
                                       .valid_until = day(2020, 12, 31),
                                       .adopted_on = {},
                                       .resolution = "",
                                       .continues = {},
                                       .published = true,
                                       .source_name = "",
                                       .source_sha256 = ""},
                                      by));
    return id;
}

plan::NewClause clause(plan::PlanId plan, std::string number, int position) {
    plan::NewClause out;
    out.plan = plan;
    out.number = std::move(number);
    out.position = position;
    out.heading = {"Überschrift", ""};
    out.published = true;
    return out;
}

}  // namespace

class PlanStore : public db::testing::OnBothEngines {};
MITEINANDER_ON_BOTH_ENGINES(PlanStore);

TEST_P(PlanStore, AClauseShowsTheStrongestModalityOfItsStatements) {
    const auto done = database().write([](db::Connection& c) -> base::Result<void> {
        TRY(const auto id, example(c));
        TRY(const auto first, plan::add_clause(c, clause(id, "1", 1), by));
        TRY(const auto second, plan::add_clause(c, clause(id, "2", 2), by));
        for (const auto& [key, modality] : std::vector<std::pair<std::string, Modality>>{
                 {"1-a", Modality::declaration}, {"1-b", Modality::conditional_obligation}, {"1-c", Modality::power}}) {
            plan::NewStatement s;
            s.clause = first;
            s.key = key;
            s.quote.de = "Worte";
            s.modality = modality;
            TRY_VOID(plan::add_statement(c, s, by));
        }
        TRY(const auto clauses, plan::clauses_of(c, id, day(2019, 1, 1)));
        EXPECT_EQ(clauses.size(), 2u);
        EXPECT_EQ(clauses[0].modality, Modality::conditional_obligation);
        EXPECT_FALSE(clauses[1].modality);
        TRY(const auto one, plan::find_clause(c, first));
        EXPECT_EQ(one.modality, Modality::conditional_obligation);
        EXPECT_EQ(plan::find_clause(c, second).value().number, "2");
        return {};
    });
    ASSERT_TRUE(done) << base::describe(done.error());
}

TEST_P(PlanStore, AStatementComesBackAsItWasWritten) {
    const auto done = database().write([](db::Connection& c) -> base::Result<void> {
        TRY(const auto id, example(c));
        TRY(const auto clause_id, plan::add_clause(c, clause(id, "5", 1), by));
        const auto bearer = [&](std::string key) {
            return network::save_bearer(c,
                                        {.id = {},
                                         .key = std::move(key),
                                         .kind = network::BearerKind::unit,
                                         .name = {"Stelle", ""},
                                         .short_name = {},
                                         .part_of = {},
                                         .feed = false},
                                        false, {}, by.now);
        };
        TRY(const auto one, bearer("eins"));
        TRY(const auto two, bearer("zwei"));
        TRY(const auto three, bearer("drei"));
        plan::NewStatement s;
        s.clause = clause_id;
        s.key = "5-a";
        s.quote = {"mindestens zwölf Plätze", "at least twelve places"};
        s.modality = Modality::obligation;
        s.confirmed = true;
        s.rhythm = "yearly";
        s.bearers = {two, one};
        s.lead = two;
        s.counterparts = {three};
        s.dates = {{day(2018, 6, 30), "bis Mitte 2018"}};
        s.quantities = {{12, "Plätze", "at_least", "mindestens zwölf"}};
        s.open_list = true;
        s.vague_reason = {"niemand benannt", ""};
        TRY_VOID(plan::add_statement(c, s, by));
        TRY(const auto back, plan::statement_details(c, id, day(2019, 1, 1)));
        EXPECT_EQ(back.size(), 1u);
        const auto& d = back.front();
        EXPECT_EQ(d.quote, s.quote);
        EXPECT_TRUE(d.confirmed);
        EXPECT_EQ(d.bearers, (std::vector{two, one}));
        EXPECT_EQ(d.lead, two);
        EXPECT_EQ(d.counterparts, std::vector{three});
        EXPECT_EQ(d.dates.front().on, day(2018, 6, 30));
        EXPECT_EQ(d.quantities.front().amount, 12);
        EXPECT_TRUE(d.open_list);
        TRY(const auto view, plan::find_statement_by_key(c, id, "5-a", day(2019, 1, 1)));
        EXPECT_EQ(view.clause_number, "5");
        EXPECT_EQ(view.bearers, (std::vector{two, one}));
        EXPECT_FALSE(plan::find_statement_by_key(c, id, "5-b", day(2019, 1, 1)));
        return {};
    });
    ASSERT_TRUE(done) << base::describe(done.error());
}

TEST_P(PlanStore, ThePlanAsOfADayShowsTheVersionValidThen) {
    const auto done = database().write([](db::Connection& c) -> base::Result<void> {
        TRY(const auto id, example(c));
        auto old = clause(id, "1", 1);
        old.text.de = "alt";
        old.valid_until = day(2019, 6, 30);
        auto next = clause(id, "1", 1);
        next.text.de = "neu";
        next.valid_from = day(2019, 7, 1);
        TRY_VOID(plan::add_clause(c, old, by));
        TRY_VOID(plan::add_clause(c, next, by));
        EXPECT_EQ(plan::clauses_of(c, id, day(2019, 6, 30)).value().front().text.de, "alt");
        EXPECT_EQ(plan::clauses_of(c, id, day(2019, 7, 1)).value().front().text.de, "neu");
        EXPECT_EQ(plan::clauses_of(c, id, day(2019, 7, 1)).value().size(), 1u);
        return {};
    });
    ASSERT_TRUE(done) << base::describe(done.error());
}

TEST_P(PlanStore, ADraftIsAdoptedOnceAndPublishedAfterwards) {
    const auto done = database().write([](db::Connection& c) -> base::Result<void> {
        plan::NewPlan draft;
        draft.key = "entwurf";
        draft.title.de = "Entwurf";
        TRY(const auto id, plan::add_plan(c, draft, by));
        EXPECT_EQ(plan::publish(c, id, true, by).error().kind, base::ErrorKind::conflict);
        EXPECT_FALSE(plan::adopt(c, id, {.valid_from = day(2021, 1, 1), .valid_until = day(2020, 12, 31), .adopted_on = {}, .resolution = ""}, by));
        TRY_VOID(plan::adopt(c, id, {.valid_from = day(2021, 1, 1), .valid_until = {}, .adopted_on = day(2020, 12, 8), .resolution = "77/20"}, by));
        EXPECT_EQ(plan::adopt(c, id, {.valid_from = day(2021, 1, 1), .valid_until = {}, .adopted_on = {}, .resolution = ""}, by).error().kind,
                  base::ErrorKind::conflict);
        TRY_VOID(plan::publish(c, id, true, by));
        TRY(const auto view, plan::find_plan_by_key(c, "entwurf"));
        EXPECT_TRUE(view.published);
        EXPECT_EQ(view.state, plan::PlanState::adopted);
        return {};
    });
    ASSERT_TRUE(done) << base::describe(done.error());
    const auto again = database().write([](db::Connection& c) {
        plan::NewPlan draft;
        draft.key = "entwurf";
        draft.title.de = "Entwurf";
        return plan::add_plan(c, draft, by);
    });
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().fields.front().field, "key");
}
