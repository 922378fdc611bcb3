#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "platform/base/root.h"
#include "platform/web/chart.h"
#include "platform/web/table.h"
#include "tests/platform/web/support/site.h"

namespace {

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

std::size_t count(const std::string& text, std::string_view part) {
    std::size_t found = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++found;
    return found;
}

struct Gallery : testing::Test {
    Gallery() {
        web_test::mount_gallery(router, *site);
        site->mount(router);
    }
    std::unique_ptr<web::Site> site = web_test::open_site({.municipality = "Landkreis Musterland", .demo = true, .sample = true});
    http::Router router;
};

// Everything a strict Content-Security-Policy would block, and everything that was meant for the template engine.
TEST_F(Gallery, HoldsNothingInlineAndNothingUnfilled) {
    for (const auto* path : {"/galerie", "/galerie/formular", "/galerie/liste", "/galerie/leer", "/nirgends"}) {
        for (const auto* language : {"de", "en"}) {
            auto request = web_test::get(path);
            request.headers.set("Cookie", std::string("sprache=") + language);
            const auto body = router.route(request).body;
            for (const auto* forbidden : {" style=", "<style", "<script>", " onclick", "{{", "}}", "javascript:", "NaN", "nan%"})
                EXPECT_FALSE(has(body, forbidden)) << path << " holds " << forbidden;
            EXPECT_EQ(count(body, "<h1"), 1u) << path;
            EXPECT_EQ(count(body, "<main"), 1u) << path;
            // ids are unique: labels and errors point at the right thing
            std::set<std::string> ids;
            for (auto at = body.find(" id=\""); at != std::string::npos; at = body.find(" id=\"", at + 1)) {
                const auto id = body.substr(at + 5, body.find('"', at + 5) - at - 5);
                EXPECT_TRUE(ids.insert(id).second) << path << ": " << id;
            }
        }
    }
}

TEST_F(Gallery, ChartsHaveNamesAndATableTwin) {
    const auto body = router.route(web_test::get("/galerie")).body;
    EXPECT_TRUE(has(body, "Sprache und Bildung: 9 erfüllt, 2 verspätet erfüllt, 3 offen"));
    EXPECT_TRUE(has(body, "Wohnen: keine Angaben"));
    EXPECT_TRUE(has(body, "2018: verspätet erfüllt; 2019: erfüllt; 2020: bald fällig"));
    EXPECT_TRUE(has(body, "2016: 14; 2018: 12"));
    EXPECT_TRUE(has(body, "Ziel: 12"));
    EXPECT_EQ(count(body, "<figure"), count(body, "Zahlen als Tabelle"));
    EXPECT_TRUE(has(body, "Plätze 2019: 9 von 12"));
}

TEST_F(Gallery, ListsSortPageAndExport) {
    const auto first = router.route(web_test::get("/galerie/liste")).body;
    EXPECT_TRUE(has(first, "1 bis 20 von 60"));
    EXPECT_TRUE(has(first, "aria-sort=\"ascending\"><a href=\"/galerie/liste?sortierung=-frist\""));
    const auto descending = router.route(web_test::get("/galerie/liste?sortierung=-ziffer&seite=1")).body;
    EXPECT_TRUE(has(descending, "aria-sort=\"descending\""));
    EXPECT_LT(descending.find("5.4.1.60<"), descending.find("5.4.1.59<"));
    EXPECT_FALSE(has(descending, "5.4.1.9<")) << "10 comes after 9, so page one ends at 41";
    EXPECT_TRUE(has(router.route(web_test::get("/galerie/liste?seite=999")).body, "41 bis 60 von 60"));
    EXPECT_TRUE(has(router.route(web_test::get("/galerie/liste?seite=abc&sortierung=<x>")).body, "1 bis 20 von 60"));
    const auto csv = router.route(web_test::get("/galerie/liste.csv"));
    EXPECT_EQ(count(csv.body, "\r\n"), 61u);
    EXPECT_TRUE(has(csv.headers.get("Content-Disposition"), "pflichten.csv"));
    EXPECT_TRUE(has(router.route(web_test::get("/galerie/leer")).body, "Es gibt nichts zu zeigen."));
}

TEST_F(Gallery, FiltersShowWhatIsChosen) {
    const auto body = router.route(web_test::get("/galerie/liste?stelle=2&zustand=nonsense&sortierung=frist")).body;
    EXPECT_TRUE(has(body, "Stelle: Stabsstelle Integration"));
    EXPECT_FALSE(has(body, "Stand: nonsense"));
    EXPECT_FALSE(has(body, "selected>nonsense"));
    EXPECT_TRUE(has(body, "<input type=\"hidden\" name=\"sortierung\" value=\"frist\">"));
}

TEST(Sorting, FollowsPeopleAndNotBytes) {
    std::vector<std::string> names{"Zoo", "Ämter", "Amt", "amtlich", "5.4.1.10", "5.4.1.9", "Übung", "Unfall"};
    std::stable_sort(names.begin(), names.end(), [](const auto& a, const auto& b) { return web::Cell::sort_key(a) < web::Cell::sort_key(b); });
    EXPECT_EQ(names, (std::vector<std::string>{"5.4.1.9", "5.4.1.10", "Amt", "Ämter", "amtlich", "Übung", "Unfall", "Zoo"}));
    EXPECT_LT(web::Cell::number(i18n::Language::de, -5).sort, web::Cell::number(i18n::Language::de, 3).sort);
    EXPECT_LT(web::Cell::number(i18n::Language::de, 9).sort, web::Cell::number(i18n::Language::de, 10).sort);
    EXPECT_LT(web::Cell::day(i18n::Language::de, base::day(2020, 1, 1)).sort, web::Cell::day(i18n::Language::de, std::nullopt).sort);
}

TEST(Axis, ShowsRoundNumbersAroundTheValues) {
    const struct {
        double least, most;
        std::vector<double> expected;
    } cases[] = {
        {0, 14, {0, 5, 10, 15}},     {0, 15, {0, 5, 10, 15}},       {0, 0, {0, 0.2, 0.4, 0.6, 0.8, 1}},
        {3, 9, {0, 2, 4, 6, 8, 10}}, {-4, 6, {-4, -2, 0, 2, 4, 6}}, {0, 1'000'000, {0, 200000, 400000, 600000, 800000, 1000000}},
    };
    for (const auto& c : cases) {
        const auto ticks = web::axis_ticks(c.least, c.most);
        ASSERT_EQ(ticks.size(), c.expected.size()) << c.most;
        for (std::size_t i = 0; i < ticks.size(); ++i) EXPECT_NEAR(ticks[i], c.expected[i], 1e-9);
    }
    EXPECT_GE(web::axis_ticks(0, std::numeric_limits<double>::infinity()).size(), 2u);
}

// With MITEINANDER_GALLERY=folder the pages are written there, to be looked at or checked by other tools.
TEST_F(Gallery, CanBeWrittenToDisk) {
    const char* folder = std::getenv("MITEINANDER_GALLERY");
    if (!folder) GTEST_SKIP() << "MITEINANDER_GALLERY is not set";
    namespace fs = std::filesystem;
    fs::create_directories(fs::path(folder) / "galerie");
    fs::create_directories(fs::path(folder) / "assets" / fs::path(site->asset("app.css")).parent_path().filename());
    fs::copy(fs::path(base::source_root()) / "web/assets", fs::path(folder) / "assets" / fs::path(site->asset("app.css")).parent_path().filename(),
             fs::copy_options::recursive | fs::copy_options::overwrite_existing);
    const auto write = [&](const std::string& name, const http::Response& response) { std::ofstream(fs::path(folder) / name) << response.body; };
    write("galerie/index.html", router.route(web_test::get("/galerie")));
    write("galerie/formular.html", router.route(web_test::get("/galerie/formular")));
    write("galerie/fehler.html", router.route(web_test::post("/galerie/formular", {{"titel", ""}, {"frist", "31.13.2020"}})));
    write("galerie/liste.html", router.route(web_test::get("/galerie/liste?stelle=2&stand=2019-12-31&bekannt=2020-01-31")));
    write("galerie/leer.html", router.route(web_test::get("/nirgends")));
}

}  // namespace
