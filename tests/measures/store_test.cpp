#include "measures/store.h"

#include "measures/target_store.h"
#include "tests/measures/support.h"
#include "tests/platform/db/support/engines.h"

using namespace measures;
using namespace measures::examples;

namespace {

class MeasureStore : public db::testing::OnBothEngines {
  protected:
    District district;

    By by(const char* office = "officer", base::Day on = today) const {
        By b;
        b.office = office;
        b.today = on;
        b.now = base::berlin_start_of(on);
        return b;
    }
    World world(base::Day on = today) const {
        World w;
        w.today = on;
        w.statements = district.statements;
        w.bearers = district.bearers;
        w.targets = district.targets;
        w.chair = "chair";
        return w;
    }
    template <class Work>
    auto write(Work work) {
        return database().write([&](db::Connection& c) { return work(c); });
    }
    Measure make(Measure m = binding_measure()) {
        m.key.clear();
        auto made = write([&](db::Connection& c) { return create(c, m, by()); });
        EXPECT_TRUE(made) << base::describe(made.error());
        return made.value_or(Measure{});
    }
    Dossier load(const std::string& key) {
        auto found = database().read([&](db::Connection& c) { return measures::find(c, key); });
        EXPECT_TRUE(found);
        return found.value_or(Dossier{});
    }
    base::Result<Measure> move(const std::string& key, Move what, const char* office = "officer", base::Day on = today) {
        Step step;
        step.move = what;
        return write([&](db::Connection& c) { return take_step(c, key, step, world(on), by(office, on)); });
    }
};
MITEINANDER_ON_BOTH_ENGINES(MeasureStore);

}  // namespace

TEST_P(MeasureStore, KeepsEveryFieldOfAMeasure) {
    auto m = binding_measure();
    m.title.en = "Advice in three languages";
    m.working_name = "Beratung";
    m.joint = {"jugend"};
    m.coworkers = {"verein", "vhs"};
    m.statements = {{"2018", "5.1-a"}, {"2018", "5.1-b"}};
    m.targets = {"Z-2019-01"};
    m.criterion = {CriterionKind::value, {"Fälle", ""}, {Direction::within, *Quantity::parse("0"), Quantity::parse("2,5"), "Fälle"}};
    m.resolution = "2019/17";
    m.resolved_on = day(2019, 1, 5);
    m.milestones = {{{}, {"Auftakt", ""}, day(2019, 3, 1), {}}};
    const auto made = make(m);
    EXPECT_EQ(made.key, "M-2019-001");
    EXPECT_EQ(fields_of(load(made.key).measure), [&] {
        auto expected = m;
        expected.key = made.key;
        return fields_of(expected);
    }());
    EXPECT_EQ(made.resources.size(), 1u);
    EXPECT_EQ(made.resources[0].planned, base::Cents{1200000});
    EXPECT_EQ(made.milestones.size(), 1u);
    EXPECT_EQ(make(m).key, "M-2019-002");
}

TEST_P(MeasureStore, GoesFromProposedToFulfilledAndKeepsItsHistory) {
    const auto key = make().key;
    ASSERT_TRUE(move(key, Move::clarify));
    ASSERT_TRUE(move(key, Move::agree));
    ASSERT_TRUE(move(key, Move::start));
    const auto delivered = write([&](db::Connection& c) { return deliver(c, key, {"Bericht", ""}, day(2019, 4, 1), by("soziales")); });
    ASSERT_TRUE(delivered) << base::describe(delivered.error());
    ASSERT_TRUE(move(key, Move::submit, "soziales"));
    EXPECT_FALSE(move(key, Move::fulfil)) << "not accepted yet";
    const auto own = write([&](db::Connection& c) { return accept(c, key, *delivered, world(), by("soziales")); });
    ASSERT_FALSE(own);
    EXPECT_EQ(own.error().fields[0].field, "R8");
    std::vector<evidence::Record> ledger;
    auto officer = by();
    officer.enter = [&](db::Connection&, const evidence::Record& r) -> base::Result<void> {
        ledger.push_back(r);
        return {};
    };
    ASSERT_TRUE(write([&](db::Connection& c) { return accept(c, key, *delivered, world(), officer); }));
    ASSERT_EQ(ledger.size(), 1u);
    EXPECT_EQ(ledger[0].kind, "advice.answered");
    EXPECT_EQ(ledger[0].subject, key);
    EXPECT_FALSE(write([&](db::Connection& c) { return accept(c, key, *delivered, world(), officer); })) << "once";
    ASSERT_TRUE(move(key, Move::fulfil));
    const auto history = database().read([&](db::Connection& c) { return history_of(c, load(key).measure.id); });
    ASSERT_TRUE(history);
    ASSERT_EQ(history->size(), 5u);
    EXPECT_EQ((*history)[1].to, State::agreed);
    EXPECT_EQ((*history)[4].grade, Grade::verified);
    EXPECT_EQ(move(key, Move::start).error().kind, base::ErrorKind::conflict);
}

