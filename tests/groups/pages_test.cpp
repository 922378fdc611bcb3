#include "groups/pages.h"

#include "tests/platform/web/support/pages_on_both_engines.h"

using namespace web::testing;
using identity::Role;

namespace {

class GroupPages : public PagesOnBothEngines {
  protected:
    void SetUp() override {
        PagesOnBothEngines::SetUp();
        bearer("landkreis", "body", "Landkreis");
        bearer("coordinator", "office", "Bildungskoordination");
        bearer("jugend", "unit", "Fachbereich Jugend");
        write([](db::Connection& c) -> base::Result<void> {
            for (const auto* key : {"jobcenter", "sportbund"})
                TRY_VOID(c.execute("insert into organisations (key, kind, name_de, search, sort_key) values (:key, 'association', :key, :key, :key)",
                                   {{"key", key}}));
            TRY_VOID(c.execute("insert into organisation_names (organisation_id, from_on, name_de) select id, :from, name_de from organisations",
                               {{"from", base::day(1000, 1, 1)}}));
            return {};
        });
        groups::mount(router(), site(), database(), {});
        officer();
    }
    static Form group(const Form& other = {}) {
        Form form{{"key", "nimm"},         {"kind", "network"}, {"title_de", "Netzwerk"},  {"bearer", "landkreis"},
                  {"lead", "coordinator"}, {"published", "ja"}, {"evidence_group", "nimm"}};
        for (const auto& [name, value] : other) {
            std::erase_if(form, [&](const auto& f) { return f.first == name; });
            form.emplace_back(name, value);
        }
        return form;
    }
    void found_the_network() {
        ASSERT_EQ(post("/netzwerke", group()).status, 303);
        ASSERT_EQ(post("/netzwerke/nimm/sitze", {{"seat_key", "jobcenter"}, {"seat_title", "Jobcenter"}, {"basis", "agreement"}}).status, 303);
    }
    http::Response sit(const std::string& from, const std::string& until = "", const Form& more = {}) {
        Form form{{"seat", "jobcenter"}, {"organisation", "jobcenter"}, {"from", from}, {"until", until}};
        form.insert(form.end(), more.begin(), more.end());
        return post("/netzwerke/nimm/besetzung", form);
    }
    static Form meeting(const Form& other = {}) {
        Form form{
            {"on", "30.09.2020"}, {"state", "held"}, {"title_de", "Herbsttreffen"}, {"minutes", "Vertraulich besprochen."}, {"published", "ja"}};
        for (const auto& [name, value] : other) {
            std::erase_if(form, [&](const auto& f) { return f.first == name; });
            form.emplace_back(name, value);
        }
        return form;
    }
    std::int64_t standing() { return number("select count(*) as n from evidence where id not in (select evidence_id from evidence_withdrawals)"); }
};
MITEINANDER_ON_BOTH_ENGINES(GroupPages);

}  // namespace

TEST_P(GroupPages, AGroupIsKeptAndEveryMistakeToldAtOnce) {
    const auto refused = post("/netzwerke", {{"key", "Netz Werk"}, {"kind", "sekte"}, {"from", "30.02.2020"}, {"purpose_de", "Wir reden."}});
    EXPECT_EQ(refused.status, 422);
    for (const auto* field : {"title_de", "from", "Wir reden.", "Netz Werk"}) EXPECT_TRUE(has(refused, field)) << field;
    found_the_network();
    EXPECT_EQ(post("/netzwerke", group({{"title_de", "Zweites"}})).status, 422) << "the short name is taken";
    EXPECT_EQ(post("/netzwerke/nimm", group({{"version", "1"}, {"from", "01.01.2020"}, {"until", "31.12.2019"}})).status, 422);
    EXPECT_TRUE(has(get("/netzwerke"), "0 von 1"));
}

