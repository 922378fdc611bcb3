#pragma once
// What accounts are told by mail, in their own language. Inside platform/identity only. An account without an address is told nothing.
#include "platform/identity/store.h"

namespace identity {

base::Result<void> send_invitation(db::Connection&, const Account&, const std::string& token, base::Instant now);
base::Result<void> send_reset(db::Connection&, const Account&, const std::string& token, base::Instant now);
base::Result<void> tell_of_new_password(db::Connection&, const Account&, base::Instant now);
base::Result<void> tell_of_new_device(db::Connection&, const Account&, const std::string& device, base::Instant now);
base::Result<void> tell_of_failures(db::Connection&, const Account&, base::Instant now);  // once a day

// Whoever may run commands on the machine let somebody in again: the account and every administrator who can be reached learn of it.
base::Result<void> tell_of_break_glass(db::Connection&, const Account&, const base::Message& what, base::Instant now);

base::Result<void> tell_of_new_passkey(db::Connection&, const Account&, const std::string& name, base::Instant now);
base::Result<void> tell_of_copied_passkey(db::Connection&, const Account&, const std::string& name, base::Instant now);  // once a day

}  // namespace identity
