// Invitations, forgotten passwords, the second factor, devices: what opens an account, and what does not.
#include "platform/identity/accounts.h"
#include "platform/identity/second_factor.h"
#include "platform/identity/totp.h"
#include "platform/mail/store.h"
#include "tests/platform/db/support/engines.h"

namespace {

const identity::HashingCost cheap{.passes = 1, .memory_bytes = 8u * 1024};
const identity::Actor nobody;
const std::string password = "vier bunte Kraniche", other_password = "drei leise Trommeln";

}  // namespace

class Doors : public db::testing::OnBothEngines {
  protected:
    void SetUp() override {
        db::testing::OnBothEngines::SetUp();
        auto opened = identity::Accounts::open(database(), hasher_, clock_);
        ASSERT_TRUE(opened) << base::describe(opened.error());
        accounts_ = std::move(*opened);
        mail::Settings s;
        s.public_address = "https://integration.example";
        ASSERT_TRUE(database().write([&](db::Connection& c) { return mail::save_settings(c, s, nobody, clock_.now()); }));
        const auto made = accounts_->create({.sign_in = "amt",
                                             .display_name = "Amt",
                                             .password_hash = {},
                                             .role = identity::Role::unit_editor,
                                             .office = 7,
                                             .email = "amt@kreis.example"},
                                            password, nobody);
        ASSERT_TRUE(made) << base::describe(made.error());
        id_ = *made;
    }
    std::vector<mail::Queued> mails() {
        return database().read([](db::Connection& c) { return mail::log(c, 100); }).value_or(std::vector<mail::Queued>{});
    }
    // The token of the newest mail's link.
    std::string token() {
        const auto all = mails();
        if (all.empty()) return {};
        const auto& text = all.front().message.text;
        const auto at = text.find("https://integration.example/");
        if (at == std::string::npos) return {};
        const auto slash = text.find('/', at + 28);
        return text.substr(slash + 1, 43);
    }
    std::string switch_on() {
        const auto secret = identity::new_totp_secret();
        EXPECT_TRUE(database().write(
            [&](db::Connection& c) { return identity::set_second_factor(c, id_, secret, 0, {"aaaa-bbbb-cccc"}, nobody, clock_.now()); }));
        return secret;
    }
    static std::string code_now(const std::string& secret) { return identity::totp_code(secret, identity::totp_step(base::Clock().now())); }

    base::Clock clock_;
    identity::PasswordHasher hasher_{16, cheap};
    std::unique_ptr<identity::Accounts> accounts_;
    identity::AccountId id_;
};
MITEINANDER_ON_BOTH_ENGINES(Doors);

TEST_P(Doors, AnInvitedPersonChoosesTheirOwnPasswordOnce) {
    const auto made = accounts_->invite({.sign_in = "neu", .display_name = "Neu", .password_hash = {}, .email = "neu@kreis.example"}, nobody);
    ASSERT_TRUE(made) << base::describe(made.error());
    EXPECT_FALSE(accounts_->sign_in("neu", "", "192.0.2.1"));  // no password fits an empty hash
    const auto link = token();
    EXPECT_EQ(mails().front().message.to, "neu@kreis.example");
    EXPECT_EQ(accounts_->set_password_by_link(link, identity::invitation_purpose, "kurz").error().fields.front().field, "password");
    EXPECT_EQ(accounts_->set_password_by_link(link, identity::reset_purpose, other_password).error().code, "unknown");  // another door
    ASSERT_TRUE(accounts_->set_password_by_link(link, identity::invitation_purpose, other_password));
    EXPECT_TRUE(accounts_->sign_in("neu", other_password, "192.0.2.1"));
    EXPECT_EQ(accounts_->set_password_by_link(link, identity::invitation_purpose, password).error().code, "spent");
}

TEST_P(Doors, AnInvitationNeedsAnAddressNobodyElseHas) {
    EXPECT_EQ(accounts_->invite({.sign_in = "neu", .display_name = "Neu", .password_hash = {}, .email = ""}, nobody).error().fields.front().field,
              "email");
    EXPECT_EQ(accounts_->invite({.sign_in = "neu", .display_name = "Neu", .password_hash = {}, .email = "AMT@kreis.example"}, nobody)
                  .error()
                  .fields.front()
                  .field,
              "email");
    EXPECT_EQ(mails().size(), 0u);
}

TEST_P(Doors, OnlyTheNewestInvitationOpens) {
    const auto made = accounts_->invite({.sign_in = "neu", .display_name = "Neu", .password_hash = {}, .email = "neu@kreis.example"}, nobody);
    ASSERT_TRUE(made);
    const auto first = token();
    ASSERT_TRUE(accounts_->invite_again(*made, nobody));
    EXPECT_EQ(accounts_->owner_of_link(first, identity::invitation_purpose).error().code, "revoked");
    EXPECT_TRUE(accounts_->owner_of_link(token(), identity::invitation_purpose));
    EXPECT_FALSE(accounts_->invite_again(id_, nobody));  // has a password already
}

