// Random lives through the API: whatever programs send in whatever order and for whom, nothing is agreed that is not binding, nothing resolved that did
// not go through both consultations, nobody accepts their own evidence, and no history shrinks. And the conflicts of the issue, on both sides of each limit.
#include <boost/json.hpp>
#include <random>

#include "measures/target_store.h"
#include "tests/measures/pages_support.h"

using namespace measures;
namespace json = boost::json;

namespace {

class ApiLives : public MeasureSite {
  protected:
    std::mt19937 random{20180103};
    int chance(int of) { return static_cast<int>(random() % static_cast<unsigned>(of)); }
    http::Response send(http::Method method, const std::string& path, const std::string& body, const std::string& if_match = {}) {
        auto request = request_to(method, "/api/v1" + path);
        request.body = body;
        if (!if_match.empty()) request.headers.set("If-Match", "\"" + if_match + "\"");
        return router().route(request);
    }
    json::object got(const std::string& path) {
        const auto response = get("/api/v1" + path);
        EXPECT_EQ(response.status, 200) << path << response.body;
        return json::parse(response.body).as_object();
    }
    // The officer, one of two units, or nobody.
    void somebody() {
        switch (chance(6)) {
            case 0: as("soziales"); break;
            case 1: as("jugend"); break;
            case 2: as(""); break;
            default: as("officer", identity::Role::integration_officer);
        }
    }
    void officer() { as("officer", identity::Role::integration_officer); }
    std::string proposed(const std::string& more) {
        officer();
        const auto response = send(http::Method::post, "/massnahmen",
                                   R"({"title": {"de": "Lotsen"}, "kind": "single", "accountable": "soziales", "criterion_kind": "yes_or_no",
                                       "criterion": {"de": "Gibt es sie?"}, "evidence_kind": "advice.answered")" +
                                       more + "}");
        EXPECT_EQ(response.status, 201) << response.body;
        return std::string(json::parse(response.body).at("key").as_string());
    }
};
MITEINANDER_ON_BOTH_ENGINES(ApiLives);

const std::string whole = R"(, "statements": [{"plan": "2018", "statement": "5.1-a"}], "starts_on": "2020-01-01", "ends_on": "2020-12-31")";

}  // namespace

TEST_P(ApiLives, OfMeasures) {
    int agreed = 0, refused = 0, accepted = 0;
    for (int life = 0; life < 8; ++life) {
        const auto key = proposed(chance(3) ? whole : "");
        const auto at = "/massnahmen/" + key;
        std::size_t steps = 0, entries = 0;
        for (int i = 0; i < 40; ++i) {
            somebody();
            int status = 0;
            switch (chance(8)) {
                case 0:
                    status =
                        send(http::Method::post, at + "/mittel", R"({"kind": "budget", "budget_line": "3.1", "year": 2020, "planned_cents": 100})")
                            .status;
                    break;
                case 1: {
                    officer();
                    const auto resources = got(at).at("resources").as_array();
                    somebody();
                    if (!resources.empty())
                        status = send(http::Method::del, at + "/mittel/" + std::to_string(resources[0].as_object().at("id").as_int64()), "").status;
                    break;
                }
                case 2:
                    status = send(http::Method::post, at + "/nachweise", R"({"title": {"de": "Beleg"}, "occurred_on": "2020-06-01"})").status;
                    break;
                case 3: {
                    const auto id = std::to_string(1 + chance(12));
                    status = chance(3) ? send(http::Method::post, at + "/nachweise/" + id + "/anerkennung", "").status
                                       : send(http::Method::post, at + "/nachweise/" + id + "/ruecknahme", R"({"reason": "Irrtum"})").status;
                    break;
                }
                case 4:
                    status = send(http::Method::patch, at, chance(2) ? R"({"ends_on": "2020-11-30"})" : R"({"ends_on": null})",
                                  std::to_string(1 + chance(4)))
                                 .status;
                    break;
                default: {
                    static constexpr const char* moves[] = {"clarify", "agree", "start", "submit", "fulfil", "send_back", "suspend", "resume"};
                    const std::string move = moves[chance(8)];
                    status =
                        send(http::Method::post, at + "/schritte", R"({"move": ")" + move + R"(", "reason": "Grund", "record": "Akte 7"})").status;
                    if (status == 422 && move == "agree") ++refused;
                }
            }
            ASSERT_NE(status, 500);
            officer();
            const auto history = got(at + "/verlauf").at("history").as_array();
            ASSERT_GE(history.size(), steps);
            steps = history.size();
            bool was_binding = false;
            for (const auto& each : history) {
                const auto grade = each.as_object().at("grade").as_string();
                if (each.as_object().at("to").as_string() == "agreed")
                    was_binding = grade == "binding" || grade == "verifiable" || grade == "verified";
            }
            const std::string state(got(at).at("state").as_string());
            if (state == "agreed") ++agreed;
            if (state != "proposed" && state != "in_clarification") { ASSERT_TRUE(was_binding) << state; }
            const auto evidence = got(at + "/nachweise").at("evidence").as_array();
            ASSERT_GE(evidence.size(), entries);
            entries = evidence.size();
            for (const auto& each : evidence) {
                const auto& e = each.as_object();
                if (e.at("accepted_by").is_null()) continue;
                ++accepted;
                ASSERT_NE(e.at("accepted_by").as_string(), e.at("delivered_by").as_string());
            }
        }
    }
    EXPECT_GT(agreed, 5);
    EXPECT_GT(refused, 0);
    EXPECT_EQ(accepted, 0);  // one and the same person sits at every desk here
}

