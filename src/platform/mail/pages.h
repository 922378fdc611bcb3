#pragma once
// For administrators: how mail leaves the house, a test mail, and the log.
#include "platform/http/router.h"
#include "platform/mail/sender.h"
#include "platform/web/site.h"

namespace mail {

// What a page shows of the periodic tasks; mail does not know who runs them.
struct TaskView {
    std::string name;
    base::Instant begun{};
    bool running = false;
    std::string failure;
};
struct PageParts {
    db::Database& database;
    SenderOptions sender;
    std::function<base::Result<std::vector<TaskView>>(db::Connection&)> tasks;
};
void mount(http::Router&, web::Site&, PageParts);

}  // namespace mail
