#pragma once
#include "duties/view.h"

namespace duties {

// /pflichten/{key}: the sentence, the words in the concept, all periods with their evidence, what is missing, what was decided.
base::Result<http::Response> duty_page(db::Database&, const http::Request&, const web::Context&);
// POST /pflichten/{key}/verzicht, /verlaengerung, /erklaerung, /veroeffentlichung.
base::Result<http::Response> create_waiver(db::Database&, const base::Clock&, const http::Request&, const web::Context&);
base::Result<http::Response> create_extension(db::Database&, const base::Clock&, const http::Request&, const web::Context&);
base::Result<http::Response> create_explanation(db::Database&, const base::Clock&, const http::Request&, const web::Context&);
base::Result<http::Response> change_publication(db::Database&, const base::Clock&, const http::Request&, const web::Context&);

}  // namespace duties