TEST_P(MeasureStore, EvidenceWithdrawnAfterAcceptanceMakesAnAgreedMeasureAtRisk) {
    const auto key = make().key;
    for (const auto m : {Move::clarify, Move::agree, Move::start}) ASSERT_TRUE(move(key, m));
    const auto delivered = write([&](db::Connection& c) { return deliver(c, key, {"Bericht", ""}, day(2019, 4, 1), by("soziales")); });
    ASSERT_TRUE(write([&](db::Connection& c) { return accept(c, key, *delivered, world(), by()); }));
    EXPECT_EQ(judged(load(key), world()).gate.grade, Grade::verified);
    EXPECT_FALSE(write([&](db::Connection& c) { return withdraw_delivery(c, key, *delivered, "", by()); })) << "without a reason";
    std::string withdrawn;
    auto officer = by();
    officer.withdraw = [&](db::Connection&, const std::string& evidence, const std::string&) -> base::Result<void> {
        withdrawn = evidence;
        return {};
    };
    ASSERT_TRUE(write([&](db::Connection& c) { return withdraw_delivery(c, key, *delivered, "falsch gezählt", officer); }));
    EXPECT_EQ(withdrawn, "measure-" + key + "-1");
    const auto now = judged(load(key), world());
    EXPECT_EQ(now.gate.grade, Grade::verifiable);
    EXPECT_EQ(now.flags.risks, std::vector{Risk::evidence_withdrawn});
    EXPECT_EQ(load(key).measure.state, State::under_way);
}

TEST_P(MeasureStore, TwoPeopleEditAndNothingIsLost) {
    const auto made = make();
    auto first = made, second = made;
    first.title.de = "Beratung in vier Sprachen";
    second.description.de = "Neu beschrieben.";
    second.title.de = "Beratung in fünf Sprachen";
    ASSERT_TRUE(write([&](db::Connection& c) { return save(c, first, 1, {}, by()); }));
    const auto refused = write([&](db::Connection& c) { return save(c, second, 1, {}, by("soziales")); });
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "version");
    const auto base = database().read([&](db::Connection& c) { return version_of(c, made.id, 1); });
    ASSERT_TRUE(base);
    const auto merged = merge(*base, fields_of(load(made.key).measure), fields_of(second));
    ASSERT_EQ(merged.clashes.size(), 1u);
    EXPECT_EQ(merged.clashes[0], (Clash{"titel", "Beratung in drei Sprachen", "Beratung in vier Sprachen", "Beratung in fünf Sprachen"}));
    EXPECT_EQ(merged.fields.at("beschreibung"), "Neu beschrieben.");
    const auto saved = write([&](db::Connection& c) { return save(c, second, 2, {}, by("soziales")); });
    ASSERT_TRUE(saved);
    EXPECT_EQ(saved->version, 3);
}

TEST_P(MeasureStore, ABindingDeadlineMovesByResolutionAndTheOldOneStays) {
    const auto key = make().key;
    ASSERT_TRUE(move(key, Move::clarify));
    ASSERT_TRUE(move(key, Move::agree));
    auto changed = load(key).measure;
    changed.schedule.ends_on = day(2020, 6, 30);
    EXPECT_FALSE(write([&](db::Connection& c) { return save(c, changed, 1, {}, by()); }));
    ScheduleChange change;
    change.resolution = "2019/41";
    change.resolved_on = today;
    ASSERT_TRUE(write([&](db::Connection& c) { return save(c, changed, 1, change, by()); }));
    const auto past = database().read([&](db::Connection& c) { return past_schedules(c, changed.id); });
    ASSERT_TRUE(past);
    ASSERT_EQ(past->size(), 1u);
    EXPECT_EQ((*past)[0].schedule.ends_on, day(2019, 12, 31));
    EXPECT_EQ((*past)[0].resolution, "2019/41");
}

