#pragma once
// The job that empties the outbox.
#include <functional>

#include "platform/mail/store.h"

namespace mail {

struct SenderOptions {
    std::string password_file;  // the secret is read when it is needed, so that a new one needs no restart
    std::string ca_file;
    // Whether this address gets mail at all: an account that is disabled does not. Asked at the last moment.
    std::function<base::Result<bool>(db::Connection&, const std::string& address)> may_receive;
    std::function<bool()> stopping = [] { return false; };
};

class Sender {
  public:
    Sender(db::Database& database, const base::Clock& clock, SenderOptions options)
        : database_(database), clock_(clock), options_(std::move(options)) {}
    // Sends what is due. Without settings mail waits; that is not an error.
    base::Result<void> run();
    // At once, past the outbox, and says what went wrong: the test mail of the settings page.
    base::Result<void> send_now(const Settings&, const Message&) const;

  private:
    base::Result<Server> server_of(const Settings&) const;
    base::Result<void> send(const Settings&, const Server&, const Group&);

    db::Database& database_;
    const base::Clock& clock_;
    const SenderOptions options_;
};

// Pure: when to try again after so many failed attempts; nothing: give up (after about a day and a half).
std::optional<std::chrono::minutes> wait_after(std::int64_t attempts);
// Pure: several messages of one topic as one mail.
Message merged(const Group&);

}  // namespace mail
