#include <boost/json.hpp>

#include <fmt/format.h>

#include <utility>

#include "measures/input_rules.h"
#include "measures/list_index.h"
#include "measures/round_rules.h"
#include "measures/store.h"
#include "platform/audit/api.h"

namespace measures {
namespace {

// Only what differs, in the order people read it.
std::pair<audit::Values, audit::Values> difference(const Fields& before, const Fields& after) {
    std::pair<audit::Values, audit::Values> out;
    for (const auto& name : field_names()) {
        const auto b = before.find(name), a = after.find(name);
        const std::string was = b == before.end() ? "" : b->second, is = a == after.end() ? "" : a->second;
        if (was == is) continue;
        out.first.emplace_back(name, was);
        out.second.emplace_back(name, is);
    }
    return out;
}

db::Parameters values_of(const Measure& m) {
    return {{"kind", name_of(m.kind)},
            {"parent", m.parent},
            {"title_de", m.title.de},
            {"title_en", m.title.en},
            {"working_name", m.working_name},
            {"description_de", m.description.de},
            {"description_en", m.description.en},
            {"internal_note", m.internal_note},
            {"accountable", m.accountable},
            {"resolution", m.resolution},
            {"resolved_on", m.resolved_on},
            {"starts_on", m.schedule.starts_on},
            {"ends_on", m.schedule.ends_on},
            {"rhythm", name_of(m.schedule.rhythm)},
            {"fresh_days", m.schedule.fresh_days},
            {"criterion_kind", name_of(m.criterion.kind)},
            {"criterion_de", m.criterion.text.de},
            {"criterion_en", m.criterion.text.en},
            {"goal_direction", name_of(m.criterion.goal.direction)},
            {"goal_value", m.criterion.goal.value.thousandths},
            {"goal_upper", m.criterion.goal.upper ? std::optional(m.criterion.goal.upper->thousandths) : std::nullopt},
            {"goal_unit", m.criterion.goal.unit},
            {"evidence_kind", m.evidence_kind},
            {"evidence_fixed_on", m.evidence_fixed_on},
            {"interval", m.report_interval_days},
            {"published", m.published}};
}

enum class Children { of_a_new_measure, instead_of_the_old };
base::Result<void> write_children(db::Connection& c, const Measure& m, Children children) {
    if (children == Children::instead_of_the_old)
        for (const auto* table : {"measure_bearers", "measure_statements", "measure_target_links"})
            TRY_VOID(c.execute(fmt::format("delete from {} where measure_id = :id", table), {{"id", m.id}}));
    const auto bearers = [&](const std::vector<std::string>& keys, std::string_view role) -> base::Result<void> {
        for (const auto& key : keys)
            TRY_VOID(c.execute("insert into measure_bearers (measure_id, bearer, role) values (:id, :bearer, :role)",
                               {{"id", m.id}, {"bearer", key}, {"role", role}}));
        return {};
    };
    TRY_VOID(bearers(m.joint, "joint"));
    TRY_VOID(bearers(m.coworkers, "coworker"));
    for (const auto& ref : std::set<StatementRef>(m.statements.begin(), m.statements.end()))
        TRY_VOID(c.execute("insert into measure_statements (measure_id, plan, statement) values (:id, :plan, :statement)",
                           {{"id", m.id}, {"plan", ref.plan}, {"statement", ref.statement}}));
    for (const auto& key : std::set<std::string>(m.targets.begin(), m.targets.end()))
        TRY_VOID(c.execute("insert into measure_target_links (measure_id, target) values (:id, :target)", {{"id", m.id}, {"target", key}}));
    return {};
}

base::Result<void> keep_version(db::Connection& c, const Measure& m) {
    boost::json::object fields;
    for (const auto& [name, value] : fields_of(m)) fields[name] = value;
    TRY_VOID(c.execute("insert into measure_versions (measure_id, version, fields) values (:id, :version, :fields)",
                       {{"id", m.id}, {"version", m.version}, {"fields", boost::json::serialize(fields)}}));
    return {};
}

base::Result<int> last_number(db::Connection& c, int year) {
    const auto prefix = fmt::format("M-{:04}-", year);
    TRY(const auto last, c.query_one<std::string>("select key from measures where key like :pattern order by length(key) desc, key desc limit 1",
                                                  {{"pattern", prefix + "%"}}, [](const db::Row& row) { return row.text("key"); }));
    int number = 0;
    if (last)
        for (const char ch : last->substr(prefix.size())) number = ch >= '0' && ch <= '9' && number < 1'000'000 ? number * 10 + (ch - '0') : number;
    return number;
}

audit::Values values_of(const Resource& r) {
    return {{"kind", std::string(name_of(r.kind))},
            {"budget_line", r.budget_line},
            {"source", r.source},
            {"year", r.year ? std::to_string(*r.year) : ""},
            {"planned", r.planned ? base::amount_field(*r.planned) : ""},
            {"spent", r.spent ? base::amount_field(*r.spent) : ""},
            {"post_permille", std::to_string(r.post_permille)},
            {"project", r.project},
            {"project_ends_on", r.project_ends_on ? base::iso(*r.project_ends_on) : ""},
            {"description", r.description},
            {"confirmed_by", r.confirmed_by}};
}

base::Error refused(std::vector<base::FieldError> fields) {
    return {base::ErrorKind::invalid_input, "refused by a rule of measures", std::move(fields), "rule"};
}

base::Result<Delivery> delivery_in(const Dossier& dossier, DeliveryId id) {
    for (const auto& delivery : dossier.deliveries)
        if (delivery.id == id) return delivery;
    return base::error(base::ErrorKind::not_found, "no such evidence of the measure");
}
base::Result<Resource> resource_in(const Dossier& dossier, ResourceId id) {
    for (const auto& resource : dossier.measure.resources)
        if (resource.id == id) return resource;
    return base::error(base::ErrorKind::not_found, "no such resource of the measure");
}

base::Result<void> enter(db::Connection& c, const By& by, const Measure& m, std::string key, std::string kind, base::Day occurred_on,
                         const base::Bilingual& title, const std::string& office) {
    if (!by.enter) return {};
    evidence::Record record;
    record.key = std::move(key);
    record.kind = std::move(kind);
    record.subject = m.key;
    record.organisation = office;
    record.occurred_on = occurred_on;
    record.title = title;
    record.published = m.published;
    record.recorded_on = by.today;
    return by.enter(c, record);
}

// The measure above by its number; a circle of belonging is refused.
base::Result<void> find_parent(db::Connection& c, Measure& m) {
    m.parent = {};
    if (m.parent_key.empty()) return {};
    MeasureId at{};
    const auto row_of = [&](std::string_view condition, const db::Parameters& parameters) -> base::Result<MeasureId> {
        MeasureId above{};
        TRY_VOID(c.for_each(fmt::format("select id, parent_id from measures where {}", condition), parameters, [&](const db::Row& row) {
            at = row.id<MeasureId>("id");
            above = row.id<MeasureId>("parent_id");
        }));
        return above;
    };
    TRY(auto above, row_of("key = :key", {{"key", m.parent_key}}));
    if (!at) return base::invalid("gehoert_zu", base::message("There is no measure with this number."));
    m.parent = at;
    while (at != m.id && above) { TRY(above, row_of("id = :id", {{"id", above}})); }
    if (m.id && at == m.id) return base::invalid("gehoert_zu", base::message("These measures would belong to each other in a circle."));
    return {};
}

}  // namespace

namespace {

// Numbers given out so far, by year, so that an import asks for the last one once.
using LastNumbers = std::map<int, int>;

base::Result<void> insert_measure(db::Connection& c, Measure& m, LastNumbers& last, const By& by) {
    m.state = State::proposed;
    m.commitment = CommitmentState::offered;
    m.version = 1;
    TRY_VOID(find_parent(c, m));
    if (m.key.empty()) {
        const int year = base::year_of(m.schedule.starts_on.value_or(by.today));
        if (!last.contains(year)) { TRY(last[year], last_number(c, year)); }
        m.key = fmt::format("M-{:04}-{:03}", year, ++last[year]);
    }
    auto values = values_of(m);
    for (auto&& more :
         {db::Parameter{"key", m.key}, db::Parameter{"state", name_of(m.state)}, db::Parameter{"sample", m.sample}, db::Parameter{"now", by.now}})
        values.push_back(more);
    TRY(m.id, c.insert<MeasureId>(R"sql(
        insert into measures (key, kind, state, parent_id, title_de, title_en, working_name, description_de, description_en, internal_note, accountable, resolution, resolved_on,
                              starts_on, ends_on, rhythm, fresh_days, criterion_kind, criterion_de, criterion_en, goal_direction, goal_thousandths, goal_upper, goal_unit,
                              evidence_kind, evidence_fixed_on, report_interval_days, published, sample, created_at)
        values (:key, :kind, :state, :parent, :title_de, :title_en, :working_name, :description_de, :description_en, :internal_note, :accountable, :resolution, :resolved_on,
                :starts_on, :ends_on, :rhythm, :fresh_days, :criterion_kind, :criterion_de, :criterion_en, :goal_direction, :goal_value, :goal_upper, :goal_unit,
                :evidence_kind, :evidence_fixed_on, :interval, :published, :sample, :now)
        returning id
    )sql",
                                  values));
    TRY_VOID(write_children(c, m, Children::of_a_new_measure));
    TRY_VOID(index_new(c, m));
    TRY_VOID(keep_version(c, m));
    auto [before, after] = difference({}, fields_of(m));
    return audit::record(c, by.actor, by.now, "measures.measure", m.key, "create", {}, std::move(after));
}

}  // namespace

