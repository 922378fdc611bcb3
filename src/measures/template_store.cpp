#include "measures/template_store.h"

#include <boost/json.hpp>

#include <algorithm>

#include "measures/input_rules.h"
#include "platform/audit/api.h"

namespace measures {
namespace {

using base::message;

Fields fields_in(const std::string& json) {
    Fields out;
    boost::system::error_code failed;
    const auto value = boost::json::parse(json, failed);
    if (failed || !value.is_object()) return out;
    for (const auto& [name, text] : value.as_object())
        if (text.is_string()) out[std::string(name)] = std::string(text.as_string());
    return out;
}
std::string as_json(const Fields& fields) {
    boost::json::object out;
    for (const auto& [name, value] : fields)
        if (!value.empty()) out[name] = value;
    return boost::json::serialize(out);
}
Template template_in(const db::Row& row) {
    return {row.id<TemplateId>("id"), row.text("name"), fields_in(row.text("fields")), row.boolean("sample")};
}
audit::Values values_of(const Template& t) {
    audit::Values out{{"name", t.name}};
    for (const auto& name : template_field_names())
        if (const auto at = t.fields.find(name); at != t.fields.end() && !at->second.empty()) out.emplace_back(name, at->second);
    return out;
}
base::Result<void> noted(db::Connection& c, const By& by, TemplateId id, std::string action, audit::Values before, audit::Values after) {
    return audit::record(c, by.actor, by.now, "measures.template", std::to_string(id.value), std::move(action), std::move(before), std::move(after));
}

}  // namespace

base::Result<std::vector<Template>> templates(db::Connection& c) {
    return c.query<Template>("select id, name, fields, sample from measure_templates where withdrawn_at is null order by name, id", {}, template_in);
}

base::Result<Template> find_template(db::Connection& c, TemplateId id) {
    TRY(auto found, c.query_one<Template>("select id, name, fields, sample from measure_templates where id = :id and withdrawn_at is null",
                                          {{"id", id}}, template_in));
    if (!found) return base::error(base::ErrorKind::not_found, "no such template");
    return std::move(*found);
}

base::Result<TemplateId> save_template(db::Connection& c, const Template& t, const By& by) {
    base::Error refused{base::ErrorKind::invalid_input, "template refused", {}, "template"};
    if (t.name.empty() || t.name.size() > 120) refused.fields.push_back({"name", message("Give the template a name of at most 120 characters."), 0});
    if (const auto title = t.fields.find("titel"); title == t.fields.end() || title->second.empty())
        refused.fields.push_back({"titel", message("Enter a title."), 0});
    std::size_t size = 0;
    for (const auto& [name, text] : t.fields) size += text.size();
    if (size > 50'000) refused.fields.push_back({"beschreibung", message("This text is too long."), 0});
    if (!refused.fields.empty()) return base::error(std::move(refused));
    if (t.id) {
        TRY(const auto before, find_template(c, t.id));
        TRY_VOID(c.execute("update measure_templates set name = :name, fields = :fields, changed_at = :now where id = :id",
                           {{"name", t.name}, {"fields", as_json(t.fields)}, {"now", by.now}, {"id", t.id}}));
        TRY_VOID(noted(c, by, t.id, "change", values_of(before), values_of(t)));
        return t.id;
    }
    TRY(const auto id,
        c.insert<TemplateId>("insert into measure_templates (name, fields, changed_at, sample) values (:name, :fields, :now, :sample) returning id",
                             {{"name", t.name}, {"fields", as_json(t.fields)}, {"now", by.now}, {"sample", t.sample}}));
    TRY_VOID(noted(c, by, id, "create", {}, values_of(t)));
    return id;
}

base::Result<void> withdraw_template(db::Connection& c, TemplateId id, const By& by) {
    TRY(const auto before, find_template(c, id));
    TRY_VOID(c.execute("update measure_templates set withdrawn_at = :now where id = :id", {{"now", by.now}, {"id", id}}));
    return noted(c, by, id, "withdraw", values_of(before), {});
}

base::Result<void> remove_sample_templates(db::Connection& c) {
    TRY_VOID(c.execute("delete from measure_templates where sample = :yes", {{"yes", true}}));
    return {};
}

base::Result<std::size_t> copy_all(db::Connection& c, const std::vector<std::string>& keys, int years, const By& by) {
    base::Error refused{base::ErrorKind::invalid_input, "copies refused", {}, "copy"};
    std::vector<Measure> copies;
    for (const auto& key : keys) {
        TRY(const auto dossier, find(c, key));
        copies.push_back(copied(dossier.measure, years, by.today));
        for (auto& mistake : mistakes_in(copies.back())) refused.fields.push_back({key, std::move(mistake.message), 0});
    }
    if (copies.empty()) refused.fields.push_back({"", message("Choose at least one measure."), 0});
    if (!refused.fields.empty()) return base::error(std::move(refused));
    const auto count = copies.size();
    TRY_VOID(create_all(c, std::move(copies), by));
    return count;
}

}  // namespace measures
