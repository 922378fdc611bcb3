#pragma once
// The page of an office, body, unit or partner, with the small forms of an office on it.
#include "network/pages.h"
#include "platform/web/form.h"

namespace network {

base::Message sentence_of(OfficeRisk);
inline std::string url_of(const Bearer& bearer) { return "/stellen/" + bearer.key; }

// With what one of its forms was refused for, if one was.
base::Result<http::Response> show_page(db::Database&, const Wiring&, const web::Context&, const Bearer&, const web::Refused*);
// Tasks, deputies and handovers of an office.
base::Result<web::Html> office_panels(db::Connection&, const Wiring&, const web::Context&, const Bearer&, const web::Refused*);

}  // namespace network