base::Result<Measure> create(db::Connection& c, Measure m, const By& by) {
    if (auto mistakes = mistakes_in(m); !mistakes.empty()) return base::error(refused(std::move(mistakes)));
    LastNumbers last;
    TRY_VOID(insert_measure(c, m, last, by));
    const auto resources = std::exchange(m.resources, {});
    for (const auto& resource : resources) TRY_VOID(add_resource(c, m.key, resource, by));
    const auto milestones = std::exchange(m.milestones, {});
    for (const auto& milestone : milestones) TRY_VOID(add_milestone(c, m.key, milestone, by));
    TRY(auto dossier, find(c, m.key));
    return std::move(dossier.measure);
}

base::Result<Measure> save(db::Connection& c, const Measure& changed, int version, const ScheduleChange& change, const By& by) {
    TRY(const auto dossier, find(c, changed.key));
    const auto& before = dossier.measure;
    if (before.version != version) return base::error({base::ErrorKind::conflict, "somebody saved the measure in between", {}, "version"});
    // What a form cannot change is taken from what is kept.
    Measure m = changed;
    m.id = before.id;
    m.state = before.state;
    m.commitment = before.commitment;
    m.resources = before.resources;
    m.milestones = before.milestones;
    TRY_VOID(find_parent(c, m));
    m.version = version + 1;
    auto mistakes = mistakes_in(m);
    for (auto& obstacle : obstacles_to_changing(before, m, {m.schedule, change.resolution, change.resolved_on}, by.office, by.today))
        mistakes.push_back(std::move(obstacle));
    if (!mistakes.empty()) return base::error(refused(std::move(mistakes)));
    auto values = values_of(m);
    values.emplace_back("id", m.id);
    values.emplace_back("version", version);
    TRY(const auto touched, c.execute(R"sql(
        update measures
           set kind = :kind, parent_id = :parent, title_de = :title_de, title_en = :title_en, working_name = :working_name, description_de = :description_de,
               description_en = :description_en, internal_note = :internal_note, accountable = :accountable, resolution = :resolution, resolved_on = :resolved_on,
               starts_on = :starts_on, ends_on = :ends_on, rhythm = :rhythm, fresh_days = :fresh_days, criterion_kind = :criterion_kind, criterion_de = :criterion_de,
               criterion_en = :criterion_en, goal_direction = :goal_direction, goal_thousandths = :goal_value, goal_upper = :goal_upper, goal_unit = :goal_unit,
               evidence_kind = :evidence_kind, evidence_fixed_on = :evidence_fixed_on, report_interval_days = :interval, published = :published, version = version + 1
         where id = :id
           and version = :version
    )sql",
                                      values));
    if (touched != 1) return base::error({base::ErrorKind::conflict, "somebody saved the measure in between", {}, "version"});
    TRY_VOID(write_children(c, m, Children::instead_of_the_old));
    TRY_VOID(index_changed(c, before, m));
    TRY_VOID(keep_version(c, m));
    if (before.binds() && before.schedule != m.schedule)
        TRY_VOID(c.execute(R"sql(
            insert into measure_schedule_changes (measure_id, starts_on, ends_on, rhythm, fresh_days, resolution, resolved_on, recorded_at)
            values (:id, :starts_on, :ends_on, :rhythm, :fresh_days, :resolution, :resolved_on, :now)
        )sql",
                           {{"id", m.id},
                            {"starts_on", before.schedule.starts_on},
                            {"ends_on", before.schedule.ends_on},
                            {"rhythm", name_of(before.schedule.rhythm)},
                            {"fresh_days", before.schedule.fresh_days},
                            {"resolution", change.resolution},
                            {"resolved_on", change.resolved_on},
                            {"now", by.now}}));
    auto [was, is] = difference(fields_of(before), fields_of(m));
    TRY_VOID(audit::record(c, by.actor, by.now, "measures.measure", m.key, "change", std::move(was), std::move(is)));
    TRY(auto saved, find(c, m.key));
    return std::move(saved.measure);
}

