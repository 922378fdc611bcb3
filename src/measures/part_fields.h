#pragma once
// Resources and milestones as named texts, as their forms send them, so that two people's changes of the same one can be joined.
#include "measures/fields.h"

namespace measures {

const std::vector<std::string>& resource_field_names();
Fields fields_of(const Resource&);
// The resource with every field that is present changed; every mistake at its field. A confirmed "no extra means" whose reason changes has to be
// confirmed again.
base::Result<Resource> with_fields(const Resource&, const Fields&, const Schedule&);

const std::vector<std::string>& milestone_field_names();
Fields fields_of(const Milestone&);
base::Result<Milestone> with_fields(const Milestone&, const Fields&, const Schedule&, base::Day today);

}  // namespace measures
