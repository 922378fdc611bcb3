#include <boost/json.hpp>

#include <fmt/format.h>

#include "measures/dossiers.h"

namespace measures {
namespace {

std::optional<int> small(const std::optional<std::int64_t>& value) { return value ? std::optional(static_cast<int>(*value)) : std::nullopt; }
std::optional<base::Cents> cents(const std::optional<std::int64_t>& value) { return value ? std::optional(base::Cents{*value}) : std::nullopt; }

constexpr std::string_view columns = R"sql(
    m.id, m.key, m.kind, m.state, m.parent_id, m.title_de, m.title_en, m.working_name, m.description_de, m.description_en, m.internal_note, m.accountable,
    m.resolution, m.resolved_on, m.starts_on, m.ends_on, m.rhythm, m.fresh_days, m.criterion_kind, m.criterion_de, m.criterion_en, m.goal_direction,
    m.goal_thousandths, m.goal_upper, m.goal_unit, m.evidence_kind, m.evidence_fixed_on, m.report_interval_days, m.commitment, m.published, m.sample, m.version,
    (select p.key from measures p where p.id = m.parent_id) as parent_key
)sql";

Measure measure_of(const db::Row& row) {
    Measure m;
    m.id = row.id<MeasureId>("id");
    m.key = row.text("key");
    m.kind = kind_named(row.text("kind")).value_or(Kind::single);
    m.state = state_named(row.text("state")).value_or(State::proposed);
    m.parent = row.id<MeasureId>("parent_id");
    m.parent_key = row.optional_text("parent_key").value_or("");
    m.title = {row.text("title_de"), row.text("title_en")};
    m.working_name = row.text("working_name");
    m.description = {row.text("description_de"), row.text("description_en")};
    m.internal_note = row.text("internal_note");
    m.accountable = row.text("accountable");
    m.resolution = row.text("resolution");
    m.resolved_on = row.optional_day("resolved_on");
    m.schedule = {row.optional_day("starts_on"), row.optional_day("ends_on"), rhythm_named(row.text("rhythm")).value_or(Rhythm::none),
                  small(row.optional_int64("fresh_days"))};
    m.criterion.kind = criterion_kind_named(row.text("criterion_kind")).value_or(CriterionKind::none);
    m.criterion.text = {row.text("criterion_de"), row.text("criterion_en")};
    m.criterion.goal.direction = direction_named(row.text("goal_direction")).value_or(Direction::at_least);
    m.criterion.goal.value = {row.int64("goal_thousandths")};
    if (const auto upper = row.optional_int64("goal_upper")) m.criterion.goal.upper = Quantity{*upper};
    m.criterion.goal.unit = row.text("goal_unit");
    m.evidence_kind = row.text("evidence_kind");
    m.evidence_fixed_on = row.optional_day("evidence_fixed_on");
    m.report_interval_days = static_cast<int>(row.int64("report_interval_days"));
    m.commitment = commitment_state_named(row.text("commitment")).value_or(CommitmentState::offered);
    m.published = row.boolean("published");
    m.sample = row.boolean("sample");
    m.version = static_cast<int>(row.int64("version"));
    return m;
}

Resource resource_of(const db::Row& row) {
    Resource r;
    r.id = row.id<ResourceId>("id");
    r.kind = resource_kind_named(row.text("kind")).value_or(ResourceKind::budget);
    r.budget_line = row.text("budget_line");
    r.source = row.text("source");
    r.year = small(row.optional_int64("year"));
    r.planned = cents(row.optional_int64("planned_cents"));
    r.spent = cents(row.optional_int64("spent_cents"));
    r.post_permille = static_cast<int>(row.int64("post_permille"));
    r.project = row.text("project");
    r.project_ends_on = row.optional_day("project_ends_on");
    r.description = row.text("description");
    r.confirmed_by = row.text("confirmed_by");
    r.confirmed_on = row.optional_day("confirmed_on");
    return r;
}

Delivery delivery_of(const db::Row& row) {
    Delivery d;
    d.id = row.id<DeliveryId>("id");
    d.evidence = row.text("evidence");
    d.kind = row.text("kind");
    d.delivered_by = row.text("delivered_by");
    d.occurred_on = row.day("occurred_on");
    d.recorded_on = row.day("recorded_on");
    d.accepted_by = row.text("accepted_by");
    d.accepted_on = row.optional_day("accepted_on");
    d.withdrawn_on = row.optional_day("withdrawn_on");
    d.title = {row.text("title_de"), row.text("title_en")};
    d.delivered_account = row.optional_int64("delivered_account").value_or(0);
    return d;
}

constexpr std::size_t most_named = 500;

// ":i0, :i1 …": as many places as a page, a board or an export has, whatever their rows are, so that a statement is prepared once and not for every
// page. Places left over stay null and match nothing.
struct Ids {
    std::string places;
    db::Parameters parameters;
};
Ids named(const std::vector<MeasureId>& ids) {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> out;
        for (std::size_t i = 0; i < most_named; ++i) out.push_back("i" + std::to_string(i));
        return out;
    }();
    Ids out;
    for (std::size_t i = 0; i < (ids.size() == 1 ? 1 : ids.size() <= 25 ? 25 : most_named); ++i) {
        out.places += fmt::format("{}:{}", i == 0 ? "" : ", ", names[i]);
        out.parameters.emplace_back(names[i], i < ids.size() ? ids[i] : MeasureId{});
    }
    return out;
}

