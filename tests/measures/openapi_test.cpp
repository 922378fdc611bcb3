// docs/openapi.yaml against the program, in both directions: every operation of the file is asked and every answer it describes is given, held against its
// schema; every route of the program stands in the file.
#include <set>

#include "measures/round_store.h"
#include "tests/measures/pages_support.h"
#include "tests/platform/http/support/openapi.h"

using namespace measures;
using openapi::hold, openapi::Schemas;
namespace json = boost::json;

namespace {

class OpenApi : public MeasureSite {
  protected:
    void SetUp() override {
        MeasureSite::SetUp();
        file_ = openapi::file();
        // Something of everything: an agreed measure with means, milestone, report and value, a self-commitment, a decided target, a round.
        auto form = full_form();
        for (auto& [name, value] : form)
            if (name == "kriterium_art")
                value = "value";
            else if (name == "kriterium_wert")
                value = "2,5";
        form.emplace_back("kriterium_einheit", "Fälle");
        form.emplace_back("veroeffentlicht", "ja");
        form.emplace_back("notiz", "nur für uns");
        form.emplace_back("gemeinschaftlich", "jugend");
        const auto page = post("/massnahmen", form).headers.get("Location");
        ASSERT_EQ(page, "/massnahmen/M-2020-001");
        ASSERT_EQ(post(page + "/mittel", {{"art", "budget"}, {"haushaltsstelle", "3.1"}, {"jahr", "2020"}, {"geplant", "1,50"}}).status, 303);
        ASSERT_EQ(post(page + "/meilensteine", {{"titel", "Auftakt"}, {"faellig", "01.03.2020"}}).status, 303);
        ASSERT_EQ(post(page + "/schritte", {{"schritt", "clarify"}}).status, 303);
        ASSERT_EQ(post(page + "/schritte", {{"schritt", "agree"}}).status, 303);
        ASSERT_EQ(post(page + "/berichte", {{"text", "Läuft."}, {"einschaetzung", "on_track"}, {"prozent", "40"}, {"veroeffentlicht", "ja"}}).status,
                  303);
        ASSERT_EQ(upload(page + "/dateien", {{"titel", "Flyer"}}, "datei", "flyer.txt", "Wir beraten.").status, 303);
        ASSERT_EQ(post("/massnahmen/abfragen", {{"antwort_bis", "14.10.2020"}, {"melden_nach", "7"}}).status, 303);
        const auto target = post("/zielvorgaben", {{"titel", "Plätze"},
                                                   {"text", "Zwölf Plätze."},
                                                   {"richtung", "at_least"},
                                                   {"wert", "12"},
                                                   {"einheit", "Plätze"},
                                                   {"gezaehlt_ab", "01.01.2020"},
                                                   {"frist", "15.09.2020"}})
                                .headers.get("Location");
        const auto step = [&](std::vector<std::pair<std::string, std::string>> fields) { return post(target + "/schritte", fields).status; };
        for (const auto* party : {"district_council", "administration"})
            ASSERT_EQ(
                step(
                    {{"schritt", "anfragen"}, {"seite", party}, {"angefragt_am", "01.02.2020"}, {"antwort_bis", "01.03.2020"}, {"nachweis", "mail"}}),
                303);
        ASSERT_EQ(step({{"schritt", "reif"}}), 303);
        ASSERT_EQ(step({{"schritt", "entscheiden"},
                        {"ergebnis", "beschlossen"},
                        {"tag", "02.04.2020"},
                        {"sitzung", "12."},
                        {"beschluss", "IB 4"},
                        {"ja", "9"}}),
                  303);
        ASSERT_EQ(step({{"schritt", "inkraft"}, {"tag", "03.04.2020"}}), 303);
        ASSERT_EQ(step({{"schritt", "ergebnis"}, {"wert", "11"}}), 303);
        ASSERT_EQ(step({{"schritt", "uebersteuern"}, {"ergebnis", "partly"}, {"grund", "Ein Platz fiel weg."}}), 303);
        ASSERT_EQ(step({{"schritt", "veroeffentlichen"}}), 303);
        const auto invited = post("/massnahmen/zusagen", {{"partner", "verein"}, {"mail", ""}, {"sprache", "de"}}).body;
        const auto at = invited.find("/zusage/");
        ASSERT_NE(at, std::string::npos);
        link_ = invited.substr(at + 8, 43);
    }