base::Result<Measure> take_step(db::Connection& c, std::string_view key, Step step, const World& world, const By& by) {
    TRY(const auto dossier, find(c, key));
    step.on = by.today;
    step.by = by.office;
    if (!step.replaced_by.empty()) {
        const auto successor = find(c, step.replaced_by);
        if (!successor) return base::invalid("replaced_by", base::message("There is no measure with this number."));
    }
    TRY(auto stepped, take(dossier.measure, step, world.around(dossier.deliveries)));
    const auto& e = stepped.entry;
    TRY(const auto touched, c.execute("update measures set state = :to where id = :id and state = :from",
                                      {{"to", name_of(e.to)}, {"id", dossier.measure.id}, {"from", name_of(e.from)}}));
    if (touched != 1) return base::error({base::ErrorKind::conflict, "somebody moved the measure in between", {}, "state"});
    TRY_VOID(index_moved(c, dossier.measure, e.to));
    TRY_VOID(c.execute(R"sql(
        insert into measure_history (measure_id, on_day, from_state, to_state, move, by_office, reason, finding, record, resolution, grade, recorded_at)
        values (:id, :on_day, :from_state, :to_state, :move, :by_office, :reason, :finding, :record, :resolution, :grade, :now)
    )sql",
                       {{"id", dossier.measure.id},
                        {"on_day", e.on},
                        {"from_state", name_of(e.from)},
                        {"to_state", name_of(e.to)},
                        {"move", name_of(e.move)},
                        {"by_office", e.by},
                        {"reason", e.reason},
                        {"finding", e.finding},
                        {"record", e.record},
                        {"resolution", e.resolution},
                        {"grade", name_of(e.grade)},
                        {"now", by.now}}));
    TRY_VOID(audit::record(c, by.actor, by.now, "measures.measure", std::string(key), std::string(name_of(e.move)),
                           {{"state", std::string(name_of(e.from))}},
                           {{"state", std::string(name_of(e.to))}, {"reason", e.reason}, {"resolution", e.resolution}}));
    return std::move(stepped.measure);
}

