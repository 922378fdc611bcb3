#pragma once
#include "plan/pages.h"

namespace plan {

// Upload, preview, mending, adoption: for those who steer.
void mount_drafts(http::Router&, web::Site&, db::Database&, const Hooks&);

}  // namespace plan
