#include "platform/http/message.h"

#include <gtest/gtest.h>

#include "platform/http/text.h"

using namespace http;

TEST(Headers, IgnoreCaseAndKeepTheirOrder) {
    Headers h;
    h.add("Set-Cookie", "a=1");
    h.add("set-cookie", "b=2");
    h.set("ETag", "\"x\"");
    h.set("etag", "\"y\"");
    EXPECT_EQ(h.get("ETAG"), "\"y\"");
    EXPECT_EQ(h.count("SET-COOKIE"), 2u);
    EXPECT_EQ(h.items().size(), 3u);
    h.remove("Set-cookie");
    EXPECT_FALSE(h.has("set-cookie"));
}

TEST(Cookies, AreFoundInOneLineAndInSeveral) {
    Request r;
    r.headers.add("Cookie", "a=1; session=abc ; q=\"x y\"; xsession=no");
    r.headers.add("cookie", "late=2");
    EXPECT_EQ(r.cookie("a"), "1");
    EXPECT_EQ(r.cookie("session"), "abc");
    EXPECT_EQ(r.cookie("q"), "x y");
    EXPECT_EQ(r.cookie("late"), "2");
    EXPECT_EQ(r.cookie("none"), "");
}

TEST(Cookies, AreSetForThisSiteOnly) {
    Response r;
    r.set_cookie({"s", "v", 60, true}, true);
    r.set_cookie({"language", "en", std::nullopt, false}, false);
    EXPECT_EQ(r.headers.items()[0].second, "s=v; Path=/; SameSite=Lax; Max-Age=60; HttpOnly; Secure");
    EXPECT_EQ(r.headers.items()[1].second, "language=en; Path=/; SameSite=Lax");
}

TEST(Accept, PrefersWhatIsNamedFirst) {
    const std::pair<const char*, bool> cases[] = {
        {"application/json", true}, {"application/json; q=0.9, text/html", true}, {"text/html,application/json", false}, {"*/*", false}, {"", false}};
    for (const auto& [accept, json] : cases) {
        Request r;
        r.headers.set("accept", accept);
        EXPECT_EQ(r.wants_json(), json) << accept;
    }
}

TEST(Text, TellsUtf8FromOtherBytes) {
    for (const char* good : {"", "Maßnahme", "\xF0\x9F\x98\x80", "\xED\x9F\xBF", "\xEE\x80\x80", "\xF4\x8F\xBF\xBF"})
        EXPECT_TRUE(is_utf8(good)) << good;
    for (const char* bad : {"\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80",
                            "\xF5\x80\x80\x80", "\xE2\x82", "Ma\xDFnahme"})
        EXPECT_FALSE(is_utf8(bad)) << percent_encode(bad);
}

TEST(Text, DecodesPercentEncodingStrictly) {
    EXPECT_EQ(percent_decode("a%20b+c", PlusMeans::plus), "a b+c");
    EXPECT_EQ(percent_decode("a%20b+c", PlusMeans::space), "a b c");
    EXPECT_EQ(percent_decode("%C3%9F", PlusMeans::plus), "ß");
    for (const char* bad : {"%", "%4", "%4x", "%zz", "%00", "%C3", "%FF", "%c0%af"}) EXPECT_FALSE(percent_decode(bad, PlusMeans::plus)) << bad;
    EXPECT_EQ(percent_decode(percent_encode("Größe/50 %&=+"), PlusMeans::space), "Größe/50 %&=+");
}