// The children of some measures, one question for each table whatever the number of measures.
base::Result<void> read_children(db::Connection& c, std::vector<Dossier>& dossiers, Filter::Read what) {
    if (dossiers.empty()) return {};
    std::unordered_map<std::int64_t, Dossier*> by_id;
    std::vector<MeasureId> all;
    for (auto& dossier : dossiers) {
        by_id[dossier.measure.id.value] = &dossier;
        all.push_back(dossier.measure.id);
    }
    // Everything at once reads the tables whole; a page only its own rows.
    const auto ids = all.size() > most_named ? Ids{} : named(all);
    const auto in = [&](std::string_view column) {
        return ids.places.empty() ? std::string("1 = 1") : fmt::format("{} in ({})", column, ids.places);
    };
    const auto of = [&](const db::Row& row) -> Dossier* {
        const auto at = by_id.find(row.int64("measure_id"));
        return at == by_id.end() ? nullptr : at->second;
    };
    TRY_VOID(c.for_each(fmt::format("select measure_id, bearer, role from measure_bearers where {} order by measure_id, bearer", in("measure_id")),
                        ids.parameters, [&](const db::Row& row) {
                            if (auto* d = of(row))
                                (row.text("role") == "joint" ? d->measure.joint : d->measure.coworkers).push_back(row.text("bearer"));
                        }));
    TRY_VOID(c.for_each(
        fmt::format("select measure_id, plan, statement from measure_statements where {} order by measure_id, plan, statement", in("measure_id")),
        ids.parameters, [&](const db::Row& row) {
            if (auto* d = of(row)) d->measure.statements.push_back({row.text("plan"), row.text("statement")});
        }));
    TRY_VOID(c.for_each(fmt::format("select measure_id, target from measure_target_links where {} order by measure_id, target", in("measure_id")),
                        ids.parameters, [&](const db::Row& row) {
                            if (auto* d = of(row)) d->measure.targets.push_back(row.text("target"));
                        }));
    if (what == Filter::Read::form) return {};
    TRY_VOID(c.for_each(
        fmt::format(
            "select id, measure_id, kind, budget_line, source, year, planned_cents, spent_cents, post_permille, project, project_ends_on, description, confirmed_by, confirmed_on "
            "from measure_resources where {} and withdrawn_at is null order by measure_id, id",
            in("measure_id")),
        ids.parameters, [&](const db::Row& row) {
            if (auto* d = of(row)) d->measure.resources.push_back(resource_of(row));
        }));
    TRY_VOID(c.for_each(
        fmt::format(
            "select id, measure_id, title_de, title_en, due_on, reached_on from measure_milestones where {} and withdrawn_at is null order by measure_id, due_on, id",
            in("measure_id")),
        ids.parameters, [&](const db::Row& row) {
            if (auto* d = of(row))
                d->measure.milestones.push_back(
                    {row.id<MilestoneId>("id"), {row.text("title_de"), row.text("title_en")}, row.day("due_on"), row.optional_day("reached_on")});
        }));
    TRY_VOID(c.for_each(
        fmt::format(
            "select d.measure_id, d.needs_id, n.state, n.ends_on from measure_dependencies d join measures n on n.id = d.needs_id where {} order by d.measure_id, d.needs_id",
            in("d.measure_id")),
        ids.parameters, [&](const db::Row& row) {
            auto* d = of(row);
            if (!d) return;
            d->measure.depends_on.push_back(row.id<MeasureId>("needs_id"));
            d->progress.dependencies.push_back({state_named(row.text("state")).value_or(State::proposed), row.optional_day("ends_on")});
        }));
    TRY_VOID(c.for_each(
        fmt::format(
            "select id, measure_id, evidence, kind, delivered_by, occurred_on, recorded_on, title_de, title_en, accepted_by, accepted_on, withdrawn_on, delivered_account "
            "from measure_deliveries where {} order by measure_id, occurred_on, id",
            in("measure_id")),
        ids.parameters, [&](const db::Row& row) {
            if (auto* d = of(row)) d->deliveries.push_back(delivery_of(row));
        }));
    // One step into an index for each, however many reports it has.
    TRY_VOID(c.for_each(
        fmt::format(
            "select m.id as measure_id, (select max(r.given_on) from measure_reports r where r.measure_id = m.id) as given_on from measures m where {}",
            in("m.id")),
        ids.parameters, [&](const db::Row& row) {
            if (auto* d = of(row)) d->progress.last_report = row.optional_day("given_on");
        }));
    return {};
}

}  // namespace

