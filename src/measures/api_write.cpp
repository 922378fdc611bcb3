// What programs change of measures: /api/v1/massnahmen and what belongs to one.
#include "measures/api_write.h"
#include "measures/api_body.h"
#include "measures/api_json.h"
#include "measures/deeds.h"
#include "measures/part_store.h"

namespace measures {
namespace {

namespace json = boost::json;
using base::message;

class Writing {
  public:
    explicit Writing(Desk desk) : desk_(std::move(desk)) {}

    base::Result<http::Response> propose_measure(const http::Request& request, const web::Context& context) const {
        TRY_VOID(signed_in(context));
        TRY(const auto body, read_body(request, measure_members()));
        TRY(const auto made, work(context, measure_members(), [&](db::Connection& c, const World& world, const By& by) -> base::Result<json::value> {
                TRY(const auto m, propose(c, context, body.fields, by));
                return shown(c, m.key, world);
            }));
        const auto key = std::string(made.at("key").as_string());
        return created(made, "/api/v1/massnahmen/" + key, "1");
    }

    base::Result<http::Response> change_measure(const http::Request& request, const web::Context& context) const {
        TRY_VOID(signed_in(context));
        const auto key = request.path_values.get("key");
        const auto opened = if_match(request);
        TRY(const auto body, read_body(request, measure_members()));
        TRY(const auto before, desk_.database.read([&](db::Connection& c) -> base::Result<Dossier> {
            TRY(const auto world, read_world(c, context.today));
            TRY(const auto by, desk_.by(c, context, world));
            return editable(c, context, key, by);
        }));
        if (opened.empty()) return version_is_needed(context);
        // A version nobody ever had is as old as can be.
        const bool readable = opened.size() < 9 && opened.find_first_not_of("0123456789") == std::string::npos;
        const int version = readable ? std::stoi(opened) : 0;
        ScheduleChange schedule;
        schedule.resolution = body.get("termin_beschluss");
        schedule.resolved_on = base::parse_day(body.get("termin_beschlossen_am"));
        const auto done = work(context, measure_members(), [&](db::Connection& c, const World& world, const By& by) -> base::Result<json::value> {
            TRY_VOID(measures::change(c, context, key, body.fields, version, schedule, by));
            return shown(c, key, world);
        });
        if (done) return ok(*done, std::to_string(done->at("version").as_int64()));
        if (done.error().code != "version") return tl::unexpected(done.error());
        return desk_.database.read([&](db::Connection& c) -> base::Result<http::Response> {
            TRY(const auto now, find(c, key));
            TRY(const auto world, read_world(c, context.today));
            std::vector<Clash> clashes;
            if (const auto base = version_of(c, now.measure.id, version)) clashes = merge(*base, fields_of(now.measure), body.fields).clashes;
            return clash(context, json_of(now, world, true), body, clashes, measure_members());
        });
    }

    base::Result<http::Response> take_step(const http::Request& request, const web::Context& context) const {
        return on_measure(request, context, step_members(),
                          [&](db::Connection& c, const Measure& m, const World& world, const By& by, const Body& body) {
                              const auto move = move_named(body.get("schritt"));
                              if (!move) return base::Result<void>(base::invalid("schritt", message("Choose a step.")));
                              Step step;
                              step.move = *move;
                              step.reason = body.get("reason");
                              step.finding = body.get("finding");
                              step.record = body.get("record");
                              step.resolution = body.get("resolution");
                              step.resolved_on = base::parse_day(body.get("resolved_on"));
                              step.replaced_by = body.get("replaced_by");
                              const auto done = measures::move(c, context, m, step, world, by);
                              return done ? base::Result<void>() : base::Result<void>(tl::unexpected(done.error()));
                          });
    }

