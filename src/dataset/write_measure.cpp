#include "dataset/write_measure.h"

#include "dataset/toml_writer.h"
#include "measures/target_rules.h"

namespace dataset {
namespace {

using namespace measures;

void amount(Writer& w, std::string_view key, const std::optional<base::Cents>& value) {
    if (value) w.text(key, base::amount_field(*value));
}
std::string goal(const Goal& g) {
    auto out = fmt::format("direction = {}, value = {}", toml_quoted(name_of(g.direction)), g.value.text());
    if (g.upper) out += fmt::format(", upper = {}", g.upper->text());
    return out + fmt::format(", unit = {}", toml_quoted(g.unit));
}
// Whose order says nothing is written in one.
std::vector<std::string> sorted(std::vector<std::string> names) {
    std::sort(names.begin(), names.end());
    return names;
}
std::vector<std::string> references(const std::vector<StatementRef>& all) {
    std::vector<std::string> out;
    for (const auto& ref : all) out.push_back(ref.plan + "/" + ref.statement);
    return out;
}

void parts_of(Writer& w, const Chronicle& one) {
    for (const auto& r : one.measure.resources) {
        w.open("[[measure.resource]]");
        w.text("kind", name_of(r.kind));
        w.text("budget_line", r.budget_line);
        w.text("source", r.source);
        if (r.year) w.raw("year", std::to_string(*r.year));
        amount(w, "planned", r.planned);
        amount(w, "spent", r.spent);
        if (r.post_permille != 0) w.raw("post", Quantity{r.post_permille}.text());
        w.text("project", r.project);
        w.day("project_ends_on", r.project_ends_on);
        w.text("description", r.description);
        w.text("confirmed_by", r.confirmed_by);
        w.day("confirmed_on", r.confirmed_on);
    }
    for (const auto& m : one.measure.milestones) {
        w.open("[[measure.milestone]]");
        w.bilingual("title", m.title);
        w.day("due_on", m.due_on);
        w.day("reached_on", m.reached_on);
    }
    for (const auto& e : one.history) {
        w.open("[[measure.history]]");
        w.day("on", e.on);
        w.text("move", name_of(e.move));
        w.text("by", e.by);
        w.text("reason", e.reason);
        w.text("finding", e.finding);
        w.text("record", e.record);
        w.text("resolution", e.resolution);
        if (e.grade != Grade::none) w.text("grade", name_of(e.grade));
    }
    for (const auto& d : one.deliveries) {
        w.open("[[measure.delivery]]");
        w.text("evidence", d.evidence);
        w.text("kind", d.kind);
        w.text("delivered_by", d.delivered_by);
        w.day("occurred_on", d.occurred_on);
        if (d.recorded_on != d.occurred_on) w.day("recorded_on", d.recorded_on);
        w.bilingual("title", d.title);
        w.text("accepted_by", d.accepted_by);
        w.day("accepted_on", d.accepted_on);
        w.day("withdrawn_on", d.withdrawn_on);
    }
    for (const auto& r : one.reports) {
        w.open("[[measure.report]]");
        w.day("given_on", r.given_on);
        w.text("text", r.text);
        w.text("assessment", name_of(r.assessment));
        if (r.percent) w.raw("percent", std::to_string(*r.percent));
        w.text("office", r.office);
        w.truth("published", r.published);
    }
}

void measure(Writer& w, const Chronicle& one) {
    const auto& m = one.measure;
    w.open("[[measure]]");
    w.text("key", m.key);
    w.text("kind", name_of(m.kind));
    w.bilingual("title", m.title);
    w.text("working_name", m.working_name);
    w.bilingual("description", m.description);
    w.text("internal_note", m.internal_note);
    w.text("parent", m.parent_key);
    w.text("accountable", m.accountable);
    w.texts("joint", sorted(m.joint));
    w.texts("coworkers", sorted(m.coworkers));
    w.texts("statements", sorted(references(m.statements)));
    w.text("resolution", m.resolution);
    w.day("resolved_on", m.resolved_on);
    w.day("starts_on", m.schedule.starts_on);
    w.day("ends_on", m.schedule.ends_on);
    w.text("rhythm", name_of(m.schedule.rhythm));
    if (m.schedule.fresh_days) w.raw("fresh_days", std::to_string(*m.schedule.fresh_days));
    if (m.criterion.kind != CriterionKind::none) {
        auto text = fmt::format("{{ kind = {}", toml_quoted(name_of(m.criterion.kind)));
        if (!m.criterion.text.empty()) text += fmt::format(", text = {}", inline_text(m.criterion.text));
        if (m.criterion.kind == CriterionKind::value) text += ", " + goal(m.criterion.goal);
        w.raw("criterion", text + " }");
    }
    w.texts("targets", sorted(m.targets));
    w.text("evidence_kind", m.evidence_kind);
    w.day("evidence_fixed_on", m.evidence_fixed_on);
    w.number("report_interval_days", m.report_interval_days, 180);
    if (m.commitment != CommitmentState::offered) w.text("commitment", name_of(m.commitment));
    w.truth("published", m.published);
    w.texts("depends_on", sorted(one.depends_on));
    parts_of(w, one);
    w.close();
}

void target(Writer& w, const TargetChronicle& one) {
    const auto& t = one.target;
    const auto hash = [&, now = text_hash(t)](const std::string& seen) {
        if (seen != now) w.text("text_hash", seen);
    };
    w.open("[[target]]");
    w.text("key", t.key);
    w.bilingual("title", t.title);
    w.bilingual("text", t.text);
    if (!t.statement.plan.empty()) w.text("statement", t.statement.plan + "/" + t.statement.statement);
    w.text("direction", name_of(t.goal.direction));
    w.quantity("value", t.goal.value);
    w.quantity("upper", t.goal.upper);
    w.text("unit", t.goal.unit);
    w.quantity("baseline", t.baseline);
    w.quantity("partly_from", t.partly_from);
    w.day("due_on", t.due_on);
    w.day("counted_from", t.counted_from);
    w.text("indicator", t.indicator);
    w.text("evidence_kind", t.evidence_kind);
    w.day("in_force_on", t.in_force_on);
    w.quantity("observed", t.observed);
    w.texts("counted", t.counted);
    w.text("replaced_by", t.replaced_by);
    w.truth("published", t.published);
    if (t.decision)
        w.raw("decision", fmt::format("{{ on = {}, meeting = {}, resolution = {}, yes = {}, no = {}, abstained = {} }}", base::iso(t.decision->on),
                                      toml_quoted(t.decision->meeting), toml_quoted(t.decision->resolution), t.decision->yes, t.decision->no,
                                      t.decision->abstained));
    if (t.overridden)
        w.raw("override", fmt::format("{{ outcome = {}, computed = {}, reason = {}, on = {} }}", toml_quoted(name_of(t.overridden->outcome)),
                                      toml_quoted(name_of(t.overridden->computed)), toml_quoted(t.overridden->reason), base::iso(t.overridden->on)));
    for (const auto& r : t.requests) {
        w.open("[[target.request]]");
        w.text("party", name_of(r.party));
        w.day("asked_on", r.asked_on);
        w.day("answer_by", r.answer_by);
        w.text("proof", r.proof);
        hash(r.text_hash);
    }
    for (const auto& o : t.opinions) {
        w.open("[[target.opinion]]");
        w.text("party", name_of(o.party));
        w.day("received_on", o.received_on);
        w.text("text", o.text);
        hash(o.text_hash);
        w.truth("late", o.late);
    }
    for (const auto& e : one.history) {
        w.open("[[target.history]]");
        w.day("on", e.on);
        w.text("what", e.what);
        w.text("to", name_of(e.to));
        w.text("note", e.note);
    }
    w.close();
}

}  // namespace

std::string measures_of(const Dataset& d) {
    std::string out;
    Writer w(out);
    for (const auto& [one, at] : d.targets) target(w, one);
    for (const auto& [one, at] : d.measures) measure(w, one);
    for (const auto& [one, at] : d.templates) {
        w.open("[[measure_template]]");
        w.text("name", one.name);
        for (const auto& name : measures::template_field_names())
            if (const auto field = one.fields.find(name); field != one.fields.end()) w.text(name, field->second);
    }
    return out;
}

}  // namespace dataset
