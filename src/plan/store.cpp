#include "plan/store.h"

#include "platform/audit/api.h"
#include "platform/search/search.h"

namespace plan {
namespace {

constexpr std::string_view plan_columns =
    "p.id, p.key, p.title_de, p.title_en, p.state, p.published, p.valid_from, p.valid_until, p.adopted_on, p.resolution, p.continues_plan_id, p.source_name";
constexpr std::string_view clause_columns =
    "c.id, c.plan_id, c.parent_id, c.number, c.kind, c.position, c.heading_de, c.heading_en, c.text_de, c.text_en, c.published";

PlanView plan_of(const db::Row& row) {
    return {.id = row.id<PlanId>("id"),
            .key = row.text("key"),
            .title = {row.text("title_de"), row.text("title_en")},
            .state = row.text("state") == "adopted" ? PlanState::adopted : PlanState::draft,
            .published = row.boolean("published"),
            .valid_from = row.optional_day("valid_from"),
            .valid_until = row.optional_day("valid_until")};
}

ClauseView clause_of(const db::Row& row) {
    return {.id = row.id<ClauseId>("id"),
            .plan = row.id<PlanId>("plan_id"),
            .parent = row.id<ClauseId>("parent_id"),
            .number = row.text("number"),
            .kind = clause_kind_named(row.text("kind")).value_or(ClauseKind::clause),
            .heading = {row.text("heading_de"), row.text("heading_en")},
            .text = {row.text("text_de"), row.text("text_en")},
            .position = static_cast<int>(row.int64("position")),
            .modality = {},
            .published = row.boolean("published")};
}

Modality modality_of(const db::Row& row) { return modality_named(row.text("modality")).value_or(Modality::declaration); }

// A clause counts on a day when its version is valid then; without limits it is as long as its plan.
constexpr std::string_view valid_on = "(c.valid_from is null or c.valid_from <= :day) and (c.valid_until is null or c.valid_until >= :day)";

std::string text(const std::optional<base::Day>& day) { return day ? base::iso(*day) : ""; }

audit::Values values_of(const PlanDetail& p) {
    return {{"title_de", p.view.title.de},
            {"title_en", p.view.title.en},
            {"state", std::string(name_of(p.view.state))},
            {"valid_from", text(p.view.valid_from)},
            {"valid_until", text(p.view.valid_until)},
            {"adopted_on", text(p.adopted_on)},
            {"resolution", p.resolution},
            {"published", p.view.published ? "yes" : "no"}};
}

base::Result<std::vector<StatementView>> statement_views(db::Connection& c, std::string_view where, const db::Parameters& parameters) {
    TRY(auto out, c.query<StatementView>(fmt::format(R"sql(
        select s.id, s.clause_id, c.plan_id, s.key, c.number, s.quote_de, s.quote_en, s.modality
          from statements s
          join clauses c on c.id = s.clause_id
         where {}
         order by c.position, s.position, s.id
    )sql",
                                                     where),
                                         parameters, [](const db::Row& row) {
                                             return StatementView{.id = row.id<StatementId>("id"),
                                                                  .clause = row.id<ClauseId>("clause_id"),
                                                                  .plan = row.id<PlanId>("plan_id"),
                                                                  .key = row.text("key"),
                                                                  .clause_number = row.text("number"),
                                                                  .quote = {row.text("quote_de"), row.text("quote_en")},
                                                                  .modality = modality_of(row),
                                                                  .bearers = {}};
                                         }));
    std::map<StatementId, StatementView*> by_id;
    for (auto& statement : out) by_id[statement.id] = &statement;
    TRY_VOID(c.for_each(fmt::format(R"sql(
        select b.statement_id, b.bearer_id, b.role
          from statement_bearers b
          join statements s on s.id = b.statement_id
          join clauses c on c.id = s.clause_id
         where {}
           and b.role in ('bearer', 'lead')
         order by b.statement_id, case b.role when 'lead' then 0 else 1 end, b.bearer_id
    )sql",
                                    where),
                        parameters, [&](const db::Row& row) {
                            auto& bearers = by_id.at(row.id<StatementId>("statement_id"))->bearers;
                            const auto bearer = row.id<network::BearerId>("bearer_id");
                            if (std::find(bearers.begin(), bearers.end(), bearer) == bearers.end()) bearers.push_back(bearer);
                        }));
    return out;
}

}  // namespace

