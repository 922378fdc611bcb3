#include "measures/target_store.h"

#include <fmt/format.h>

#include "platform/audit/api.h"

namespace measures {
namespace {

std::optional<Quantity> quantity(const std::optional<std::int64_t>& value) { return value ? std::optional(Quantity{*value}) : std::nullopt; }
std::optional<std::int64_t> thousandths(const std::optional<Quantity>& value) { return value ? std::optional(value->thousandths) : std::nullopt; }

Target target_of(const db::Row& row) {
    Target t;
    t.id = row.id<TargetId>("id");
    t.key = row.text("key");
    t.state = target_state_named(row.text("state")).value_or(TargetState::draft);
    t.statement = {row.text("plan"), row.text("statement")};
    t.title = {row.text("title_de"), row.text("title_en")};
    t.text = {row.text("text_de"), row.text("text_en")};
    t.goal = {direction_named(row.text("goal_direction")).value_or(Direction::at_least),
              {row.int64("goal_thousandths")},
              quantity(row.optional_int64("goal_upper")),
              row.text("goal_unit")};
    t.baseline = quantity(row.optional_int64("baseline"));
    t.partly_from = quantity(row.optional_int64("partly_from"));
    t.due_on = row.day("due_on");
    t.counted_from = row.day("counted_from");
    t.indicator = row.text("indicator");
    t.evidence_kind = row.text("evidence_kind");
    if (const auto on = row.optional_day("decided_on"))
        t.decision = Decision{*on,
                              row.text("meeting"),
                              row.text("resolution"),
                              static_cast<int>(row.int64("votes_yes")),
                              static_cast<int>(row.int64("votes_no")),
                              static_cast<int>(row.int64("votes_abstained"))};
    t.in_force_on = row.optional_day("in_force_on");
    t.observed = quantity(row.optional_int64("observed"));
    if (const auto on = row.optional_day("override_on"))
        t.overridden =
            Override{target_state_named(row.text("override_outcome")).value_or(TargetState::not_measurable),
                     target_state_named(row.text("override_computed")).value_or(TargetState::not_measurable), row.text("override_reason"), *on};
    t.replaced_by = row.text("replaced_by");
    t.published = row.boolean("published");
    t.sample = row.boolean("sample");
    t.version = static_cast<int>(row.int64("version"));
    return t;
}

constexpr std::string_view columns = R"sql(
    id, key, state, plan, statement, title_de, title_en, text_de, text_en, goal_direction, goal_thousandths, goal_upper, goal_unit, baseline, partly_from, due_on, counted_from,
    indicator, evidence_kind, decided_on, meeting, resolution, votes_yes, votes_no, votes_abstained, in_force_on, observed, override_outcome, override_computed, override_reason,
    override_on, replaced_by, published, sample, version
)sql";

base::Result<std::vector<Target>> read(db::Connection& c, const std::string& where, const db::Parameters& parameters) {
    TRY(auto found, c.query<Target>(fmt::format("select {} from targets {} order by key", columns, where), parameters, target_of));
    const auto of = [&](const db::Row& row) -> Target* {
        const auto id = row.id<TargetId>("target_id");
        for (auto& target : found)
            if (target.id == id) return &target;
        return nullptr;
    };
    TRY_VOID(c.for_each(
        fmt::format(
            "select id, target_id, party, asked_on, answer_by, proof, text_hash from target_requests where target_id in (select id from targets {}) order by id",
            where),
        parameters, [&](const db::Row& row) {
            if (auto* t = of(row))
                t->requests.push_back({row.int64("id"), party_named(row.text("party")).value_or(Party::administration), row.day("asked_on"),
                                       row.day("answer_by"), row.text("proof"), row.text("text_hash")});
        }));
    TRY_VOID(c.for_each(
        fmt::format(
            "select id, target_id, party, received_on, text, document_id, text_hash, late from target_opinions where target_id in (select id from targets {}) order by id",
            where),
        parameters, [&](const db::Row& row) {
            if (auto* t = of(row))
                t->opinions.push_back({row.int64("id"), party_named(row.text("party")).value_or(Party::administration), row.day("received_on"),
                                       row.text("text"), row.optional_int64("document_id").value_or(0), row.text("text_hash"), row.boolean("late")});
        }));
    TRY_VOID(c.for_each(
        fmt::format("select target_id, evidence from target_counted where target_id in (select id from targets {}) order by evidence", where),
        parameters, [&](const db::Row& row) {
            if (auto* t = of(row)) t->counted.push_back(row.text("evidence"));
        }));
    return found;
}

db::Parameters values_of(const Target& t) {
    return {{"state", name_of(t.state)},
            {"plan", t.statement.plan},
            {"statement", t.statement.statement},
            {"title_de", t.title.de},
            {"title_en", t.title.en},
            {"text_de", t.text.de},
            {"text_en", t.text.en},
            {"direction", name_of(t.goal.direction)},
            {"value", t.goal.value.thousandths},
            {"upper", thousandths(t.goal.upper)},
            {"unit", t.goal.unit},
            {"baseline", thousandths(t.baseline)},
            {"partly_from", thousandths(t.partly_from)},
            {"due_on", t.due_on},
            {"counted_from", t.counted_from},
            {"indicator", t.indicator},
            {"evidence_kind", t.evidence_kind},
            {"decided_on", t.decision ? std::optional(t.decision->on) : std::nullopt},
            {"meeting", t.decision ? t.decision->meeting : ""},
            {"resolution", t.decision ? t.decision->resolution : ""},
            {"yes", t.decision ? t.decision->yes : 0},
            {"no", t.decision ? t.decision->no : 0},
            {"abstained", t.decision ? t.decision->abstained : 0},
            {"in_force_on", t.in_force_on},
            {"observed", thousandths(t.observed)},
            {"override_outcome", t.overridden ? name_of(t.overridden->outcome) : std::string_view()},
            {"override_computed", t.overridden ? name_of(t.overridden->computed) : std::string_view()},
            {"override_reason", t.overridden ? t.overridden->reason : ""},
            {"override_on", t.overridden ? std::optional(t.overridden->on) : std::nullopt},
            {"replaced_by", t.replaced_by},
            {"published", t.published}};
}

base::Result<void> recorded(db::Connection& c, const By& by, const std::string& key, std::string action, audit::Values before, audit::Values after) {
    return audit::record(c, by.actor, by.now, "measures.target", key, std::move(action), std::move(before), std::move(after));
}

audit::Values audited(const Target& t) {
    return {{"state", std::string(name_of(t.state))}, {"title", t.title.de}, {"text", t.text.de},
            {"value", t.goal.value.text()},           {"unit", t.goal.unit}, {"due_on", base::iso(t.due_on)}};
}

}  // namespace

