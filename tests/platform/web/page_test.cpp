#include "platform/web/page.h"

#include <stdexcept>

#include <gtest/gtest.h>

#include "platform/web/flash.h"
#include "platform/web/form.h"
#include "platform/web/problem.h"
#include "tests/platform/web/support/site.h"

namespace {

using base::message;
using testing::Test;
using web_test::get;

struct Pages : Test {
    std::unique_ptr<web::Site> site = web_test::open_site();
    http::Response ask(const http::Request& request, const web::PageHandler& handler) { return site->page(handler)(request); }
    std::string body(const http::Request& request, const web::PageHandler& handler) { return ask(request, handler).body; }
};

const web::PageHandler simple = [](const http::Request&, const web::Context& context) -> base::Result<http::Response> {
    return web::page(context, {.title = message("Imprint")}, web::Html::text("<content>"));
};

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

TEST_F(Pages, SpeakGermanUnlessAskedOtherwise) {
    EXPECT_TRUE(has(body(get("/x"), simple), "<html lang=\"de\""));
    EXPECT_TRUE(has(body(get("/x"), simple), "Impressum"));
    auto english = get("/x");
    english.headers.set("Accept-Language", "en-GB,de;q=0.5");
    EXPECT_TRUE(has(body(english, simple), "<html lang=\"en\""));
    english.headers.set("Cookie", "sprache=de");
    EXPECT_TRUE(has(body(english, simple), "<html lang=\"de\"")) << "what was chosen wins over what the browser says";
}

TEST_F(Pages, RememberTheLanguageAndLeaveTheAddressClean) {
    const auto response = ask(get("/pflichten?zustand=open&sprache=en"), simple);
    EXPECT_EQ(response.status, 303);
    EXPECT_EQ(response.headers.get("Location"), "/pflichten?zustand=open");
    EXPECT_TRUE(has(response.headers.get("Set-Cookie"), "sprache=en"));
    const auto unknown = ask(get("/pflichten?sprache=xx"), simple);
    EXPECT_EQ(unknown.headers.get("Location"), "/pflichten");
    EXPECT_FALSE(unknown.headers.has("Set-Cookie"));
}

TEST_F(Pages, CarryWhatEveryPageOwes) {
    const auto page = body(get("/x"), simple);
    for (const auto* part : {"href=\"#inhalt\"", "id=\"inhalt\"", "Impressum", "Datenschutz", "Barriere melden", "&lt;content&gt;",
                             "Fester Tag: 30.09.2020", "/app.css"})
        EXPECT_TRUE(has(page, part)) << part;
    EXPECT_FALSE(has(page, "noindex"));
    EXPECT_FALSE(has(page, "<script>"));
    EXPECT_FALSE(has(page, "{{"));
    EXPECT_EQ(ask(get("/x"), simple).headers.get("Vary"), "Cookie, Accept-Language, HX-Request");
}

TEST_F(Pages, MarkSampleData) {
    site->shows_sample = [] { return true; };
    const auto response = ask(get("/x"), simple);
    EXPECT_TRUE(has(response.body, "Beispieldaten"));
    EXPECT_TRUE(has(response.body, "<meta name=\"robots\" content=\"noindex\">"));
    EXPECT_EQ(response.headers.get("X-Robots-Tag"), "noindex");
}

TEST_F(Pages, ShowTheDayTheyStandFor) {
    const auto page = body(get("/x?stand=2019-12-31&bekannt=2020-02-01"), simple);
    EXPECT_TRUE(has(page, "Stand: 31.12.2019"));
    EXPECT_TRUE(has(page, "nach dem Wissen vom 01.02.2020"));
    EXPECT_FALSE(has(body(get("/x?stand=nonsense"), simple), "Stand:"));
}

TEST_F(Pages, ShowNavigationByRole) {
    site->add({message("Sample data"), "/schreibtisch", identity::Role::unit_editor, 50, {}});
    EXPECT_FALSE(has(body(get("/x"), simple), "/schreibtisch"));
    site->who = [](const http::Request&) { return identity::Actor{{1}, identity::Role::unit_editor, "M. Muster", 0}; };
    const auto page = body(get("/schreibtisch/heute"), simple);
    EXPECT_TRUE(has(page, "href=\"/schreibtisch\" aria-current=\"true\"")) << page;
    EXPECT_TRUE(has(page, "M. Muster"));
    EXPECT_TRUE(has(page, "Abmelden"));
    EXPECT_EQ(ask(get("/x"), simple).headers.get("Cache-Control"), "no-store");
}

TEST_F(Pages, TurnErrorsIntoPages) {
    const struct {
        base::ErrorKind kind;
        int status;
        const char* title;
    } cases[] = {
        {base::ErrorKind::not_found, 404, "Diese Seite gibt es hier nicht"},
        {base::ErrorKind::forbidden, 403, "Berechtigung"},
        {base::ErrorKind::conflict, 409, "schneller"},
        {base::ErrorKind::invalid_input, 422, "Angaben"},
        {base::ErrorKind::too_large, 413, "zu groß"},
        {base::ErrorKind::too_many, 429, "Zu viele"},
        {base::ErrorKind::unavailable, 503, "ausgelastet"},
        {base::ErrorKind::internal, 500, "schiefgegangen"},
    };
    for (const auto& c : cases) {
        std::string logged;
        site->log = [&](const base::Error& error, const http::Request&) { logged = error.detail; };
        const auto response =
            ask(get("/x"), [&](const auto&, const auto&) -> base::Result<http::Response> { return base::error(c.kind, "secret <detail>"); });
        EXPECT_EQ(response.status, c.status);
        EXPECT_TRUE(has(response.body, c.title)) << c.title;
        EXPECT_FALSE(has(response.body, "secret")) << "the detail is for the log only";
        EXPECT_EQ(logged, "secret <detail>");
        EXPECT_EQ(response.headers.get("Cache-Control"), "no-store");
        EXPECT_EQ(response.headers.has("Retry-After"), c.status == 503 || c.status == 429);
    }
    const auto thrown = ask(get("/x"), [](const auto&, const auto&) -> base::Result<http::Response> { throw std::runtime_error("broken"); });
    EXPECT_EQ(thrown.status, 500);
    EXPECT_FALSE(has(thrown.body, "broken"));
}

TEST_F(Pages, AnswerProgramsInJson) {
    auto request = get("/x");
    request.headers.set("Accept", "application/json");
    const auto response =
        ask(request, [](const auto&, const auto&) -> base::Result<http::Response> { return base::invalid("frist", message("Please enter a day.")); });
    EXPECT_EQ(response.status, 422);
    EXPECT_TRUE(has(response.body, "\"field\":\"frist\""));
    EXPECT_TRUE(has(response.body, "Bitte geben Sie einen Tag an."));
}

TEST_F(Pages, ShowAMessageOnce) {
    const auto context = site->context(get("/x"));
    const auto saved =
        web::see_other(context, "/pflichten/3", web::Flash{web::Tone::success, "Nachweis <erfasst>", "Rückgängig", "/nachweise/9/widerruf"});
    EXPECT_EQ(saved.status, 303);
    auto cookie = saved.headers.get("Set-Cookie");
    cookie = cookie.substr(0, cookie.find(';'));
    auto next = get("/pflichten/3");
    next.headers.set("Cookie", cookie);
    const auto response = ask(next, simple);
    EXPECT_TRUE(has(response.body, "Nachweis &lt;erfasst&gt;"));
    EXPECT_TRUE(has(response.body, "action=\"/nachweise/9/widerruf\""));
    EXPECT_TRUE(has(response.headers.get("Set-Cookie"), "meldung=;"));
}

TEST_F(Pages, RouterAnswersInTheSitesLook) {
    http::Router router;
    site->mount(router);
    router.post("/nur-senden", [](const http::Request&) { return http::Response::text("x"); });
    const auto missing = router.route(get("/nirgends"));
    EXPECT_EQ(missing.status, 404);
    EXPECT_TRUE(has(missing.body, "Diese Seite gibt es hier nicht"));
    auto sent = get("/nur-senden");
    sent.method = http::Method::put;
    const auto wrong = router.route(sent);
    EXPECT_EQ(wrong.status, 405);
    EXPECT_EQ(wrong.headers.get("Allow"), "POST");
    EXPECT_TRUE(has(wrong.body, "Das geht hier nicht"));
    // Reading it leads people to the page above; a program is told what the address takes.
    auto read = get("/nur-senden");
    EXPECT_EQ(router.route(read).headers.get("Location"), "/");
    read.headers.set("Accept", "application/json");
    EXPECT_EQ(router.route(read).status, 405);
}

TEST_F(Pages, ServeAssetsForEverUnderTheirHash) {
    http::Router router;
    site->mount(router);
    const auto css = router.route(get(site->asset("app.css")));
    EXPECT_EQ(css.status, 200);
    EXPECT_EQ(css.headers.get("Content-Type"), "text/css; charset=utf-8");
    EXPECT_TRUE(has(css.headers.get("Cache-Control"), "immutable"));
    auto zipped = get(site->asset("kern.css"));
    zipped.headers.set("Accept-Encoding", "gzip, br");
    const auto small = router.route(zipped);
    EXPECT_EQ(small.headers.get("Content-Encoding"), "gzip");
    EXPECT_LT(small.shared_body->size(), 60'000u);
    EXPECT_EQ(router.route(get("/assets/0000/app.css")).headers.get("Cache-Control"), "no-cache");
    for (const auto* bad : {"/assets/x/../../README.md", "/assets/x/README.md", "/assets/app.css", "/assets/x/"})
        EXPECT_EQ(router.route(get(bad)).status, 404) << bad;
}

TEST_F(Pages, LetEachVisitorOfADemonstrationChooseTheDay) {
    auto demo = web_test::open_site({.demo = true});
    http::Router router;
    demo->mount(router);
    const auto chosen = router.route(get("/heute?tag=01.07.2019&zurueck=/pflichten"));
    EXPECT_EQ(chosen.headers.get("Location"), "/pflichten");
    EXPECT_TRUE(has(chosen.headers.get("Set-Cookie"), "heute=2019-07-01"));
    auto request = get("/x");
    request.headers.set("Cookie", "heute=2019-07-01");
    EXPECT_EQ(demo->context(request).today, base::day(2019, 7, 1));
    EXPECT_EQ(demo->context(get("/x")).today, base::day(2020, 9, 30));
    EXPECT_NE(demo->context(request).cache_key(1), demo->context(get("/x")).cache_key(1));
    EXPECT_EQ(site->context(request).today, base::day(2020, 9, 30)) << "a fixed day outside of a demonstration cannot be moved";
    EXPECT_EQ(router.route(get("/heute?tag=2019-07-01&zurueck=//evil.example")).headers.get("Location"), "/");
}

TEST_F(Pages, CacheKeysTellApartWhatShowsDifferently) {
    const auto key = [&](const std::string& target, const std::function<void(http::Request&)>& change = {}) {
        auto request = get(target);
        if (change) change(request);
        return site->context(request).cache_key(7);
    };
    const std::set<std::string> keys{key("/a"),
                                     key("/b"),
                                     key("/a?x=1"),
                                     key("/a?stand=2019-01-01"),
                                     key("/a", [](auto& r) { r.headers.set("Accept-Language", "en"); }),
                                     key("/a", [](auto& r) { r.headers.set("HX-Request", "true"); }),
                                     site->context(get("/a")).cache_key(8)};
    EXPECT_EQ(keys.size(), 7u);
    EXPECT_EQ(key("/a"), key("/a"));
}

TEST_F(Pages, SayInWordsWhatTheServerRefused) {
    const auto context = site->context(get("/"));
    struct Case {
        int status;
        std::string words;
    };
    for (const auto& [status, words] : std::vector<Case>{{400, "Diese Anfrage ist nicht lesbar"},
                                                         {408, "Das hat zu lange gedauert"},
                                                         {413, "Das ist zu groß"},
                                                         {414, "Die Adresse ist zu lang"},
                                                         {417, "Diese Anfrage ist nicht lesbar"},
                                                         {431, "Die Adresse ist zu lang"},
                                                         {503, "Das Programm ist ausgelastet"}}) {
        const auto page = web::refused(context, status);
        EXPECT_EQ(page.status, status);
        EXPECT_TRUE(has(page.body, words)) << status;
        EXPECT_EQ(page.headers.get("Cache-Control"), "no-store");
    }
}

}  // namespace
