// Every route times every role, through the router of the whole program: what the table denies answers like a page that does not exist.
#include "platform/identity/permissions.h"
#include "app/guard.h"
#include "app/mount.h"
#include "tests/platform/db/support/engines.h"

using http::Method;
using identity::Role;

class WholeProgram : public ::testing::Test {
  protected:
    WholeProgram() : place_(db::Engine::sqlite, db::testing::Place::Content::migrated) {}
    void SetUp() override {
        database_ = db::testing::open_or_fail(place_.where());
        auto site = web::Site::open({.settings = {}, .clock = clock_});
        ASSERT_TRUE(site) << base::describe(site.error());
        site_ = std::move(*site);
        auto accounts = identity::Accounts::open(*database_, hasher_, clock_);
        ASSERT_TRUE(accounts);
        accounts_ = std::move(*accounts);
        site_->who = [this](const http::Request&) {
            return identity::Actor{.account = identity::AccountId{role_ == Role::anonymous ? 0 : 1}, .role = role_, .display_name = "x"};
        };
        site_->mount(router_);
        ASSERT_TRUE(app::mount_capabilities(router_, *site_, *database_, *accounts_, {}));
        unlisted_ = app::keep_permissions(router_, *site_, *database_, *accounts_);
    }
    http::Response ask(Method method, const std::string& path) {
        http::Request request;
        request.method = method;
        request.path = request.target = path;
        return router_.route(request);
    }
    // "/konten/{id}" → "/konten/1"
    static std::string path_of(const std::string& pattern) {
        std::string out;
        for (std::size_t at = 0; at < pattern.size();) {
            if (pattern[at] != '{') {
                out += pattern[at++];
                continue;
            }
            const auto end = pattern.find('}', at);
            out += pattern.substr(at, end - at).find(':') == std::string::npos ? "1" : "x";
            at = end + 1;
        }
        return out;
    }

    db::testing::Place place_;
    base::Clock clock_;
    identity::PasswordHasher hasher_{16, {.passes = 1, .memory_bytes = 8u * 1024}};
    std::unique_ptr<db::Database> database_;
    std::unique_ptr<web::Site> site_;
    std::unique_ptr<identity::Accounts> accounts_;
    http::Router router_;
    std::vector<std::string> unlisted_;
    Role role_ = Role::anonymous;
};

TEST_F(WholeProgram, EveryRouteIsListed) {
    EXPECT_EQ(unlisted_, std::vector<std::string>{}) << "add a line to src/platform/identity/permissions.cpp";
}

TEST_F(WholeProgram, WhatARoleMayNotAnswersLikeWhatIsNotThere) {
    int denied = 0, allowed = 0;
    for (const auto role : {Role::anonymous, Role::reader, Role::unit_editor, Role::integration_officer, Role::administrator}) {
        role_ = role;
        for (const auto& route : router_.entries()) {
            const auto* line = identity::permission_for(route.method, route.pattern);
            ASSERT_TRUE(line) << route.pattern;
            const auto method = std::string(http::name_of(route.method));
            if (role >= line->from) {
                ++allowed;
                continue;
            }
            ++denied;
            const auto answer = ask(route.method, path_of(route.pattern));
            EXPECT_EQ(answer.status, 404) << identity::name_of(role) << " " << method << " " << route.pattern;
        }
    }
    EXPECT_GT(denied, 150);
    EXPECT_GT(allowed, 300);
}

// The form of a new record is sent where it stands: the address of a refused one opens the form again, not the list.
TEST_F(WholeProgram, ANewRecordIsSentToTheAddressOfItsForm) {
    std::set<std::string> taken;
    for (const auto& route : router_.entries())
        if (route.method == Method::post) taken.insert(route.pattern);
    int forms = 0;
    for (const auto& route : router_.entries()) {
        if (route.method != Method::get || !route.pattern.ends_with("/neu") || route.pattern.find('{') != std::string::npos) continue;
        if (route.pattern == "/konto/passkeys/neu") continue;  // asks for a password first
        ++forms;
        EXPECT_TRUE(taken.contains(route.pattern)) << route.pattern;
        bool sent_there = false;
        for (const auto role : {Role::integration_officer, Role::administrator}) {
            role_ = role;
            sent_there |= ask(Method::get, route.pattern).body.find("action=\"" + route.pattern + "\"") != std::string::npos;
        }
        EXPECT_TRUE(sent_there) << route.pattern;
    }
    EXPECT_GE(forms, 11);
}

