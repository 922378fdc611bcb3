#include "platform/privacy/api.h"

#include <fstream>
#include <sstream>

#include "platform/audit/api.h"
#include "platform/identity/store.h"
#include "platform/links/api.h"
#include "platform/mail/store.h"
#include "tests/platform/db/support/engines.h"

class Privacy : public db::testing::OnBothEngines {
  protected:
    template <class Work>
    auto write(Work work) {
        return database().write(work);
    }
    identity::AccountId person() {
        const auto id = write([&](db::Connection& c) -> base::Result<identity::AccountId> {
            TRY(const auto made,
                identity::create_account(c, {.sign_in = "amt", .display_name = "Amt am Markt", .password_hash = "x", .email = "amt@kreis.example"},
                                         {}, now_));
            TRY_VOID(mail::queue(c, {.to = "amt@kreis.example", .subject = "Hello", .text = "x"}, now_));
            return made;
        });
        EXPECT_TRUE(id) << base::describe(id.error());
        return id.value_or(identity::AccountId{});
    }
    std::string found() {
        std::string out;
        const auto done = write([](db::Connection& c) { return privacy::check(c); });
        EXPECT_TRUE(done) << base::describe(done.error());
        if (done)
            for (const auto& f : done->findings) out += f.column + ": " + f.what + "\n";
        return out;
    }
    const base::Instant now_ = *base::parse_iso_instant("2026-11-22T10:00:00Z");
};
MITEINANDER_ON_BOTH_ENGINES(Privacy);

TEST_P(Privacy, EveryColumnOfTheSchemaHasBeenReviewed) { EXPECT_EQ(found(), ""); }

TEST_P(Privacy, ANewColumnIsFound) {
    ASSERT_TRUE(write([](db::Connection& c) { return c.script("alter table bearers add column nationality text"); }));
    EXPECT_NE(found().find("bearers.nationality: is new"), std::string::npos);
}

TEST_P(Privacy, AnAddressTypedWhereNoneBelongsIsFoundAndNotRepeated) {
    ASSERT_TRUE(write([&](db::Connection& c) {
        return c.execute(
            "insert into accessibility_feedback (received_at, page, description) values (:now, '/', 'please write to jemand@web.example')",
            {{"now", now_}});
    }));
    EXPECT_NE(found().find("accessibility_feedback.description: 1 rows"), std::string::npos);
    EXPECT_EQ(found().find("jemand@"), std::string::npos);
}

TEST_P(Privacy, APersonGetsEverythingAndTheReadingIsRecorded) {
    const auto id = person();
    const auto text = write([&](db::Connection& c) { return privacy::about(c, id, {}, now_); });
    ASSERT_TRUE(text) << base::describe(text.error());
    for (const char* part : {"Amt am Markt", "amt@kreis.example", "\"subject\":\"Hello\""}) EXPECT_NE(text->find(part), std::string::npos) << part;
    EXPECT_EQ(text->find("password"), std::string::npos);
    const auto log = database().read([&](db::Connection& c) { return audit::history(c, "privacy.person", std::to_string(id.value)); });
    ASSERT_TRUE(log && log->size() == 1);
    EXPECT_EQ(log->front().action, "read");
}

