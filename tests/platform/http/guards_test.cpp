// The wrappers around handlers: CSRF, idempotency, security headers, rate limits.
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <thread>

#include "platform/http/csrf.h"
#include "platform/http/idempotency.h"
#include "platform/http/proxies.h"
#include "platform/http/rate_limit.h"
#include "platform/http/security_headers.h"
#include "tests/platform/http/support/wire.h"

using namespace http;
using namespace std::chrono_literals;

namespace {

const std::string key(32, 'k');

CsrfOptions options_for(std::string session) {
    CsrfOptions options;
    options.key = key;
    options.session = [session](const Request&) { return session; };
    return options;
}

Request posting(Fields form = {}) {
    Request request;
    request.method = Method::post;
    request.path = "/nachweise";
    request.headers.set("host", "example.org");
    request.form = std::move(form);
    return request;
}

Request with_token(const std::string& token) {
    Fields form;
    form.add("_csrf", token);
    return posting(form);
}

Fields fields(std::vector<std::pair<const char*, std::string>> items) {
    Fields out;
    for (auto& [name, value] : items) out.add(name, value);
    return out;
}

}  // namespace

TEST(Csrf, TokensAreBoundToTheirSession) {
    const auto token = csrf_token(key, "session:a");
    EXPECT_NE(token, csrf_token(key, "session:a")) << "masked";
    EXPECT_TRUE(is_csrf_token(key, "session:a", token));
    EXPECT_FALSE(is_csrf_token(key, "session:b", token));
    EXPECT_FALSE(is_csrf_token(std::string(32, 'x'), "session:a", token));
    for (const std::string& bad : {std::string(), std::string("x"), std::string(43, 'A'), token.substr(1), token + "A", std::string(1000, 'A')})
        EXPECT_FALSE(is_csrf_token(key, "session:a", bad)) << bad;
}

TEST(Csrf, AskedOfUnsafeMethodsOnly) {
    const auto handler = with_csrf([](const Request& r) { return Response::text(r.csrf_token()); }, options_for("s1"));
    const auto page = handler(Request{});
    EXPECT_EQ(page.status, 200);
    EXPECT_FALSE(page.headers.has("set-cookie")) << "a session needs no cookie of its own";
    EXPECT_EQ(handler(posting()).status, 403);
    EXPECT_EQ(handler(with_token("rubbish")).status, 403);
    EXPECT_EQ(handler(with_token(page.body)).status, 200);
    auto by_header = posting();
    by_header.headers.set("X-CSRF-Token", page.body);
    EXPECT_EQ(handler(by_header).status, 200);
    for (const auto method : {Method::put, Method::patch, Method::del}) {
        auto request = posting();
        request.method = method;
        EXPECT_EQ(handler(request).status, 403) << name_of(method);
    }
    const auto other = with_csrf([](const Request&) { return Response::text("done"); }, options_for("s2"));
    EXPECT_EQ(other(with_token(page.body)).status, 403) << "of another session";
}

TEST(Csrf, WhatBringsAProofOfItsOwnNeedsNoForm) {
    auto options = options_for("s1");
    options.exempt = [](const Request& r) { return r.path == "/abbestellen/token"; };
    const auto handler = with_csrf([](const Request&) { return Response::text("done"); }, options);
    auto request = posting();
    EXPECT_EQ(handler(request).status, 403);
    request.path = "/abbestellen/token";
    EXPECT_EQ(handler(request).status, 200);
}

TEST(Csrf, BindsToACookieWhileNobodyIsSignedIn) {
    const auto handler = with_csrf([](const Request& r) { return Response::text(r.path == "/plain" ? "" : r.csrf_token()); }, options_for(""));
    Request plain;
    plain.path = "/plain";
    EXPECT_FALSE(handler(plain).headers.has("set-cookie")) << "a page without a form stays cacheable";
    const auto page = handler(Request{});
    const auto cookie = page.headers.get("set-cookie");
    ASSERT_EQ(cookie.substr(0, 5), "csrf=");
    auto request = with_token(page.body);
    EXPECT_EQ(handler(request).status, 403) << "without the cookie";
    request.headers.set("cookie", cookie.substr(0, cookie.find(';')));
    EXPECT_EQ(handler(request).status, 200);
    EXPECT_FALSE(handler(request).headers.has("set-cookie"));
    Request secure;
    secure.secure = true;
    EXPECT_EQ(handler(secure).headers.get("set-cookie").substr(0, 12), "__Host-csrf=");
}