Judged judged(const Dossier& dossier, const World& world) {
    const auto around = world.around(dossier.deliveries);
    Judged out;
    out.gate = judge(dossier.measure, around);
    out.flags = flags_of(dossier.measure, out.gate, around, dossier.progress);
    return out;
}

base::Result<std::vector<Dossier>> dossiers(db::Connection& c, std::string_view rest, const db::Parameters& parameters, Filter::Read what) {
    TRY(auto out, c.query<Dossier>(fmt::format("select {} from measures m {}", columns, rest), parameters,
                                   [](const db::Row& row) { return Dossier{measure_of(row), {}, {}}; }));
    TRY_VOID(read_children(c, out, what));
    return out;
}

base::Result<std::vector<Dossier>> dossiers(db::Connection& c, const std::vector<MeasureId>& ids, Filter::Read what) {
    std::vector<Dossier> out;
    for (std::size_t from = 0; from < ids.size(); from += most_named) {
        const std::vector<MeasureId> some(ids.begin() + static_cast<std::ptrdiff_t>(from),
                                          ids.begin() + static_cast<std::ptrdiff_t>(std::min(ids.size(), from + most_named)));
        const auto in = named(some);
        TRY(auto read, dossiers(c, fmt::format("where m.id in ({})", in.places), in.parameters, what));
        std::unordered_map<std::int64_t, Dossier*> by_id;
        for (auto& dossier : read) by_id[dossier.measure.id.value] = &dossier;
        for (const auto id : some)
            if (const auto at = by_id.find(id.value); at != by_id.end()) out.push_back(std::move(*at->second));
    }
    return out;
}

base::Result<Dossier> find(db::Connection& c, std::string_view key) {
    TRY(auto found, dossiers(c, "where m.key = :key", {{"key", key}}, Filter::Read::everything));
    if (found.empty()) return base::error(base::ErrorKind::not_found, "no such measure");
    return std::move(found.front());
}

base::Result<std::vector<Entry>> history_of(db::Connection& c, MeasureId id) {
    return c.query<Entry>(R"sql(
        select on_day, from_state, to_state, move, by_office, reason, finding, record, resolution, grade
          from measure_history
         where measure_id = :id
         order by id
    )sql",
                          {{"id", id}}, [](const db::Row& row) {
                              return Entry{row.day("on_day"),
                                           state_named(row.text("from_state")).value_or(State::proposed),
                                           state_named(row.text("to_state")).value_or(State::proposed),
                                           move_named(row.text("move")).value_or(Move::clarify),
                                           row.text("by_office"),
                                           row.text("reason"),
                                           row.text("finding"),
                                           row.text("record"),
                                           row.text("resolution"),
                                           grade_named(row.text("grade")).value_or(Grade::none)};
                          });
}

base::Result<std::vector<PastSchedule>> past_schedules(db::Connection& c, MeasureId id) {
    return c.query<PastSchedule>(
        "select starts_on, ends_on, rhythm, fresh_days, resolution, resolved_on from measure_schedule_changes where measure_id = :id order by id",
        {{"id", id}}, [](const db::Row& row) {
            return PastSchedule{{row.optional_day("starts_on"), row.optional_day("ends_on"), rhythm_named(row.text("rhythm")).value_or(Rhythm::none),
                                 small(row.optional_int64("fresh_days"))},
                                row.text("resolution"),
                                row.optional_day("resolved_on")};
        });
}

base::Result<std::vector<StatusReport>> reports_of(db::Connection& c, MeasureId id, int most) {
    return c.query<StatusReport>(
        "select id, measure_id, given_on, text, assessment, percent, office, published from measure_reports where measure_id = :id order by given_on desc, id desc limit :most",
        {{"id", id}, {"most", most}}, [](const db::Row& row) {
            return StatusReport{row.id<ReportId>("id"),
                                row.id<MeasureId>("measure_id"),
                                row.day("given_on"),
                                row.text("text"),
                                assessment_named(row.text("assessment")).value_or(Assessment::on_track),
                                small(row.optional_int64("percent")),
                                row.text("office"),
                                row.boolean("published")};
        });
}

base::Result<Fields> version_of(db::Connection& c, MeasureId id, int version) {
    TRY(const auto text, c.query_one<std::string>("select fields from measure_versions where measure_id = :id and version = :version",
                                                  {{"id", id}, {"version", version}}, [](const db::Row& row) { return row.text("fields"); }));
    if (!text) return base::error(base::ErrorKind::not_found, "no such version of the measure");
    Fields fields;
    boost::system::error_code failed;
    const auto parsed = boost::json::parse(*text, failed);
    if (failed || !parsed.is_object()) return base::error(base::ErrorKind::internal, "a kept version is unreadable");
    for (const auto& [name, value] : parsed.as_object())
        if (value.is_string()) fields[std::string(name)] = std::string(value.as_string());
    return fields;
}

}  // namespace measures