base::Result<Measure> move_commitment(db::Connection& c, std::string_view key, CommitmentMove move, const By& by) {
    TRY(auto dossier, find(c, key));
    TRY(const auto to, after(dossier.measure, move, by.office));
    TRY_VOID(c.execute("update measures set commitment = :to where id = :id", {{"to", name_of(to)}, {"id", dossier.measure.id}}));
    TRY_VOID(audit::record(c, by.actor, by.now, "measures.measure", std::string(key), "commitment",
                           {{"commitment", std::string(name_of(dossier.measure.commitment))}}, {{"commitment", std::string(name_of(to))}}));
    dossier.measure.commitment = to;
    return std::move(dossier.measure);
}

namespace {
base::Result<ResourceId> insert_resource(db::Connection& c, const Measure& m, const Resource& r, const By& by) {
    if (auto mistakes = mistakes_in(r, m.schedule); !mistakes.empty()) return base::error(refused(std::move(mistakes)));
    TRY(const auto id, c.insert<ResourceId>(R"sql(
        insert into measure_resources (measure_id, kind, budget_line, source, year, planned_cents, spent_cents, post_permille, project, project_ends_on, description, confirmed_by, confirmed_on)
        values (:measure, :kind, :budget_line, :source, :year, :planned, :spent, :post, :project, :project_ends_on, :description, :confirmed_by, :confirmed_on)
        returning id
    )sql",
                                            {{"measure", m.id},
                                             {"kind", name_of(r.kind)},
                                             {"budget_line", r.budget_line},
                                             {"source", r.source},
                                             {"year", r.year},
                                             {"planned", r.planned ? std::optional(r.planned->value) : std::nullopt},
                                             {"spent", r.spent ? std::optional(r.spent->value) : std::nullopt},
                                             {"post", r.post_permille},
                                             {"project", r.project},
                                             {"project_ends_on", r.project_ends_on},
                                             {"description", r.description},
                                             {"confirmed_by", r.confirmed_by},
                                             {"confirmed_on", r.confirmed_on}}));
    TRY_VOID(audit::record(c, by.actor, by.now, "measures.resource", fmt::format("{}/{}", m.key, id.value), "create", {}, values_of(r)));
    return id;
}
}  // namespace