TEST_P(ApiLives, OfTargets) {
    int resolved = 0, refused = 0;
    for (int life = 0; life < 14; ++life) {
        officer();
        const auto made =
            send(http::Method::post, "/zielvorgaben",
                 R"({"title": {"de": "Treffs"}, "text": {"de": "Fünf Treffs."}, "goal": {"direction": "at_least", "value": "5", "unit": "Treffs"},
                                   "counted_from": "2020-01-01", "due_on": "2020-12-31"})");
        ASSERT_EQ(made.status, 201) << made.body;
        const std::string key(json::parse(made.body).at("key").as_string());
        std::size_t steps = 0;
        for (int i = 0; i < 30; ++i) {
            officer();
            const auto before = got("/zielvorgaben/" + key);
            if (chance(8) == 0) somebody();
            const auto version = std::to_string(before.at("version").as_int64() - (chance(8) == 0 ? 1 : 0));
            std::string body;
            auto method = http::Method::post;
            auto path = "/zielvorgaben/" + key + "/schritte";
            switch (chance(9)) {
                case 0:
                case 1:
                case 2:
                    body = std::string(R"({"step": "request_opinion", "party": ")") + (chance(2) ? "district_council" : "administration") +
                           R"(", "asked_on": "2020-02-01", "answer_by": ")" + (chance(4) ? "2020-03-01" : "2020-12-01") + "\"" +
                           (chance(4) ? R"(, "proof": "mail-1"})" : "}");
                    break;
                case 3:
                    if (!before.at("requests").as_array().empty())
                        body = R"({"step": "record_opinion", "request": )" +
                               std::to_string(before.at("requests").as_array()[0].as_object().at("id").as_int64()) +
                               R"(, "received_on": "2020-02-20", "text": "Gut."})";
                    break;
                case 4:
                    method = http::Method::patch;
                    path = "/zielvorgaben/" + key;
                    body = R"({"text": {"de": "Fassung )" + std::to_string(chance(3)) + R"("}})";
                    break;
                case 5:
                case 6: body = R"({"step": "make_ready"})"; break;
                default:
                    body = std::string(R"({"step": "decide", "decision": ")") + (chance(3) ? "resolved" : "adjourned") +
                           R"(", "on": "2020-05-01", "meeting": "12.", "resolution": "IB 1", "yes": 5, "no": 1})";
            }
            if (body.empty()) continue;
            const auto status = send(method, path, body, version).status;
            ASSERT_NE(status, 500);
            if (status == 422 || status == 409) ++refused;
            officer();
            const auto history = got("/zielvorgaben/" + key + "/verlauf").at("history").as_array();
            ASSERT_GE(history.size(), steps);
            steps = history.size();
            const auto now = got("/zielvorgaben/" + key);
            ASSERT_GE(now.at("opinions").as_array().size(), before.at("opinions").as_array().size());
            ASSERT_GE(now.at("requests").as_array().size(), before.at("requests").as_array().size());
            const std::string state(now.at("state").as_string());
            if (state != "resolved" && state != "ready" && state != "adjourned") continue;
            if (state == "resolved") ++resolved;
            for (const auto& party : now.at("consultation").as_array()) {
                const std::string involvement(party.as_object().at("involvement").as_string());
                ASSERT_TRUE(involvement == "answered" || involvement == "silent") << state << " " << involvement;
            }
        }
    }
    EXPECT_GT(resolved, 3);
    EXPECT_GT(refused, 20);
}

