#include "measures/commitment_store.h"
#include "measures/round_mail.h"
#include "network/offices.h"
#include "tests/measures/pages_support.h"

using namespace measures;
using base::day;

namespace {

class Rounds : public MeasureSite {
  protected:
    // An agreed measure of an office.
    std::string agreed(const char* office) {
        auto form = full_form();
        form[4].second = office;
        const auto page = post("/massnahmen", form).headers.get("Location");
        EXPECT_EQ(post(page + "/mittel", {{"art", "budget"}, {"haushaltsstelle", "3.1"}, {"jahr", "2020"}, {"geplant", "1"}}).status, 303);
        EXPECT_EQ(post(page + "/schritte", {{"schritt", "clarify"}}).status, 303);
        EXPECT_EQ(post(page + "/schritte", {{"schritt", "agree"}}).status, 303);
        return page;
    }
    struct Mail {
        std::string to, subject, text;
    };
    std::vector<Mail> outbox() {
        return database()
            .read([](db::Connection& c) {
                return c.query<Mail>("select recipient, subject, body_text from mail_outbox order by id", {},
                                     [](const db::Row& row) { return Mail{row.text("recipient"), row.text("subject"), row.text("body_text")}; });
            })
            .value_or(std::vector<Mail>{});
    }
    // The way to the form, as it stands in a mail or on a page.
    static std::string link_in(const std::string& text, const std::string& path) {
        const auto at = text.find(path);
        EXPECT_NE(at, std::string::npos) << text;
        return at == std::string::npos ? path : text.substr(at, path.size() + 43);
    }
    Sent work_on(base::Day today) {
        const auto sent = database().write([&](db::Connection& c) -> base::Result<Sent> {
            TRY(const auto world, read_world(c, today));
            return remind_and_escalate(c, world, base::berlin_start_of(today));
        });
        EXPECT_TRUE(sent) << base::describe(sent.error());
        return sent.value_or(Sent{});
    }
    std::int64_t reports_in_the_ledger() {
        evidence::Search search;
        search.kind = "measures.status_reported";
        search.published_only = false;
        return database().read([&](db::Connection& c) { return evidence::search(c, search); })->total;
    }
    void contact(const char* office, const char* mail) {
        const auto kept = database().write([&](db::Connection& c) -> base::Result<void> {
            TRY(const auto bearer, network::bearer_by_key(c, office));
            return network::set_mailbox(c, bearer.value(), mail, {}, base::berlin_start_of(day(2020, 9, 30)));
        });
        ASSERT_TRUE(kept) << base::describe(kept.error());
    }
};
MITEINANDER_ON_BOTH_ENGINES(Rounds);

}  // namespace

