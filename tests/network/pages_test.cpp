#include "network/pages.h"

#include "network/offices.h"
#include "platform/audit/api.h"
#include "tests/platform/web/support/pages_on_both_engines.h"

using namespace web::testing;
using identity::Role;

namespace {

class OfficeSite : public PagesOnBothEngines {
  protected:
    void SetUp() override {
        PagesOnBothEngines::SetUp();
        network::Wiring wiring;
        wiring.term_changed = [this](db::Connection&, const network::Bearer& office, const network::Holding& term, bool gone, const identity::Actor&,
                                     base::Instant) -> base::Result<void> {
            heard_.push_back(office.key + " " + base::iso(term.from) + " " + (term.until ? base::iso(*term.until) : "…") + (gone ? " gone" : ""));
            return {};
        };
        wiring.open_matters = [](db::Connection&, const web::Context&, const std::string&) -> base::Result<std::vector<network::Matter>> {
            return std::vector<network::Matter>{{base::message("Duty"), "Bericht schreiben", "/pflichten/bericht", "offen", base::day(2020, 12, 31)}};
        };
        wiring.statement_url = [](db::Connection&, const web::Context&, const std::string&, const std::string& key) -> base::Result<std::string> {
            return key == "5.3.1-d" ? "/konzept/probe/ziffer/5.3.1#s-5.3.1-d" : "";
        };
        wiring.statements = [](db::Connection&, base::Day) -> base::Result<std::optional<network::Statements>> {
            return network::Statements{{"probe", {"5.3.1-d", "5.3.1-e"}}};
        };
        network::mount(router(), site(), database(), wiring);
        officer();
    }
    static Form office(const Form& other = {}) {
        Form form{{"key", "officer"}, {"kind", "office"}, {"name_de", "Integrationsbeauftragte"}, {"feed", "ja"}};
        for (const auto& [name, value] : other) {
            std::erase_if(form, [&](const auto& f) { return f.first == name; });
            form.emplace_back(name, value);
        }
        return form;
    }
    http::Response hold(const std::string& from, const std::string& until = "", const std::string& holder = "") {
        return post("/stellen/officer/besetzung", {{"from", from}, {"until", until}, {"holder", holder}});
    }
    std::vector<std::string> heard_;
};
MITEINANDER_ON_BOTH_ENGINES(OfficeSite);

}  // namespace

TEST_P(OfficeSite, AnOfficeIsKeptAndEveryMistakeToldAtOnce) {
    const auto refused = post("/stellen", {{"key", "Neue Stelle"}, {"kind", "koenig"}, {"part_of", "niemand"}, {"name_en", "Kept text"}});
    EXPECT_EQ(refused.status, 422);
    for (const auto* field : {"Neue Stelle", "name_de", "part_of", "Kept text"}) EXPECT_TRUE(has(refused, field)) << field;
    for (const auto* key : {"neu", "einlesen", "tabelle", "anschriften", ""}) EXPECT_EQ(post("/stellen", office({{"key", key}})).status, 422) << key;
    EXPECT_EQ(post("/stellen", office()).status, 303);
    EXPECT_EQ(post("/stellen", office()).status, 422) << "the short name is taken";
    EXPECT_TRUE(has(get("/stellen"), "Integrationsbeauftragte"));
}

TEST_P(OfficeSite, NoUnitIsAPartOfItselfNotEvenThroughOthers) {
    post("/stellen", office({{"key", "fachbereich"}, {"kind", "unit"}}));
    post("/stellen", office({{"key", "fachgebiet"}, {"kind", "unit"}, {"part_of", "fachbereich"}}));
    EXPECT_EQ(post("/stellen/fachbereich", office({{"kind", "unit"}, {"part_of", "fachgebiet"}, {"version", "1"}})).status, 422);
    EXPECT_EQ(post("/stellen/fachbereich", office({{"kind", "unit"}, {"part_of", "fachbereich"}, {"version", "1"}})).status, 422);
}

