// What programs change of targets: drafts, consultations, opinions, the resolution and what follows, /api/v1/zielvorgaben.
#include "measures/api_body.h"
#include "measures/api_json.h"
#include "measures/api_write.h"
#include "measures/deeds.h"
#include "measures/target_steps.h"

namespace measures {
namespace {

namespace json = boost::json;
using base::message;

// The form of a draft as it stands, so that a change may leave out what stays.
Fields form_of(const Target& t) {
    const auto text = [](const std::optional<Quantity>& q) { return q ? q->text("de") : std::string(); };
    return {{"titel", t.title.de},
            {"titel_en", t.title.en},
            {"text", t.text.de},
            {"text_en", t.text.en},
            {"aussage", t.statement.statement.empty() ? "" : t.statement.plan + ":" + t.statement.statement},
            {"richtung", std::string(name_of(t.goal.direction))},
            {"wert", t.goal.value.text("de")},
            {"bis", text(t.goal.upper)},
            {"einheit", t.goal.unit},
            {"ausgangswert", text(t.baseline)},
            {"teilweise_ab", text(t.partly_from)},
            {"gezaehlt_ab", base::iso(t.counted_from)},
            {"frist", base::iso(t.due_on)},
            {"nachweisart", t.evidence_kind},
            {"indikator", t.indicator}};
}
http::Fields as_form(const Fields& fields) {
    http::Fields out;
    for (const auto& [name, value] : fields) out.add(name, value);
    return out;
}
std::string tag_of(const Target& t) { return std::to_string(t.version); }

base::Result<void> officer_only(const web::Context& context) {
    if (edits_all(context)) return {};
    return base::error(base::ErrorKind::not_found, "targets are kept by the officer");
}

class Targets {
  public:
    explicit Targets(Desk desk) : desk_(std::move(desk)) {}

    base::Result<http::Response> create(const http::Request& request, const web::Context& context) const {
        TRY_VOID(officer_only(context));
        TRY(const auto body, read_body(request, target_members()));
        TRY(const auto made, change(context, target_members(), [&](db::Connection& c, const By& by) -> base::Result<Target> {
                TRY(auto draft, read_target_form(body.form(), Target{}));
                return create_target(c, std::move(draft), by);
            }));
        return created(json_of(made, context.today, true), "/api/v1/zielvorgaben/" + made.key, tag_of(made));
    }

    base::Result<http::Response> change_draft_of(const http::Request& request, const web::Context& context) const {
        TRY_VOID(officer_only(context));
        const auto key = request.path_values.get("key");
        TRY(const auto body, read_body(request, target_members()));
        const auto done = changed(request, key, context, target_members(), [&](db::Connection& c, int version, const By& by) -> base::Result<Target> {
            TRY(const auto now, find_target(c, key));
            auto fields = form_of(now);
            for (const auto& [name, value] : body.fields) fields[name] = value;
            TRY(const auto draft, read_target_form(as_form(fields), now));
            return change_target(c, key, version, [&](const Target& t) { return change_draft(t, draft, context.today); }, by);
        });
        return answer(done, key, body, target_members(), context);
    }

    base::Result<http::Response> step(const http::Request& request, const web::Context& context) const {
        TRY_VOID(officer_only(context));
        const auto key = request.path_values.get("key");
        TRY(const auto body, read_body(request, target_step_members()));
        const auto form = body.form();
        const auto done =
            changed(request, key, context, target_step_members(), [&](db::Connection& c, int version, const By& by) -> base::Result<Target> {
                const auto what = form.get("schritt");
                if (what == "veroeffentlichen" || what == "verbergen") {
                    TRY_VOID(publish_target(c, key, what == "veroeffentlichen", by));
                    return find_target(c, key);
                }
                std::optional<Target> successor;
                if (what == "ersetzen") {
                    auto found = find_target(c, form.get("nachfolger"));
                    if (!found) return base::invalid("nachfolger", message("There is no target with this number."));
                    successor = std::move(*found);
                }
                TRY(const auto now, find_target(c, key));
                TargetStep step{form, std::move(successor), {}, {}};
                TRY(step.computed, observed_now(c, desk_.wiring, now, context.today));
                return change_target(c, key, version, [&](const Target& t) { return target_step(t, step, context.today); }, by);
            });
        return answer(done, key, body, target_step_members(), context);
    }

