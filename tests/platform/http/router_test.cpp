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
