// Keys of programs: what they open, for how long, and what their door refuses.
#include "platform/identity/api_tokens.h"

#include "platform/identity/api_door.h"
#include "platform/identity/passwords.h"
#include "platform/identity/second_factor.h"
#include "tests/platform/db/support/engines.h"

using identity::ApiScope;
using identity::NewApiToken;

namespace {
const identity::HashingCost cheap{.passes = 1, .memory_bytes = 8u * 1024};
const identity::Actor nobody;
}  // namespace

class ApiTokens : public db::testing::OnBothEngines {
  protected:
    void SetUp() override {
        db::testing::OnBothEngines::SetUp();
        auto opened = identity::Accounts::open(database(), hasher_, clock_);
        ASSERT_TRUE(opened) << base::describe(opened.error());
        accounts_ = std::move(*opened);
        const auto made = accounts_->create("amt@kreis.example", "Fachbereich", "vier bunte Kraniche", identity::Role::unit_editor, 7, nobody);
        ASSERT_TRUE(made) << base::describe(made.error());
        id_ = *made;
    }
    base::Result<std::string> issue(NewApiToken token, base::Instant now) {
        return database().write([&](db::Connection& c) { return identity::issue_api_token(c, id_, token, nobody, now); });
    }
    std::string issued(std::vector<ApiScope> scopes, int days = 90) {
        const auto token = issue({"Tabellenprogramm", std::move(scopes), days}, clock_.now());
        EXPECT_TRUE(token);
        return token.value_or("");
    }
    std::optional<identity::OpenApiToken> open_at(const std::string& token, base::Instant now) {
        return database().read([&](db::Connection& c) { return identity::open_api_token(c, identity::token_hash(token), now); }).value();
    }
    std::vector<identity::ApiToken> all() {
        return database().read([&](db::Connection& c) { return identity::api_tokens_of(c, id_); }).value();
    }
    base::Clock clock_;
    identity::PasswordHasher hasher_{16, cheap};
    std::unique_ptr<identity::Accounts> accounts_;
    identity::AccountId id_;
};
MITEINANDER_ON_BOTH_ENGINES(ApiTokens);

TEST_P(ApiTokens, ATokenActsForItsAccountAndItsHashIsKeptOnly) {
    const auto token = issued({ApiScope::read, ApiScope::measures});
    ASSERT_EQ(token.size(), 47u);
    EXPECT_TRUE(token.starts_with("mit_"));
    const auto open = accounts_->by_api_token(token);
    ASSERT_TRUE(open);
    EXPECT_EQ(open->actor.account, id_);
    EXPECT_EQ(open->actor.role, identity::Role::unit_editor);
    EXPECT_EQ(open->actor.office, 7);
    EXPECT_EQ(open->scopes, (std::vector{ApiScope::read, ApiScope::measures}));
    EXPECT_TRUE(all().front().last_used);
    const auto kept = database().read([](db::Connection& c) {
        return c.query_one<std::string>("select token_hash from api_tokens", {}, [](const db::Row& row) { return row.text("token_hash"); });
    });
    EXPECT_EQ((*kept)->find(token.substr(4, 8)), std::string::npos);
    EXPECT_FALSE(accounts_->by_api_token("mit_" + std::string(43, 'A')));
    EXPECT_FALSE(accounts_->by_api_token(""));
}

TEST_P(ApiTokens, ATokenEndsWithItsTerm) {
    const auto now = clock_.now();
    const auto token = issue({"x", {ApiScope::read}, 1}, now);
    ASSERT_TRUE(token);
    EXPECT_TRUE(open_at(*token, now + std::chrono::hours(24) - std::chrono::seconds(1)));
    EXPECT_FALSE(open_at(*token, now + std::chrono::hours(24)));
}

TEST_P(ApiTokens, RevokedAndDisabledOpenNothing) {
    const auto token = issued({ApiScope::read}), other = issued({ApiScope::read});
    const auto id = all().back().id;
    const auto revoke = [&](identity::AccountId whose) {
        return database().write([&](db::Connection& c) { return identity::revoke_api_token(c, whose, id, nobody, clock_.now()); });
    };
    EXPECT_FALSE(revoke(identity::AccountId{id_.value + 1}));  // somebody else's is not there
    EXPECT_TRUE(revoke(id_));
    EXPECT_TRUE(revoke(id_));
    EXPECT_FALSE(accounts_->by_api_token(token));
    ASSERT_TRUE(accounts_->by_api_token(other));
    ASSERT_TRUE(database().write([&](db::Connection& c) { return identity::set_disabled(c, id_, true, nobody, clock_.now()); }));
    EXPECT_FALSE(accounts_->by_api_token(other));
}

TEST_P(ApiTokens, EveryMistakeAtOnceAndBothSidesOfEachLimit) {
    const auto wrong = issue({"", {}, 0}, clock_.now());
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().fields.size(), 3u);
    EXPECT_TRUE(issue({"x", {ApiScope::read}, identity::most_api_token_days}, clock_.now()));
    EXPECT_FALSE(issue({"x", {ApiScope::read}, identity::most_api_token_days + 1}, clock_.now()));
    for (int i = 1; i < identity::most_api_tokens; ++i) ASSERT_TRUE(issue({"x", {ApiScope::read}, 1}, clock_.now())) << i;
    EXPECT_FALSE(issue({"x", {ApiScope::read}, 1}, clock_.now()));
    // What has ended leaves room.
    EXPECT_TRUE(issue({"x", {ApiScope::read}, 1}, clock_.now() + std::chrono::hours(25)));
}