    // The address of a path with the examples of its parameters; each optional one alone, too.
    std::vector<std::string> addresses(std::string path, const YAML::Node& operation) const {
        std::vector<std::string> out;
        std::string all;
        for (const auto& p : operation["parameters"]) {
            const auto name = p["name"].as<std::string>(), example = name == "link" ? link_ : p["example"].as<std::string>();
            if (p["in"].as<std::string>() == "path")
                path.replace(path.find("{" + name + "}"), name.size() + 2, example);
            else
                out.push_back(name + "=" + example);
        }
        for (auto& each : out) {
            all += (all.empty() ? "?" : "&") + each;
            each = path + "?" + each;
        }
        out.push_back(path);
        out.push_back(path + all);
        return out;
    }
    // One request of a program, as the file describes it: "PATCH /api/v1/massnahmen/{key}" with the values of its path. What is accepted must fit the
    // described body, what is answered the described answer.
    http::Response call(const std::string& operation, const std::vector<std::string>& values, const std::string& body, int status,
                        const std::string& if_match = {}) {
        const auto blank = operation.find(' ');
        const auto name = operation.substr(0, blank), path = operation.substr(blank + 1);
        auto address = path;
        for (const auto& value : values) address.replace(address.find('{'), address.find('}') - address.find('{') + 1, value);
        auto request = request_to(*http::method_named(name), address);
        request.body = body;
        request.headers.set("Content-Type", "application/json");
        if (!if_match.empty()) request.headers.set("If-Match", "\"" + if_match + "\"");
        auto response = router().route(request);
        EXPECT_EQ(response.status, status) << operation << " " << body << " " << response.body;
        auto lower = name;
        for (auto& ch : lower) ch = static_cast<char>(ch >= 'A' && ch <= 'Z' ? ch + 32 : ch);
        const Schemas schemas(file_);
        const auto described = file_["paths"][path][lower];
        EXPECT_TRUE(described) << operation;
        if (!described) return response;
        if (status < 300 && described["requestBody"]) {
            EXPECT_EQ(schemas.misfit(json::parse(body), described["requestBody"]["content"]["application/json"]["schema"], ""), "") << body;
        }
        hold(response, described, schemas, operation);
        answered_.insert(operation + " " + std::to_string(status));
        return response;
    }
    // The same with a file, in a multipart form.
    json::object attached(const std::string& key, const std::vector<std::pair<std::string, std::string>>& fields, const std::string& name,
                          const std::string& bytes, int status) {
        const std::string path = "/api/v1/massnahmen/{key}/dateien";
        const auto response = upload("/api/v1/massnahmen/" + key + "/dateien", fields, "file", name, bytes);
        EXPECT_EQ(response.status, status) << response.body;
        hold(response, file_["paths"][path]["post"], Schemas(file_), path);
        answered_.insert("POST " + path + " " + std::to_string(status));
        boost::system::error_code broken;
        auto value = json::parse(response.body, broken);
        return !broken && value.is_object() ? value.as_object() : json::object{};
    }
    // The same to a measure: the JSON of the answer.
    json::object done(const std::string& operation, const std::vector<std::string>& values, const std::string& body, int status = 200,
                      const std::string& if_match = {}) {
        const auto response = call(operation, values, body, status, if_match);
        boost::system::error_code broken;
        auto value = json::parse(response.body, broken);
        return !broken && value.is_object() ? value.as_object() : json::object{};
    }
    std::set<std::string> answered_;
    std::string link_;
    YAML::Node file_;
};
MITEINANDER_ON_BOTH_ENGINES(OpenApi);

}  // namespace

