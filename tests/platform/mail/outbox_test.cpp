#include "platform/mail/sender.h"

#include "tests/platform/db/support/engines.h"
#include "tests/platform/mail/support/smtp_server.h"

using namespace std::chrono_literals;

class Outbox : public db::testing::OnBothEngines {
  protected:
    void queue(const mail::Message& m, base::Instant at) {
        const auto done = database().write([&](db::Connection& c) { return mail::queue(c, m, at); });
        ASSERT_TRUE(done) << base::describe(done.error());
    }
    void use(std::uint16_t port, std::chrono::minutes window = 10min) {
        mail::Settings s;
        s.host = "localhost";
        s.port = port;
        s.security = mail::Security::none;
        s.from = "integration@kreis.example";
        s.merge_within = window;
        ASSERT_TRUE(database().write([&](db::Connection& c) { return mail::save_settings(c, s, {}, clock_.now()); }));
    }
    std::vector<mail::Queued> log() {
        return database().read([](db::Connection& c) { return mail::log(c, 100); }).value_or(std::vector<mail::Queued>{});
    }
    void run(mail::SenderOptions options = {.password_file = {}, .ca_file = {}, .may_receive = {}}) {
        mail::Sender sender(database(), clock_, std::move(options));
        const auto done = sender.run();
        EXPECT_TRUE(done) << base::describe(done.error());
    }
    const base::Clock clock_;
    const mail::Message hello_{.to = "amt@kreis.example", .to_name = "Amt", .subject = "Hello", .text = "secret link"};
};
MITEINANDER_ON_BOTH_ENGINES(Outbox);

TEST_P(Outbox, SendsLogsAndForgetsTheText) {
    const mail::testing::SmtpServer server;
    queue(hello_, clock_.now());
    run();  // no settings yet: it waits
    EXPECT_EQ(log()[0].state, mail::State::queued);
    use(server.port());
    run();
    ASSERT_EQ(server.mails().size(), 1u);
    EXPECT_NE(server.mails()[0].find("secret link"), std::string::npos);
    ASSERT_EQ(log().size(), 1u);
    EXPECT_EQ(log()[0].state, mail::State::sent);
    EXPECT_EQ(log()[0].message.subject, "Hello");
    EXPECT_EQ(log()[0].message.text, "");
    run();
    EXPECT_EQ(server.mails().size(), 1u);  // once
}

TEST_P(Outbox, GoesWithTheTransactionOfItsReason) {
    (void)database().write([&](db::Connection& c) -> base::Result<void> {
        TRY_VOID(mail::queue(c, hello_, clock_.now()));
        return base::error(base::ErrorKind::conflict, "somebody was faster");
    });
    EXPECT_TRUE(log().empty());
}

TEST_P(Outbox, AKeyIsSentOnceAlsoLater) {
    const mail::testing::SmtpServer server;
    use(server.port());
    auto m = hello_;
    m.once_key = "duty 17, 2020, 7 days before";
    queue(m, clock_.now());
    queue(m, clock_.now());
    run();
    queue(m, clock_.now());
    run();
    EXPECT_EQ(server.mails().size(), 1u);
}

TEST_P(Outbox, SeveralOfOneTopicLeaveAsOneWhenTheirWindowIsOver) {
    const mail::testing::SmtpServer server;
    use(server.port());
    auto m = hello_;
    m.topic = "duties";
    m.subject = "First duty";
    queue(m, clock_.now() - 9min);
    run();
    EXPECT_TRUE(server.mails().empty());  // perhaps more is coming
    m.subject = "Second duty";
    queue(m, clock_.now() - 11min);
    auto other = m;
    other.to = "anderes@kreis.example";
    other.subject = "Another office's duty";
    queue(other, clock_.now());
    run();
    ASSERT_EQ(server.mails().size(), 1u);
    EXPECT_NE(server.mails()[0].find("First duty"), std::string::npos);
    EXPECT_NE(server.mails()[0].find("Second duty"), std::string::npos);
    EXPECT_EQ(server.mails()[0].find("Another"), std::string::npos);
    const auto all = log();
    ASSERT_EQ(all.size(), 3u);
    EXPECT_EQ(all[0].state, mail::State::queued);
    EXPECT_EQ(all[1].sent_with, all[2].id);
}

