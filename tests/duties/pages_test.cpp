// The pages of duties and evidence, asked through the router: what they show, and what the public does not see at any door.
#include "duties/pages.h"

#include "duties/calendar.h"
#include "duties/rollups.h"
#include "evidence/pages.h"
#include "network/store.h"
#include "plan/store.h"
#include "platform/web/site.h"
#include "tests/duties/support/facts.h"
#include "tests/platform/db/support/engines.h"

using namespace facts;

namespace {

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

class DutyPages : public db::testing::OnBothEngines {
  protected:
    void SetUp() override {
        OnBothEngines::SetUp();
        evidence::forget_listeners();
        duties::keep_rollups();
        web::Site::Options options;
        options.clock = base::Clock(day(2020, 9, 30));
        auto opened = web::Site::open(std::move(options));
        ASSERT_TRUE(opened) << base::describe(opened.error());
        site = std::move(*opened);
        site->who = [this](const http::Request&) { return actor; };
        duties::mount(router, *site, database());
        evidence::mount(router, *site, database());
        const auto done = database().write([&](db::Connection& c) -> base::Result<bool> {
            TRY_VOID(network::save_bearer(c,
                                          {.id = {},
                                           .key = "council",
                                           .kind = network::BearerKind::body,
                                           .name = {"Beirat", "Council"},
                                           .short_name = {},
                                           .part_of = {},
                                           .feed = true},
                                          false, {}, {}));
            TRY_VOID(plan::add_plan(c,
                                    {.key = "2018",
                                     .title = {"Konzept", "Concept"},
                                     .state = plan::PlanState::adopted,
                                     .valid_from = day(2018, 1, 1),
                                     .valid_until = day(2020, 12, 31),
                                     .adopted_on = {},
                                     .resolution = "",
                                     .continues = {},
                                     .published = true,
                                     .source_name = "",
                                     .source_sha256 = ""},
                                    {}));
            auto open = duty(), secret = duty();
            open.key = "offen";
            open.title = {"Offene Pflicht", ""};
            open.published = true;
            secret.key = "geheim";
            secret.title = {"Geheime Pflicht", ""};
            for (auto& d : {open, secret}) TRY_VOID(duties::save_duty(c, d, false, {}));
            for (const bool published : {true, false}) {
                evidence::Entry e;
                e.record =
                    record({.occurred_on = published ? "2019-05-01" : "2019-06-01", .key = published ? "offener-nachweis" : "interner-nachweis"});
                e.record.published = published;
                e.record.title = {published ? "Oeffentlicher Titel" : "Interner Titel", ""};
                e.record.note = "streng vertraulich";
                TRY_VOID(evidence::record(c, e, {}));
            }
            return true;
        });
        ASSERT_TRUE(done) << base::describe(done.error());
    }
    void TearDown() override { evidence::forget_listeners(); }

    http::Response ask(http::Method method, const std::string& target, const std::vector<std::pair<std::string, std::string>>& form = {}) {
        http::Request request;
        request.method = method;
        request.target = target;
        request.path = target.substr(0, target.find('?'));
        if (const auto mark = target.find('?'); mark != std::string::npos)
            for (std::string rest = target.substr(mark + 1); !rest.empty();) {
                const auto end = std::min(rest.find('&'), rest.size());
                const auto pair = rest.substr(0, end);
                request.query.add(pair.substr(0, pair.find('=')), pair.substr(pair.find('=') + 1));
                rest.erase(0, std::min(end + 1, rest.size()));
            }
        for (const auto& [name, value] : form) request.form.add(name, value);
        return router.route(std::move(request));
    }
    std::string get(const std::string& target) { return ask(http::Method::get, target).body; }

