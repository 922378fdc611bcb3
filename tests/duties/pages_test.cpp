// The pages of duties and evidence, asked through the router: what they show, and what the public does not see at any door.
#include "duties/pages.h"

#include "duties/calendar.h"
#include "duties/rollups.h"
#include "evidence/pages.h"
#include "network/pages.h"
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
        network::mount(router, *site, database(), {});
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
            // Published itself, but of a plan that is not.
            TRY_VOID(plan::add_plan(c,
                                    {.key = "entwurf",
                                     .title = {"Unveroeffentlichtes Konzept", ""},
                                     .state = plan::PlanState::adopted,
                                     .valid_from = day(2017, 1, 1),
                                     .valid_until = day(2020, 12, 31),
                                     .adopted_on = {},
                                     .resolution = "",
                                     .continues = {},
                                     .published = false,
                                     .source_name = "",
                                     .source_sha256 = ""},
                                    {}));
            auto hidden = open;
            hidden.key = "verdeckt";
            hidden.title = {"Verdeckte Pflicht", ""};
            hidden.plan = "entwurf";
            for (auto& d : {open, secret, hidden}) TRY_VOID(duties::save_duty(c, d, false, {}));
            for (const bool published : {true, false}) {
                evidence::Entry e;
                e.record =
                    record({.occurred_on = published ? "2019-05-01" : "2019-06-01", .key = published ? "offener-nachweis" : "interner-nachweis"});
                e.record.published = published;
                e.record.title = {published ? "Oeffentlicher Titel" : "Interner Titel", ""};
                e.record.note = "streng vertraulich";
                e.link = "https://intern.example/akte";
                e.file_name = "beleg.pdf";
                e.recorded_by = identity::AccountId{};
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

TEST_P(DutyPages, OfTwoPlansThatBeganTogetherThePublishedOneIsShownFirst) {
    const auto added = database().write([](db::Connection& c) -> base::Result<bool> {
        for (const char* key : {"a-intern", "z-intern"})
            TRY_VOID(plan::add_plan(c,
                                    {.key = key,
                                     .title = {"Internes Konzept", ""},
                                     .state = plan::PlanState::adopted,
                                     .valid_from = day(2018, 1, 1),
                                     .valid_until = {},
                                     .adopted_on = {},
                                     .resolution = "",
                                     .continues = {},
                                     .published = false,
                                     .source_name = "",
                                     .source_sha256 = ""},
                                    {}));
        return true;
    });
    ASSERT_TRUE(added) << base::describe(added.error());
    actor = {identity::AccountId{1}, identity::Role::integration_officer, "Officer"};
    EXPECT_NE(get("/pflichten").find("Offene Pflicht"), std::string::npos);
}

TEST_P(DutyPages, WhatIsMissingIsCalledByItsName) {
    duties::name_members_by([](db::Connection&) -> base::Result<std::map<std::string, base::Bilingual>> {
        return std::map<std::string, base::Bilingual>{{"population", {"Einwohnerzahl", "Population"}}};
    });
    auto named = duty();
    named.key = "zahlen";
    named.title = {"Zahlen erheben", ""};
    named.published = true;
    named.rule.aggregate = duties::Aggregate::each;
    named.rule.each = {"population", "council", "unknown-key"};
    named.rule.each_by = "figure";
    ASSERT_TRUE(database().write([&](db::Connection& c) { return duties::save_duty(c, named, false, {}); }));
    for (const char* door : {"/umsetzung", "/pflichten", "/pflichten/zahlen"}) {
        const auto page = get(door);
        EXPECT_TRUE(has(page, "noch offen: Einwohnerzahl, Beirat, unknown-key")) << door;
        EXPECT_FALSE(has(page, "; es fehlen")) << door;
    }
    duties::name_members_by({});
}

TEST_P(DutyPages, MembersOfAShareAndRequestsAreCalledAsTheLedgerCallsThem) {
    const auto enter = [](db::Connection& c, const char* kind, const char* subject, const char* on, base::Bilingual title,
                          bool published) -> base::Result<evidence::EvidenceId> {
        evidence::Entry e;
        e.record = record({.occurred_on = on, .key = std::string(subject) + "-" + on, .kind = kind, .subject = subject});
        e.record.title = std::move(title);
        e.record.published = published;
        return evidence::record(c, e, {});
    };
    auto seats = duty(), answers = duty();
    seats.key = "sitze";
    seats.published = answers.published = true;
    seats.rule.evidence = "council.seat_filled";
    seats.rule.aggregate = duties::Aggregate::share;
    seats.rule.threshold = evidence::Quantity::of(100);
    seats.rule.population = "council.seat_established";
    seats.rule.period = duties::Period::standing;
    answers.key = "antworten";
    answers.rule.evidence = "statistics.data_delivered";
    answers.rule.period = duties::Period::on_request;
    answers.rule.request = "statistics.data_requested";
    answers.rule.answer_within_days = 30;
    const auto done = database().write([&](db::Connection& c) -> base::Result<bool> {
        TRY_VOID(enter(c, "council.seat_established", "sitz-4", "2018-01-01", {"Vierter Sitz", "Fourth seat"}, true));
        TRY(const auto wrong, enter(c, "council.seat_established", "sitz-4", "2018-02-01", {"Verschriebener Sitz", ""}, true));
        TRY_VOID(evidence::withdraw(c, wrong, "verschrieben", {}));
        TRY_VOID(enter(c, "council.seat_established", "sitz-5", "2018-01-01", {"Interner Sitz", ""}, false));
        TRY_VOID(enter(c, "statistics.data_requested", "anfrage-9", "2020-07-01", {"Anfrage zur Jugendarbeit", "Request on youth work"}, true));
        for (const auto& d : {seats, answers}) TRY_VOID(duties::save_duty(c, d, false, {}));
        return true;
    });
    ASSERT_TRUE(done) << base::describe(done.error());
    for (const char* door : {"/umsetzung", "/pflichten", "/pflichten/sitze", "/pflichten.csv", "/fristen", "/fristen.csv"}) {
        const auto page = get(door);
        EXPECT_TRUE(has(page, "Vierter Sitz, sitz-5")) << door << page;
        EXPECT_FALSE(has(page, "sitz-4")) << door;
        EXPECT_FALSE(has(page, "Interner Sitz") || has(page, "Verschriebener")) << door;
    }
    for (const char* door :
         {"/umsetzung", "/pflichten", "/pflichten/antworten", "/pflichten.csv", "/fristen", "/fristen.csv", "/fristen/council.ics"})
        EXPECT_TRUE(has(get(door), "Anfrage zur Jugendarbeit")) << door;
    // Programs find the keys beside the names.
    for (const char* door : {"/pflichten.json", "/pflichten/sitze?format=json"}) {
        EXPECT_TRUE(has(get(door), R"("missing_de":"0 von 2 Sitzen; es fehlen: Vierter Sitz, sitz-5")")) << door;
        EXPECT_TRUE(has(get(door), R"("missing_keys":["sitz-4","sitz-5"])")) << door;
    }
    EXPECT_TRUE(has(get("/fristen.json"), R"("period":"anfrage-9")"));
    EXPECT_TRUE(has(get("/fristen.json"), R"("period_name_de":"Anfrage zur Jugendarbeit")"));
    actor = {identity::AccountId{1}, identity::Role::integration_officer, "Officer"};
    const auto desk = get("/schreibtisch");
    EXPECT_TRUE(has(desk, "Vierter Sitz, Interner Sitz")) << desk;
    EXPECT_TRUE(has(desk, "Anfrage zur Jugendarbeit"));
    EXPECT_TRUE(has(get("/pflichten/antworten"), ">Anfrage zur Jugendarbeit</option>"));
}

TEST_P(DutyPages, ThePublicSeesNothingInternalAtAnyDoor) {
    for (const auto& door : doors) {
        const auto response = ask(http::Method::get, door);
        EXPECT_EQ(response.status, 200) << door << response.body.substr(0, 400);
        for (const char* internal : {"geheim", "Geheime", "interner-nachweis", "Interner Titel", "streng vertraulich", "verdeckt", "Verdeckte",
                                     "entwurf", "Unveroeffentlicht", "Anna Muster", "intern.example", "beleg.pdf"})
            EXPECT_FALSE(has(response.body, internal)) << door << ": " << internal;
    }
    // Asking for what is internal by name shows it no more than not asking.
    for (const char* door : {"/umsetzung?plan=entwurf", "/pflichten?plan=entwurf", "/pflichten.csv?plan=entwurf", "/pflichten.json?plan=entwurf",
                             "/fristen?plan=entwurf", "/fristen.csv?plan=entwurf", "/fristen.json?plan=entwurf", "/fristen/council.ics?plan=entwurf"})
        for (const char* internal : {"verdeckt", "Verdeckte", "Unveroeffentlicht"}) EXPECT_FALSE(has(get(door), internal)) << door;
    for (const char* closed : {"/pflichten/geheim", "/pflichten/verdeckt", "/pflichten/verdeckt?format=json", "/nachweise/interner-nachweis",
                               "/nachweise/interner-nachweis/datei", "/nachweise/offener-nachweis/datei"})
        EXPECT_EQ(ask(http::Method::get, closed).status, 404) << closed;
    for (const char* closed : {"/schreibtisch", "/pflichten/neu", "/nachweise/neu"}) EXPECT_EQ(ask(http::Method::get, closed).status, 403) << closed;
    for (const char* closed : {"/pflichten/offen/verzicht", "/pflichten/offen/veroeffentlichung", "/nachweise/offener-nachweis/zuruecknahme"})
        EXPECT_EQ(ask(http::Method::post, closed).status, 403) << closed;
}

TEST_P(DutyPages, SignedInTheyShowWhatIsInternal) {
    actor = {identity::AccountId{1}, identity::Role::integration_officer, "Amt", 0};
    EXPECT_TRUE(has(get("/pflichten"), "Geheime Pflicht"));
    EXPECT_TRUE(has(get("/pflichten?plan=entwurf"), "Verdeckte Pflicht"));
    EXPECT_TRUE(has(get("/pflichten/verdeckt"), "Verdeckte Pflicht"));
    EXPECT_TRUE(has(get("/fristen.json"), "geheim"));
    EXPECT_TRUE(has(get("/nachweise.json"), "interner-nachweis"));
    EXPECT_TRUE(has(get("/pflichten/geheim"), "Interner Titel"));
    EXPECT_TRUE(has(get("/nachweise/interner-nachweis"), "streng vertraulich"));
    for (const char* door :
         {"/schreibtisch", "/pflichten/neu", "/pflichten/neu?pflicht=offen", "/nachweise/neu?art=council.report_delivered&pflicht=offen"})
        EXPECT_EQ(ask(http::Method::get, door).status, 200) << door;
}

TEST_P(DutyPages, TheDeskShowsWhatIsDueBeforeWhatIsOver) {
    actor = {identity::AccountId{1}, identity::Role::integration_officer, "Amt", 0};
    const auto at = [](const std::string& page, const char* part) {
        EXPECT_TRUE(has(page, part)) << part;
        return page.find(part);
    };
    const auto page = get("/schreibtisch?stand=2020-12-15");
    EXPECT_LT(at(page, ">Bald fällig<"), at(page, ">In diesem Jahr versäumt<"));
    EXPECT_LT(at(page, ">In diesem Jahr versäumt<"), at(page, ">In früheren Jahren versäumt<"));
    // Three duties were missed in 2018. One more is more than a few, and they fold away behind their number.
    EXPECT_FALSE(has(page, "Zeiträume anzeigen"));
    auto fourth = duty();
    fourth.key = "vierte";
    ASSERT_TRUE(database().write([&](db::Connection& c) { return duties::save_duty(c, fourth, false, {}); }));
    const auto folded = get("/schreibtisch?stand=2020-12-15");
    EXPECT_GT(at(folded, "<summary>4 Zeiträume anzeigen</summary>"), at(folded, ">In früheren Jahren versäumt<"));
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

TEST_P(DutyPages, AnOfficeLeadsToItsDutiesAndNoOthers) {
    const auto page = get("/stellen/council");
    const std::string link = "/pflichten?traeger=council";
    ASSERT_TRUE(has(page, "href=\"" + link + "\"")) << page;
    EXPECT_TRUE(has(get(link), "Offene Pflicht"));
    // Who bears none is led to none, and not to everybody's.
    const auto done = database().write([&](db::Connection& c) -> base::Result<bool> {
        TRY_VOID(network::save_bearer(
            c, {.id = {}, .key = "archiv", .kind = network::BearerKind::unit, .name = {"Archiv", ""}, .short_name = {}, .part_of = {}, .feed = false},
            false, {}, {}));
        return true;
    });
    ASSERT_TRUE(done) << base::describe(done.error());
    ASSERT_TRUE(has(get("/stellen/archiv"), "/pflichten?traeger=archiv"));
    EXPECT_FALSE(has(get("/pflichten?traeger=archiv"), "Offene Pflicht"));
}

TEST_P(DutyPages, AMonthIsShownInWeeksAndAsAList) {
    const auto page = get("/fristen?monat=2020-12");
    EXPECT_TRUE(has(page, "Dezember 2020"));
    // December 2020 begins on a Tuesday: five weeks, one empty cell before it and three after it.
    const auto table = page.substr(page.find("app-month\""), page.find("app-month-list") - page.find("app-month\""));
    const auto count = [&](std::string_view part) {
        int n = 0;
        for (auto at = table.find(part); at != std::string::npos; at = table.find(part, at + 1)) ++n;
        return n;
    };
    EXPECT_EQ(count("<td>"), 35);
    EXPECT_EQ(count("<td></td>"), 4);
    EXPECT_EQ(count("app-month__day"), 31);
    EXPECT_EQ(count("scope=\"col\""), 7);
    EXPECT_EQ(count("Offene Pflicht"), 1);
    EXPECT_LT(table.find("Montag"), table.find("Sonntag"));
    EXPECT_TRUE(has(page.substr(page.find("app-month-list")), "Donnerstag, 31.12.2020"));
    EXPECT_FALSE(has(page, "heute</strong>"));
    EXPECT_TRUE(has(get("/fristen?monat=2020-09"), "Keine Frist in diesem Monat"));
    EXPECT_EQ(ask(http::Method::get, "/fristen?monat=9999-99").status, 200);
}

TEST_P(DutyPages, WhatWasKnownOnADayLeavesOutWhatCameLater) {
    const auto done = database().write([&](db::Connection& c) -> base::Result<bool> {
        evidence::Entry e;
        // It happened in time and was written down half a year later.
        e.record = record({.occurred_on = "2018-12-01", .key = "nachgetragen", .recorded_on = "2019-07-01"});
        e.record.published = true;
        TRY_VOID(evidence::record(c, e, {}));
        return true;
    });
    ASSERT_TRUE(done) << base::describe(done.error());
    const auto state_of_2018 = [&](const std::string& known) {
        const auto all = get("/pflichten.json?stand=2019-12-31" + known);
        const auto at = all.find("\"period\":\"2018\"");
        const auto state = all.find("\"state\":\"", at) + 9;
        return at == std::string::npos ? std::string("none") : all.substr(state, all.find('"', state) - state);
    };
    EXPECT_EQ(state_of_2018(""), "fulfilled");
    EXPECT_EQ(state_of_2018("&bekannt=2019-07-01"), "fulfilled");
    EXPECT_EQ(state_of_2018("&bekannt=2019-06-30"), "breached");
    EXPECT_TRUE(has(get("/umsetzung?stand=2019-12-31&bekannt=2019-06-30"), "30.06.2019"));
}

TEST_P(DutyPages, EveryPartOfARuleHasItsOwnOrigin) {
    actor = {identity::AccountId{1}, identity::Role::integration_officer, "Amt", 0};
    const std::vector<std::pair<std::string, std::string>> form{
        {"key", "teile"},
        {"title", "Plaetze"},
        {"plan", "2018"},
        {"bearer", "council"},
        {"modality", "obligation"},
        {"evidence", "council.report_delivered"},
        {"aggregate", "count"},
        {"comparison", "at_least"},
        {"threshold", "2"},
        {"period", "year"},
        {"valid_from", "01.01.2018"},
        {"valid_until", "31.12.2020"},
        {"grace_days", "30"},
        {"due_soon_days", "30"},
        {"origin_kind", "wording"},
        {"origin_text", "jaehrlich"},
        {"origin_kind_threshold", "resolution"},
        {"origin_text_threshold", "7/2019"},
        {"origin_on_threshold", "01.02.2019"},
        {"origin_kind_grace", "assumption"},
        {"origin_text_grace", "ein Monat ist ueblich"},
    };
    const auto live = ask(http::Method::post, "/pflichten/satz", form).body;
    EXPECT_TRUE(has(live, "Jedes Kalenderjahr"));
    EXPECT_TRUE(has(live, "<details>")) << "and how it would have judged the past";
    const auto saved = ask(http::Method::post, "/pflichten/neu", form);
    ASSERT_EQ(saved.status, 303) << saved.body;
    const auto page = get("/pflichten/teile");
    for (const char* part : {"jaehrlich", "7/2019", "01.02.2019", "ein Monat ist ueblich"}) EXPECT_TRUE(has(page, part)) << part;
    const auto again = get("/pflichten/neu?pflicht=teile");
    for (const char* part : {"jaehrlich", "7/2019", "ein Monat ist ueblich"}) EXPECT_TRUE(has(again, part)) << part;
    // A resolution without its day is refused at its own field.
    auto broken = form;
    broken[18].second = "";
    const auto refused = ask(http::Method::post, "/pflichten/neu", broken);
    EXPECT_EQ(refused.status, 422);
    EXPECT_TRUE(has(refused.body, "#origin_text_threshold") || has(refused.body, "#f-origin_text_threshold")) << refused.body;
}