TEST_P(ApiLives, ConflictsOnBothSidesOfTheirLimits) {
    // A deadline before its start; the day itself is one.
    const auto key = proposed(whole);
    const auto at = "/massnahmen/" + key;
    EXPECT_EQ(send(http::Method::patch, at, R"({"starts_on": "2020-05-02", "ends_on": "2020-05-01"})", "1").status, 422);
    EXPECT_EQ(send(http::Method::patch, at, R"({"starts_on": "2020-05-01", "ends_on": "2020-05-01"})", "1").status, 200);
    EXPECT_EQ(send(http::Method::patch, at, R"({"starts_on": "2019-12-31", "ends_on": "2020-12-31"})", "2").status, 200);
    // A resource in a year of the measure, the first and the last, and beside them.
    for (const auto& [year, status] : {std::pair{2018, 422}, std::pair{2019, 201}, std::pair{2020, 201}, std::pair{2021, 422}})
        EXPECT_EQ(send(http::Method::post, at + "/mittel",
                       R"({"kind": "budget", "budget_line": "3.1", "planned_cents": 1, "year": )" + std::to_string(year) + "}")
                      .status,
                  status)
            << year;
    for (const auto& [cents, status] : {std::pair{"0", 422}, std::pair{"1", 201}, std::pair{"-1", 422}, std::pair{"\"1.234,56\"", 422}})
        EXPECT_EQ(send(http::Method::post, at + "/mittel",
                       std::string(R"({"kind": "budget", "budget_line": "3.1", "year": 2020, "planned_cents": )") + cents + "}")
                      .status,
                  status)
            << cents;
    // Evidence taken back before and after it was accepted: only then something is at risk.
    for (const auto* move : {"clarify", "agree", "start"})
        ASSERT_EQ(send(http::Method::post, at + "/schritte", std::string(R"({"move": ")") + move + "\"}").status, 200) << move;
    as("soziales");
    const auto deliver = [&] {
        as("soziales");
        const auto response = send(http::Method::post, at + "/nachweise", R"({"title": {"de": "Beleg"}, "occurred_on": "2020-06-01"})");
        return std::to_string(json::parse(response.body).at("id").as_int64());
    };
    const auto risks = [&] {
        officer();
        return got(at).at("flags").as_object().at("risks").as_array().size();
    };
    const auto first = deliver();
    EXPECT_EQ(send(http::Method::post, at + "/nachweise/" + first + "/ruecknahme", R"({"reason": "Irrtum"})").status, 200);
    EXPECT_EQ(risks(), 0u);
    const auto second = deliver();
    officer();
    somebody_else();
    EXPECT_EQ(send(http::Method::post, at + "/nachweise/" + second + "/anerkennung", "").status, 200);
    EXPECT_EQ(risks(), 0u);
    EXPECT_EQ(send(http::Method::post, at + "/nachweise/" + second + "/ruecknahme", R"({"reason": "Irrtum"})").status, 200);
    EXPECT_EQ(risks(), 1u);
    EXPECT_EQ(got(at).at("state").as_string(), "under_way");
    // An opinion on the last day of the term, and on the day after.
    for (const auto& [day, late] : {std::pair{"2020-03-01", false}, std::pair{"2020-03-02", true}}) {
        const auto made = send(http::Method::post, "/zielvorgaben",
                               R"({"title": {"de": "T"}, "text": {"de": "T."}, "goal": {"direction": "at_least", "value": "0", "unit": "Treffs"},
                                   "counted_from": "2020-01-01", "due_on": "2020-12-31"})");
        const auto path = "/zielvorgaben/" + std::string(json::parse(made.body).at("key").as_string()) + "/schritte";
        const auto asked =
            send(http::Method::post, path,
                 R"({"step": "request_opinion", "party": "administration", "asked_on": "2020-02-01", "answer_by": "2020-03-01"})", "1");
        ASSERT_EQ(asked.status, 200) << asked.body;
        const auto answered =
            send(http::Method::post, path,
                 std::string(R"({"step": "record_opinion", "party": "administration", "text": "Gut.", "received_on": ")") + day + "\"}", "2");
        ASSERT_EQ(answered.status, 200) << answered.body;
        EXPECT_EQ(json::parse(answered.body).at("opinions").as_array()[0].as_object().at("late").as_bool(), late) << day;
    }
}