    base::Result<http::Response> add_resource_of(const http::Request& request, const web::Context& context) const {
        return add(request, context, resource_members(), "mittel",
                   [](db::Connection& c, const Measure& m, const By& by, const Body& body) -> base::Result<std::int64_t> {
                       TRY(const auto r, with_fields(Resource{}, body.fields, m.schedule));
                       TRY(const auto id, add_resource(c, m.key, r, by));
                       return id.value;
                   });
    }
    base::Result<http::Response> change_resource_of(const http::Request& request, const web::Context& context) const {
        const ResourceId id{request.id("mittel")};
        return change_part(
            request, context, resource_members(), resource_field_names(),
            [id](const Measure& m) -> std::optional<Fields> {
                for (const auto& r : m.resources)
                    if (r.id == id) return fields_of(r);
                return {};
            },
            [id](db::Connection& c, const std::string& key, const Fields& now, const Fields& mine, const By& by) {
                return change_resource(c, key, id, now, mine, by);
            });
    }
    base::Result<http::Response> withdraw_resource_of(const http::Request& request, const web::Context& context) const {
        return remove(request, context, [&](db::Connection& c, const Measure& m, const By& by) {
            return withdraw_resource(c, m.key, ResourceId{request.id("mittel")}, by);
        });
    }
    base::Result<http::Response> confirm_resource_of(const http::Request& request, const web::Context& context) const {
        return on_measure(request, context, {}, [&](db::Connection& c, const Measure& m, const World&, const By& by, const Body&) {
            return confirm_resource(c, m.key, ResourceId{request.id("mittel")}, by);
        });
    }

    base::Result<http::Response> add_milestone_of(const http::Request& request, const web::Context& context) const {
        return add(request, context, milestone_members(), "meilensteine",
                   [&](db::Connection& c, const Measure& m, const By& by, const Body& body) -> base::Result<std::int64_t> {
                       TRY(const auto milestone, with_fields(Milestone{}, body.fields, m.schedule, context.today));
                       TRY(const auto id, add_milestone(c, m.key, milestone, by));
                       return id.value;
                   });
    }
    base::Result<http::Response> change_milestone_of(const http::Request& request, const web::Context& context) const {
        const MilestoneId id{request.id("meilenstein")};
        return change_part(
            request, context, milestone_members(), milestone_field_names(),
            [id](const Measure& m) -> std::optional<Fields> {
                for (const auto& each : m.milestones)
                    if (each.id == id) return fields_of(each);
                return {};
            },
            [id](db::Connection& c, const std::string& key, const Fields& now, const Fields& mine, const By& by) {
                return change_milestone(c, key, id, now, mine, by);
            });
    }
    base::Result<http::Response> withdraw_milestone_of(const http::Request& request, const web::Context& context) const {
        return remove(request, context, [&](db::Connection& c, const Measure& m, const By& by) {
            return withdraw_milestone(c, m.key, MilestoneId{request.id("meilenstein")}, by);
        });
    }

    base::Result<http::Response> report(const http::Request& request, const web::Context& context) const {
        return add(request, context, report_members(), "berichte",
                   [&](db::Connection& c, const Measure& m, const By& by, const Body& body) -> base::Result<std::int64_t> {
                       TRY(const auto given, read_report(body.form(), context.today));
                       TRY(const auto id, add_report(c, m.key, given, by));
                       return id.value;
                   });
    }
    base::Result<http::Response> deliver_evidence(const http::Request& request, const web::Context& context) const {
        return add(request, context, delivery_members(), "nachweise",
                   [&](db::Connection& c, const Measure& m, const By& by, const Body& body) -> base::Result<std::int64_t> {
                       const auto day = base::parse_day(body.get("tag"));
                       if (!day) return base::invalid("tag", message("This is no day: write it as 31.12.2019."));
                       TRY(const auto id, deliver(c, m.key, {body.get("titel"), body.get("titel_en")}, *day, by));
                       return id.value;
                   });
    }
    // Who may accept says the rule: never whoever delivered it.
    base::Result<http::Response> accept_evidence(const http::Request& request, const web::Context& context) const {
        return on_measure(request, context, {}, [&](db::Connection& c, const Measure& m, const World& world, const By& by, const Body&) {
            return accept(c, m.key, DeliveryId{request.id("nachweis")}, world, by);
        });
    }
    base::Result<http::Response> withdraw_evidence(const http::Request& request, const web::Context& context) const {
        return on_measure(request, context, reason_members(),
                          [&](db::Connection& c, const Measure& m, const World&, const By& by, const Body& body) -> base::Result<void> {
                              TRY_VOID(editable(c, context, m.key, by));
                              return withdraw_delivery(c, m.key, DeliveryId{request.id("nachweis")}, body.get("reason"), by);
                          });
    }

