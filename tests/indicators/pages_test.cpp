// Indicators through requests: definitions by the officer, values by the office that delivers, corrections that keep what was; files both ways; the API
// as docs/openapi.yaml describes it.
#include "indicators/pages.h"

#include <gtest/gtest.h>
#include <unistd.h>
#include <boost/json.hpp>

#include <fstream>

#include "indicators/files.h"
#include "platform/base/root.h"
#include "tests/platform/db/support/engines.h"

using namespace indicators;
using base::day;
namespace json = boost::json;

namespace {
bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }
}  // namespace

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

  private:
    std::unique_ptr<web::Site> site_;
    http::Router router_;
    identity::Actor actor_;
};
MITEINANDER_ON_BOTH_ENGINES(IndicatorSite);

TEST_P(IndicatorSite, TheOfficeThatDeliversEntersAndCorrects) {
    unit(1);
    EXPECT_EQ(post("/indikatoren/treffs/werte", {{"period", "2018"}, {"value", "0"}, {"observed_on", "31.12.2018"}}).status, 303);
    EXPECT_EQ(post("/indikatoren/treffs/werte", {{"period", "2019"}, {"value", "4,5"}}).status, 303);
    // A second value for the period is a correction, and nothing else.
    EXPECT_EQ(post("/indikatoren/treffs/werte", {{"period", "2019"}, {"value", "5"}}).status, 422);
    const auto wrong = values().back().evidence;
    EXPECT_EQ(post("/indikatoren/treffs/werte/" + wrong + "/berichtigung", {{"period", "2019"}, {"value", "5"}, {"reason", ""}}).status, 422);
    EXPECT_EQ(
        post("/indikatoren/treffs/werte/" + wrong + "/berichtigung", {{"period", "2019"}, {"value", "5"}, {"reason", "Doppelt gezählt."}}).status,
        303);
    EXPECT_EQ(post("/indikatoren/treffs/werte/" + wrong + "/berichtigung", {{"period", "2019"}, {"value", "6"}, {"reason", "Noch einmal."}}).status,
              404);
    const auto all = values();
    ASSERT_EQ(all.size(), 3u);  // nothing is lost
    const auto line = current(all);
    ASSERT_EQ(line.size(), 2u);
    EXPECT_EQ(line[0].value, Quantity{});
    EXPECT_EQ(line[1].value, Quantity::of(5));
    EXPECT_EQ(line[1].office, "soziales");
    const auto page = get("/indikatoren/treffs").body;
    EXPECT_TRUE(has(page, "Doppelt gezählt."));
    EXPECT_TRUE(has(page, "<svg"));
    unit(2);
    EXPECT_EQ(post("/indikatoren/treffs/werte", {{"period", "2020"}, {"value", "1"}}).status, 404);
    nobody();
    EXPECT_EQ(post("/indikatoren/treffs/werte", {{"period", "2020"}, {"value", "1"}}).status, 404);
    EXPECT_FALSE(has(get("/indikatoren/treffs").body, "Doppelt gezählt."));  // reasons are for those who work here
}

TEST_P(IndicatorSite, WhatIsNotPublishedIsNotThere) {
    EXPECT_EQ(post("/indikatoren", {{"key", "intern"}, {"title", "Intern"}, {"unit", "Fälle"}, {"rhythm", "monthly"}}).status, 303);
    EXPECT_EQ(post("/indikatoren", {{"key", "intern"}, {"title", "Noch einer"}, {"unit", "Fälle"}, {"rhythm", "monthly"}}).status, 422);
    nobody();
    EXPECT_EQ(get("/indikatoren/intern").status, 404);
    EXPECT_FALSE(has(get("/indikatoren").body, "Intern"));
    EXPECT_FALSE(has(get("/indikatoren.csv").body, "intern"));
    EXPECT_FALSE(has(get("/api/v1/indikatoren").body, "intern"));
    EXPECT_EQ(get("/api/v1/indikatoren/intern").status, 404);
}

