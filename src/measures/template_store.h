#pragma once
// Templates of measures: a municipality's own, kept until they are withdrawn.
#include "measures/copy_rules.h"
#include "measures/store.h"

namespace measures {

using TemplateId = base::Id<struct MeasureTemplateTag>;
struct Template {
    TemplateId id;
    std::string name;
    Fields fields;
    bool sample = false;
};

base::Result<std::vector<Template>> templates(db::Connection&);
base::Result<Template> find_template(db::Connection&, TemplateId);  // not_found
// A new one without an id. Days and choices may be places to fill, so only what nobody could mend later is refused.
base::Result<TemplateId> save_template(db::Connection&, const Template&, const By&);
base::Result<void> withdraw_template(db::Connection&, TemplateId, const By&);
base::Result<void> remove_sample_templates(db::Connection&);

// The measures of a year as proposals of another, all or none of them.
base::Result<std::size_t> copy_all(db::Connection&, const std::vector<std::string>& keys, int years, const By&);

}  // namespace measures
