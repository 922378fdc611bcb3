#include "platform/db/transaction.h"

#include <fmt/format.h>

#include "platform/db/failure.h"

namespace db {

base::Result<void> Transaction::savepoint(const std::function<base::Result<void>()>& work) {
    TRY_VOID(refuse_if_broken());
    const int level = ++depth_;
    TRY_VOID(command(fmt::format("savepoint level_{}", level).c_str()));
    auto done = work();
    depth_ = level - 1;
    if (done && !broken_) return command(fmt::format("release savepoint level_{}", level).c_str());

    base::Error error = done ? *broken_ : done.error();
    if (failure_of(error) == Failure::connection) return breaks(std::move(error));  // nothing is left to roll back
    broken_.reset();
    TRY_VOID(command(fmt::format("rollback to savepoint level_{}", level).c_str()));
    TRY_VOID(command(fmt::format("release savepoint level_{}", level).c_str()));
    return tl::unexpected(std::move(error));
}

namespace {

struct Current {
    const Database* database;
    Connection* connection;
    bool writing;
};
thread_local std::vector<Current> current;

}  // namespace

base::Result<void> PooledDatabase::run(Access access, const std::function<base::Result<void>(Connection&)>& work) {
    const bool writing = access == Access::write;
    for (auto i = current.rbegin(); i != current.rend(); ++i) {
        if (i->database != this) continue;
        if (!writing) return work(*i->connection);
        if (i->writing) return tl::unexpected(failed(Failure::other, "a write was begun inside a write"));
    }
    return transact(access, [&](Connection& connection) -> base::Result<void> {
        struct Entered {
            explicit Entered(Current c) { current.push_back(c); }
            ~Entered() { current.pop_back(); }
        } entered({this, &connection, writing});
        return work(connection);
    });
}

}  // namespace db