TEST_P(Outbox, TriesAgainAfterAWhileAndGivesUpAtARefusal) {
    const mail::testing::SmtpServer server;
    use(server.port());
    auto busy = hello_, gone = hello_;
    busy.to = "busy@kreis.example";
    gone.to = "gone@kreis.example";
    queue(busy, clock_.now());
    queue(gone, clock_.now());
    queue(hello_, clock_.now());
    run();
    run();  // not due again yet
    const auto all = log();
    ASSERT_EQ(all.size(), 3u);
    EXPECT_EQ(all[0].state, mail::State::sent);  // what failed before it did not hold it up
    EXPECT_EQ(all[1].state, mail::State::given_up);
    EXPECT_EQ(all[2].state, mail::State::queued);
    EXPECT_EQ(all[2].attempts, 1);
    EXPECT_GT(all[2].due_at, clock_.now() + 30s);
    EXPECT_NE(all[2].failure.find("451"), std::string::npos);
}

TEST_P(Outbox, NobodyDisabledGetsMail) {
    const mail::testing::SmtpServer server;
    use(server.port());
    queue(hello_, clock_.now());
    run({.password_file = {}, .ca_file = {}, .may_receive = [](db::Connection&, const std::string& address) -> base::Result<bool> {
             return address != "amt@kreis.example";
         }});
    EXPECT_TRUE(server.mails().empty());
    EXPECT_EQ(log()[0].state, mail::State::withheld);
}

TEST_P(Outbox, OfTwoProcessesOneSends) {
    queue(hello_, clock_.now());
    const auto claim = [&](base::Instant at) {
        return database().write([&](db::Connection& c) { return mail::claim_due(c, {}, at, at + 30min, 20); }).value();
    };
    const auto now = clock_.now();
    EXPECT_EQ(claim(now).size(), 1u);
    EXPECT_EQ(claim(now + 1min).size(), 0u);
    EXPECT_EQ(claim(now + 30min).size(), 1u);  // the first has died
}

TEST_P(Outbox, WithoutItsPasswordFileNothingLeavesAndTheReasonIsTold) {
    mail::Settings s;
    s.host = "localhost";
    s.user = "miteinander";
    s.from = "integration@kreis.example";
    ASSERT_TRUE(database().write([&](db::Connection& c) { return mail::save_settings(c, s, {}, clock_.now()); }));
    queue(hello_, clock_.now());
    mail::Sender sender(database(), clock_, {.password_file = "/nowhere", .ca_file = {}, .may_receive = {}});
    const auto done = sender.run();
    ASSERT_FALSE(done);
    EXPECT_NE(done.error().detail.find("--mail-password-file"), std::string::npos);
    EXPECT_EQ(log()[0].state, mail::State::queued);
}

TEST_P(Outbox, RefusesWhatIsNoAddress) {
    const auto done = database().write([&](db::Connection& c) { return mail::queue(c, {.to = "amt", .subject = "x", .text = "x"}, clock_.now()); });
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().fields.front().field, "to");
}

TEST_P(Outbox, OldEntriesOfTheLogAreForgottenQueuedOnesStay) {
    const mail::testing::SmtpServer server;
    use(server.port(), 0min);
    auto m = hello_;
    m.topic = "duties";
    queue(m, clock_.now() - 1min);
    queue(m, clock_.now() - 1min);
    run();
    auto waiting = hello_;
    waiting.to = "busy@kreis.example";
    queue(waiting, clock_.now());
    EXPECT_EQ(*database().write([&](db::Connection& c) { return mail::forget(c, clock_.now() - 24h); }), 0);
    EXPECT_EQ(*database().write([&](db::Connection& c) { return mail::forget(c, clock_.now() + 24h); }), 2);
    EXPECT_EQ(log().size(), 1u);
}