TEST_P(OfficeSite, WhoSavesLaterSeesThatSomebodyWasFirst) {
    post("/stellen", office());
    EXPECT_EQ(post("/stellen/officer", office({{"version", "1"}, {"name_de", "Erster Name"}})).status, 303);
    const auto late = post("/stellen/officer", office({{"version", "1"}, {"name_de", "Zweiter Name"}}));
    EXPECT_EQ(late.status, 409);
    EXPECT_TRUE(has(late, "Zweiter Name"));
    EXPECT_EQ(post("/stellen/officer", office({{"version", "2"}, {"name_de", "Zweiter Name"}})).status, 303);
}

TEST_P(OfficeSite, OneOfficeIsHeldByOneUnlessItIsOneForSeveral) {
    post("/stellen", office());
    const std::tuple<const char*, const char*, int> table[] = {{"01.01.2018", "30.06.2018", 303}, {"30.06.2018", "", 422},
                                                               {"01.07.2018", "30.06.2018", 422}, {"01.07.2018", "", 303},
                                                               {"01.01.2020", "", 422},           {"31.02.2020", "", 422}};
    for (const auto& [from, until, status] : table) EXPECT_EQ(hold(from, until).status, status) << from << " " << until;
    EXPECT_EQ(post("/stellen/officer/anzahl", {{"holders_at_most", "2"}}).status, 303);
    EXPECT_EQ(hold("01.01.2020").status, 303) << "now two may";
    EXPECT_EQ(hold("01.02.2020").status, 422) << "but not three";
    for (const auto* number : {"0", "21", "viele"}) {
        post("/stellen/officer/anzahl", {{"holders_at_most", number}});
        EXPECT_EQ(this->number("select holders_at_most as n from office_details"), 2) << number;
    }
    EXPECT_EQ(heard_.size(), 3u) << "only what stands is told";
}

TEST_P(OfficeSite, ATermThatEndsSoonOrHasEndedIsAnAlarm) {
    post("/stellen", office());
    hold("01.01.2018", "29.12.2020");
    EXPECT_FALSE(has(get("/stellen/officer"), "90 Tagen")) << "ninety days ahead it still holds";
    EXPECT_EQ(post("/stellen/officer/besetzung/1", {{"until", "28.12.2020"}}).status, 303);
    EXPECT_TRUE(has(get("/stellen/officer"), "90 Tagen"));
    EXPECT_EQ(post("/stellen/officer/besetzung/1", {{"until", "29.09.2020"}}).status, 303);
    EXPECT_TRUE(has(get("/stellen/officer"), "unbesetzt"));
    EXPECT_EQ(post("/stellen/officer/besetzung/1", {{"until", "31.12.2017"}}).status, 422) << "before it began";
    EXPECT_EQ(remove("/stellen/officer/besetzung/1").status, 303);
    EXPECT_EQ(heard_.back(), "officer 2018-01-01 2020-09-29 gone");
    EXPECT_EQ(remove("/stellen/officer/besetzung/1").status, 404);
}

TEST_P(OfficeSite, ATermIsProlongedAsFarAsWhoeverFollowsLeavesRoom) {
    post("/stellen", office());
    hold("01.01.2018", "30.06.2020");
    hold("01.10.2020");
    const std::tuple<const char*, int> table[] = {{"30.09.2020", 303}, {"01.10.2020", 422}, {"", 422}, {"31.12.2019", 303}};
    for (const auto& [until, status] : table)
        EXPECT_EQ(post("/stellen/officer/besetzung/1", {{"until", until}, {"funded_until", "31.12.2020"}, {"holder", "Neuer Name"}}).status, status)
            << until;
    EXPECT_EQ(text("select holder as t from office_holdings where id = 1"), "Neuer Name");
    EXPECT_EQ(number("select count(*) as n from office_holdings where funded_until is not null"), 1);
    const auto refused = post("/stellen/officer/besetzung/1", {{"until", "01.10.2020"}, {"deputy", "Wird behalten"}});
    EXPECT_TRUE(has(refused, "value=\"Wird behalten\"") && has(refused, "01.10.2020 bis")) << "told with the day as the field takes it";
}