    identity::Actor actor;
    http::Router router;
    std::unique_ptr<web::Site> site;
};
MITEINANDER_ON_BOTH_ENGINES(DutyPages);

const std::vector<std::string> doors{"/umsetzung",       "/pflichten",
                                     "/pflichten.csv",   "/pflichten.json",
                                     "/pflichten/offen", "/pflichten/offen?format=json",
                                     "/fristen",         "/fristen.csv",
                                     "/fristen.json",    "/fristen/council.ics",
                                     "/nachweise",       "/nachweise.csv",
                                     "/nachweise.json",  "/nachweise/offener-nachweis"};

TEST_P(DutyPages, ThePublicSeesNothingInternalAtAnyDoor) {
    for (const auto& door : doors) {
        const auto response = ask(http::Method::get, door);
        EXPECT_EQ(response.status, 200) << door << response.body.substr(0, 400);
        for (const char* internal : {"geheim", "Geheime", "interner-nachweis", "Interner Titel", "streng vertraulich"})
            EXPECT_FALSE(has(response.body, internal)) << door << ": " << internal;
    }
    for (const char* closed : {"/pflichten/geheim", "/nachweise/interner-nachweis"}) EXPECT_EQ(ask(http::Method::get, closed).status, 404) << closed;
    for (const char* closed : {"/schreibtisch", "/pflichten/neu", "/nachweise/neu"}) EXPECT_EQ(ask(http::Method::get, closed).status, 403) << closed;
    for (const char* closed : {"/pflichten/offen/verzicht", "/pflichten/offen/veroeffentlichung", "/nachweise/offener-nachweis/zuruecknahme"})
        EXPECT_EQ(ask(http::Method::post, closed).status, 403) << closed;
}

TEST_P(DutyPages, SignedInTheyShowWhatIsInternal) {
    actor = {identity::AccountId{1}, identity::Role::integration_officer, "Amt", 0};
    EXPECT_TRUE(has(get("/pflichten"), "Geheime Pflicht"));
    EXPECT_TRUE(has(get("/pflichten/geheim"), "Interner Titel"));
    EXPECT_TRUE(has(get("/nachweise/interner-nachweis"), "streng vertraulich"));
    for (const char* door :
         {"/schreibtisch", "/pflichten/neu", "/pflichten/neu?pflicht=offen", "/nachweise/neu?art=council.report_delivered&pflicht=offen"})
        EXPECT_EQ(ask(http::Method::get, door).status, 200) << door;
}

TEST_P(DutyPages, TheDutyShowsItsSentenceAndItsStatesOnAnyDay) {
    const auto page = get("/pflichten/offen");
    EXPECT_TRUE(has(page, "Jedes Kalenderjahr bis 31.12.: mindestens 1 × Bericht an den Kreistag übergeben"));
    EXPECT_TRUE(has(page, "Oeffentlicher Titel"));
    EXPECT_TRUE(has(page, "0 von 1 Bericht"));
    EXPECT_FALSE(has(get("/pflichten/offen?stand=2019-04-30"), "Oeffentlicher Titel"));
    EXPECT_TRUE(has(get("/pflichten.json?zustand=breached"), "\"period\":\"2018\""));
}

TEST_P(DutyPages, RecordingAndUndoingChangesTheStateAndBringsItBack) {
    actor = {identity::AccountId{1}, identity::Role::integration_officer, "Amt", 0};
    const auto before = get("/pflichten/offen?format=json");
    const auto made = ask(http::Method::post, "/nachweise", {{"art", "council.report_delivered"}, {"tag", "01.03.2020"}, {"pflicht", "offen"}});
    ASSERT_EQ(made.status, 303) << made.body;
    EXPECT_EQ(made.headers.get("Location").substr(0, 16), "/pflichten/offen");
    EXPECT_NE(get("/pflichten/offen?format=json"), before);
    const auto list = database().read([](db::Connection& c) {
        return evidence::search(c, {.kind = "", .organisation = "", .from = day(2020, 3, 1), .until = {}, .published_only = false});
    });
    ASSERT_EQ(list->entries.size(), 1u);
    EXPECT_EQ(ask(http::Method::post, "/nachweise/" + list->entries[0].record.key + "/zuruecknahme").status, 303);
    EXPECT_EQ(get("/pflichten/offen?format=json"), before);
    EXPECT_EQ(ask(http::Method::post, "/nachweise", {{"art", "falsch"}, {"tag", "31.02.2020"}}).status, 422);
}

TEST_P(DutyPages, ADutyIsComposedWithAPreviewOfThePast) {
    actor = {identity::AccountId{1}, identity::Role::integration_officer, "Amt", 0};
    std::vector<std::pair<std::string, std::string>> form{{"key", "neu-1"},
                                                          {"title", "Neue Pflicht"},
                                                          {"plan", "2018"},
                                                          {"bearer", "council"},
                                                          {"modality", "obligation"},
                                                          {"evidence", "council.report_delivered"},
                                                          {"aggregate", "count"},
                                                          {"comparison", "at_least"},
                                                          {"threshold", "1"},
                                                          {"period", "year"},
                                                          {"valid_from", "01.01.2018"},
                                                          {"valid_until", "31.12.2020"},
                                                          {"grace_days", "0"},
                                                          {"due_soon_days", "30"},
                                                          {"origin_kind", "wording"},
                                                          {"origin_text", "einmal im Jahr"}};
    auto preview = form;
    preview.emplace_back("vorschau", "ja");
    const auto shown = ask(http::Method::post, "/pflichten/neu", preview);
    EXPECT_EQ(shown.status, 200);
    EXPECT_TRUE(has(shown.body, "Wie sie die Vergangenheit beurteilt hätte"));
    EXPECT_TRUE(has(ask(http::Method::post, "/pflichten/satz", form).body, "Jedes Kalenderjahr"));
    EXPECT_EQ(ask(http::Method::get, "/pflichten/neu-1").status, 404);
    const auto saved = ask(http::Method::post, "/pflichten/neu", form);
    EXPECT_EQ(saved.status, 303) << saved.body;
    EXPECT_TRUE(has(get("/pflichten/neu-1"), "Neue Pflicht"));
    form[5].second = "kaputt";
    EXPECT_EQ(ask(http::Method::post, "/pflichten/neu", form).status, 422);
}

TEST_P(DutyPages, DecisionsComeBackInTheFormUntilTheyAreWhole) {
    actor = {identity::AccountId{1}, identity::Role::integration_officer, "Amt", 0};
    EXPECT_EQ(ask(http::Method::post, "/pflichten/offen/verzicht", {{"period", "2018"}}).status, 422);
    EXPECT_EQ(ask(http::Method::post, "/pflichten/offen/verzicht",
                  {{"period", "2018"}, {"reason", "Grund"}, {"resolution", "3/2019"}, {"decided_on", "01.02.2019"}})
                  .status,
              303);
    EXPECT_TRUE(has(get("/pflichten/offen"), "3/2019"));
    EXPECT_EQ(ask(http::Method::post, "/pflichten/offen/erklaerung", {{"period", "2018"}, {"text", "So war es."}}).status, 303);
    EXPECT_TRUE(has(get("/pflichten/offen"), "So war es."));
    actor = {};
    EXPECT_FALSE(has(get("/pflichten/offen"), "So war es."));
}

TEST_P(DutyPages, TheFeedIsACalendar) {
    const auto feed = get("/fristen/council.ics");
    EXPECT_TRUE(feed.starts_with("BEGIN:VCALENDAR\r\n"));
    EXPECT_TRUE(has(feed, "DTSTART;VALUE=DATE:20201231\r\n"));
    for (std::size_t at = 0; at < feed.size();) {
        const auto end = feed.find("\r\n", at);
        ASSERT_NE(end, std::string::npos);
        EXPECT_LE(end - at, 75u);
        at = end + 2;
    }
    EXPECT_EQ(ask(http::Method::get, "/fristen/nobody.ics").status, 404);
}
