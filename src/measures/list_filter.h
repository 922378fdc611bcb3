#pragma once
// The filter of the list as it stands in the address, so that every view can be linked, kept and written to a file.
#include "measures/desk.h"
#include "platform/web/url.h"

namespace measures {

Filter filter_of(const http::Fields& query, const web::Context&);
// "Ziffer" alone means the concept in force.
base::Result<void> complete(db::Connection&, Filter&);
// The parts of an address that filter or sort, in order, without page: what is kept under a name.
std::string filter_query(const http::Fields& query);
Sort sort_named(std::string_view);  // "nummer", "titel" …

}  // namespace measures
