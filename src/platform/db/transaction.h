#pragma once
// What a transaction is on both engines (inside platform/db only).
#include <optional>

#include "platform/db/db.h"

namespace db {

// Keeps the first failure of a transaction, so that SQLite, which would go on, behaves like PostgreSQL, which does not.
class Transaction : public Connection {
  public:
    base::Result<void> savepoint(const std::function<base::Result<void>()>& work) final;
    const std::optional<base::Error>& broken() const { return broken_; }

  protected:
    virtual base::Result<void> command(const char* sql) = 0;  // begin, savepoint and the like; also when broken
    base::Result<void> refuse_if_broken() const {
        if (broken_) return tl::unexpected(*broken_);
        return {};
    }
    tl::unexpected<base::Error> breaks(base::Error error) {
        if (!broken_) broken_ = error;
        return tl::unexpected(std::move(error));
    }
    void begin_anew() {
        broken_.reset();
        depth_ = 0;
    }

  private:
    std::optional<base::Error> broken_;
    int depth_ = 0;
};

// Knows which transaction the calling thread is in.
class PooledDatabase : public Database {
  protected:
    base::Result<void> run(Access, const std::function<base::Result<void>(Connection&)>& work) final;
    // One attempt after the other, until it is committed or given up.
    virtual base::Result<void> transact(Access, const std::function<base::Result<void>(Connection&)>& work) = 0;
};

}  // namespace db
