// Hostile uses of the doors, through the whole program with its CSRF check: what a stranger, a colleague or another site may try.
#include <algorithm>

#include "app/guard.h"
#include "app/mount.h"
#include "platform/http/csrf.h"
#include "platform/identity/pages.h"
#include "platform/privacy/api.h"
#include "tests/platform/db/support/engines.h"

using http::Method;
using identity::Role;

namespace {

const std::string password = "vier bunte Kraniche";

}  // namespace

class Doorway : public ::testing::Test {
  protected:
    Doorway() : place_(db::Engine::sqlite, db::testing::Place::Content::migrated) {}
    void SetUp() override {
        database_ = db::testing::open_or_fail(place_.where());
        auto site = web::Site::open({.settings = {}, .clock = clock_});
        ASSERT_TRUE(site);
        site_ = std::move(*site);
        accounts_ = std::move(*identity::Accounts::open(*database_, hasher_, clock_));
        site_->who = [this](const http::Request& request) { return identity::actor_of(request, *accounts_); };
        site_->mount(router_);
        ASSERT_TRUE(app::mount_capabilities(router_, *site_, *database_, *accounts_, {}));
        app::keep_permissions(router_, *site_, *database_, *accounts_);
        handler_ = http::with_csrf([this](const http::Request& request) { return router_.route(request); },
                                   {.key = key_,
                                    .session = [](const http::Request& request) { return request.cookie(identity::session_cookie); },
                                    .origins = {},
                                    .exempt = {},
                                    .refused = {}});
        for (const auto& [name, role] : {std::pair{"lesen", Role::reader}, std::pair{"chefin", Role::administrator}}) {
            const auto made = accounts_->create({.sign_in = name, .display_name = name, .password_hash = {}, .role = role}, password, {});
            ASSERT_TRUE(made) << base::describe(made.error());
            ids_[name] = *made;
        }
    }
    using Fields = std::vector<std::pair<std::string, std::string>>;
    http::Response send(Method method, const std::string& path, const Fields& fields, const std::string& session, bool with_token = true,
                        const std::string& origin = {}) {
        http::Request request;
        request.method = method;
        request.path = request.target = path.substr(0, path.find('?'));
        request.remote = "192.0.2.1";
        request.headers.set("host", "kreis.example");
        if (!origin.empty()) request.headers.set("origin", origin);
        // While nobody is signed in, the token is bound to a cookie of its own.
        const std::string visitor(22, 'v');
        request.headers.set("cookie", session.empty() ? "csrf=" + visitor : std::string(identity::session_cookie) + "=" + session);
        for (const auto& [name, value] : fields) request.form.add(name, value);
        if (with_token) request.form.add("_csrf", http::csrf_token(key_, session.empty() ? "visitor:" + visitor : "session:" + session));
        return handler_(request);
    }
    http::Response get(const std::string& path, const std::string& session) { return send(Method::get, path, {}, session, false); }
    // The session a sign-in hands out; "" without one.
    static std::string session_of(const http::Response& response) {
        const auto wanted = std::string(identity::session_cookie) + "=";
        for (const auto& [name, value] : response.headers.items())
            if ((name == "set-cookie" || name == "Set-Cookie") && value.starts_with(wanted))
                return value.substr(wanted.size(), value.find(';') - wanted.size());
        return {};
    }
    std::string signed_in(const std::string& name) {
        const auto in = accounts_->sign_in(name, password, "192.0.2.1");
        EXPECT_TRUE(in);
        return in ? in->token : std::string();
    }
    std::vector<std::pair<std::string, std::int64_t>> views() {
        return database_
            ->read([](db::Connection& c) {
                return c.query<std::pair<std::string, std::int64_t>>(
                    "select what, person_id from personal_data_views order by id", {},
                    [](const db::Row& row) { return std::pair{row.text("what"), row.int64("person_id")}; });
            })
            .value();
    }

