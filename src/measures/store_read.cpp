#include <boost/json.hpp>

#include <fmt/format.h>

#include "measures/store.h"
#include "platform/search/search.h"

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

// The children of some measures, one question for each table whatever the number of measures.
base::Result<void> read_children(db::Connection& c, std::vector<Dossier>& dossiers, Filter::Read what) {
    if (dossiers.empty()) return {};
    std::unordered_map<std::int64_t, Dossier*> by_id;
    std::string ids;
    for (auto& dossier : dossiers) {
        by_id[dossier.measure.id.value] = &dossier;
        ids += (ids.empty() ? "" : ",") + std::to_string(dossier.measure.id.value);
    }
    // A whole export reads the tables whole; a page only its own rows.
    const auto in = [&](std::string_view column) { return dossiers.size() > 500 ? std::string("1 = 1") : fmt::format("{} in ({})", column, ids); };
    const auto of = [&](const db::Row& row) -> Dossier* {
        const auto at = by_id.find(row.int64("measure_id"));
        return at == by_id.end() ? nullptr : at->second;
    };
    TRY_VOID(c.for_each(fmt::format("select measure_id, bearer, role from measure_bearers where {} order by measure_id, bearer", in("measure_id")),
                        {}, [&](const db::Row& row) {
                            if (auto* d = of(row))
                                (row.text("role") == "joint" ? d->measure.joint : d->measure.coworkers).push_back(row.text("bearer"));
                        }));
    TRY_VOID(c.for_each(
        fmt::format("select measure_id, plan, statement from measure_statements where {} order by measure_id, plan, statement", in("measure_id")), {},
        [&](const db::Row& row) {
            if (auto* d = of(row)) d->measure.statements.push_back({row.text("plan"), row.text("statement")});
        }));
    TRY_VOID(c.for_each(fmt::format("select measure_id, target from measure_target_links where {} order by measure_id, target", in("measure_id")), {},
                        [&](const db::Row& row) {
                            if (auto* d = of(row)) d->measure.targets.push_back(row.text("target"));
                        }));
    if (what == Filter::Read::form) return {};
    TRY_VOID(c.for_each(
        fmt::format(
            "select id, measure_id, kind, budget_line, source, year, planned_cents, spent_cents, post_permille, project, project_ends_on, description, confirmed_by, confirmed_on "
            "from measure_resources where {} and withdrawn_at is null order by measure_id, id",
            in("measure_id")),
        {}, [&](const db::Row& row) {
            if (auto* d = of(row)) d->measure.resources.push_back(resource_of(row));
        }));
    TRY_VOID(c.for_each(
        fmt::format(
            "select id, measure_id, title_de, title_en, due_on, reached_on from measure_milestones where {} and withdrawn_at is null order by measure_id, due_on, id",
            in("measure_id")),
        {}, [&](const db::Row& row) {
            if (auto* d = of(row))
                d->measure.milestones.push_back(
                    {row.id<MilestoneId>("id"), {row.text("title_de"), row.text("title_en")}, row.day("due_on"), row.optional_day("reached_on")});
        }));
    TRY_VOID(c.for_each(
        fmt::format(
            "select d.measure_id, d.needs_id, n.state, n.ends_on from measure_dependencies d join measures n on n.id = d.needs_id where {} order by d.measure_id, d.needs_id",
            in("d.measure_id")),
        {}, [&](const db::Row& row) {
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
        {}, [&](const db::Row& row) {
            if (auto* d = of(row)) d->deliveries.push_back(delivery_of(row));
        }));
    TRY_VOID(
        c.for_each(fmt::format("select measure_id, max(given_on) as given_on from measure_reports where {} group by measure_id", in("measure_id")),
                   {}, [&](const db::Row& row) {
                       if (auto* d = of(row)) d->progress.last_report = row.optional_day("given_on");
                   }));
    return {};
}

struct Where {
    std::string text;
    db::Parameters parameters;
    std::vector<std::unique_ptr<std::string>> names;  // of parameters that are made, as a parameter only points at its name
};
std::string_view kept(Where& w, std::string name) { return *w.names.emplace_back(std::make_unique<std::string>(std::move(name))); }

// "100 %" and "a_b" are what people look for, not patterns.
std::string like_pattern(const std::string& words) {
    std::string out = "%";
    for (const char ch : words) {
        if (ch == '%' || ch == '_' || ch == '!') out += '!';
        out += ch;
    }
    return out + "%";
}

Where where_of(const Filter& f) {
    Where w{"1 = 1", {}, {}};
    if (!f.states.empty()) {
        std::string names;
        for (const auto state : f.states) names += fmt::format("{}'{}'", names.empty() ? "" : ", ", name_of(state));
        w.text += fmt::format(" and m.state in ({})", names);
    }
    if (f.kind) w.text += fmt::format(" and m.kind = '{}'", name_of(*f.kind));
    if (!f.accountable.empty()) {
        w.text += " and m.accountable = :accountable";
        w.parameters.emplace_back("accountable", f.accountable);
    }
    if (f.published_only) w.text += " and m.published = :published";
    if (f.published_only) w.parameters.emplace_back("published", true);
    if (f.overdue_on) {
        w.text += " and m.ends_on < :overdue_on and m.state in ('proposed', 'in_clarification', 'agreed', 'under_way', 'under_review')";
        w.parameters.emplace_back("overdue_on", *f.overdue_on);
    }
    if (!f.clause.empty()) {
        // Statements are named after their clause: "5.1-a" belongs to 5.1, "5.1.2-a" lies below it.
        w.text +=
            " and exists (select 1 from measure_statements s where s.measure_id = m.id and s.plan = :plan and (s.statement like :own escape '!' or s.statement like :below escape '!'))";
        w.parameters.emplace_back("plan", f.plan);
        w.parameters.emplace_back("own", like_pattern(f.clause).substr(1, like_pattern(f.clause).size() - 2) + "-%");
        w.parameters.emplace_back("below", like_pattern(f.clause).substr(1, like_pattern(f.clause).size() - 2) + ".%");
    }
    if (!f.words.empty()) {
        int number = 0;
        for (const auto& stem : search::stems(f.words)) {
            const auto name = fmt::format("word{}", number++);
            w.text += fmt::format(" and m.id in (select measure_id from measure_words where word >= :{0} and word < :{0}_end)", name);
            w.parameters.emplace_back(kept(w, name), stem);
            w.parameters.emplace_back(kept(w, name + "_end"), stem + "\xF4\x8F\xBF\xBF");
        }
        // Words that search for nothing ("der", "a") find nothing.
        if (number == 0) w.text += " and 1 = 0";
    }
    return w;
}

std::string order_of(const Filter& f) {
    const std::string down = f.descending ? " desc" : "";
    switch (f.sort) {
        case Sort::key: return "m.key" + down;
        // As the indexes of 0017 stand, so that a page is read and not sorted: what has no end comes last either way.
        case Sort::title: return fmt::format("m.title_de{0}, m.key{0}", down);
        case Sort::end: return fmt::format("m.ends_on is null, m.ends_on{0}, m.key{0}", down);
        case Sort::state: return fmt::format("m.state{0}, m.key{0}", down);
        case Sort::accountable: return fmt::format("m.accountable{0}, m.key{0}", down);
    }
    return "m.key";
}

}  // namespace

