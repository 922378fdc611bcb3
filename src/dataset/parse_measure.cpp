#include "dataset/parse_measure.h"

#include "measures/input_rules.h"
#include "measures/target_rules.h"

namespace dataset {
namespace {

using namespace measures;
using base::message;

template <class All, class Named>
auto choice(Reader& r, std::string_view key, const All& all, Named named, std::optional<std::decay_t<decltype(*std::begin(all))>> otherwise = {}) {
    using E = std::decay_t<decltype(*std::begin(all))>;
    std::vector<std::string> names;
    for (const auto value : all) names.emplace_back(name_of(value));
    return r.choice<E>(key, names, [&](std::string_view name) { return named(name); }, otherwise);
}

constexpr auto all_rhythms = {Rhythm::yearly, Rhythm::half_yearly, Rhythm::quarterly, Rhythm::monthly};
constexpr auto all_resource_kinds = {ResourceKind::budget, ResourceKind::post_share, ResourceKind::funded_project, ResourceKind::in_kind,
                                     ResourceKind::no_extra_means};
constexpr auto all_criteria = {CriterionKind::yes_or_no, CriterionKind::value};
constexpr auto all_directions = {Direction::at_least, Direction::at_most, Direction::exactly, Direction::within};
constexpr auto all_assessments = {Assessment::on_track, Assessment::delayed, Assessment::endangered, Assessment::done};
constexpr auto all_commitments = {CommitmentState::offered, CommitmentState::confirmed, CommitmentState::withdrawn};
constexpr auto all_target_states = {TargetState::draft,    TargetState::in_consultation, TargetState::ready,    TargetState::adjourned,
                                    TargetState::rejected, TargetState::resolved,        TargetState::in_force, TargetState::replaced,
                                    TargetState::reached,  TargetState::partly,          TargetState::missed,   TargetState::not_measurable};
constexpr auto all_parties = {Party::district_council, Party::administration};

std::optional<base::Cents> amount(Reader& r, std::string_view key) {
    const auto written = r.text(key);
    if (written.empty()) return {};
    const auto value = base::parse_amount(written);
    if (!value) r.mistake(key, message("“{text}” is no amount: write it as \"12500,00\".", {{"text", written}}));
    return value;
}
std::optional<int> whole(Reader& r, std::string_view key, int least, int most) {
    if (!r.has(key)) return {};
    return static_cast<int>(r.integer(key, least, least, most));
}

Goal goal(Reader& r) {
    Goal out;
    out.direction = choice(r, "direction", all_directions, direction_named, Direction::at_least);
    out.value = r.quantity("value", Need::required).value_or(Quantity{});
    out.upper = r.quantity("upper");
    out.unit = r.text("unit", Need::required);
    return out;
}

Criterion criterion(Reader& r) {
    Criterion out;
    out.kind = choice(r, "kind", all_criteria, criterion_kind_named);
    out.text = r.bilingual("text");
    if (out.kind == CriterionKind::value) out.goal = goal(r);
    return out;
}

Resource resource(Reader& r) {
    Resource out;
    out.kind = choice(r, "kind", all_resource_kinds, resource_kind_named);
    out.budget_line = r.text("budget_line");
    out.source = r.text("source");
    out.year = whole(r, "year", 1990, 2100);
    out.planned = amount(r, "planned");
    out.spent = amount(r, "spent");
    if (const auto share = r.quantity("post")) out.post_permille = static_cast<int>(share->thousandths);
    out.project = r.text("project");
    out.project_ends_on = r.day("project_ends_on");
    out.description = r.text("description");
    out.confirmed_by = r.text("confirmed_by");
    out.confirmed_on = r.day("confirmed_on");
    return out;
}

Entry entry(Reader& r) {
    Entry out;
    out.on = r.day("on", Need::required).value_or(base::Day{});
    out.move = choice(r, "move", all_moves, move_named);
    out.by = r.text("by");
    out.reason = r.text("reason");
    out.finding = r.text("finding");
    out.record = r.text("record");
    out.resolution = r.text("resolution");
    out.grade = choice(r, "grade", all_grades, grade_named, Grade::none);
    return out;
}

Delivery delivery(Reader& r) {
    Delivery out;
    out.evidence = r.text("evidence", Need::required);
    out.kind = r.text("kind", Need::required);
    out.delivered_by = r.text("delivered_by", Need::required);
    out.occurred_on = r.day("occurred_on", Need::required).value_or(base::Day{});
    out.recorded_on = r.day("recorded_on").value_or(out.occurred_on);
    out.title = r.bilingual("title");
    out.accepted_by = r.text("accepted_by");
    out.accepted_on = r.day("accepted_on");
    out.withdrawn_on = r.day("withdrawn_on");
    // Ziffer 4.2: nobody confirms what they delivered.
    if (!out.accepted_by.empty() && out.accepted_by == out.delivered_by)
        r.mistake("accepted_by", message("Nobody accepts the evidence they delivered themselves."));
    if (out.accepted_by.empty() == out.accepted_on.has_value()) r.mistake("accepted_on", message("An acceptance has both its office and its day."));
    return out;
}

StatusReport report(Reader& r) {
    StatusReport out;
    out.given_on = r.day("given_on", Need::required).value_or(base::Day{});
    out.text = r.text("text", Need::required);
    out.assessment = choice(r, "assessment", all_assessments, assessment_named);
    out.percent = whole(r, "percent", 0, 100);
    out.office = r.text("office");
    out.published = r.boolean("published", false);
    return out;
}

Opinion opinion(Reader& r) {
    Opinion out;
    out.party = choice(r, "party", all_parties, party_named);
    out.received_on = r.day("received_on", Need::required).value_or(base::Day{});
    out.text = r.text("text");
    out.text_hash = r.text("text_hash");
    out.late = r.boolean("late", false);
    return out;
}

ConsultationRequest request(Reader& r) {
    ConsultationRequest out;
    out.party = choice(r, "party", all_parties, party_named);
    out.asked_on = r.day("asked_on", Need::required).value_or(base::Day{});
    out.answer_by = r.day("answer_by", Need::required).value_or(base::Day{});
    out.proof = r.text("proof");
    out.text_hash = r.text("text_hash");
    return out;
}

}  // namespace

Chronicle parse_measure(Reader& r) {
    Chronicle out;
    auto& m = out.measure;
    m.key = r.text("key", Need::required);
    m.kind = choice(r, "kind", all_kinds, kind_named);
    m.title = r.bilingual("title", Need::required);
    m.working_name = r.text("working_name");
    m.description = r.bilingual("description");
    m.internal_note = r.text("internal_note");
    m.parent_key = r.text("parent");
    m.accountable = r.text("accountable");
    m.joint = r.texts("joint");
    m.coworkers = r.texts("coworkers");
    for (const auto& written : r.texts("statements")) {
        const auto slash = written.find('/');
        if (slash == std::string::npos)
            r.mistake("statements", message("“{text}” is no statement: write it with its plan, as \"2018/5.1-a\".", {{"text", written}}));
        else
            m.statements.push_back({written.substr(0, slash), written.substr(slash + 1)});
    }
    m.resolution = r.text("resolution");
    m.resolved_on = r.day("resolved_on");
    m.schedule.starts_on = r.day("starts_on");
    m.schedule.ends_on = r.day("ends_on");
    m.schedule.rhythm = choice(r, "rhythm", all_rhythms, rhythm_named, Rhythm::none);
    m.schedule.fresh_days = whole(r, "fresh_days", 1, 3660);
    r.table("criterion", "criterion", [&](Reader& t) { m.criterion = criterion(t); });
    m.targets = r.texts("targets");
    m.evidence_kind = r.text("evidence_kind");
    m.evidence_fixed_on = r.day("evidence_fixed_on");
    m.report_interval_days = static_cast<int>(r.integer("report_interval_days", 180, 1, 3660));
    m.commitment = choice(r, "commitment", all_commitments, commitment_state_named, CommitmentState::offered);
    m.published = r.boolean("published", false);
    out.depends_on = r.texts("depends_on");
    r.tables("resource", "[[measure.resource]]", [&](Reader& t) { m.resources.push_back(resource(t)); });
    r.tables("milestone", "[[measure.milestone]]", [&](Reader& t) {
        m.milestones.push_back(
            {{}, t.bilingual("title", Need::required), t.day("due_on", Need::required).value_or(base::Day{}), t.day("reached_on")});
    });
    r.tables("history", "[[measure.history]]", [&](Reader& t) {
        out.history.push_back(entry(t));
        auto so_far = out.history;
        if (!follow(so_far)) {
            t.mistake("move", message("The measure cannot take the step “{move}” from where the steps before have led it.",
                                      {{"move", std::string(name_of(out.history.back().move))}}));
            out.history.pop_back();
        }
    });
    r.tables("delivery", "[[measure.delivery]]", [&](Reader& t) { out.deliveries.push_back(delivery(t)); });
    r.tables("report", "[[measure.report]]", [&](Reader& t) { out.reports.push_back(report(t)); });
    m.state = follow(out.history).value_or(State::proposed);
    // What the form would refuse, the file may not bring either.
    for (auto& mistake : mistakes_in(m)) r.mistake("key", message("{key}: {what}", {{"key", m.key}, {"what", base::in_english(mistake.message)}}));
    return out;
}

TargetChronicle parse_target(Reader& r) {
    TargetChronicle out;
    auto& t = out.target;
    t.key = r.text("key", Need::required);
    t.title = r.bilingual("title", Need::required);
    t.text = r.bilingual("text", Need::required);
    if (const auto written = r.text("statement"); !written.empty()) {
        const auto slash = std::min(written.find('/'), written.size());
        t.statement = {written.substr(0, slash), written.substr(std::min(slash + 1, written.size()))};
    }
    t.goal = goal(r);
    t.baseline = r.quantity("baseline");
    t.partly_from = r.quantity("partly_from");
    t.due_on = r.day("due_on", Need::required).value_or(base::Day{});
    t.counted_from = r.day("counted_from", Need::required).value_or(base::Day{});
    t.indicator = r.text("indicator");
    t.evidence_kind = r.text("evidence_kind");
    t.in_force_on = r.day("in_force_on");
    t.observed = r.quantity("observed");
    t.counted = r.texts("counted");
    t.replaced_by = r.text("replaced_by");
    t.published = r.boolean("published", false);
    r.tables("request", "[[target.request]]", [&](Reader& s) { t.requests.push_back(request(s)); });
    r.tables("opinion", "[[target.opinion]]", [&](Reader& s) { t.opinions.push_back(opinion(s)); });
    // A hash is written only where the party saw another text than the one that stands there now.
    for (auto& each : t.requests)
        if (each.text_hash.empty()) each.text_hash = text_hash(t);
    for (auto& each : t.opinions)
        if (each.text_hash.empty()) each.text_hash = text_hash(t);
    r.table("decision", "decision", [&](Reader& s) {
        t.decision = Decision{s.day("on", Need::required).value_or(base::Day{}),
                              s.text("meeting"),
                              s.text("resolution"),
                              static_cast<int>(s.integer("yes", 0, 0, 1000)),
                              static_cast<int>(s.integer("no", 0, 0, 1000)),
                              static_cast<int>(s.integer("abstained", 0, 0, 1000))};
    });
    r.table("override", "override", [&](Reader& s) {
        t.overridden =
            Override{choice(s, "outcome", all_target_states, target_state_named), choice(s, "computed", all_target_states, target_state_named),
                     s.text("reason", Need::required), s.day("on", Need::required).value_or(base::Day{})};
    });
    r.tables("history", "[[target.history]]", [&](Reader& s) {
        TargetEntry e;
        e.on = s.day("on", Need::required).value_or(base::Day{});
        e.from = out.history.empty() ? TargetState::draft : out.history.back().to;
        e.what = s.text("what", Need::required);
        e.to = choice(s, "to", all_target_states, target_state_named, e.from);
        e.note = s.text("note");
        // Ziffer 4.1: the council decides after both were consulted, never before.
        const bool decided = e.to != TargetState::draft && e.to != TargetState::in_consultation;
        if (decided && !both_consulted(t, e.on))
            s.mistake("to",
                      message("The target cannot be “{state}”: one of the two consultations is missing.", {{"state", std::string(name_of(e.to))}}));
        out.history.push_back(std::move(e));
    });
    if (!out.history.empty()) t.state = out.history.back().to;
    return out;
}

measures::Template parse_template(Reader& r) {
    measures::Template out;
    out.name = r.text("name", Need::required);
    // The fields by the names they have in forms and files, as texts: "01.01.{jahr}" is no day yet.
    for (const auto& name : measures::template_field_names())
        if (auto value = r.text(name, name == "titel" ? Need::required : Need::optional); !value.empty()) out.fields[name] = std::move(value);
    return out;
}

}  // namespace dataset
