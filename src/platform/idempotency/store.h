#pragma once
#include <atomic>

#include "platform/base/day.h"
#include "platform/db/db.h"
#include "platform/http/idempotency.h"

namespace idempotency {

// First answers in the database: they outlive a restart and hold for all server processes. A process that dies while it does the work leaves its key
// claimed, as nobody knows how far it came: a duplicate is refused (409) until the key is forgotten.
class DatabaseStore : public http::IdempotencyStore {
  public:
    DatabaseStore(db::Database&, const base::Clock&);  // both must outlive the store
    base::Result<Claim> claim(const std::string& key, const std::string& fingerprint) override;
    base::Result<void> finish(const std::string& key, const http::Response& answer) override;
    base::Result<void> abandon(const std::string& key) override;

    // Forgets what began before `moment`; answers how many. claim() does it by itself, once an hour.
    base::Result<std::int64_t> forget(base::Instant before);

  private:
    db::Database& database_;
    const base::Clock& clock_;
    std::atomic<std::int64_t> last_forgotten_{0};  // hours since 1970
};

// A response's header fields as lines of text and back.
std::string lines_of(const http::Headers&);
http::Headers headers_of(std::string_view lines);

}  // namespace idempotency
