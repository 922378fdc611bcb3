#include "measures/api_json.h"

#include "measures/api_body.h"
#include "measures/api_write.h"
#include "measures/changes.h"
#include "measures/deeds.h"
#include "measures/part_store.h"
#include "platform/web/page.h"

namespace measures {
namespace {

namespace json = boost::json;

json::value of(const std::optional<base::Day>& day) { return day ? json::value(base::iso(*day)) : json::value(nullptr); }
json::value of(const std::string& text) { return text.empty() ? json::value(nullptr) : json::value(text); }
template <class N>
json::value number(const std::optional<N>& n) {
    return n ? json::value(*n) : json::value(nullptr);
}
json::value cents(const std::optional<base::Cents>& c) { return c ? json::value(c->value) : json::value(nullptr); }
// Thousandths are exact; a decimal number in JSON would not be.
json::value quantity(const std::optional<Quantity>& q) { return q ? json::value(q->text("en")) : json::value(nullptr); }
json::object of(const base::Bilingual& text) { return {{"de", text.de}, {"en", of(text.en)}}; }
json::array of(const std::vector<std::string>& list) { return json::array(list.begin(), list.end()); }
json::object of(const Goal& goal) {
    return {{"direction", name_of(goal.direction)}, {"value", goal.value.text("en")}, {"upper", quantity(goal.upper)}, {"unit", goal.unit}};
}
json::object of(const Resource& r) {
    return {{"id", r.id.value},
            {"tag", tag_of_part(fields_of(r))},
            {"kind", name_of(r.kind)},
            {"budget_line", of(r.budget_line)},
            {"source", of(r.source)},
            {"year", number(r.year)},
            {"planned_cents", cents(r.planned)},
            {"spent_cents", cents(r.spent)},
            {"post_permille", r.post_permille},
            {"project", of(r.project)},
            {"project_ends_on", of(r.project_ends_on)},
            {"description", of(r.description)},
            {"confirmed_on", of(r.confirmed_on)}};
}
json::object of(const StatusReport& r) {
    return {{"id", r.id.value},
            {"given_on", base::iso(r.given_on)},
            {"assessment", name_of(r.assessment)},
            {"percent", number(r.percent)},
            {"office", of(r.office)},
            {"text", r.text}};
}

template <class Work>
web::PageHandler answering(Work work) {
    return [work](const http::Request& request, const web::Context& context) -> base::Result<http::Response> {
        base::Result<json::value> found = work(request, context);
        if (!found) return tl::unexpected(found.error());
        // A single thing tells its version, which a change of it names (If-Match).
        const auto* version = found->is_object() ? found->as_object().if_contains("version") : nullptr;
        return ok(*found, version ? std::to_string(version->as_int64()) : "");
    };
}

int number_in(const http::Request& request, std::string_view name, int least, int most, int otherwise) {
    const auto typed = request.query.get(name);
    if (typed.empty() || typed.size() > 6 || typed.find_first_not_of("0123456789") != std::string::npos) return otherwise;
    return std::clamp(std::stoi(typed), least, most);
}

class Api {
  public:
    explicit Api(Desk desk) : desk_(std::move(desk)) {}

