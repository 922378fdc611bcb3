// The ledger, duties and their facts in the database, on both engines.
#include "duties/store.h"

#include "duties/json.h"
#include "duties/rollups.h"
#include "platform/db/revision.h"
#include "tests/duties/support/facts.h"
#include "tests/platform/db/support/engines.h"

using namespace facts;
using duties::Aggregate;
using duties::Period;
using duties::Rule;

namespace {

evidence::By by_day(std::string_view iso) { return {{}, base::berlin_start_of(on(iso))}; }

duties::Duty places_duty() {
    Rule r;
    r.evidence = "funding.places_secured";
    r.aggregate = Aggregate::sum;
    r.threshold = Quantity::of(12);
    auto d = duty(r);
    d.key = "places";
    d.published = true;
    return d;
}

evidence::Entry entry(const Event& e) { return {.record = record(e), .link = "", .file = {}, .file_name = "", .recorded_at = {}, .recorded_by = {}}; }

}  // namespace

class DutyStore : public db::testing::OnBothEngines {
  protected:
    void SetUp() override {
        OnBothEngines::SetUp();
        evidence::forget_listeners();
        duties::keep_rollups();
    }
    void TearDown() override { evidence::forget_listeners(); }

    template <class Work>
    void change(Work&& work) {
        const auto done = database().write([&](db::Connection& c) -> base::Result<bool> {
            work(c);
            return true;
        });
        ASSERT_TRUE(done) << base::describe(done.error());
    }
    std::string reading_of(std::string_view duty, std::string_view period, std::string_view as_of, bool from_ledger = false) {
        auto j = database().read([&](db::Connection& c) {
            return duties::judge_all(
                c, {.plan = "", .duty = std::string(duty), .as_of = on(as_of), .known_on = {}, .published_only = false, .from_ledger = from_ledger});
        });
        EXPECT_TRUE(j) << (j ? "" : base::describe(j.error()));
        return j && !j->judged.empty() ? reading(j->judged[0].occurrences, period) : "no duty";
    }
    std::int64_t revision() {
        return database().read([](db::Connection& c) { return db::revision(c); }).value_or(-1);
    }
};
MITEINANDER_ON_BOTH_ENGINES(DutyStore);

TEST_P(DutyStore, ADutyComesBackAsItWasSaved) {
    auto d = places_duty();
    d.joint = {"coordinator"};
    d.depends_on = {"other"};
    d.rule.filter = {{"claim", "none"}};
    d.origins.push_back({duties::OriginPart::due, duties::OriginKind::resolution, {}, "12/2019", day(2019, 5, 1), {}});
    change([&](db::Connection& c) {
        const auto id = duties::save_duty(c, d, false, by_day("2018-01-02"));
        ASSERT_TRUE(id) << base::describe(id.error());
        d.id = *id;
        EXPECT_EQ(*duties::find_duty(c, "places").value(), d);
        d.title.de = "Geändert";
        EXPECT_EQ(duties::save_duty(c, d, false, by_day("2018-01-03")), d.id);
        EXPECT_EQ(duties::all_duties(c, "2018")->size(), 1u);
        EXPECT_EQ(duties::all_duties(c, "2012")->size(), 0u);
    });
}

TEST_P(DutyStore, EveryMistakeOfADutyIsRefusedAtOnce) {
    auto d = places_duty();
    d.bearer = "";
    d.grace_days = -1;
    change([&](db::Connection& c) {
        const auto refused = duties::save_duty(c, d, false, by_day("2018-01-02"));
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().fields.size(), 2u);
    });
}

TEST_P(DutyStore, RecordingWithdrawingAndWaivingChangeTheStateAndTheRevision) {
    evidence::EvidenceId id;
    change([&](db::Connection& c) { ASSERT_TRUE(duties::save_duty(c, places_duty(), false, by_day("2018-01-02"))); });
    EXPECT_EQ(reading_of("places", "2019", "2020-01-01"), "breached");
    auto before = revision();
    change([&](db::Connection& c) {
        auto recorded =
            evidence::record(c, entry({.occurred_on = "2019-05-01", .kind = "funding.places_secured", .quantity = 12}), by_day("2019-05-02"));
        ASSERT_TRUE(recorded) << base::describe(recorded.error());
        id = *recorded;
    });
    EXPECT_GT(revision(), before);
    EXPECT_EQ(reading_of("places", "2019", "2020-01-01"), "fulfilled 2019-05-01");
    EXPECT_EQ(reading_of("places", "2019", "2019-04-30"), "open");
    before = revision();
    change([&](db::Connection& c) {
        EXPECT_FALSE(evidence::withdraw(c, id, "", by_day("2020-02-01")));
        ASSERT_TRUE(evidence::withdraw(c, id, "doppelt erfasst", by_day("2020-02-01")));
        EXPECT_EQ(evidence::withdraw(c, id, "noch einmal", by_day("2020-02-01")).error().kind, base::ErrorKind::conflict);
    });
    EXPECT_GT(revision(), before);
    EXPECT_EQ(reading_of("places", "2019", "2020-01-01"), "breached");
    before = revision();
    change([&](db::Connection& c) {
        const auto waived = duties::add_waiver(c, {0, "places", "2019", {"Grund", ""}, "3/2020", day(2020, 2, 1), {}}, false, by_day("2020-02-02"));
        ASSERT_TRUE(waived) << base::describe(waived.error());
    });
    EXPECT_GT(revision(), before);
    EXPECT_EQ(reading_of("places", "2019", "2020-02-02"), "waived");
}

