// What happens in networks, groups and contacts, and what the duties of the example district make of it.
#include "app/network_wiring.h"
#include "dataset/api.h"
#include "duties/store.h"
#include "evidence/api.h"
#include "exchanges/store.h"
#include "groups/store.h"
#include "network/offices.h"
#include "organisations/store.h"
#include "platform/base/root.h"
#include "tests/platform/db/support/engines.h"

using base::day;

namespace {

const base::Instant now = *base::parse_iso_instant("2020-09-30T08:00:00Z");
const groups::By officer{{}, now};

class NetworkDuties : public db::testing::OnBothEngines {
  protected:
    void SetUp() override {
        OnBothEngines::SetUp();
        const auto loaded =
            dataset::load(database(), std::filesystem::path(base::source_root()) / "data/nordhausen-2018", base::Clock(day(2020, 9, 30)));
        ASSERT_TRUE(loaded) << base::describe(loaded.error());
    }
    // The state of a duty in a period, and whom it misses.
    std::string state(const std::string& duty, const std::string& period, base::Day as_of = day(2020, 9, 30)) {
        duties::Question question;
        question.duty = duty;
        question.as_of = as_of;
        question.from_ledger = true;
        std::string out = "no such period";
        const auto read = database().read([&](db::Connection& c) -> base::Result<bool> {
            TRY(const auto judgement, duties::judge_all(c, question));
            for (const auto& one : judgement.judged)
                for (const auto& o : one.occurrences) {
                    if (o.duty != duty || o.period != period) continue;
                    out = duties::name_of(o.state);
                    if (o.missing)
                        for (const auto& member : o.missing->members) out += " " + member;
                }
            return true;
        });
        EXPECT_TRUE(read) << base::describe(read.error());
        return out;
    }
    template <class Work>
    auto change(Work work) {
        auto done = database().write([&](db::Connection& c) { return work(c); });
        EXPECT_TRUE(done) << base::describe(done.error());
        return done.value();
    }
    groups::TermId sit(const std::string& seat, base::Day from, std::optional<base::Day> until = {}) {
        return change([&](db::Connection& c) -> base::Result<groups::TermId> {
            TRY(const auto nimm, groups::find(c, "nimm"));
            TRY(const auto seats, groups::seats(c, nimm.id));
            groups::Term t;
            for (const auto& s : seats)
                if (s.key == seat) t.seat = s.id;
            t.from = from;
            t.until = until;
            t.representative = "Vertretung";
            return groups::fill_seat(c, t, officer);
        });
    }
    groups::MeetingId meet(const std::string& group, base::Day on, groups::MeetingState state = groups::MeetingState::held) {
        return change([&](db::Connection& c) -> base::Result<groups::MeetingId> {
            TRY(const auto found, groups::find(c, group));
            groups::Meeting m;
            m.group = found.id;
            m.on = on;
            m.state = state;
            m.title = {"Treffen", ""};
            return groups::save_meeting(c, m, officer);
        });
    }
    organisations::OrganisationId organisation(const std::string& key) {
        return change([&](db::Connection& c) -> base::Result<organisations::OrganisationId> {
            TRY(const auto found, organisations::find_by_key(c, key));
            return found ? found->id : organisations::OrganisationId{};
        });
    }
};
MITEINANDER_ON_BOTH_ENGINES(NetworkDuties);

}  // namespace

