#pragma once
#include "organisations/store.h"
#include "platform/http/router.h"
#include "platform/web/site.h"

namespace organisations {

struct Wiring {
    // Raises the revision that kept pages depend on; runs in the transaction of the change.
    std::function<base::Result<void>(db::Connection&)> changed = [](db::Connection&) -> base::Result<void> { return {}; };
    // The five digits every municipality of the district begins with; empty when nobody has said.
    std::function<base::Result<std::string>(db::Connection&)> district = [](db::Connection&) -> base::Result<std::string> { return std::string(); };
    // A contact named for a topic came, changed or went: evidence of it is kept elsewhere.
    std::function<base::Result<void>(db::Connection&, const ContactPoint&, bool gone, const By&)> contact_changed =
        [](db::Connection&, const ContactPoint&, bool, const By&) -> base::Result<void> { return {}; };
    // More to show on an organisation's page for signed-in people: its seats in networks, when its record was confirmed.
    std::function<base::Result<web::Html>(db::Connection&, const web::Context&, const Organisation&)> more;
};

// /organisationen: list, tree, one organisation with its history and contacts, editing, renaming, merging; CSV and JSON.
void mount(http::Router&, web::Site&, db::Database&, Wiring);
// /organisationen/einlesen and the tables to download (CSV, XLSX).
void mount_import(http::Router&, web::Site&, db::Database&, const Wiring&);

}  // namespace organisations
