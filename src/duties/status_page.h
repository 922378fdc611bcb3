#pragma once
#include "duties/view.h"

namespace duties {

// /umsetzung: the plan's tree with states, figures, a chart by chapter, what changed within a month.
base::Result<http::Response> status_page(db::Database&, const http::Request&, const web::Context&);
// /pflichten: every duty as it stands, and all of it as CSV and JSON.
base::Result<http::Response> duties_page(db::Database&, const http::Request&, const web::Context&);
base::Result<http::Response> duties_csv(db::Database&, const http::Request&, const web::Context&);
base::Result<http::Response> duties_json(db::Database&, const http::Request&, const web::Context&);

// A day a month earlier; the last of its month where that has no such day.
base::Day month_before(base::Day);

}  // namespace duties