    base::Result<json::value> measures(const http::Request& request, const web::Context& context) const {
        Filter filter;
        filter.words = request.query.get("suche").substr(0, 200);
        for (const auto& name : request.query.all("zustand"))
            if (const auto state = state_named(name)) filter.states.push_back(*state);
        filter.kind = kind_named(request.query.get("art"));
        filter.accountable = request.query.get("stelle");
        filter.published_only = !context.actor.signed_in();
        filter.page = number_in(request, "seite", 1, 100000, 1);
        filter.per_page = number_in(request, "je_seite", 1, 200, 50);
        return desk_.database.read([&](db::Connection& c) -> base::Result<json::value> {
            TRY(const auto world, read_world(c, context.day()));
            TRY(const auto page, list(c, filter));
            json::array all;
            for (const auto& dossier : page.dossiers) all.push_back(json_of(dossier, world, context.actor.signed_in()));
            return json::value{{"total", page.total}, {"page", filter.page}, {"per_page", filter.per_page}, {"measures", std::move(all)}};
        });
    }
    base::Result<json::value> measure(const http::Request& request, const web::Context& context) const {
        return desk_.database.read([&](db::Connection& c) -> base::Result<json::value> {
            TRY(const auto dossier, visible(c, request, context));
            TRY(const auto world, read_world(c, context.day()));
            return json::value(json_of(dossier, world, context.actor.signed_in()));
        });
    }
    base::Result<json::value> reports(const http::Request& request, const web::Context& context) const {
        return desk_.database.read([&](db::Connection& c) -> base::Result<json::value> {
            TRY(const auto dossier, visible(c, request, context));
            TRY(const auto all, reports_of(c, dossier.measure.id, 500));
            json::array out;
            for (const auto& r : all)
                if (context.actor.signed_in() || r.published) out.push_back(of(r));
            return json::value{{"measure", dossier.measure.key}, {"reports", std::move(out)}};
        });
    }
    base::Result<json::value> history(const http::Request& request, const web::Context& context) const {
        return desk_.database.read([&](db::Connection& c) -> base::Result<json::value> {
            TRY(const auto dossier, visible(c, request, context));
            TRY(const auto entries, history_of(c, dossier.measure.id));
            json::array out;
            for (const auto& e : entries) {
                json::object entry{{"on", base::iso(e.on)},   {"from", name_of(e.from)},   {"to", name_of(e.to)},
                                   {"move", name_of(e.move)}, {"grade", name_of(e.grade)}, {"resolution", of(e.resolution)}};
                if (context.actor.signed_in()) {
                    entry["by"] = of(e.by);
                    entry["reason"] = of(e.reason);
                    entry["finding"] = of(e.finding);
                }
                out.push_back(std::move(entry));
            }
            return json::value{{"measure", dossier.measure.key}, {"history", std::move(out)}};
        });
    }
    base::Result<json::value> deliveries(const http::Request& request, const web::Context& context) const {
        return desk_.database.read([&](db::Connection& c) -> base::Result<json::value> {
            TRY(const auto dossier, visible(c, request, context));
            json::array out;
            for (const auto& d : dossier.deliveries)
                if (context.actor.signed_in() || d.counts())
                    out.push_back(json::object{{"id", d.id.value},
                                               {"evidence", d.evidence},
                                               {"kind", d.kind},
                                               {"title", of(d.title)},
                                               {"occurred_on", base::iso(d.occurred_on)},
                                               {"delivered_by", d.delivered_by},
                                               {"accepted_by", of(d.accepted_by)},
                                               {"accepted_on", of(d.accepted_on)},
                                               {"withdrawn_on", of(d.withdrawn_on)}});
            return json::value{{"measure", dossier.measure.key}, {"evidence", std::move(out)}};
        });
    }
    base::Result<json::value> around(const http::Request& request, const web::Context& context) const {
        const bool internal = context.actor.signed_in();
        return desk_.database.read([&](db::Connection& c) -> base::Result<json::value> {
            TRY(const auto dossier, visible(c, request, context));
            TRY(const auto parts, parts_of(c, dossier.measure));
            const auto relatives = [&](const std::vector<Relative>& all) {
                json::array out;
                for (const auto& r : all)
                    if (internal || r.published) out.push_back(json::object{{"key", r.key}, {"title", of(r.title)}, {"state", name_of(r.state)}});
                return out;
            };
            json::array files, notes;
            for (const auto& f : parts.files)
                if (internal || f.published)
                    files.push_back(json::object{{"id", f.id.value},
                                                 {"title", f.title},
                                                 {"name", f.name},
                                                 {"added_on", base::iso(f.added_on)},
                                                 {"url", "/massnahmen/" + dossier.measure.key + "/dateien/" + std::to_string(f.id.value)}});
            for (const auto& n : parts.notes)
                if (internal || n.is_public)
                    notes.push_back(
                        json::object{{"id", n.id.value}, {"written_on", base::iso(n.written_on)}, {"public", n.is_public}, {"text", n.text}});
            return json::value{
                {"measure", dossier.measure.key},
                {"parent", parts.parent && (internal || parts.parent->published) ? json::value(parts.parent->key) : json::value(nullptr)},
                {"children", relatives(parts.children)},
                {"needs", relatives(parts.needs)},
                {"needed_by", relatives(parts.needed_by)},
                {"files", std::move(files)},
                {"notes", std::move(notes)}};
        });
    }
    base::Result<json::value> all_targets(const http::Request&, const web::Context& context) const {
        TRY(const auto all, desk_.database.read([](db::Connection& c) { return targets(c); }));
        json::array out;
        for (const auto& t : all)
            if (is_shown(context, t)) out.push_back(json_of(t, context.day(), context.actor.signed_in()));
        return json::value{{"targets", std::move(out)}};
    }
    base::Result<json::value> target(const http::Request& request, const web::Context& context) const {
        TRY(const auto t, desk_.database.read([&](db::Connection& c) { return find_target(c, request.path_values.get("key")); }));
        if (!is_shown(context, t)) return base::error(base::ErrorKind::not_found, "not published");
        return json::value(json_of(t, context.day(), context.actor.signed_in()));
    }
    base::Result<json::value> all_rounds(const http::Request&, const web::Context& context) const {
        if (!context.actor.signed_in()) return base::error(base::ErrorKind::not_found, "rounds are internal");
        TRY(const auto all, desk_.database.read([](db::Connection& c) { return rounds(c); }));
        json::array out;
        for (const auto& v : all) out.push_back(json_of(v, context.day(), false));
        return json::value{{"rounds", std::move(out)}};
    }
    base::Result<json::value> round(const http::Request& request, const web::Context& context) const {
        if (!context.actor.signed_in()) return base::error(base::ErrorKind::not_found, "rounds are internal");
        TRY(const auto v, desk_.database.read([&](db::Connection& c) { return find_round(c, RoundId{request.id("abfrage")}); }));
        return json::value(json_of(v, context.day(), true));
    }
    base::Result<json::value> rule_set(const http::Request&, const web::Context&) const {
        TRY(const auto set, desk_.database.read([](db::Connection& c) { return rules(c); }));
        return json::value(json_of(set));
    }
    base::Result<json::value> changes(const http::Request& request, const web::Context& context) const {
        const auto since = base::parse_day(request.query.get("seit")).value_or(base::plus_days(context.day(), -90));
        TRY(const auto all,
            desk_.database.read([&](db::Connection& c) { return changes_since(c, since, context.day(), !context.actor.signed_in()); }));
        json::array out;
        for (const auto& h : all)
            out.push_back(json::object{{"id", h.id},
                                       {"on", base::iso(h.on)},
                                       {"key", h.key},
                                       {"url", h.url()},
                                       {"title", of(h.title)},
                                       {"what", context.say(h.what)},
                                       {"text", of(h.text)}});
        return json::value{{"since", base::iso(since)}, {"until", base::iso(context.day())}, {"changes", std::move(out)}};
    }

