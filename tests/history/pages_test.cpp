// The history of a record: what was changed, when and by whom, readable, and for signed-in people only.
#include "history/pages.h"

#include "duties/store.h"
#include "evidence/store.h"
#include "exchanges/store.h"
#include "groups/store.h"
#include "mailing/store.h"
#include "network/offices.h"
#include "organisations/store.h"
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

// Every record of people, offices and organisations, with names instead of numbers, and with what was withdrawn.
TEST_P(HistoryPages, TellOfOfficesOrganisationsNetworksContactsAndListsInWords) {
    const auto done = database().write([&](db::Connection& c) -> base::Result<void> {
        TRY(const auto amt, network::bearer_by_key(c, "amt"));
        const auto& actor_now = by.actor;
        TRY(const auto term,
            network::add_holding(c,
                                 {.id = {}, .office = amt->id, .from = day(2018, 1, 1), .until = {}, .funded_until = {}, .holder = "", .deputy = ""},
                                 false, actor_now, now));
        TRY_VOID(network::withdraw_holding(c, term, actor_now, now));
        TRY_VOID(network::set_mailbox(c, *amt, "amt@kreis.example", actor_now, now));
        TRY_VOID(network::add_task(c, {.id = {}, .office = amt->id, .title = {"Bericht schreiben", ""}, .plan = {}, .statement = {}, .counts_as = {}},
                                   actor_now, now));
        const organisations::By keeper{actor_now, now};
        organisations::Organisation o;
        o.key = "verein";
        o.kind = organisations::Kind::association;
        o.name = {"Verein Brücke", ""};
        TRY(o.id, organisations::save(c, o, "", keeper));
        auto renamed = o;
        renamed.name = {"Brücke", ""};
        renamed.kind = organisations::Kind::provider;
        TRY_VOID(organisations::save(c, renamed, "", keeper));
        organisations::ContactPoint point;
        point.organisation = o.id;
        point.label = {"Geschäftsstelle", ""};
        point.phone = "03631 1";
        TRY(point.id, organisations::save_contact(c, point, keeper));
        TRY_VOID(organisations::withdraw_contact(c, point.id, keeper));
        groups::Group g;
        g.key = "nimm";
        g.title = {"Netzwerk", ""};
        g.lead = "amt";
        TRY(g.id, groups::save(c, g, {actor_now, now}));
        groups::Seat seat;
        seat.group = g.id;
        seat.key = "jugend";
        seat.title = {"Sitz der Jugend", ""};
        TRY(seat.id, groups::add_seat(c, seat, {actor_now, now}));
        groups::Term sits;
        sits.seat = seat.id;
        sits.from = day(2020, 1, 1);
        sits.organisation = o.id;
        TRY(sits.id, groups::fill_seat(c, sits, {actor_now, now}));
        TRY_VOID(groups::withdraw_term(c, sits.id, {actor_now, now}));
        exchanges::Exchange e;
        e.on = day(2020, 9, 1);
        e.topic = std::string(exchanges::topics().front().first);
        e.office = "amt";
        e.title = {"Gespräch über Räume", ""};
        e.partners = {o.id};
        TRY(e.id, exchanges::save(c, e, {actor_now, now}));
        mailing::List list;
        list.key = "wohnen";
        list.title = {"Wohnen", ""};
        list.purpose = {"Neues zum Wohnen.", ""};
        TRY(list.id, mailing::save(c, list, {actor_now, now}));
        mailing::Message letter;
        letter.list = list.id;
        letter.subject = {"Mietspiegel", ""};
        letter.text = {"Er ist da.", ""};
        TRY(letter.id, mailing::save_draft(c, letter, {actor_now, now}));
        letter.text = {"Er ist endlich da.", ""};
        TRY_VOID(mailing::save_draft(c, letter, {actor_now, now}));
        return {};
    });
    ASSERT_TRUE(done) << base::describe(done.error());
    const std::pair<const char*, std::vector<std::string>> table[] = {
        {"/verlauf/stelle/amt", {"(01.01.2018)", "Zurückgezogen", "Mailadresse", "<ins>eingetragen</ins>", "(Bericht schreiben)", "<ins>Amt</ins>"}},
        {"/verlauf/organisation/verein",
         {"<del>Verein Brücke</del>", "<ins>Brücke</ins>", "<del>Verein oder Verband</del>", "(Geschäftsstelle)", "Zurückgezogen"}},
        {"/verlauf/netzwerk/nimm", {"(Sitz der Jugend)", "Sitz besetzt", "<ins>Brücke</ins>", "01.01.2020", "Zurückgezogen"}},
        {"/verlauf/kontakt/1", {"Gespräch über Räume", "<ins>Brücke</ins>", "<ins>Amt</ins>", "01.09.2020"}},
        {"/verlauf/verteiler/wohnen", {"(Mietspiegel)", "<del>Er ist da.</del>", "<ins>Er ist endlich da.</ins>"}}};
    for (const auto& [path, shown] : table) {
        const auto page = ask(path);
        ASSERT_EQ(page.status, 200) << path;
        for (const auto& part : shown) EXPECT_NE(page.body.find(part), std::string::npos) << path << ": " << part;
        EXPECT_EQ(page.body.find("amt@kreis.example"), std::string::npos);
        for (const char* raw : {"2018-01-01", ">yes<", ">no<", "title_de", "part_of", "network.", "groups."})
            EXPECT_EQ(page.body.find(raw), std::string::npos) << path << " shows " << raw;
    }
    actor.role = identity::Role::reader;
    EXPECT_EQ(ask("/verlauf/verteiler/wohnen").status, 404) << "drafts and lists by invitation";
    EXPECT_EQ(ask("/verlauf/kontakt/1").status, 200);
    for (const char* path : {"/verlauf/kontakt/99", "/verlauf/kontakt/x", "/verlauf/kontakt/99999999999999999999", "/verlauf/netzwerk/nichts"})
        EXPECT_EQ(ask(path).status, 404) << path;
}

TEST_P(HistoryPages, OfAnAccountAreForAdministrators) {
    const auto path = "/konten/" + std::to_string(actor.account.value) + "/verlauf";
    EXPECT_EQ(ask(path).status, 404);
    actor.role = identity::Role::administrator;
    const auto page = ask(path);
    ASSERT_EQ(page.status, 200);
    EXPECT_NE(page.body.find("Anna Muster"), std::string::npos);
    EXPECT_NE(page.body.find("Integrationsbeauftragte"), std::string::npos) << "the role in words";
    EXPECT_EQ(ask("/konten/99/verlauf").status, 404);
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