TEST_P(Doors, AskingForANewPasswordTellsNobodyWhoHasAnAccount) {
    const auto known = accounts_->ask_for_reset("amt"), unknown = accounts_->ask_for_reset("niemand"),
               by_mail = accounts_->ask_for_reset("AMT@Kreis.example");
    EXPECT_TRUE(known && unknown && by_mail);
    EXPECT_TRUE(mails().empty());  // nothing happens while anybody waits
    ASSERT_TRUE(accounts_->answer_resets());
    EXPECT_EQ(mails().size(), 1u);  // one for both requests of one person
    const auto in = accounts_->sign_in("amt", password, "192.0.2.1");
    ASSERT_TRUE(in);
    ASSERT_TRUE(accounts_->set_password_by_link(token(), identity::reset_purpose, other_password));
    EXPECT_FALSE(accounts_->who(in->token));  // every session has ended
    EXPECT_EQ(mails().size(), 2u);            // and the owner is told
    EXPECT_TRUE(accounts_->sign_in("amt", other_password, "192.0.2.1"));
}

TEST_P(Doors, WithoutThePublicAddressRequestsEndUnanswered) {
    ASSERT_TRUE(database().write([&](db::Connection& c) { return mail::save_settings(c, {}, nobody, clock_.now()); }));
    ASSERT_TRUE(accounts_->ask_for_reset("amt"));
    ASSERT_TRUE(accounts_->answer_resets());
    EXPECT_TRUE(mails().empty());
}

TEST_P(Doors, NobodysMailboxIsFlooded) {
    for (int i = 0; i < 20; ++i) {
        ASSERT_TRUE(accounts_->ask_for_reset("amt"));
        ASSERT_TRUE(accounts_->answer_resets());
    }
    EXPECT_EQ(mails().size(), 3u);
}

TEST_P(Doors, ADisabledAccountGetsNoLinkAndItsLinksEnd) {
    ASSERT_TRUE(accounts_->ask_for_reset("amt"));
    ASSERT_TRUE(accounts_->answer_resets());
    const auto link = token();
    ASSERT_TRUE(database().write([&](db::Connection& c) { return identity::set_disabled(c, id_, true, nobody, clock_.now()); }));
    EXPECT_FALSE(accounts_->owner_of_link(link, identity::reset_purpose));
    ASSERT_TRUE(accounts_->ask_for_reset("amt"));
    ASSERT_TRUE(accounts_->answer_resets());
    EXPECT_EQ(mails().size(), 1u);
    EXPECT_FALSE(*database().read([](db::Connection& c) { return identity::may_receive(c, "amt@kreis.example"); }));
}

TEST_P(Doors, APasswordAloneDoesNotOpenAnAccountWithASecondFactor) {
    const auto secret = switch_on();
    const auto first = accounts_->sign_in("amt", password, "192.0.2.1");
    ASSERT_TRUE(first);
    EXPECT_EQ(first->token, "");
    EXPECT_FALSE(accounts_->who(first->second_step));
    EXPECT_EQ(accounts_->second_step(first->second_step, "000000", {.address = "192.0.2.1"}).error().fields.front().field, "code");
    const auto code = code_now(secret);
    const auto in = accounts_->second_step(first->second_step, code, {.address = "192.0.2.1"});
    ASSERT_TRUE(in) << base::describe(in.error());
    EXPECT_TRUE(accounts_->who(in->token));
    EXPECT_FALSE(accounts_->second_step(first->second_step, code, {.address = "192.0.2.1"}));  // used up
    const auto again = accounts_->sign_in("amt", password, "192.0.2.1");
    ASSERT_TRUE(again);
    EXPECT_FALSE(accounts_->second_step(again->second_step, code, {.address = "192.0.2.1"}));  // the code was seen before
}

TEST_P(Doors, ARecoveryCodeWorksOnce) {
    switch_on();
    const auto first = accounts_->sign_in("amt", password, "192.0.2.1");
    ASSERT_TRUE(accounts_->second_step(first->second_step, "AAAA BBBB CCCC", {.address = "192.0.2.1"}));
    const auto second = accounts_->sign_in("amt", password, "192.0.2.1");
    EXPECT_FALSE(accounts_->second_step(second->second_step, "aaaa-bbbb-cccc", {.address = "192.0.2.1"}));
}

