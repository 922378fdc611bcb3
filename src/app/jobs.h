#pragma once
#include "platform/identity/accounts.h"
#include "platform/jobs/api.h"
#include "platform/mail/sender.h"

namespace app {

// The one list of what the program does without being asked.
void add_jobs(jobs::Runner&, db::Database&, const base::Clock&, identity::Accounts&, mail::SenderOptions);

}  // namespace app
