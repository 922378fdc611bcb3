// The pages through the router, as a browser without JavaScript sees them.
#include "plan/pages.h"
#include "platform/base/root.h"

#include <gmock/gmock.h>

#include <fstream>

#include "tests/platform/db/support/engines.h"

namespace {

using namespace plan;
using testing::HasSubstr;

class PlanPages : public db::testing::OnBothEngines {
  protected:
    void SetUp() override {
        db::testing::OnBothEngines::SetUp();
        auto site = web::Site::open({.root = base::source_root(), .settings = {}, .clock = base::Clock(base::day(2020, 9, 30))});
        ASSERT_TRUE(site) << base::describe(site.error());
        site_ = std::move(*site);
        site_->who = [this](const http::Request&) {
            return identity::Actor{.account = identity::AccountId{steers_ ? 7 : 0},
                                   .role = steers_ ? identity::Role::integration_officer : identity::Role::anonymous,
                                   .display_name = "",
                                   .office = 0};
        };
        mount(router_, *site_, database(),
              {.changed = {}, .with_duty = [](db::Connection&) -> base::Result<std::set<StatementId>> { return std::set<StatementId>{}; }});
    }
    http::Response get(const std::string& target) {
        http::Request request;
        const auto mark = target.find('?');
        request.path = target.substr(0, mark);
        request.target = target;
        if (mark != std::string::npos)
            if (const auto equals = target.find('=', mark); equals != std::string::npos)
                request.query.add(target.substr(mark + 1, equals - mark - 1), target.substr(equals + 1));
        return router_.route(std::move(request));
    }
    http::Response post(const std::string& path, const std::vector<std::pair<std::string, std::string>>& fields) {
        http::Request request;
        request.method = http::Method::post;
        request.path = request.target = path;
        for (const auto& [name, value] : fields) request.form.add(name, value);
        return router_.route(std::move(request));
    }
    http::Response upload(const std::string& name, const std::string& bytes) {
        const auto path = std::filesystem::temp_directory_path() / ("miteinander_upload_" + std::to_string(::getpid()));
        std::ofstream(path, std::ios::binary) << bytes;
        http::Request request;
        request.method = http::Method::post;
        request.path = request.target = "/konzept/import";
        request.uploads.push_back({.field = "file", .filename = name, .content_type = "text/plain", .path = path, .size = bytes.size()});
        auto response = router_.route(std::move(request));
        std::filesystem::remove(path);
        return response;
    }
    static std::string body(const http::Response& r) { return r.shared_body ? *r.shared_body : r.body; }

