#include "measures/api_body.h"

#include <algorithm>

#include "measures/model.h"
#include "platform/web/page.h"
#include "platform/web/problem.h"

namespace measures {
namespace {

namespace json = boost::json;
using base::message;
using Type = Member::Type;

constexpr int deepest = 8;

std::optional<std::string> statement_in(const json::value& value) {
    if (!value.is_object()) return {};
    const auto& o = value.as_object();
    const auto *plan = o.if_contains("plan"), *statement = o.if_contains("statement");
    if (o.size() != 2 || !plan || !statement || !plan->is_string() || !statement->is_string()) return {};
    return std::string(plan->as_string()) + ":" + std::string(statement->as_string());
}

// The text a form would send; nothing where the value is of another type.
std::optional<std::string> text_of(const Member& member, const json::value& value) {
    if (value.is_null()) return std::string();
    switch (member.type) {
        case Type::text: {
            if (!value.is_string()) return {};
            const std::string text(value.as_string());
            for (const auto& [theirs, ours] : member.choices)
                if (text == theirs) return std::string(ours);
            return text;
        }
        case Type::integer: return value.is_int64() ? std::optional(std::to_string(value.as_int64())) : std::nullopt;
        case Type::decimal:
            if (value.is_int64()) return std::to_string(value.as_int64());
            return value.is_string() ? std::optional(std::string(value.as_string())) : std::nullopt;
        case Type::cents: return value.is_int64() ? std::optional(base::amount_field(base::Cents{value.as_int64()})) : std::nullopt;
        case Type::permille: return value.is_int64() ? std::optional(Quantity{value.as_int64()}.text("de")) : std::nullopt;
        case Type::boolean: return value.is_bool() ? std::optional(std::string(value.as_bool() ? "ja" : "nein")) : std::nullopt;
        case Type::statement: return statement_in(value);
        case Type::list:
        case Type::numbers:
        case Type::statements: break;
    }
    if (!value.is_array()) return {};
    std::vector<std::string> items;
    for (const auto& each : value.as_array()) {
        std::optional<std::string> item;
        if (member.type == Type::statements)
            item = statement_in(each);
        else if (member.type == Type::numbers && each.is_int64())
            item = std::to_string(each.as_int64());
        else if (member.type == Type::list && each.is_string())
            item = std::string(each.as_string());
        if (!item || item->find(',') != std::string::npos) return {};
        items.push_back(std::move(*item));
    }
    return join_list(items);
}

base::Message type_wanted(Type type) {
    switch (type) {
        case Type::text: return message("This has to be a text.");
        case Type::integer:
        case Type::permille: return message("This has to be a whole number.");
        case Type::cents: return message("This has to be an amount in cents, as a whole number.");
        case Type::decimal: return message("This has to be a decimal number, as a text.");
        case Type::boolean: return message("This has to be true or false.");
        case Type::list: return message("This has to be a list of texts.");
        case Type::numbers: return message("This has to be a list of whole numbers.");
        case Type::statement:
        case Type::statements: return message("A statement is named by the two texts plan and statement.");
    }
    return {};
}

class Reader {
  public:
    explicit Reader(const Members& members) : members_(members) {}

    void read(const json::object& object, const std::string& prefix, Body& into) {
        for (const auto& [key, value] : object) {
            const auto name = prefix + std::string(key);
            const auto member = std::find_if(members_.begin(), members_.end(), [&](const Member& m) { return m.name == name; });
            if (member == members_.end()) {
                const bool group = std::any_of(members_.begin(), members_.end(), [&](const Member& m) { return m.name.starts_with(name + "."); });
                if (group && value.is_object())
                    read(value.as_object(), name + ".", into);
                else
                    wrong(name, group ? message("This has to be an object.") : message("This is not described here."));
                continue;
            }
            if (auto text = text_of(*member, value))
                into.fields[std::string(member->field)] = std::move(*text);
            else
                wrong(name, type_wanted(member->type));
        }
    }
    base::Error error{base::ErrorKind::invalid_input, "body refused", {}, "body"};

  private:
    void wrong(std::string name, base::Message text) { error.fields.push_back({std::move(name), std::move(text), 0}); }
    const Members& members_;
};

}  // namespace

std::string Body::get(const std::string& field) const {
    const auto at = fields.find(field);
    return at == fields.end() ? std::string() : at->second;
}
http::Fields Body::form() const {
    http::Fields out;
    for (const auto& [name, value] : fields) out.add(name, value);
    return out;
}

base::Result<Body> read_body(const http::Request& request, const Members& members) {
    boost::system::error_code broken;
    json::parse_options options;
    options.max_depth = deepest;
    const auto parsed = json::parse(request.body, broken, {}, options);
    if (broken || !parsed.is_object()) return base::invalid("", message("Send a JSON object."));
    Body body{parsed.as_object(), {}};
    Reader reader(members);
    reader.read(body.sent, "", body);
    if (!reader.error.fields.empty()) return base::error(std::move(reader.error));
    return body;
}

std::string name_for_programs(const std::string& field, const Members& members) {
    for (const auto& m : members)
        if (m.field == field) return std::string(m.name);
    for (const auto& m : members)
        if (m.rule == field) return std::string(m.name);
    return field;
}
base::Error for_programs(base::Error error, const Members& members) {
    for (auto& mistake : error.fields) mistake.field = name_for_programs(mistake.field, members);
    return error;
}

std::string if_match(const http::Request& request) {
    auto text = request.headers.get("if-match");
    if (text.starts_with("W/")) text.erase(0, 2);
    if (text.size() >= 2 && text.front() == '"' && text.back() == '"') text = text.substr(1, text.size() - 2);
    return text;
}

http::Response ok(const json::value& value, const std::string& tag) {
    auto out = http::Response::json(json::serialize(value));
    out.headers.set("Cache-Control", "no-store");
    if (!tag.empty()) out.headers.set("ETag", "\"" + tag + "\"");
    return out;
}
http::Response created(const json::value& value, const std::string& location, const std::string& tag) {
    auto out = ok(value, tag);
    out.status = 201;
    out.headers.set("Location", location);
    return out;
}
http::Response version_is_needed(const web::Context& context) { return web::refused(context, 428); }

http::Response clash(const web::Context& context, json::value current, const Body& mine, const std::vector<Clash>& clashes, const Members& members) {
    auto out = web::problem(context, {base::ErrorKind::conflict, "another version stands there", {}, "version"});
    auto body = json::parse(out.body).as_object();
    body["current"] = std::move(current);
    body["yours"] = mine.sent;
    json::array both;
    for (const auto& each : clashes)
        both.push_back(
            json::object{{"field", name_for_programs(each.field, members)}, {"base", each.base}, {"current", each.theirs}, {"yours", each.mine}});
    body["clashes"] = std::move(both);
    out.body = json::serialize(body);
    return out;
}

}  // namespace measures