base::Result<ResourceId> add_resource(db::Connection& c, std::string_view key, const Resource& r, const By& by) {
    TRY(const auto dossier, find(c, key));
    return insert_resource(c, dossier.measure, r, by);
}

base::Result<void> create_all(db::Connection& c, std::vector<Measure> measures, const By& by) {
    LastNumbers last;
    for (auto& m : measures) {
        if (auto mistakes = mistakes_in(m); !mistakes.empty()) return base::error(refused(std::move(mistakes)));
        TRY_VOID(insert_measure(c, m, last, by));
        for (const auto& resource : m.resources) TRY_VOID(insert_resource(c, m, resource, by));
        for (const auto& milestone : m.milestones) TRY_VOID(add_milestone(c, m.key, milestone, by));
    }
    return {};
}

base::Result<void> withdraw_resource(db::Connection& c, std::string_view key, ResourceId id, const By& by) {
    TRY(const auto dossier, find(c, key));
    TRY(const auto r, resource_in(dossier, id));
    TRY_VOID(c.execute("update measure_resources set withdrawn_at = :now where id = :id and withdrawn_at is null", {{"now", by.now}, {"id", id}}));
    return audit::record(c, by.actor, by.now, "measures.resource", fmt::format("{}/{}", key, id.value), "withdraw", values_of(r), {});
}