// Wherever the address or the name stands, it is found; what is about somebody else is not.
TEST_P(Privacy, EverythingMeansEverywhere) {
    const auto id = person();
    const auto other = write([&](db::Connection& c) {
        return identity::create_account(c, {.sign_in = "haus", .display_name = "Haus am See", .password_hash = "x", .email = "haus@kreis.example"},
                                        {}, now_);
    });
    ASSERT_TRUE(other);
    const auto filled = write([&](db::Connection& c) -> base::Result<void> {
        for (const char* sql :
             {"insert into digest_subscriptions (mail, language, every_days, asked_on) values ('Amt@Kreis.example', 'de', 7, '2026-01-01')",
              "insert into bearers (key, kind, name_de, name_en) values ('amt', 'office', 'Amt für Alles', '')",
              "insert into measure_exports (id, account_id, query, audience, on_day, format, total, ordered_at) values "
              "('a', 1, 'q=Sprache', 'internal', '2026-11-22', 'xlsx', 2500, '2026-11-22T09:00:00.000000Z'), "
              "('b', 2, 'q=fremd', 'internal', '2026-11-22', 'csv', 3000, '2026-11-22T09:00:00.000000Z')",
              "insert into office_details (office_id, mail) values (1, 'Amt@kreis.example')",
              "insert into office_holdings (office_id, from_on, holder) values (1, '2026-01-01', 'Amt am Markt')"})
            TRY_VOID(c.execute(sql));
        TRY_VOID(mail::queue(c, {.to = "haus@kreis.example", .subject = "Not hers", .text = "x"}, now_));
        return {};
    });
    ASSERT_TRUE(filled) << base::describe(filled.error());
    const auto d = write([&](db::Connection& c) { return privacy::dossier(c, {.account = id, .name = {}, .email = {}}, {}, now_); });
    ASSERT_TRUE(d) << base::describe(d.error());
    std::map<std::string, std::size_t> rows;
    for (const auto& s : d->sections) rows[std::string(s.key)] = s.rows.size();
    for (const char* key : {"account", "exports", "mails", "subscriptions", "status_rounds", "offices"}) EXPECT_EQ(rows[key], 1u) << key;
    const auto exports = std::find_if(d->sections.begin(), d->sections.end(), [](const privacy::Section& s) { return s.key == "exports"; });
    EXPECT_EQ(exports->rows.front(), (std::vector<std::string>{"2026-11-22T09:00:00.000000Z", "q=Sprache", "xlsx", "2500", "waiting"}));
    EXPECT_EQ(rows["seats"], 0u);
    // The same for somebody without an account, asked for by name.
    const auto named = write([&](db::Connection& c) { return privacy::dossier(c, {.account = {}, .name = "Amt am Markt", .email = {}}, {}, now_); });
    ASSERT_TRUE(named) << base::describe(named.error());
    const auto text = privacy::as_json(*named);
    EXPECT_NE(text.find("Amt für Alles"), std::string::npos);
    EXPECT_EQ(text.find("kreis.example"), std::string::npos);
    const auto nobody =
        write([&](db::Connection& c) { return privacy::dossier(c, {.account = {}, .name = "Niemand", .email = "x@y.example"}, {}, now_); });
    EXPECT_TRUE(nobody && nobody->empty());
}

TEST_P(Privacy, APersonSeesWhoLookedAndReadingOnesOwnIsNoLook) {
    const auto id = person();
    const identity::Actor administrator{.account = *write([&](db::Connection& c) {
                                            return identity::create_account(
                                                c, {.sign_in = "verwaltung", .display_name = "Verwaltung", .password_hash = "x"}, {}, now_);
                                        }),
                                        .role = identity::Role::administrator,
                                        .display_name = "Verwaltung"};
    const auto today = base::berlin_day(now_);
    for (int i = 0; i < 3; ++i)
        ASSERT_TRUE(privacy::looked(database(), *privacy::watched("/konten/{id}"), administrator, id, today));  // three times a day is once
    ASSERT_TRUE(privacy::looked(database(), *privacy::watched("/konten"), administrator, {}, today));           // everybody of the list
    const identity::Actor self{.account = id, .role = identity::Role::reader, .display_name = "Amt am Markt"};
    const auto d = write([&](db::Connection& c) { return privacy::dossier(c, {.account = id, .name = {}, .email = {}}, self, now_); });
    ASSERT_TRUE(d);
    const auto views = std::find_if(d->sections.begin(), d->sections.end(), [](const privacy::Section& s) { return s.key == "views"; });
    using Row = std::vector<std::string>;
    EXPECT_EQ(views->rows, (std::vector<Row>{Row{"2026-11-22", "Verwaltung", "accounts"}, Row{"2026-11-22", "Verwaltung", "account"}}));
    EXPECT_TRUE(database().read([&](db::Connection& c) { return audit::history(c, "privacy.person", std::to_string(id.value)); })->empty());
    EXPECT_EQ(privacy::watched("/umsetzung"), nullptr);
}