TEST_P(Doors, GuessingCodesIsSlowedDown) {
    switch_on();
    const auto first = accounts_->sign_in("amt", password, "192.0.2.1");
    for (int i = 0; i < 5; ++i)
        EXPECT_EQ(accounts_->second_step(first->second_step, "000000", {.address = "192.0.2.1"}).error().kind, base::ErrorKind::invalid_input);
    EXPECT_EQ(accounts_->second_step(first->second_step, "000000", {.address = "192.0.2.1"}).error().kind, base::ErrorKind::too_many);
}

TEST_P(Doors, ARoleThatNeedsASecondFactorIsConfinedWithoutOne) {
    const auto in = accounts_->sign_in("amt", password, "192.0.2.1");
    EXPECT_FALSE(accounts_->who(in->token)->confined);
    ASSERT_TRUE(database().write(
        [&](db::Connection& c) { return identity::save_security_settings(c, {{identity::Role::unit_editor}}, nobody, clock_.now()); }));
    EXPECT_TRUE(accounts_->who(in->token)->confined);
    switch_on();
    EXPECT_FALSE(accounts_->who(in->token)->confined);
}

// Strangers who try passwords do not shut out the owner, whose device is known.
TEST_P(Doors, TheOwnersDeviceStaysOpenWhileStrangersGuess) {
    const auto mine = accounts_->sign_in("amt", password, identity::Accounts::Visit{.address = "192.0.2.1"});
    ASSERT_TRUE(mine);
    for (int i = 0; i < 30; ++i) (void)accounts_->sign_in("amt", "falsch", "203.0.113." + std::to_string(i));
    EXPECT_EQ(accounts_->sign_in("amt", password, "192.0.2.7").error().kind, base::ErrorKind::too_many);
    EXPECT_TRUE(accounts_->sign_in("amt", password, identity::Accounts::Visit{.address = "192.0.2.1", .device_token = mine->device_token}));
    EXPECT_EQ(
        accounts_->sign_in("amt", password, identity::Accounts::Visit{.address = "192.0.2.7", .device_token = std::string(43, 'A')}).error().kind,
        base::ErrorKind::too_many);  // a made-up device opens nothing
}

TEST_P(Doors, TheOwnerIsToldOfNewDevicesAndOfManyFailures) {
    const auto first = accounts_->sign_in("amt", password, identity::Accounts::Visit{.address = "192.0.2.1"});
    EXPECT_TRUE(mails().empty());  // the first device of all is no surprise
    ASSERT_TRUE(accounts_->sign_in("amt", password, identity::Accounts::Visit{.address = "192.0.2.1", .device_token = first->device_token}));
    EXPECT_TRUE(mails().empty());
    ASSERT_TRUE(accounts_->sign_in("amt", password,
                                   identity::Accounts::Visit{.address = "192.0.2.1", .user_agent = "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"}));
    ASSERT_EQ(mails().size(), 1u);
    EXPECT_NE(mails().front().message.text.find("Firefox, Windows"), std::string::npos);
    for (int i = 0; i < 12; ++i) {
        (void)accounts_->sign_in("amt", "falsch", "192.0.2.1");
        // An hour of patience on the attacker's side, nearly: the pause is over, the count is not forgotten.
        ASSERT_TRUE(database().write([&](db::Connection& c) {
            return c.execute("update sign_in_failures set last_at = :then", {{"then", clock_.now() - std::chrono::minutes(59)}});
        }));
    }
    EXPECT_EQ(mails().size(), 2u);  // told once, not at every try after the tenth
}

TEST_P(Doors, SessionsAreListedAndEndedByTheirOwnerOnly) {
    const auto one = accounts_->sign_in("amt", password, "192.0.2.1"), two = accounts_->sign_in("amt", password, "192.0.2.1");
    const auto list = [&] {
        return database()
            .read([&](db::Connection& c) { return identity::sessions_of(c, id_, identity::token_hash(two->token), clock_.now()); })
            .value();
    };
    ASSERT_EQ(list().size(), 2u);
    const auto all = list();
    const auto& other = all[0].own ? all[1] : all[0];
    EXPECT_FALSE(database().write([&](db::Connection& c) { return identity::end_session_of(c, identity::AccountId{id_.value + 1}, other.handle); }));
    ASSERT_TRUE(database().write([&](db::Connection& c) { return identity::end_session_of(c, id_, other.handle); }));
    EXPECT_FALSE(accounts_->who(one->token));
    EXPECT_TRUE(accounts_->who(two->token));
}

TEST(Devices, AreCalledWhatPeopleCallThem) {
    struct Case {
        const char *agent, *name;
    };
    for (const auto& c : {Case{"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0 Safari/537.36", "Chrome, Linux"},
                          {"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/143.0 Safari/537.36 Edg/143.0", "Edge, Windows"},
                          {"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1", "Safari, iOS"},
                          {"curl/8.0", ""}})
        EXPECT_EQ(identity::device_of(c.agent), c.name);
}