  private:
    static base::Result<Dossier> visible(db::Connection& c, const http::Request& request, const web::Context& context) {
        TRY(auto dossier, find(c, request.path_values.get("key")));
        if (!dossier.measure.published && !context.actor.signed_in()) return base::error(base::ErrorKind::not_found, "not published");
        return dossier;
    }
    Desk desk_;
};

}  // namespace

json::object json_of(const Dossier& dossier, const World& world, bool internal) {
    const auto& m = dossier.measure;
    const auto now = judged(dossier, world);
    json::array statements, resources, milestones, rules, risks;
    for (const auto& s : m.statements) statements.push_back(json::object{{"plan", s.plan}, {"statement", s.statement}});
    for (const auto& r : m.resources) resources.push_back(of(r));
    for (const auto& s : m.milestones)
        milestones.push_back(json::object{{"id", s.id.value},
                                          {"tag", tag_of_part(fields_of(s))},
                                          {"title", of(s.title)},
                                          {"due_on", base::iso(s.due_on)},
                                          {"reached_on", of(s.reached_on)}});
    for (const auto& v : now.gate.verdicts)
        rules.push_back(json::object{{"rule", name_of(v.rule)}, {"satisfied", v.satisfied}, {"required", v.required}});
    for (const auto risk : now.flags.risks) risks.push_back(json::value(name_of(risk)));
    json::value missed = nullptr;
    if (now.flags.missed_period)
        missed = json::object{{"from", base::iso(now.flags.missed_period->from)}, {"until", base::iso(now.flags.missed_period->until)}};
    json::object out{{"key", m.key},
                     {"url", "/massnahmen/" + m.key},
                     {"kind", name_of(m.kind)},
                     {"state", name_of(m.state)},
                     {"grade", name_of(now.gate.grade)},
                     {"title", of(m.title)},
                     {"description", of(m.description)},
                     {"parent", of(m.parent_key)},
                     {"accountable", of(m.accountable)},
                     {"joint", of(m.joint)},
                     {"coworkers", of(m.coworkers)},
                     {"statements", std::move(statements)},
                     {"resolution", of(m.resolution)},
                     {"resolved_on", of(m.resolved_on)},
                     {"starts_on", of(m.schedule.starts_on)},
                     {"ends_on", of(m.schedule.ends_on)},
                     {"rhythm", of(std::string(name_of(m.schedule.rhythm)))},
                     {"fresh_days", number(m.schedule.fresh_days)},
                     {"criterion_kind", of(std::string(name_of(m.criterion.kind)))},
                     {"criterion", of(m.criterion.text)},
                     {"goal", m.criterion.kind == CriterionKind::value ? json::value(of(m.criterion.goal)) : json::value(nullptr)},
                     {"targets", of(m.targets)},
                     {"evidence_kind", of(m.evidence_kind)},
                     {"report_interval_days", m.report_interval_days},
                     {"resources", std::move(resources)},
                     {"milestones", std::move(milestones)},
                     {"rules", std::move(rules)},
                     {"flags",
                      {{"overdue", now.flags.overdue},
                       {"due_soon", now.flags.due_soon},
                       {"incomplete", now.flags.incomplete},
                       {"stale", now.flags.stale},
                       {"risks", std::move(risks)},
                       {"next_due", of(now.flags.next_due)},
                       {"missed_period", std::move(missed)}}},
                     {"commitment", m.kind == Kind::self_commitment ? json::value(name_of(m.commitment)) : json::value(nullptr)},
                     {"sample", m.sample},
                     {"version", m.version}};
    if (internal) {
        out["working_name"] = of(m.working_name);
        out["internal_note"] = of(m.internal_note);
        out["published"] = m.published;
    }
    return out;
}

json::object json_of(const Target& t, base::Day as_of, bool internal) {
    json::array consultation;
    for (const auto party : both_parties) {
        const auto s = status_of(t, party, as_of);
        static constexpr std::string_view involvements[] = {"not_asked", "waiting", "answered", "silent", "asked_without_proof", "on_old_text"};
        consultation.push_back(json::object{{"party", name_of(party)},
                                            {"involvement", involvements[static_cast<int>(s.involvement)]},
                                            {"asked_on", s.request ? json::value(base::iso(s.request->asked_on)) : json::value(nullptr)},
                                            {"answer_by", s.request ? json::value(base::iso(s.request->answer_by)) : json::value(nullptr)}});
    }
    json::value decision = nullptr;
    if (t.decision)
        decision = json::object{{"on", base::iso(t.decision->on)}, {"meeting", t.decision->meeting}, {"resolution", of(t.decision->resolution)},
                                {"yes", t.decision->yes},          {"no", t.decision->no},           {"abstained", t.decision->abstained}};
    json::array requests, opinions;
    const auto hash = text_hash(t);
    for (const auto& r : t.requests) {
        requests.push_back(json::object{{"id", r.id},
                                        {"party", name_of(r.party)},
                                        {"asked_on", base::iso(r.asked_on)},
                                        {"answer_by", base::iso(r.answer_by)},
                                        {"on_present_text", r.text_hash == hash}});
        if (internal) requests.back().as_object()["proof"] = of(r.proof);
    }
    for (const auto& o : t.opinions)
        opinions.push_back(json::object{{"id", o.id},
                                        {"party", name_of(o.party)},
                                        {"received_on", base::iso(o.received_on)},
                                        {"text", of(o.text)},
                                        {"late", o.late},
                                        {"on_present_text", o.text_hash == hash}});
    json::value overridden = nullptr;
    if (t.overridden)
        overridden = json::object{{"outcome", name_of(t.overridden->outcome)},
                                  {"computed", name_of(t.overridden->computed)},
                                  {"reason", t.overridden->reason},
                                  {"on", base::iso(t.overridden->on)}};
    json::object out{{"key", t.key},
                     {"url", "/zielvorgaben/" + t.key},
                     {"state", name_of(t.state)},
                     {"shown_outcome", name_of(shown_outcome(t))},
                     {"title", of(t.title)},
                     {"text", of(t.text)},
                     {"text_hash", text_hash(t)},
                     {"goal", of(t.goal)},
                     {"baseline", quantity(t.baseline)},
                     {"partly_from", quantity(t.partly_from)},
                     {"counted_from", base::iso(t.counted_from)},
                     {"due_on", base::iso(t.due_on)},
                     {"evidence_kind", of(t.evidence_kind)},
                     {"indicator", of(t.indicator)},
                     {"statement", t.statement.statement.empty() ? json::value(nullptr)
                                                                 : json::value{{"plan", t.statement.plan}, {"statement", t.statement.statement}}},
                     {"consultation", std::move(consultation)},
                     {"requests", std::move(requests)},
                     {"opinions", std::move(opinions)},
                     {"decision", std::move(decision)},
                     {"in_force_on", of(t.in_force_on)},
                     {"observed", quantity(t.observed)},
                     {"counted", of(t.counted)},
                     {"override", std::move(overridden)},
                     {"replaced_by", of(t.replaced_by)},
                     {"sample", t.sample},
                     {"version", t.version}};
    if (internal) out["published"] = t.published;
    return out;
}

json::object json_of(const RoundView& v, base::Day today, bool whole) {
    const auto totals = totals_of(v.round, v.requests(), today);
    json::object out{{"id", v.round.id.value},
                     {"asked_on", base::iso(v.round.asked_on)},
                     {"answer_by", base::iso(v.round.answer_by)},
                     {"asked", totals.asked},
                     {"answered", totals.answered},
                     {"late", totals.late}};
    if (!whole) return out;
    json::array requests;
    for (const auto& a : v.asked) {
        json::array reminded;
        for (const auto day : a.request.reminded_on) reminded.push_back(json::value(base::iso(day)));
        requests.push_back(json::object{{"measure", a.key},
                                        {"office", a.request.office},
                                        {"state", name_of(state_of(v.round, a.request, today))},
                                        {"answered_on", of(a.request.answered_on)},
                                        {"reminded_on", std::move(reminded)},
                                        {"escalated_on", of(a.request.escalated_on)}});
    }
    out["requests"] = std::move(requests);
    return out;
}

json::object json_of(const RuleSet& set) {
    json::array out;
    for (const auto rule : all_rules)
        out.push_back(json::object{{"rule", name_of(rule)},
                                   {"title", title_of(rule).text},
                                   {"clause", clause_of(rule)},
                                   {"needed_for", name_of(needed_for(rule))},
                                   {"required", set.requires_rule(rule)},
                                   {"may_be_optional", may_be_optional(rule)}});
    return {{"rules", std::move(out)}};
}

std::string tag_of_part(const Fields& fields) {
    std::string bytes;
    for (const auto& [name, value] : fields) bytes += fmt::format("{}={}:{};", name, value.size(), value);
    return web::etag_of(bytes).substr(0, 16);
}

void mount_api(http::Router& router, const Desk& desk) {
    const auto api = std::make_shared<Api>(desk);
    const auto on = [&](auto method) {
        return desk.site.page(
            answering([api, method](const http::Request& request, const web::Context& context) { return ((*api).*method)(request, context); }));
    };
    router.get("/api/v1/massnahmen", on(&Api::measures));
    router.get("/api/v1/massnahmen/{key:any}", on(&Api::measure));
    router.get("/api/v1/massnahmen/{key:any}/berichte", on(&Api::reports));
    router.get("/api/v1/massnahmen/{key:any}/verlauf", on(&Api::history));
    router.get("/api/v1/massnahmen/{key:any}/nachweise", on(&Api::deliveries));
    router.get("/api/v1/massnahmen/{key:any}/umfeld", on(&Api::around));
    router.get("/api/v1/zielvorgaben", on(&Api::all_targets));
    router.get("/api/v1/zielvorgaben/{key:any}", on(&Api::target));
    router.get("/api/v1/abfragen", on(&Api::all_rounds));
    router.get("/api/v1/abfragen/{abfrage}", on(&Api::round));
    router.get("/api/v1/regeln", on(&Api::rule_set));
    router.get("/api/v1/aenderungen", on(&Api::changes));
    mount_api_of_measures(router, desk);
    mount_api_of_files(router, desk);
    mount_api_of_targets(router, desk);
    mount_api_of_steering(router, desk);
}

}  // namespace measures