base::Result<std::vector<PlanView>> plans(db::Connection& c) {
    return c.query<PlanView>(fmt::format("select {} from plans p order by p.valid_from is null, p.valid_from desc, p.id", plan_columns), {}, plan_of);
}

base::Result<PlanView> find_plan(db::Connection& c, PlanId id) {
    TRY(auto found, c.query_one<PlanView>(fmt::format("select {} from plans p where p.id = :id", plan_columns), {{"id", id}}, plan_of));
    if (!found) return base::error(base::ErrorKind::not_found, "no such plan");
    return std::move(*found);
}

base::Result<PlanView> find_plan_by_key(db::Connection& c, std::string_view key) {
    TRY(auto found, c.query_one<PlanView>(fmt::format("select {} from plans p where p.key = :key", plan_columns), {{"key", key}}, plan_of));
    if (!found) return base::error(base::ErrorKind::not_found, "no such plan");
    return std::move(*found);
}

base::Result<PlanDetail> plan_detail(db::Connection& c, PlanId id) {
    TRY(auto found,
        c.query_one<PlanDetail>(fmt::format("select {} from plans p where p.id = :id", plan_columns), {{"id", id}}, [](const db::Row& row) {
            return PlanDetail{plan_of(row), row.optional_day("adopted_on"), row.text("resolution"), row.id<PlanId>("continues_plan_id"),
                              row.text("source_name")};
        }));
    if (!found) return base::error(base::ErrorKind::not_found, "no such plan");
    return std::move(*found);
}

base::Result<std::vector<ClauseView>> clauses_of(db::Connection& c, PlanId plan, base::Day as_of) {
    TRY(auto out, c.query<ClauseView>(
                      fmt::format("select {} from clauses c where c.plan_id = :plan and {} order by c.position, c.id", clause_columns, valid_on),
                      {{"plan", plan}, {"day", as_of}}, clause_of));
    std::map<ClauseId, ClauseView*> by_id;
    for (auto& clause : out) by_id[clause.id] = &clause;
    TRY_VOID(c.for_each(
        fmt::format("select s.clause_id, s.modality from statements s join clauses c on c.id = s.clause_id where c.plan_id = :plan and {}", valid_on),
        {{"plan", plan}, {"day", as_of}}, [&](const db::Row& row) {
            auto& strongest = by_id.at(row.id<ClauseId>("clause_id"))->modality;
            const auto modality = modality_of(row);
            if (!strongest || is_stronger(modality, *strongest)) strongest = modality;
        }));
    return out;
}

base::Result<ClauseView> find_clause(db::Connection& c, ClauseId id) {
    TRY(auto found, c.query_one<ClauseView>(fmt::format("select {} from clauses c where c.id = :id", clause_columns), {{"id", id}}, clause_of));
    if (!found) return base::error(base::ErrorKind::not_found, "no such clause");
    TRY_VOID(c.for_each("select modality from statements where clause_id = :id", {{"id", id}}, [&](const db::Row& row) {
        const auto modality = modality_of(row);
        if (!found->modality || is_stronger(modality, *found->modality)) found->modality = modality;
    }));
    return std::move(*found);
}

base::Result<std::vector<StatementView>> statements_of(db::Connection& c, PlanId plan, base::Day as_of) {
    return statement_views(c, fmt::format("c.plan_id = :plan and {}", valid_on), {{"plan", plan}, {"day", as_of}});
}

base::Result<StatementView> find_statement(db::Connection& c, StatementId id) {
    TRY(auto found, statement_views(c, "s.id = :id", {{"id", id}}));
    if (found.empty()) return base::error(base::ErrorKind::not_found, "no such statement");
    return std::move(found.front());
}

base::Result<StatementView> find_statement_by_key(db::Connection& c, PlanId plan, std::string_view key, base::Day as_of) {
    TRY(auto found,
        statement_views(c, fmt::format("c.plan_id = :plan and s.key = :key and {}", valid_on), {{"plan", plan}, {"key", key}, {"day", as_of}}));
    if (found.empty()) return base::error(base::ErrorKind::not_found, "no such statement");
    return std::move(found.front());
}

