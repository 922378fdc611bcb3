#pragma once
#include "duties/view.h"

namespace duties {

// /pflichten/neu: a duty composed from parts, with the live sentence and a preview of how it would have judged the past.
base::Result<http::Response> compose_form(db::Database&, const http::Request&, const web::Context&);
base::Result<http::Response> compose(db::Database&, const base::Clock&, const http::Request&, const web::Context&);
// POST /pflichten/satz: the sentence and how it would have judged the past, for partial updates.
base::Result<http::Response> live_sentence(db::Database&, const http::Request&, const web::Context&);

}  // namespace duties
