#pragma once
#include "duties/view.h"

namespace duties {

// A deadline still ahead or just missed, as calendars show it.
using Deadline = Shown;
// Every due day of a judgement, by day; "not applicable" and periods after the validity have none.
std::vector<Deadline> deadlines_of(const Judgement&);

// RFC 5545: one event a deadline, with reminders; lines folded after 75 octets. `host` makes the ids unique.
std::string icalendar(const Loaded&, const std::vector<Deadline>&, const std::string& name, const std::string& host, base::Instant now,
                      const std::string& language);

// /fristen (list and month), /fristen.csv, /fristen.json, /fristen/{bearer}.ics
base::Result<http::Response> calendar_page(db::Database&, const http::Request&, const web::Context&);
base::Result<http::Response> calendar_csv(db::Database&, const http::Request&, const web::Context&);
base::Result<http::Response> calendar_json(db::Database&, const http::Request&, const web::Context&);
base::Result<http::Response> calendar_feed(db::Database&, const http::Request&, const web::Context&);

}  // namespace duties