    base::Result<http::Response> write_note(const http::Request& request, const web::Context& context) const {
        return add(request, context, note_members(), "notizen",
                   [](db::Connection& c, const Measure& m, const By& by, const Body& body) -> base::Result<std::int64_t> {
                       TRY(const auto id, add_note(c, m.key, {{}, {}, {}, body.get("text"), body.get("oeffentlich") == "ja"}, by));
                       return id.value;
                   });
    }
    base::Result<http::Response> withdraw_note_of(const http::Request& request, const web::Context& context) const {
        return remove(request, context,
                      [&](db::Connection& c, const Measure& m, const By& by) { return withdraw_note(c, m.key, NoteId{request.id("notiz")}, by); });
    }
    base::Result<http::Response> wait_for(const http::Request& request, const web::Context& context) const {
        return on_measure(request, context, dependency_members(),
                          [&](db::Connection& c, const Measure& m, const World&, const By& by, const Body& body) -> base::Result<void> {
                              TRY_VOID(editable(c, context, m.key, by));
                              if (!find(c, body.get("needs"))) return base::invalid("needs", message("There is no measure with this number."));
                              return add_dependency(c, m.key, body.get("needs"), by);
                          });
    }
    base::Result<http::Response> wait_no_more(const http::Request& request, const web::Context& context) const {
        return remove(request, context, [&](db::Connection& c, const Measure& m, const By& by) {
            return remove_dependency(c, m.key, request.path_values.get("andere"), by);
        });
    }

  private:
    static base::Result<void> signed_in(const web::Context& context) {
        if (context.actor.signed_in()) return {};
        return base::error(base::ErrorKind::not_found, "for those who work here");
    }
    static base::Result<json::value> shown(db::Connection& c, std::string_view key, const World& world) {
        TRY(const auto dossier, find(c, key));
        return json::value(json_of(dossier, world, true));
    }
    // Runs a change; its mistakes are named as programs know them.
    template <class Work>
    base::Result<json::value> work(const web::Context& context, const Members& members, Work work) const {
        base::Result<json::value> done = desk_.change(context, work);
        if (!done) return base::error(for_programs(done.error(), members));
        return done;
    }
    // What happens to a measure as a whole: answers it as it stands then.
    template <class Work>
    base::Result<http::Response> on_measure(const http::Request& request, const web::Context& context, const Members& members, Work what) const {
        TRY_VOID(signed_in(context));
        const auto key = request.path_values.get("key");
        Body body;
        if (!members.empty()) { TRY(body, read_body(request, members)); }
        TRY(const auto done, work(context, members, [&](db::Connection& c, const World& world, const By& by) -> base::Result<json::value> {
                TRY(const auto dossier, find(c, key));
                TRY_VOID(what(c, dossier.measure, world, by, body));
                return shown(c, key, world);
            }));
        return ok(done, std::to_string(done.at("version").as_int64()));
    }
    // A new part of a measure its editors add: answers the measure, and where the part stands.
    template <class Work>
    base::Result<http::Response> add(const http::Request& request, const web::Context& context, const Members& members, const std::string& place,
                                     Work what) const {
        TRY_VOID(signed_in(context));
        const auto key = request.path_values.get("key");
        TRY(const auto body, read_body(request, members));
        TRY(const auto done, work(context, members, [&](db::Connection& c, const World& world, const By& by) -> base::Result<json::value> {
                TRY(const auto dossier, editable(c, context, key, by));
                TRY(const auto id, what(c, dossier.measure, by, body));
                TRY(auto measure, shown(c, key, world));
                return json::value{{"id", id}, {"measure", std::move(measure)}};
            }));
        return created(done, "/api/v1/massnahmen/" + key + "/" + place + "/" + std::to_string(done.at("id").as_int64()));
    }
    template <class Work>
    base::Result<http::Response> remove(const http::Request& request, const web::Context& context, Work what) const {
        TRY_VOID(signed_in(context));
        TRY_VOID(desk_.change(context, [&](db::Connection& c, const World&, const By& by) -> base::Result<void> {
            TRY(const auto dossier, editable(c, context, request.path_values.get("key"), by));
            return what(c, dossier.measure, by);
        }));
        return http::Response::empty(204);
    }
    // A part has no counter of versions; its tag is made of what it says, and a change made from another one is a clash.
    template <class Now, class Save>
    base::Result<http::Response> change_part(const http::Request& request, const web::Context& context, const Members& members,
                                             const std::vector<std::string>& names, Now now_of, Save save) const {
        TRY_VOID(signed_in(context));
        const auto key = request.path_values.get("key");
        const auto opened = if_match(request);
        TRY(const auto body, read_body(request, members));
        std::optional<Fields> other;
        const auto done = work(context, members, [&](db::Connection& c, const World& world, const By& by) -> base::Result<json::value> {
            TRY(const auto dossier, editable(c, context, key, by));
            const auto now = now_of(dossier.measure);
            if (!now) return base::error(base::ErrorKind::not_found, "no such part of the measure");
            if (opened.empty()) return base::error({base::ErrorKind::conflict, "no version named", {}, "no version"});
            if (opened != tag_of_part(*now)) {
                other = now;
                return base::error({base::ErrorKind::conflict, "another version stands there", {}, "version"});
            }
            TRY_VOID(save(c, key, *now, body.fields, by));
            return shown(c, key, world);
        });
        if (done) return ok(*done, std::to_string(done->at("version").as_int64()));
        if (done.error().code == "no version") return version_is_needed(context);
        if (!other) return tl::unexpected(done.error());
        json::object current;
        std::vector<Clash> clashes;
        for (const auto& name : names) {
            const auto mine = body.fields.find(name);
            current[name_for_programs(name, members)] = other->at(name);
            if (mine != body.fields.end() && mine->second != other->at(name)) clashes.push_back({name, "", other->at(name), mine->second});
        }
        current["tag"] = tag_of_part(*other);
        return clash(context, std::move(current), body, clashes, members);
    }

