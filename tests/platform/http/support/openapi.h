#pragma once
// docs/openapi.yaml in tests: answers of the program held against what the file says of them.
#include <string>

#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>
#include <boost/json.hpp>

#include "platform/base/day.h"
#include "platform/base/root.h"
#include "platform/http/message.h"

namespace openapi {

namespace json = boost::json;

inline YAML::Node file() { return YAML::LoadFile(std::string(base::source_root()) + "/docs/openapi.yaml"); }

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

// Status, type and every member of an answer are described, and nothing is answered that is not.
inline void hold(const http::Response& response, const YAML::Node& operation, const Schemas& schemas, const std::string& address) {
    auto described = operation["responses"][std::to_string(response.status)];
    ASSERT_TRUE(described) << address << " answers " << response.status << " " << response.body;
    YAML::Node answer = described["$ref"] ? schemas.resolved(described["$ref"].as<std::string>()) : described;
    if (!answer["content"]) {
        EXPECT_EQ(response.body, "") << address;
        return;
    }
    if (answer["content"]["*/*"]) {
        EXPECT_FALSE(response.body.empty()) << address;
        return;
    }
    const std::string type = response.status < 400 ? "application/json" : "application/problem+json";
    ASSERT_EQ(response.headers.get("Content-Type").substr(0, type.size()), type) << address;
    ASSERT_TRUE(answer["content"][type]) << address;
    boost::system::error_code broken;
    const auto value = json::parse(response.body, broken);
    ASSERT_FALSE(broken) << address;
    EXPECT_EQ(schemas.misfit(value, answer["content"][type]["schema"], ""), "") << address << " " << response.body;
}

}  // namespace openapi
