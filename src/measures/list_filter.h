#pragma once
// The filter of the list as it stands in the address, so that every view can be linked and written to a file.
#include "measures/desk.h"
#include "measures/list_columns.h"

namespace measures {

Filter filter_of(const http::Fields& query, Audience, base::Day today);
Filter filter_of(const http::Fields& query, const web::Context&);
// "Ziffer" alone means the concept in force.
base::Result<void> complete(db::Connection&, Filter&);
std::string plan_in_force(const std::vector<plan::PlanView>&);  // the newest that is adopted
Sort sort_named(std::string_view);                              // "nummer", "titel" …

}  // namespace measures
