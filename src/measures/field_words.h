#pragma once
// What the fields of a measure are called on pages, and how their values read there.
#include "measures/fields.h"
#include "platform/web/context.h"

namespace measures {

base::Message label_of_field(std::string_view field);  // "verantwortlich" → "Accountable"; also the fields of resources and milestones
// "asyl, soziales" as names, "2019-12-31" as a day, "yearly" as a word; "–" for nothing.
std::string shown_value(const web::Context&, const std::vector<network::Bearer>&, std::string_view field, const std::string& value);

}  // namespace measures
