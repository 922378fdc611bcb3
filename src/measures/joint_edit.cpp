#include "measures/joint_edit.h"

#include "measures/field_words.h"
#include "measures/labels.h"
#include "measures/views.h"

namespace measures {
namespace {

using base::message;

constexpr std::string_view opened_prefix = "vorher_", resource_prefix = "mittel-", milestone_prefix = "meilenstein-";

const std::vector<std::string>& names_of(bool resource) { return resource ? resource_field_names() : milestone_field_names(); }

std::string prefix_of(const Resource& r) { return std::string(resource_prefix) + std::to_string(r.id.value) + "-"; }
std::string prefix_of(const Milestone& m) { return std::string(milestone_prefix) + std::to_string(m.id.value) + "-"; }

std::string name_of_part(const web::Context& context, const Resource& r) {
    const auto what = what_of(context, r);
    return context.say(label_of(r.kind)) + (what.empty() ? "" : " " + what) + (r.year ? " " + std::to_string(*r.year) : "");
}
std::string name_of_part(const web::Context& context, const Milestone& m) { return m.title.in(i18n::code(context.language)); }

// "mittel-12-geplant" → 12; 0 where it is none.
std::int64_t id_in(std::string_view name, std::string_view prefix) {
    if (!name.starts_with(prefix)) return 0;
    std::int64_t id = 0;
    for (const char ch : name.substr(prefix.size(), 15)) {
        if (ch == '-') return id;
        if (ch < '0' || ch > '9') return 0;
        id = id * 10 + (ch - '0');
    }
    return 0;
}

void carry(web::Form& form, const std::string& prefix, const Fields& now) {
    for (const auto& [name, value] : now) form.hidden(std::string(opened_prefix).append(prefix).append(name), value);
}

}  // namespace

std::vector<PartInput> parts_in(const http::Fields& form) {
    std::vector<PartInput> out;
    for (const bool resource : {true, false}) {
        const auto kind = resource ? resource_prefix : milestone_prefix;
        std::set<std::int64_t> ids;
        for (const auto& [name, value] : form.items())
            if (const auto id = id_in(name, kind); id != 0) ids.insert(id);
        for (const auto id : ids) {
            PartInput part{resource, id, std::string(kind) + std::to_string(id) + "-", {}, {}};
            for (const auto& name : names_of(resource)) {
                if (form.has(part.prefix + name)) part.mine[name] = form.get(part.prefix + name);
                const auto before = std::string(opened_prefix) + part.prefix + name;
                if (form.has(before)) part.opened[name] = form.get(before);
            }
            out.push_back(std::move(part));
        }
    }
    return out;
}

base::Result<void> save_parts(db::Connection& c, const std::string& key, const std::vector<PartInput>& parts, const By& by) {
    base::Error all{base::ErrorKind::invalid_input, "parts of a measure refused", {}, "fields"};
    for (const auto& part : parts) {
        // A day may have been typed "31.12.2020" where "2020-12-31" stood: what counts is whether it means something else.
        const auto same = [&](const auto& field) {
            const auto at = part.opened.find(field.first);
            if (at == part.opened.end()) return false;
            const auto was = base::parse_day(at->second), is = base::parse_day(field.second);
            return at->second == field.second || (was && is && *was == *is);
        };
        if (std::all_of(part.mine.begin(), part.mine.end(), same)) continue;
        const auto done = part.resource ? change_resource(c, key, ResourceId{part.id}, part.opened, part.mine, by)
                                        : change_milestone(c, key, MilestoneId{part.id}, part.opened, part.mine, by);
        if (done) continue;
        if (done.error().kind == base::ErrorKind::not_found)
            return base::error({base::ErrorKind::conflict, "somebody withdrew this part in between", {}, "version"});
        if (done.error().fields.empty()) return tl::unexpected(done.error());
        for (auto mistake : done.error().fields) {
            mistake.field = part.prefix + mistake.field;
            all.fields.push_back(std::move(mistake));
        }
    }
    if (!all.fields.empty()) return base::error(std::move(all));
    return {};
}

void part_inputs(web::Form& form, const web::Context& context, const Measure& m, bool unfolded) {
    if (!m.resources.empty()) {
        fold(form, context, message("Change its resources"), m.resources.size(), unfolded);
        for (const auto& r : m.resources) {
            const auto now = fields_of(r);
            form.group(web::Text(name_of_part(context, r)));
            carry(form, prefix_of(r), now);
            resource_inputs(form, now, prefix_of(r)).end_group();
        }
        end_fold(form);
    }
    if (m.milestones.empty()) return;
    fold(form, context, message("Change its milestones"), m.milestones.size(), unfolded);
    for (const auto& milestone : m.milestones) {
        const auto now = fields_of(milestone);
        form.group(web::Text(name_of_part(context, milestone)));
        carry(form, prefix_of(milestone), now);
        milestone_inputs(form, now, prefix_of(milestone)).end_group();
    }
    end_fold(form);
}

std::vector<PartClash> merge_parts(const web::Context& context, const Measure& now, const std::vector<PartInput>& parts, http::Fields& typed) {
    std::vector<PartClash> out;
    for (const auto& part : parts) {
        std::optional<Fields> theirs;
        std::string label;
        if (part.resource) {
            for (const auto& r : now.resources)
                if (r.id.value == part.id) theirs = fields_of(r), label = name_of_part(context, r);
        } else {
            for (const auto& m : now.milestones)
                if (m.id.value == part.id) theirs = fields_of(m), label = name_of_part(context, m);
        }
        if (!theirs) {
            // Withdrawn in between: what was typed stays to be read, and can be added anew.
            for (const auto& [name, value] : part.mine) {
                const auto before = part.opened.find(name);
                if (before == part.opened.end() || before->second == value) continue;
                out.push_back({context.say(part.resource ? message("Resource") : message("Milestone")) + ": " + context.say(label_of_field(name)),
                               name, before->second, context.say(message("withdrawn")), value});
            }
            continue;
        }
        const auto merged = merge(names_of(part.resource), part.opened, *theirs, part.mine);
        for (const auto& [name, value] : merged.fields) typed.add(part.prefix + name, as_typed(value));
        for (const auto& clash : merged.clashes)
            out.push_back({label + ": " + context.say(label_of_field(clash.field)), clash.field, clash.base, clash.theirs, clash.mine});
    }
    return out;
}

void fold(web::Form& form, const web::Context& context, const base::Message& title, std::size_t count, bool unfolded) {
    form.html(web::Html::trusted(std::string("<details class=\"app-details\"") + (unfolded ? " open" : "") + "><summary>" +
                                 web::escape(context.say(title) + " (" + std::to_string(count) + ")") + "</summary>"));
}

void end_fold(web::Form& form) { form.html(web::Html::trusted("</details>")); }

std::string as_typed(const std::string& value) {
    const auto day = base::parse_iso_day(value);
    return day ? i18n::format_day(i18n::Language::de, *day) : value;
}

}  // namespace measures