    db::testing::Place place_;
    base::Clock clock_;
    identity::PasswordHasher hasher_{16, {.passes = 1, .memory_bytes = 8u * 1024}};
    std::unique_ptr<db::Database> database_;
    std::unique_ptr<web::Site> site_;
    std::unique_ptr<identity::Accounts> accounts_;
    http::Router router_;
    http::Handler handler_;
    const std::string key_ = std::string(32, 'k');
    std::map<std::string, identity::AccountId> ids_;
};

TEST_F(Doorway, APlantedSessionOpensNothingAfterTheSignIn) {
    const std::string planted(43, 'P');
    const auto in = send(Method::post, "/anmelden", {{"name", "lesen"}, {"password", password}}, planted);
    EXPECT_EQ(in.status, 303);
    const auto mine = session_of(in);
    ASSERT_EQ(mine.size(), 43u);
    EXPECT_NE(mine, planted);
    EXPECT_FALSE(accounts_->who(planted));
    EXPECT_TRUE(accounts_->who(mine));
    // And one that was real ends, too.
    const auto stranger = signed_in("chefin");
    EXPECT_EQ(send(Method::post, "/anmelden", {{"name", "lesen"}, {"password", password}}, stranger).status, 303);
    EXPECT_FALSE(accounts_->who(stranger));
}

TEST_F(Doorway, AnotherSiteCanSendNoForm) {
    const auto session = signed_in("chefin");
    const Fields form{{"sign_in", "eindringling"}, {"display_name", "x"}, {"role", "administrator"}, {"language", "de"}, {"password", password}};
    EXPECT_EQ(send(Method::post, "/konten", form, session, false).status, 403);                                      // no token
    EXPECT_EQ(send(Method::post, "/konten", form, session, true, "https://boese.example").status, 403);              // from elsewhere
    EXPECT_EQ(send(Method::post, "/anmelden", {{"name", "lesen"}, {"password", password}}, "", false).status, 403);  // signing somebody in unasked
    EXPECT_EQ(send(Method::post, "/anmelden/passkey", {}, "", false).status, 403);
    EXPECT_EQ(database_->read([](db::Connection& c) { return identity::accounts(c); })->size(), 2u);
    EXPECT_EQ(send(Method::post, "/konten", form, session).status, 303);  // the form itself was good
}

TEST_F(Doorway, ForgedFieldsChangeNobodyElse) {
    const auto session = signed_in("lesen");
    const auto chief = std::to_string(ids_["chefin"].value);
    // Everything a reader could try on the administrator's account looks like not there.
    for (const auto& [method, path] :
         {std::pair{Method::post, "/konten/" + chief}, std::pair{Method::post, "/konten/" + chief + "/passwort"},
          std::pair{Method::post, "/konten/" + chief + "/sperre"}, std::pair{Method::post, "/konten/" + chief + "/loeschen"},
          std::pair{Method::del, "/konten/" + chief + "/passkeys"}, std::pair{Method::del, std::string("/konto/passkeys/1")},
          std::pair{Method::post, std::string("/datenschutz/fristen")}, std::pair{Method::post, std::string("/datenschutz/auskunft")}})
        EXPECT_EQ(
            send(method, path, {{"role", "administrator"}, {"password", "drei leise Trommeln"}, {"sure", "ja"}, {"email", "x@y.example"}}, session)
                .status,
            404)
            << path;
    // Fields slipped into one's own form do nothing.
    (void)send(Method::post, "/konto/passwort",
               {{"current", password}, {"password", "drei leise Trommeln"}, {"role", "administrator"}, {"id", chief}, {"account", chief}}, session);
    const auto all = database_->read([](db::Connection& c) { return identity::accounts(c); });
    for (const auto& a : *all) EXPECT_EQ(a.role, a.sign_in == "chefin" ? Role::administrator : Role::reader);
    EXPECT_TRUE(accounts_->sign_in("chefin", password, "192.0.2.9"));
    EXPECT_TRUE(accounts_->sign_in("lesen", "drei leise Trommeln", "192.0.2.9"));
}

