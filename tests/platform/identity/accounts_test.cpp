#include "platform/identity/accounts.h"

#include "tests/platform/db/support/engines.h"

namespace {

const identity::HashingCost cheap{.passes = 1, .memory_bytes = 8u * 1024};
const identity::Actor nobody;

}  // namespace

class Accounts : public db::testing::OnBothEngines {
  protected:
    void SetUp() override {
        db::testing::OnBothEngines::SetUp();
        auto opened = identity::Accounts::open(database(), hasher_, clock_);
        ASSERT_TRUE(opened) << base::describe(opened.error());
        accounts_ = std::move(*opened);
        const auto made =
            accounts_->create("Amt@Kreis.example", "Fachbereich Soziales", "vier bunte Kraniche", identity::Role::unit_editor, 7, nobody);
        ASSERT_TRUE(made) << base::describe(made.error());
        id_ = *made;
    }
    base::Clock clock_;
    identity::PasswordHasher hasher_{16, cheap};
    std::unique_ptr<identity::Accounts> accounts_;
    identity::AccountId id_;
};
MITEINANDER_ON_BOTH_ENGINES(Accounts);

TEST_P(Accounts, SignInOpensASessionAndSignOutEndsIt) {
    const auto in = accounts_->sign_in(" amt@kreis.EXAMPLE ", "vier bunte Kraniche", "192.0.2.1");
    ASSERT_TRUE(in) << base::describe(in.error());
    const auto session = accounts_->who(in->token);
    ASSERT_TRUE(session);
    EXPECT_EQ(session->actor.account, id_);
    EXPECT_EQ(session->actor.role, identity::Role::unit_editor);
    EXPECT_EQ(session->actor.office, 7);
    ASSERT_TRUE(accounts_->sign_out(in->token));
    EXPECT_FALSE(accounts_->who(in->token));
    EXPECT_FALSE(accounts_->who(std::string(43, 'A')));
}

TEST_P(Accounts, ASessionIsNeverCarriedOverASignIn) {
    const auto first = accounts_->sign_in("amt@kreis.example", "vier bunte Kraniche", "192.0.2.1");
    ASSERT_TRUE(first);
    const auto second = accounts_->sign_in("amt@kreis.example", "vier bunte Kraniche", "192.0.2.1", first->token);
    ASSERT_TRUE(second);
    EXPECT_NE(first->token, second->token);
    EXPECT_FALSE(accounts_->who(first->token));
    EXPECT_TRUE(accounts_->who(second->token));
}

TEST_P(Accounts, WrongNameAndWrongPasswordLookTheSame) {
    const auto unknown = accounts_->sign_in("niemand", "vier bunte Kraniche", "192.0.2.1");
    const auto wrong = accounts_->sign_in("amt@kreis.example", "vier graue Kraniche", "192.0.2.1");
    ASSERT_FALSE(unknown);
    ASSERT_FALSE(wrong);
    EXPECT_EQ(unknown.error().kind, wrong.error().kind);
    EXPECT_EQ(unknown.error().fields.front().message, wrong.error().fields.front().message);
}

TEST_P(Accounts, TheSixthAttemptWaits) {
    for (int i = 0; i < 5; ++i)
        EXPECT_EQ(accounts_->sign_in("amt@kreis.example", "falsch", "192.0.2.1").error().kind, base::ErrorKind::invalid_input);
    EXPECT_EQ(accounts_->sign_in("amt@kreis.example", "vier bunte Kraniche", "192.0.2.9").error().kind, base::ErrorKind::too_many);
}

// Many people may share one address: an attack on one account does not lock out its neighbours.
TEST_P(Accounts, AnAttackOnOneAccountLeavesTheOthersOpen) {
    ASSERT_TRUE(accounts_->create("andere", "Fachbereich Jugend", "drei leise Trommeln", identity::Role::reader, 0, nobody));
    for (int i = 0; i < 8; ++i) (void)accounts_->sign_in("amt@kreis.example", "falsch", "192.0.2.1");
    EXPECT_TRUE(accounts_->sign_in("andere", "drei leise Trommeln", "192.0.2.1"));
}

TEST_P(Accounts, ADisabledAccountIsOutAtOnce) {
    const auto in = accounts_->sign_in("amt@kreis.example", "vier bunte Kraniche", "192.0.2.1");
    ASSERT_TRUE(in);
    ASSERT_TRUE(database().write([&](db::Connection& c) { return identity::set_disabled(c, id_, true, nobody, clock_.now()); }));
    EXPECT_FALSE(accounts_->who(in->token));
    EXPECT_FALSE(accounts_->sign_in("amt@kreis.example", "vier bunte Kraniche", "192.0.2.1"));
}

TEST_P(Accounts, ANewPasswordEndsEverySession) {
    const auto in = accounts_->sign_in("amt@kreis.example", "vier bunte Kraniche", "192.0.2.1");
    ASSERT_TRUE(in);
    const identity::Actor self{.account = id_, .role = identity::Role::unit_editor, .display_name = "", .office = 7};
    EXPECT_EQ(accounts_->change_own_password(self, "geraten", "fünf rote Drachen").error().fields.front().field, "current");
    ASSERT_TRUE(accounts_->change_own_password(self, "vier bunte Kraniche", "fünf rote Drachen"));
    EXPECT_FALSE(accounts_->who(in->token));
    EXPECT_TRUE(accounts_->sign_in("amt@kreis.example", "fünf rote Drachen", "192.0.2.1"));
}