TEST_P(NetworkDuties, TheSeatsOfClause41hAreFilledAndGoEmptyAgain) {
    EXPECT_EQ(state("4.1-h-seats", "2020"), "breached council jugend soziales auslaender coordinator");
    for (const char* seat : {"council", "soziales", "auslaender", "coordinator"}) sit(seat, day(2018, 1, 1));
    EXPECT_EQ(state("4.1-h-seats", "2020"), "breached jugend");
    const auto youth = sit("jugend", day(2018, 1, 1));
    EXPECT_EQ(state("4.1-h-seats", "2020"), "fulfilled");
    EXPECT_EQ(state("4.1-h-jobcenter", "2020"), "breached jobcenter");
    sit("jobcenter", day(2018, 1, 1));
    EXPECT_EQ(state("4.1-h-jobcenter", "2020"), "fulfilled");
    change([&](db::Connection& c) -> base::Result<bool> {
        TRY_VOID(groups::end_term(c, youth, day(2020, 5, 31), officer));
        return true;
    });
    EXPECT_EQ(state("4.1-h-seats", "2019"), "fulfilled") << "what was, stays";
    EXPECT_EQ(state("4.1-h-seats", "2020"), "breached jugend");
    EXPECT_EQ(state("4.1-h-seats", "2020", day(2020, 5, 31)), "fulfilled") << "the last day is a day";
}

TEST_P(NetworkDuties, AWithdrawnSeatTakesItsEvidenceWithIt) {
    const auto term = sit("kreissportbund", day(2018, 1, 1));
    EXPECT_EQ(state("5.4.5-sports", "2020"), "fulfilled");
    change([&](db::Connection& c) -> base::Result<bool> {
        TRY_VOID(groups::withdraw_term(c, term, officer));
        return true;
    });
    EXPECT_EQ(state("5.4.5-sports", "2020"), "breached kreissportbund");
}

TEST_P(NetworkDuties, RoundsOfClauses5414And5415CountOncePerMeeting) {
    const struct {
        const char* duty;
        const char* group;
        const char* other;
    } table[] = {{"5.4.1.4-schooling", "beschulung", "kurstraeger-runde"}, {"5.4.1.5-providers", "kurstraeger-runde", "beschulung"}};
    for (const auto& one : table) {
        SCOPED_TRACE(one.duty);
        EXPECT_EQ(state(one.duty, "2019-H2"), "behind_assumption");
        meet("ak-wohnen", day(2019, 11, 5));
        meet(one.group, day(2019, 11, 5), groups::MeetingState::planned);
        meet(one.group, day(2019, 11, 6), groups::MeetingState::cancelled);
        EXPECT_EQ(state(one.duty, "2019-H2"), "behind_assumption") << "neither another group nor a plan counts";
        const auto first = meet(one.group, day(2019, 11, 7)), second = meet(one.group, day(2019, 11, 7));
        EXPECT_EQ(state(one.duty, "2019-H2"), "fulfilled");
        for (const auto meeting : {first, second}) {
            EXPECT_EQ(state(one.duty, "2019-H2"), "fulfilled") << "two on one day are two";
            change([&](db::Connection& c) -> base::Result<bool> {
                TRY_VOID(groups::withdraw_meeting(c, meeting, officer));
                return true;
            });
        }
        EXPECT_EQ(state(one.duty, "2019-H2"), "behind_assumption");
    }
}

TEST_P(NetworkDuties, TheProposalOfClause543IsTheInvitation) {
    EXPECT_EQ(state("5.4.3-proposal", "once"), "breached");
    std::vector<groups::InvitationId> sent;
    for (const char* key : {"gemeinde-ellrich", "gemeinde-sollstedt"})
        sent.push_back(change([&](db::Connection& c) -> base::Result<groups::InvitationId> {
            TRY(const auto group, groups::find(c, "ak-wohnen"));
            groups::Invitation i;
            i.group = group.id;
            TRY(const auto town, organisations::find_by_key(c, key));
            i.organisation = town->id;
            i.sent_on = day(2018, 6, 30);
            return groups::invite(c, i, officer);
        }));
    EXPECT_EQ(state("5.4.3-proposal", "once"), "fulfilled");
    const auto withdraw = [&](groups::InvitationId id) {
        change([&](db::Connection& c) -> base::Result<bool> {
            TRY_VOID(groups::withdraw_invitation(c, id, officer));
            return true;
        });
    };
    withdraw(sent[0]);
    EXPECT_EQ(state("5.4.3-proposal", "once"), "fulfilled") << "the proposal went to another one, too";
    withdraw(sent[1]);
    EXPECT_EQ(state("5.4.3-proposal", "once"), "breached");
}