TEST_F(Doorway, TheWayBackStaysOnThisSite) {
    for (const char* elsewhere : {"https://boese.example/", "//boese.example", "/\\boese.example", "javascript:alert(1)"}) {
        const auto in = send(Method::post, "/anmelden", {{"name", "lesen"}, {"password", password}, {"weiter", elsewhere}}, "");
        EXPECT_EQ(in.headers.get("location"), "/") << elsewhere;
    }
}

TEST_F(Doorway, TheAnswerTellsNobodyWhoHasAnAccount) {
    const auto unknown = send(Method::post, "/anmelden", {{"name", "niemand"}, {"password", "falsch"}}, "");
    const auto wrong = send(Method::post, "/anmelden", {{"name", "lesen"}, {"password", "falsch"}}, "");
    EXPECT_EQ(unknown.status, wrong.status);
    const auto without_name = [](std::string body, const std::string& name) {
        for (auto at = body.find(name); at != std::string::npos; at = body.find(name)) body.replace(at, name.size(), "NAME");
        // Token and challenge differ from answer to answer anyway.
        for (const char* mark : {"name=\"_csrf\" value=\"", "name=\"csrf-token\" content=\"", "data-challenge=\""})
            for (auto at = body.find(mark); at != std::string::npos; at = body.find(mark, at + 1)) {
                const auto begin = at + std::string(mark).size();
                body.erase(begin, body.find('"', begin) - begin);
            }
        return body;
    };
    EXPECT_EQ(without_name(unknown.body, "niemand"), without_name(wrong.body, "lesen"));
    const auto asked = send(Method::post, "/passwort-vergessen", {{"name", "niemand"}}, ""),
               asked_known = send(Method::post, "/passwort-vergessen", {{"name", "lesen"}}, "");
    EXPECT_EQ(asked.status, asked_known.status);
    EXPECT_EQ(asked.headers.get("location"), asked_known.headers.get("location"));
}

TEST_F(Doorway, WhoLooksAtPersonalDataIsRecordedOnceADay) {
    const auto chief = signed_in("chefin"), reader = signed_in("lesen");
    const auto id = ids_["lesen"].value;
    for (int i = 0; i < 2; ++i) {
        EXPECT_EQ(get("/konten", chief).status, 200);
        EXPECT_EQ(get("/konten/" + std::to_string(id), chief).status, 200);
        EXPECT_EQ(get("/konten/" + std::to_string(id) + "/daten.json", chief).status, 200);
    }
    EXPECT_EQ(get("/konten/" + std::to_string(ids_["chefin"].value), chief).status, 200);  // one's own is no look
    EXPECT_EQ(get("/konten", reader).status, 404);                                         // who is refused has seen nothing
    EXPECT_EQ(views(), (std::vector<std::pair<std::string, std::int64_t>>{{"accounts", 0}, {"account", id}, {"dossier", id}}));
    const auto own = get("/konto/daten", reader);
    EXPECT_EQ(own.status, 200);
    EXPECT_NE(own.body.find("Wer diese Daten angesehen hat"), std::string::npos);
    EXPECT_NE(own.body.find("chefin"), std::string::npos);
    const auto pdf = get("/konto/daten.pdf", reader);
    EXPECT_TRUE(pdf.body.starts_with("%PDF-"));
    EXPECT_EQ(pdf.headers.get("cache-control"), "no-store");
}

TEST_F(Doorway, ErasingAsksTwiceAndOnlyForDisabledAccounts) {
    const auto chief = signed_in("chefin");
    const auto path = "/konten/" + std::to_string(ids_["lesen"].value) + "/loeschen";
    EXPECT_EQ(send(Method::post, path, {{"sure", "ja"}}, chief).status, 422);
    ASSERT_TRUE(database_->write([&](db::Connection& c) { return identity::set_disabled(c, ids_["lesen"], true, {}, clock_.now()); }));
    EXPECT_EQ(send(Method::post, path, {}, chief).status, 422);
    EXPECT_EQ(send(Method::post, path, {{"sure", "ja"}}, chief).status, 303);
    const auto gone = database_->read([&](db::Connection& c) { return identity::account(c, ids_["lesen"]); });
    EXPECT_EQ(gone->display_name, "erased-" + std::to_string(ids_["lesen"].value));
}
