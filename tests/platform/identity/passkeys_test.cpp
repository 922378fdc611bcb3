// Passkeys of accounts: one's own are added, named, used and removed; nobody else's device, challenge or key opens anything.
#include "platform/identity/passkeys.h"
#include "platform/identity/accounts.h"
#include "platform/identity/second_factor.h"
#include "platform/mail/store.h"
#include "tests/platform/db/support/engines.h"
#include "tests/platform/identity/support/authenticator.h"

using identity::webauthn::Site;
using webauthn_testing::Authenticator;

namespace {

const identity::HashingCost cheap{.passes = 1, .memory_bytes = 8u * 1024};
const identity::Actor nobody;
const std::string password = "vier bunte Kraniche";
const Site here{.id = "kreis.example", .origin = "https://kreis.example"};

}  // namespace

class Passkeys : public db::testing::OnBothEngines {
  protected:
    void SetUp() override {
        db::testing::OnBothEngines::SetUp();
        auto opened = identity::Accounts::open(database(), hasher_, clock_);
        ASSERT_TRUE(opened);
        accounts_ = std::move(*opened);
        amt_ = create("amt");
        other_ = create("haus");
    }
    identity::Actor create(const std::string& name) {
        const auto made = accounts_->create(
            {.sign_in = name, .display_name = name, .password_hash = {}, .role = identity::Role::reader, .email = name + "@kreis.example"}, password,
            nobody);
        EXPECT_TRUE(made) << base::describe(made.error());
        return {.account = made.value_or(identity::AccountId{}), .role = identity::Role::reader, .display_name = name};
    }
    std::string add(const identity::Actor& who, const Authenticator& key, const std::string& challenge) {
        const auto done =
            accounts_->add_passkey(who, here, "Telefon", Authenticator::client_data({"webauthn.create", challenge, here.origin}), key.registration());
        return done ? "good" : done.error().code.empty() ? std::string(base::name_of(done.error().kind)) : done.error().code;
    }
    std::string add(const identity::Actor& who, const Authenticator& key) { return add(who, key, accounts_->passkey_challenge(who.account)); }
    identity::webauthn::Answer answer(Authenticator& key, const identity::Actor& whose, const std::string& challenge) {
        return key.answer(Authenticator::client_data({"webauthn.get", challenge, here.origin}), accounts_->passkey_handle(whose.account));
    }
    std::string sign_in(const identity::webauthn::Answer& answer, const std::string& address = "192.0.2.1", const Site& site = here) {
        const auto done = accounts_->sign_in_by_passkey(site, answer, {.address = address});
        if (!done) return done.error().code;
        token_ = done->token;
        return "good";
    }
    std::string sign_in(Authenticator& key, const identity::Actor& whose) { return sign_in(answer(key, whose, accounts_->passkey_challenge({}))); }
    std::vector<identity::Passkey> keys_of(const identity::Actor& who) {
        return database().read([&](db::Connection& c) { return identity::passkeys_of(c, who.account); }).value();
    }
    std::vector<std::string> subjects() {
        std::vector<std::string> out;
        const auto all = database().read([](db::Connection& c) { return mail::log(c, 100); });
        for (const auto& m : *all) out.push_back(m.message.subject);
        return out;
    }

    base::Clock clock_;
    identity::PasswordHasher hasher_{16, cheap};
    std::unique_ptr<identity::Accounts> accounts_;
    identity::Actor amt_, other_;
    std::string token_;
};
MITEINANDER_ON_BOTH_ENGINES(Passkeys);

TEST_P(Passkeys, OpenTheAccountTheyWereMadeFor) {
    Authenticator key;
    ASSERT_EQ(add(amt_, key), "good");
    EXPECT_EQ(subjects(), std::vector<std::string>{"A new passkey"});  // the owner is told
    ASSERT_EQ(sign_in(key, amt_), "good");
    const auto who = accounts_->who(token_);
    ASSERT_TRUE(who);
    EXPECT_EQ(who->actor.account, amt_.account);
    const auto kept = keys_of(amt_);
    ASSERT_EQ(kept.size(), 1u);
    EXPECT_EQ(kept.front().name, "Telefon");
    EXPECT_EQ(kept.front().counter, 1);
    EXPECT_TRUE(kept.front().last_used);
}

TEST_P(Passkeys, AreTwoFactorsInOne) {
    Authenticator key;
    ASSERT_EQ(add(amt_, key), "good");
    ASSERT_TRUE(
        database().write([&](db::Connection& c) { return identity::save_security_settings(c, {{identity::Role::reader}}, nobody, clock_.now()); }));
    const auto by_password = accounts_->sign_in("amt", password, "192.0.2.1");
    ASSERT_TRUE(by_password);
    EXPECT_TRUE(accounts_->who(by_password->token)->confined);
    ASSERT_EQ(sign_in(key, amt_), "good");
    EXPECT_FALSE(accounts_->who(token_)->confined);
}

