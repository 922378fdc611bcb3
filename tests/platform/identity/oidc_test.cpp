// OpenID Connect: hostile tokens, rotated keys, and the way from the button to an account.
#include "platform/identity/oidc/sign_in.h"
#include "platform/mail/store.h"
#include "tests/platform/db/support/engines.h"
#include "tests/platform/identity/support/provider.h"

namespace {

using namespace identity::oidc;
using identity::base64url;
using identity::sha256;
using oidc_testing::Signer;
namespace json = boost::json;

const base::Instant now = *base::parse_iso_instant("2026-11-22T10:00:00Z");
const Expected expected{.issuer = "https://login.example", .client_id = "miteinander", .nonce = "n-1", .now = now};
std::int64_t seconds(base::Instant at) { return std::chrono::duration_cast<std::chrono::seconds>(at.time_since_epoch()).count(); }

json::object claims(base::Instant at = now) {
    return {{"iss", "https://login.example"},
            {"aud", "miteinander"},
            {"sub", "person-17"},
            {"nonce", "n-1"},
            {"iat", seconds(at)},
            {"exp", seconds(at) + 300},
            {"email", "amt@kreis.example"},
            {"email_verified", true},
            {"groups", {"staff", "lead"}}};
}
const Signer& rsa() {
    static const Signer signer(Signer::Kind::rsa, "rsa-1");
    return signer;
}
const Signer& ec() {
    static const Signer signer(Signer::Kind::ec, "ec-1");
    return signer;
}
std::string checked(const std::string& token, const Expected& e = expected) {
    const auto keys = parse_jwks(oidc_testing::jwks({&rsa(), &ec()}));
    const auto done = verify(token, *keys, e);
    return done ? "good" : done.error().code;
}
std::string with(const char* name, json::value value) {
    auto c = claims();
    c[name] = std::move(value);
    return checked(rsa().token(c));
}
std::string without(const char* name) {
    auto c = claims();
    c.erase(name);
    return checked(rsa().token(c));
}

}  // namespace

TEST(IdToken, GoodOnesAreTaken) {
    EXPECT_EQ(checked(rsa().token(claims())), "good");
    EXPECT_EQ(checked(ec().token(claims())), "good");
    EXPECT_EQ(with("aud", json::array{"miteinander"}), "good");
}

TEST(IdToken, HostileOnesAreRefused) {
    EXPECT_EQ(with("iss", "https://evil.example"), "issuer");
    EXPECT_EQ(without("iss"), "issuer");
    EXPECT_EQ(with("aud", "somebody-else"), "audience");
    EXPECT_EQ(with("aud", json::array{"miteinander", "somebody-else"}), "audience");  // without azp
    EXPECT_EQ(with("azp", "somebody-else"), "audience");
    EXPECT_EQ(with("nonce", "n-2"), "nonce");
    EXPECT_EQ(without("nonce"), "nonce");
    EXPECT_EQ(without("sub"), "subject");
    EXPECT_EQ(without("exp"), "expired");
    EXPECT_EQ(without("iat"), "issued");
    EXPECT_EQ(with("exp", "tomorrow"), "expired");
    EXPECT_EQ(with("nbf", seconds(now) + 61), "not yet");
}

TEST(IdToken, ExpiresAMinuteAfterItsMoment) {
    auto late = expected;
    late.now = now + std::chrono::seconds(359);
    EXPECT_EQ(checked(rsa().token(claims()), late), "good");  // clocks differ by up to a minute
    late.now = now + std::chrono::seconds(360);
    EXPECT_EQ(checked(rsa().token(claims()), late), "expired");
    EXPECT_EQ(checked(rsa().token(claims(now + std::chrono::seconds(60)))), "good");
    EXPECT_EQ(checked(rsa().token(claims(now + std::chrono::seconds(61)))), "issued");
}

TEST(IdToken, OtherAlgorithmsAreNone) {
    for (const char* alg : {"none", "None", "HS256", "RS1", ""}) {
        const auto content = base64url(json::serialize(json::object{{"alg", alg}, {"kid", "rsa-1"}})) + "." + base64url(json::serialize(claims()));
        EXPECT_EQ(checked(content + "."), "algorithm") << alg;
        EXPECT_EQ(checked(content + ".c2ln"), "algorithm") << alg;
    }
    EXPECT_EQ(checked(rsa().token(claims(), "ES256")), "unknown_key");  // an RSA key is no key of ES256
}