TEST_P(Privacy, AsPdfItSaysTheSame) {
    const auto id = person();
    const auto d = write([&](db::Connection& c) { return privacy::dossier(c, {.account = id, .name = {}, .email = {}}, {}, now_); });
    const auto bytes = privacy::as_pdf(*d, i18n::Language::de, "Landkreis");
    ASSERT_TRUE(bytes) << base::describe(bytes.error());
    EXPECT_TRUE(bytes->starts_with("%PDF-"));
    EXPECT_GT(bytes->size(), 3000u);
}

TEST_P(Privacy, PeriodsAreSetWithinTheirLimits) {
    const auto days = [&](const char* rule) { return database().read([](db::Connection& c) { return privacy::retention_days(c); })->at(rule); };
    EXPECT_EQ(days("links"), 30);
    const auto set = [&](const char* rule, int value) {
        return write([&](db::Connection& c) { return privacy::save_retention_days(c, {{rule, value}}, {}, now_); });
    };
    ASSERT_TRUE(set("links", 7));
    EXPECT_EQ(days("links"), 7);
    EXPECT_FALSE(set("links", 0));
    EXPECT_FALSE(set("mails", 369));  // a yearly reminder would go out twice
    ASSERT_TRUE(set("mails", 370));
    ASSERT_TRUE(write(
        [&](db::Connection& c) { return links::issue(c, {"test", "1", now_ - std::chrono::hours(24 * 8)}, now_ - std::chrono::hours(24 * 9)); }));
    const auto removed = write([&](db::Connection& c) { return privacy::apply_retention(c, privacy::Run::real, now_); });
    ASSERT_TRUE(removed) << base::describe(removed.error());
    for (const auto& r : *removed) EXPECT_EQ(r.rows, r.key == "links" ? 1 : 0) << r.key;
}

TEST_P(Privacy, ErasingLeavesAStubAndTheChainIntact) {
    const auto id = person();
    ASSERT_TRUE(write([](db::Connection& c) -> base::Result<void> {
        for (const char* sql : {"insert into bearers (key, kind, name_de) values ('amt', 'office', 'Amt')",
                                "insert into bearers (key, kind, name_de) values ('stelle', 'office', 'Stelle')",
                                "insert into office_details (office_id, mail) values (1, 'Amt@kreis.example')",
                                "insert into digest_subscriptions (mail, language, every_days, asked_on) values ('Amt@Kreis.example', 'de', 7, "
                                "'2026-01-01')",
                                "insert into office_details (office_id, mail) values (2, 'stelle@kreis.example')"})
            TRY_VOID(c.execute(sql));
        return {};
    }));
    EXPECT_EQ(write([&](db::Connection& c) { return privacy::erase(c, id, {}, now_); }).error().kind, base::ErrorKind::conflict);  // still in use
    ASSERT_TRUE(write([&](db::Connection& c) { return identity::set_disabled(c, id, true, {}, now_); }));
    const auto done = write([&](db::Connection& c) { return privacy::erase(c, id, {}, now_); });
    ASSERT_TRUE(done) << base::describe(done.error());
    const auto text = write([&](db::Connection& c) { return privacy::about(c, id, {}, now_); });
    ASSERT_TRUE(text);
    EXPECT_EQ(text->find("Amt"), std::string::npos);
    EXPECT_EQ(text->find("amt@"), std::string::npos);
    EXPECT_EQ(*database().read([](db::Connection& c) {
        return c.query_one<std::int64_t>("select count(*) as n from digest_subscriptions", {}, [](const db::Row& row) { return row.int64("n"); });
    }),
              0)
        << "an address is the same in other letters";
    const auto addresses = database().read([](db::Connection& c) {
        return c.query<std::string>("select mail from office_details order by office_id", {}, [](const db::Row& row) { return row.text("mail"); });
    });
    EXPECT_EQ(addresses.value(), (std::vector<std::string>{"", "stelle@kreis.example"})) << "an office that was reached at this address has none";
    const auto values = database().read([](db::Connection& c) {
        return c.query_one<std::int64_t>("select count(*) as n from audit_values where fields like '%amt@kreis%' or fields like '%Markt%'", {},
                                         [](const db::Row& row) { return row.int64("n"); });
    });
    EXPECT_EQ(values->value(), 0);
    EXPECT_TRUE(database().read([](db::Connection& c) { return audit::verify(c); })->intact());
}

