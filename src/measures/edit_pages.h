#pragma once
#include "measures/desk.h"

namespace measures {

// One measure with everything around it; `refused` is shown on top when a step or a small form was turned down.
base::Result<http::Response> show_page(const Desk&, const std::string& key, const web::Context&, const base::Error* refused);
// New, edit, steps, resources, milestones, evidence, reports.
void mount_editing(http::Router&, const Desk&);

}  // namespace measures