TEST_P(Passkeys, AnAnswerOpensOnce) {
    Authenticator key;
    const auto making = accounts_->passkey_challenge(amt_.account);
    ASSERT_EQ(add(amt_, key, making), "good");
    Authenticator second;
    second.id = "another";
    EXPECT_EQ(add(amt_, second, making), "spent");
    const auto shown = answer(key, amt_, accounts_->passkey_challenge({}));
    ASSERT_EQ(sign_in(shown), "good");
    EXPECT_EQ(sign_in(shown), "counter");  // replayed: its counter is old …
    ASSERT_TRUE(database().write([](db::Connection& c) { return c.execute("update passkeys set counter = 0"); }));
    EXPECT_EQ(sign_in(shown), "spent");  // … and its challenge used
}

TEST_P(Passkeys, ChallengesAreOursInTimeAndForOnePurpose) {
    Authenticator key;
    ASSERT_EQ(add(amt_, key), "good");
    Authenticator fresh;
    fresh.id = "fresh";
    EXPECT_EQ(add(amt_, fresh, accounts_->passkey_challenge({})), "challenge");              // for a sign-in
    EXPECT_EQ(add(amt_, fresh, accounts_->passkey_challenge(other_.account)), "challenge");  // somebody else's
    EXPECT_EQ(sign_in(answer(key, amt_, accounts_->passkey_challenge(amt_.account))), "challenge");
    EXPECT_EQ(sign_in(answer(key, amt_, identity::base64url(std::string(48, 'x')))), "challenge");  // made up
    EXPECT_EQ(sign_in(answer(key, amt_, "kurz")), "challenge");
    auto longer_lived = accounts_->passkey_challenge({});  // its end moved by a bit
    longer_lived[24] = longer_lived[24] == 'A' ? 'B' : 'A';
    EXPECT_EQ(sign_in(answer(key, amt_, longer_lived)), "challenge");
    clock_ = base::Clock(base::plus_days(base::Clock().today(), -1));
    const auto old = accounts_->passkey_challenge({}), old_making = accounts_->passkey_challenge(amt_.account);
    clock_ = base::Clock();
    EXPECT_EQ(sign_in(answer(key, amt_, old)), "expired");
    EXPECT_EQ(add(amt_, fresh, old_making), "expired");
}

TEST_P(Passkeys, NobodyElsesOpensAnything) {
    Authenticator key, stranger;
    stranger.id = "stranger";
    ASSERT_EQ(add(amt_, key), "good");
    EXPECT_EQ(sign_in(stranger, amt_), "unknown");
    stranger.id = key.id;  // says it is the known one
    EXPECT_EQ(sign_in(stranger, amt_), "signature");
    EXPECT_EQ(sign_in(answer(key, other_, accounts_->passkey_challenge({}))), "handle");
    auto elsewhere = answer(key, amt_, accounts_->passkey_challenge({}));
    EXPECT_EQ(sign_in(elsewhere, "192.0.2.1", {.id = "localhost", .origin = "http://localhost:8080"}), "unknown");  // made for another site
    Authenticator same;
    EXPECT_EQ(add(other_, same), "conflict");  // a known key is nobody else's
    EXPECT_EQ(keys_of(other_).size(), 0u);
}

TEST_P(Passkeys, ACopyIsRefusedAndItsOwnerTold) {
    Authenticator key;
    ASSERT_EQ(add(amt_, key), "good");
    auto copy = key;
    ASSERT_EQ(sign_in(key, amt_), "good");
    ASSERT_EQ(sign_in(key, amt_), "good");
    EXPECT_EQ(sign_in(copy, amt_), "counter");
    EXPECT_EQ(subjects().front(), "A passkey was refused");
}

TEST_P(Passkeys, EndWithTheirRemovalAndSleepWithTheAccount) {
    Authenticator key;
    ASSERT_EQ(add(amt_, key), "good");
    const auto id = keys_of(amt_).front().id;
    EXPECT_FALSE(database().write([&](db::Connection& c) { return identity::remove_passkey(c, other_.account, id, other_, clock_.now()); }));
    ASSERT_TRUE(database().write([&](db::Connection& c) { return identity::set_disabled(c, amt_.account, true, nobody, clock_.now()); }));
    EXPECT_EQ(sign_in(key, amt_), "unknown");
    ASSERT_TRUE(database().write([&](db::Connection& c) { return identity::set_disabled(c, amt_.account, false, nobody, clock_.now()); }));
    EXPECT_EQ(sign_in(key, amt_), "good");
    ASSERT_TRUE(database().write([&](db::Connection& c) { return identity::remove_passkey(c, amt_.account, id, amt_, clock_.now()); }));
    EXPECT_EQ(sign_in(key, amt_), "unknown");
}

TEST_P(Passkeys, GuessingFromOneAddressIsSlowedDown) {
    Authenticator key, stranger;
    ASSERT_EQ(add(amt_, key), "good");
    for (int i = 0; i < 20; ++i) EXPECT_EQ(sign_in(stranger, amt_), "signature");
    EXPECT_EQ(sign_in(stranger, amt_), "throttled");
    EXPECT_EQ(sign_in(answer(key, amt_, accounts_->passkey_challenge({})), "192.0.2.9"), "good");  // its owner, elsewhere
}

TEST_P(Passkeys, TwentyAreEnough) {
    for (std::size_t i = 0; i < identity::most_passkeys; ++i) {
        Authenticator key;
        key.id = "key " + std::to_string(i);
        ASSERT_EQ(add(amt_, key), "good");
    }
    Authenticator more;
    more.id = "one more";
    EXPECT_EQ(add(amt_, more), "invalid input");
}