base::Result<void> confirm_resource(db::Connection& c, std::string_view key, ResourceId id, const By& by) {
    TRY(const auto dossier, find(c, key));
    TRY(const auto r, resource_in(dossier, id));
    if (r.kind != ResourceKind::no_extra_means || !r.confirmed_by.empty()) return base::error(base::ErrorKind::conflict, "nothing to confirm");
    if (by.office.empty() || by.office == dossier.measure.accountable)
        return base::invalid("confirmed_by", base::message("Another office than the accountable one confirms this."));
    TRY_VOID(c.execute("update measure_resources set confirmed_by = :by, confirmed_on = :on where id = :id",
                       {{"by", by.office}, {"on", by.today}, {"id", id}}));
    return audit::record(c, by.actor, by.now, "measures.resource", fmt::format("{}/{}", key, id.value), "confirm", {{"confirmed_by", ""}},
                         {{"confirmed_by", by.office}});
}

base::Result<MilestoneId> add_milestone(db::Connection& c, std::string_view key, const Milestone& m, const By& by) {
    TRY(const auto dossier, find(c, key));
    if (auto mistakes = mistakes_in(m, dossier.measure.schedule); !mistakes.empty()) return base::error(refused(std::move(mistakes)));
    TRY(const auto id,
        c.insert<MilestoneId>(
            "insert into measure_milestones (measure_id, title_de, title_en, due_on, reached_on) values (:measure, :de, :en, :due_on, :reached_on) returning id",
            {{"measure", dossier.measure.id}, {"de", m.title.de}, {"en", m.title.en}, {"due_on", m.due_on}, {"reached_on", m.reached_on}}));
    TRY_VOID(audit::record(c, by.actor, by.now, "measures.milestone", fmt::format("{}/{}", key, id.value), "create", {},
                           {{"title", m.title.de}, {"due_on", base::iso(m.due_on)}}));
    return id;
}

base::Result<void> reach_milestone(db::Connection& c, std::string_view key, MilestoneId id, base::Day on, const By& by) {
    TRY(const auto dossier, find(c, key));
    if (on > by.today) return base::invalid("reached_on", base::message("This day lies in the future."));
    TRY(const auto touched,
        c.execute("update measure_milestones set reached_on = :on where id = :id and measure_id = :measure and reached_on is null",
                  {{"on", on}, {"id", id}, {"measure", dossier.measure.id}}));
    if (touched != 1) return base::error(base::ErrorKind::not_found, "no such open milestone of the measure");
    return audit::record(c, by.actor, by.now, "measures.milestone", fmt::format("{}/{}", key, id.value), "reach", {{"reached_on", ""}},
                         {{"reached_on", base::iso(on)}});
}

base::Result<void> add_dependency(db::Connection& c, std::string_view key, std::string_view needs, const By& by) {
    TRY(const auto dossier, find(c, key));
    TRY(const auto other, find(c, needs));
    TRY(const auto waits_for, (c.query<std::pair<MeasureId, MeasureId>>(
                                  "select measure_id, needs_id from measure_dependencies order by measure_id, needs_id", {},
                                  [](const db::Row& row) { return std::pair(row.id<MeasureId>("measure_id"), row.id<MeasureId>("needs_id")); })));
    if (closes_circle(waits_for, dossier.measure.id, other.measure.id))
        return base::invalid("needs", base::message("These measures would wait for each other in a circle."));
    TRY_VOID(
        c.execute("insert into measure_dependencies (measure_id, needs_id) values (:a, :b)", {{"a", dossier.measure.id}, {"b", other.measure.id}}));
    return audit::record(c, by.actor, by.now, "measures.measure", std::string(key), "wait_for", {}, {{"needs", std::string(needs)}});
}

