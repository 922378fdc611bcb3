#include "measures/chronicle.h"

#include "measures/template_store.h"

#include <fmt/format.h>

#include "measures/input_rules.h"
#include "measures/list_index.h"
#include "platform/audit/api.h"

namespace measures {
namespace {

base::Result<MeasureId> id_of(db::Connection& c, const std::string& key) {
    TRY(const auto id, c.query_one<MeasureId>("select id from measures where key = :key", {{"key", key}},
                                              [](const db::Row& row) { return row.id<MeasureId>("id"); }));
    if (!id) return base::error(base::ErrorKind::not_found, "no such measure");
    return *id;
}

base::Result<void> past_of(db::Connection& c, MeasureId id, const Chronicle& chronicle, const By& by) {
    for (const auto& e : chronicle.history)
        TRY_VOID(c.execute(R"sql(
            insert into measure_history (measure_id, on_day, from_state, to_state, move, by_office, reason, finding, record, resolution, grade, recorded_at)
            values (:id, :on_day, :from_state, :to_state, :move, :by_office, :reason, :finding, :record, :resolution, :grade, :now)
        )sql",
                           {{"id", id},
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
    for (const auto& d : chronicle.deliveries)
        TRY_VOID(c.execute(R"sql(
            insert into measure_deliveries (measure_id, evidence, kind, delivered_by, occurred_on, recorded_on, title_de, title_en, accepted_by, accepted_on, withdrawn_on)
            values (:id, :evidence, :kind, :delivered_by, :occurred_on, :recorded_on, :de, :en, :accepted_by, :accepted_on, :withdrawn_on)
        )sql",
                           {{"id", id},
                            {"evidence", d.evidence},
                            {"kind", d.kind},
                            {"delivered_by", d.delivered_by},
                            {"occurred_on", d.occurred_on},
                            {"recorded_on", d.recorded_on},
                            {"de", d.title.de},
                            {"en", d.title.en},
                            {"accepted_by", d.accepted_by},
                            {"accepted_on", d.accepted_on},
                            {"withdrawn_on", d.withdrawn_on}}));
    for (const auto& r : chronicle.reports)
        TRY_VOID(c.execute(R"sql(
            insert into measure_reports (measure_id, given_on, entered_on, text, assessment, percent, office, published)
            values (:id, :given_on, :given_on, :text, :assessment, :percent, :office, :published)
        )sql",
                           {{"id", id},
                            {"given_on", r.given_on},
                            {"text", r.text},
                            {"assessment", name_of(r.assessment)},
                            {"percent", r.percent},
                            {"office", r.office},
                            {"published", r.published}}));
    for (const auto& m : chronicle.measure.milestones)
        if (m.reached_on)
            TRY_VOID(c.execute("update measure_milestones set reached_on = :on where measure_id = :id and title_de = :title and due_on = :due",
                               {{"on", m.reached_on}, {"id", id}, {"title", m.title.de}, {"due", m.due_on}}));
    return {};
}

}  // namespace

std::optional<State> follow(std::vector<Entry>& history) {
    auto state = State::proposed;
    for (auto& entry : history) {
        const auto to = after(state, entry.move);
        if (!to) return {};
        entry.from = state;
        entry.to = state = *to;
    }
    return state;
}

base::Result<void> restore(db::Connection& c, const std::vector<Chronicle>& all, const std::vector<TargetChronicle>& all_targets, const By& by) {
    for (const auto& [target, history] : all_targets) {
        TRY(const auto made, create_target(c, target, by));
        // Requests and opinions come with the first entry; each entry sets its state.
        for (const auto& entry : history)
            TRY_VOID(change_target(
                c, target.key, 0,
                [&](const Target& before) -> TargetResult {
                    auto next = target;
                    next.id = before.id;
                    next.version = before.version;
                    next.state = entry.to;
                    return TargetStepped{std::move(next), entry};
                },
                by));
        if (target.published) TRY_VOID(publish_target(c, target.key, true, by));
    }
    std::vector<Measure> measures;
    for (const auto& chronicle : all) {
        measures.push_back(chronicle.measure);
        measures.back().parent_key.clear();  // may stand further down
        for (auto& milestone : measures.back().milestones) milestone.reached_on.reset();
    }
    TRY_VOID(create_all(c, measures, by));
    for (const auto& chronicle : all) {
        const auto& m = chronicle.measure;
        TRY(const auto id, id_of(c, m.key));
        MeasureId parent{};
        if (!m.parent_key.empty()) { TRY(parent, id_of(c, m.parent_key)); }
        TRY_VOID(c.execute("update measures set state = :state, commitment = :commitment, parent_id = :parent where id = :id",
                           {{"state", name_of(m.state)}, {"commitment", name_of(m.commitment)}, {"parent", parent}, {"id", id}}));
        auto proposed = m;
        proposed.id = id;
        proposed.state = State::proposed;
        TRY_VOID(index_moved(c, proposed, m.state));
        TRY_VOID(past_of(c, id, chronicle, by));
        for (const auto& needs : chronicle.depends_on) TRY_VOID(add_dependency(c, m.key, needs, by));
    }
    return {};
}

base::Result<std::vector<Chronicle>> chronicles(db::Connection& c) {
    Filter everything;
    everything.per_page = 0;
    TRY(auto page, list(c, everything));
    std::map<MeasureId, std::string> keys;
    for (const auto& dossier : page.dossiers) keys[dossier.measure.id] = dossier.measure.key;
    std::vector<Chronicle> out;
    for (auto& dossier : page.dossiers) {
        Chronicle one;
        one.measure = std::move(dossier.measure);
        for (const auto id : one.measure.depends_on) one.depends_on.push_back(keys[id]);
        TRY(one.history, history_of(c, one.measure.id));
        one.deliveries = std::move(dossier.deliveries);
        TRY(one.reports, reports_of(c, one.measure.id, 100'000));
        std::reverse(one.reports.begin(), one.reports.end());
        out.push_back(std::move(one));
    }
    return out;
}

base::Result<std::vector<TargetChronicle>> target_chronicles(db::Connection& c) {
    TRY(auto all, targets(c));
    std::vector<TargetChronicle> out;
    for (auto& target : all) {
        TRY(auto history, target_history_of(c, target.id));
        out.push_back({std::move(target), std::move(history)});
    }
    return out;
}

base::Result<void> remove_sample(db::Connection& c, const By& by) {
    const std::string measures = "(select id from measures where sample = :yes)", targets = "(select id from targets where sample = :yes)";
    TRY_VOID(
        c.execute(fmt::format("delete from status_reminders where request_id in (select id from status_requests where measure_id in {})", measures),
                  {{"yes", true}}));
    for (const auto* table :
         {"status_requests", "commitment_invitations", "measure_terms", "measure_bearers", "measure_statements", "measure_target_links",
          "measure_dependencies", "measure_resources", "measure_milestones", "measure_reports", "measure_deliveries", "measure_history",
          "measure_schedule_changes", "measure_versions", "measure_files", "measure_notes"})
        TRY_VOID(c.execute(fmt::format("delete from {} where measure_id in {}", table, measures), {{"yes", true}}));
    TRY_VOID(c.execute(fmt::format("delete from measure_dependencies where needs_id in {}", measures), {{"yes", true}}));
    for (const auto* table : {"target_requests", "target_opinions", "target_history", "target_counted"})
        TRY_VOID(c.execute(fmt::format("delete from {} where target_id in {}", table, targets), {{"yes", true}}));
    TRY_VOID(c.execute(fmt::format("update measures set parent_id = null where parent_id in {}", measures), {{"yes", true}}));
    TRY(const auto gone, c.execute("delete from measures where sample = :yes", {{"yes", true}}));
    TRY_VOID(count_anew(c));
    TRY_VOID(c.execute("delete from targets where sample = :yes", {{"yes", true}}));
    TRY_VOID(remove_sample_templates(c));
    return audit::record(c, by.actor, by.now, "measures.sample", "sample", "remove", {{"measures", std::to_string(gone)}}, {});
}

}  // namespace measures