base::Result<std::vector<StatementDetail>> statement_details(db::Connection& c, PlanId plan, base::Day as_of) {
    const db::Parameters parameters{{"plan", plan}, {"day", as_of}};
    const auto from = fmt::format("from statements s join clauses c on c.id = s.clause_id {{}} where c.plan_id = :plan and {}", valid_on);
    const auto with = [&](std::string_view join) { return fmt::format(fmt::runtime(from), join); };
    TRY(auto out, c.query<StatementDetail>(
                      "select s.id, s.clause_id, s.key, s.quote_de, s.quote_en, s.modality, s.state, s.rhythm, s.open_list, s.vague_de, s.vague_en " +
                          with("") + " order by c.position, s.position, s.id",
                      parameters, [](const db::Row& row) {
                          StatementDetail s;
                          s.id = row.id<StatementId>("id");
                          s.clause = row.id<ClauseId>("clause_id");
                          s.key = row.text("key");
                          s.quote = {row.text("quote_de"), row.text("quote_en")};
                          s.modality = modality_of(row);
                          s.confirmed = row.text("state") == "confirmed";
                          s.rhythm = row.text("rhythm");
                          s.open_list = row.boolean("open_list");
                          s.vague_reason = {row.text("vague_de"), row.text("vague_en")};
                          return s;
                      }));
    std::map<StatementId, StatementDetail*> by_id;
    for (auto& statement : out) by_id[statement.id] = &statement;
    const auto of = [&](const db::Row& row) -> StatementDetail& { return *by_id.at(row.id<StatementId>("statement_id")); };
    TRY_VOID(c.for_each("select b.statement_id, b.bearer_id, b.role " + with("join statement_bearers b on b.statement_id = s.id") +
                            " order by b.statement_id, case b.role when 'lead' then 0 else 1 end, b.position, b.bearer_id",
                        parameters, [&](const db::Row& row) {
                            auto& s = of(row);
                            const auto bearer = row.id<network::BearerId>("bearer_id");
                            const auto role = row.text("role");
                            if (role == "counterpart") {
                                s.counterparts.push_back(bearer);
                                return;
                            }
                            if (role == "lead") s.lead = bearer;
                            if (std::find(s.bearers.begin(), s.bearers.end(), bearer) == s.bearers.end()) s.bearers.push_back(bearer);
                        }));
    TRY_VOID(c.for_each(
        "select d.statement_id, d.due_on, d.words " + with("join statement_dates d on d.statement_id = s.id") + " order by d.statement_id, d.due_on",
        parameters, [&](const db::Row& row) { of(row).dates.push_back({row.day("due_on"), row.text("words")}); }));
    TRY_VOID(c.for_each("select q.statement_id, q.amount, q.unit, q.comparison, q.words " +
                            with("join statement_quantities q on q.statement_id = s.id") + " order by q.statement_id, q.id",
                        parameters, [&](const db::Row& row) {
                            of(row).quantities.push_back({row.real("amount"), row.text("unit"), row.text("comparison"), row.text("words")});
                        }));
    return out;
}

base::Result<std::vector<Lineage>> lineage_of_plan(db::Connection& c, PlanId plan) {
    return c.query<Lineage>(R"sql(
        select l.clause_id, l.relation, l.from_clause_id, l.note
          from clause_lineage l
          join clauses c on c.id = l.clause_id
         where c.plan_id = :plan
         order by c.position, c.id, l.relation, l.from_clause_id
    )sql",
                            {{"plan", plan}}, [](const db::Row& row) {
                                return Lineage{row.id<ClauseId>("clause_id"), relation_named(row.text("relation")).value_or(Relation::referred),
                                               row.id<ClauseId>("from_clause_id"), row.text("note")};
                            });
}