TEST(Csrf, LooksWhereTheRequestComesFrom) {
    struct {
        const char *site, *origin;
        bool secure, allowed;
    } const cases[] = {
        {"", "", false, true},
        {"same-origin", "", false, true},
        {"none", "", false, true},
        {"same-site", "https://www.example.org", false, false},
        {"cross-site", "https://evil.example", false, false},
        {"", "https://example.org", true, true},
        {"", "http://example.org", false, true},
        {"", "http://example.org", true, false},
        {"", "https://evil.example", false, false},
        {"", "null", false, false},
        {"cross-site", "https://integration.example.org", true, true},
    };
    for (const auto& [site, origin, secure, allowed] : cases) {
        auto request = posting();
        request.secure = secure;
        if (*site) request.headers.set("sec-fetch-site", site);
        if (*origin) request.headers.set("origin", origin);
        EXPECT_EQ(comes_from_this_site(request, {"https://integration.example.org"}), allowed) << site << " " << origin;
    }
}

TEST(Idempotency, ARepeatedKeyAnswersWithTheFirstResult) {
    int done = 0;
    const auto handler = with_idempotency(
        [&](const Request&) {
            Response r = Response::see_other("/nachweise/" + std::to_string(++done));
            r.set_cookie({"flash", "saved", std::nullopt, true}, false);
            return r;
        },
        idempotency_in_memory(), {});
    const auto first = handler(posting(fields({{"_idempotency", "key-0001"}, {"titel", "a"}, {"_csrf", "1"}})));
    const auto again = handler(posting(fields({{"_idempotency", "key-0001"}, {"titel", "a"}, {"_csrf", "2"}})));
    EXPECT_EQ(done, 1);
    EXPECT_EQ(again.status, 303);
    EXPECT_EQ(again.headers.get("location"), first.headers.get("location"));
    EXPECT_TRUE(first.headers.has("set-cookie"));
    EXPECT_FALSE(again.headers.has("set-cookie"));
    EXPECT_EQ(handler(posting(fields({{"_idempotency", "key-0001"}, {"titel", "b"}}))).status, 422) << "the same key for another content";
    EXPECT_EQ(done, 1);
    auto elsewhere = posting(fields({{"_idempotency", "key-0001"}, {"titel", "a"}}));
    elsewhere.path = "/anderswo";
    EXPECT_EQ(handler(elsewhere).status, 303);
    EXPECT_EQ(handler(posting(fields({{"titel", "a"}}))).status, 303) << "without a key nothing is guarded";
    EXPECT_EQ(done, 3);
    EXPECT_EQ(handler(posting(fields({{"_idempotency", "short"}}))).status, 400);
}

TEST(Idempotency, AKeyMeansNothingToSomebodyElse) {
    int done = 0;
    IdempotencyOptions options;
    options.scope = [](const Request& r) { return r.remote; };
    const auto handler = with_idempotency([&](const Request&) { return Response::text(std::to_string(++done)); }, idempotency_in_memory(), options);
    auto a = posting(), b = posting();
    a.headers.set("idempotency-key", "key-0001");
    b.headers.set("idempotency-key", "key-0001");
    a.remote = "a";
    b.remote = "b";
    EXPECT_EQ(handler(a).body, "1");
    EXPECT_EQ(handler(b).body, "2");
    EXPECT_EQ(handler(a).body, "1");
}

TEST(Idempotency, ARefusedFormMayBeCorrectedUnderItsKey) {
    const auto handler = with_idempotency(
        [](const Request& r) -> Response {
            if (r.form.get("titel") == "throw") throw std::runtime_error("x");
            return r.form.get("titel").empty() ? Response::html("Titel fehlt", 422) : Response::see_other("/1");
        },
        idempotency_in_memory(), {});
    EXPECT_EQ(handler(posting(fields({{"_idempotency", "key-0001"}, {"titel", ""}}))).status, 422);
    EXPECT_THROW(handler(posting(fields({{"_idempotency", "key-0001"}, {"titel", "throw"}}))), std::runtime_error);
    EXPECT_EQ(handler(posting(fields({{"_idempotency", "key-0001"}, {"titel", "x"}}))).status, 303);
}

TEST(Idempotency, DuplicatesAtTheSameMomentWaitForTheFirst) {
    std::atomic<int> done{0};
    wire::Gate gate;
    IdempotencyOptions options;
    options.patience = 30s;
    const auto handler = with_idempotency(
        [&](const Request&) {
            gate.pass();
            return Response::text(std::to_string(++done));
        },
        idempotency_in_memory(), options);
    const auto request = posting(fields({{"_idempotency", "key-0001"}}));
    std::string first, second;
    std::thread one([&] { first = handler(request).body; });
    gate.wait_for(1);
    std::thread two([&] { second = handler(request).body; });
    gate.open();
    one.join();
    two.join();
    EXPECT_EQ(done, 1);
    EXPECT_EQ(first, "1");
    EXPECT_EQ(second, "1");
}

TEST(Idempotency, PatienceEndsWithAConflict) {
    wire::Gate gate;
    IdempotencyOptions options;
    options.patience = 1ms;
    const auto handler = with_idempotency(
        [&](const Request&) {
            gate.pass();
            return Response::text("done");
        },
        idempotency_in_memory(), options);
    const auto request = posting(fields({{"_idempotency", "key-0001"}}));
    std::thread one([&] { EXPECT_EQ(handler(request).status, 200); });
    gate.wait_for(1);
    EXPECT_EQ(handler(request).status, 409);
    gate.open();
    one.join();
}

