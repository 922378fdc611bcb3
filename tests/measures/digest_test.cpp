// What changed, by mail: what stands in one, what does not, and how it ends. Asking and confirming through the pages is in changes_test.cpp.
#include "measures/digest.h"

#include "measures/part_store.h"
#include "tests/measures/pages_support.h"

using namespace measures;
using base::day;

namespace {

struct Sent {
    std::string to, subject, text, unsubscribe;
};

class Digests : public MeasureSite {
  protected:
    void SetUp() override {
        MeasureSite::SetUp();
        auto form = full_form();
        form.emplace_back("veroeffentlicht", "ja");
        ASSERT_EQ(post("/massnahmen", form).headers.get("Location"), "/massnahmen/M-2020-001");
        ASSERT_EQ(propose(), "/massnahmen/M-2020-002");  // internal
    }
    By on(base::Day today) const {
        By by;
        by.office = "soziales";
        by.today = today;
        by.now = base::berlin_start_of(today);
        return by;
    }
    template <class Work>
    void write(Work work) {
        const auto done = database().write([&](db::Connection& c) -> base::Result<void> {
            TRY_VOID(work(c));
            return {};
        });
        ASSERT_TRUE(done) << base::describe(done.error());
    }
    void report(const char* measure, base::Day entered, const std::string& text, bool published = true, std::optional<base::Day> given = {}) {
        StatusReport r;
        r.given_on = given.value_or(entered);
        r.text = text;
        r.published = published;
        write([&](db::Connection& c) { return add_report(c, measure, r, on(entered)); });
    }
    std::string ask(base::Day today, int every_days = 7, i18n::Language language = i18n::Language::de,
                    const std::string& mail = "leserin@example.org") {
        write([&](db::Connection& c) { return ask_for_digest(c, mail, language, every_days, today, base::berlin_start_of(today)); });
        return link_in(mails().back().text, "/abo/");
    }
    bool confirm(const std::string& link, base::Day today) {
        const auto done = database().write([&](db::Connection& c) { return confirm_digest(c, link, today, base::berlin_start_of(today)); });
        return done.has_value();
    }
    int send(base::Day today) {
        const auto sent = database().write([&](db::Connection& c) { return send_digests(c, today, base::berlin_start_of(today)); });
        EXPECT_TRUE(sent) << base::describe(sent.error());
        return sent.value_or(-1);
    }
    std::vector<Sent> mails() {
        return database()
            .read([](db::Connection& c) {
                return c.query<Sent>("select recipient, subject, body_text, unsubscribe from mail_outbox order by id", {}, [](const db::Row& row) {
                    return Sent{row.text("recipient"), row.text("subject"), row.text("body_text"), row.text("unsubscribe")};
                });
            })
            .value();
    }
    std::int64_t subscriptions() {
        return database()
            .read([](db::Connection& c) {
                return c.query_one<std::int64_t>("select count(*) as n from digest_subscriptions", {},
                                                 [](const db::Row& row) { return row.int64("n"); });
            })
            ->value_or(-1);
    }
    static std::string link_in(const std::string& text, const std::string& path) { return text.substr(text.find(path) + path.size(), 43); }
};
MITEINANDER_ON_BOTH_ENGINES(Digests);

}  // namespace

