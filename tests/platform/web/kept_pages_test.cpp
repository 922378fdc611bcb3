// Pages kept for everybody who is not signed in: made once, and never another's.
#include <gtest/gtest.h>

#include "platform/web/flash.h"
#include "platform/web/form.h"
#include "tests/platform/web/support/site.h"

namespace {

using base::message;
using web_test::get;

class KeptPages : public testing::Test {
  protected:
    KeptPages() {
        site->revision = [this]() -> base::Result<std::int64_t> { return revision; };
        site->who = [this](const http::Request& request) { return request.cookie("sitzung") == "anna" ? actor : identity::Actor{}; };
        actor.account = identity::AccountId{7};
        actor.display_name = "Anna Muster";
        actor.role = identity::Role::integration_officer;
        handler = site->kept_page("/seite", [this](const http::Request& request, const web::Context& context) -> base::Result<http::Response> {
            ++made;
            if (during) during();
            if (request.path == "/seite/formular")
                return web::page(context, {.title = message("Imprint")}, web::Form(context, {.action = "/x", .submit = message("Save")}).html());
            if (request.path == "/seite/fehlt") return base::error(base::ErrorKind::not_found, "no such page");
            auto response = web::page(context, {.title = message("Imprint"), .index = false}, web::Html::text(context.actor.display_name));
            if (request.path == "/seite/keks") response.set_cookie({.name = "k", .value = "v", .max_age_seconds = {}}, false);
            return response;
        });
    }
    http::Response ask(const std::string& target, const std::string& cookies = "", const std::string& languages = "") {
        auto request = get(target);
        if (!cookies.empty()) request.headers.set("Cookie", cookies);
        if (!languages.empty()) request.headers.set("Accept-Language", languages);
        return handler(request);
    }
    static std::string text(const http::Response& r) { return r.shared_body ? *r.shared_body : r.body; }

    std::unique_ptr<web::Site> site = web_test::open_site({.demo = true});
    identity::Actor actor;
    std::int64_t revision = 1;
    int made = 0;
    std::function<void()> during;
    http::Handler handler;
};

}  // namespace

TEST_F(KeptPages, AreMadeOnceAndAnsweredWithTheSameFields) {
    const auto first = ask("/seite"), second = ask("/seite");
    EXPECT_EQ(made, 1);
    EXPECT_EQ(text(first), text(second));
    EXPECT_EQ(second.headers.get("x-robots-tag"), "noindex") << "what a page says of itself is kept with it";
    EXPECT_EQ(second.headers.get("cache-control"), "private, no-cache");
    auto again = get("/seite");
    again.headers.set("If-None-Match", second.headers.get("etag"));
    EXPECT_EQ(handler(again).status, 304);
    EXPECT_EQ(made, 1);
    auto head = get("/seite");
    head.method = http::Method::head;
    EXPECT_EQ(handler(head).status, 200);
    EXPECT_EQ(made, 1);
}

TEST_F(KeptPages, AreMadeAnewForEverythingThatChangesThem) {
    ask("/seite");
    const std::vector<std::function<void()>> others{
        [&] {
            revision = 2;
            ask("/seite");
        },
        [&] { ask("/seite?zustand=open"); },
        [&] { ask("/seite/andere"); },
        [&] { ask("/seite", "sprache=en"); },
        [&] { ask("/seite?a=1", "", "en"); },
        [&] { ask("/seite", "heute=2020-10-01"); },
        [&] {
            auto part = get("/seite");
            part.headers.set("HX-Request", "true");
            handler(part);
        },
    };
    int expected = 1;
    for (const auto& other : others) {
        other();
        EXPECT_EQ(made, ++expected);
    }
    // A cookie that changes nothing makes nothing anew, nor does what the browser would prefer when a language was chosen.
    ask("/seite", "thema=dunkel");
    ask("/seite", "sprache=en", "de");
    EXPECT_EQ(made, expected);
}

TEST_F(KeptPages, AreNeverThoseOfSomebodySignedInNorTheOtherWayRound) {
    EXPECT_NE(text(ask("/seite", "sitzung=anna")).find("Anna Muster"), std::string::npos);
    EXPECT_EQ(text(ask("/seite")).find("Anna Muster"), std::string::npos);
    EXPECT_NE(text(ask("/seite", "sitzung=anna")).find("Anna Muster"), std::string::npos);
    EXPECT_EQ(made, 3) << "a signed-in page is made every time";
    EXPECT_EQ(ask("/seite", "sitzung=anna").headers.get("cache-control"), "no-store");
    // A session that has ended is nobody.
    EXPECT_EQ(text(ask("/seite", "sitzung=abgelaufen")).find("Anna Muster"), std::string::npos);
    EXPECT_EQ(made, 4);
}

TEST_F(KeptPages, ShowAMessageOnceAndToOnePerson) {
    const auto flash = "meldung=" + web::packed({web::Tone::success, "Gespeichert von Anna", "", ""});
    EXPECT_NE(text(ask("/seite", flash)).find("Gespeichert von Anna"), std::string::npos);
    EXPECT_EQ(text(ask("/seite")).find("Gespeichert von Anna"), std::string::npos);
    EXPECT_EQ(made, 2);
}

TEST_F(KeptPages, AreNotThoseWithAFormACookieOrAMistake) {
    for (const auto* path : {"/seite/formular", "/seite/keks", "/seite/fehlt"}) {
        made = 0;
        ask(path);
        ask(path);
        EXPECT_EQ(made, 2) << path;
    }
}

TEST_F(KeptPages, AreNotThoseMadeWhileSomethingChanged) {
    during = [this] { ++revision; };
    ask("/seite");
    during = {};
    ask("/seite");
    ask("/seite");
    EXPECT_EQ(made, 2);
}

TEST_F(KeptPages, AnswerAtOnceOnlyWhatIsKeptForEverybody) {
    EXPECT_FALSE(site->kept(get("/seite"), 1)) << "not made yet";
    ask("/seite");
    ASSERT_TRUE(site->kept(get("/seite"), 1));
    EXPECT_FALSE(site->kept(get("/seite"), 2)) << "changed since";
    EXPECT_FALSE(site->kept(get("/andere"), 1));
    EXPECT_FALSE(site->kept(get("/seite?sprache=en"), 1)) << "sets the language";
    auto post = web_test::post("/seite");
    EXPECT_FALSE(site->kept(post, 1));
    auto signed_in = get("/seite");
    signed_in.headers.set("Cookie", "sitzung=anna");
    EXPECT_FALSE(site->kept(signed_in, 1));
    auto shown_once = get("/seite");
    shown_once.headers.set("Cookie", "meldung=" + web::packed({web::Tone::info, "Hallo", "", ""}));
    EXPECT_FALSE(site->kept(shown_once, 1));
}

TEST_F(KeptPages, WithoutARevisionNothingIsKept) {
    site->revision = {};
    ask("/seite");
    ask("/seite");
    EXPECT_EQ(made, 2);
}
