// Indicators through requests: definitions by the officer, values by the office that delivers, corrections that keep what was; files both ways; the API
// (openapi_test.cpp holds it against its description).
#include "indicators/files.h"
#include "tests/indicators/pages_support.h"

using namespace indicators;
using base::day;
namespace json = boost::json;

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