TEST_P(NetworkDuties, BothContactsOfClause532AreNamed) {
    EXPECT_EQ(state("5.3.2-contacts", "2020"), "breached officer council");
    const auto name = [&](const std::string& key, bool gone = false, organisations::ContactId id = {}) {
        return change([&](db::Connection& c) -> base::Result<organisations::ContactId> {
            TRY(const auto found, organisations::find_by_key(c, key));
            organisations::ContactPoint p;
            p.id = id;
            p.organisation = found->id;
            p.label = {"Ansprechstelle", ""};
            p.email = key + "@landkreis.example";
            p.topic = "mso";
            p.from = day(2018, 1, 1);
            TRY(const auto saved, organisations::save_contact(c, p, {{}, now}));
            TRY(const auto there, organisations::contact(c, saved));
            TRY_VOID(app::keep_contact_evidence(c, there, gone, {{}, now}));
            return saved;
        });
    };
    name("integrationsbuero");
    EXPECT_EQ(state("5.3.2-contacts", "2020"), "breached council");
    const auto council = name("council");
    EXPECT_EQ(state("5.3.2-contacts", "2020"), "fulfilled");
    name("council", true, council);
    EXPECT_EQ(state("5.3.2-contacts", "2020"), "breached council");
}

// Every duty that asks for standing contact or for a recommendation is met by what the contact log writes, and by nothing else of it.
TEST_P(NetworkDuties, TheContactLogMeetsTheDutiesThatAskForContact) {
    const struct {
        const char* duty;
        const char* period;
        const char* topic;
        exchanges::Kind kind;
    } table[] = {{"5.4.1.1-contact", "2019-Q4", "day-care", exchanges::Kind::contact},
                 {"5.4.1.2-exchange", "2019-H2", "language-classes", exchanges::Kind::contact},
                 {"5.4.1.12-contact", "2019", "university", exchanges::Kind::contact},
                 {"5.4.1.6-recommendation", "2019", "school-social-work", exchanges::Kind::recommendation}};
    const auto held = [&](const char* topic, exchanges::Kind kind) {
        return change([&](db::Connection& c) -> base::Result<exchanges::ExchangeId> {
            exchanges::Exchange e;
            e.kind = kind;
            e.on = day(2019, 11, 5);
            e.topic = topic;
            e.office = "coordinator";
            e.title = {"Austausch", "Exchange"};
            e.others = "Leitungen";
            return exchanges::save(c, e, {{}, now});
        });
    };
    for (const auto& one : table) {
        SCOPED_TRACE(one.duty);
        EXPECT_NE(state(one.duty, one.period), "fulfilled");
        const auto other = held("other", one.kind);
        const auto wrong_kind = held(one.topic, one.kind == exchanges::Kind::contact ? exchanges::Kind::recommendation : exchanges::Kind::contact);
        EXPECT_NE(state(one.duty, one.period), "fulfilled");
        const auto right = held(one.topic, one.kind);
        EXPECT_EQ(state(one.duty, one.period), "fulfilled");
        change([&](db::Connection& c) -> base::Result<bool> {
            for (const auto id : {other, wrong_kind, right}) TRY_VOID(exchanges::withdraw(c, id, {{}, now}));
            return true;
        });
        EXPECT_NE(state(one.duty, one.period), "fulfilled");
    }
}

