#pragma once
#include "app/serve.h"
#include "platform/jobs/api.h"

namespace app {

// The one list of what the program does without being asked.
void add_jobs(jobs::Runner&, db::Database&, const base::Clock&, const ServeOptions&);

}  // namespace app