    bool steers_ = true;
    std::unique_ptr<web::Site> site_;
    http::Router router_;
};
MITEINANDER_ON_BOTH_ENGINES(PlanPages);

TEST_P(PlanPages, FromTheUploadToTheAdoptedConcept) {
    const auto sent = upload(
        "plan.txt",
        "Teilhabeplan Nordtal\n\n1. Sprache\n\nDas Jugendamt sichert jährlich mindestens vier Plätze.\n\n2. Wohnen\n\nDas Bauamt kann Häuser kaufen.\n");
    ASSERT_EQ(sent.status, 303) << body(sent);
    EXPECT_EQ(sent.headers.get("location"), "/konzept/teilhabeplan-nordtal/entwurf");
    const auto draft = body(get("/konzept/teilhabeplan-nordtal/entwurf"));
    EXPECT_THAT(draft, HasSubstr("1 Sprache"));
    EXPECT_THAT(draft, HasSubstr("vier Plätze"));
    EXPECT_THAT(draft, HasSubstr("Jugendamt"));

    ClauseId first;
    StatementId statement;
    ASSERT_TRUE(database().read([&](db::Connection& c) -> base::Result<void> {
        TRY(const auto plan, find_plan_by_key(c, "teilhabeplan-nordtal"));
        TRY(const auto clauses, clauses_of(c, plan.id, base::day(2020, 9, 30)));
        first = clauses.at(1).id;
        TRY(const auto statements, statements_of(c, plan.id, base::day(2020, 9, 30)));
        statement = statements.at(0).id;
        return {};
    }));
    const auto clause_page = "/konzept/ziffern/" + std::to_string(first.value),
               statement_page = "/konzept/aussagen/" + std::to_string(statement.value);
    EXPECT_EQ(get(clause_page).status, 200);
    EXPECT_EQ(get(statement_page).status, 200);
    EXPECT_EQ(
        post(clause_page, {{"number", "1"}, {"heading", "Sprache und Bildung"}, {"text", "Das Jugendamt sichert jährlich mindestens vier Plätze."}})
            .status,
        303);
    EXPECT_EQ(post(statement_page, {{"quote", "Das Jugendamt sichert jährlich mindestens vier Plätze."},
                                    {"modality", "obligation"},
                                    {"rhythm", "yearly"},
                                    {"due_1", "2020-06-30"},
                                    {"due_2", "30.06.2021"},
                                    {"comparison_1", "at_least"},
                                    {"amount_1", "4"},
                                    {"unit_1", "Plätze"},
                                    {"comparison_2", "at_most"},
                                    {"amount_2", "7,5"},
                                    {"unit_2", "%"}})
                  .status,
              303);
    const auto form = body(get(statement_page));
    for (const char* shown : {"30.06.2021", "7,5", "name=\"amount_4\"", "name=\"due_4\""}) EXPECT_THAT(form, HasSubstr(shown));
    EXPECT_EQ(post(statement_page, {{"modality", "nonsense"}}).status, 422);
    EXPECT_EQ(post(statement_page, {{"quote", "Das steht nirgends."}, {"modality", "power"}}).status, 422);
    EXPECT_EQ(post(statement_page + "/bestaetigen", {}).status, 303);
    EXPECT_EQ(post(clause_page + "/aussagen", {{"quote", "Das steht nirgends."}}).status, 422);
    EXPECT_EQ(post("/konzept/teilhabeplan-nordtal/zuordnen", {}).status, 303);
    EXPECT_EQ(post("/konzept/teilhabeplan-nordtal/bestaetigen", {}).status, 303);
    EXPECT_EQ(post("/konzept/teilhabeplan-nordtal/beschluss", {}).status, 422) << "the first day is missing";

    steers_ = false;
    EXPECT_EQ(get("/konzept/teilhabeplan-nordtal").status, 404) << "a draft is nobody's business";
    EXPECT_EQ(get("/konzept/import").status, 403);
    EXPECT_EQ(get(clause_page).status, 403);
    steers_ = true;
    ASSERT_EQ(post("/konzept/teilhabeplan-nordtal/beschluss", {{"valid_from", "2020-01-01"}, {"publish", "ja"}}).status, 303);
    EXPECT_EQ(get(clause_page).status, 303) << "an adopted clause is read, not mended";
    EXPECT_EQ(get(clause_page + "/aenderung").status, 200);

    steers_ = false;
    EXPECT_THAT(body(get("/konzept")), HasSubstr("/konzept/teilhabeplan-nordtal"));
    EXPECT_THAT(body(get("/konzept/teilhabeplan-nordtal")), HasSubstr("Sprache und Bildung"));
    EXPECT_THAT(body(get("/konzept/teilhabeplan-nordtal/ziffer/1")), HasSubstr("mindestens"));
    EXPECT_EQ(get("/konzept/teilhabeplan-nordtal/ziffer/9").status, 404);
    EXPECT_THAT(body(get("/konzept/teilhabeplan-nordtal/vage")), HasSubstr("1-a"));
    EXPECT_EQ(get("/konzept/teilhabeplan-nordtal/vergleich").status, 200);
    EXPECT_EQ(get("/konzept/teilhabeplan-nordtal/vergleich?mit=teilhabeplan-nordtal").status, 200);
    EXPECT_THAT(body(get("/konzept/suche?q=Haus")), HasSubstr("/ziffer/2"));
}

TEST_P(PlanPages, LineageIsProposedChosenAndTakenBack) {
    upload("alt.txt", "Plan 2018\n\n1. Sprache\n\nDas Jugendamt bietet Kurse an.\n\n2. Sport\n\nVereine laden ein.\n");
    upload("neu.txt", "Plan 2021\n\n1. Sprache\n\nDas Jugendamt bietet Kurse an.\n\n2. Wohnen\n\nDas Bauamt prüft Häuser.\n");
    const std::string page = "/konzept/plan-2021/herkunft";
    const auto shown = body(get(page + "?mit=plan-2018"));
    EXPECT_THAT(shown, HasSubstr("übernommen aus"));
    const auto at = shown.find("name=\"vorschlag\"");
    ASSERT_NE(at, std::string::npos);
    std::string carried;
    for (auto i = shown.find(":carried_over:"); i != std::string::npos && carried.empty(); i = std::string::npos) {
        const auto begin = shown.rfind('"', i) + 1;
        carried = shown.substr(begin, shown.find('"', begin) - begin);
    }
    ASSERT_FALSE(carried.empty());
    EXPECT_EQ(post(page, {}).status, 422);
    EXPECT_EQ(post(page, {{"vorschlag", carried}, {"vorschlag", "nonsense"}}).status, 422);
    EXPECT_EQ(post(page, {{"vorschlag", carried}}).status, 303);
    EXPECT_EQ(post(page, {{"vorschlag", carried}}).status, 422) << "it stands there already";
    EXPECT_THAT(body(get("/konzept/plan-2021/ziffer/1")), HasSubstr("Plan 2018"));
    EXPECT_EQ(post(page + "/ruecknahme", {{"eintrag", carried}}).status, 303);
    EXPECT_EQ(post(page + "/ruecknahme", {{"eintrag", carried}}).status, 404);
    const auto clause = carried.substr(0, carried.find(':')), old = carried.substr(carried.rfind(':') + 1);
    EXPECT_EQ(post(page + "/eintrag", {{"clause", clause}, {"relation", "amended"}, {"from", "0"}}).status, 422);
    EXPECT_EQ(post(page + "/eintrag", {{"clause", clause}, {"relation", "amended"}, {"from", old}, {"note", "anders gefasst"}}).status, 303);
    EXPECT_THAT(body(get(page)), HasSubstr("anders gefasst"));
    steers_ = false;
    EXPECT_EQ(get(page).status, 403);
}

TEST_P(PlanPages, ABadFileIsToldOnThePageAndLeavesNothing) {
    const auto refused = upload("bild.txt", std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 17));
    EXPECT_EQ(refused.status, 422);
    EXPECT_THAT(body(refused), HasSubstr("kein Text"));
    EXPECT_TRUE(database().read([](db::Connection& c) { return plans(c); })->empty());
}

}  // namespace
