#include "platform/http/router.h"

#include <gtest/gtest.h>

using http::Method;
using http::Request;
using http::Response;
using http::Router;

namespace {

Router sample() {
    Router router;
    const auto named = [](std::string name) {
        return [name](const Request& r) {
            std::string text = name;
            for (const auto& [key, value] : r.path_values.items()) text += " " + key + "=" + value;
            return Response::text(text);
        };
    };
    router.get("/", named("home"));
    router.get("/plaene/{plan:slug}", named("plan"));
    router.get("/plaene/neu", named("new"));
    router.get("/pflichten/{id}", named("duty"));
    router.post("/pflichten/{id}", named("change"));
    router.del("/pflichten/{id}", named("remove"));
    router.get("/pflichten/{id}/nachweise/{evidence}", named("evidence"));
    router.get("/ziffern/{number:any}", named("clause"));
    router.get("/assets/{path:rest}", named("asset"));
    return router;
}

Response ask(const Router& router, Method method, std::string path) {
    Request request;
    request.method = method;
    request.path = std::move(path);
    return router.route(request);
}

}  // namespace

TEST(Router, FindsTheMostLiteralRoute) {
    const auto router = sample();
    const std::pair<const char*, const char*> cases[] = {
        {"/", "home"},
        {"/plaene/neu", "new"},
        {"/plaene/nordhausen-2018", "plan plan=nordhausen-2018"},
        {"/pflichten/17", "duty id=17"},
        {"/pflichten/9223372036854775807", "duty id=9223372036854775807"},
        {"/pflichten/17/nachweise/3", "evidence id=17 evidence=3"},
        {"/ziffern/5.4.1.8", "clause number=5.4.1.8"},
        {"/assets/css/app.css", "asset path=css/app.css"},
    };
    for (const auto& [path, answer] : cases) {
        const auto r = ask(router, Method::get, path);
        EXPECT_EQ(r.status, 200) << path;
        EXPECT_EQ(r.body, answer) << path;
    }
}

TEST(Router, DoesNotFindWhatDoesNotFitTheType) {
    const auto router = sample();
    for (const char* path :
         {"/pflichten/0", "/pflichten/-1", "/pflichten/017", "/pflichten/9223372036854775808", "/pflichten/x", "/pflichten/", "/pflichten",
          "/pflichten/17/", "/plaene/Neu", "/plaene/", "/plaene/a/b", "/ziffern/", "/assets/", "/assets", "/nichts", "//", ""})
        EXPECT_EQ(ask(router, Method::get, path).status, 404) << path;
}

TEST(Router, SaysWhichMethodsAPathKnows) {
    const auto router = sample();
    EXPECT_EQ(ask(router, Method::head, "/pflichten/1").status, 200);
    EXPECT_EQ(ask(router, Method::del, "/pflichten/1").body, "remove id=1");
    const auto refused = ask(router, Method::put, "/pflichten/1");
    EXPECT_EQ(refused.status, 405);
    EXPECT_EQ(refused.headers.get("Allow"), "GET, HEAD, POST, DELETE");
}

TEST(Router, AsksTheSiteForItsErrorPages) {
    auto router = sample();
    router.not_found = [](const Request&) { return Response::html("nicht da", 404); };
    router.method_not_allowed = [](const Request&, const std::string& allow) { return Response::html("nur " + allow, 405); };
    EXPECT_EQ(ask(router, Method::get, "/nichts").body, "nicht da");
    EXPECT_EQ(ask(router, Method::post, "/").body, "nur GET, HEAD");
    EXPECT_EQ(ask(router, Method::post, "/").headers.get("allow"), "GET, HEAD");
}

// What a form is sent to cannot be read; whoever tries is led to the page the form stands on.
TEST(Router, LeadsFromTheAddressOfAFormToItsPage) {
    auto router = sample();
    const auto done = [](const Request&) { return Response::text("sent"); };
    for (const char* path : {"/pflichten/{id}/verzicht", "/pflichten/{id}/nachweise", "/plaene/{plan:slug}/ziffern/{number:any}", "/plaene/einlesen",
                             "/abmelden", "/ziffern/filter"})
        router.post(path, done);
    router.del("/pflichten/{id}/nachweise/{evidence}/dateien/{file}", done);
    router.get("/plaene/{plan:slug}/ziffern/{number:any}/bearbeiten", done);
    const auto clause = [](const Request& r) {
        return r.path.ends_with("filter") ? Response::text("no such clause", 404) : Response::text("clause");
    };
    router.get("/stellen/{key:any}", clause);
    router.get("/stellen/{key:any}/bearbeiten", clause);
    router.post("/stellen/filter", done);
    router.post("/stellen/{key:any}", done);
    EXPECT_EQ(ask(router, Method::get, "/abmelden").status, 405) << "unless the site says so";
    router.instead_of_form = [](const Request&, const std::string& page) { return Response::see_other(page); };
    const std::pair<const char*, const char*> cases[] = {
        {"/pflichten/17/verzicht", "/pflichten/17"},
        {"/pflichten/17/nachweise", "/pflichten/17"},
        {"/pflichten/17/nachweise/3/dateien/4", "/pflichten/17/nachweise/3"},
        {"/plaene/2018/ziffern/5.4", "/plaene/2018/ziffern/5.4/bearbeiten"},
        {"/abmelden", "/"},
        {"/stellen/filter", "/"},
    };
    for (const auto& [path, page] : cases)
        for (const auto method : {Method::get, Method::head}) {
            const auto r = ask(router, method, path);
            EXPECT_EQ(r.status, 303) << path;
            EXPECT_EQ(r.headers.get("Location"), page) << path;
        }
    EXPECT_EQ(ask(router, Method::get, "/plaene/einlesen").body, "plan plan=einlesen") << "what can be read is read";
    EXPECT_EQ(ask(router, Method::get, "/stellen/amt").body, "clause");
    EXPECT_EQ(ask(router, Method::get, "/pflichten/x/verzicht").status, 404);
    EXPECT_EQ(ask(router, Method::put, "/pflichten/17/verzicht").status, 405) << "only reading is led elsewhere";
    EXPECT_EQ(ask(router, Method::post, "/pflichten/17/verzicht").body, "sent");
    router.guard = [](const Request&, Method, const std::string& pattern) -> std::optional<Response> {
        if (pattern.ends_with("/verzicht")) return Response::text("not here", 404);
        return {};
    };
    EXPECT_EQ(ask(router, Method::get, "/pflichten/17/verzicht").status, 404) << "whoever may not send it does not learn that it is there";
    router.guard = {};
    router.instead_of_form = [](const Request&, const std::string&) -> std::optional<Response> { return {}; };
    EXPECT_EQ(ask(router, Method::get, "/pflichten/17/verzicht").headers.get("Allow"), "POST") << "a program is told what it takes";
}

TEST(Router, HandsTypedValuesOver) {
    Router router;
    std::int64_t seen = 0;
    router.get("/massnahmen/{id}", [&](const Request& r) {
        seen = r.id("id");
        return Response::empty(204);
    });
    EXPECT_EQ(ask(router, Method::get, "/massnahmen/42").status, 204);
    EXPECT_EQ(seen, 42);
}
