#pragma once
// Pages through requests, without a server: a site of 30.09.2020 on a migrated database of either engine, and who is asking.
#include <fstream>

#include "platform/base/root.h"
#include "platform/http/router.h"
#include "platform/web/site.h"
#include "tests/platform/db/support/engines.h"

namespace web::testing {

using Form = std::vector<std::pair<std::string, std::string>>;

inline http::Request request_to(http::Method method, const std::string& target, const Form& form = {}) {
    http::Request request;
    request.method = method;
    request.target = target;
    const auto question = target.find('?');
    request.path = target.substr(0, question);
    for (const auto& [name, value] : form) request.form.add(name, value);
    if (question == std::string::npos) return request;
    std::string rest = target.substr(question + 1);
    while (!rest.empty()) {
        const auto end = std::min(rest.find('&'), rest.size());
        const auto equals = rest.find('=');
        request.query.add(rest.substr(0, equals), rest.substr(equals + 1, end - equals - 1));
        rest.erase(0, end + (end < rest.size() ? 1 : 0));
    }
    return request;
}

inline bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }
inline bool has(const http::Response& response, std::string_view part) { return has(response.body, part); }

// A refused form: everything typed stands in it again, and each mistake at its field and, with a link there, on top of the page.
inline void expect_refused(const http::Response& refused, const Form& typed, const std::vector<std::string>& wrong) {
    EXPECT_EQ(refused.status, 422);
    for (const auto& [name, value] : typed)
        EXPECT_TRUE(value.empty() || has(refused, "value=\"" + value + "\"") || has(refused, ">\n" + value + "</textarea>")) << "lost: " << name;
    const auto summary = refused.body.find("id=\"fehler\"");
    ASSERT_NE(summary, std::string::npos) << "no list of mistakes";
    EXPECT_LT(summary, refused.body.find("app-panel")) << "it stands above everything";
    EXPECT_EQ(refused.body.find("id=\"fehler\"", summary + 1), std::string::npos) << "and once";
    const auto list = refused.body.substr(summary, refused.body.find("</ul>", summary) - summary);
    for (const auto& field : wrong) {
        EXPECT_TRUE(has(refused, "-" + field + "-fehler\"")) << "nothing stands at " << field;
        EXPECT_TRUE(has(list, "-" + field + "\">") || has(list, "-" + field + "-0\">")) << "no link to " << field;
    }
}

class PagesOnBothEngines : public db::testing::OnBothEngines {
  protected:
    void SetUp() override {
        OnBothEngines::SetUp();
        auto site = web::Site::open({.root = base::source_root(), .settings = {}, .clock = base::Clock(base::day(2020, 9, 30))});
        ASSERT_TRUE(site) << base::describe(site.error());
        site_ = std::move(*site);
        site_->who = [this](const http::Request&) { return actor_; };
    }
    // Who asks from now on, for which office (a bearer's key).
    void as(identity::Role role, const std::string& office = {}) {
        actor_ = {};
        if (role == identity::Role::anonymous) return;
        actor_.role = role;
        actor_.account = account();
        actor_.office = database()
                            .read([&](db::Connection& c) {
                                return c.query_one<std::int64_t>("select id from bearers where key = :key", {{"key", office}},
                                                                 [](const db::Row& row) { return row.int64("id"); });
                            })
                            .value_or(std::nullopt)
                            .value_or(0);
    }
    void nobody() { as(identity::Role::anonymous); }
    void officer() { as(identity::Role::integration_officer); }

    http::Response get(const std::string& target) { return router_.route(request_to(http::Method::get, target)); }
    http::Response post(const std::string& target, const Form& form = {}) { return router_.route(request_to(http::Method::post, target, form)); }
    http::Response remove(const std::string& target) { return router_.route(request_to(http::Method::del, target)); }
    // A form with one file.
    http::Response upload(const std::string& target, const Form& form, const std::string& field, const std::string& name, const std::string& bytes) {
        auto request = request_to(http::Method::post, target, form);
        const auto path = std::filesystem::temp_directory_path() / ("miteinander-upload-" + std::to_string(::getpid()));
        std::ofstream(path, std::ios::binary) << bytes;
        request.uploads.push_back({field, name, "application/octet-stream", path, bytes.size()});
        auto response = router_.route(request);
        std::filesystem::remove(path);
        return response;
    }
    // What the database does, or the test fails.
    template <class Work>
    auto write(Work work) {
        auto done = database().write([&](db::Connection& c) { return work(c); });
        EXPECT_TRUE(done) << base::describe(done.error());
        return done;
    }
    std::int64_t number(const std::string& sql) {
        return database()
            .read([&](db::Connection& c) { return c.query_one<std::int64_t>(sql, {}, [](const db::Row& row) { return row.int64("n"); }); })
            .value_or(std::nullopt)
            .value_or(-1);
    }
    std::string text(const std::string& sql) {
        return database()
            .read([&](db::Connection& c) { return c.query_one<std::string>(sql, {}, [](const db::Row& row) { return row.text("t"); }); })
            .value_or(std::nullopt)
            .value_or("");
    }
    void bearer(const std::string& key, const std::string& kind, const std::string& name) {
        write([&](db::Connection& c) -> base::Result<void> {
            TRY_VOID(
                c.execute("insert into bearers (key, kind, name_de) values (:key, :kind, :name)", {{"key", key}, {"kind", kind}, {"name", name}}));
            return {};
        });
    }
    web::Site& site() { return *site_; }
    http::Router& router() { return router_; }
    base::Instant now() { return site_->clock().now(); }

  private:
    identity::AccountId account() {
        if (!account_)
            account_ =
                database()
                    .write([](db::Connection& c) {
                        return c.insert<identity::AccountId>(
                            "insert into accounts (sign_in, display_name, password_hash, role, created_at) values ('probe', 'Probe', 'x', 'unit_editor', :now) returning id",
                            {{"now", base::berlin_start_of(base::day(2020, 1, 1))}});
                    })
                    .value_or(identity::AccountId{});
        return account_;
    }
    std::unique_ptr<web::Site> site_;
    http::Router router_;
    identity::Actor actor_;
    identity::AccountId account_;
};

}  // namespace web::testing
