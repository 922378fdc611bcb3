// Files of measures for programs: the checks, rights and limits are those of the page.
#include "measures/api_body.h"
#include "measures/api_write.h"
#include "measures/deeds.h"
#include "measures/part_pages.h"

namespace measures {
namespace {

namespace json = boost::json;
using base::message;

json::object json_of(const std::string& key, const OpenFile& each, bool internal) {
    const auto& [a, file] = each;
    json::object out{{"id", a.id.value},
                     {"title", a.title},
                     {"name", a.name},
                     {"added_on", base::iso(a.added_on)},
                     {"content_type", file.content_type},
                     {"size", file.size},
                     {"sha256", file.removed ? json::value(nullptr) : json::value(file.digest)},
                     {"removed", file.removed},
                     {"url", "/api/v1/massnahmen/" + key + "/dateien/" + std::to_string(a.id.value)}};
    if (internal) out["published"] = a.published;
    return out;
}

const Members& file_members() {
    static const Members all = {{"published", "veroeffentlicht", Member::Type::boolean}};
    return all;
}

class Files {
  public:
    explicit Files(Desk desk) : desk_(std::move(desk)) {}

    base::Result<http::Response> all(const http::Request& request, const web::Context& context) const {
        const auto key = request.path_values.get("key");
        TRY(const auto found, desk_.database.read([&](db::Connection& c) { return files_of(c, context, key); }));
        json::array out;
        for (const auto& each : found) out.push_back(json_of(key, each, context.actor.signed_in()));
        return ok(json::object{{"measure", key}, {"files", std::move(out)}});
    }
    base::Result<http::Response> content(const http::Request& request, const web::Context& context) const {
        return download_file(desk_, context, request.path_values.get("key"), AttachmentId{request.id("datei")});
    }
    base::Result<http::Response> attach(const http::Request& request, const web::Context& context) const {
        const auto key = request.path_values.get("key");
        TRY(const auto made, desk_.change(context, [&](db::Connection& c, const World&, const By& by) -> base::Result<json::object> {
            TRY(const auto dossier, editable(c, context, key, by));
            TRY(const auto a, attach_sent(c, dossier.measure, request, {"title", "published", "file"}, by));
            TRY(const auto found, file_of(c, context, key, a.id));
            return json_of(key, found, true);
        }));
        return created(made, std::string(made.at("url").as_string()));
    }
    base::Result<http::Response> publish(const http::Request& request, const web::Context& context) const {
        const auto key = request.path_values.get("key");
        const AttachmentId id{request.id("datei")};
        const auto body = read_body(request, file_members());
        TRY(const auto changed, desk_.change(context, [&](db::Connection& c, const World&, const By& by) -> base::Result<json::object> {
            TRY_VOID(editable(c, context, key, by));
            TRY_VOID(file_of(c, context, key, id));
            if (!body) return tl::unexpected(body.error());
            if (!body->fields.contains("veroeffentlicht")) return base::invalid("published", message("Say whether the public may read it."));
            TRY_VOID(publish_attachment(c, key, id, body->get("veroeffentlicht") == "ja", by));
            TRY(const auto found, file_of(c, context, key, id));
            return json_of(key, found, true);
        }));
        return ok(changed);
    }
    base::Result<http::Response> withdraw(const http::Request& request, const web::Context& context) const {
        const auto key = request.path_values.get("key");
        TRY_VOID(desk_.change(context, [&](db::Connection& c, const World&, const By& by) -> base::Result<void> {
            TRY_VOID(editable(c, context, key, by));
            return withdraw_attachment(c, key, AttachmentId{request.id("datei")}, by);
        }));
        return http::Response::empty(204);
    }

  private:
    Desk desk_;
};

}  // namespace

void mount_api_of_files(http::Router& router, const Desk& desk) {
    const auto api = std::make_shared<Files>(desk);
    const auto on = [&](http::Method method, const std::string& pattern, auto work) {
        router.add(
            method, "/api/v1/massnahmen/{key:any}/dateien" + pattern,
            desk.site.page([api, work](const http::Request& request, const web::Context& context) { return ((*api).*work)(request, context); }));
    };
    using http::Method;
    on(Method::get, "", &Files::all);
    on(Method::get, "/{datei}", &Files::content);
    on(Method::post, "", &Files::attach);
    on(Method::patch, "/{datei}", &Files::publish);
    on(Method::del, "/{datei}", &Files::withdraw);
}

}  // namespace measures
