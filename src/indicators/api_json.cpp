// Indicators for programs: /api/v1/indikatoren, described in docs/openapi.yaml.
#include <boost/json.hpp>

#include "indicators/desk.h"

namespace indicators {
namespace {

namespace json = boost::json;
using base::message;

json::value text(const std::string& s) { return s.empty() ? json::value(nullptr) : json::value(s); }
json::object bilingual(const base::Bilingual& b) { return {{"de", b.de}, {"en", text(b.en)}}; }

json::object json_of(const Value& v, bool internal) {
    json::object out{{"evidence", v.evidence},
                     {"period", v.period},
                     {"value", v.value ? json::value(v.value->text("en")) : json::value(nullptr)},
                     {"observed_on", base::iso(v.observed_on)},
                     {"office", text(v.office)},
                     {"recorded_on", base::iso(v.recorded_on)},
                     {"corrected_on", v.withdrawn_on ? json::value(base::iso(*v.withdrawn_on)) : json::value(nullptr)}};
    if (internal) {
        out["note"] = text(v.note);
        out["correction_reason"] = text(v.withdrawn_reason);
    }
    return out;
}
json::object json_of(const Indicator& i, const std::vector<Value>& values, bool internal) {
    json::array all;
    for (const auto& v : values) all.push_back(json_of(v, internal));
    return {{"key", i.key},
            {"url", url_of(i)},
            {"title", bilingual(i.title)},
            {"unit", bilingual(i.unit)},
            {"definition", bilingual(i.definition)},
            {"source", bilingual(i.source)},
            {"direction", text(std::string(name_of(i.direction)))},
            {"rhythm", name_of(i.rhythm)},
            {"office", text(i.office)},
            {"clause", text(i.clause)},
            {"values", std::move(all)}};
}
http::Response ok(const json::value& value, int status = 200) {
    auto out = http::Response::json(json::serialize(value), status);
    out.headers.set("Cache-Control", "no-store");
    return out;
}

struct Sent {
    Value value;
    std::string reason;
};
// Every mistake at once, each by its member.
base::Result<Sent> read_body(const http::Request& request, bool correction, base::Day today) {
    boost::system::error_code broken;
    const auto parsed = json::parse(request.body, broken);
    if (broken || !parsed.is_object()) return base::invalid("", message("Send a JSON object."));
    base::Error wrong{base::ErrorKind::invalid_input, {}, {}, "body"};
    Sent out;
    out.value.observed_on = today;
    for (const auto& [key, v] : parsed.as_object()) {
        const std::string name(key);
        const bool no_text = !v.is_string();
        if (name == "value" && v.is_null()) continue;
        if (name != "period" && name != "value" && name != "observed_on" && name != "note" && !(correction && name == "reason")) {
            wrong.fields.push_back({name, message("This is not described here."), 0});
            continue;
        }
        if (no_text) {
            wrong.fields.push_back({name, message("This has to be a text."), 0});
            continue;
        }
        const std::string said(v.as_string());
        if (name == "period")
            out.value.period = said;
        else if (name == "note")
            out.value.note = said;
        else if (name == "reason")
            out.reason = said;
        else if (name == "value") {
            out.value.value = Quantity::parse(said);
            if (!out.value.value) wrong.fields.push_back({name, message("Enter a number with at most three decimals."), 0});
        } else if (const auto day = base::parse_iso_day(said))
            out.value.observed_on = *day;
        else
            wrong.fields.push_back({name, message("This is no day: write it as 31.12.2019."), 0});
    }
    if (!wrong.fields.empty()) return base::error(std::move(wrong));
    return out;
}

}  // namespace

void mount_api(http::Router& router, const Desk& desk) {
    const auto answer = [desk](db::Connection& c, const web::Context& context, const Indicator& i) -> base::Result<json::value> {
        TRY(auto values, values_of(c, i.key));
        return json::value(json_of(i, shown(context, std::move(values)), context.actor.signed_in()));
    };
    router.get("/api/v1/indikatoren", desk.site.page([desk](const http::Request&, const web::Context& context) -> base::Result<http::Response> {
        TRY(const auto everything, desk.database.read([](db::Connection& c) { return all_with_values(c); }));
        json::array out;
        for (const auto& [i, values] : everything)
            if (sees(context, i)) out.push_back(json_of(i, shown(context, values), context.actor.signed_in()));
        return ok({{"indicators", std::move(out)}});
    }));
    router.get("/api/v1/indikatoren/{key:slug}",
               desk.site.page([desk, answer](const http::Request& request, const web::Context& context) -> base::Result<http::Response> {
                   TRY(const auto found, desk.database.read([&](db::Connection& c) -> base::Result<json::value> {
                       TRY(const auto i, seen(c, context, request.path_values.get("key")));
                       return answer(c, context, i);
                   }));
                   return ok(found);
               }));
    const auto writing = [desk, answer](bool correction) {
        return desk.site.page([desk, answer, correction](const http::Request& request, const web::Context& context) -> base::Result<http::Response> {
            const auto sent = read_body(request, correction, context.today);
            TRY(const auto done, desk.change(context, [&](db::Connection& c, const By& by) -> base::Result<json::value> {
                TRY(const auto i, find(c, request.path_values.get("key")));
                if (!enters(context, i, by.office)) return hidden();
                if (!sent) return tl::unexpected(sent.error());
                const auto entered =
                    correction ? correct(c, i, request.path_values.get("wert"), sent->value, sent->reason, by) : enter(c, i, sent->value, by);
                TRY_VOID(entered);
                return answer(c, context, i);
            }));
            return ok(done, correction ? 200 : 201);
        });
    };
    router.post("/api/v1/indikatoren/{key:slug}/werte", writing(false));
    router.post("/api/v1/indikatoren/{key:slug}/werte/{wert:any}/berichtigung", writing(true));
}

}  // namespace indicators