TEST_P(IndicatorSite, ARhythmStaysOnceThereAreValues) {
    const Form change{{"title", "Offene Treffs"}, {"unit", "Treffs"}, {"rhythm", "monthly"}, {"office", "soziales"}, {"published", "ja"}};
    EXPECT_EQ(post("/indikatoren/treffs/werte", {{"period", "2019"}, {"value", "4"}}).status, 303);
    EXPECT_EQ(post("/indikatoren/treffs", change).status, 422);
}

TEST_P(IndicatorSite, WhatGoesOutComesInAgainAndAFileWithAMistakeIsRefusedWhole) {
    EXPECT_EQ(post("/indikatoren/treffs/werte", {{"period", "2018"}, {"value", "3"}, {"observed_on", "31.12.2018"}}).status, 303);
    const auto exported = get("/indikatoren.csv").body;
    EXPECT_TRUE(has(exported, "treffs;Offene Treffs;2018;3;Treffs;31.12.2018"));
    EXPECT_EQ(upload(exported).status, 303);
    EXPECT_EQ(values().size(), 1u);
    const auto wrong = upload("Kennung;Zeitraum;Wert;Anmerkung\r\ntreffs;2019;viel;\r\nfehlt;2019;1;\r\ntreffs;2018;4;\r\ntreffs;2020;;\r\n").body;
    for (const auto* place : {"C2", "A3", "A4", "D5"}) EXPECT_TRUE(has(wrong, std::string(place) + ":")) << place;
    EXPECT_EQ(values().size(), 1u);
    EXPECT_EQ(upload("Kennung;Zeitraum;Wert;Grund der Berichtigung\r\ntreffs;2019;4,25;\r\ntreffs;2018;4;Verzählt\r\n").status, 303);
    const auto line = current(values());
    ASSERT_EQ(line.size(), 2u);
    EXPECT_EQ(line[0].value, Quantity::of(4));
    EXPECT_EQ(line[1].value, (Quantity{4250}));
    std::string xlsx;
    const auto writer = sheets::xlsx_writer(sheets::into(xlsx), "Indikatoren", file_columns()).value();
    const auto known = database().read([](db::Connection& c) { return all_with_values(c); }).value();
    ASSERT_TRUE(write_values(*writer, known));
    const auto again = read_values(xlsx, known, day(2020, 9, 30));
    ASSERT_TRUE(again) << base::describe(again.error());
    EXPECT_EQ(again->unchanged, 2u);
    EXPECT_TRUE(again->rows.empty());
    EXPECT_TRUE(again->mistakes.empty());
}

TEST_P(IndicatorSite, ProgramsEnterAndCorrect) {
    const std::string path = "/api/v1/indikatoren/treffs/werte";
    const auto wrong = send(path, R"({"period": "2022", "value": "x", "von": "mir"})", 422);
    EXPECT_EQ(wrong.at("fields").as_array().size(), 2u);
    EXPECT_EQ(send(path, R"({"period": "2022", "value": null})", 422).at("fields").as_array().size(), 2u);
    const auto made = send(path, R"({"period": "2019", "value": "0", "observed_on": "2019-12-31"})", 201);
    const auto& value = made.at("values").as_array()[0].as_object();
    EXPECT_EQ(value.at("value").as_string(), "0");
    const std::string entry(value.at("evidence").as_string());
    send(path, R"({"period": "2019", "value": "1"})", 422);
    const auto fixed = send(path + "/" + entry + "/berichtigung", R"({"period": "2019", "value": "2.5", "reason": "Nachgemeldet."})", 200);
    ASSERT_EQ(fixed.at("values").as_array().size(), 2u);
    EXPECT_EQ(fixed.at("values").as_array()[0].as_object().at("correction_reason").as_string(), "Nachgemeldet.");
    send(path + "/" + entry + "/berichtigung", R"({"period": "2019", "value": "3", "reason": "Noch einmal."})", 404);
    nobody();
    send(path, R"({"period": "2020", "value": "1"})", 404);
    EXPECT_FALSE(has(get("/api/v1/indikatoren/treffs").body, "Nachgemeldet."));
}
