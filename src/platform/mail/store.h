#pragma once
// Outbox and settings in the database. Inside platform/mail, for its pages, and for the tests of those who queue.
#include <optional>
#include <vector>

#include "platform/identity/api.h"
#include "platform/mail/api.h"
#include "platform/mail/smtp.h"

namespace mail {

struct Settings {
    std::string host;  // empty: no mail leaves, it waits
    std::uint16_t port = 587;
    Security security = Security::starttls;
    std::string user;
    std::string from, from_name, reply_to;
    std::string public_address;
    std::chrono::minutes merge_within{10};
    bool usable() const { return !host.empty() && !from.empty(); }
};
base::Result<Settings> settings(db::Connection&);
base::Result<void> save_settings(db::Connection&, const Settings&, const identity::Actor& by, base::Instant now);

using MailId = base::Id<struct MailTag>;
enum class State { queued, sent, given_up, withheld };
std::string_view name_of(State);

struct Queued {
    MailId id;
    Message message;
    State state = State::queued;
    base::Instant queued_at{}, due_at{};
    std::int64_t attempts = 0;
    std::optional<base::Instant> finished_at;
    MailId sent_with;
    std::string failure;
};
// Newest first.
base::Result<std::vector<Queued>> log(db::Connection&, std::int64_t limit, MailId older_than = {});
base::Result<Queued> mail(db::Connection&, MailId);

// What is due, in groups that leave as one mail, claimed until that moment so that no other process sends it, too.
using Group = std::vector<Queued>;
base::Result<std::vector<Group>> claim_due(db::Connection&, const Settings&, base::Instant now, base::Instant until, std::int64_t most);

base::Result<void> finish(db::Connection&, const Group&, State, const std::string& failure, base::Instant now);
// Not tried after all: the program stops.
base::Result<void> release(db::Connection&, const Group&);
base::Result<void> try_later(db::Connection&, const Group&, base::Instant due, const std::string& failure);
// Removes log entries that ended before that moment.
base::Result<std::int64_t> forget(db::Connection&, base::Instant ended_before);

}  // namespace mail