base::Result<PlanId> add_plan(db::Connection& c, const NewPlan& p, const By& by) {
    if (p.state == PlanState::adopted && !p.valid_from)
        return base::invalid("valid_from", base::message("An adopted plan needs its first day of validity."));
    if (p.valid_from && p.valid_until && *p.valid_until < *p.valid_from)
        return base::invalid("valid_until", base::message("The validity ends before it begins."));
    const auto id = c.insert<PlanId>(R"sql(
        insert into plans (key, title_de, title_en, state, valid_from, valid_until, adopted_on, resolution, continues_plan_id, published, source_name, source_sha256, created_at)
        values (:key, :title_de, :title_en, :state, :valid_from, :valid_until, :adopted_on, :resolution, :continues, :published, :source_name, :source_sha256, :now)
        returning id
    )sql",
                                     {{"key", p.key},
                                      {"title_de", p.title.de},
                                      {"title_en", p.title.en},
                                      {"state", name_of(p.state)},
                                      {"valid_from", p.valid_from},
                                      {"valid_until", p.valid_until},
                                      {"adopted_on", p.adopted_on},
                                      {"resolution", p.resolution},
                                      {"continues", p.continues},
                                      {"published", p.published},
                                      {"source_name", p.source_name},
                                      {"source_sha256", p.source_sha256},
                                      {"now", by.now}});
    if (!id && db::failure_of(id.error()) == db::Failure::unique)
        return base::invalid("key", base::message("There is a plan with this short name already."));
    if (!id) return id;
    TRY(const auto detail, plan_detail(c, *id));
    TRY_VOID(audit::record(c, by.actor, by.now, "plan.plan", p.key, "create", {}, values_of(detail)));
    return id;
}

base::Result<ClauseId> add_clause(db::Connection& c, const NewClause& clause, const By& by) {
    TRY(const auto id, c.insert<ClauseId>(R"sql(
        insert into clauses (plan_id, parent_id, number, kind, position, heading_de, heading_en, text_de, text_en, valid_from, valid_until, published, search_text)
        values (:plan, :parent, :number, :kind, :position, :heading_de, :heading_en, :text_de, :text_en, :valid_from, :valid_until, :published, :search)
        returning id
    )sql",
                                          {{"plan", clause.plan},
                                           {"parent", clause.parent},
                                           {"number", clause.number},
                                           {"kind", name_of(clause.kind)},
                                           {"position", clause.position},
                                           {"heading_de", clause.heading.de},
                                           {"heading_en", clause.heading.en},
                                           {"text_de", clause.text.de},
                                           {"text_en", clause.text.en},
                                           {"valid_from", clause.valid_from},
                                           {"valid_until", clause.valid_until},
                                           {"published", clause.published},
                                           {"search", search::column(clause.number + " " + clause.heading.de + " " + clause.text.de + " " +
                                                                     clause.heading.en + " " + clause.text.en)}}));
    TRY_VOID(c.execute("update clauses set origin_id = id where id = :id", {{"id", id}}));
    TRY_VOID(audit::record(
        c, by.actor, by.now, "plan.clause", std::to_string(id.value), "create", {},
        {{"plan", std::to_string(clause.plan.value)}, {"number", clause.number}, {"heading_de", clause.heading.de}, {"text_de", clause.text.de}}));
    return id;
}

base::Result<void> write_details(db::Connection& c, StatementId id, const NewStatement& s) {
    for (const std::string_view table : {"statement_bearers", "statement_dates", "statement_quantities"})
        TRY_VOID(c.execute(fmt::format("delete from {} where statement_id = :id", table), {{"id", id}}));
    int position = 0;
    const auto link = [&](network::BearerId bearer, std::string_view role) -> base::Result<void> {
        TRY_VOID(c.execute("insert into statement_bearers (statement_id, bearer_id, role, position) values (:statement, :bearer, :role, :position)",
                           {{"statement", id}, {"bearer", bearer}, {"role", role}, {"position", position++}}));
        return {};
    };
    for (const auto bearer : s.bearers) TRY_VOID(link(bearer, "bearer"));
    if (s.lead) TRY_VOID(link(s.lead, "lead"));
    for (const auto counterpart : s.counterparts) TRY_VOID(link(counterpart, "counterpart"));
    for (const auto& date : s.dates)
        TRY_VOID(c.execute("insert into statement_dates (statement_id, due_on, words) values (:statement, :on, :words)",
                           {{"statement", id}, {"on", date.on}, {"words", date.words}}));
    for (const auto& quantity : s.quantities)
        TRY_VOID(c.execute(
            "insert into statement_quantities (statement_id, amount, unit, comparison, words) values (:statement, :amount, :unit, :comparison, :words)",
            {{"statement", id},
             {"amount", quantity.amount},
             {"unit", quantity.unit},
             {"comparison", quantity.comparison},
             {"words", quantity.words}}));
    return {};
}