// No rule asks for a subject the form of the contact log does not offer.
TEST_P(NetworkDuties, EverySubjectADutyAsksForCanBeChosen) {
    const auto duties = change([](db::Connection& c) { return duties::all_duties(c); });
    int asked = 0;
    for (const auto& duty : duties) {
        if (duty.rule.evidence != "network.contact_held" && duty.rule.evidence != "network.recommendation_given") continue;
        for (const auto& [name, value] : duty.rule.filter) {
            ++asked;
            EXPECT_TRUE(std::any_of(exchanges::topics().begin(), exchanges::topics().end(), [&](const auto& t) { return t.first == value; }))
                << duty.key;
        }
    }
    EXPECT_EQ(asked, 4);
}

// 4.1-a and 5.3.1: a term of office is what the duties ask for; the last day counts, the day after the office is vacant.
TEST_P(NetworkDuties, ATermOfOfficeMeetsTheDutiesOfClauses41aAnd531) {
    const auto term = [&](base::Day from, std::optional<base::Day> until) {
        return change([&](db::Connection& c) -> base::Result<network::Holding> {
            TRY(const auto office, network::bearer_by_key(c, "officer"));
            TRY(const auto tasks, network::tasks_of(c, office->id));
            if (tasks.empty()) {
                network::OfficeTask task;
                task.office = office->id;
                task.title = {"Geschäftsstelle des Beirats führen", ""};
                task.counts_as = "council-office";
                TRY_VOID(network::add_task(c, task, {}, now));
            }
            network::Holding h;
            h.office = office->id;
            h.from = from;
            h.until = until;
            TRY(h.id, network::add_holding(c, h, false, {}, now));
            TRY_VOID(app::keep_office_evidence(c, *office, h, false, {}, now));
            return h;
        });
    };
    EXPECT_NE(state("4.1-a-office", "2019"), "fulfilled");
    term(day(2018, 1, 1), day(2020, 5, 31));
    for (const char* duty : {"4.1-a-office", "5.3.1-office"}) {
        EXPECT_EQ(state(duty, "2019"), "fulfilled") << duty;
        EXPECT_EQ(state(duty, "2020", day(2020, 5, 31)), "fulfilled") << duty;
        EXPECT_NE(state(duty, "2020", day(2020, 6, 1)), "fulfilled") << duty;
    }
    term(day(2020, 6, 1), {});
    for (const char* duty : {"4.1-a-office", "5.3.1-office"}) EXPECT_EQ(state(duty, "2020"), "fulfilled") << duty;
}

TEST_P(NetworkDuties, WhatADataSetBroughtIsNotWrittenTwice) {
    const auto loaded =
        dataset::load(database(), std::filesystem::path(base::source_root()) / "data/nordhausen-2018-sample", base::Clock(day(2020, 9, 30)));
    ASSERT_TRUE(loaded) << base::describe(loaded.error());
    EXPECT_EQ(state("4.1-h-seats", "2020"), "fulfilled");
    const auto count = [&] {
        return change([](db::Connection& c) -> base::Result<std::int64_t> {
            TRY(const auto n, c.query_one<std::int64_t>("select count(*) as n from evidence where kind = 'network.seat_filled'", {},
                                                        [](const db::Row& row) { return row.int64("n"); }));
            return n.value_or(0);
        });
    };
    const auto before = count();
    change([&](db::Connection& c) -> base::Result<bool> {
        TRY(const auto nimm, groups::find(c, "nimm"));
        TRY(const auto seats, groups::seats(c, nimm.id));
        TRY(const auto terms, groups::terms(c, nimm.id));
        for (const auto& s : seats)
            for (const auto& t : terms)
                if (s.key == "council" && t.seat == s.id) TRY_VOID(groups::end_term(c, t.id, day(2020, 6, 30), officer));
        return true;
    });
    EXPECT_EQ(state("4.1-h-seats", "2020"), "breached council");
    EXPECT_EQ(count(), before + 1) << "the old entry is withdrawn, one new stands";
    ASSERT_TRUE(dataset::remove_sample(database(), base::Clock(day(2020, 9, 30))));
    EXPECT_EQ(state("4.1-h-seats", "2020"), "breached council jugend soziales auslaender coordinator");
}