TEST_P(MeasureStore, ResourcesAreAddedConfirmedByAnotherAndWithdrawn) {
    auto m = binding_measure();
    m.resources.clear();
    const auto key = make(m).key;
    EXPECT_FALSE(write([&](db::Connection& c) { return add_resource(c, key, budget(2021), by()); })) << "a year outside the measure";
    Resource none;
    none.kind = ResourceKind::no_extra_means;
    const auto id = write([&](db::Connection& c) { return add_resource(c, key, none, by("soziales")); });
    ASSERT_TRUE(id);
    EXPECT_EQ(judged(load(key), world()).gate.grade, Grade::assigned);
    EXPECT_FALSE(write([&](db::Connection& c) { return confirm_resource(c, key, *id, by("soziales")); })) << "by the accountable office itself";
    ASSERT_TRUE(write([&](db::Connection& c) { return confirm_resource(c, key, *id, by("officer")); }));
    EXPECT_EQ(judged(load(key), world()).gate.grade, Grade::verifiable);
    ASSERT_TRUE(write([&](db::Connection& c) { return withdraw_resource(c, key, *id, by("soziales")); }));
    EXPECT_TRUE(load(key).measure.resources.empty());
}

TEST_P(MeasureStore, ReportsMilestonesAndDependencies) {
    auto counted = binding_measure();
    counted.criterion = {CriterionKind::value, {}, {Direction::at_least, Quantity::of(3), {}, "Sprachen"}};
    const auto a = make(counted).key, b = make().key;
    StatusReport report;
    report.given_on = day(2019, 5, 1);
    report.text = "Zwei von drei Sprachen.";
    report.percent = 66;
    EXPECT_FALSE(write([&](db::Connection& c) { return add_report(c, b, report, by("soziales")); })) << "nothing is counted there";
    std::vector<std::string> kinds;
    auto unit = by("soziales");
    unit.enter = [&](db::Connection&, const evidence::Record& r) -> base::Result<void> {
        kinds.push_back(r.kind);
        return {};
    };
    ASSERT_TRUE(write([&](db::Connection& c) { return add_report(c, a, report, unit); }));
    EXPECT_EQ(kinds, std::vector<std::string>{"measures.status_reported"});
    report.percent = 101;
    EXPECT_FALSE(write([&](db::Connection& c) { return add_report(c, a, report, unit); }));
    EXPECT_EQ(load(a).progress.last_report, day(2019, 5, 1));
    const auto milestone = write([&](db::Connection& c) { return add_milestone(c, a, {{}, {"Auftakt", ""}, day(2019, 3, 1), {}}, by()); });
    ASSERT_TRUE(milestone);
    EXPECT_FALSE(write([&](db::Connection& c) { return reach_milestone(c, a, *milestone, base::plus_days(today, 1), by()); }));
    ASSERT_TRUE(write([&](db::Connection& c) { return reach_milestone(c, a, *milestone, day(2019, 3, 2), by()); }));
    ASSERT_TRUE(write([&](db::Connection& c) { return add_dependency(c, a, b, by()); }));
    EXPECT_FALSE(write([&](db::Connection& c) { return add_dependency(c, b, a, by()); })) << "a circle";
    EXPECT_FALSE(write([&](db::Connection& c) { return add_dependency(c, a, a, by()); }));
    EXPECT_EQ(load(a).progress.dependencies.size(), 1u);
}

TEST_P(MeasureStore, ListsFilteredSortedAndPaged) {
    for (int i = 0; i < 12; ++i) {
        auto m = binding_measure();
        m.title.de = "Maßnahme " + std::string(1, static_cast<char>('L' - i)) + (i == 3 ? " 100 %" : "");
        m.accountable = i % 2 ? "soziales" : "jugend";
        m.published = i < 5;
        if (i == 7) m.schedule.ends_on = day(2019, 3, 1);
        make(m);
    }
    const auto listed = [&](Filter f) {
        auto page = database().read([&](db::Connection& c) { return list(c, f); });
        EXPECT_TRUE(page) << base::describe(page.error());
        return page.value_or(Page{});
    };
    EXPECT_EQ(listed({}).total, 12);
    Filter f;
    f.per_page = 5;
    f.page = 3;
    EXPECT_EQ(listed(f).dossiers.size(), 2u);
    EXPECT_EQ(listed(f).total, 12);
    f = {};
    f.sort = Sort::title;
    EXPECT_EQ(listed(f).dossiers.front().measure.title.de, "Maßnahme A");
    f.descending = true;
    EXPECT_EQ(listed(f).dossiers.front().measure.title.de, "Maßnahme L");
    f = {};
    f.accountable = "jugend";
    EXPECT_EQ(listed(f).total, 6);
    f = {};
    f.published_only = true;
    EXPECT_EQ(listed(f).total, 5);
    f = {};
    f.words = "100 %";
    EXPECT_EQ(listed(f).total, 1) << "a percent sign is no pattern";
    f.words = "' or 1=1 --";
    EXPECT_EQ(listed(f).total, 0);
    f = {};
    f.overdue_on = day(2019, 3, 1);
    EXPECT_EQ(listed(f).total, 0) << "the day itself is in time";
    f.overdue_on = day(2019, 3, 2);
    EXPECT_EQ(listed(f).total, 1);
    f = {};
    f.plan = "2018";
    f.clause = "5.1";
    EXPECT_EQ(listed(f).total, 12);
    f.clause = "5";
    EXPECT_EQ(listed(f).total, 12) << "clauses below";
    f.clause = "5.11";
    EXPECT_EQ(listed(f).total, 0);
    f = {};
    f.states = {State::agreed};
    EXPECT_EQ(listed(f).total, 0);
}

