// A corrected text counts its clauses anew; what the duties say of where they stand follows.
#include "app/mount.h"
#include "duties/store.h"
#include "network/store.h"
#include "plan/drafts.h"
#include "plan/import/import.h"
#include "platform/audit/api.h"
#include "tests/platform/db/support/engines.h"

namespace {

const base::Instant now = *base::parse_iso_instant("2020-09-30T08:00:00Z");
const evidence::By officer{{}, now};

class DutyClauses : public db::testing::OnBothEngines {
  protected:
    template <class Work>
    auto change(Work work) {
        auto done = database().write([&](db::Connection& c) { return work(c); });
        EXPECT_TRUE(done) << base::describe(done.error());
        return done.value();
    }
};
MITEINANDER_ON_BOTH_ENGINES(DutyClauses);

}  // namespace

TEST_P(DutyClauses, FollowTheStatementWhenItsClauseGetsAnotherNumber) {
    const auto text = plan::importing::import_text(
        "Teilhabeplan Nordtal\n\n1. Sprache\n\nDie Volkshochschule bietet vier Kurse an.\n\n2. Wohnen\n\nDer Landkreis legt jährlich einen Bericht vor.\n");
    ASSERT_TRUE(text);
    const auto id =
        change([&](db::Connection& c) { return plan::save_draft(c, *text, {.key = "", .name = "", .sha256 = "", .continues = {}}, {{}, now}); });
    change([&](db::Connection& c) -> base::Result<bool> {
        network::Bearer b;
        b.key = "officer";
        b.kind = network::BearerKind::office;
        b.name = {"Beauftragte", "Officer"};
        TRY_VOID(network::save_bearer(c, b, false, {}, now));
        TRY(const auto view, plan::find_plan(c, id));
        for (const char* statement : {"1-a", "2-a"}) {
            duties::Duty d;
            d.key = statement;
            d.plan = view.key;
            d.statement = statement;
            d.clause = std::string(statement).substr(0, 1);
            d.title = {"Bericht", "Report"};
            d.bearer = "officer";
            d.valid_from = base::day(2020, 1, 1);
            d.rule.evidence = "council.report_delivered";
            d.origins.push_back({duties::OriginPart::rule, duties::OriginKind::wording, {"jährlich", "yearly"}, "", {}, {}});
            TRY_VOID(duties::save_duty(c, d, false, officer));
        }
        return true;
    });
    change([&](db::Connection& c) -> base::Result<bool> {
        TRY(const auto clauses, plan::clauses_of(c, id, base::day(2020, 1, 1)));
        for (const auto& clause : clauses)
            if (clause.number == "2") TRY_VOID(plan::edit_clause(c, clause.id, {"2.1", clause.heading.de, clause.text.de}, {{}, now}));
        TRY_VOID(app::duties_follow_statements(c, now));
        return true;
    });
    const auto clause_of = [&](const char* key) {
        return change([&](db::Connection& c) -> base::Result<std::string> {
            TRY(const auto duty, duties::find_duty(c, key));
            return duty ? duty->clause : "gone";
        });
    };
    EXPECT_EQ(clause_of("1-a"), "1");
    EXPECT_EQ(clause_of("2-a"), "2.1");
    const auto head = *database().read([](db::Connection& c) { return audit::head(c); });
    change([&](db::Connection& c) -> base::Result<bool> {
        TRY_VOID(app::duties_follow_statements(c, now));
        return true;
    });
    EXPECT_EQ(*database().read([](db::Connection& c) { return audit::head(c); }), head) << "nothing to follow leaves no trace";
}
