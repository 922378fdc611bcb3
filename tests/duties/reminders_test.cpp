// The job that reminds, against the ledger: who gets which mail on which day, once, and what Monday's mail says.
#include "duties/reminders.h"

#include "duties/rollups.h"
#include "platform/mail/store.h"
#include "tests/duties/support/facts.h"
#include "tests/platform/db/support/engines.h"

using namespace facts;

namespace {

evidence::By by_day(std::string_view iso) { return {{}, base::berlin_start_of(on(iso))}; }

}  // namespace

// A report is due by 31.12.2018 and borne by the unit; above it a department, and a council beside.
class Reminders : public db::testing::OnBothEngines {
  protected:
    void SetUp() override {
        OnBothEngines::SetUp();
        evidence::forget_listeners();
        duties::keep_rollups();
        const auto done = database().write([](db::Connection& c) -> base::Result<void> {
            for (const char* sql : {"insert into bearers (key, kind, name_de) values ('fachbereich', 'unit', 'Fachbereich')",
                                    "insert into bearers (key, kind, name_de, part_of_id) values ('fachgebiet', 'unit', 'Fachgebiet', 1)",
                                    "insert into bearers (key, kind, name_de) values ('beirat', 'body', 'Beirat')"})
                TRY_VOID(c.execute(sql));
            auto report = duty();
            report.key = "bericht";
            report.title = {"Bericht an den Kreistag", "Report"};
            report.bearer = "fachgebiet";
            report.reminder_days = {30, 7};
            TRY_VOID(duties::save_duty(c, report, false, by_day("2018-01-02")));
            duties::Rule seat;
            seat.evidence = "network.seat_filled";
            seat.period = duties::Period::standing;
            auto undated = duty(seat);
            undated.key = "sitz";
            undated.title = {"Ein besetzter Sitz", "A seat"};
            undated.bearer = "fachgebiet";
            TRY_VOID(duties::save_duty(c, undated, false, by_day("2018-01-02")));
            mail::Settings s;
            s.public_address = "https://integration.example";
            TRY_VOID(mail::save_settings(c, s, {}, base::berlin_start_of(on("2018-01-02"))));
            return {};
        });
        ASSERT_TRUE(done) << base::describe(done.error());
        to_.of_office[2] = {{.address = "gebiet@kreis.example", .name = "Gebiet"}};
        to_.of_office[1] = {{.address = "bereich@kreis.example", .name = "Bereich", .language = i18n::Language::en}};
        to_.of_office[3] = {{.address = "beirat@kreis.example", .name = "Beirat"}};
        to_.officers = {{.address = "beauftragte@kreis.example", .name = "Beauftragte"}};
    }
    void TearDown() override { evidence::forget_listeners(); }
    void remind(std::string_view day) {
        const auto done = database().write(
            [&](db::Connection& c) { return duties::remind(c, to_, on(day), base::berlin_start_of(on(day)) + std::chrono::hours(7)); });
        ASSERT_TRUE(done) << base::describe(done.error());
    }
    std::vector<mail::Queued> mails() {
        auto all = database().read([](db::Connection& c) { return mail::log(c, 200); }).value_or(std::vector<mail::Queued>{});
        std::reverse(all.begin(), all.end());
        return all;
    }
    // "gebiet: Frist am …" of the reminders about the report written on that day, in order.
    std::string told_on(std::string_view day) {
        const auto before = mails().size();
        remind(day);
        std::string out;
        const auto all = mails();
        for (auto i = before; i < all.size(); ++i)
            if (all[i].message.text.find("/pflichten/bericht") != std::string::npos)
                out += all[i].message.to.substr(0, all[i].message.to.find('@')) + " ";
        return out;
    }
    const mail::Queued* monday() {
        found_ = mails();
        for (const auto& m : found_)
            if (m.message.text.find("/pflichten/") == std::string::npos && m.message.to == "gebiet@kreis.example") return &m;
        return nullptr;
    }
    duties::Recipients to_;
    std::vector<mail::Queued> found_;
};
MITEINANDER_ON_BOTH_ENGINES(Reminders);

