#pragma once
#include "groups/store.h"
#include "platform/http/router.h"
#include "platform/web/site.h"

namespace groups {

struct Wiring {
    // Raises the revision that kept pages depend on; runs in the transaction of the change.
    std::function<base::Result<void>(db::Connection&)> changed = [](db::Connection&) -> base::Result<void> { return {}; };
    // When a membership was confirmed last and by whom: "confirmed on … by …"; empty when it never was.
    std::function<base::Result<std::string>(db::Connection&, const web::Context&, TermId)> confirmed =
        [](db::Connection&, const web::Context&, TermId) -> base::Result<std::string> { return std::string(); };
    // Where a statement of the concept stands; empty where no plan the visitor may see has it.
    std::function<base::Result<std::string>(db::Connection&, const web::Context&, const std::string& statement)> statement_url =
        [](db::Connection&, const web::Context&, const std::string&) -> base::Result<std::string> { return std::string(); };
};

// /netzwerke: networks, working groups and rounds with their seats, gaps, invitations, meetings, minutes and what they were given.
void mount(http::Router&, web::Site&, db::Database&, Wiring);

}  // namespace groups
