#include "measures/input_rules.h"

#include <algorithm>
#include <set>

#include "measures/target_rules.h"

namespace measures {
namespace {
using Mistakes = std::vector<base::FieldError>;
void need(Mistakes& out, bool there, std::string field, base::Message message) {
    if (!there) out.push_back({std::move(field), std::move(message), 0});
}
void append(Mistakes& out, Mistakes more, const std::string& prefix = {}) {
    for (auto& mistake : more) {
        mistake.field = prefix + mistake.field;
        out.push_back(std::move(mistake));
    }
}
// As people count them: "ß" is one.
std::size_t characters(const std::string& text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char ch) { return (static_cast<unsigned char>(ch) & 0xC0) != 0x80; }));
}
constexpr std::size_t longest_title = 200, longest_text = 20000;
}  // namespace

Mistakes mistakes_in(const Schedule& s) {
    Mistakes out;
    need(out, !s.starts_on || !s.ends_on || *s.starts_on <= *s.ends_on, "ends_on", base::message("The end lies before the start."));
    need(out, !s.fresh_days || (*s.fresh_days >= 1 && *s.fresh_days <= 3660), "fresh_days",
         base::message("Evidence stays fresh for 1 to 3660 days."));
    need(out, !(s.fresh_days && s.rhythm != Rhythm::none), "rhythm", base::message("A measure has a rhythm or a freshness limit, not both."));
    return out;
}

Mistakes mistakes_in(const Resource& r, const Schedule& s) {
    Mistakes out;
    const auto not_negative = [](const std::optional<base::Cents>& c) { return !c || (c->value >= 0 && *c <= base::largest_amount); };
    need(out, not_negative(r.planned), "planned", base::message("An amount is not negative."));
    need(out, not_negative(r.spent), "spent", base::message("An amount is not negative."));
    need(out, !r.year || (*r.year >= 1990 && *r.year <= 2100), "year", base::message("Enter a year from 1990 to 2100."));
    if (r.year && s.starts_on) need(out, *r.year >= base::year_of(*s.starts_on), "year", base::message("The year lies before the measure begins."));
    if (r.year && s.ends_on) need(out, *r.year <= base::year_of(*s.ends_on), "year", base::message("The year lies after the measure ends."));
    switch (r.kind) {
        case ResourceKind::budget:
            need(out, !r.budget_line.empty(), "budget_line", base::message("Enter the budget line."));
            need(out, r.planned && r.planned->value > 0, "planned", base::message("Enter the amount."));
            need(out, r.year.has_value(), "year", base::message("Enter the year these resources are for."));
            break;
        case ResourceKind::post_share:
            need(out, r.post_permille >= 1 && r.post_permille <= 10000, "post_permille",
                 base::message("Enter the share of a post: 0,5 is half a post."));
            break;
        case ResourceKind::funded_project:
            need(out, !r.project.empty(), "project", base::message("Name the project."));
            need(out, r.project_ends_on.has_value(), "project_ends_on", base::message("Enter the day the funding ends."));
            break;
        case ResourceKind::in_kind: need(out, !r.description.empty(), "description", base::message("Say what is given in kind.")); break;
        case ResourceKind::no_extra_means:
            need(out, r.confirmed_by.empty() == !r.confirmed_on, "confirmed_by", base::message("A confirmation has an office and a day."));
            break;
    }
    return out;
}

Mistakes mistakes_in(const Milestone& m, const Schedule& s) {
    Mistakes out;
    need(out, !m.title.de.empty(), "title", base::message("Enter a title."));
    need(out, !s.starts_on || m.due_on >= *s.starts_on, "due_on", base::message("The milestone lies before the measure begins."));
    need(out, !s.ends_on || m.due_on <= *s.ends_on, "due_on", base::message("The milestone lies after the measure ends."));
    return out;
}

// "12 of 15 conversations" is 80 percent; whether a leaflet exists is yes or no, and a percentage of it would be a feeling with a number on it.
bool is_countable(const Measure& m) { return m.criterion.kind == CriterionKind::value || !m.targets.empty(); }

Mistakes mistakes_in(const StatusReport& r, const Measure& m, base::Day today) {
    Mistakes out;
    need(out, !r.text.empty(), "text", base::message("Write how it stands."));
    need(out, characters(r.text) <= longest_text, "text", base::message("This text is too long."));
    need(out, r.given_on <= today, "given_on", base::message("A report is not given in the future."));
    need(out, !r.percent || (*r.percent >= 0 && *r.percent <= 100), "percent", base::message("Percent go from 0 to 100."));
    need(out, !r.percent || is_countable(m), "percent",
         base::message("Nothing is counted here: percent need a value as the criterion, or a target the measure serves."));
    return out;
}

Mistakes mistakes_in(const Measure& m) {
    Mistakes out;
    need(out, !m.title.de.empty(), "title", base::message("Enter a title."));
    need(out, characters(m.title.de) <= longest_title && characters(m.title.en) <= longest_title, "title",
         base::message("A title has at most 200 characters."));
    need(out, characters(m.description.de) <= longest_text && characters(m.description.en) <= longest_text, "description",
         base::message("This text is too long."));
    need(out, m.report_interval_days >= 1 && m.report_interval_days <= 3660, "report_interval_days",
         base::message("Reports are given every 1 to 3660 days."));
    need(out, m.resolution.empty() == !m.resolved_on, "resolution", base::message("A resolution has a number and a day."));
    need(out, m.evidence_kind.empty() || evidence::is_kind_name(m.evidence_kind), "evidence_kind", base::message("This is no kind of evidence."));
    need(out, m.kind != Kind::single || m.schedule.rhythm == Rhythm::none, "rhythm", base::message("A single measure has an end, not a rhythm."));
    append(out, mistakes_in(m.schedule));
    if (m.criterion.kind == CriterionKind::value) append(out, mistakes_in(m.criterion.goal));
    if (m.criterion.kind == CriterionKind::yes_or_no) need(out, !m.criterion.text.de.empty(), "criterion", base::message("Write the question."));
    std::set<std::string> named;
    for (const auto& key : m.joint)
        need(out, named.insert(key).second && key != m.accountable, "joint", base::message("Somebody stands among the responsible ones twice."));
    for (const auto& key : m.coworkers)
        need(out, named.insert(key).second && key != m.accountable, "coworkers", base::message("Somebody stands among the responsible ones twice."));
    for (std::size_t i = 0; i < m.resources.size(); ++i) append(out, mistakes_in(m.resources[i], m.schedule), "resource-" + std::to_string(i) + "-");
    for (std::size_t i = 0; i < m.milestones.size(); ++i)
        append(out, mistakes_in(m.milestones[i], m.schedule), "milestone-" + std::to_string(i) + "-");
    return out;
}

}  // namespace measures
