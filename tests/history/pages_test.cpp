// The history of a record: what was changed, when and by whom, readable, and for signed-in people only.
#include "history/pages.h"

#include "duties/store.h"
#include "evidence/store.h"
#include "network/store.h"
#include "platform/identity/store.h"
#include "tests/duties/support/facts.h"
#include "tests/platform/db/support/engines.h"

using namespace facts;

class HistoryPages : public db::testing::OnBothEngines {
  protected:
    void SetUp() override {
        OnBothEngines::SetUp();
        evidence::forget_listeners();
        auto opened = web::Site::open({.settings = {}, .clock = base::Clock(day(2020, 9, 30))});
        ASSERT_TRUE(opened) << base::describe(opened.error());
        site = std::move(*opened);
        site->who = [this](const http::Request&) { return actor; };
        history::mount(router, *site, database());
        const auto done = database().write([&](db::Connection& c) -> base::Result<bool> {
            TRY(const auto anna,
                identity::create_account(
                    c, {.sign_in = "anna", .display_name = "Anna Muster", .password_hash = "x", .role = identity::Role::integration_officer}, {},
                    now));
            by = {{anna, identity::Role::integration_officer, "Anna Muster", 0}, now};
            auto d = duty();
            TRY_VOID(duties::save_duty(c, d, false, by));
            d.title = {"Anders genannt", ""};
            TRY_VOID(duties::save_duty(c, d, false, by));
            TRY_VOID(duties::add_waiver(c, {0, d.key, "2019", {"keine Mittel", ""}, "12/2020", day(2020, 1, 15), {}}, false, by));
            evidence::Entry e;
            e.record = record({.occurred_on = "2019-05-01", .key = "bericht"});
            TRY(const auto id, evidence::record(c, e, by));
            TRY_VOID(evidence::withdraw(c, id, "doppelt erfasst", by));
            TRY_VOID(network::save_bearer(
                c, {.id = {}, .key = "amt", .kind = network::BearerKind::office, .name = {"Amt", ""}, .short_name = {}, .part_of = {}, .feed = false},
                false, by.actor, now));
            return true;
        });
        ASSERT_TRUE(done) << base::describe(done.error());
        actor = by.actor;
    }
    http::Response ask(const std::string& path) {
        http::Request request;
        request.method = http::Method::get;
        request.path = request.target = path;
        return router.route(std::move(request));
    }

    const base::Instant now = base::berlin_start_of(day(2020, 9, 30));
    evidence::By by;
    identity::Actor actor;
    http::Router router;
    std::unique_ptr<web::Site> site;
};
MITEINANDER_ON_BOTH_ENGINES(HistoryPages);

TEST_P(HistoryPages, SayWhatBecameOfWhatAndWhoDidIt) {
    struct Case {
        std::string path;
        std::vector<std::string> shown;
    };
    for (const auto& [path, shown] : std::vector<Case>{
             {"/verlauf/pflicht/duty",
              {"Anna Muster", "Angelegt", "Geändert", "<del>Pflicht</del>", "<ins>Anders genannt</ins>", "12/2020", "keine Mittel", "(2019)"}},
             {"/verlauf/nachweis/bericht", {"Anna Muster", "Zurückgezogen", "doppelt erfasst"}},
             {"/verlauf/stelle/amt", {"Anna Muster", "Angelegt", "<ins>Amt</ins>"}}}) {
        const auto page = ask(path);
        EXPECT_EQ(page.status, 200) << path;
        for (const auto& part : shown) EXPECT_NE(page.body.find(part), std::string::npos) << path << ": " << part;
    }
}

TEST_P(HistoryPages, AreNotThereForThePublicNorForWhatIsNotThere) {
    for (const char* path :
         {"/verlauf/pflicht/nichts", "/verlauf/nachweis/nichts", "/verlauf/stelle/nichts", "/verlauf/konzept/nichts", "/verlauf/anderes/duty"})
        EXPECT_EQ(ask(path).status, 404) << path;
    actor = {};
    for (const char* path : {"/verlauf/pflicht/duty", "/verlauf/nachweis/bericht", "/verlauf/stelle/amt"}) {
        EXPECT_EQ(ask(path).status, 404) << path;
        EXPECT_EQ(ask(path).body.find("Anna"), std::string::npos) << path;
    }
}
