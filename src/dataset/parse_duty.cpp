#include "dataset/parse_duty.h"

#include "duties/rule_fields.h"

namespace dataset {
namespace {

const std::vector<std::string> modalities{"obligation", "conditional_obligation", "power", "effort", "declaration"};
const std::vector<std::string> origin_parts{"rule", "threshold", "period", "due", "freshness", "set", "answer", "grace"};
const std::vector<std::string> origin_kinds{"wording", "resolution", "assumption"};
const std::vector<std::string> rule_keys{
    "evidence", "filter", "aggregate",     "comparison",    "threshold",      "each",       "each_by", "population",
    "period",   "due",    "due_month_day", "due_next_year", "due_after_days", "fresh_days", "request", "answer_within_days"};

duties::Rule parse_rule(Reader& r) {
    // Asked for by name, so that a misspelt key is found here, with the line of the key.
    for (const auto& key : rule_keys) r.has(key);
    r.finish();
    auto fields = r.fields();
    for (auto it = fields.begin(); it != fields.end();) {
        const auto name = it->first.substr(0, it->first.find('.'));
        it = std::find(rule_keys.begin(), rule_keys.end(), name) == rule_keys.end() ? fields.erase(it) : std::next(it);
    }
    auto rule = duties::parse_rule(fields);
    if (rule) return std::move(*rule);
    for (auto& mistake : rule.error().fields) r.mistake(mistake.field.substr(0, mistake.field.find('.')), std::move(mistake.message));
    return {};
}

duties::Origin parse_origin(Reader& r) {
    duties::Origin out;
    out.part = r.choice<duties::OriginPart>("part", origin_parts, duties::origin_part_named);
    out.kind = r.choice<duties::OriginKind>("kind", origin_kinds, duties::origin_kind_named);
    out.quote = r.bilingual("quote");
    out.resolution = r.text("number");
    out.on = r.day("on");
    out.note = r.bilingual("note");
    return out;
}

}  // namespace

duties::Duty parse_duty(Reader& r) {
    duties::Duty out;
    out.key = r.text("key", Need::required);
    out.plan = r.text("plan", Need::required);
    out.statement = r.text("statement", Need::required);
    out.title = r.bilingual("title", Need::required);
    out.bearer = r.text("bearer", Need::required);
    out.joint = r.texts("joint");
    if (std::find(out.joint.begin(), out.joint.end(), out.bearer) != out.joint.end())
        r.mistake("joint", base::message("“{bearer}” bears the duty already; “joint” names the others.", {{"bearer", out.bearer}}));
    if (r.has("modality")) out.modality = r.choice<plan::Modality>("modality", modalities, plan::modality_named);
    out.valid_from = r.day("valid_from").value_or(not_written);
    out.valid_until = r.day("valid_until");
    out.grace_days = static_cast<int>(r.integer("grace_days", 0, 0, 3650));
    out.due_soon_days = static_cast<int>(r.integer("due_soon_days", 30, 0, 3650));
    if (r.has("reminder_days")) out.reminder_days = r.integers("reminder_days", 0, 3650);
    out.published = r.boolean("published", false);
    out.depends_on = r.texts("depends_on");
    bool has_rule = false;
    const auto mistakes_before = r.mistake_count();
    r.table("rule", "[duty.rule]", [&](Reader& t) {
        has_rule = true;
        out.rule = parse_rule(t);
    });
    if (!has_rule) r.mistake("rule", base::message("{table} needs “{key}”.", {{"table", "[[duty]]"}, {"key", "[duty.rule]"}}));
    std::map<std::string, Place> origin_places;
    r.tables("origin", "[[duty.origin]]", [&](Reader& t) {
        out.origins.push_back(parse_origin(t));
        origin_places.emplace(t.quiet_text("part"), t.place());
    });
    // Only when its parts could be read: otherwise one mistake would be told twice.
    if (r.mistake_count() == mistakes_before && has_rule) {
        auto filled = out;
        if (filled.valid_from == not_written) filled.valid_from = base::day(1000, 1, 1);
        for (auto& mistake : duties::mistakes_in(filled)) {
            const auto dot = mistake.field.find('.');
            const auto origin = dot == std::string::npos ? origin_places.end() : origin_places.find(mistake.field.substr(dot + 1));
            if (origin != origin_places.end())
                r.mistake_at(origin->second, std::move(mistake.message));
            else
                r.mistake(mistake.field, std::move(mistake.message));
        }
    }
    return out;
}

}  // namespace dataset
