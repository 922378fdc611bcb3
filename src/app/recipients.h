#pragma once
// Who is written to for an office: reminders of duties and confirmations ask the same way.
#include "duties/reminders.h"

namespace app {

// An office with a mail address is written to there, whoever is in; else the people who work for it and have one. The sample's invented accounts
// have none.
base::Result<duties::Recipients> recipients(db::Connection&);

}  // namespace app
