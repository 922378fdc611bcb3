#include "measures/changes.h"

#include "measures/digest.h"
#include "tests/measures/pages_support.h"

using namespace measures;
using base::day;

namespace {

class Changes : public MeasureSite {
  protected:
    std::string published() {
        auto form = full_form();
        form.emplace_back("veroeffentlicht", "ja");
        const auto page = post("/massnahmen", form).headers.get("Location");
        EXPECT_EQ(post(page + "/schritte", {{"schritt", "clarify"}}).status, 303);
        return page;
    }
    std::vector<std::pair<std::string, std::string>> mails() {
        return database()
            .read([](db::Connection& c) {
                return c.query<std::pair<std::string, std::string>>(
                    "select recipient, body_text from mail_outbox order by id", {},
                    [](const db::Row& row) { return std::pair(row.text("recipient"), row.text("body_text")); });
            })
            .value();
    }
    int send(base::Day today) {
        const auto sent = database().write([&](db::Connection& c) { return send_digests(c, today, base::berlin_start_of(today)); });
        EXPECT_TRUE(sent) << base::describe(sent.error());
        return sent.value_or(-1);
    }
    static std::string link_in(const std::string& text, const std::string& path) { return text.substr(text.find(path), path.size() + 43); }
};
MITEINANDER_ON_BOTH_ENGINES(Changes);

}  // namespace

TEST_P(Changes, ShowsWhatHappenedSinceADay) {
    const auto page = published();
    propose();  // internal
    ASSERT_EQ(post("/massnahmen/M-2020-002/schritte", {{"schritt", "reject"}, {"grund", "doppelt"}}).status, 303);
    ASSERT_EQ(post(page + "/notizen", {{"notiztext", "Ab Oktober auch abends."}, {"art", "oeffentlich"}}).status, 303);
    ASSERT_EQ(post(page + "/berichte", {{"text", "Intern gesagt."}, {"einschaetzung", "delayed"}}).status, 303);
    for (const auto* part : {"wird geklärt", "wurde abgelehnt", "Ab Oktober auch abends.", "Intern gesagt."})
        EXPECT_TRUE(has(get("/massnahmen/aenderungen").body, part)) << part;
    EXPECT_TRUE(has(get("/massnahmen/aenderungen?seit=01.10.2020").body, "Nichts hat sich geändert."));
    EXPECT_EQ(get("/massnahmen/aenderungen?seit=irgendwann").status, 200);
    as("");
    const auto seen = get("/massnahmen/aenderungen").body;
    EXPECT_TRUE(has(seen, "Ab Oktober auch abends."));
    EXPECT_FALSE(has(seen, "Intern gesagt."));
    EXPECT_FALSE(has(seen, "M-2020-002"));
}

TEST_P(Changes, FeedsAreForEverybodyAndSoHoldWhatIsPublished) {
    const auto page = published();
    ASSERT_EQ(post(page + "/meilensteine", {{"titel", "Auftakt, groß & bunt"}, {"faellig", "15.11.2020"}}).status, 303);
    propose();
    const auto feed = get("/massnahmen/aenderungen.atom");  // the officer's feed is the same: the reader program has no account
    EXPECT_EQ(feed.headers.get("Content-Type"), "application/atom+xml; charset=utf-8");
    EXPECT_TRUE(has(feed.body, "<id>urn:miteinander:M-2020-001:history-1</id>"));
    EXPECT_FALSE(has(feed.body, "M-2020-002"));
    const auto calendar = get("/massnahmen.ics");
    EXPECT_EQ(calendar.headers.get("Content-Type"), "text/calendar; charset=utf-8");
    EXPECT_TRUE(has(calendar.body, "DTSTART;VALUE=DATE:20201231"));
    EXPECT_TRUE(has(calendar.body, "Auftakt\\, groß & bunt"));
    EXPECT_FALSE(has(calendar.body, "M-2020-002"));
    EXPECT_FALSE(has(get("/massnahmen.ics?stelle=jugend").body, "BEGIN:VEVENT"));
}

TEST_P(Changes, ADigestIsConfirmedSentAndEnded) {
    published();  // on 30.09.
    as("");
    EXPECT_EQ(post("/massnahmen/abo", {{"mail", "keine Adresse"}}).status, 422);
    ASSERT_EQ(post("/massnahmen/abo", {{"mail", "leserin@example.org"}, {"abstand", "7"}}).status, 303);
    ASSERT_EQ(post("/massnahmen/abo", {{"mail", "leserin@example.org"}, {"abstand", "7"}}).status, 303) << "the same answer, whoever is known";
    ASSERT_EQ(mails().size(), 1u) << "one mail a day, however often somebody types the address";
    EXPECT_EQ(send(day(2020, 10, 7)), 0) << "not confirmed";
    const auto confirm = link_in(mails()[0].second, "/abo/");
    EXPECT_EQ(get(confirm).status, 200);
    EXPECT_EQ(get(confirm).status, 200) << "looking spends nothing";
    EXPECT_EQ(post(confirm, {}).status, 303);
    EXPECT_EQ(post(confirm, {}).status, 404) << "once";
    for (const auto& [on, sent] :
         {std::pair{day(2020, 10, 6), 0}, std::pair{day(2020, 10, 7), 1}, std::pair{day(2020, 10, 7), 0}, std::pair{day(2020, 10, 14), 0}})
        EXPECT_EQ(send(on), sent) << base::iso(on) << ": only when something changed";
    ASSERT_EQ(mails().size(), 2u);
    EXPECT_TRUE(has(mails()[1].second, "M-2020-001"));
    const auto end = link_in(mails()[1].second, "/abo/ende/");
    EXPECT_EQ(get(end).status, 200);
    EXPECT_EQ(post(end, {}).status, 303);
    const auto kept = database().read([](db::Connection& c) {
        return c.query_one<std::int64_t>("select count(*) as n from digest_subscriptions", {}, [](const db::Row& row) { return row.int64("n"); });
    });
    EXPECT_EQ(kept->value_or(-1), 0) << "the address is gone";
}

TEST_P(Changes, WhoDoesNotConfirmIsForgottenAfterAWeek) {
    as("");
    ASSERT_EQ(post("/massnahmen/abo", {{"mail", "leserin@example.org"}}).status, 303);
    const auto count = [&] {
        return database()
            .read([](db::Connection& c) {
                return c.query_one<std::int64_t>("select count(*) as n from digest_subscriptions", {},
                                                 [](const db::Row& row) { return row.int64("n"); });
            })
            ->value_or(-1);
    };
    send(day(2020, 10, 7));
    EXPECT_EQ(count(), 1) << "the seventh day";
    send(day(2020, 10, 8));
    EXPECT_EQ(count(), 0);
}
