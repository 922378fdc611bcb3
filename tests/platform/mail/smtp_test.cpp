// Against a real SMTP server (aiosmtpd): TLS, authentication, refusals, silence.
#include "platform/mail/smtp.h"

#include "tests/platform/mail/support/smtp_server.h"

namespace {

using mail::testing::SmtpServer;

mail::Server to(const SmtpServer& server, mail::Security security, const std::string& user = "", const std::string& password = "") {
    return {.host = "localhost",
            .port = server.port(),
            .security = security,
            .user = user,
            .password = password,
            .ca_file = security == mail::Security::none ? "" : server.ca_file(),
            .connect_within = std::chrono::seconds(5),
            .finish_within = std::chrono::seconds(5)};
}

base::Result<void> send(const mail::Server& server, const std::string& recipient = "amt@kreis.example") {
    return mail::deliver(server, "integration@kreis.example", recipient, "Subject: hello\r\n\r\n.a line that begins with a dot\r\n");
}

}  // namespace

TEST(Smtp, DeliversWithoutTlsToARelayOfThisMachine) {
    const SmtpServer server;
    const auto done = send(to(server, mail::Security::none));
    ASSERT_TRUE(done) << base::describe(done.error());
    ASSERT_EQ(server.mails().size(), 1u);
    EXPECT_NE(server.mails()[0].find("\\r\\n.a line that begins with a dot"), std::string::npos);
    EXPECT_NE(server.mails()[0].find("\"to\": [\"amt@kreis.example\"]"), std::string::npos);
}

TEST(Smtp, DeliversWithStarttlsAndAuthentication) {
    const SmtpServer server("starttls", "miteinander:geheim");
    const auto done = send(to(server, mail::Security::starttls, "miteinander", "geheim"));
    ASSERT_TRUE(done) << base::describe(done.error());
    ASSERT_EQ(server.mails().size(), 1u);
    EXPECT_NE(server.mails()[0].find("\"tls\": true, \"login\": true"), std::string::npos);
}

TEST(Smtp, DeliversWithImplicitTls) {
    const SmtpServer server("tls");
    const auto done = send(to(server, mail::Security::tls));
    ASSERT_TRUE(done) << base::describe(done.error());
    EXPECT_EQ(server.mails().size(), 1u);
}

// Somebody between us and the server takes the offer of TLS away: nothing is sent in the clear.
TEST(Smtp, AServerWithoutTlsGetsNothingWhenTlsIsAskedFor) {
    const SmtpServer server;
    auto target = to(server, mail::Security::starttls);
    target.ca_file.clear();
    const auto done = send(target);
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().kind, base::ErrorKind::unavailable);
    EXPECT_TRUE(server.mails().empty());
}

TEST(Smtp, AnUnknownCertificateIsRefused) {
    const SmtpServer server("tls");
    auto target = to(server, mail::Security::tls);
    target.ca_file.clear();
    ASSERT_FALSE(send(target));
    EXPECT_TRUE(server.mails().empty());
}

TEST(Smtp, AWrongPasswordIsTheAdministratorsToMend) {
    const SmtpServer server("starttls", "miteinander:geheim");
    const auto done = send(to(server, mail::Security::starttls, "miteinander", "falsch"));
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().kind, base::ErrorKind::unavailable);
    EXPECT_TRUE(server.mails().empty());
}

TEST(Smtp, APasswordNeverTravelsInTheClear) {
    const SmtpServer server("none", "miteinander:geheim");
    ASSERT_FALSE(send(to(server, mail::Security::none, "miteinander", "geheim")));
    EXPECT_TRUE(server.mails().empty());
}

TEST(Smtp, FourHundredsMayBeTriedAgainFiveHundredsNot) {
    const SmtpServer server;
    const auto busy = send(to(server, mail::Security::none), "busy@kreis.example");
    ASSERT_FALSE(busy);
    EXPECT_EQ(busy.error().kind, base::ErrorKind::unavailable);
    EXPECT_NE(busy.error().detail.find("451"), std::string::npos);
    const auto gone = send(to(server, mail::Security::none), "gone@kreis.example");
    ASSERT_FALSE(gone);
    EXPECT_EQ(gone.error().kind, base::ErrorKind::invalid_input);
    EXPECT_NE(gone.error().detail.find("550"), std::string::npos);
    EXPECT_EQ(gone.error().detail.find("kreis.example"), std::string::npos);  // no address in a log
}

TEST(Smtp, AServerThatFallsSilentIsLeft) {
    const SmtpServer server;
    auto target = to(server, mail::Security::none);
    target.finish_within = std::chrono::seconds(1);
    const auto begun = std::chrono::steady_clock::now();
    const auto done = send(target, "slow@kreis.example");
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().kind, base::ErrorKind::unavailable);
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(10));
}

TEST(Smtp, NobodyThereMayBeTriedAgain) {
    std::uint16_t port = 0;
    {
        const SmtpServer server;
        port = server.port();
    }
    const auto done = send({.host = "localhost", .port = port, .security = mail::Security::none, .user = {}, .password = {}, .ca_file = {}});
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().kind, base::ErrorKind::unavailable);
}
