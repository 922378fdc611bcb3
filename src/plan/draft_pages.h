#pragma once
#include "plan/pages.h"

namespace plan {

// Upload, preview, mending, adoption: for those who steer.
void mount_drafts(http::Router&, web::Site&, db::Database&, const Hooks&);
// Statements one by one: confirming, mending, adding what the import missed.
void mount_statements(http::Router&, web::Site&, db::Database&, const Hooks&);
// Where the clauses of a concept come from.
void mount_lineage(http::Router&, web::Site&, db::Database&, const Hooks&);

}  // namespace plan
