// Public pages are kept between two changes, and no change is missed: each line of the table makes one, and says what the page shows then.
#include <set>

#include "duties/pages.h"
#include "duties/rollups.h"
#include "evidence/store.h"
#include "network/store.h"
#include "plan/pages.h"
#include "plan/store.h"
#include "platform/audit/api.h"
#include "platform/db/revision.h"
#include "platform/web/site.h"
#include "tests/duties/support/facts.h"
#include "tests/platform/db/support/engines.h"

using namespace facts;

class KeptDutyPages : public db::testing::OnBothEngines {
  protected:
    void SetUp() override {
        OnBothEngines::SetUp();
        evidence::forget_listeners();
        duties::keep_rollups();
        auto opened = web::Site::open({.settings = {.demo = true}, .clock = base::Clock(day(2020, 9, 30))});
        ASSERT_TRUE(opened) << base::describe(opened.error());
        site = std::move(*opened);
        site->revision = [this] { return database().read([](db::Connection& c) { return db::revision(c); }); };
        duties::mount(router, *site, database());
        plan::mount(router, *site, database(), {});
        change([&](db::Connection& c) -> base::Result<void> {
            TRY(council, network::save_bearer(c, bearer({"Beirat", ""}), false, {}, {}));
            TRY(plan, plan::add_plan(c,
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
            TRY_VOID(duties::save_duty(c, published(), false, {}));
            return {};
        });
    }
    void TearDown() override { evidence::forget_listeners(); }

    static network::Bearer bearer(base::Bilingual name) {
        return {
            .id = {}, .key = "council", .kind = network::BearerKind::office, .name = std::move(name), .short_name = {}, .part_of = {}, .feed = true};
    }
    static duties::Duty published() {
        auto d = duty();
        d.key = "bericht";
        d.published = true;
        return d;
    }
    void change(const std::function<base::Result<void>(db::Connection&)>& work) {
        const auto done = database().write([&](db::Connection& c) -> base::Result<bool> {
            TRY_VOID(work(c));
            return true;
        });
        ASSERT_TRUE(done) << base::describe(done.error());
    }
    http::Request request(const std::string& path, const std::string& cookies = "") const {
        http::Request r;
        r.method = http::Method::get;
        r.path = r.target = path;
        if (!cookies.empty()) r.headers.set("Cookie", cookies);
        return r;
    }
    std::string get(const std::string& path, const std::string& cookies = "") {
        const auto response = router.route(request(path, cookies));
        return response.shared_body ? *response.shared_body : response.body;
    }
    bool is_kept(const std::string& path) {
        const auto now = database().read([](db::Connection& c) { return db::revision(c); });
        return now && site->kept(request(path), *now);
    }
    evidence::EvidenceId record_report(bool published) {
        evidence::EvidenceId id;
        change([&](db::Connection& c) -> base::Result<void> {
            evidence::Entry e;
            e.record = record({.occurred_on = "2020-05-01", .key = "bericht-2020"});
            e.record.title = {"Der Bericht", ""};
            e.record.published = published;
            TRY(id, evidence::record(c, e, {}));
            return {};
        });
        return id;
    }

    network::BearerId council;
    plan::PlanId plan;
    http::Router router;
    std::unique_ptr<web::Site> site;
};
MITEINANDER_ON_BOTH_ENGINES(KeptDutyPages);

TEST_P(KeptDutyPages, AreKeptUntilSomethingChanges) {
    for (const std::string path : {"/umsetzung", "/pflichten", "/pflichten/bericht", "/fristen", "/konzept", "/konzept/2018"}) {
        EXPECT_FALSE(is_kept(path)) << path;
        const auto first = get(path);
        EXPECT_TRUE(is_kept(path)) << path;
        EXPECT_EQ(get(path), first) << path;
    }
    change([](db::Connection& c) { return db::raise_revision(c); });
    EXPECT_FALSE(is_kept("/umsetzung"));
}

TEST_P(KeptDutyPages, EveryChangeIsSeenOnTheNextPage) {
    evidence::EvidenceId report;
    network::HoldingId term;
    struct Step {
        std::string what;
        std::function<base::Result<void>(db::Connection&)> work;
        std::string path, shown;
        bool there;
    };
    const auto is = [](auto result) -> base::Result<void> {
        if (!result) return tl::unexpected(result.error());
        return {};
    };
    const std::vector<Step> steps{
        {"evidence",
         [&](db::Connection& c) -> base::Result<void> {
             evidence::Entry e;
             e.record = record({.occurred_on = "2020-05-01", .key = "bericht-2020"});
             e.record.title = {"Der Bericht", ""};
             TRY(report, evidence::record(c, e, {}));
             return {};
         },
         "/umsetzung", "erfüllt</span>", true},
        {"evidence published", [&](db::Connection& c) { return evidence::publish(c, report, true, {}); }, "/pflichten/bericht", "Der Bericht", true},
        {"evidence unpublished", [&](db::Connection& c) { return evidence::publish(c, report, false, {}); }, "/pflichten/bericht", "Der Bericht",
         false},
        {"a withdrawal", [&](db::Connection& c) { return evidence::withdraw(c, report, "Irrtum", {}); }, "/pflichten/bericht", "01.05.2020", false},
        {"a waiver",
         [&](db::Connection& c) {
             return is(duties::add_waiver(c, {0, "bericht", "2019", {"Grund", ""}, "12/2020", day(2020, 1, 15), {}}, false, {}));
         },
         "/pflichten/bericht", "12/2020", true},
        {"an extension",
         [&](db::Connection& c) {
             return is(
                 duties::add_extension(c, {0, "bericht", "2020", day(2020, 12, 15), {"Grund", ""}, "13/2020", day(2020, 1, 15), {}}, false, {}));
         },
         "/fristen", "15.12.2020", true},
        {"an office held until a day",
         [&](db::Connection& c) -> base::Result<void> {
             network::Holding h;
             h.office = council;
             h.from = day(2018, 1, 1);
             h.until = day(2021, 12, 31);
             TRY(term, network::add_holding(c, h, false, {}, {}));
             return {};
         },
         "/umsetzung", "Amt ist nicht besetzt", false},
        {"a vacancy", [&](db::Connection& c) { return network::end_holding(c, term, day(2020, 6, 30), {}, {}); }, "/umsetzung", "At risk|Gefährdet",
         true},
        {"a bearer's name", [&](db::Connection& c) { return is(network::save_bearer(c, bearer({"Neuer Beirat", ""}), false, {}, {})); },
         "/pflichten/bericht", "Neuer Beirat", true},
        {"a duty changed",
         [&](db::Connection& c) {
             auto d = published();
             d.title = {"Anders genannt", ""};
             return is(duties::save_duty(c, d, false, {}));
         },
         "/umsetzung", "Anders genannt", true},
        {"a duty taken back", [&](db::Connection& c) { return duties::publish_duty(c, "bericht", false, {}); }, "/umsetzung", "Anders genannt",
         false},
        {"a duty published", [&](db::Connection& c) { return duties::publish_duty(c, "bericht", true, {}); }, "/umsetzung", "Anders genannt", true},
        {"a plan taken back", [&](db::Connection& c) { return plan::publish(c, plan, false, {}); }, "/konzept", "Konzept</a>", false},
        {"a plan published", [&](db::Connection& c) { return plan::publish(c, plan, true, {}); }, "/konzept", "Konzept</a>", true},
    };
    const auto shows = [&](const Step& step) {
        const auto page = get(step.path);
        const auto bar = step.shown.find('|');
        return page.find(step.shown.substr(0, bar)) != std::string::npos ||
               (bar != std::string::npos && page.find(step.shown.substr(bar + 1)) != std::string::npos);
    };
    for (const auto& step : steps) {
        for (const char* path : {"/umsetzung", "/pflichten", "/pflichten/bericht", "/fristen", "/konzept"}) get(path);
        const auto before = get(step.path);
        change(step.work);
        EXPECT_EQ(shows(step), step.there) << step.what;
        if (step.what != "an office held until a day") { EXPECT_NE(get(step.path), before) << step.what; }
    }
}

TEST_P(KeptDutyPages, OverMidnightTheSamePageReadsOtherwise) {
    // The visitor's day is the civil day of the page: what was due on 31.12. is no longer in time on 01.01.
    get("/umsetzung", "heute=2019-12-31");
    const auto eve = get("/umsetzung", "heute=2019-12-31"), morning = get("/umsetzung", "heute=2020-01-01");
    EXPECT_NE(eve, morning);
    EXPECT_EQ(get("/umsetzung", "heute=2019-12-31"), eve) << "each day has its own";
}

TEST_P(KeptDutyPages, EveryAuditedChangeRaisesTheRevisionButNoAccount) {
    const auto revision = [&] { return database().read([](db::Connection& c) { return db::revision(c); }).value_or(-1); };
    const auto before = revision();
    change([](db::Connection& c) -> base::Result<void> {
        TRY_VOID(audit::record(
            c, {.by = {}, .at = {}, .subject = "identity.account", .record = "1", .action = "change", .before = {}, .after = {{"a", "b"}}}));
        return {};
    });
    EXPECT_EQ(revision(), before);
    change([](db::Connection& c) -> base::Result<void> {
        TRY_VOID(
            audit::record(c, {.by = {}, .at = {}, .subject = "site.text", .record = "1", .action = "change", .before = {}, .after = {{"a", "b"}}}));
        return {};
    });
    EXPECT_GT(revision(), before);
}