TEST_P(Digests, TellEverythingOnceFromTheDayOfTheLastOneUpToYesterday) {
    report("M-2020-001", day(2020, 9, 29), "Vor der Bestellung.");
    ASSERT_TRUE(confirm(ask(day(2020, 9, 30)), day(2020, 9, 30)));
    report("M-2020-001", day(2020, 9, 30), "Am Tag der Bestellung.");
    report("M-2020-001", day(2020, 10, 6), "Am Tag vor der Mail.");
    report("M-2020-001", day(2020, 10, 7), "Am Tag der Mail.");
    EXPECT_EQ(send(day(2020, 10, 6)), 0) << "the sixth day";
    EXPECT_EQ(send(day(2020, 10, 7)), 1) << "the seventh";
    EXPECT_EQ(send(day(2020, 10, 7)), 0) << "once";
    const auto first = mails().back();
    EXPECT_EQ(first.to, "leserin@example.org");
    EXPECT_TRUE(has(first.text, "30.09.2020  M-2020-001"));
    EXPECT_TRUE(has(first.text, "06.10.2020  M-2020-001"));
    EXPECT_FALSE(has(first.text, "07.10.2020  M-2020-001")) << "today is not over yet";
    EXPECT_FALSE(has(first.text, "29.09.2020  M-2020-001"));
    EXPECT_EQ(send(day(2020, 10, 14)), 1);
    const auto second = mails().back();
    EXPECT_TRUE(has(second.text, "07.10.2020  M-2020-001"));
    EXPECT_FALSE(has(second.text, "06.10.2020  M-2020-001")) << "nothing twice";
    const auto so_far = mails().size();
    EXPECT_EQ(send(day(2020, 10, 21)), 0) << "nothing changed, so nothing is sent";
    EXPECT_EQ(mails().size(), so_far);
    // Whoever got none for want of news hears of the next, whenever that is.
    report("M-2020-001", day(2020, 10, 27), "Nach einer Pause.");
    EXPECT_EQ(send(day(2020, 10, 28)), 1);
    EXPECT_TRUE(has(mails().back().text, "27.10.2020  M-2020-001"));
}

TEST_P(Digests, TellOfAReportThatWasEnteredLate) {
    ASSERT_TRUE(confirm(ask(day(2020, 9, 30)), day(2020, 9, 30)));
    EXPECT_EQ(send(day(2020, 10, 7)), 0);
    report("M-2020-001", day(2020, 10, 8), "Stand vom September.", true, day(2020, 9, 20));
    EXPECT_EQ(send(day(2020, 10, 14)), 1);
    EXPECT_TRUE(has(mails().back().text, "08.10.2020  M-2020-001"));
}

TEST_P(Digests, HoldOnlyWhatEverybodyMayRead) {
    ASSERT_TRUE(confirm(ask(day(2020, 9, 30)), day(2020, 9, 30)));
    report("M-2020-001", day(2020, 10, 2), "Nur für uns.", false);
    report("M-2020-002", day(2020, 10, 2), "Von einer internen Maßnahme.");
    write([&](db::Connection& c) { return add_note(c, "M-2020-001", {{}, {}, {}, "Besprochen.", false}, on(day(2020, 10, 3))); });
    EXPECT_EQ(send(day(2020, 10, 7)), 0) << "internal changes are no news";
    write([&](db::Connection& c) { return add_note(c, "M-2020-001", {{}, {}, {}, "Ab Oktober auch abends.", true}, on(day(2020, 10, 8))); });
    Step step;
    step.move = Move::reject;
    step.reason = "Interner Grund";
    World world;
    world.today = day(2020, 10, 9);
    write([&](db::Connection& c) { return take_step(c, "M-2020-001", step, world, on(day(2020, 10, 9))); });
    ASSERT_EQ(send(day(2020, 10, 14)), 1);
    const auto text = mails().back().text;
    EXPECT_TRUE(has(text, "08.10.2020  M-2020-001"));
    EXPECT_TRUE(has(text, "09.10.2020  M-2020-001"));
    for (const auto* hidden : {"Nur für uns", "M-2020-002", "Besprochen", "Interner Grund"}) EXPECT_FALSE(has(text, hidden)) << hidden;
}

TEST_P(Digests, ComeInTheLanguageAndTheIntervalThatWereAskedFor) {
    ASSERT_TRUE(confirm(ask(day(2020, 9, 30), 30, i18n::Language::en, "reader@example.org"), day(2020, 9, 30)));
    report("M-2020-001", day(2020, 10, 2), "Läuft.");
    EXPECT_EQ(send(day(2020, 10, 29)), 0) << "the 29th day";
    EXPECT_EQ(send(day(2020, 10, 30)), 1) << "the 30th";
    EXPECT_TRUE(has(mails().back().subject, "What changed"));
}

