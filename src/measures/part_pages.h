#pragma once
#include "measures/desk.h"
#include "measures/part_store.h"
#include "platform/web/form.h"

namespace measures {

// Relatives, files and notes of one measure, as sections of its page.
web::Html parts_html(const web::Context&, const Measure&, const Parts&, const std::vector<network::Bearer>&, bool may_edit);
// What is attached, as a download; the same for pages and for programs.
base::Result<http::Response> download_file(const Desk&, const web::Context&, const std::string& key, AttachmentId);
// Changing a resource or a milestone, dependencies, files, notes.
void mount_parts(http::Router&, const Desk&);

// Named after their fields, behind a prefix where several stand in one form.
web::Form& resource_inputs(web::Form&, const Fields& values, const std::string& prefix = {});
web::Form& milestone_inputs(web::Form&, const Fields& values, const std::string& prefix = {});

}  // namespace measures
