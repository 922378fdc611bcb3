// Who sits in a network is asked once a year whether that is still true; nobody answering is told to the office, and the answer is shown in public.
#include "app/confirmation_wiring.h"
#include "app/network_wiring.h"
#include "groups/store.h"
#include "tests/platform/web/support/pages_on_both_engines.h"

using base::day;
using namespace web::testing;

namespace {

class Memberships : public PagesOnBothEngines {
  protected:
    void SetUp() override {
        PagesOnBothEngines::SetUp();
        bearer("landkreis", "body", "Landkreis");
        bearer("officer", "office", "Integrationsbeauftragte");
        bearer("coordinator", "office", "Bildungskoordination");
        write([&](db::Connection& c) -> base::Result<void> {
            TRY_VOID(c.execute("insert into mail_settings (name, value) values ('public_address', 'https://integration.example.org')"));
            for (const auto& [name, office, role, address] : {std::tuple("eins", "coordinator", "unit_editor", "koordination@landkreis.example"),
                                                              std::tuple("zwei", "officer", "integration_officer", "beauftragte@landkreis.example")})
                TRY_VOID(
                    c.execute("insert into accounts (sign_in, display_name, password_hash, role, office_id, email, created_at) "
                              "select :name, :name, 'x', :role, id, :mail, :now from bearers where key = :office",
                              {{"name", name}, {"role", role}, {"office", office}, {"mail", address}, {"now", now()}}));
            organisations::Organisation o;
            o.key = "verein";
            o.kind = organisations::Kind::association;
            o.name = {"Verein Brücke", ""};
            TRY(const auto id, organisations::save(c, o, "", {{}, now()}));
            organisations::ContactPoint p;
            p.organisation = id;
            p.label = {"Büro", ""};
            p.email = "buero@verein.example";
            TRY_VOID(organisations::save_contact(c, p, {{}, now()}));
            p.label = {"Netzwerk", ""};
            p.email = "netz@verein.example";
            p.topic = "network";
            TRY_VOID(organisations::save_contact(c, p, {{}, now()}));
            groups::Group g;
            g.key = "nimm";
            g.kind = groups::GroupKind::network;
            g.title = {"NIMM", ""};
            g.bearer = "landkreis";
            TRY(g.id, groups::save(c, g, {{}, now()}));
            groups::Seat s;
            s.group = g.id;
            s.key = "verein";
            s.title = {"Vereine", ""};
            TRY(s.id, groups::add_seat(c, s, {{}, now()}));
            groups::Term t;
            t.seat = s.id;
            t.from = day(2018, 1, 1);
            t.organisation = id;
            t.representative = "Vorsitz";
            TRY(term_, groups::fill_seat(c, t, {{}, now()}));
            return {};
        });
        groups::mount(router(), site(), database(), app::groups_wiring([](db::Connection&) -> base::Result<void> { return {}; }));
        confirmation::mount(router(), site(), database(), app::confirmation_wiring([](db::Connection&) -> base::Result<void> { return {}; }));
    }
    void run_on(base::Day d) {
        const auto done = app::remind_of_confirmations(database(), base::Clock(d));
        EXPECT_TRUE(done) << base::describe(done.error());
    }
    void due(base::Day d) {
        write([&](db::Connection& c) -> base::Result<void> {
            TRY_VOID(c.execute("update confirmation_subjects set due_on = :due where kind = 'membership'", {{"due", d}}));
            return {};
        });
    }
    // About the membership: the organisation's contacts are asked for themselves, too.
    std::int64_t mails_to(const std::string& who) {
        return number("select count(*) as n from mail_outbox where recipient = '" + who + "' and subject || body_text like '%Vereine, NIMM%'");
    }
    std::string link() {
        const auto body = text("select body_text as t from mail_outbox where recipient = 'netz@verein.example' order by id desc limit 1");
        const auto at = body.find("/bestaetigung/");
        return at == std::string::npos ? "" : body.substr(at, body.find_first_of(" \n", at) - at);
    }
    groups::TermId term_;
};
MITEINANDER_ON_BOTH_ENGINES(Memberships);

}  // namespace