TEST_P(GroupPages, WhoSavesLaterSeesThatSomebodyWasFirst) {
    found_the_network();
    EXPECT_EQ(post("/netzwerke/nimm", group({{"version", "1"}, {"title_de", "Erster Name"}})).status, 303);
    const auto late = post("/netzwerke/nimm", group({{"version", "1"}, {"title_de", "Zweiter Name"}}));
    EXPECT_EQ(late.status, 409);
    EXPECT_TRUE(has(late, "Zweiter Name"));
    EXPECT_TRUE(has(late, "name=\"version\" value=\"2\""));
    EXPECT_EQ(post("/netzwerke/nimm", group({{"version", "2"}, {"title_de", "Zweiter Name"}})).status, 303);

    const auto page = post("/netzwerke/nimm/treffen", meeting()).headers.get("Location");
    EXPECT_EQ(post(page, meeting({{"version", "1"}, {"place", "Ellrich"}})).status, 303);
    EXPECT_EQ(post(page, meeting({{"version", "1"}, {"place", "Bleicherode"}})).status, 409);
    EXPECT_TRUE(has(get(page), "Ellrich"));
}

TEST_P(GroupPages, TermsOnASeatDoNotOverlapOnTheirBorderDay) {
    found_the_network();
    const std::tuple<const char*, const char*, int> table[] = {{"01.01.2018", "30.06.2018", 303}, {"30.06.2018", "31.12.2018", 422},
                                                               {"01.07.2018", "30.06.2018", 422}, {"01.07.2018", "", 303},
                                                               {"01.01.2021", "", 422},           {"", "", 422}};
    for (const auto& [from, until, status] : table) EXPECT_EQ(sit(from, until).status, status) << from << " " << until;
    EXPECT_EQ(standing(), 2);
    EXPECT_EQ(post("/netzwerke/nimm/besetzung", {{"seat", "jobcenter"}, {"from", "01.01.2030"}}).status, 422) << "by whom?";
    EXPECT_EQ(post("/netzwerke/nimm/besetzung", {{"seat", "gibtesnicht"}, {"organisation", "jobcenter"}, {"from", "01.01.2030"}}).status, 422);
    const auto open = std::to_string(number("select id as n from seat_terms where until_on is null"));
    EXPECT_EQ(post("/netzwerke/nimm/besetzung/" + open + "/ende", {{"until", "30.06.2018"}}).status, 422) << "before it began";
    EXPECT_EQ(post("/netzwerke/nimm/besetzung/" + open + "/ende", {{"until", "30.09.2020"}}).status, 303);
    EXPECT_EQ(post("/netzwerke/nimm/besetzung/999/ende", {{"until", "30.09.2020"}}).status, 422);
    // The earlier term is not prolonged into the later one.
    const auto first = std::to_string(number("select min(id) as n from seat_terms"));
    EXPECT_EQ(post("/netzwerke/nimm/besetzung/" + first + "/ende", {{"until", "01.07.2018"}}).status, 422);
    EXPECT_EQ(post("/netzwerke/nimm/besetzung/" + first + "/ende", {{"until", "29.06.2018"}}).status, 303);
    EXPECT_EQ(remove("/netzwerke/nimm/besetzung/" + open).status, 303);
    EXPECT_EQ(standing(), 1) << "what is withdrawn proves nothing";
}