base::Result<std::vector<Target>> targets(db::Connection& c) { return read(c, "", {}); }

base::Result<Target> find_target(db::Connection& c, std::string_view key) {
    TRY(auto found, read(c, "where key = :key", {{"key", key}}));
    if (found.empty()) return base::error(base::ErrorKind::not_found, "no such target");
    return std::move(found.front());
}

base::Result<std::vector<TargetEntry>> target_history_of(db::Connection& c, TargetId id) {
    return c.query<TargetEntry>("select on_day, from_state, to_state, what, note from target_history where target_id = :id order by id", {{"id", id}},
                                [](const db::Row& row) {
                                    return TargetEntry{row.day("on_day"), target_state_named(row.text("from_state")).value_or(TargetState::draft),
                                                       target_state_named(row.text("to_state")).value_or(TargetState::draft), row.text("what"),
                                                       row.text("note")};
                                });
}

base::Result<Target> create_target(db::Connection& c, Target t, const By& by) {
    if (auto mistakes = mistakes_in(t); !mistakes.empty())
        return base::error({base::ErrorKind::invalid_input, "target refused", std::move(mistakes), "rule"});
    t.state = TargetState::draft;
    t.version = 1;
    if (t.key.empty()) {
        const auto prefix = fmt::format("Z-{:04}-", base::year_of(t.due_on));
        TRY(const auto count, c.query_one<std::int64_t>("select count(*) as n from targets where key like :pattern", {{"pattern", prefix + "%"}},
                                                        [](const db::Row& row) { return row.int64("n"); }));
        t.key = fmt::format("{}{:02}", prefix, count.value_or(0) + 1);
    }
    auto values = values_of(t);
    values.emplace_back("key", t.key);
    values.emplace_back("sample", t.sample);
    values.emplace_back("now", by.now);
    TRY(t.id, c.insert<TargetId>(R"sql(
        insert into targets (key, state, plan, statement, title_de, title_en, text_de, text_en, goal_direction, goal_thousandths, goal_upper, goal_unit, baseline, partly_from, due_on,
                             counted_from, indicator, evidence_kind, decided_on, meeting, resolution, votes_yes, votes_no, votes_abstained, in_force_on, observed, override_outcome,
                             override_computed, override_reason, override_on, replaced_by, published, sample, created_at)
        values (:key, :state, :plan, :statement, :title_de, :title_en, :text_de, :text_en, :direction, :value, :upper, :unit, :baseline, :partly_from, :due_on, :counted_from,
                :indicator, :evidence_kind, :decided_on, :meeting, :resolution, :yes, :no, :abstained, :in_force_on, :observed, :override_outcome, :override_computed,
                :override_reason, :override_on, :replaced_by, :published, :sample, :now)
        returning id
    )sql",
                                 values));
    TRY_VOID(recorded(c, by, t.key, "create", {}, audited(t)));
    return t;
}

