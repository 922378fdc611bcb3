#pragma once
// The pages of indicators on a database of either engine, and who is asking.
#include <unistd.h>

#include <fstream>

#include <gtest/gtest.h>
#include <boost/json.hpp>

#include "indicators/pages.h"
#include "indicators/store.h"
#include "platform/base/root.h"
#include "tests/platform/db/support/engines.h"

namespace indicators {

namespace json = boost::json;
using base::day;

inline bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

// One indicator that is published and delivered by one unit; the site's day is 30.09.2020.
class IndicatorSite : public db::testing::OnBothEngines {
  protected:
    using Form = std::vector<std::pair<std::string, std::string>>;
    void SetUp() override {
        OnBothEngines::SetUp();
        const auto filled = database().write([](db::Connection& c) -> base::Result<void> {
            TRY_VOID(c.execute("insert into bearers (key, kind, name_de) values ('soziales', 'unit', 'Fachgebiet Soziales')"));
            TRY_VOID(c.execute("insert into bearers (key, kind, name_de) values ('jugend', 'unit', 'Fachgebiet Jugend')"));
            TRY_VOID(c.execute(
                "insert into accounts (sign_in, display_name, password_hash, role, created_at) values ('probe', 'Probe', 'x', 'unit_editor', :now)",
                {{"now", base::berlin_start_of(day(2020, 1, 1))}}));
            return {};
        });
        ASSERT_TRUE(filled) << base::describe(filled.error());
        auto site = web::Site::open({.root = base::source_root(), .settings = {}, .clock = base::Clock(day(2020, 9, 30))});
        ASSERT_TRUE(site) << base::describe(site.error());
        site_ = std::move(*site);
        site_->who = [this](const http::Request&) { return actor_; };
        mount(router_, *site_, database(), {});
        officer();
        ASSERT_EQ(post("/indikatoren", {{"key", "treffs"},
                                        {"title", "Offene Treffs"},
                                        {"unit", "Treffs"},
                                        {"direction", "higher"},
                                        {"rhythm", "yearly"},
                                        {"office", "soziales"},
                                        {"published", "ja"}})
                      .status,
                  303);
    }
    void officer() { actor_ = {.account = identity::AccountId{1}, .role = identity::Role::integration_officer, .display_name = "x"}; }
    void unit(std::int64_t office) {
        actor_ = {.account = identity::AccountId{1}, .role = identity::Role::unit_editor, .display_name = "x", .office = office};
    }
    void nobody() { actor_ = {}; }
    http::Response ask(http::Request request) { return router_.route(std::move(request)); }
    http::Response get(const std::string& path) {
        http::Request request;
        request.path = request.target = path;
        return ask(std::move(request));
    }
    http::Response post(const std::string& path, const Form& form) {
        http::Request request;
        request.method = http::Method::post;
        request.path = request.target = path;
        for (const auto& [name, value] : form) request.form.add(name, value);
        return ask(std::move(request));
    }
    json::object send(const std::string& path, const std::string& body, int status) {
        http::Request request;
        request.method = http::Method::post;
        request.path = request.target = path;
        request.body = body;
        const auto response = ask(std::move(request));
        EXPECT_EQ(response.status, status) << path << " " << response.body;
        return json::parse(response.body).as_object();
    }
    http::Response upload(const std::string& bytes) {
        http::Request request;
        request.method = http::Method::post;
        request.path = request.target = "/indikatoren/einlesen";
        const auto path = std::filesystem::temp_directory_path() / ("miteinander-werte-" + std::to_string(::getpid()));
        std::ofstream(path, std::ios::binary) << bytes;
        request.uploads.push_back({"datei", "werte.csv", "text/csv", path, bytes.size()});
        auto response = ask(std::move(request));
        std::filesystem::remove(path);
        return response;
    }
    std::vector<Value> values() {
        return database().read([](db::Connection& c) { return values_of(c, "treffs"); }).value();
    }
    http::Router& router() { return router_; }

  private:
    std::unique_ptr<web::Site> site_;
    http::Router router_;
    identity::Actor actor_;
};

}  // namespace indicators