TEST(IdToken, ASignatureOfAnotherKeyOrOverOtherWordsIsRefused) {
    const Signer stranger(Signer::Kind::rsa, "rsa-1"), unknown(Signer::Kind::rsa, "rsa-2");
    EXPECT_EQ(checked(stranger.token(claims())), "signature");
    EXPECT_EQ(checked(unknown.token(claims())), "unknown_key");
    auto changed = claims();
    changed["sub"] = "administrator";
    const auto good = rsa().token(claims()), other = rsa().token(changed);
    const auto first = other.substr(0, other.rfind('.'));
    EXPECT_EQ(checked(first + good.substr(good.rfind('.'))), "signature");
    for (const char* broken : {"", "a.b", "a.b.c.d", "....", "e30.e30.", "e30.e30.e30"}) EXPECT_NE(checked(broken), "good") << broken;
}

TEST(IdToken, ShortRsaKeysAreNotTrusted) {
    const Signer weak(Signer::Kind::rsa, "weak", 1024);
    const auto keys = parse_jwks(oidc_testing::jwks({&weak}));
    EXPECT_FALSE(verify(weak.token(claims()), *keys, expected));
}

TEST(KeySet, LeavesOutWhatItCannotUse) {
    EXPECT_FALSE(parse_jwks("[]"));
    EXPECT_FALSE(parse_jwks("{\"keys\": 1}"));
    EXPECT_EQ(parse_jwks(R"({"keys":[{"kty":"oct","k":"AA"},{"kty":"RSA","use":"enc"},{"kty":"EC","crv":"P-521"},17]})")->size(), 0u);
}

TEST(Addresses, AreHttpsOrThisMachine) {
    for (const char* good : {"https://login.example", "http://localhost:3000/x", "http://127.0.0.1"}) EXPECT_TRUE(is_safe_address(good)) << good;
    for (const char* bad :
         {"http://login.example", "http://localhost.evil.example", "file:///etc/passwd", "", "https://", "http://127.0.0.1.evil.example"})
        EXPECT_FALSE(is_safe_address(bad)) << bad;
}

