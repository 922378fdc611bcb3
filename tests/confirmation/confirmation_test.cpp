#include "confirmation/rules.h"
#include "confirmation/store.h"
#include "platform/links/api.h"
#include "tests/platform/db/support/engines.h"

using namespace confirmation;
using base::day;

namespace {

Subject subject(base::Day due, const char* email = "buero@verein.example") {
    Subject s;
    s.kind = "contact";
    s.record = "17";
    s.title = "Vereinsbüro";
    s.email = email;
    s.due_on = due;
    return s;
}
base::Instant at(base::Day d) { return base::berlin_start_of(d) + std::chrono::hours(9); }

}  // namespace

TEST(Step, RemindsOnceAndThenTellsTheOffice) {
    const auto due = day(2020, 6, 30);
    auto s = subject(due);
    EXPECT_EQ(step_on(s, day(2020, 5, 30), 30, 30), Step::none);
    EXPECT_EQ(step_on(s, day(2020, 5, 31), 30, 30), Step::remind) << "thirty days before";
    s.reminded_on = day(2020, 5, 31);
    EXPECT_EQ(step_on(s, day(2020, 6, 30), 30, 30), Step::none) << "the day itself is in time";
    EXPECT_EQ(step_on(s, day(2020, 7, 1), 30, 30), Step::escalate);
    s.reminded_on = day(2020, 6, 20);
    EXPECT_EQ(step_on(s, day(2020, 7, 20), 30, 30), Step::none) << "thirty days to answer";
    EXPECT_EQ(step_on(s, day(2020, 7, 21), 30, 30), Step::escalate);
    s.escalated_on = day(2020, 7, 21);
    EXPECT_EQ(step_on(s, day(2020, 12, 31), 30, 30), Step::none);
    EXPECT_EQ(step_on(subject(due, ""), day(2020, 6, 30), 30, 30), Step::none);
    EXPECT_EQ(step_on(subject(due, ""), day(2020, 7, 1), 30, 30), Step::escalate) << "nobody can be reminded";
}

class Confirmations : public db::testing::OnBothEngines {};
MITEINANDER_ON_BOTH_ENGINES(Confirmations);

TEST_P(Confirmations, AreAskedForOnceAndProvedInPublic) {
    const Kinds kinds{{"contact", {}}};
    const Reminding how{30, 30, "https://integration.example.org"};
    const auto done = database().write([&](db::Connection& c) -> base::Result<void> {
        TRY(const auto id, keep(c, subject({}), day(2019, 9, 30)));
        TRY(const auto there, find(c, "contact", "17"));
        EXPECT_EQ(there->due_on, day(2020, 9, 29)) << "one interval after it was first kept";
        TRY(auto sent, remind(c, kinds, how, at(day(2020, 8, 1))));
        EXPECT_EQ(sent.reminders, 0);
        TRY(sent, remind(c, kinds, {30, 30, ""}, at(day(2020, 9, 1))));
        EXPECT_EQ(sent.reminders, 0) << "without an address of our own there is no link to send";
        TRY(sent, remind(c, kinds, how, at(day(2020, 9, 1))));
        EXPECT_EQ(sent.reminders, 1);
        TRY(sent, remind(c, kinds, how, at(day(2020, 9, 2))));
        EXPECT_EQ(sent.reminders, 0) << "once";
        TRY(sent, remind(c, kinds, how, at(day(2020, 10, 15))));
        EXPECT_EQ(sent.escalations, 1);
        TRY_VOID(confirm(c, id, {day(2020, 10, 16), "Verein", How::page, false}, at(day(2020, 10, 16))));
        TRY(const auto proof, latest(c, "contact", "17"));
        EXPECT_EQ(proof->on, day(2020, 10, 16));
        TRY(const auto after, find(c, "contact", "17"));
        EXPECT_EQ(after->due_on, day(2021, 10, 16));
        EXPECT_FALSE(after->reminded_on || after->escalated_on);
        TRY_VOID(drop(c, "contact", "17", at(day(2020, 11, 1))));
        TRY(const auto gone, find(c, "contact", "17"));
        EXPECT_FALSE(gone);
        return {};
    });
    ASSERT_TRUE(done) << base::describe(done.error());
}

TEST_P(Confirmations, LinksOpenOnceAndNotForEver) {
    const auto done = database().write([&](db::Connection& c) -> base::Result<void> {
        TRY(const auto id, keep(c, subject(day(2020, 9, 30)), day(2020, 9, 1)));
        const auto now = at(day(2020, 9, 1));
        const links::Grant grant{std::string(link_purpose), std::to_string(id.value), now + std::chrono::hours(24 * 60)};
        TRY(const auto late, links::issue(c, grant, now));
        EXPECT_FALSE(links::look(c, late, link_purpose, at(day(2020, 11, 2)))) << "expired";
        TRY(const auto token, links::issue(c, grant, now));
        EXPECT_TRUE(links::spend(c, token, link_purpose, now));
        EXPECT_FALSE(links::spend(c, token, link_purpose, now)) << "replayed";
        TRY(const auto open, links::issue(c, grant, now));
        TRY_VOID(confirm(c, id, {day(2020, 9, 2), "Stelle", How::page, false}, now));
        EXPECT_FALSE(links::look(c, open, link_purpose, now)) << "confirmed on the page: the mail's link is closed";
        return {};
    });
    ASSERT_TRUE(done) << base::describe(done.error());
}
