#pragma once
// What is kept about a person, for that person and for whoever answers for them; erasing; how long things are kept; the register of Art. 30 GDPR.
#include "platform/http/router.h"
#include "platform/web/site.h"

namespace db {
class Database;
}

namespace privacy {

void mount(http::Router&, web::Site&, db::Database&);

}  // namespace privacy