base::Result<ReportId> add_report(db::Connection& c, std::string_view key, StatusReport r, const By& by) {
    TRY(const auto dossier, find(c, key));
    r.measure = dossier.measure.id;
    r.office = by.office;
    if (auto mistakes = mistakes_in(r, dossier.measure, by.today); !mistakes.empty()) return base::error(refused(std::move(mistakes)));
    TRY(const auto id,
        c.insert<ReportId>(
            "insert into measure_reports (measure_id, given_on, entered_on, text, assessment, percent, office, published) values (:measure, :on, :today, :text, :assessment, :percent, :office, :published) returning id",
            {{"measure", r.measure},
             {"on", r.given_on},
             {"today", by.today},
             {"text", r.text},
             {"assessment", name_of(r.assessment)},
             {"percent", r.percent},
             {"office", r.office},
             {"published", r.published}}));
    TRY_VOID(audit::record(c, by.actor, by.now, "measures.report", fmt::format("{}/{}", key, id.value), "create", {},
                           {{"given_on", base::iso(r.given_on)}, {"assessment", std::string(name_of(r.assessment))}, {"text", r.text}}));
    // However it came in, it answers what its measure was asked for.
    TRY_VOID(c.execute("update status_requests set answered_on = :today, report_id = :report where measure_id = :measure and answered_on is null",
                       {{"today", by.today}, {"report", id}, {"measure", r.measure}}));
    // Ziffer 4.2: what was reported is evidence as long as it is not older than the agreed interval; an older state of things is kept, and proves nothing.
    if (is_fresh(dossier.measure.report_interval_days, r.given_on, by.today))
        TRY_VOID(enter(c, by, dossier.measure, fmt::format("measure-report-{}", id.value), "measures.status_reported", r.given_on,
                       dossier.measure.title, by.office));
    return id;
}

base::Result<DeliveryId> deliver(db::Connection& c, std::string_view key, const base::Bilingual& title, base::Day occurred_on, const By& by) {
    TRY(const auto dossier, find(c, key));
    std::vector<base::FieldError> mistakes;
    if (dossier.measure.evidence_kind.empty()) mistakes.push_back({"kind", base::message("First fix which kind of evidence counts."), 0});
    if (by.office.empty()) mistakes.push_back({"", base::message("Only somebody who acts for an office may deliver evidence."), 0});
    if (occurred_on > by.today) mistakes.push_back({"occurred_on", base::message("This day lies in the future."), 0});
    if (!mistakes.empty()) return base::error(refused(std::move(mistakes)));
    TRY(const auto count, c.query_one<std::int64_t>("select count(*) as n from measure_deliveries where measure_id = :id",
                                                    {{"id", dossier.measure.id}}, [](const db::Row& row) { return row.int64("n"); }));
    const auto evidence = fmt::format("measure-{}-{}", dossier.measure.key, count.value_or(0) + 1);
    TRY(const auto id, c.insert<DeliveryId>(R"sql(
        insert into measure_deliveries (measure_id, evidence, kind, delivered_by, occurred_on, recorded_on, title_de, title_en, delivered_account)
        values (:measure, :evidence, :kind, :by, :occurred_on, :today, :de, :en, :account)
        returning id
    )sql",
                                            {{"measure", dossier.measure.id},
                                             {"evidence", evidence},
                                             {"kind", dossier.measure.evidence_kind},
                                             {"by", by.office},
                                             {"occurred_on", occurred_on},
                                             {"today", by.today},
                                             {"de", title.de},
                                             {"en", title.en},
                                             {"account", by.actor.account}}));
    TRY_VOID(audit::record(c, by.actor, by.now, "measures.delivery", evidence, "create", {},
                           {{"kind", dossier.measure.evidence_kind}, {"delivered_by", by.office}, {"occurred_on", base::iso(occurred_on)}}));
    return id;
}

