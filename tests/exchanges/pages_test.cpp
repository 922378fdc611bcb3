#include "exchanges/pages.h"

#include "tests/platform/web/support/pages_on_both_engines.h"

using namespace web::testing;
using identity::Role;

namespace {

class ContactLog : public PagesOnBothEngines {
  protected:
    void SetUp() override {
        PagesOnBothEngines::SetUp();
        bearer("coordinator", "office", "Bildungskoordination");
        bearer("jugend", "unit", "Fachbereich Jugend");
        bearer("stadt", "municipality", "Eine Stadt");
        write([](db::Connection& c) -> base::Result<void> {
            for (const auto* key : {"kita-traeger", "grundschule"})
                TRY_VOID(c.execute("insert into organisations (key, kind, name_de, search, sort_key) values (:key, 'provider', :key, :key, :key)",
                                   {{"key", key}}));
            return {};
        });
        exchanges::mount(router(), site(), database(), {});
        officer();
    }
    static Form full(const Form& other = {}) {
        Form form{{"kind", "contact"},      {"on", "30.09.2020"},          {"way", "visit"},  {"topic", "day-care"},        {"office", "coordinator"},
                  {"title_de", "Gespräch"}, {"partner_1", "kita-traeger"}, {"partner_2", ""}, {"outcome", "Zwölf Plätze."}, {"published", "ja"}};
        for (const auto& [name, value] : other) {
            std::erase_if(form, [&](const auto& f) { return f.first == name; });
            if (value != "-") form.emplace_back(name, value);
        }
        return form;
    }
    std::string record(const Form& other = {}) {
        const auto response = post("/kontakte", full(other));
        EXPECT_EQ(response.status, 303) << response.body;
        return response.headers.get("Location");
    }
};
MITEINANDER_ON_BOTH_ENGINES(ContactLog);

}  // namespace

TEST_P(ContactLog, AContactIsRecordedShownAndCounted) {
    const auto page = record();
    EXPECT_TRUE(has(get(page), "Zwölf Plätze."));
    EXPECT_TRUE(has(get(page), "/organisationen/kita-traeger"));
    EXPECT_TRUE(has(get("/kontakte"), "Gespräch"));
    EXPECT_EQ(text("select kind as t from evidence"), "network.contact_held");
    EXPECT_TRUE(has(text("select attributes as t from evidence"), "day-care"));
    EXPECT_EQ(text("select organisation as t from evidence"), "coordinator");
}

TEST_P(ContactLog, EveryMistakeIsToldAtOnceAndNothingTypedIsLost) {
    const auto refused = post("/kontakte", full({{"on", "01.10.2020"}, {"topic", "wetter"}, {"title_de", ""}, {"partner_1", "niemand"}}));
    EXPECT_EQ(refused.status, 422);
    for (const auto* mistake : {"href=\"#", "Zwölf Plätze.", "01.10.2020"}) EXPECT_TRUE(has(refused, mistake)) << mistake;
    EXPECT_EQ(number("select count(*) as n from exchanges"), 0);
    EXPECT_EQ(number("select count(*) as n from evidence"), 0);
    const std::pair<Form, int> table[] = {{{{"on", "30.09.2020"}}, 303},
                                          {{{"on", "01.10.2020"}}, 422},
                                          {{{"on", "31.09.2020"}}, 422},
                                          {{{"partner_1", ""}}, 422},
                                          {{{"partner_1", ""}, {"others", "Leitungen"}}, 303},
                                          {{{"office", "stadt"}}, 422},
                                          {{{"office", "keine"}}, 422},
                                          {{{"kind", "rumour"}}, 422},
                                          {{{"title_de", std::string(200, 'a')}}, 303},
                                          {{{"title_de", std::string(201, 'a')}}, 422}};
    for (const auto& [change, status] : table)
        EXPECT_EQ(post("/kontakte", full(change)).status, status) << change.front().first << change.front().second;
}

