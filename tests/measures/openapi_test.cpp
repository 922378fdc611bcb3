// docs/openapi.yaml against the program: every path of the file is asked, every answer held against its schema, and every path of the program stands in the file.
#include <fstream>
#include <set>

#include <yaml-cpp/yaml.h>
#include <boost/json.hpp>

#include "measures/round_store.h"
#include "tests/measures/pages_support.h"

using namespace measures;
namespace json = boost::json;

namespace {

// JSON Schema as far as the file uses it. Answers where a value does not fit; empty when it does.
class Schemas {
  public:
    explicit Schemas(YAML::Node root) : root_(std::move(root)) {}

    std::string misfit(const json::value& value, YAML::Node schema, const std::string& where) const {
        if (schema["$ref"]) schema = resolved(schema["$ref"].as<std::string>());
        if (schema["anyOf"]) {
            std::string all;
            for (const auto& each : schema["anyOf"]) {
                const auto wrong = misfit(value, each, where);
                if (wrong.empty()) return {};
                all += wrong + "; ";
            }
            return all;
        }
        if (schema["type"] && !has_type(value, schema["type"])) return where + ": another type";
        if (const auto choices = schema["enum"]; choices && !is_one_of(value, choices))
            return where + ": " + json::serialize(value) + " is none of the choices";
        if (schema["format"] && schema["format"].as<std::string>() == "date" && value.is_string() &&
            !base::parse_iso_day(std::string_view(value.as_string())))
            return where + ": no day";
        if (value.is_array() && schema["items"])
            for (std::size_t i = 0; i < value.as_array().size(); ++i)
                if (auto wrong = misfit(value.as_array()[i], schema["items"], where + "/" + std::to_string(i)); !wrong.empty()) return wrong;
        if (!value.is_object()) return {};
        for (const auto& name : schema["required"])
            if (!value.as_object().contains(name.as<std::string>())) return where + ": " + name.as<std::string>() + " is missing";
        const auto properties = schema["properties"];
        const bool closed = schema["additionalProperties"] && !schema["additionalProperties"].as<bool>();
        for (const auto& [name, member] : value.as_object()) {
            const std::string key(name);
            if (properties && properties[key]) {
                if (auto wrong = misfit(member, properties[key], where + "/" + key); !wrong.empty()) return wrong;
            } else if (closed)
                return where + ": " + key + " is not described";
        }
        return {};
    }
    YAML::Node resolved(const std::string& reference) const {
        YAML::Node at = YAML::Clone(root_);
        for (std::size_t from = 2; from <= reference.size();) {
            const auto end = std::min(reference.find('/', from), reference.size());
            at.reset(at[reference.substr(from, end - from)]);
            from = end + 1;
        }
        return at;
    }

  private:
    static bool has_type(const json::value& value, const YAML::Node& type) {
        if (type.IsSequence()) {
            for (const auto& each : type)
                if (has_type(value, each)) return true;
            return false;
        }
        const auto name = type.as<std::string>();
        return name == "object"    ? value.is_object()
               : name == "array"   ? value.is_array()
               : name == "string"  ? value.is_string()
               : name == "integer" ? value.is_int64() || value.is_uint64()
               : name == "boolean" ? value.is_bool()
               : name == "null"    ? value.is_null()
                                   : false;
    }
    static bool is_one_of(const json::value& value, const YAML::Node& choices) {
        for (const auto& each : choices)
            if (each.IsNull() ? value.is_null() : value.is_string() && std::string(value.as_string()) == each.as<std::string>()) return true;
        return false;
    }
    YAML::Node root_;
};

class OpenApi : public MeasureSite {
  protected:
    void SetUp() override {
        MeasureSite::SetUp();
        file_ = YAML::LoadFile(std::string(base::source_root()) + "/docs/openapi.yaml");
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
    }

    // The address of a path with the examples of its parameters; each optional one alone, too.
    static std::vector<std::string> addresses(std::string path, const YAML::Node& operation) {
        std::vector<std::string> out;
        std::string all;
        for (const auto& p : operation["parameters"]) {
            const auto name = p["name"].as<std::string>(), example = p["example"].as<std::string>();
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
    void hold(const http::Response& response, const YAML::Node& operation, const Schemas& schemas, const std::string& address) {
        auto described = operation["responses"][std::to_string(response.status)];
        ASSERT_TRUE(described) << address << " answers " << response.status;
        YAML::Node answer = described["$ref"] ? schemas.resolved(described["$ref"].as<std::string>()) : described;
        ASSERT_EQ(response.headers.get("Content-Type").substr(0, 16), "application/json") << address;
        boost::system::error_code broken;
        const auto value = json::parse(response.body, broken);
        ASSERT_FALSE(broken) << address;
        EXPECT_EQ(schemas.misfit(value, answer["content"]["application/json"]["schema"], ""), "") << address;
    }
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
            ASSERT_EQ(operation.first.as<std::string>(), "get");
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
                nothing.replace(nothing.find('{'), nothing.find('}') - nothing.find('{') + 1, "999");
                const auto missing = get(nothing);
                EXPECT_EQ(missing.status, 404) << nothing;
                hold(missing, operation.second, schemas, nothing);
            }
        }
    }
    EXPECT_GT(asked, 20);
}

TEST_P(OpenApi, EveryPathOfTheProgramStandsInTheFile) {
    std::set<std::string> in_file, in_program;
    for (const auto& entry : file_["paths"]) in_file.insert(entry.first.as<std::string>());
    for (const auto& entry : router().entries()) {
        if (entry.pattern.rfind("/api/", 0) != 0) continue;
        auto pattern = entry.pattern;
        for (std::size_t at = 0; (at = pattern.find(":any}", at)) != std::string::npos;) pattern.erase(at, 4);
        in_program.insert(pattern);
    }
    EXPECT_EQ(in_program, in_file);
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