    Desk desk_;
};

}  // namespace

void mount_api_of_measures(http::Router& router, const Desk& desk) {
    const auto api = std::make_shared<Writing>(desk);
    const auto on = [&](http::Method method, const std::string& pattern, auto work) {
        router.add(method, "/api/v1/massnahmen" + pattern, desk.site.page([api, work](const http::Request& request, const web::Context& context) {
            return ((*api).*work)(request, context);
        }));
    };
    using http::Method;
    on(Method::post, "", &Writing::propose_measure);
    on(Method::patch, "/{key:any}", &Writing::change_measure);
    on(Method::post, "/{key:any}/schritte", &Writing::take_step);
    on(Method::post, "/{key:any}/mittel", &Writing::add_resource_of);
    on(Method::patch, "/{key:any}/mittel/{mittel}", &Writing::change_resource_of);
    on(Method::del, "/{key:any}/mittel/{mittel}", &Writing::withdraw_resource_of);
    on(Method::post, "/{key:any}/mittel/{mittel}/bestaetigung", &Writing::confirm_resource_of);
    on(Method::post, "/{key:any}/meilensteine", &Writing::add_milestone_of);
    on(Method::patch, "/{key:any}/meilensteine/{meilenstein}", &Writing::change_milestone_of);
    on(Method::del, "/{key:any}/meilensteine/{meilenstein}", &Writing::withdraw_milestone_of);
    on(Method::post, "/{key:any}/berichte", &Writing::report);
    on(Method::post, "/{key:any}/nachweise", &Writing::deliver_evidence);
    on(Method::post, "/{key:any}/nachweise/{nachweis}/anerkennung", &Writing::accept_evidence);
    on(Method::post, "/{key:any}/nachweise/{nachweis}/ruecknahme", &Writing::withdraw_evidence);
    on(Method::post, "/{key:any}/notizen", &Writing::write_note);
    on(Method::del, "/{key:any}/notizen/{notiz}", &Writing::withdraw_note_of);
    on(Method::post, "/{key:any}/abhaengigkeiten", &Writing::wait_for);
    on(Method::del, "/{key:any}/abhaengigkeiten/{andere:any}", &Writing::wait_no_more);
}

}  // namespace measures