    base::Result<http::Response> history(const http::Request& request, const web::Context& context) const {
        const auto key = request.path_values.get("key");
        return desk_.database.read([&](db::Connection& c) -> base::Result<http::Response> {
            TRY(const auto t, find_target(c, key));
            if (!is_shown(context, t)) return base::error(base::ErrorKind::not_found, "not published");
            TRY(const auto entries, target_history_of(c, t.id));
            json::array out;
            for (const auto& e : entries)
                out.push_back(json::object{{"on", base::iso(e.on)},
                                           {"from", name_of(e.from)},
                                           {"to", name_of(e.to)},
                                           {"what", e.what},
                                           {"note", e.note.empty() ? json::value(nullptr) : json::value(e.note)}});
            return ok({{"target", t.key}, {"history", std::move(out)}});
        });
    }

  private:
    template <class Work>
    base::Result<Target> change(const web::Context& context, const Members& members, Work work) const {
        auto done = desk_.change(context, [&](db::Connection& c, const World&, const By& by) -> base::Result<Target> { return work(c, by); });
        if (!done) return base::error(for_programs(done.error(), members));
        return done;
    }
    // Every change of a target names the version it was made from, so that nobody decides on a text that became another one.
    template <class Work>
    base::Result<Target> changed(const http::Request& request, const std::string& key, const web::Context& context, const Members& members,
                                 Work work) const {
        const auto opened = if_match(request);
        TRY_VOID(desk_.database.read([&](db::Connection& c) { return find_target(c, key); }));
        if (opened.empty()) return base::error({base::ErrorKind::conflict, "no version named", {}, "no version"});
        const bool readable = opened.size() < 9 && opened.find_first_not_of("0123456789") == std::string::npos;
        const int version = readable ? std::max(std::stoi(opened), 0) : 0;
        return change(context, members, [&](db::Connection& c, const By& by) -> base::Result<Target> {
            TRY(const auto now, find_target(c, key));
            if (now.version != version) return base::error({base::ErrorKind::conflict, "another version stands there", {}, "version"});
            return work(c, version, by);
        });
    }
    base::Result<http::Response> answer(const base::Result<Target>& done, const std::string& key, const Body& body, const Members& members,
                                        const web::Context& context) const {
        if (done) return ok(json_of(*done, context.today, true), tag_of(*done));
        if (done.error().code == "no version") return version_is_needed(context);
        if (done.error().code != "version") return tl::unexpected(done.error());
        TRY(const auto now, desk_.database.read([&](db::Connection& c) { return find_target(c, key); }));
        std::vector<Clash> clashes;
        if (&members == &target_members()) {
            const auto stands = form_of(now);
            for (const auto& [name, mine] : body.fields)
                if (const auto at = stands.find(name); at != stands.end() && at->second != mine) clashes.push_back({name, "", at->second, mine});
        }
        return clash(context, json_of(now, context.today, true), body, clashes, members);
    }

    Desk desk_;
};

}  // namespace

void mount_api_of_targets(http::Router& router, const Desk& desk) {
    const auto api = std::make_shared<Targets>(desk);
    const auto on = [&](http::Method method, const std::string& pattern, auto work) {
        router.add(method, "/api/v1/zielvorgaben" + pattern, desk.site.page([api, work](const http::Request& request, const web::Context& context) {
            return ((*api).*work)(request, context);
        }));
    };
    using http::Method;
    on(Method::post, "", &Targets::create);
    on(Method::patch, "/{key:any}", &Targets::change_draft_of);
    on(Method::post, "/{key:any}/schritte", &Targets::step);
    on(Method::get, "/{key:any}/verlauf", &Targets::history);
}

}  // namespace measures