TEST_P(Accounts, ASignInNameIsTakenOnce) {
    const auto again = accounts_->create("AMT@kreis.example", "Zweite", "sieben grüne Fische", identity::Role::reader, 0, nobody);
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().fields.front().field, "sign_in");
}

TEST_P(Accounts, EveryMistakeOfANewAccountIsListedAtOnce) {
    const auto refused = accounts_->create("x", " ", "kurz", identity::Role::reader, 0, nobody);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().fields.size(), 3u);
}

TEST_P(Accounts, TheSetupLinkWorksOnceAndOnlyWithoutAnAdministrator) {
    const auto token = accounts_->setup_token();
    ASSERT_TRUE(token && *token);
    EXPECT_TRUE(accounts_->setup_is_open(**token).value());
    EXPECT_FALSE(accounts_->setup_is_open("geraten").value());
    ASSERT_TRUE(accounts_->set_up(**token, "verwaltung", "Verwaltung", "sieben grüne Fische"));
    EXPECT_FALSE(accounts_->setup_is_open(**token).value());
    EXPECT_FALSE(accounts_->set_up(**token, "zweite", "Zweite", "acht blaue Steine"));
    EXPECT_FALSE(accounts_->setup_token().value());
}

TEST_P(Accounts, AnAddressBelongsToOneAccountHoweverItIsWritten) {
    const auto made = [&](const char* name, const char* email) {
        return accounts_->create({.sign_in = name, .display_name = name, .password_hash = {}, .email = email}, "sieben grüne Fische", nobody);
    };
    const auto first = made("erste", "amt@kreis.example");
    ASSERT_TRUE(first);
    EXPECT_EQ(made("zweite", "AMT@Kreis.example").error().fields.front().field, "email");
    const auto second = made("zweite", "");
    ASSERT_TRUE(second);
    const auto changed = [&](identity::AccountId id, const char* email) {
        return database().write([&](db::Connection& c) -> base::Result<void> {
            TRY(auto a, identity::account(c, id));
            a.email = email;
            return identity::change_account(c, a, nobody, base::Clock().now());
        });
    };
    EXPECT_FALSE(changed(*second, "amt@KREIS.example"));
    EXPECT_TRUE(changed(*first, "AMT@kreis.example")) << "one's own";
    EXPECT_TRUE(changed(*first, ""));
    EXPECT_TRUE(changed(*second, "amt@kreis.example")) << "free again";
}

TEST_P(Accounts, ASetupLinkEndsAfterADay) {
    const auto begin = *base::parse_iso_instant("2020-09-30T10:00:00Z");
    const auto open_after = [&](std::chrono::minutes later) {
        return database()
            .write([&](db::Connection& c) -> base::Result<bool> {
                TRY_VOID(identity::create_setup_link(c, identity::token_hash("probe"), begin, begin + std::chrono::hours(24)));
                TRY(const bool open, identity::setup_link_is_open(c, identity::token_hash("probe"), begin + later));
                TRY(const bool used, identity::use_setup_link(c, identity::token_hash("probe"), begin + later));
                EXPECT_EQ(open, used);
                return used;
            })
            .value_or(false);
    };
    EXPECT_TRUE(open_after(std::chrono::hours(24) - std::chrono::minutes(1)));
    EXPECT_FALSE(open_after(std::chrono::hours(24)));
}

TEST_P(Accounts, EveryMistakeOfANewPasswordIsListedAtOnce) {
    const auto made = accounts_->create("amt", "Amt", "sieben grüne Fische", identity::Role::reader, 0, nobody);
    ASSERT_TRUE(made);
    const identity::Actor self{.account = *made, .role = identity::Role::reader, .display_name = "Amt"};
    const auto refused = accounts_->change_own_password(self, "falsch", "kurz");
    ASSERT_FALSE(refused);
    ASSERT_EQ(refused.error().fields.size(), 2u);
    EXPECT_EQ(refused.error().fields[0].field, "current");
    EXPECT_EQ(refused.error().fields[1].field, "password");
    EXPECT_TRUE(accounts_->change_own_password(self, "sieben grüne Fische", "acht blaue Steine"));
}

TEST_P(Accounts, AWeakPasswordDoesNotUseUpTheSetupLink) {
    const auto token = accounts_->setup_token();
    ASSERT_TRUE(token && *token);
    EXPECT_FALSE(accounts_->set_up(**token, "verwaltung", "Verwaltung", "kurz"));
    EXPECT_TRUE(accounts_->set_up(**token, "verwaltung", "Verwaltung", "sieben grüne Fische"));
}

TEST_P(Accounts, ASecretIsMadeOnceAndStays) {
    const auto one = database().write([](db::Connection& c) { return identity::secret(c, "test"); });
    const auto two = database().write([](db::Connection& c) { return identity::secret(c, "test"); });
    ASSERT_TRUE(one && two);
    EXPECT_EQ(one->size(), 32u);
    EXPECT_EQ(*one, *two);
}