TEST_P(ContactLog, AChangeWritesTheEvidenceAnewAndAWithdrawalTakesItBack) {
    const auto page = record();
    EXPECT_EQ(post(page, full({{"version", "1"}, {"topic", "language-classes"}})).status, 303);
    EXPECT_EQ(number("select count(*) as n from evidence where id not in (select evidence_id from evidence_withdrawals)"), 1);
    EXPECT_TRUE(has(text("select attributes as t from evidence where id not in (select evidence_id from evidence_withdrawals)"), "language-classes"));
    EXPECT_EQ(remove(page).status, 303);
    EXPECT_EQ(number("select count(*) as n from evidence where id not in (select evidence_id from evidence_withdrawals)"), 0);
    EXPECT_EQ(get(page).status, 404);
}

TEST_P(ContactLog, TwoContactsOnOneDayAboutOneSubjectAreTwo) {
    const auto first = record(), second = record();
    EXPECT_EQ(number("select count(*) as n from evidence where id not in (select evidence_id from evidence_withdrawals)"), 2);
    remove(first);
    EXPECT_EQ(number("select count(*) as n from evidence where id not in (select evidence_id from evidence_withdrawals)"), 1);
    EXPECT_TRUE(has(get(second), "/nachweise/"));
}

TEST_P(ContactLog, WhoSavesLaterSeesThatSomebodyWasFirst) {
    const auto page = record();
    EXPECT_EQ(post(page, full({{"version", "1"}, {"title_de", "Erstes"}})).status, 303);
    const auto late = post(page, full({{"version", "1"}, {"title_de", "Zweites"}}));
    EXPECT_EQ(late.status, 409);
    EXPECT_TRUE(has(late, "Zweites"));
    EXPECT_TRUE(has(late, "name=\"version\" value=\"2\"")) << "saving again works";
    EXPECT_EQ(post(page, full({{"version", "2"}, {"title_de", "Zweites"}})).status, 303);
}

TEST_P(ContactLog, AnOfficeKeepsItsOwnEntriesAndOnlyThose) {
    const auto page = record();
    as(Role::unit_editor, "jugend");
    EXPECT_EQ(get(page).status, 200);
    EXPECT_EQ(get(page + "/bearbeiten").status, 404);
    EXPECT_EQ(post(page, full({{"version", "1"}})).status, 404);
    EXPECT_EQ(remove(page).status, 404);
    // A forged field does not make it another office's contact.
    const auto own = record({{"office", "coordinator"}});
    EXPECT_EQ(text("select office as t from exchanges order by id desc limit 1"), "jugend");
    EXPECT_EQ(get(own + "/bearbeiten").status, 200);
    as(Role::unit_editor, "coordinator");
    EXPECT_EQ(get(page + "/bearbeiten").status, 200);
    as(Role::reader);
    EXPECT_EQ(get("/kontakte").status, 200);
    EXPECT_EQ(get("/kontakte/neu").status, 404);
    EXPECT_EQ(post("/kontakte", full()).status, 404);
    nobody();
    for (const auto& hidden : {std::string("/kontakte"), std::string("/kontakte.csv"), page}) EXPECT_EQ(get(hidden).status, 404) << hidden;
}

TEST_P(ContactLog, TheListIsChosenBySubjectOfficeKindAndYear) {
    record({{"title_de", "Kita im Herbst"}});
    record({{"title_de", "Kita im Vorjahr"}, {"on", "01.12.2019"}});
    record({{"title_de", "Schule"}, {"topic", "school-social-work"}, {"kind", "recommendation"}, {"office", "jugend"}});
    const std::tuple<const char*, const char*, const char*> table[] = {{"?jahr=2019", "Kita im Vorjahr", "Kita im Herbst"},
                                                                       {"?thema=school-social-work", "Schule", "Kita im Herbst"},
                                                                       {"?stelle=jugend", "Schule", "Kita im Vorjahr"},
                                                                       {"?art=recommendation", "Schule", "Kita im Herbst"}};
    for (const auto& [query, there, not_there] : table)
        for (const auto* list : {"/kontakte", "/kontakte.csv"}) {
            const auto page = get(list + std::string(query));
            EXPECT_TRUE(has(page, there)) << list << query;
            EXPECT_FALSE(has(page, not_there)) << list << query;
        }
}