TEST_P(GroupPages, WhatIsRefusedStandsInItsFormAgainWithEveryMistake) {
    found_the_network();
    ASSERT_EQ(sit("01.01.2020", "31.12.2020").status, 303);
    ASSERT_EQ(post("/netzwerke/nimm/einladungen", {{"invited", "sportbund"}, {"sent_on", "01.09.2020"}}).status, 303);
    ASSERT_EQ(post("/netzwerke/nimm/treffen", meeting()).status, 303);
    struct Case {
        const char* path;
        Form typed;
        std::vector<std::string> wrong;
    };
    const Case table[] = {
        {"/besetzung",
         {{"from", "31.02.2021"}, {"until", "bald"}, {"representative", "Frau Beispiel"}, {"note", "mündlich"}},
         {"seat", "from", "until"}},
        {"/besetzung",
         {{"from", "31.12.2020"}, {"until", "30.12.2020"}, {"seat", "jobcenter"}, {"note", "mündlich"}},
         {"from", "until", "organisation"}},
        {"/besetzung/1/ende", {{"until", "31.12.2019"}}, {"until"}},
        {"/sitze", {{"seat_key", "Job Center"}, {"seat_title", "Zweiter Sitz"}}, {"seat_key", "basis"}},
        {"/einladungen", {{"sent_on", "01.10.2020"}, {"invitation_note", "per Post"}}, {"invited", "sent_on"}},
        {"/einladungen/1/antwort", {{"answered_on", "nie"}}, {"answer", "answered_on"}},
        {"/mittel", {{"given", ""}, {"given_on", "30.2."}, {"amount", "viel"}}, {"given", "given_on", "amount"}},
        {"/treffen/1/aufgaben", {{"task", ""}, {"due", "demnächst"}}, {"task", "due"}},
    };
    for (const auto& one : table) {
        SCOPED_TRACE(one.path);
        const auto refused = post(std::string("/netzwerke/nimm") + one.path, one.typed);
        expect_refused(refused, one.typed, one.wrong);
        EXPECT_TRUE(has(refused, "<details open>") || has(one.path, "aufgaben"));
    }
    EXPECT_EQ(number("select count(*) as n from seat_terms"), 1);
    EXPECT_EQ(number("select count(*) as n from group_seats"), 1);
    EXPECT_EQ(number("select count(*) as n from meeting_tasks"), 0);
}

TEST_P(GroupPages, TheGapsNameTheDaysNobodySat) {
    found_the_network();
    sit("01.01.2020", "31.08.2020");
    const auto page = get("/netzwerke/nimm/luecken");
    EXPECT_TRUE(has(page, "3/2020"));
    EXPECT_TRUE(has(page, "30 ")) << "September: thirty days";
    EXPECT_EQ(get("/netzwerke/keins/luecken").status, 404);
}

TEST_P(GroupPages, InvitationsAreSentOnceAndAnsweredAfterwards) {
    found_the_network();
    EXPECT_EQ(post("/netzwerke/nimm/einladungen", {{"invited", "sportbund"}, {"sent_on", "01.10.2020"}}).status, 422) << "not yet";
    EXPECT_EQ(post("/netzwerke/nimm/einladungen", {{"invited", ""}, {"sent_on", "01.09.2020"}}).status, 422);
    EXPECT_EQ(post("/netzwerke/nimm/einladungen", {{"invited", "sportbund"}, {"sent_on", "01.09.2020"}}).status, 303);
    EXPECT_EQ(post("/netzwerke/nimm/einladungen", {{"invited", "sportbund"}, {"sent_on", "02.09.2020"}}).status, 422) << "invited already";
    EXPECT_EQ(post("/netzwerke/nimm/einladungen/1/antwort", {{"answer", "vielleicht"}, {"answered_on", "05.09.2020"}}).status, 422);
    EXPECT_EQ(post("/netzwerke/nimm/einladungen/1/antwort", {{"answer", "accepted"}, {"answered_on", "05.09.2020"}}).status, 303);
    EXPECT_TRUE(has(get("/netzwerke/nimm"), "sportbund"));
    EXPECT_EQ(remove("/netzwerke/nimm/einladungen/1").status, 303);
}

TEST_P(GroupPages, OnlyAMeetingThatWasHeldCountsAndOnlyOnce) {
    found_the_network();
    EXPECT_EQ(post("/netzwerke/nimm/treffen", meeting({{"on", "01.10.2020"}})).status, 422) << "held tomorrow";
    const auto page = post("/netzwerke/nimm/treffen", meeting({{"state", "planned"}})).headers.get("Location");
    EXPECT_EQ(standing(), 0);
    EXPECT_EQ(post(page, meeting({{"version", "1"}, {"present", "jobcenter"}})).status, 303);
    EXPECT_EQ(standing(), 1);
    EXPECT_TRUE(has(get(page), "jobcenter"));
    EXPECT_EQ(post(page + "/aufgaben", {{"task", ""}, {"due", "31.12.2020"}}).status, 422);
    EXPECT_EQ(post(page + "/aufgaben", {{"task", "Flyer drucken"}, {"bearer", "jugend"}, {"due", "31.12.2020"}}).status, 303);
    EXPECT_EQ(post(page + "/aufgaben/1").status, 303);
    EXPECT_EQ(post(page, meeting({{"version", "2"}, {"state", "cancelled"}})).status, 303);
    EXPECT_EQ(standing(), 0);
    EXPECT_EQ(remove(page).status, 303);
    EXPECT_EQ(get(page).status, 404);
}