TEST_P(Rounds, OneClickAsksEverybodyAndTheyAnswerWithoutAnAccount) {
    const auto first = agreed("soziales"), second = agreed("soziales"), third = agreed("jugend");
    propose();  // nobody answers for what is not agreed yet
    contact("soziales", "soziales@example.org");
    const auto made =
        post("/massnahmen/abfragen", {{"antwort_bis", "14.10.2020"}, {"erinnern", "7, 1"}, {"melden_nach", "7"}, {"hinweis", "Bitte kurz."}});
    ASSERT_EQ(made.status, 303) << made.body;
    const auto mails = outbox();
    ASSERT_EQ(mails.size(), 1u) << "one mail for an office, however many measures it answers for";
    EXPECT_EQ(mails[0].to, "soziales@example.org");
    EXPECT_FALSE(has(mails[0].subject, "/rueckmeldung/"));
    EXPECT_TRUE(has(mails[0].text, "M-2020-001"));
    EXPECT_TRUE(has(mails[0].text, "M-2020-002"));
    EXPECT_FALSE(has(mails[0].text, "M-2020-003")) << "that is another office's";
    EXPECT_TRUE(has(mails[0].text, "Bitte kurz."));

    as("");
    const auto form = link_in(mails[0].text, "/rueckmeldung/");
    const auto shown = get(form);
    EXPECT_EQ(shown.status, 200);
    EXPECT_TRUE(has(shown.body, "text-M-2020-001"));
    EXPECT_TRUE(has(shown.body, "text-M-2020-002"));
    EXPECT_EQ(get("/rueckmeldung/" + std::string(43, 'x')).status, 404);
    EXPECT_EQ(post(form, {{"text-M-2020-001", ""}}).status, 422) << "nothing was said";
    const auto refused =
        post(form, {{"text-M-2020-001", "Läuft."}, {"stand-M-2020-001", "01.10.2020"}, {"text-M-2020-002", "Auch."}, {"prozent-M-2020-002", "101"}});
    EXPECT_EQ(refused.status, 422) << "tomorrow, and more than everything";
    EXPECT_TRUE(has(refused.body, "Läuft."));
    EXPECT_EQ(reports_in_the_ledger(), 0) << "all or nothing";
    EXPECT_EQ(post(form, {{"text-M-2020-001", "Läuft."}, {"einschaetzung-M-2020-001", "delayed"}}).status, 303);
    EXPECT_EQ(get(form).status, 200) << "what is open stays open, and the link with it";
    EXPECT_FALSE(has(get(form).body, "text-M-2020-001"));
    EXPECT_FALSE(has(get(form).body, "prozent-M-2020-002")) << "a question with yes or no has no percent";
    EXPECT_EQ(post(form, {{"text-M-2020-002", "Erledigt."}, {"prozent-M-2020-002", "100"}}).status, 422);
    EXPECT_EQ(post(form, {{"text-M-2020-002", "Erledigt."}}).status, 200);
    EXPECT_EQ(get(form).status, 404) << "answered: the link is spent";
    EXPECT_EQ(reports_in_the_ledger(), 2);

    as("officer", identity::Role::integration_officer);
    EXPECT_TRUE(has(get(first).body, "Läuft."));
    const auto round = made.headers.get("Location");
    EXPECT_TRUE(has(get(round).body, "Beantwortet: 2 von 3"));
    EXPECT_TRUE(has(get(round).body, "keine Mailadresse bekannt"));
    // The office without an address is handed its link; a report on the ordinary way answers as well.
    const auto handed = post(round + "/link", {{"stelle", "jugend"}});
    EXPECT_EQ(handed.status, 200);
    EXPECT_EQ(get(link_in(handed.body, "/rueckmeldung/")).status, 200);
    as("jugend");
    EXPECT_EQ(post(third + "/berichte", {{"text", "Gut."}, {"einschaetzung", "on_track"}}).status, 303);
    EXPECT_TRUE(has(get(round).body, "Beantwortet: 3 von 3"));
    EXPECT_EQ(post(round + "/link", {{"stelle", "jugend"}}).status, 404);
    EXPECT_EQ(post("/massnahmen/abfragen", {{"antwort_bis", "14.10.2020"}, {"melden_nach", "7"}}).status, 404) << "the officer asks";
    as("");
    EXPECT_EQ(get(round).status, 404);
    EXPECT_EQ(get("/massnahmen/abfragen").status, 404);
}

TEST_P(Rounds, RemindsAndTellsTheHeadOnceEach) {
    agreed("soziales");
    const auto added = database().write([](db::Connection& c) -> base::Result<void> {
        TRY_VOID(c.execute(
            "insert into bearers (key, kind, name_de, part_of_id) select 'leitung', 'office', 'Leitung Soziales', id from bearers where key = 'soziales'"));
        return {};
    });
    ASSERT_TRUE(added) << base::describe(added.error());
    contact("soziales", "soziales@example.org");
    contact("leitung", "leitung@example.org");
    ASSERT_EQ(post("/massnahmen/abfragen", {{"antwort_bis", "14.10.2020"}, {"erinnern", "7, 1"}, {"melden_nach", "7"}}).status, 303);
    const std::tuple<base::Day, int, int> days[] = {
        {day(2020, 10, 6), 0, 0},  {day(2020, 10, 7), 1, 0},  {day(2020, 10, 7), 0, 0},  {day(2020, 10, 12), 0, 0}, {day(2020, 10, 13), 1, 0},
        {day(2020, 10, 14), 0, 0}, {day(2020, 10, 15), 0, 0}, {day(2020, 10, 20), 0, 0}, {day(2020, 10, 21), 0, 1}, {day(2020, 10, 22), 0, 0}};
    for (const auto& [on, reminders, escalations] : days) {
        const auto sent = work_on(on);
        EXPECT_EQ(sent.reminders, reminders) << base::iso(on);
        EXPECT_EQ(sent.escalations, escalations) << base::iso(on);
    }
    const auto mails = outbox();
    ASSERT_EQ(mails.size(), 4u);
    EXPECT_EQ(mails[3].to, "leitung@example.org");
    as("");
    EXPECT_EQ(get(link_in(mails[0].text, "/rueckmeldung/")).status, 200) << "the first mail's link is still good";
    EXPECT_EQ(post(link_in(mails[2].text, "/rueckmeldung/"), {{"text-M-2020-001", "Läuft."}}).status, 200);
    EXPECT_TRUE(has(get(link_in(mails[0].text, "/rueckmeldung/")).body, "Alles ist beantwortet"));
    EXPECT_EQ(work_on(day(2020, 12, 1)).escalations, 0);
}