Judged judged(const Dossier& dossier, const World& world) {
    const auto around = world.around(dossier.deliveries);
    Judged out;
    out.gate = judge(dossier.measure, around);
    out.flags = flags_of(dossier.measure, out.gate, around, dossier.progress);
    return out;
}

base::Result<Page> list(db::Connection& c, const Filter& filter) {
    auto where = where_of(filter);
    Page page;
    if (filter.read == Filter::Read::everything) {
        TRY(const auto total, c.query_one<std::int64_t>("select count(*) as n from measures m where " + where.text, where.parameters,
                                                        [](const db::Row& row) { return row.int64("n"); }));
        page.total = total.value_or(0);
    }
    auto sql = fmt::format("select {} from measures m where {} order by {}", columns, where.text, order_of(filter));
    if (filter.per_page > 0)
        sql += fmt::format(" limit {} offset {}", filter.per_page, static_cast<std::int64_t>(std::max(1, filter.page) - 1) * filter.per_page);
    TRY(page.dossiers, c.query<Dossier>(sql, where.parameters, [](const db::Row& row) { return Dossier{measure_of(row), {}, {}}; }));
    TRY_VOID(read_children(c, page.dossiers, filter.read));
    return page;
}

base::Result<Dossier> find(db::Connection& c, std::string_view key) {
    TRY(auto found, c.query<Dossier>(fmt::format("select {} from measures m where m.key = :key", columns), {{"key", key}},
                                     [](const db::Row& row) { return Dossier{measure_of(row), {}, {}}; }));
    if (found.empty()) return base::error(base::ErrorKind::not_found, "no such measure");
    TRY_VOID(read_children(c, found, Filter::Read::everything));
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