TEST(SecurityHeaders, AreOnEveryAnswerUnlessSet) {
    const auto handler = with_security_headers([](const Request& r) {
        Response response = Response::html("x");
        if (r.path == "/cached") response.headers.set("Cache-Control", "public, max-age=60");
        return response;
    });
    Request request;
    auto page = handler(request);
    EXPECT_EQ(
        page.headers.get("content-security-policy"),
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
    EXPECT_EQ(page.headers.get("cache-control"), "no-store");
    EXPECT_EQ(page.headers.get("x-content-type-options"), "nosniff");
    EXPECT_EQ(page.headers.get("referrer-policy"), "same-origin");
    EXPECT_FALSE(page.headers.has("strict-transport-security"));
    request.secure = true;
    request.path = "/cached";
    page = handler(request);
    EXPECT_EQ(page.headers.get("cache-control"), "public, max-age=60");
    EXPECT_EQ(page.headers.get("strict-transport-security"), "max-age=31536000");
}

TEST(RateLimit, FillsAgainWithTime) {
    RateLimiter limiter({0.5, 3, 16384});
    const RateLimiter::Time start{};
    const auto at = [&](int seconds) { return start + 1h + std::chrono::seconds(seconds); };
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(limiter.allow("a", at(0)));
    EXPECT_FALSE(limiter.allow("a", at(0)));
    EXPECT_EQ(limiter.wait("a", at(0)), 2s);
    EXPECT_FALSE(limiter.allow("a", at(1)));
    EXPECT_TRUE(limiter.allow("a", at(2)));
    EXPECT_FALSE(limiter.allow("a", at(2)));
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(limiter.allow("a", at(1000))) << "never more than the burst";
    EXPECT_FALSE(limiter.allow("a", at(1000)));
}

TEST(RateLimit, ManyKeysPushNobodyOut) {
    RateLimiter limiter({0.001, 1, 1024});
    const auto start = RateLimiter::Time{} + 1h;
    EXPECT_TRUE(limiter.allow("attacker", start));
    for (int i = 0; i < 100'000; ++i) limiter.allow("key " + std::to_string(i), start);
    EXPECT_FALSE(limiter.allow("attacker", start));
}

TEST(RateLimit, RefusesWithTheTimeToWait) {
    auto limiter = std::make_shared<RateLimiter>(RateLimiter::Options{0.1, 1, 16});
    const auto handler = with_rate_limit([](const Request&) { return Response::text("in"); }, limiter);
    Request request;
    request.remote = "2001:db8::1";
    EXPECT_EQ(handler(request).status, 200);
    request.remote = "2001:db8::2";  // of the same /64
    const auto refused = handler(request);
    EXPECT_EQ(refused.status, 429);
    EXPECT_GE(std::stoi(refused.headers.get("retry-after")), 1);
}

TEST(Proxies, AreBelievedOnlyWhenTrusted) {
    struct {
        const char *peer, *forwarded, *remote;
        bool secure;
    } const cases[] = {
        {"127.0.0.1", "203.0.113.9", "203.0.113.9", true},
        {"127.0.0.1", "198.51.100.1, 203.0.113.9", "203.0.113.9", true},  // the left one is the client's invention
        {"127.0.0.1", "203.0.113.9, 10.1.2.3", "203.0.113.9", true},      // two proxies of ours
        {"127.0.0.1", "", "127.0.0.1", true},
        {"127.0.0.1", "rubbish", "127.0.0.1", true},
        {"198.51.100.7", "203.0.113.9", "198.51.100.7", false},
        {"fd00::5", "2001:db8::1", "2001:db8::1", true},
        {"::ffff:10.9.9.9", "203.0.113.9", "203.0.113.9", true},
    };
    const auto proxies = TrustedProxies::parse({"127.0.0.1", "10.0.0.0/8", "fd00::/8"});
    ASSERT_TRUE(proxies);
    for (const auto& [peer, forwarded, remote, secure] : cases) {
        Request request;
        if (*forwarded) request.headers.set("x-forwarded-for", forwarded);
        request.headers.set("x-forwarded-proto", "https");
        proxies->apply(*parse_address(peer), request);
        EXPECT_EQ(request.remote, remote) << peer << " " << forwarded;
        EXPECT_EQ(request.secure, secure) << peer;
    }
    for (const char* bad : {"localhost", "10.0.0.0/33", "::/129", "10.0.0.0/x", "10.0.0.0/"}) EXPECT_FALSE(TrustedProxies::parse({bad})) << bad;
    EXPECT_EQ(network_of(*parse_address("192.0.2.77")), "192.0.2.0");
    EXPECT_EQ(network_of(*parse_address("2001:db8:1:2::3")), "2001:db8:1::");
    EXPECT_EQ(client_of(*parse_address("2001:db8:1:2:3::4")), "2001:db8:1:2::");
}