TEST_P(Rounds, AReportOlderThanTheIntervalIsKeptAndProvesNothing) {
    const auto page = agreed("soziales");  // every 180 days
    contact("soziales", "soziales@example.org");
    for (const auto& [as_of, proofs] : {std::pair{"03.04.2020", 1}, std::pair{"02.04.2020", 1}}) {  // 180 and 181 days before
        ASSERT_EQ(post("/massnahmen/abfragen", {{"antwort_bis", "14.10.2020"}, {"melden_nach", "7"}}).status, 303);
        const auto form = link_in(outbox().back().text, "/rueckmeldung/");
        as("");
        EXPECT_EQ(post(form, {{"text-M-2020-001", std::string("Stand ") + as_of}, {"stand-M-2020-001", as_of}}).status, 200);
        as("officer", identity::Role::integration_officer);
        EXPECT_EQ(reports_in_the_ledger(), proofs) << as_of;
        EXPECT_TRUE(has(get(page).body, std::string("Stand ") + as_of));
    }
}

TEST_P(Rounds, DeadlinesOnBothSidesOfTheirLimits) {
    EXPECT_EQ(post("/massnahmen/abfragen", {{"antwort_bis", "14.10.2020"}, {"melden_nach", "7"}}).status, 422) << "nobody to ask";
    agreed("soziales");
    for (const auto& [until, status] : {std::pair{"30.09.2020", 422}, std::pair{"01.10.2020", 303}, std::pair{"31.09.2020", 422}})
        EXPECT_EQ(post("/massnahmen/abfragen", {{"antwort_bis", until}, {"melden_nach", "1"}}).status, status) << until;
    for (const auto& [days, status] : {std::pair{"0", 422}, std::pair{"365", 303}, std::pair{"366", 422}})
        EXPECT_EQ(post("/massnahmen/abfragen", {{"antwort_bis", "14.10.2020"}, {"melden_nach", days}}).status, status) << days;
    EXPECT_EQ(post("/massnahmen/abfragen", {{"antwort_bis", "14.10.2020"}, {"melden_nach", "7"}, {"erinnern", "bald"}}).status, 422);
}

TEST_P(Rounds, APartnerIsInvitedOnceAndMayBeReminded) {
    ASSERT_EQ(post("/massnahmen/zusagen", {{"partner", "verein"}, {"mail", "verein@example.org"}, {"sprache", "en"}}).status, 303);
    const auto waiting = [&] { return database().read([](db::Connection& c) { return measures::invitations(c); })->size(); };
    const auto twice = post("/massnahmen/zusagen", {{"partner", "verein"}, {"mail", "verein@example.org"}, {"sprache", "de"}});
    EXPECT_EQ(twice.status, 422);
    EXPECT_TRUE(has(twice.body, "schon am 30.09.2020 eingeladen, mit einer Mail an verein@example.org, und hat noch nichts geschrieben"))
        << twice.body;
    EXPECT_TRUE(has(twice.body, "href=\"#einladung-1\"") && has(twice.body, "id=\"einladung-1\""));
    EXPECT_TRUE(has(twice.body, "href=\"/massnahmen/zusagen?erneut=verein#h-einl\""));
    EXPECT_EQ(waiting(), 1u);
    EXPECT_EQ(outbox().size(), 1u);
    // Sent again the address may be mended; without one the link is handed over.
    const auto offered = get("/massnahmen/zusagen?erneut=verein").body;
    EXPECT_TRUE(has(offered, "value=\"verein@example.org\"") && has(offered, "name=\"erneut\""));
    EXPECT_EQ(post("/massnahmen/zusagen", {{"partner", "verein"}, {"mail", "kein"}, {"sprache", "de"}, {"erneut", "ja"}}).status, 422);
    ASSERT_EQ(post("/massnahmen/zusagen", {{"partner", "verein"}, {"mail", "buero@example.org"}, {"sprache", "de"}, {"erneut", "ja"}}).status, 303);
    ASSERT_EQ(outbox().size(), 2u);
    EXPECT_EQ(outbox().at(1).to, "buero@example.org");
    EXPECT_EQ(get(link_in(outbox().at(0).text, "/zusage/")).status, 404) << "the address was wrong";
    EXPECT_EQ(get(link_in(outbox().at(1).text, "/zusage/")).status, 200);
    const auto handed = post("/massnahmen/zusagen", {{"partner", "verein"}, {"mail", ""}, {"erneut", "ja"}});
    EXPECT_EQ(handed.status, 200);
    EXPECT_EQ(waiting(), 1u);
    EXPECT_TRUE(has(post("/massnahmen/zusagen", {{"partner", "verein"}, {"mail", ""}}).body, "mit einem übergebenen Link"));
    // Once something is written the partner may be invited to something else.
    as("");
    const auto form = link_in(handed.body, "/zusage/");
    EXPECT_FALSE(has(get("/massnahmen/zusagen?erneut=verein").body, "example.org"));
    ASSERT_EQ(post(form, {{"titel", "Sprachcafé"}, {"beschreibung", "Wir öffnen jede Woche."}}).status, 303);
    as("officer", identity::Role::integration_officer);
    EXPECT_EQ(post("/massnahmen/zusagen", {{"partner", "verein"}, {"mail", "verein@example.org"}}).status, 303);
    EXPECT_EQ(waiting(), 2u);
}