base::Result<StatementId> add_statement(db::Connection& c, const NewStatement& s, const By& by) {
    TRY(const auto id, c.insert<StatementId>(R"sql(
        insert into statements (clause_id, key, position, quote_de, quote_en, modality, state, rhythm, open_list, vague_de, vague_en)
        values (:clause, :key, :position, :quote_de, :quote_en, :modality, :state, :rhythm, :open_list, :vague_de, :vague_en)
        returning id
    )sql",
                                             {{"clause", s.clause},
                                              {"key", s.key},
                                              {"position", s.position},
                                              {"quote_de", s.quote.de},
                                              {"quote_en", s.quote.en},
                                              {"modality", name_of(s.modality)},
                                              {"state", s.confirmed ? "confirmed" : "proposed"},
                                              {"rhythm", s.rhythm},
                                              {"open_list", s.open_list},
                                              {"vague_de", s.vague_reason.de},
                                              {"vague_en", s.vague_reason.en}}));
    TRY_VOID(write_details(c, id, s));
    TRY_VOID(audit::record(c, by.actor, by.now, "plan.statement", std::to_string(id.value), "create", {},
                           {{"key", s.key},
                            {"quote_de", s.quote.de},
                            {"modality", std::string(name_of(s.modality))},
                            {"state", s.confirmed ? "confirmed" : "proposed"}}));
    return id;
}

base::Result<void> add_lineage(db::Connection& c, const Lineage& l) {
    TRY_VOID(c.execute("insert into clause_lineage (clause_id, relation, from_clause_id, note) values (:clause, :relation, :from, :note)",
                       {{"clause", l.clause}, {"relation", name_of(l.relation)}, {"from", l.from}, {"note", l.note}}));
    return {};
}

base::Result<void> adopt(db::Connection& c, PlanId id, const Adoption& adoption, const By& by) {
    TRY(const auto before, plan_detail(c, id));
    if (before.view.state == PlanState::adopted) return base::error(base::ErrorKind::conflict, "the plan is adopted already");
    if (adoption.valid_until && *adoption.valid_until < adoption.valid_from)
        return base::invalid("valid_until", base::message("The validity ends before it begins."));
    TRY_VOID(c.execute(R"sql(
        update plans
           set state = 'adopted', valid_from = :valid_from, valid_until = :valid_until, adopted_on = :adopted_on, resolution = :resolution
         where id = :id
    )sql",
                       {{"valid_from", adoption.valid_from},
                        {"valid_until", adoption.valid_until},
                        {"adopted_on", adoption.adopted_on},
                        {"resolution", adoption.resolution},
                        {"id", id}}));
    TRY(const auto after, plan_detail(c, id));
    return audit::record(c, by.actor, by.now, "plan.plan", before.view.key, "adopt", values_of(before), values_of(after));
}

base::Result<void> publish(db::Connection& c, PlanId id, bool published, const By& by) {
    TRY(const auto before, plan_detail(c, id));
    if (before.view.published == published) return {};
    if (published && before.view.state == PlanState::draft) return base::error(base::ErrorKind::conflict, "a draft is not published");
    TRY_VOID(c.execute("update plans set published = :published where id = :id", {{"published", published}, {"id", id}}));
    TRY_VOID(c.execute("update clauses set published = :published where plan_id = :id", {{"published", published}, {"id", id}}));
    TRY(const auto after, plan_detail(c, id));
    return audit::record(c, by.actor, by.now, "plan.plan", before.view.key, published ? "publish" : "withdraw_publication", values_of(before),
                         values_of(after));
}

}  // namespace plan