TEST(Rotation, FreshKeysAreFetchedOnceForAnUnknownOne) {
    const Signer next(Signer::Kind::rsa, "rsa-2");
    int key_requests = 0;
    bool rotated = false;
    Provider provider([&](const Call& call) -> base::Result<std::string> {
        if (call.url.ends_with("openid-configuration"))
            return std::string(
                R"({"issuer":"https://login.example","authorization_endpoint":"https://login.example/a","token_endpoint":"https://login.example/t","jwks_uri":"https://login.example/k"})");
        ++key_requests;
        return rotated ? oidc_testing::jwks({&next}) : oidc_testing::jwks({&rsa()});
    });
    EXPECT_TRUE(provider.verified(rsa().token(claims()), expected));
    rotated = true;
    auto later = expected;
    later.now = now + std::chrono::seconds(90);
    EXPECT_TRUE(provider.verified(next.token(claims()), later));
    EXPECT_EQ(key_requests, 2);
    const Signer stranger(Signer::Kind::rsa, "rsa-3");
    EXPECT_FALSE(provider.verified(stranger.token(claims()), later));
    EXPECT_EQ(key_requests, 2);                                     // a flood of unknown keys asks the provider once a minute
    EXPECT_FALSE(provider.verified(rsa().token(claims()), later));  // the old key is gone
}

TEST(Discovery, AnotherIssuerIsRefused) {
    Provider provider([](const Call&) -> base::Result<std::string> {
        return std::string(
            R"({"issuer":"https://evil.example","authorization_endpoint":"https://login.example/a","token_endpoint":"https://login.example/t","jwks_uri":"https://login.example/k"})");
    });
    EXPECT_FALSE(provider.doors("https://login.example", now));
}

class OidcSignIn : public db::testing::OnBothEngines {
  protected:
    void SetUp() override {
        db::testing::OnBothEngines::SetUp();
        auto opened = identity::Accounts::open(database(), hasher_, clock_);
        ASSERT_TRUE(opened);
        accounts_ = std::move(*opened);
        sign_in_ = std::make_unique<SignIn>(database(), *accounts_, clock_, "", [this](const Call& call) { return answer(call); });
        mail::Settings m;
        m.public_address = "https://integration.example";
        ASSERT_TRUE(database().write([&](db::Connection& c) { return mail::save_settings(c, m, {}, clock_.now()); }));
        set({.issuer = "https://login.example",
             .client_id = "miteinander",
             .label = {},
             .role_claim = "groups",
             .role_values = {{"lead", identity::Role::integration_officer}, {"staff", identity::Role::reader}},
             .create = true});
    }
    void set(const Settings& s) {
        ASSERT_TRUE(database().write([&](db::Connection& c) { return save_settings(c, s, {}, clock_.now()); }));
    }
    base::Result<std::string> answer(const Call& call) {
        if (call.url.ends_with("openid-configuration"))
            return std::string(
                R"({"issuer":"https://login.example","authorization_endpoint":"https://login.example/a","token_endpoint":"https://login.example/t","jwks_uri":"https://login.example/k"})");
        if (call.url.ends_with("/k")) return oidc_testing::jwks({&rsa()});
        form_ = call.form;
        auto c = claims(clock_.now());
        c["nonce"] = nonce_;
        c["groups"] = groups_;
        c["email_verified"] = verified_;
        return json::serialize(json::object{{"id_token", rsa().token(c)}});
    }
    base::Result<SignIn::Done> whole_way(const std::string& next = "/pflichten") {
        const auto begun = sign_in_->begin(next);
        if (!begun) return tl::unexpected(begun.error());
        address_ = begun->address;
        const auto at = begun->address.find("&nonce=") + 7;
        nonce_ = begun->address.substr(at, begun->address.find('&', at) - at);
        return sign_in_->finish(begun->state, begun->state, "code-1", {.address = "192.0.2.1"});
    }
    base::Clock clock_;
    identity::PasswordHasher hasher_{16, {.passes = 1, .memory_bytes = 8u * 1024}};
    std::unique_ptr<identity::Accounts> accounts_;
    std::unique_ptr<SignIn> sign_in_;
    std::string nonce_, form_, address_;
    json::array groups_{"staff", "lead"};
    bool verified_ = true;
};
MITEINANDER_ON_BOTH_ENGINES(OidcSignIn);

TEST_P(OidcSignIn, LeadsFromTheButtonToASessionWithPkce) {
    const auto done = whole_way();
    ASSERT_TRUE(done) << base::describe(done.error());
    EXPECT_EQ(done->next, "/pflichten");
    EXPECT_EQ(accounts_->who(done->in.token)->actor.role, identity::Role::integration_officer);
    // The verifier sent with the code is the one whose hash went out with the request.
    const auto at = form_.find("code_verifier=") + 14;
    const auto verifier = form_.substr(at, form_.find('&', at) - at);
    EXPECT_NE(address_.find("code_challenge=" + base64url(sha256(verifier))), std::string::npos);
    EXPECT_GE(verifier.size(), 43u);
    const auto again = whole_way();
    ASSERT_TRUE(again);
    EXPECT_EQ(again->in.account.id, done->in.account.id);
}

TEST_P(OidcSignIn, AnAnswerOfAnotherBrowserOrASecondTimeIsRefused) {
    const auto begun = sign_in_->begin("/");
    ASSERT_TRUE(begun);
    EXPECT_FALSE(sign_in_->finish(begun->state, "", "code", {.address = "192.0.2.1"}));
    EXPECT_FALSE(sign_in_->finish(begun->state, std::string(43, 'A'), "code", {.address = "192.0.2.1"}));
    EXPECT_FALSE(sign_in_->finish("", "", "code", {.address = "192.0.2.1"}));
    ASSERT_TRUE(whole_way());
    const auto state = address_.substr(address_.find("&state=") + 7, 43);
    EXPECT_FALSE(sign_in_->finish(state, state, "code", {.address = "192.0.2.1"}));
}

TEST_P(OidcSignIn, AnUnverifiedAddressTakesOverNobodysAccount) {
    ASSERT_TRUE(accounts_->create(
        {.sign_in = "amt", .display_name = "Amt", .password_hash = {}, .role = identity::Role::administrator, .email = "amt@kreis.example"},
        "vier bunte Kraniche", {}));
    verified_ = false;
    EXPECT_EQ(whole_way().error().kind, base::ErrorKind::forbidden);
    verified_ = true;
    EXPECT_EQ(whole_way()->in.account.sign_in, "amt");
}

TEST_P(OidcSignIn, RolesFollowTheClaimsAndNoRoleMeansNoEntry) {
    ASSERT_TRUE(whole_way());
    groups_ = {"staff"};
    const auto less = whole_way();
    ASSERT_TRUE(less);
    EXPECT_EQ(accounts_->who(less->in.token)->actor.role, identity::Role::reader);
    groups_ = {"visitors"};
    EXPECT_EQ(whole_way().error().kind, base::ErrorKind::forbidden);
}

TEST_P(OidcSignIn, ADisabledAccountStaysOut) {
    const auto done = whole_way();
    ASSERT_TRUE(done);
    ASSERT_TRUE(database().write([&](db::Connection& c) { return identity::set_disabled(c, done->in.account.id, true, {}, clock_.now()); }));
    EXPECT_EQ(whole_way().error().kind, base::ErrorKind::forbidden);
}