TEST_P(Rounds, AnInvitationWhoseLinkHasEndedStandsInNobodysWay) {
    for (const auto& [ago, waits] : {std::pair{729, true}, std::pair{730, false}}) {
        const auto found = database().write([&, days = ago](db::Connection& c) -> base::Result<bool> {
            TRY_VOID(c.execute("delete from commitment_invitations"));
            TRY_VOID(c.execute("insert into commitment_invitations (partner, mail, language, invited_on) values ('verein', '', 'de', :on)",
                               {{"on", base::plus_days(base::day(2020, 9, 30), -days)}}));
            TRY(const auto invitation, measures::waiting_invitation(c, "verein", base::day(2020, 9, 30)));
            return invitation.has_value();
        });
        ASSERT_TRUE(found) << base::describe(found.error());
        EXPECT_EQ(*found, waits) << ago;
    }
}

TEST_P(Rounds, APartnerWritesConfirmsAndWithdrawsItsCommitment) {
    EXPECT_EQ(post("/massnahmen/zusagen", {{"partner", "soziales"}, {"mail", "a@example.org"}}).status, 422)
        << "what belongs to the district is accountable";
    ASSERT_EQ(post("/massnahmen/zusagen", {{"partner", "verein"}, {"mail", "verein@example.org"}, {"sprache", "de"}}).status, 303);
    const auto form = link_in(outbox().at(0).text, "/zusage/");
    as("");
    EXPECT_EQ(get(form).status, 200);
    EXPECT_EQ(post(form + "/bestaetigung", {}).status, 404) << "nothing is written yet";
    EXPECT_EQ(post(form, {{"titel", ""}, {"beschreibung", "Wir helfen."}}).status, 422);
    EXPECT_EQ(
        post(form, {{"titel", "Sprachcafé"}, {"beschreibung", "Wir öffnen jede Woche."}, {"beginn", "01.10.2020"}, {"ende", "30.09.2020"}}).status,
        422);
    ASSERT_EQ(post(form, {{"titel", "Sprachcafé"}, {"beschreibung", "Wir öffnen jede Woche."}}).status, 303);
    ASSERT_EQ(post(form + "/bestaetigung", {}).status, 303);
    const auto state = [&] { return database().read([](db::Connection& c) { return measures::find(c, "M-2020-001"); })->measure.commitment; };
    EXPECT_EQ(state(), CommitmentState::confirmed);
    ASSERT_EQ(post(form, {{"titel", "Sprachcafé"}, {"beschreibung", "Wir öffnen jeden Monat."}}).status, 303);
    EXPECT_EQ(state(), CommitmentState::offered) << "other words are confirmed again";
    ASSERT_EQ(post(form + "/bestaetigung", {}).status, 303);

    as("officer", identity::Role::integration_officer);
    auto assigned = full_form();
    assigned[2].second = "self_commitment";
    EXPECT_EQ(post("/massnahmen", assigned).status, 422) << "nobody else writes it";
    assigned[0].second = "2";
    EXPECT_EQ(post("/massnahmen/M-2020-001", {{"version", "2"}, {"titel", "Unsere Worte"}}).status, 422);
    EXPECT_EQ(post("/massnahmen/M-2020-001", {{"version", "2"}, {"art", "single"}}).status, 422) << "it does not become a measure of the district";
    EXPECT_EQ(post("/massnahmen/M-2020-001", {{"version", "2"}, {"veroeffentlicht", "ja"}}).status, 303);
    EXPECT_EQ(post("/massnahmen/M-2020-001/schritte", {{"schritt", "clarify"}}).status, 422);
    as("");
    EXPECT_TRUE(has(get("/massnahmen/zusagen").body, "Sprachcafé"));
    ASSERT_EQ(post(form + "/ruecknahme", {}).status, 303);
    EXPECT_EQ(state(), CommitmentState::withdrawn);
    EXPECT_FALSE(has(get("/massnahmen/zusagen").body, "Sprachcafé"));
    EXPECT_EQ(post(form + "/bestaetigung", {}).status, 409) << "withdrawn stays withdrawn";
    EXPECT_EQ(post(form, {{"titel", "Doch"}, {"beschreibung", "Doch wieder."}}).status, 409);
}
