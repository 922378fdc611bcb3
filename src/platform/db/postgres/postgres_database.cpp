#include "platform/db/postgres/postgres_database.h"

#include <random>
#include <thread>

#include "platform/db/failure.h"
#include "platform/db/postgres/postgres_connection.h"
#include "platform/db/slots.h"

namespace db::postgres {
namespace {

constexpr int most_attempts = 5;

// Those who failed together should not meet again.
void wait_before(int attempt) {
    thread_local std::minstd_rand random(std::random_device{}());
    const int longest = 5 << attempt;
    std::this_thread::sleep_for(std::chrono::milliseconds(1 + static_cast<int>(random() % static_cast<unsigned>(longest))));
}

class PostgresDatabase final : public PooledDatabase {
  public:
    PostgresDatabase(std::string uri, const Options& options)
        : uri_(std::move(uri)),
          options_(options),
          readers_(std::max<std::size_t>(1, options.readers)),
          writers_(std::max<std::size_t>(1, options.readers)) {}
    Engine engine() const override { return Engine::postgres; }

    base::Result<void> look() {
        auto loan = readers_.borrow(options_.busy_timeout);
        TRY(loan.held(), PostgresConnection::open(uri_, options_));
        return {};
    }

  protected:
    base::Result<void> transact(Access access, const std::function<base::Result<void>(Connection&)>& work) override {
        const bool writing = access == Access::write;
        if (writing && options_.read_only) return tl::unexpected(failed(Failure::read_only, "the database is open for reading only"));
        auto loan = (writing ? writers_ : readers_).borrow(options_.busy_timeout);
        if (!loan)
            return tl::unexpected(failed(Failure::busy, writing ? "all connections for writing are taken" : "all connections for reading are taken"));
        for (int attempt = 1;; ++attempt) {
            bool again = false;
            auto done = once(loan, writing, work, again);
            if (done || !again || attempt == most_attempts) return done;
            wait_before(attempt);
        }
    }

  private:
    using Loan = Slots<PostgresConnection>::Loan;

    base::Result<void> begin(Loan& loan, bool writing) {
        if (loan.held() && !loan.held()->usable()) loan.held().reset();
        const bool fresh = !loan.held();
        if (fresh) { TRY(loan.held(), PostgresConnection::open(uri_, options_)); }
        auto begun = loan.held()->begin(writing);
        // A pooled connection may have died while it lay idle: nobody notices before the first statement.
        if (!begun && !fresh && failure_of(begun.error()) == Failure::connection) {
            TRY(loan.held(), PostgresConnection::open(uri_, options_));
            begun = loan.held()->begin(writing);
        }
        return begun;
    }

    base::Result<void> once(Loan& loan, bool writing, const std::function<base::Result<void>(Connection&)>& work, bool& again) {
        struct RollBack {
            Loan& loan;
            ~RollBack() {
                if (loan.held()) loan.held()->roll_back();
            }
        } roll_back{loan};
        TRY_VOID(begin(loan, writing));
        auto& connection = *loan.held();
        const auto done = work(connection);
        if (!done || connection.broken()) {
            // The failure of the transaction decides about another attempt, whatever `work` made of it; an Error of `work` alone is final.
            const auto& why = connection.broken() ? failure_of(*connection.broken()) : std::nullopt;
            again = writing && (why == Failure::serialisation || why == Failure::connection);
            return tl::unexpected(done ? *connection.broken() : done.error());
        }
        auto committed = connection.commit();
        // When the connection went during the commit nobody knows whether it took place, so it is not tried again.
        if (!committed) again = writing && failure_of(committed.error()) == Failure::serialisation;
        return committed;
    }

    std::string uri_;
    Options options_;
    Slots<PostgresConnection> readers_;
    Slots<PostgresConnection> writers_;
};

}  // namespace

base::Result<std::unique_ptr<Database>> open(const std::string& uri, const Options& options) {
    auto database = std::make_unique<PostgresDatabase>(uri, options);
    TRY_VOID(database->look());
    return database;
}

}  // namespace db::postgres