// Each small form of the page: everything typed is in it again, it stands open, and every mistake stands at its field and on top of the page.
TEST_P(OfficeSite, WhatIsRefusedStandsInItsFormAgainWithEveryMistake) {
    post("/stellen", office());
    hold("01.01.2018", "31.12.2020");
    post("/stellen/officer/vertretung", {{"acts_from", "01.07.2020"}, {"acts_until", "31.07.2020"}});
    const std::string long_text(301, 'x');
    struct Case {
        const char* path;
        Form typed;
        std::vector<std::string> wrong;
    };
    const Case table[] = {
        {"/besetzung", {{"from", "31.02.2020"}, {"until", "bald"}, {"holder", "Frau Beispiel"}, {"deputy", "Herr Muster"}}, {"from", "until"}},
        {"/besetzung", {{"from", "01.06.2020"}, {"until", "31.05.2020"}, {"holder", "Frau Beispiel"}}, {"until"}},
        {"/besetzung/1", {{"until", "31.12.2017"}, {"funded_until", "nie"}, {"holder", "Frau Beispiel"}}, {"funded_until"}},
        {"/aufgaben", {{"task", ""}, {"statement", long_text}, {"counts_as", "council-office"}}, {"task", "statement"}},
        {"/aufgaben", {{"task", ""}, {"statement", "5.3.1-x"}, {"counts_as", "council-office"}}, {"task", "statement"}},
        {"/aufgaben", {{"task", "Geschäfte führen"}, {"statement", "9.9-z"}, {"counts_as", "council-office"}}, {"statement"}},
        {"/vertretung", {{"acts_from", ""}, {"acts_until", "31.7."}, {"reason", "Urlaub der Stelle"}}, {"acts_from", "acts_until"}},
        {"/vertretung", {{"acts_from", "31.07.2020"}, {"acts_until", "30.07.2020"}, {"reason", "Urlaub der Stelle"}}, {"acts_until"}},
        {"/anzahl", {{"holders_at_most", "21"}}, {"holders_at_most"}},
    };
    for (const auto& one : table) {
        SCOPED_TRACE(one.path);
        expect_refused(post(std::string("/stellen/officer") + one.path, one.typed), one.typed, one.wrong);
    }
    EXPECT_TRUE(has(post("/stellen/officer/aufgaben"), "<details open><summary>Aufgabe eintragen"));
    EXPECT_FALSE(has(get("/stellen/officer"), "<details open>"));
    EXPECT_EQ(number("select count(*) as n from office_holdings"), 1);
    EXPECT_EQ(number("select count(*) as n from office_tasks"), 0);
}

TEST_P(OfficeSite, WhereAnOfficeGetsItsMailStandsWithTheOffice) {
    bearer("verein", "partner", "Verein");
    EXPECT_EQ(post("/stellen", office({{"mail", "integration@kreis.example"}})).status, 303);
    const auto kept = [&] { return database().read([](db::Connection& c) { return network::mailboxes(c); }).value_or(network::Mailboxes{}); };
    EXPECT_EQ(kept().at("officer"), "integration@kreis.example");
    EXPECT_TRUE(has(get("/stellen/officer/bearbeiten"), "integration@kreis.example"));
    EXPECT_FALSE(has(get("/stellen/officer"), "integration@kreis.example")) << "asked there, not published there";
    const auto refused = post("/stellen/officer", office({{"version", "1"}, {"name_de", ""}, {"mail", "keine Adresse"}}));
    EXPECT_EQ(refused.status, 422);
    EXPECT_TRUE(has(refused, "keine Adresse") && has(refused, "f-mail-fehler") && has(refused, "f-name_de-fehler")) << "both at once";
    EXPECT_EQ(post("/stellen/verein", office({{"kind", "partner"}, {"version", "1"}, {"mail", "verein@x.example"}})).status, 422)
        << "a partner is reached by the contacts of its organisation";
    // All of them on one page.
    EXPECT_TRUE(has(get("/stellen/anschriften"), "integration@kreis.example"));
    EXPECT_FALSE(has(get("/stellen/anschriften"), "mail-verein"));
    const auto both = post("/stellen/anschriften", {{"mail-officer", "falsch"}, {"mail-verein", "verein@x.example"}});
    EXPECT_EQ(both.status, 422);
    EXPECT_TRUE(has(both, "value=\"falsch\""));
    EXPECT_EQ(kept().size(), 1u) << "nothing or all";
    EXPECT_EQ(post("/stellen/anschriften", {{"mail-officer", " amt@kreis.example "}}).status, 303);
    EXPECT_EQ(kept().at("officer"), "amt@kreis.example");
    EXPECT_EQ(post("/stellen/anschriften", {{"mail-officer", ""}}).status, 303);
    EXPECT_TRUE(kept().empty());
    const auto trail = database().read([](db::Connection& c) { return audit::history(c, "network.bearer", "officer"); });
    ASSERT_TRUE(trail && trail->size() == 4) << "created, entered, another, removed";
    for (const auto& entry : *trail)
        for (const auto& d : entry.differences) EXPECT_EQ(d.after.value_or("").find('@'), std::string::npos) << "the address itself stays out";
    for (const auto role : {Role::anonymous, Role::reader, Role::unit_editor}) {
        as(role, "officer");
        EXPECT_EQ(get("/stellen/anschriften").status, 404);
        EXPECT_EQ(post("/stellen/anschriften", {{"mail-officer", "fremd@x.example"}}).status, 404);
    }
    EXPECT_TRUE(kept().empty());
}