TEST_P(ApiTokens, TheDoorAsksForTokenScopeAndPatience) {
    const auto reads = issued({ApiScope::read}), writes = issued({ApiScope::read, ApiScope::measures});
    const auto handler = identity::with_api_door(
        [](const http::Request& request) { return http::Response::text(request.headers.has("cookie") ? "program with cookie" : "program"); },
        [](const http::Request&) { return http::Response::text("browser"); },
        {.accounts = *accounts_,
         .refused = [](const http::Request&, int status) { return http::Response::text("no", status); },
         .per_second = 0.001,
         .burst = 5,
         .wrong_per_second = 0.001,
         .wrong_burst = 2});
    const auto ask = [&](http::Method method, const std::string& path, const std::string& authorization, const std::string& address = "192.0.2.7") {
        http::Request request;
        request.method = method;
        request.path = request.target = path;
        request.remote = address;
        request.headers.set("Cookie", "sitzung=1");
        if (!authorization.empty()) request.headers.set("Authorization", authorization);
        return handler(request);
    };
    using http::Method;
    EXPECT_EQ(ask(Method::get, "/api/v1/massnahmen", "").body, "browser");
    // Beside the API the header says nothing.
    EXPECT_EQ(ask(Method::post, "/massnahmen", "Bearer " + writes).body, "browser");
    // A cookie beside a token counts for nothing.
    EXPECT_EQ(ask(Method::get, "/api/v1/massnahmen", "bearer " + reads).body, "program");
    const auto narrow = ask(Method::post, "/api/v1/massnahmen", "Bearer " + reads);
    EXPECT_EQ(narrow.status, 403);
    EXPECT_NE(narrow.headers.get("WWW-Authenticate").find("insufficient_scope"), std::string::npos);
    EXPECT_EQ(ask(Method::post, "/api/v1/massnahmen", "Bearer " + writes).status, 200);
    EXPECT_EQ(ask(Method::post, "/api/v1/zielvorgaben/Z-1/schritte", "Bearer " + writes).status, 403);
    const auto unknown = ask(Method::get, "/api/v1/massnahmen", "Bearer mit_" + std::string(43, 'A'));
    EXPECT_EQ(unknown.status, 401);
    EXPECT_NE(unknown.headers.get("WWW-Authenticate").find("invalid_token"), std::string::npos);
    EXPECT_EQ(ask(Method::get, "/api/v1/massnahmen", "Basic eDp5").status, 401);
    // Whoever tries tokens out is told to wait; a token that opens is not counted among them.
    const auto guessing = ask(Method::get, "/api/v1/massnahmen", "Bearer mit_x");
    EXPECT_EQ(guessing.status, 429);
    EXPECT_NE(guessing.headers.get("Retry-After"), "");
    EXPECT_EQ(ask(Method::get, "/api/v1/massnahmen", "Bearer mit_x", "192.0.2.8").status, 401);
    for (int i = 0; i < 3; ++i) EXPECT_EQ(ask(Method::get, "/api/v1/regeln", "Bearer " + reads).status, 200) << i;
    EXPECT_EQ(ask(Method::get, "/api/v1/regeln", "Bearer " + reads).status, 429);
}

TEST_P(ApiTokens, WhoHasToSetUpASecondFactorFirstUsesNoKey) {
    const auto token = issued({ApiScope::read});
    ASSERT_TRUE(database().write([&](db::Connection& c) {
        return identity::save_security_settings(c, {.second_factor_required = {identity::Role::unit_editor}}, nobody, clock_.now());
    }));
    ASSERT_TRUE(accounts_->by_api_token(token));
    EXPECT_TRUE(accounts_->by_api_token(token)->confined);
}

TEST(ApiScopes, WhatEachRequestNeeds) {
    using http::Method;
    const std::tuple<Method, const char*, ApiScope> cases[] = {{Method::get, "/api/v1/zielvorgaben", ApiScope::read},
                                                               {Method::post, "/api/v1/zielvorgaben", ApiScope::targets},
                                                               {Method::patch, "/api/v1/zielvorgaben/Z-1", ApiScope::targets},
                                                               {Method::post, "/api/v1/zielvorgabenfremd", ApiScope::measures},
                                                               {Method::post, "/api/v1/indikatoren/a/werte", ApiScope::indicators},
                                                               {Method::del, "/api/v1/massnahmen/M-1/mittel/2", ApiScope::measures},
                                                               {Method::put, "/api/v1/regeln", ApiScope::measures}};
    for (const auto& [method, path, scope] : cases) EXPECT_EQ(identity::scope_needed(method, path), scope) << path;
    for (const auto scope : identity::all_api_scopes) EXPECT_EQ(identity::api_scope_named(identity::name_of(scope)), scope);
    EXPECT_FALSE(identity::api_scope_named("all"));
}