TEST_P(Memberships, AreConfirmedByALinkAndProvedOnThePageOfTheNetwork) {
    run_on(day(2020, 9, 1));
    EXPECT_EQ(number("select count(*) as n from confirmation_subjects where kind = 'membership'"), 1);
    due(day(2020, 9, 30));
    run_on(day(2020, 9, 1));
    ASSERT_EQ(mails_to("netz@verein.example"), 1) << "the contact named for networks is asked";
    EXPECT_EQ(mails_to("buero@verein.example"), 0);
    nobody();
    EXPECT_TRUE(has(get(link()), "Vorsitz"));
    EXPECT_FALSE(has(get("/netzwerke/nimm"), "bestätigt am"));
    EXPECT_EQ(post(link(), {{"aendern", "1"}, {"representative", "Geschäftsführung"}, {"substitute", ""}}).status, 200);
    EXPECT_EQ(text("select representative as t from seat_terms"), "Geschäftsführung");
    EXPECT_TRUE(has(get("/netzwerke/nimm"), "bestätigt am 30.09.2020 von Verein Brücke"));
    EXPECT_EQ(post(link(), {}).status, 404) << "once";
}

TEST_P(Memberships, WhatNobodyAnswersGoesToThePeopleOfTheOffice) {
    run_on(day(2020, 9, 1));
    due(day(2020, 9, 30));
    run_on(day(2020, 9, 1));
    run_on(day(2020, 10, 1));
    EXPECT_EQ(mails_to("beauftragte@landkreis.example"), 0) << "thirty days to answer";
    run_on(day(2020, 10, 2));
    EXPECT_EQ(mails_to("beauftragte@landkreis.example"), 1);
    run_on(day(2020, 10, 3));
    EXPECT_EQ(mails_to("beauftragte@landkreis.example"), 1) << "once";
    // The office that coordinates is told where there is one.
    write([&](db::Connection& c) -> base::Result<void> {
        TRY_VOID(c.execute("update network_groups set lead = 'coordinator'"));
        TRY_VOID(c.execute("update confirmation_subjects set reminded_on = null, escalated_on = null where kind = 'membership'"));
        return {};
    });
    due(day(2021, 9, 30));
    run_on(day(2021, 9, 1));
    run_on(day(2021, 10, 2));
    EXPECT_EQ(mails_to("koordination@landkreis.example"), 1);
    EXPECT_EQ(mails_to("beauftragte@landkreis.example"), 1);
    // An office with an address of its own is told there.
    write([&](db::Connection& c) -> base::Result<void> {
        TRY_VOID(
            c.execute("insert into office_details (office_id, mail) select id, 'bildung@landkreis.example' from bearers where key = 'coordinator'"));
        TRY_VOID(c.execute("update confirmation_subjects set reminded_on = null, escalated_on = null where kind = 'membership'"));
        return {};
    });
    due(day(2022, 9, 30));
    run_on(day(2022, 9, 1));
    run_on(day(2022, 10, 2));
    EXPECT_EQ(mails_to("bildung@landkreis.example"), 1);
    EXPECT_EQ(mails_to("koordination@landkreis.example"), 1);
}

TEST_P(Memberships, WhoNoLongerSitsThereIsNotAsked) {
    run_on(day(2020, 9, 1));
    write([&](db::Connection& c) { return groups::end_term(c, term_, day(2020, 9, 1), {{}, now()}); });
    run_on(day(2020, 9, 1));
    EXPECT_EQ(number("select count(*) as n from confirmation_subjects where kind = 'membership' and dropped_at is null"), 1)
        << "the last day is a day";
    run_on(day(2020, 9, 2));
    EXPECT_EQ(number("select count(*) as n from confirmation_subjects where kind = 'membership' and dropped_at is null"), 0);
    run_on(day(2021, 9, 2));
    EXPECT_EQ(mails_to("netz@verein.example"), 0);
}
