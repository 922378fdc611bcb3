#pragma once
#include "network/statement_rules.h"
#include "network/store.h"
#include "platform/http/router.h"
#include "platform/web/site.h"

namespace network {

// Something that is open and goes on to a successor.
struct Matter {
    web::Text kind;  // "Duty", "Measure", "Task of a meeting"
    std::string title, url, state;
    std::optional<base::Day> due;
};

// What others do with offices, and know of them; the arrows point this way, so they are handed in.
struct Wiring {
    // Raises the revision that kept pages depend on; runs in the transaction of the change.
    std::function<base::Result<void>(db::Connection&)> changed = [](db::Connection&) -> base::Result<void> { return {}; };
    // A term came, changed or went: evidence of it is kept elsewhere.
    std::function<base::Result<void>(db::Connection&, const Bearer& office, const Holding&, bool gone, const identity::Actor&, base::Instant)>
        term_changed =
            [](db::Connection&, const Bearer&, const Holding&, bool, const identity::Actor&, base::Instant) -> base::Result<void> { return {}; };
    // Where a statement of the concept stands ("/konzept/…"); empty where no plan the visitor may see has it. Of an empty plan: of any.
    std::function<base::Result<std::string>(db::Connection&, const web::Context&, const std::string& plan, const std::string& statement)>
        statement_url =
            [](db::Connection&, const web::Context&, const std::string&, const std::string&) -> base::Result<std::string> { return std::string(); };
    // What a task may come from, as the concepts are on a day; nothing: nobody knows, and every statement will do.
    std::function<base::Result<std::optional<Statements>>(db::Connection&, base::Day)> statements =
        [](db::Connection&, base::Day) -> base::Result<std::optional<Statements>> { return std::nullopt; };
    // Everything open an office has: duties, measures, tasks.
    std::function<base::Result<std::vector<Matter>>(db::Connection&, const web::Context&, const std::string& office)> open_matters =
        [](db::Connection&, const web::Context&, const std::string&) -> base::Result<std::vector<Matter>> { return std::vector<Matter>{}; };
};

// /stellen: offices, bodies, units and partners; who holds an office from when to when, its tasks, who acts for the holder, and the handover.
void mount(http::Router&, web::Site&, db::Database&, Wiring);
// The part of it about tasks, deputies and handovers.
void mount_offices(http::Router&, web::Site&, db::Database&, const Wiring&);
// /stellen/anschriften: the mail addresses of all offices on one page.
void mount_mailboxes(http::Router&, web::Site&, db::Database&, const Wiring&);
// /stellen/einlesen and the tables to download (CSV, XLSX).
void mount_import(http::Router&, web::Site&, db::Database&, const Wiring&);

}  // namespace network
