#pragma once
// What is confirmed every year, and how: contacts of organisations, and memberships in networks and working groups. Offers, leaflets and rates join here.
#include "confirmation/pages.h"
#include "organisations/store.h"

namespace app {

confirmation::Kinds confirmation_kinds();
confirmation::Wiring confirmation_wiring(std::function<base::Result<void>(db::Connection&)> changed);
// A contact that came or changed is kept, one that went is dropped.
base::Result<void> keep_contact_current(db::Connection&, const organisations::ContactPoint&, bool gone, base::Instant now);
// Contacts a data set brought, and whoever sits in a network, are kept from the first run on; then reminders go out, and what nobody answers goes to
// the office.
base::Result<void> remind_of_confirmations(db::Database&, const base::Clock&);

}  // namespace app
