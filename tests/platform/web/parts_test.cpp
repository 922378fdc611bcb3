#include <gtest/gtest.h>

#include "platform/web/chip.h"
#include "platform/web/csv.h"
#include "platform/web/flash.h"
#include "platform/web/html.h"
#include "platform/web/input.h"
#include "platform/web/page_cache.h"
#include "platform/web/url.h"
#include "tests/platform/web/support/site.h"

namespace {

using web_test::get;

TEST(Csv, QuotesAndGuardsAgainstFormulas) {
    const struct {
        const char* cell;
        const char* expected;
    } cases[] = {
        {"plain", "plain"},
        {"a;b", "\"a;b\""},
        {"a,b", "\"a,b\""},
        {"say \"yes\"", "\"say \"\"yes\"\"\""},
        {"two\nlines", "\"two\nlines\""},
        {"=SUM(A1)", "'=SUM(A1)"},
        {"+49 3631", "'+49 3631"},
        {"@import", "'@import"},
        {"-x", "'-x"},
        {"-3,5", "\"-3,5\""},
        {"+12", "+12"},
        {"-", "'-"},
        {"", ""},
        {"\t=1", "\"'\t=1\""},
    };
    for (const auto& c : cases) EXPECT_EQ(web::Csv(';', web::Csv::Mark::none).row({c.cell}).str(), std::string(c.expected) + "\r\n") << c.cell;
    EXPECT_EQ(web::Csv().row({"a", "b"}).str(),
              "\xEF\xBB\xBF"
              "a;b\r\n");
}

TEST(Url, ChangesOnePartAndKeepsTheRest) {
    http::Fields query;
    query.add("amt", "Büro & Co");
    query.add("zustand", "open");
    query.add("zustand", "overdue");
    const web::Url url("/pflichten", query);
    EXPECT_EQ(url.str(), "/pflichten?amt=B%C3%BCro%20%26%20Co&zustand=open&zustand=overdue");
    EXPECT_EQ(url.with("zustand", "breached").str(), "/pflichten?amt=B%C3%BCro%20%26%20Co&zustand=breached");
    EXPECT_EQ(url.with("zustand", "").without("amt").str(), "/pflichten");
    EXPECT_EQ(web::Url("/konzept/ä b").str(), "/konzept/%C3%A4%20b");
}

TEST(Url, LeadsBackIntoThisSiteOnly) {
    EXPECT_EQ(web::local_path("/pflichten?seite=2"), "/pflichten?seite=2");
    for (const auto* bad : {"", "//evil.example", "/\\evil.example", "https://evil.example", "pflichten", "/a\r\nSet-Cookie: x", "/a\\b"})
        EXPECT_EQ(web::local_path(bad), "/") << bad;
}

TEST(Html, LinksOnlyWhereItIsSafe) {
    EXPECT_EQ(web::link("/a?b=1&c=2", "<x>").str(), "<a class=\"kern-link\" href=\"/a?b=1&amp;c=2\">&lt;x&gt;</a>");
    EXPECT_EQ(web::link("javascript:alert(1)", "x").str(), "x");
    EXPECT_EQ(web::link("//evil.example", "x").str(), "x");
}

TEST(Flash, SurvivesTheCookieAndRefusesForeignActions) {
    const web::Flash flash{web::Tone::warning, "Größe ; = \" <b>", "Rückgängig", "/nachweise/3/widerruf"};
    const auto back = web::unpacked(web::packed(flash));
    ASSERT_TRUE(back);
    EXPECT_EQ(back->text, flash.text);
    EXPECT_EQ(back->tone, web::Tone::warning);
    EXPECT_EQ(back->action_url, flash.action_url);
    const auto foreign = web::unpacked(web::packed({web::Tone::info, "x", "click", "//evil.example"}));
    ASSERT_TRUE(foreign);
    EXPECT_TRUE(foreign->action_url.empty());
    for (const auto* bad : {"", "!!!", "YWJj", "aW5mbx8fHw"}) EXPECT_FALSE(web::unpacked(bad)) << bad;
    EXPECT_LT(web::packed({web::Tone::info, std::string(100000, 'x'), "", ""}).size(), 3000u);
}

TEST(States, HaveAWordAShapeAndAToneOfTheirOwn) {
    std::set<std::string> labels, icons;
    for (const auto* name : {"not_yet_due", "open", "due_soon", "fulfilled", "overdue", "fulfilled_late", "breached", "behind_assumption", "waived",
                             "term_ended", "not_applicable"}) {
        const auto* look = web::look_of(name);
        ASSERT_TRUE(look) << name;
        labels.insert(i18n::translate(i18n::Language::de, web::state_label(name)));
        icons.insert(std::string(look->icon));
    }
    EXPECT_EQ(labels.size(), 11u);
    EXPECT_EQ(icons.size(), 11u);
    EXPECT_EQ(web::look_of("unknown"), nullptr);
    EXPECT_EQ(web::state_chip(i18n::Language::de, "<x>").str().find("<x>"), std::string::npos);
}

http::Fields fields(const std::vector<std::pair<std::string, std::string>>& items) {
    http::Fields out;
    for (const auto& [name, value] : items) out.add(name, value);
    return out;
}

TEST(Input, CollectsEveryMistake) {
    const auto form = fields({{"titel", "  "}, {"frist", "31.06.2018"}, {"zahl", "12,5"}, {"art", "other"}, {"lang", "äöüß"}});
    web::Input input(form);
    input.text("titel");
    input.day("frist");
    input.number("zahl", 0, 100);
    input.choice("art", {"one", "two"});
    EXPECT_EQ(input.text("lang", {.most = 4}), "äöüß");  // characters are counted, not bytes
    EXPECT_FALSE(input.ok());
    ASSERT_EQ(input.error().fields.size(), 4u);
    EXPECT_EQ(input.error().fields[1].field, "frist");
}

TEST(Input, ReadsNumbersAndMoneyAsPeopleTypeThem) {
    const auto number = [](const std::string& text) {
        const auto form = fields({{"n", text}});
        return web::Input(form).number("n", -1000, 2'000'000);
    };
    EXPECT_EQ(number("12"), 12);
    EXPECT_EQ(number(" 1.234 "), 1234);
    EXPECT_EQ(number("1.234.567"), 1234567);
    EXPECT_EQ(number("-5"), -5);
    EXPECT_EQ(number("2000000"), 2000000);
    for (const auto* bad : {"2000001", "-1001", "1.23", "1234.567", ".123", "12a", "1,5", "99999999999999999999", "", "--1", "1..234"})
        EXPECT_FALSE(number(bad)) << bad;
    const auto money = [](const std::string& text) {
        const auto form = fields({{"n", text}});
        return web::Input(form).money("n");
    };
    EXPECT_EQ(money("12.500,00"), 1250000);
    EXPECT_EQ(money("12500"), 1250000);
    EXPECT_EQ(money("0,5"), 50);
    EXPECT_EQ(money("-0,05"), -5);
    EXPECT_EQ(money("7,25 €"), 725);
    for (const auto* bad : {"1,234", "abc", "1,-5", ",50", "100000000000000000"}) EXPECT_FALSE(money(bad)) << bad;
}

TEST(PageCache, AnswersAgainAndWithNothingNew) {
    web::PageCache cache;
    EXPECT_FALSE(cache.find("k"));
    const auto first = cache.keep("k", http::Response::html("<p>page</p>"), get("/"));
    EXPECT_EQ(first.status, 200);
    const auto kept = cache.find("k");
    ASSERT_TRUE(kept);
    auto request = get("/");
    EXPECT_EQ(*web::PageCache::answer(*kept, request).shared_body, "<p>page</p>");
    request.headers.set("If-None-Match", "\"other\", W/" + kept->etag);
    const auto unchanged = web::PageCache::answer(*kept, request);
    EXPECT_EQ(unchanged.status, 304);
    EXPECT_FALSE(unchanged.shared_body);
    EXPECT_EQ(unchanged.headers.get("ETag"), kept->etag);
}

TEST(PageCache, KeepsWithinItsBoundsAndNothingPersonal) {
    web::PageCache cache(20'000);
    for (int i = 0; i < 100; ++i) {
        cache.keep("k" + std::to_string(i), http::Response::html(std::string(1000, 'x')), get("/"));
        cache.find("k0");  // asked for all the time, so it stays
        EXPECT_LE(cache.bytes(), 20'000u);
    }
    EXPECT_TRUE(cache.find("k0"));
    EXPECT_FALSE(cache.find("k1"));
    EXPECT_TRUE(cache.find("k99"));

    auto personal = http::Response::html("x");
    personal.set_cookie({.name = "meldung", .value = "1", .max_age_seconds = std::nullopt}, false);
    cache.keep("personal", std::move(personal), get("/"));
    EXPECT_FALSE(cache.find("personal"));
    cache.keep("error", http::Response::html("x", 404), get("/"));
    EXPECT_FALSE(cache.find("error"));
    EXPECT_EQ(cache.keep("huge", http::Response::html(std::string(30'000, 'x')), get("/")).status, 200);
    EXPECT_FALSE(cache.find("huge"));
}

}  // namespace