TEST_P(OfficeSite, TheDeputyActsInTimesThatDoNotMeet) {
    post("/stellen", office());
    const auto act = [&](const char* from, const char* until) {
        post("/stellen/officer/vertretung", {{"acts_from", from}, {"acts_until", until}, {"reason", "Urlaub"}});
        return number("select count(*) as n from office_deputations where withdrawn_at is null");
    };
    EXPECT_EQ(act("01.07.2020", "31.07.2020"), 1);
    EXPECT_EQ(act("31.07.2020", "31.08.2020"), 1) << "the border day";
    EXPECT_EQ(act("01.09.2020", "31.08.2020"), 1) << "ends before it begins";
    EXPECT_EQ(act("01.08.2020", ""), 2);
    EXPECT_EQ(remove("/stellen/officer/vertretung/1").status, 303);
    EXPECT_EQ(number("select count(*) as n from office_deputations where withdrawn_at is null"), 1);
}

TEST_P(OfficeSite, AHandoverEndsOneTermBeginsTheOtherAndKeepsWhatWasOpen) {
    post("/stellen", office());
    hold("01.01.2018");
    EXPECT_TRUE(has(get("/stellen/officer/uebergabe"), "Bericht schreiben"));
    const std::tuple<const char*, const char*, int> table[] = {{"31.12.2017", "01.01.2018", 422}, {"30.09.2020", "30.09.2020", 422}, {"", "", 422}};
    for (const auto& [last, first, status] : table)
        EXPECT_EQ(post("/stellen/officer/uebergabe", {{"last_day", last}, {"first_day", first}, {"note", "Schlüssel liegt bereit."}}).status, status)
            << last;
    EXPECT_EQ(post("/stellen/officer/uebergabe", {{"last_day", "30.09.2020"}, {"first_day", "01.10.2020"}}).status, 303);
    EXPECT_TRUE(has(get("/stellen/officer"), "Bericht schreiben"));
    EXPECT_EQ(heard_.back(), "officer 2020-10-01 …");
    EXPECT_EQ(heard_[heard_.size() - 2], "officer 2018-01-01 2020-09-30");
}

TEST_P(OfficeSite, ATaskThatCountsGivesTheTermsTheirSecondMeaningAndTakesItAgain) {
    post("/stellen", office());
    hold("01.01.2018");
    heard_.clear();
    EXPECT_EQ(post("/stellen/officer/aufgaben", {{"task", "Geschäftsstelle des Beirats"}, {"statement", "5.3.1-d"}, {"counts_as", "council-office"}})
                  .status,
              303);
    EXPECT_EQ(heard_.size(), 1u);
    EXPECT_TRUE(has(get("/stellen/officer"), "href=\"/konzept/probe/ziffer/5.3.1#s-5.3.1-d\""));
    EXPECT_EQ(remove("/stellen/officer/aufgaben/1").status, 303);
    EXPECT_EQ(heard_.size(), 2u) << "the evidence is kept anew";
    EXPECT_EQ(remove("/stellen/officer/aufgaben/1").status, 404);
}

