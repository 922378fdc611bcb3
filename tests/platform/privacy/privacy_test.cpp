#include "platform/privacy/api.h"

#include <fstream>
#include <sstream>

#include "platform/audit/api.h"
#include "platform/identity/store.h"
#include "platform/links/api.h"
#include "platform/mail/store.h"
#include "tests/platform/db/support/engines.h"

class Privacy : public db::testing::OnBothEngines {
  protected:
    template <class Work>
    auto write(Work work) {
        return database().write(work);
    }
    identity::AccountId person() {
        const auto id = write([&](db::Connection& c) -> base::Result<identity::AccountId> {
            TRY(const auto made,
                identity::create_account(c, {.sign_in = "amt", .display_name = "Amt am Markt", .password_hash = "x", .email = "amt@kreis.example"},
                                         {}, now_));
            TRY_VOID(mail::queue(c, {.to = "amt@kreis.example", .subject = "Hello", .text = "x"}, now_));
            return made;
        });
        EXPECT_TRUE(id) << base::describe(id.error());
        return id.value_or(identity::AccountId{});
    }
    std::string found() {
        std::string out;
        const auto done = write([](db::Connection& c) { return privacy::check(c); });
        EXPECT_TRUE(done) << base::describe(done.error());
        if (done)
            for (const auto& f : done->findings) out += f.column + ": " + f.what + "\n";
        return out;
    }
    const base::Instant now_ = *base::parse_iso_instant("2026-11-22T10:00:00Z");
};
MITEINANDER_ON_BOTH_ENGINES(Privacy);

TEST_P(Privacy, EveryColumnOfTheSchemaHasBeenReviewed) { EXPECT_EQ(found(), ""); }

TEST_P(Privacy, ANewColumnIsFound) {
    ASSERT_TRUE(write([](db::Connection& c) { return c.script("alter table bearers add column nationality text"); }));
    EXPECT_NE(found().find("bearers.nationality: is new"), std::string::npos);
}

TEST_P(Privacy, AnAddressTypedWhereNoneBelongsIsFoundAndNotRepeated) {
    ASSERT_TRUE(write([&](db::Connection& c) {
        return c.execute(
            "insert into accessibility_feedback (received_at, page, description) values (:now, '/', 'please write to jemand@web.example')",
            {{"now", now_}});
    }));
    EXPECT_NE(found().find("accessibility_feedback.description: 1 rows"), std::string::npos);
    EXPECT_EQ(found().find("jemand@"), std::string::npos);
}

TEST_P(Privacy, APersonGetsEverythingAndTheReadingIsRecorded) {
    const auto id = person();
    const auto text = write([&](db::Connection& c) { return privacy::about(c, id, {}, now_); });
    ASSERT_TRUE(text) << base::describe(text.error());
    for (const char* part : {"Amt am Markt", "amt@kreis.example", "\"subject\":\"Hello\""}) EXPECT_NE(text->find(part), std::string::npos) << part;
    EXPECT_EQ(text->find("password"), std::string::npos);
    const auto log = database().read([&](db::Connection& c) { return audit::history(c, "privacy.person", std::to_string(id.value)); });
    ASSERT_TRUE(log && log->size() == 1);
    EXPECT_EQ(log->front().action, "read");
}

TEST_P(Privacy, ErasingLeavesAStubAndTheChainIntact) {
    const auto id = person();
    EXPECT_EQ(write([&](db::Connection& c) { return privacy::erase(c, id, {}, now_); }).error().kind, base::ErrorKind::conflict);  // still in use
    ASSERT_TRUE(write([&](db::Connection& c) { return identity::set_disabled(c, id, true, {}, now_); }));
    const auto done = write([&](db::Connection& c) { return privacy::erase(c, id, {}, now_); });
    ASSERT_TRUE(done) << base::describe(done.error());
    const auto text = write([&](db::Connection& c) { return privacy::about(c, id, {}, now_); });
    ASSERT_TRUE(text);
    EXPECT_EQ(text->find("Amt"), std::string::npos);
    EXPECT_EQ(text->find("amt@"), std::string::npos);
    const auto values = database().read([](db::Connection& c) {
        return c.query_one<std::int64_t>("select count(*) as n from audit_values where fields like '%amt@kreis%' or fields like '%Markt%'", {},
                                         [](const db::Row& row) { return row.int64("n"); });
    });
    EXPECT_EQ(values->value(), 0);
    EXPECT_TRUE(database().read([](db::Connection& c) { return audit::verify(c); })->intact());
}

TEST_P(Privacy, RetentionSaysFirstAndRemovesThen) {
    ASSERT_TRUE(write(
        [&](db::Connection& c) { return links::issue(c, {"test", "1", now_ - std::chrono::hours(24 * 31)}, now_ - std::chrono::hours(24 * 40)); }));
    ASSERT_TRUE(write(
        [&](db::Connection& c) { return links::issue(c, {"test", "1", now_ - std::chrono::hours(24 * 29)}, now_ - std::chrono::hours(24 * 40)); }));
    const auto rows = [&](privacy::Run run) {
        const auto done = write([&](db::Connection& c) { return privacy::apply_retention(c, run, now_); });
        EXPECT_TRUE(done) << base::describe(done.error());
        std::int64_t n = 0;
        for (const auto& r : done.value_or(std::vector<privacy::Removed>{})) n += r.rows;
        return n;
    };
    EXPECT_EQ(rows(privacy::Run::dry), 1);
    EXPECT_EQ(rows(privacy::Run::dry), 1);
    EXPECT_EQ(rows(privacy::Run::real), 1);
    EXPECT_EQ(rows(privacy::Run::real), 0);
}

TEST(Register, TheDocumentIsTheModel) {
    std::ifstream file(std::string(base::source_root()) + "/docs/processing-activities.md");
    std::stringstream kept;
    kept << file.rdbuf();
    EXPECT_EQ(kept.str(), privacy::register_as_markdown()) << "miteinander privacy register > docs/processing-activities.md";
}
