#include "platform/links/api.h"

#include "tests/platform/db/support/engines.h"

class Links : public db::testing::OnBothEngines {
  protected:
    std::string issue(const std::string& purpose = "test.door", std::chrono::hours life = std::chrono::hours(24)) {
        const auto token = database().write([&](db::Connection& c) { return links::issue(c, {purpose, "17", now_ + life}, now_); });
        EXPECT_TRUE(token) << base::describe(token.error());
        return token.value_or("");
    }
    std::string look(const std::string& token, base::Instant at, const std::string& purpose = "test.door") {
        const auto found = database().read([&](db::Connection& c) { return links::look(c, token, purpose, at); });
        return found ? found->record : found.error().code;
    }
    std::string spend(const std::string& token) {
        const auto found = database().write([&](db::Connection& c) { return links::spend(c, token, "test.door", now_); });
        return found ? found->record : found.error().code;
    }
    const base::Instant now_ = *base::parse_iso_instant("2026-11-22T10:00:00Z");
};
MITEINANDER_ON_BOTH_ENGINES(Links);

TEST_P(Links, OpenOnceAndSayAfterwardsWhyNot) {
    const auto token = issue();
    EXPECT_EQ(look(token, now_), "17");
    EXPECT_EQ(look(token, now_), "17");  // looking uses nothing up
    EXPECT_EQ(spend(token), "17");
    EXPECT_EQ(spend(token), "spent");
    EXPECT_EQ(look(token, now_), "spent");
}

TEST_P(Links, EndAtTheirMoment) {
    const auto token = issue();
    EXPECT_EQ(look(token, now_ + std::chrono::hours(24) - std::chrono::seconds(1)), "17");
    EXPECT_EQ(look(token, now_ + std::chrono::hours(24)), "expired");
}

TEST_P(Links, OpenNoOtherDoor) { EXPECT_EQ(look(issue("test.other"), now_), "unknown"); }

TEST_P(Links, GuessesLookLikeNothing) {
    auto token = issue();
    token[7] = token[7] == 'A' ? 'B' : 'A';
    for (const auto& guess : {token, std::string(), std::string(43, 'A'), std::string(44, 'A'), std::string("' or 1=1 --")})
        EXPECT_EQ(look(guess, now_), "unknown") << guess;
}

TEST_P(Links, RevokingEndsAllOfARecordAndNoOther) {
    const auto first = issue(), second = issue(), other = issue("test.other");
    ASSERT_TRUE(database().write([&](db::Connection& c) { return links::revoke(c, "test.door", "17"); }));
    EXPECT_EQ(look(first, now_), "revoked");
    EXPECT_EQ(spend(second), "revoked");
    EXPECT_EQ(look(other, now_, "test.other"), "17");
}

TEST_P(Links, KeepOnlyTheHash) {
    const auto token = issue();
    const auto kept = database().read([](db::Connection& c) {
        return c.query<std::string>("select token_hash from one_time_links", {}, [](const db::Row& row) { return row.text("token_hash"); });
    });
    ASSERT_TRUE(kept && kept->size() == 1);
    EXPECT_EQ(kept->front().size(), 64u);
    EXPECT_EQ(kept->front().find(token), std::string::npos);
}

TEST_P(Links, AreForgottenWhenTheyEndedLongAgo) {
    const auto token = issue();
    const auto later = now_ + std::chrono::hours(48);
    EXPECT_EQ(*database().write([&](db::Connection& c) { return links::forget(c, now_); }), 0);
    EXPECT_EQ(*database().write([&](db::Connection& c) { return links::forget(c, later); }), 1);
    EXPECT_EQ(look(token, now_), "unknown");
}

TEST(Tokens, DifferAndStayOutOfLogs) {
    const auto one = links::random_token(), two = links::random_token();
    EXPECT_NE(one, two);
    EXPECT_TRUE(links::looks_like_token(one));
    EXPECT_EQ(links::without_tokens("/einladung/" + one), "/einladung/…");
    EXPECT_EQ(links::without_tokens("/a/" + one + "/b"), "/a/…/b");
    EXPECT_EQ(links::without_tokens("/pflichten/17"), "/pflichten/17");
    EXPECT_EQ(links::without_tokens("/"), "/");
}