TEST_P(Reminders, ClimbFromTheOfficeToTheCouncilAndEachStepIsToldOnce) {
    struct Case {
        const char *day, *told;
    };
    for (const auto& c : {Case{"2018-11-30", ""},
                          {"2018-12-01", "gebiet "},
                          {"2018-12-02", ""},  // told already
                          {"2018-12-24", "gebiet "},
                          {"2018-12-31", ""},
                          {"2019-01-01", "gebiet "},
                          {"2019-01-07", "bereich "},
                          {"2019-01-14", "beauftragte "},
                          {"2019-01-29", ""},
                          {"2019-01-30", "beauftragte beirat "},
                          {"2019-01-31", ""}})
        EXPECT_EQ(told_on(c.day), c.told) << c.day;
}

TEST_P(Reminders, SpeakTheRecipientsLanguageAndNameTheDutyAndItsPage) {
    remind("2019-01-01");
    const auto office = mails().front().message;
    EXPECT_EQ(office.language, i18n::Language::de);
    EXPECT_NE(office.subject.find("Bericht an den Kreistag"), std::string::npos);
    EXPECT_NE(office.text.find("https://integration.example/pflichten/bericht"), std::string::npos);
    remind("2019-01-07");
    const auto all = mails();
    const auto head = std::find_if(all.begin(), all.end(), [](const mail::Queued& m) { return m.message.to == "bereich@kreis.example"; });
    ASSERT_NE(head, all.end());
    EXPECT_NE(head->message.subject.find("Report"), std::string::npos);
}

TEST_P(Reminders, EndWithTheReport) {
    ASSERT_TRUE(database().write([](db::Connection& c) {
        return evidence::record(
            c, {.record = record({.occurred_on = "2018-12-20"}), .link = "", .file = {}, .file_name = "", .recorded_at = {}, .recorded_by = {}},
            by_day("2018-12-20"));
    }));
    EXPECT_EQ(told_on("2018-12-24"), "");
    EXPECT_EQ(told_on("2019-01-07"), "");
}

TEST_P(Reminders, FollowTheDaysAnAdministratorSets) {
    ASSERT_TRUE(database().write([](db::Connection& c) {
        return duties::save_reminder_rule(c, {.office_after = 2, .head_after = 3, .officer_after = 4, .council_after = 5}, {},
                                          base::berlin_start_of(on("2018-01-03")));
    }));
    EXPECT_EQ(told_on("2019-01-01"), "");
    EXPECT_EQ(told_on("2019-01-02"), "gebiet ");
    EXPECT_EQ(told_on("2019-01-03"), "bereich ");
    EXPECT_EQ(told_on("2019-01-04"), "beauftragte ");
    EXPECT_EQ(told_on("2019-01-05"), "beauftragte beirat ");
}

TEST_P(Reminders, WhereNobodyOfTheOfficeHasAnAddressWhoeverSteersIsTold) {
    to_.of_office.clear();
    EXPECT_EQ(told_on("2019-01-01"), "beauftragte ");
}

TEST_P(Reminders, OnMondayAnOfficeReadsWhatIsDueWhatIsLateAndWhatHasNoDate) {
    remind("2018-12-02");  // a Sunday
    EXPECT_EQ(monday(), nullptr);
    remind("2018-12-03");
    const auto* first = monday();
    ASSERT_TRUE(first);
    const auto text = first->message.text;
    EXPECT_NE(text.find("Bericht an den Kreistag"), std::string::npos) << text;  // within four weeks
    EXPECT_NE(text.find("Ein besetzter Sitz"), std::string::npos) << text;       // has no date and is named all the same
    EXPECT_LT(text.find("Bericht"), text.find("Sitz"));
    const auto count = mails().size();
    remind("2018-12-03");  // the job runs every half hour
    EXPECT_EQ(mails().size(), count);
}