// A refused form leaves its address in the browser. Whoever opens it again finds the page with the form, never an address that takes no reading.
TEST_F(WholeProgram, NoAddressOfAFormIsADeadEnd) {
    role_ = Role::administrator;
    int led = 0;
    for (const auto& route : router_.entries()) {
        if (http::is_safe(route.method) || route.pattern.starts_with("/api/")) continue;
        const auto path = path_of(route.pattern);
        const auto answer = ask(Method::get, path);
        EXPECT_NE(answer.status, 405) << path;
        if (answer.status != 303) continue;
        ++led;
        const auto target = answer.headers.get("Location");
        EXPECT_TRUE(target == "/" || path.starts_with(target.substr(0, target.rfind("/bearbeiten")))) << path << " " << target;
    }
    EXPECT_GT(led, 50);
    EXPECT_EQ(ask(Method::get, "/stellen/x/aufgaben").headers.get("Location"), "/stellen/x");
    EXPECT_EQ(ask(Method::get, "/massnahmen/filter").headers.get("Location"), "/massnahmen");
    role_ = Role::anonymous;
    EXPECT_EQ(ask(Method::get, "/stellen/x/aufgaben").status, 404) << "not for those who could not send it";
    EXPECT_EQ(ask(Method::get, "/abmelden").headers.get("Location"), "/");
    EXPECT_EQ(ask(Method::get, "/api/v1/massnahmen/x/schritt").status, 404);
}

// The page shows for every deed, once, who may do it: from left (nobody signed in) to right (administration) a "no" never follows a "yes".
TEST_F(WholeProgram, ThePageShowsEveryDeedOnceForEveryRole) {
    role_ = Role::reader;
    const auto page = ask(Method::get, "/rechte").body;
    const auto times = [&](const std::string& text) {
        int n = 0;
        for (auto at = page.find(text); at != std::string::npos; at = page.find(text, at + 1)) ++n;
        return n;
    };
    EXPECT_EQ(times("<th scope=\"row\">Einen Einmal-Link benutzen<"), 1);
    const auto begin = page.find("<th scope=\"row\">Kontaktbuch führen<");
    ASSERT_NE(begin, std::string::npos);
    const auto row = page.substr(begin, page.find("</tr>", begin) - begin);
    const auto nobody = row.find("–"), own = row.find("der eigenen Einheit"), yes = row.find("<strong>ja");
    ASSERT_NE(nobody, std::string::npos);
    ASSERT_NE(own, std::string::npos);
    ASSERT_NE(yes, std::string::npos);
    EXPECT_LT(nobody, own);
    EXPECT_LT(own, yes);
    EXPECT_EQ(row.find("–", own), std::string::npos);
}

// A form field cannot make more of its sender: roles come from the session, never from the request.
TEST_F(WholeProgram, AForgedFieldGivesNoRole) {
    for (const auto role : {Role::anonymous, Role::reader, Role::unit_editor, Role::integration_officer}) {
        role_ = role;
        http::Request request;
        request.method = Method::post;
        request.path = request.target = "/konten";
        for (const auto& [name, value] : {std::pair{"role", "administrator"}, std::pair{"sign_in", "eindringling"}, std::pair{"display_name", "x"},
                                          std::pair{"password", "vier bunte Kraniche"}, std::pair{"actor", "1"}})
            request.form.add(name, value);
        EXPECT_EQ(router_.route(request).status, 404);
    }
    EXPECT_TRUE(database_->read([](db::Connection& c) { return identity::accounts(c); })->empty());
}
