#include "platform/mail/mime.h"

#include <gtest/gtest.h>

#include "platform/mail/sender.h"

namespace {

const mail::Envelope envelope{.from = "integration@kreis.example",
                              .from_name = "Landkreis Süd",
                              .reply_to = "",
                              .message_id = "1.2.miteinander@kreis.example",
                              .boundary = "=_x",
                              .date = *base::parse_iso_instant("2026-11-02T08:05:09Z")};

std::string header(const std::string& mime, const std::string& name) {
    const auto at = mime.find("\r\n" + name + ": ");
    if (at == std::string::npos) return "(none)";
    auto end = mime.find("\r\n", at + 2);
    while (mime.compare(end, 3, "\r\n ") == 0) end = mime.find("\r\n", end + 2);
    return mime.substr(at + 4 + name.size(), end - at - 4 - name.size());
}

}  // namespace

TEST(Mime, PlainHeadersStayReadable) {
    EXPECT_EQ(mail::header_text("Reminder: 3 duties"), "Reminder: 3 duties");
    EXPECT_EQ(mail::mailbox("Office \"South\"", "a@b.example"), "\"Office \\\"South\\\"\" <a@b.example>");
    EXPECT_EQ(mail::mailbox("", "a@b.example"), "a@b.example");
}

TEST(Mime, OtherHeadersBecomeEncodedWords) {
    EXPECT_EQ(mail::header_text("Übersicht"), "=?utf-8?B?w5xiZXJzaWNodA==?=");
    EXPECT_EQ(mail::header_text("=?utf-8?B?aGk=?="), "=?utf-8?B?PT91dGYtOD9CP2FHaz0/PQ==?=");  // what looks encoded is not decoded by mistake
    std::string longest;
    for (int i = 0; i < 60; ++i) longest += "ß";
    const auto words = mail::header_text(longest);
    for (std::size_t at = 0; at < words.size();) {
        const auto end = std::min(words.find(' ', at), words.size());
        EXPECT_LE(end - at, 75u);
        at = end + 1;
    }
}

TEST(Mime, NothingTypedCanBeginAHeaderOfItsOwn) {
    const auto text =
        mail::mime({.to = "a@b.example", .to_name = "Eve\r\nBcc: all@b.example", .subject = "Hello\r\nBcc: all@b.example", .text = "x"}, envelope);
    EXPECT_EQ(text.find("\r\nBcc:"), std::string::npos);
    for (const char* address : {"a@b.example\r\nBcc: c@d.example", "a b@c.example", "<a@b.example>", "a@b@c.example", "", "a", "@b.example", "a@",
                                "ä@b.example", "a..b@c.example", "a@-b.example"})
        EXPECT_FALSE(mail::is_address(address)) << address;
    for (const char* address : {"a@b.example", "first.last+tag@sub.kreis.example", "o'hara@localhost"})
        EXPECT_TRUE(mail::is_address(address)) << address;
}

TEST(Mime, HasBothFormsAndTheRecipientsLanguage) {
    const auto text = mail::mime(
        {.to = "amt@kreis.example", .to_name = "Fachbereich Jugend", .subject = "Übersicht", .text = "Grüße\n\nhttps://kreis.example/a?b=c&d."},
        envelope);
    EXPECT_EQ(header(text, "To"), "\"Fachbereich Jugend\" <amt@kreis.example>");
    EXPECT_EQ(text.rfind("From: =?utf-8?B?TGFuZGtyZWlzIFPDvGQ=?= <integration@kreis.example>\r\n", 0), 0u);
    EXPECT_EQ(header(text, "Date"), "Mon, 02 Nov 2026 08:05:09 +0000");
    EXPECT_EQ(header(text, "Content-Language"), "de");
    EXPECT_EQ(header(text, "Auto-Submitted"), "auto-generated");
    EXPECT_EQ(header(text, "Content-Type"), "multipart/alternative; boundary=\"=_x\"");
    EXPECT_LT(text.find("text/plain"), text.find("text/html"));
    EXPECT_NE(text.find("Gr=C3=BC=C3=9Fe"), std::string::npos);
    EXPECT_NE(text.find("<html lang=3D\"de\">"), std::string::npos);
    EXPECT_NE(text.find("--=_x--\r\n"), std::string::npos);
    for (std::size_t at = 0; at < text.size();) {
        const auto end = text.find("\r\n", at);
        ASSERT_NE(end, std::string::npos);
        EXPECT_LE(end - at, 78u);
        at = end + 2;
    }
}

// RFC 8058: both headers, or none; and nothing of the address can begin a header of its own.
TEST(Mime, AMailToManySaysWhereOneClickEndsIt) {
    const mail::Envelope envelope{
        .from = "a@kreis.example", .from_name = "", .reply_to = "", .message_id = "1@kreis.example", .boundary = "=_x", .date = {}};
    mail::Message m;
    m.to = "b@verein.example";
    m.text = "Hallo";
    EXPECT_EQ(header(mail::mime(m, envelope), "List-Unsubscribe"), "(none)");
    EXPECT_EQ(header(mail::mime(m, envelope), "List-Unsubscribe-Post"), "(none)");
    m.unsubscribe = "https://integration.example.org/abbestellen/abc";
    EXPECT_EQ(header(mail::mime(m, envelope), "List-Unsubscribe"), "<https://integration.example.org/abbestellen/abc>");
    EXPECT_EQ(header(mail::mime(m, envelope), "List-Unsubscribe-Post"), "List-Unsubscribe=One-Click");
    m.unsubscribe = "https://a.example/\r\nBcc: c@d.example";
    EXPECT_EQ(mail::mime(m, envelope).find("\r\nBcc:"), std::string::npos);
}

TEST(Mime, LinksOfATextCanBeClickedAndTypedMarkupCannot) {
    EXPECT_EQ(mail::html_of_text("see https://a.example/x?b=1&c=2.\nnow\n\n<b>"),
              "<p>see <a href=\"https://a.example/x?b=1&amp;c=2\">https://a.example/x?b=1&amp;c=2</a>.<br>\nnow</p>\n<p>&lt;b&gt;</p>\n");
}

TEST(Mime, QuotedPrintableKeepsBlanksAtTheEndOfALine) {
    EXPECT_EQ(mail::quoted_printable("a \nb=c"), "a=20\r\nb=3Dc");
    EXPECT_EQ(mail::quoted_printable(std::string(80, 'x')), std::string(75, 'x') + "=\r\n" + std::string(5, 'x'));
}

TEST(Sending, IsTriedForADayAndAHalfAndThenGivenUp) {
    std::chrono::minutes all{0};
    std::int64_t attempts = 1;
    for (; mail::wait_after(attempts); ++attempts) {
        EXPECT_GE(*mail::wait_after(attempts), attempts > 1 ? *mail::wait_after(attempts - 1) : std::chrono::minutes(1));
        all += *mail::wait_after(attempts);
    }
    EXPECT_EQ(attempts, 9);
    EXPECT_GT(all, std::chrono::hours(30));
    EXPECT_LT(all, std::chrono::hours(40));
}
