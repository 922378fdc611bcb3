// The operations of docs/openapi.yaml that are about indicators, asked and held against their schema; every route of the program stands in the file.
#include <set>

#include "tests/indicators/pages_support.h"
#include "tests/platform/http/support/openapi.h"

using namespace indicators;

namespace {

const std::string indicator = "/api/v1/indikatoren/{key}", new_value = indicator + "/werte", correction = new_value + "/{wert}/berichtigung";

class IndicatorApi : public IndicatorSite {
  protected:
    // What is accepted must fit the described body, what is answered the described answer.
    json::object call(const std::string& path, std::vector<std::string> values, const std::string& body, int status) {
        auto address = path;
        for (const auto& value : values)
            if (address.find('{') != std::string::npos) address.replace(address.find('{'), address.find('}') - address.find('{') + 1, value);
        http::Request request;
        request.method = http::Method::post;
        request.path = request.target = address;
        request.body = body;
        request.headers.set("Content-Type", "application/json");
        const auto response = ask(std::move(request));
        EXPECT_EQ(response.status, status) << path << " " << body << " " << response.body;
        const auto operation = file_["paths"][path]["post"];
        if (status < 300) {
            EXPECT_EQ(schemas_.misfit(json::parse(body), operation["requestBody"]["content"]["application/json"]["schema"], ""), "") << body;
        }
        openapi::hold(response, operation, schemas_, path);
        answered_.insert(path + " " + std::to_string(status));
        boost::system::error_code broken;
        auto value = json::parse(response.body, broken);
        return !broken && value.is_object() ? value.as_object() : json::object{};
    }
    void look(const std::string& path, const std::string& address, int status) {
        const auto response = get(address);
        EXPECT_EQ(response.status, status) << address;
        openapi::hold(response, file_["paths"][path]["get"], schemas_, address);
    }
    YAML::Node file_ = openapi::file();
    openapi::Schemas schemas_{file_};
    std::set<std::string> answered_;
};
MITEINANDER_ON_BOTH_ENGINES(IndicatorApi);

std::string first_field(const json::object& problem) {
    return std::string(problem.at("fields").as_array().at(0).as_object().at("field").as_string());
}

}  // namespace

TEST_P(IndicatorApi, ReadsAsDescribedInsideAndOutside) {
    ASSERT_EQ(post("/indikatoren", {{"key", "intern"}, {"title", "Interner"}, {"unit", "Fälle"}, {"rhythm", "yearly"}}).status, 303);
    call(new_value, {"treffs"}, R"({"period": "2019", "value": "4.5", "note": "geschätzt"})", 201);
    call(new_value, {"treffs"}, R"({"period": "2018", "value": null, "note": "nicht gezählt"})", 201);
    look("/api/v1/indikatoren", "/api/v1/indikatoren", 200);
    look(indicator, "/api/v1/indikatoren/treffs", 200);
    look(indicator, "/api/v1/indikatoren/intern", 200);
    look(indicator, "/api/v1/indikatoren/keiner", 404);
    nobody();
    look("/api/v1/indikatoren", "/api/v1/indikatoren", 200);
    look(indicator, "/api/v1/indikatoren/treffs", 200);
    look(indicator, "/api/v1/indikatoren/intern", 404);
    EXPECT_FALSE(has(get("/api/v1/indikatoren").body, "geschätzt")) << "notes are internal";
}

TEST_P(IndicatorApi, GivesEveryDescribedAnswer) {
    // Whoever is not signed in, or is of another unit, finds nothing to change; what is no JSON or not described is refused.
    const auto value = call(new_value, {"treffs"}, R"({"period": "2019", "value": "0", "observed_on": "2019-12-31"})", 201);
    const std::string entry(value.at("values").as_array()[0].as_object().at("evidence").as_string());
    for (const auto& who : {0, 1}) {
        who == 0 ? nobody() : unit(2);
        call(new_value, {"treffs"}, R"({"period": "2018", "value": "1"})", 404);
        call(correction, {"treffs", entry}, R"({"period": "2019", "value": "1", "reason": "Nachgemeldet."})", 404);
    }
    unit(1);
    call(new_value, {"keiner"}, R"({"period": "2018", "value": "1"})", 404);
    call(correction, {"treffs", "keiner"}, R"({"period": "2019", "value": "1", "reason": "Nachgemeldet."})", 404);
    for (const auto& path : {new_value, correction}) {
        call(path, {"treffs", entry}, "[1", 422);
        EXPECT_EQ(first_field(call(path, {"treffs", entry}, R"({"wert": "1"})", 422)), "wert");
        EXPECT_EQ(first_field(call(path, {"treffs", entry}, R"({"period": 2019, "value": "1", "reason": "Nachgemeldet."})", 422)), "period");
        EXPECT_EQ(first_field(call(path, {"treffs", entry}, R"({"period": "2019", "value": "viel", "reason": "Nachgemeldet."})", 422)), "value");
    }
    EXPECT_EQ(first_field(call(new_value, {"treffs"}, R"({"period": "2018", "value": "1", "reason": "x"})", 422)), "reason");
    EXPECT_EQ(first_field(call(new_value, {"treffs"}, R"({"period": "2018-Q1", "value": "1"})", 422)), "period") << "counted by the year";
    EXPECT_EQ(first_field(call(new_value, {"treffs"}, R"({"period": "2019", "value": "1"})", 422)), "period") << "twice";
    call(correction, {"treffs", entry}, R"({"period": "2019", "value": "2", "reason": ""})", 422);
    const auto right = call(correction, {"treffs", entry}, R"({"period": "2019", "value": "2", "reason": "Nachgemeldet."})", 200);
    EXPECT_EQ(right.at("values").as_array().size(), 2u);
    call(correction, {"treffs", entry}, R"({"period": "2019", "value": "3", "reason": "Noch einmal."})", 404);

    for (const auto& path : file_["paths"]) {
        const auto name = path.first.as<std::string>();
        if (!name.starts_with("/api/v1/indikatoren") || !path.second["post"]) continue;
        for (const auto& answer : path.second["post"]["responses"]) {
            const auto expected = name + " " + answer.first.as<std::string>();
            EXPECT_TRUE(answered_.contains(expected)) << expected;
        }
    }
}

TEST_P(IndicatorApi, StandsInTheFileWithEveryRoute) {
    std::set<std::string> in_file, in_program;
    for (const auto& path : file_["paths"])
        for (const auto& operation : path.second)
            if (const auto name = path.first.as<std::string>(); name.starts_with("/api/v1/indikatoren"))
                in_file.insert((operation.first.as<std::string>() == "get" ? "GET " : "POST ") + name);
    for (const auto& entry : router().entries()) {
        if (!entry.pattern.starts_with("/api/")) continue;
        auto pattern = entry.pattern;
        for (const auto* kind : {":any}", ":slug}"})
            for (std::size_t at = 0; (at = pattern.find(kind, at)) != std::string::npos;) pattern.replace(at, std::string_view(kind).size(), "}");
        in_program.insert(std::string(http::name_of(entry.method)) + " " + pattern);
    }
    EXPECT_EQ(in_program, in_file);
}