TEST_P(OpenApi, EveryPathOfTheFileAnswersAsDescribed) {
    const Schemas schemas(file_);
    int asked = 0;
    for (const auto& entry : file_["paths"]) {
        const auto path = entry.first.as<std::string>();
        for (const auto& operation : entry.second) {
            // Indicators are another capability's: tests/indicators asks them.
            if (operation.first.as<std::string>() != "get" || path.find("indikatoren") != std::string::npos) continue;
            for (const auto& address : addresses(path, operation.second)) {
                as("officer", identity::Role::integration_officer);
                const auto inside = get(address);
                EXPECT_EQ(inside.status, 200) << address;
                hold(inside, operation.second, schemas, address);
                as("");
                hold(get(address), operation.second, schemas, address);
                ++asked;
            }
            if (path.find('{') != std::string::npos) {
                auto nothing = path;
                while (nothing.find('{') != std::string::npos) nothing.replace(nothing.find('{'), nothing.find('}') - nothing.find('{') + 1, "999");
                const auto missing = get(nothing);
                EXPECT_EQ(missing.status, 404) << nothing;
                hold(missing, operation.second, schemas, nothing);
            }
        }
    }
    EXPECT_GT(asked, 20);
}

TEST_P(OpenApi, EveryRouteOfTheProgramStandsInTheFile) {
    std::set<std::string> in_file, in_program;
    for (const auto& entry : file_["paths"])
        for (const auto& operation : entry.second) {
            auto name = operation.first.as<std::string>();
            for (auto& ch : name) ch = static_cast<char>(ch >= 'a' && ch <= 'z' ? ch - 32 : ch);
            if (entry.first.as<std::string>().rfind("/api/v1/indikatoren", 0) != 0) in_file.insert(name + " " + entry.first.as<std::string>());
        }
    for (const auto& entry : router().entries()) {
        if (entry.pattern.rfind("/api/", 0) != 0) continue;
        auto pattern = entry.pattern;
        for (std::size_t at = 0; (at = pattern.find(":any}", at)) != std::string::npos;) pattern.erase(at, 4);
        in_program.insert(std::string(http::name_of(entry.method)) + " " + pattern);
    }
    EXPECT_EQ(in_program, in_file);
}

