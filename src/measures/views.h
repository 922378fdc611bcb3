#pragma once
// Parts of pages that more than one page shows.
#include "measures/labels.h"
#include "measures/store.h"
#include "platform/web/page.h"

namespace measures {

web::Html gate_html(const web::Context&, const Gate&);
// "overdue", "due soon", "last period not proven", "at risk", "incomplete", "no current report" as chips.
web::Html flags_html(const web::Context&, const Flags&);
std::string day_or_dash(const web::Context&, const std::optional<base::Day>&);
// How a resource reads: "3.1.5.30, Kreishaushalt", "0,5".
std::string what_of(const web::Context&, const Resource&);
std::string goal_text(const web::Context&, const Goal&);
std::string name_of_bearer(const web::Context&, const std::vector<network::Bearer>&, const std::string& key);

}  // namespace measures
