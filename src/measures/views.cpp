#include "measures/views.h"

namespace measures {
using base::message;

web::Html gate_html(const web::Context& context, const Gate& gate) {
    return web::render(context, "measures/gate.tpl", [&](web::View& view) {
        view.set("GRADE", web::chip(context, tone_of(gate.grade), label_of(gate.grade)));
        view.list("RULE", gate.verdicts, [&](web::View& row, const Verdict& verdict) {
            row.set("NAME", name_of(verdict.rule));
            row.set("TITLE", title_of(verdict.rule));
            row.set("CLAUSE", clause_of(verdict.rule));
            row.set("MARK", verdict.satisfied
                                ? web::chip(context, web::ChipTone::success, message("satisfied"))
                                : web::chip(context, verdict.required ? web::ChipTone::warning : web::ChipTone::neutral, message("missing")));
            row.show_if("OPTIONAL", !verdict.required);
            if (verdict.satisfied) return;
            row.set("FINDING", verdict.finding);
            row.set("REMEDY", verdict.remedy);
            row.show("FINDING");
        });
    });
}

web::Html flags_html(const web::Context& context, const Flags& flags) {
    web::Html out;
    const auto add = [&](bool there, web::ChipTone tone, const base::Message& text) {
        if (there) out += web::chip(context, tone, text) + web::Html::text(" ");
    };
    add(flags.overdue, web::ChipTone::danger, message("past its date"));
    add(flags.due_soon, web::ChipTone::warning, message("due within 30 days"));
    add(flags.missed_period.has_value(), web::ChipTone::warning, message("last period not proven"));
    add(flags.at_risk(), web::ChipTone::warning, message("at risk"));
    add(flags.incomplete, web::ChipTone::neutral, message("incomplete"));
    add(flags.stale, web::ChipTone::warning, message("no current report"));
    return out;
}

std::string day_or_dash(const web::Context& context, const std::optional<base::Day>& day) { return day ? context.format(*day) : "–"; }

std::string what_of(const web::Context& context, const Resource& r) {
    const auto with_source = [&](const std::string& what) { return r.source.empty() ? what : what + ", " + r.source; };
    switch (r.kind) {
        case ResourceKind::budget: return with_source(r.budget_line);
        case ResourceKind::post_share: return with_source(i18n::format_decimal(context.language, r.post_permille / 1000.0, 2));
        case ResourceKind::funded_project:
            return with_source(
                context.say(message("{project}, until {day}", {{"project", r.project}, {"day", day_or_dash(context, r.project_ends_on)}})));
        case ResourceKind::in_kind: return r.description;
        case ResourceKind::no_extra_means:
            return r.confirmed_by.empty() ? context.say(message("declared, not yet confirmed"))
                                          : context.say(message("confirmed on {day}", {{"day", day_or_dash(context, r.confirmed_on)}}));
    }
    return {};
}

std::string goal_text(const web::Context& context, const Goal& goal) {
    const auto language = i18n::code(context.language);
    auto text = context.say(label_of(goal.direction)) + " " + goal.value.text(language);
    if (goal.upper) text += " – " + goal.upper->text(language);
    return text + " " + goal.unit;
}

std::string name_of_bearer(const web::Context& context, const std::vector<network::Bearer>& bearers, const std::string& key) {
    for (const auto& bearer : bearers)
        if (bearer.key == key) return bearer.name.in(i18n::code(context.language));
    return key.empty() ? "–" : key;
}

}  // namespace measures
