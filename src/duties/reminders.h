#pragma once
// The job that reminds: judges every duty, and queues what is due. It may run as often as it likes; every mail has a key and leaves once.
#include "duties/reminder_rules.h"
#include "duties/store.h"
#include "platform/http/router.h"
#include "platform/i18n/language.h"
#include "platform/identity/api.h"
#include "platform/web/site.h"

namespace duties {

base::Result<ReminderRule> reminder_rule(db::Connection&);
base::Result<void> save_reminder_rule(db::Connection&, const ReminderRule&, const identity::Actor& by, base::Instant now);

// Whoever gets mail for an office; duties know no accounts.
struct Recipient {
    std::string address, name;
    i18n::Language language = i18n::default_language;
};
struct Recipients {
    std::map<std::int64_t, std::vector<Recipient>> of_office;  // by network::BearerId
    std::vector<Recipient> officers;                           // the integration officer's accounts
};
// Of the office, else of the nearest unit above it; for the head: of the unit above. Pure.
std::vector<Recipient> recipients_of(Instance, const std::string& bearer, const std::vector<network::Bearer>&, const Recipients&);

struct RemindersDue {
    int reminders = 0, monday = 0;
};
base::Result<RemindersDue> remind(db::Connection&, const Recipients&, base::Day today, base::Instant now);

// The page where an administrator sets the days.
void mount_reminders(http::Router&, web::Site&, db::Database&);

}  // namespace duties