TEST_P(OfficeSite, ATaskComesFromAStatementThatIsThere) {
    post("/stellen", office());
    EXPECT_TRUE(has(post("/stellen/officer/aufgaben", {{"task", "Geschäftsstelle"}, {"statement", "5.3.1-x"}}),
                    "Das Konzept hat keine Aussage „5.3.1-x“. Unter Ziffer 5.3.1 gibt es: 5.3.1-d, 5.3.1-e"));
    const std::string tasks = "office;title_de;plan;statement\nofficer;Geschäftsstelle;probe;5.3.1-x\nofficer;Anderes;falsch;5.3.1-d\n";
    const auto looked = upload("/stellen/einlesen", {{"table", "tasks"}}, "file", "a.csv", tasks);
    EXPECT_EQ(looked.status, 422);
    for (const auto* part : {"keine Aussage „5.3.1-x“", "D2", "kein Konzept „falsch“", "C3"}) EXPECT_TRUE(has(looked, part)) << part;
    EXPECT_EQ(post("/stellen/einlesen/uebernahme", {{"table", "tasks"}, {"content", tasks}}).status, 422);
    EXPECT_EQ(number("select count(*) as n from office_tasks"), 0);
}

TEST_P(OfficeSite, OnlyThoseWhoSteerChangeAnythingAndHoldersAreNotForTheStreet) {
    post("/stellen", office());
    hold("01.01.2018", "", "Probe Person");
    for (const auto role : {Role::anonymous, Role::reader, Role::unit_editor}) {
        as(role, "officer");
        for (const auto* path :
             {"/stellen/neu", "/stellen/officer/bearbeiten", "/stellen/officer/uebergabe", "/stellen/einlesen", "/stellen/tabelle/besetzungen.csv"})
            EXPECT_EQ(get(path).status, 404) << path;
        EXPECT_EQ(post("/stellen", office({{"key", "neue"}})).status, 404);
        EXPECT_EQ(post("/stellen/officer", office({{"version", "1"}})).status, 404);
        EXPECT_EQ(hold("01.01.2030").status, 404);
        EXPECT_EQ(remove("/stellen/officer/besetzung/1").status, 404);
        EXPECT_EQ(has(get("/stellen/officer"), "Probe Person"), role != Role::anonymous);
    }
}

TEST_P(OfficeSite, ATableIsLookedAtFirstAndExportEqualsImport) {
    const std::string offices =
        "key;kind;name_de;part_of;holders_at_most\nfachgebiet;unit;Fachgebiet;amt;\namt;unit;Amt;;\nofficer;office;Beauftragte;amt;2\n";
    const auto looked = upload("/stellen/einlesen", {{"table", "offices"}}, "file", "s.csv", offices);
    EXPECT_EQ(looked.status, 200);
    EXPECT_TRUE(has(looked, "Neu: 3"));
    for (const auto* row : {"A2", "Fachgebiet (fachgebiet)", "Beauftragte (officer)", ">neu<"}) EXPECT_TRUE(has(looked, row)) << row;
    EXPECT_EQ(number("select count(*) as n from bearers"), 0) << "looking changes nothing";
    EXPECT_EQ(post("/stellen/einlesen/uebernahme", {{"table", "offices"}, {"content", offices}}).status, 303);
    EXPECT_EQ(number("select count(*) as n from bearers where part_of_id is not null"), 2);
    const std::string terms = "office;from;until;holder\nofficer;01.01.2018;30.06.2018;\nofficer;01.07.2018;;Probe Person\n";
    EXPECT_EQ(post("/stellen/einlesen/uebernahme", {{"table", "terms"}, {"content", terms}}).status, 303);
    EXPECT_EQ(heard_.size(), 2u);
    const std::string tasks = "office;title_de;statement;counts_as\nofficer;Geschäftsstelle;5.3.1-d;council-office\n";
    EXPECT_EQ(post("/stellen/einlesen/uebernahme", {{"table", "tasks"}, {"content", tasks}}).status, 303);
    for (const auto& [table, file, rows] :
         {std::tuple("offices", "stellen", 3), std::tuple("terms", "besetzungen", 2), std::tuple("tasks", "aufgaben", 1)})
        for (const auto* type : {".csv", ".xlsx"}) {
            const auto exported = get(std::string("/stellen/tabelle/") + file + type);
            EXPECT_EQ(exported.status, 200);
            EXPECT_TRUE(has(upload("/stellen/einlesen", {{"table", table}}, "file", std::string("t") + type, exported.body),
                            "unverändert: " + std::to_string(rows)))
                << file << type;
        }
}
