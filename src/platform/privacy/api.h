#pragma once
// Data protection as code: which columns may hold personal data and why (Art. 30 GDPR), a proof that no other does, what is known about one person
// (Art. 15), erasing them to a stub (Art. 17), and what is removed after its time (Art. 5 (1) e).
#include <span>
#include <string>
#include <vector>

#include "platform/db/db.h"
#include "platform/identity/api.h"

namespace privacy {

// One processing activity of the register; its columns are the only places for personal data.
struct Activity {
    std::string_view key, title, purpose, legal_basis, persons, recipients, kept;
    std::span<const std::string_view> columns;  // "accounts.email"
};
std::span<const Activity> activities();
// The register as a document, made of the model.
std::string register_as_markdown();

struct Finding {
    std::string column;
    std::string what;  // English, for the terminal; never a value
};
struct Checked {
    std::size_t columns = 0, personal = 0;
    std::vector<Finding> findings;
};
// Every column of the database stands in the register or in the reviewed list, none in both, none that does not exist; and no text outside the register
// looks like an address for mail.
base::Result<Checked> check(db::Connection&);

// Everything kept about one account's owner as JSON; that it was read is itself recorded.
base::Result<std::string> about(db::Connection&, identity::AccountId, const identity::Actor& by, base::Instant now);

// The account stays as a stub without name, address and password, so that resolutions and evidence it recorded stay valid; the values of its own history
// are blanked. Only for a disabled account (conflict).
base::Result<void> erase(db::Connection&, identity::AccountId, const identity::Actor& by, base::Instant now);

struct Retention {
    std::string_view key, what;
    int days = 0;
    std::string_view table, condition;  // SQL with :before
};
std::span<const Retention> retentions();
struct Removed {
    std::string key;
    std::int64_t rows = 0;
};
enum class Run { dry, real };
base::Result<std::vector<Removed>> apply_retention(db::Connection&, Run, base::Instant now);

}  // namespace privacy