// The whole of what programs may change, from a proposal to a target's outcome, and every refusal the file describes.
TEST_P(OpenApi, EveryDescribedAnswerIsGiven) {
    const std::string measures = "/api/v1/massnahmen", measure = measures + "/{key}", targets = "/api/v1/zielvorgaben", target = targets + "/{key}";
    const std::string no_json = "[1", unknown = R"({"titel": "x"})";
    // Whoever is not signed in finds nothing to change; what is no JSON or not described is refused, wherever it is sent.
    as("");
    for (const auto& entry : file_["paths"])
        for (const auto& operation : entry.second) {
            const auto path = entry.first.as<std::string>();
            auto name = operation.first.as<std::string>();
            if (name == "get" || path.find("{link}") != std::string::npos || path.find("indikatoren") != std::string::npos) continue;
            for (auto& ch : name) ch = static_cast<char>(ch - 32);
            std::vector<std::string> values;
            for (const auto& p : operation.second["parameters"])
                if (p["in"] && p["in"].as<std::string>() == "path") values.push_back(p["example"].as<std::string>());
            as("");
            call(name + " " + path, values, "{}", 404, "1");
            as("officer", identity::Role::integration_officer);
            if (!operation.second["requestBody"] || !operation.second["requestBody"]["content"]["application/json"]) continue;
            call(name + " " + path, values, no_json, 422, "1");
            const auto wrong = done(name + " " + path, values, unknown, 422, "1");
            EXPECT_EQ(wrong.at("fields").as_array().at(0).as_object().at("field").as_string(), "titel") << path;
        }

    // A measure. Every mistake at once, by the names programs know.
    const auto refused = done("POST " + measures, {}, R"({"title": {"de": ""}, "kind": "single", "starts_on": "2020-05-01", "ends_on": "2020-04-30",
        "fresh_days": 0, "criterion_kind": "value", "goal": {"value": "viel", "direction": "at_least", "unit": ""}})",
                              422);
    std::set<std::string> at;
    for (const auto& mistake : refused.at("fields").as_array()) at.insert(std::string(mistake.as_object().at("field").as_string()));
    for (const auto* member : {"title.de", "ends_on", "fresh_days", "goal.value", "goal.unit"}) EXPECT_TRUE(at.contains(member)) << member;
    const auto made = done("POST " + measures, {}, R"({"title": {"de": "Lotsen", "en": "Guides"}, "kind": "single", "accountable": "soziales",
        "statements": [{"plan": "2018", "statement": "5.1-a"}], "starts_on": "2020-01-01", "ends_on": "2020-12-31", "criterion_kind": "yes_or_no",
        "criterion": {"de": "Gibt es Lotsen?"}, "evidence_kind": "advice.answered", "joint": [], "coworkers": ["jugend"], "published": true,
        "internal_note": "intern"})",
                           201);
    ASSERT_EQ(made.at("key").as_string(), "M-2020-002");
    EXPECT_EQ(made.at("grade").as_string(), "assigned");
    call("PATCH " + measure, {"M-2020-002"}, R"({"working_name": "Lotsen"})", 428);
    EXPECT_EQ(done("PATCH " + measure, {"M-2020-002"}, R"({"working_name": "Lotsen"})", 200, "1").at("version").as_int64(), 2);
    // Who comes second gets both versions: what stands there, what was sent, and where they differ.
    const auto second = done("PATCH " + measure, {"M-2020-002"}, R"({"working_name": "Wegweiser"})", 409, "1");
    EXPECT_EQ(second.at("current").as_object().at("working_name").as_string(), "Lotsen");
    EXPECT_EQ(second.at("yours").as_object().at("working_name").as_string(), "Wegweiser");
    const auto& clashes = second.at("clashes").as_array();
    ASSERT_EQ(clashes.size(), 1u);
    EXPECT_EQ(clashes[0].as_object(), (json::object{{"field", "working_name"}, {"base", ""}, {"current", "Lotsen"}, {"yours", "Wegweiser"}}));

    // Steps: the gate refuses with every failed rule, as on the page.
    const auto step = "POST " + measure + "/schritte";
    done(step, {"M-2020-002"}, R"({"move": "clarify"})");
    const auto gate = done(step, {"M-2020-002"}, R"({"move": "agree"})", 422);
    EXPECT_EQ(gate.at("fields").as_array().at(0).as_object().at("field").as_string(), "R4");
    call(step, {"M-2020-002"}, R"({"move": "start"})", 409);
    as("soziales");
    call(step, {"M-2020-002"}, R"({"move": "reject", "reason": "nein"})", 403);

    // Resources and milestones of the accountable unit.
    const auto resources = measure + "/mittel";
    const auto added =
        done("POST " + resources, {"M-2020-002"}, R"({"kind": "budget", "budget_line": "3.1", "year": 2020, "planned_cents": 123456})", 201);
    const auto resource = std::to_string(added.at("id").as_int64());
    const auto tag = std::string(added.at("measure").as_object().at("resources").as_array()[0].as_object().at("tag").as_string());
    EXPECT_EQ(added.at("measure").as_object().at("resources").as_array()[0].as_object().at("planned_cents").as_int64(), 123456);
    EXPECT_EQ(done("POST " + resources, {"M-2020-002"}, R"({"kind": "budget", "budget_line": "3.1", "year": 2021, "planned_cents": 1})", 422)
                  .at("fields")
                  .as_array()[0]
                  .as_object()
                  .at("field")
                  .as_string(),
              "year");
    call("PATCH " + resources + "/{mittel}", {"M-2020-002", resource}, R"({"spent_cents": 5})", 428);
    call("PATCH " + resources + "/{mittel}", {"M-2020-002", resource}, R"({"spent_cents": 5})", 200, tag);
    const auto part = done("PATCH " + resources + "/{mittel}", {"M-2020-002", resource}, R"({"spent_cents": 7})", 409, tag);
    EXPECT_EQ(part.at("clashes").as_array().size(), 1u);
    const auto none = std::to_string(
        done("POST " + resources, {"M-2020-002"}, R"({"kind": "no_extra_means", "description": "Ehrenamt"})", 201).at("id").as_int64());
    call("POST " + resources + "/{mittel}/bestaetigung", {"M-2020-002", none}, "", 422);  // not by the accountable office
    as("jugend");
    call("POST " + resources + "/{mittel}/bestaetigung", {"M-2020-002", none}, "", 200);
    call("POST " + resources + "/{mittel}/bestaetigung", {"M-2020-002", none}, "", 409);
    as("soziales");
    call("DELETE " + resources + "/{mittel}", {"M-2020-002", none}, "", 204);
    const auto milestones = measure + "/meilensteine";
    const auto milestone = done("POST " + milestones, {"M-2020-002"}, R"({"title": {"de": "Auftakt"}, "due_on": "2020-03-01"})", 201);
    const auto mark = std::string(milestone.at("measure").as_object().at("milestones").as_array()[0].as_object().at("tag").as_string());
    const auto number = std::to_string(milestone.at("id").as_int64());
    call("PATCH " + milestones + "/{meilenstein}", {"M-2020-002", number}, R"({"reached_on": "2020-03-02"})", 428);
    call("PATCH " + milestones + "/{meilenstein}", {"M-2020-002", number}, R"({"reached_on": "2020-03-02"})", 200, mark);
    call("PATCH " + milestones + "/{meilenstein}", {"M-2020-002", number}, R"({"reached_on": "2020-03-03"})", 409, mark);
    call("DELETE " + milestones + "/{meilenstein}", {"M-2020-002", number}, "", 204);

    // Agreed; evidence is delivered by one and accepted by another, and may be withdrawn afterwards.
    as("officer", identity::Role::integration_officer);
    done(step, {"M-2020-002"}, R"({"move": "agree"})");
    EXPECT_EQ(done("PATCH " + measure, {"M-2020-002"}, R"({"ends_on": "2020-11-30"})", 422, "2").at("status").as_int64(), 422);
    done("PATCH " + measure, {"M-2020-002"},
         R"({"ends_on": "2020-11-30", "schedule_change": {"resolution": "KT 7/2020", "resolved_on": "2020-06-01"}})", 200, "2");
    as("soziales");
    done(step, {"M-2020-002"}, R"({"move": "start"})");
    EXPECT_EQ(done("POST " + measure + "/berichte", {"M-2020-002"}, R"({"text": "Läuft.", "percent": 40})", 422)
                  .at("fields")
                  .as_array()[0]
                  .as_object()
                  .at("field")
                  .as_string(),
              "percent")
        << "nothing is counted";
    done("POST " + measure + "/berichte", {"M-2020-002"}, R"({"text": "Läuft.", "assessment": "on_track", "published": true})", 201);
    done("POST " + measure + "/berichte", {"M-2020-002"}, R"({"text": "Läuft.", "assessment": "so la la", "given_on": "2020-10-01"})", 422);
    const auto evidence = measure + "/nachweise";
    const auto delivered = std::to_string(
        done("POST " + evidence, {"M-2020-002"}, R"({"title": {"de": "Beratung"}, "occurred_on": "2020-09-01"})", 201).at("id").as_int64());
    call("POST " + evidence + "/{nachweis}/anerkennung", {"M-2020-002", delivered}, "", 422);
    as("officer", identity::Role::integration_officer);
    somebody_else();
    EXPECT_EQ(done("POST " + evidence + "/{nachweis}/anerkennung", {"M-2020-002", delivered}, "").at("grade").as_string(), "verified");
    call("POST " + evidence + "/{nachweis}/anerkennung", {"M-2020-002", delivered}, "", 409);
    const auto back = "POST " + evidence + "/{nachweis}/ruecknahme";
    call(back, {"M-2020-002", delivered}, R"({"reason": ""})", 422);
    const auto at_risk = done(back, {"M-2020-002", delivered}, R"({"reason": "Verwechselt."})");
    EXPECT_EQ(at_risk.at("flags").as_object().at("risks").as_array().at(0).as_string(), "evidence_withdrawn");
    EXPECT_EQ(at_risk.at("state").as_string(), "under_way");  // at risk, never silently back
    call(back, {"M-2020-002", delivered}, R"({"reason": "Noch einmal."})", 409);

    // Notes and what waits for what.
    const auto note =
        std::to_string(done("POST " + measure + "/notizen", {"M-2020-002"}, R"({"text": "Besprochen.", "public": false})", 201).at("id").as_int64());
    call("DELETE " + measure + "/notizen/{notiz}", {"M-2020-002", note}, "", 204);
    const auto waits = measure + "/abhaengigkeiten";
    call("POST " + waits, {"M-2020-002"}, R"({"needs": "M-2020-001"})", 200);
    call("POST " + waits, {"M-2020-002"}, R"({"needs": "M-2020-001"})", 409);
    call("POST " + waits, {"M-2020-001"}, R"({"needs": "M-2020-002"})", 422);
    call("DELETE " + waits + "/{andere}", {"M-2020-002", "M-2020-001"}, "", 204);
    call("DELETE " + resources + "/{mittel}", {"M-2020-002", resource}, "", 204);

    // Files: who may attach, what is taken, and what the public gets.
    const auto files = measure + "/dateien";
    const auto file = attached("M-2020-002", {{"title", "Konzept"}}, "konzept.pdf", "%PDF-1.7 Inhalt", 201);
    EXPECT_EQ(file.at("content_type").as_string(), "application/pdf");
    EXPECT_EQ(file.at("size").as_int64(), 15);
    EXPECT_FALSE(file.at("published").as_bool());
    const auto id = std::to_string(file.at("id").as_int64());
    const std::string content(file.at("url").as_string());
    EXPECT_EQ(get(content).body, "%PDF-1.7 Inhalt");
    EXPECT_EQ(get(content).headers.get("Content-Type"), "application/pdf");
    const auto field_of = [](const json::object& problem) {
        return std::string(problem.at("fields").as_array().at(0).as_object().at("field").as_string());
    };
    EXPECT_EQ(field_of(attached("M-2020-002", {{"title", "Bild"}}, "bild.png", "%PDF-1.7", 422)), "file") << "not what its name says";
    EXPECT_EQ(field_of(attached("M-2020-002", {{"title", "Programm"}}, "setup.exe", "MZ", 422)), "file");
    EXPECT_EQ(field_of(attached("M-2020-002", {{"title", ""}}, "konzept.pdf", "%PDF-1.7", 422)), "title");
    attached("M-2020-002", {{"title", "Groß"}}, "gross.txt", std::string(files::largest + 1, 'x'), 413);
    EXPECT_EQ(attached("M-2020-002", {{"title", "Öffentlich"}, {"published", "true"}}, "flyer.txt", "Hallo", 201).at("published").as_bool(), true);
    EXPECT_EQ(attached("M-2020-002", {{"title", "Intern"}, {"published", "false"}}, "intern.txt", "Hallo", 201).at("published").as_bool(), false);
    as("");
    EXPECT_EQ(get(content).status, 404) << "internal until published";
    EXPECT_FALSE(has(get("/api/v1/massnahmen/M-2020-002/dateien").body, "konzept.pdf"));
    as("jugend");
    attached("M-2020-002", {{"title", "Von anderen"}}, "konzept.pdf", "%PDF-1.7", 404);
    as("soziales");
    call("PATCH " + files + "/{datei}", {"M-2020-002", id}, R"({})", 422);
    EXPECT_TRUE(done("PATCH " + files + "/{datei}", {"M-2020-002", id}, R"({"published": true})").at("published").as_bool());
    as("");
    EXPECT_EQ(get(content).body, "%PDF-1.7 Inhalt");
    EXPECT_FALSE(has(get("/api/v1/massnahmen/M-2020-002/dateien").body, "\"published\""));
    as("soziales");
    call("DELETE " + files + "/{datei}", {"M-2020-002", id}, "", 204);
    EXPECT_EQ(get(content).status, 404);

    // A target's whole life.
    as("officer", identity::Role::integration_officer);
    const auto drafted = done("POST " + targets, {}, R"({"title": {"de": "Treffs"}, "text": {"de": "Fünf Treffs."}, "goal": {"direction": "at_least",
        "value": "5", "unit": "Treffs"}, "statement": {"plan": "2018", "statement": "5.1-a"}, "counted_from": "2020-01-01", "due_on": "2020-09-15"})",
                              201);
    const std::string key(drafted.at("key").as_string());
    call("PATCH " + target, {key}, R"({"baseline": "1"})", 428);
    call("PATCH " + target, {key}, R"({"baseline": "1"})", 200, "1");
    EXPECT_EQ(done("PATCH " + target, {key}, R"({"baseline": "2"})", 409, "1").at("clashes").as_array().size(), 1u);
    EXPECT_EQ(done("PATCH " + target, {key}, R"({"goal": {"upper": "9"}})", 422, "2").at("fields").as_array()[0].as_object().at("field").as_string(),
              "goal.upper");
    const auto life = "POST " + target + "/schritte";
    call(life, {key}, R"({"step": "make_ready"})", 428);
    call(life, {key}, R"({"step": "make_ready"})", 409, "2");  // not from draft
    const auto asked = [&](const std::string& party, const std::string& version) {
        return done(
            life, {key},
            R"({"step": "request_opinion", "party": ")" + party + R"(", "asked_on": "2020-02-01", "answer_by": "2020-03-01", "proof": "mail-1"})",
            200, version);
    };
    asked("district_council", "2");
    const auto missing = done(life, {key}, R"({"step": "make_ready"})", 422, "3");
    EXPECT_EQ(missing.at("fields").as_array()[0].as_object().at("field").as_string(), "administration");
    const auto requests = asked("administration", "3").at("requests").as_array();
    const auto answered = done(life, {key},
                               R"({"step": "record_opinion", "request": )" + std::to_string(requests[1].as_object().at("id").as_int64()) +
                                   R"(, "received_on": "2020-03-02", "text": "Machbar."})",
                               200, "4");
    EXPECT_TRUE(answered.at("opinions").as_array()[0].as_object().at("late").as_bool());
    done(life, {key}, R"({"step": "make_ready"})", 200, "5");
    done(life, {key}, R"({"step": "decide", "decision": "resolved", "on": "2020-04-02", "meeting": "12.", "resolution": "IB 4", "yes": 9, "no": 0})",
         200, "6");
    // Resolved twice.
    call(life, {key}, R"({"step": "decide", "decision": "resolved", "on": "2020-04-03", "meeting": "13.", "resolution": "IB 5", "yes": 9})", 409,
         "7");
    done(life, {key}, R"({"step": "put_into_force", "on": "2020-04-03"})", 200, "7");
    EXPECT_EQ(done(life, {key}, R"({"step": "conclude", "value": "0"})", 200, "8").at("state").as_string(), "missed");
    done(life, {key}, R"({"step": "override", "outcome": "partly", "reason": ""})", 422, "9");
    const auto said = done(life, {key}, R"({"step": "override", "outcome": "partly", "reason": "Ein Treff fiel aus."})", 200, "9");
    EXPECT_EQ(said.at("override").as_object().at("computed").as_string(), "missed");
    EXPECT_TRUE(done(life, {key}, R"({"step": "publish"})", 200, "10").at("published").as_bool());

    // Rounds, rules, partners.
    EXPECT_EQ(done("POST /api/v1/abfragen", {}, R"({"answer_by": "2020-10-14", "reminder_days": [7, 1], "escalate_after_days": 7})", 201)
                  .at("without_mail")
                  .as_array()
                  .size(),
              1u);
    EXPECT_EQ(done("POST /api/v1/abfragen", {}, R"({"answer_by": "2020-09-30", "escalate_after_days": 7})", 422)
                  .at("fields")
                  .as_array()[0]
                  .as_object()
                  .at("field")
                  .as_string(),
              "answer_by");
    call("PUT /api/v1/regeln", {}, R"({"optional": ["R4"]})", 422);
    call("PUT /api/v1/regeln", {}, R"({"optional": ["R5"]})", 200);
    call("POST /api/v1/zusagen", {}, R"({"partner": "soziales"})", 422);
    call("POST /api/v1/zusagen", {}, R"({"partner": "verein"})", 422);  // it was invited before, and has written nothing
    const std::string address(done("POST /api/v1/zusagen", {}, R"({"partner": "verein", "again": true})", 201).at("link").as_string());
    const auto link = address.substr(address.rfind('/') + 1);
    as("");
    const std::string commitment = "/api/v1/zusagen/{link}";
    for (const auto* verb : {"/bestaetigung", "/ruecknahme"}) {
        call("POST " + commitment + verb, {"unbekannt"}, "", 404);
        call("POST " + commitment + verb, {link}, "", 409);  // nothing written yet
    }
    call("PUT " + commitment, {"unbekannt"}, R"({"title": {"de": "x"}, "description": {"de": "y"}})", 404);
    call("PUT " + commitment, {link}, R"({"title": {"de": ""}, "description": {"de": ""}})", 422);
    call("PUT " + commitment, {link}, R"({"title": {"de": "Wir öffnen"}, "description": {"de": "Jeden Montag."}, "ends_on": "2020-12-31"})", 200);
    EXPECT_EQ(done("POST " + commitment + "/bestaetigung", {link}, "").at("measure").as_object().at("commitment").as_string(), "confirmed");
    EXPECT_EQ(done("POST " + commitment + "/ruecknahme", {link}, "").at("measure").as_object().at("commitment").as_string(), "withdrawn");
    call("PUT " + commitment, {link}, R"({"title": {"de": "Doch"}, "description": {"de": "wieder."}})", 409);

    // Nothing of the file was left out.
    for (const auto& entry : file_["paths"])
        for (const auto& operation : entry.second) {
            auto name = operation.first.as<std::string>();
            if (name == "get" || entry.first.as<std::string>().find("indikatoren") != std::string::npos) continue;
            for (auto& ch : name) ch = static_cast<char>(ch - 32);
            for (const auto& answer : operation.second["responses"]) {
                const auto expected = name + " " + entry.first.as<std::string>() + " " + answer.first.as<std::string>();
                EXPECT_TRUE(answered_.contains(expected)) << expected;
            }
        }
}

TEST_P(OpenApi, ThePublicGetsNoInternalWord) {
    as("");
    for (const auto* path : {"/api/v1/massnahmen", "/api/v1/massnahmen/M-2020-001", "/api/v1/massnahmen/M-2020-001/verlauf"}) {
        EXPECT_FALSE(has(get(path).body, "nur für uns")) << path;
        EXPECT_FALSE(has(get(path).body, "internal_note")) << path;
        EXPECT_FALSE(has(get(path).body, "\"by\"")) << path;
    }
    EXPECT_EQ(get("/api/v1/abfragen").status, 404);
}