// Only what was accepted counts, so it enters the ledger with the acceptance.
base::Result<void> accept(db::Connection& c, std::string_view key, DeliveryId id, const World& world, const By& by) {
    TRY(const auto dossier, find(c, key));
    TRY(const auto delivery, delivery_in(dossier, id));
    if (delivery.accepted_on || delivery.withdrawn_on) return base::error(base::ErrorKind::conflict, "the evidence is accepted or withdrawn already");
    std::vector<base::FieldError> mistakes;
    for (auto& obstacle : obstacles_to_accepting(dossier.measure, delivery, by.office, world.around(dossier.deliveries)))
        mistakes.push_back({"R8", std::move(obstacle), 0});
    // The same person at another desk is still the same person.
    if (mistakes.empty() && delivery.delivered_account != 0 && delivery.delivered_account == by.actor.account.value)
        mistakes.push_back({"R8", base::message("Nobody accepts the evidence they delivered themselves."), 0});
    if (!mistakes.empty()) return base::error(refused(std::move(mistakes)));
    TRY_VOID(c.execute("update measure_deliveries set accepted_by = :by, accepted_on = :on where id = :id",
                       {{"by", by.office}, {"on", by.today}, {"id", id}}));
    TRY_VOID(
        audit::record(c, by.actor, by.now, "measures.delivery", delivery.evidence, "accept", {{"accepted_by", ""}}, {{"accepted_by", by.office}}));
    return enter(c, by, dossier.measure, delivery.evidence, delivery.kind, delivery.occurred_on, delivery.title, delivery.delivered_by);
}

base::Result<void> withdraw_delivery(db::Connection& c, std::string_view key, DeliveryId id, const std::string& reason, const By& by) {
    TRY(const auto dossier, find(c, key));
    TRY(const auto delivery, delivery_in(dossier, id));
    if (delivery.withdrawn_on) return base::error(base::ErrorKind::conflict, "the evidence is withdrawn already");
    if (reason.empty()) return base::invalid("reason", base::message("Give the reason."));
    TRY_VOID(c.execute("update measure_deliveries set withdrawn_on = :on, withdrawn_reason = :reason where id = :id",
                       {{"on", by.today}, {"reason", reason}, {"id", id}}));
    if (by.withdraw && delivery.accepted_on) TRY_VOID(by.withdraw(c, delivery.evidence, reason));
    return audit::record(c, by.actor, by.now, "measures.delivery", delivery.evidence, "withdraw", {}, {{"reason", reason}});
}

base::Result<RuleSet> rules(db::Connection& c) {
    TRY(const auto text, c.query_one<std::string>("select value from measure_settings where name = 'optional_rules'", {},
                                                  [](const db::Row& row) { return row.text("value"); }));
    RuleSet set;
    for (const auto& name : split_list(text.value_or("")))
        if (const auto rule = rule_named(name); rule && may_be_optional(*rule)) set.optional.push_back(*rule);
    return set;
}

base::Result<void> save_rules(db::Connection& c, const RuleSet& set, const By& by) {
    std::vector<std::string> names;
    for (const auto rule : set.optional) {
        if (!may_be_optional(rule))
            return base::invalid(std::string(name_of(rule)), base::message("This rule is what makes a measure binding; it cannot be switched off."));
        names.push_back(std::string(name_of(rule)));
    }
    return save_setting(c, "optional_rules", join_list(names), by);
}

base::Result<std::string> officer_office(db::Connection& c) {
    TRY(const auto key, c.query_one<std::string>("select value from measure_settings where name = 'officer'", {},
                                                 [](const db::Row& row) { return row.text("value"); }));
    return key.value_or(World{}.officer);
}

base::Result<void> save_setting(db::Connection& c, std::string_view name, const std::string& value, const By& by) {
    TRY(const auto before, c.query_one<std::string>("select value from measure_settings where name = :name", {{"name", name}},
                                                    [](const db::Row& row) { return row.text("value"); }));
    TRY_VOID(c.execute("insert into measure_settings (name, value) values (:name, :value) on conflict (name) do update set value = excluded.value",
                       {{"name", name}, {"value", value}}));
    return audit::record(c, by.actor, by.now, "measures.settings", std::string(name), "change", {{"value", before.value_or("")}}, {{"value", value}});
}

}  // namespace measures