TEST_P(Privacy, WhoAskedForAListAndDidNotConfirmIsForgottenAfterAWeek) {
    const auto asked = [&](const char* address, int days_ago, bool confirmed) {
        const auto at = now_ - std::chrono::days(days_ago);
        ASSERT_TRUE(write([&](db::Connection& c) {
            return c.execute(R"sql(
                insert into mailing_subscribers (list_id, email, email_key, language, consent, asked_by, asked_at, confirmed_at)
                values ((select min(id) from mailing_lists), :address, :address, 'de', 'Ja.', 'self', :at, :confirmed)
            )sql",
                             {{"address", address}, {"at", at}, {"confirmed", confirmed ? std::optional(at) : std::nullopt}});
        }));
    };
    ASSERT_TRUE(write(
        [](db::Connection& c) { return c.execute("insert into mailing_lists (key, title_de, purpose_de) values ('wohnen', 'Wohnen', 'Zweck')"); }));
    asked("gestern@x.example", 6, false);
    asked("zu-spaet@x.example", 7, false);
    asked("dabei@x.example", 700, true);
    ASSERT_TRUE(write([&](db::Connection& c) { return privacy::apply_retention(c, privacy::Run::real, now_); }));
    const auto left = database().read([](db::Connection& c) {
        return c.query<std::string>("select email from mailing_subscribers order by email", {}, [](const db::Row& row) { return row.text("email"); });
    });
    EXPECT_EQ(left.value(), (std::vector<std::string>{"dabei@x.example", "gestern@x.example"}));
}

TEST_P(Privacy, RetentionSaysFirstAndRemovesThen) {
    ASSERT_TRUE(write(
        [&](db::Connection& c) { return links::issue(c, {"test", "1", now_ - std::chrono::hours(24 * 31)}, now_ - std::chrono::hours(24 * 40)); }));
    ASSERT_TRUE(write(
        [&](db::Connection& c) { return links::issue(c, {"test", "1", now_ - std::chrono::hours(24 * 29)}, now_ - std::chrono::hours(24 * 40)); }));
    const auto rows = [&](privacy::Run run) {
        const auto done = write([&](db::Connection& c) { return privacy::apply_retention(c, run, now_); });
        EXPECT_TRUE(done) << base::describe(done.error());
        std::int64_t n = 0;
        for (const auto& r : done.value_or(std::vector<privacy::Removed>{})) n += r.rows;
        return n;
    };
    EXPECT_EQ(rows(privacy::Run::dry), 1);
    EXPECT_EQ(rows(privacy::Run::dry), 1);
    EXPECT_EQ(rows(privacy::Run::real), 1);
    EXPECT_EQ(rows(privacy::Run::real), 0);
}

TEST(Register, TheDocumentIsTheModel) {
    std::ifstream file(std::string(base::source_root()) + "/docs/processing-activities.md");
    std::stringstream kept;
    kept << file.rdbuf();
    EXPECT_EQ(kept.str(), privacy::register_as_markdown()) << "miteinander privacy register > docs/processing-activities.md";
}