TEST_P(DutyStore, AnExtensionIsRefusedForAPeriodThatIsNone) {
    change([&](db::Connection& c) {
        ASSERT_TRUE(duties::save_duty(c, places_duty(), false, by_day("2018-01-02")));
        const auto refused =
            duties::add_extension(c, {0, "places", "2019-Q1", day(2019, 5, 1), {}, "", day(2019, 1, 1), {}}, false, by_day("2019-01-01"));
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().fields.size(), 3u);
        const auto good = duties::add_extension(c, {0, "places", "2019", day(2020, 2, 28), {"Grund", ""}, "1/2020", day(2019, 12, 1), {}}, false,
                                                by_day("2019-12-01"));
        EXPECT_TRUE(good);
        EXPECT_FALSE(duties::add_explanation(c, {0, "nobody", "2019", {"Text", ""}, day(2020, 1, 1)}, false, by_day("2020-01-01")));
        EXPECT_TRUE(duties::add_explanation(c, {0, "places", "2019", {"Text", ""}, day(2020, 1, 1)}, false, by_day("2020-01-01")));
    });
    EXPECT_EQ(reading_of("places", "2019", "2020-02-28"), "due_soon");
    EXPECT_EQ(reading_of("places", "2019", "2019-11-30"), "open");
}

TEST_P(DutyStore, TheLedgerIsOnlyAddedTo) {
    evidence::EvidenceId id;
    change([&](db::Connection& c) { id = evidence::record(c, entry({.occurred_on = "2019-05-01"}), by_day("2019-05-02")).value(); });
    for (const char* sql : {"update evidence set occurred_on = recorded_on", "delete from evidence"}) {
        const auto refused = database().write([&](db::Connection& c) { return c.execute(sql); });
        EXPECT_FALSE(refused) << sql;
    }
    change([&](db::Connection& c) {
        ASSERT_TRUE(evidence::purge_texts(c, id, "ein Name", by_day("2019-06-01")));
        EXPECT_EQ(evidence::find(c, id)->value().record.title.de, "");
    });
}

TEST_P(DutyStore, SampleRecordsCanBeTakenAway) {
    change([&](db::Connection& c) {
        ASSERT_TRUE(duties::save_duty(c, places_duty(), false, by_day("2018-01-02")));
        auto sample = entry({.occurred_on = "2019-05-01", .kind = "funding.places_secured", .quantity = 12});
        sample.sample = true;
        const auto id = evidence::record(c, sample, by_day("2019-05-02"));
        ASSERT_TRUE(id);
        ASSERT_TRUE(evidence::withdraw(c, *id, "Beispiel", by_day("2019-05-03")));
        ASSERT_TRUE(evidence::remove_sample(c, by_day("2020-01-01")));
        ASSERT_TRUE(duties::remove_sample(c, by_day("2020-01-01")));
        EXPECT_FALSE(evidence::find(c, *id)->has_value());
    });
    EXPECT_EQ(reading_of("places", "2019", "2020-01-01"), "breached");
}

TEST_P(DutyStore, TheJsonHasTheFieldsOthersReadByName) {
    change([&](db::Connection& c) {
        ASSERT_TRUE(duties::save_duty(c, places_duty(), false, by_day("2018-01-02")));
        ASSERT_TRUE(evidence::record(c, entry({.occurred_on = "2019-05-01", .key = "nine", .kind = "funding.places_secured", .quantity = 9}),
                                     by_day("2019-05-02")));
    });
    const auto text = duties::judged_as_json(database(), {.plan = "2018", .duty = "", .as_of = on("2020-01-01")});
    ASSERT_TRUE(text);
    const auto all = boost::json::parse(*text);
    ASSERT_EQ(all.as_array().size(), 3u);
    const auto& o = all.as_array()[1].as_object();
    EXPECT_EQ(o.at("period"), "2019");
    EXPECT_EQ(o.at("state"), "breached");
    EXPECT_EQ(o.at("due_on"), "2019-12-31");
    EXPECT_EQ(o.at("missing"), "9 of 12 places");
    EXPECT_EQ(o.at("evidence"), boost::json::array{"nine"});
    EXPECT_TRUE(o.at("fulfilled_on").is_null());
    EXPECT_EQ(o.at("origin"), "wording");
}