TEST_P(GroupPages, AnAgendaIsAListOfItsLines) {
    found_the_network();
    const auto page = post("/netzwerke/nimm/treffen", meeting({{"agenda", "Begrüßung\r\n\r\nStand der <Ziele>"}})).headers.get("Location");
    EXPECT_TRUE(has(get(page), "<ol><li>Begrüßung</li><li>Stand der &lt;Ziele&gt;</li></ol>"));
}

TEST_P(GroupPages, WhatTheNetworkWasGivenIsAnAmount) {
    found_the_network();
    const std::pair<const char*, int> table[] = {{"1.200,50", 303}, {"", 303}, {"viel", 422}, {"-1", 422}};
    for (const auto& [amount, status] : table)
        EXPECT_EQ(post("/netzwerke/nimm/mittel", {{"given_on", "01.03.2020"}, {"given", "Raummiete"}, {"amount", amount}}).status, status) << amount;
    EXPECT_TRUE(has(get("/netzwerke/nimm"), "1.200,50"));
    EXPECT_EQ(remove("/netzwerke/nimm/mittel/1").status, 303);
    EXPECT_FALSE(has(get("/netzwerke/nimm"), "1.200,50"));
}

TEST_P(GroupPages, TheOfficeThatCoordinatesEditsAndOthersDoNot) {
    found_the_network();
    sit("01.01.2020", "", {{"representative", "Probe Person"}});
    const auto page = post("/netzwerke/nimm/treffen", meeting()).headers.get("Location");
    as(Role::unit_editor, "coordinator");
    EXPECT_EQ(get("/netzwerke/nimm/bearbeiten").status, 200);
    EXPECT_EQ(post("/netzwerke/nimm/treffen", meeting()).status, 303);
    EXPECT_EQ(post("/netzwerke/nimm", group({{"version", "1"}, {"lead", "jugend"}})).status, 303);
    EXPECT_EQ(text("select lead as t from network_groups"), "coordinator") << "who coordinates is decided by those who steer";
    EXPECT_EQ(get("/netzwerke/neu").status, 404);
    EXPECT_EQ(post("/netzwerke", group({{"key", "anderes"}})).status, 404);
    for (const auto& [role, office] : {std::pair(Role::unit_editor, "jugend"), std::pair(Role::reader, ""), std::pair(Role::anonymous, "")}) {
        as(role, office);
        for (const auto& path : {std::string("/netzwerke/nimm/bearbeiten"), std::string("/netzwerke/nimm/treffen/neu"), page + "/bearbeiten"})
            EXPECT_EQ(get(path).status, 404) << path;
        EXPECT_EQ(sit("01.01.2031").status, 404);
        EXPECT_EQ(post(page, meeting({{"version", "1"}})).status, 404);
        EXPECT_EQ(remove(page).status, 404);
    }
    nobody();
    EXPECT_FALSE(has(get("/netzwerke/nimm"), "Probe Person"));
    EXPECT_FALSE(has(get(page), "Vertraulich besprochen."));
    officer();
    EXPECT_TRUE(has(get(page), "Vertraulich besprochen."));
}

TEST_P(GroupPages, WhatIsHiddenIsNotThere) {
    Form hidden = group({{"key", "intern"}, {"title_de", "Interne Runde"}});
    std::erase_if(hidden, [](const auto& f) { return f.first == "published"; });
    EXPECT_EQ(post("/netzwerke", hidden).status, 303);
    nobody();
    EXPECT_EQ(get("/netzwerke/intern").status, 404);
    EXPECT_EQ(get("/netzwerke/intern/luecken").status, 404);
    EXPECT_FALSE(has(get("/netzwerke"), "Interne Runde"));
}