base::Result<Target> change_target(db::Connection& c, std::string_view key, int version, const std::function<TargetResult(const Target&)>& step,
                                   const By& by) {
    TRY(const auto before, find_target(c, key));
    if (version != 0 && version != before.version)
        return base::error({base::ErrorKind::conflict, "somebody changed the target in between", {}, "version"});
    TRY(const auto stepped, step(before));
    const auto& t = stepped.target;
    auto values = values_of(t);
    values.emplace_back("id", before.id);
    values.emplace_back("version", before.version);
    TRY(const auto touched, c.execute(R"sql(
        update targets
           set state = :state, plan = :plan, statement = :statement, title_de = :title_de, title_en = :title_en, text_de = :text_de, text_en = :text_en, goal_direction = :direction,
               goal_thousandths = :value, goal_upper = :upper, goal_unit = :unit, baseline = :baseline, partly_from = :partly_from, due_on = :due_on, counted_from = :counted_from,
               indicator = :indicator, evidence_kind = :evidence_kind, decided_on = :decided_on, meeting = :meeting, resolution = :resolution, votes_yes = :yes, votes_no = :no,
               votes_abstained = :abstained, in_force_on = :in_force_on, observed = :observed, override_outcome = :override_outcome, override_computed = :override_computed,
               override_reason = :override_reason, override_on = :override_on, replaced_by = :replaced_by, published = :published, version = version + 1
         where id = :id
           and version = :version
    )sql",
                                      values));
    if (touched != 1) return base::error({base::ErrorKind::conflict, "somebody changed the target in between", {}, "version"});
    for (std::size_t i = before.requests.size(); i < t.requests.size(); ++i) {
        const auto& r = t.requests[i];
        TRY_VOID(c.execute(
            "insert into target_requests (target_id, party, asked_on, answer_by, proof, text_hash) values (:id, :party, :asked_on, :answer_by, :proof, :hash)",
            {{"id", before.id},
             {"party", name_of(r.party)},
             {"asked_on", r.asked_on},
             {"answer_by", r.answer_by},
             {"proof", r.proof},
             {"hash", r.text_hash}}));
    }
    for (std::size_t i = before.opinions.size(); i < t.opinions.size(); ++i) {
        const auto& o = t.opinions[i];
        TRY_VOID(c.execute(
            "insert into target_opinions (target_id, party, received_on, text, document_id, text_hash, late) values (:id, :party, :on, :text, :document, :hash, :late)",
            {{"id", before.id},
             {"party", name_of(o.party)},
             {"on", o.received_on},
             {"text", o.text},
             {"document", o.document ? std::optional(o.document) : std::nullopt},
             {"hash", o.text_hash},
             {"late", o.late}}));
    }
    if (t.counted != before.counted)
        for (const auto& entry : t.counted)
            TRY_VOID(c.execute("insert into target_counted (target_id, evidence) values (:id, :evidence)", {{"id", before.id}, {"evidence", entry}}));
    const auto& e = stepped.entry;
    TRY_VOID(c.execute(
        "insert into target_history (target_id, on_day, from_state, to_state, what, note, recorded_at) values (:id, :on, :from_state, :to_state, :what, :note, :now)",
        {{"id", before.id},
         {"on", e.on},
         {"from_state", name_of(e.from)},
         {"to_state", name_of(e.to)},
         {"what", e.what},
         {"note", e.note},
         {"now", by.now}}));
    TRY_VOID(recorded(c, by, before.key, e.what, audited(before), audited(t)));
    return find_target(c, key);
}

base::Result<void> publish_target(db::Connection& c, std::string_view key, bool published, const By& by) {
    TRY(const auto before, find_target(c, key));
    TRY_VOID(c.execute("update targets set published = :published where id = :id", {{"published", published}, {"id", before.id}}));
    return recorded(c, by, before.key, published ? "publish" : "hide", {}, {});
}

}  // namespace measures