TEST_P(MeasureStore, TheRuleSetIsDataAndTheCoreStays) {
    ASSERT_TRUE(write([&](db::Connection& c) { return save_rules(c, {{Rule::r5}}, by()); }));
    EXPECT_EQ(database().read([&](db::Connection& c) { return rules(c); })->optional, std::vector{Rule::r5});
    EXPECT_FALSE(write([&](db::Connection& c) { return save_rules(c, {{Rule::r2}}, by()); }));
}

TEST_P(MeasureStore, APartnersCommitmentIsConfirmedAndWithdrawnByItself) {
    auto m = binding_measure();
    m.kind = Kind::self_commitment;
    m.accountable = "verein";
    const auto key = make(m).key;
    EXPECT_FALSE(write([&](db::Connection& c) { return move_commitment(c, key, CommitmentMove::confirm, by("officer")); }));
    ASSERT_TRUE(write([&](db::Connection& c) { return move_commitment(c, key, CommitmentMove::confirm, by("verein")); }));
    EXPECT_EQ(load(key).measure.commitment, CommitmentState::confirmed);
    EXPECT_FALSE(move(key, Move::clarify));
}

TEST_P(MeasureStore, ATargetLivesThroughBothConsultations) {
    auto draft = draft_target();
    draft.key.clear();
    const auto made = write([&](db::Connection& c) { return create_target(c, draft, by()); });
    ASSERT_TRUE(made) << base::describe(made.error());
    EXPECT_EQ(made->key, "Z-2019-01");
    const auto step = [&](const std::function<TargetResult(const Target&)>& rule, base::Day on = today) {
        return write([&](db::Connection& c) { return change_target(c, made->key, 0, rule, by("officer", on)); });
    };
    ASSERT_TRUE(step([&](const Target& t) { return request_opinion(t, request_to(Party::district_council), today); }));
    ASSERT_TRUE(step([&](const Target& t) { return receive_opinion(t, opinion_of(t, Party::district_council), today); }));
    const auto refused = step([&](const Target& t) { return make_ready(t, today); });
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().fields[0].field, "administration");
    ASSERT_TRUE(step([&](const Target& t) { return request_opinion(t, request_to(Party::administration), today); }));
    ASSERT_TRUE(step([&](const Target& t) { return make_ready(t, today); })) << "silent after a proven request";
    ASSERT_TRUE(step([&](const Target& t) { return decide(t, Vote::resolved, {today, "12. Sitzung", "IB 2019/4", 9, 2, 1}, today); }));
    ASSERT_TRUE(step([&](const Target& t) { return enter_into_force(t, today, today); }));
    ASSERT_TRUE(step([&](const Target& t) { return conclude(t, seen(Quantity::of(11)), day(2020, 1, 1)); }, day(2020, 1, 1)));
    ASSERT_TRUE(
        step([&](const Target& t) { return override_outcome(t, TargetState::partly, "Ein Platz fiel weg.", day(2020, 1, 5)); }, day(2020, 1, 5)));
    const auto kept = database().read([&](db::Connection& c) { return find_target(c, made->key); });
    ASSERT_TRUE(kept);
    EXPECT_EQ(kept->state, TargetState::missed);
    EXPECT_EQ(shown_outcome(*kept), TargetState::partly);
    EXPECT_EQ(kept->overridden->reason, "Ein Platz fiel weg.");
    EXPECT_EQ(kept->requests.size(), 2u);
    EXPECT_EQ(kept->opinions.size(), 1u);
    EXPECT_EQ(text_hash(*kept), kept->requests[0].text_hash);
    EXPECT_EQ(kept->decision->yes, 9);
    const auto history = database().read([&](db::Connection& c) { return target_history_of(c, kept->id); });
    EXPECT_EQ(history->size(), 8u);
    const auto old = write([&](db::Connection& c) {
        return change_target(c, made->key, 1, [&](const Target& t) { return override_outcome(t, TargetState::missed, "x", today); }, by());
    });
    ASSERT_FALSE(old);
    EXPECT_EQ(old.error().code, "version");
}