TEST_P(Digests, EndByOneClick) {
    ASSERT_TRUE(confirm(ask(day(2020, 9, 24)), day(2020, 9, 24)));
    report("M-2020-001", day(2020, 9, 28), "Läuft.");
    ASSERT_EQ(send(day(2020, 10, 1)), 1);
    const auto mail = mails().back();
    ASSERT_FALSE(mail.unsubscribe.empty()) << "a mail program shows its own button";
    EXPECT_TRUE(has(mail.text, mail.unsubscribe));
    const auto link = "/abo/ende/" + link_in(mail.unsubscribe, "/abo/ende/");
    as("");
    auto request = request_to(http::Method::post, link, {{"List-Unsubscribe", "One-Click"}});
    EXPECT_TRUE(is_one_click(request));
    EXPECT_FALSE(is_one_click(request_to(http::Method::post, link, {})));
    EXPECT_FALSE(is_one_click(request_to(http::Method::get, link, {{"List-Unsubscribe", "One-Click"}})));
    EXPECT_FALSE(is_one_click(request_to(http::Method::post, "/massnahmen", {{"List-Unsubscribe", "One-Click"}})));
    EXPECT_EQ(post(link, {{"List-Unsubscribe", "One-Click"}}).status, 204);
    EXPECT_EQ(subscriptions(), 0) << "the address is gone";
    EXPECT_EQ(post(link, {{"List-Unsubscribe", "One-Click"}}).status, 404) << "there is nothing left to end";
    report("M-2020-001", day(2020, 10, 2), "Läuft weiter.");
    EXPECT_EQ(send(day(2020, 10, 9)), 0);
}

TEST_P(Digests, AreNotBegunAgainByAnOlderLink) {
    const auto first = ask(day(2020, 9, 30)), second = ask(day(2020, 10, 1));
    ASSERT_NE(first, second);
    ASSERT_TRUE(confirm(first, day(2020, 10, 1)));
    report("M-2020-001", day(2020, 10, 1), "Läuft.");
    ASSERT_EQ(send(day(2020, 10, 8)), 1);
    const auto end = link_in(mails().back().unsubscribe, "/abo/ende/");
    write([&](db::Connection& c) { return end_digest(c, end, base::berlin_start_of(day(2020, 10, 8))); });
    EXPECT_FALSE(confirm(second, day(2020, 10, 8))) << "it does not say it is confirmed when it is not";
    EXPECT_EQ(subscriptions(), 0);
}

TEST_P(Digests, GoToAnAddressOnceHoweverItIsWritten) {
    const auto first = ask(day(2020, 9, 30), 7, i18n::Language::de, "Leserin@Example.org");
    const auto second = ask(day(2020, 10, 1), 30, i18n::Language::de, "leserin@example.ORG");
    EXPECT_EQ(subscriptions(), 1);
    ASSERT_TRUE(confirm(first, day(2020, 10, 1)));
    ASSERT_TRUE(confirm(second, day(2020, 10, 1))) << "asked for again, it comes as often as it was asked for last";
    EXPECT_EQ(subscriptions(), 1);
    report("M-2020-001", day(2020, 10, 1), "Läuft.");
    EXPECT_EQ(send(day(2020, 10, 8)), 0);
    EXPECT_EQ(send(day(2020, 10, 31)), 1);
    EXPECT_EQ(mails().back().to, "Leserin@Example.org") << "written to as it was typed";
    const auto twin = database().write([](db::Connection& c) {
        return c.execute(
            "insert into digest_subscriptions (mail, language, every_days, asked_on) values ('LESERIN@example.org', 'de', 7, '2020-10-01')", {});
    });
    EXPECT_FALSE(twin) << "the schema keeps the rule, too";
}

TEST_P(Digests, SayWhenMoreChangedThanTheyHold) {
    ASSERT_TRUE(confirm(ask(day(2020, 9, 30)), day(2020, 9, 30)));
    for (int n = 0; n < most_digest_changes; ++n) report("M-2020-001", day(2020, 10, 1), "Läuft.");
    ASSERT_EQ(send(day(2020, 10, 7)), 1);
    EXPECT_FALSE(has(mails().back().text, "/massnahmen/aenderungen?seit=")) << "exactly as many as fit";
    for (int n = 0; n <= most_digest_changes; ++n) report("M-2020-001", day(2020, 10, 8), "Läuft.");
    ASSERT_EQ(send(day(2020, 10, 14)), 1);
    EXPECT_TRUE(has(mails().back().text, "/massnahmen/aenderungen?seit=2020-10-07"));
}
