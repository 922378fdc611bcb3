#include "platform/db/sqlite/sqlite_database.h"

#include <fcntl.h>
#include <unistd.h>

#include "platform/db/failure.h"
#include "platform/db/slots.h"
#include "platform/db/sqlite/sqlite_connection.h"

namespace db::sqlite {
namespace {

class SqliteDatabase final : public PooledDatabase {
  public:
    SqliteDatabase(std::string file, const Options& options)
        : file_(std::move(file)), options_(options), readers_(std::max<std::size_t>(1, options.readers)), writer_(1) {}
    Engine engine() const override { return Engine::sqlite; }

    // Opens the first connection, so that a file that cannot be used is known at once.
    base::Result<void> look() {
        const bool writing = !options_.read_only;
        if (writing) make_private_file();
        auto loan = (writing ? writer_ : readers_).borrow(options_.busy_timeout);
        return ready(loan, writing);
    }

  protected:
    base::Result<void> transact(Access access, const std::function<base::Result<void>(Connection&)>& work) override {
        const bool writing = access == Access::write;
        if (writing && options_.read_only) return tl::unexpected(failed(Failure::read_only, "the database is open for reading only"));
        auto loan = (writing ? writer_ : readers_).borrow(options_.busy_timeout);
        if (!loan) return tl::unexpected(failed(Failure::busy, writing ? "another write took too long" : "all connections for reading are taken"));
        TRY_VOID(ready(loan, writing));
        auto& connection = *loan.held();
        TRY_VOID(connection.begin(writing));
        struct RollBack {  // an exception of the work ends the transaction, too
            SqliteConnection& connection;
            ~RollBack() { connection.roll_back(); }
        } roll_back{connection};
        TRY_VOID(work(connection));
        if (connection.broken()) return tl::unexpected(*connection.broken());
        return connection.commit();
    }

  private:
    using Loan = Slots<SqliteConnection>::Loan;

    // Personal data will stand in it: only this user may read a new file, and SQLite gives the files of its log the same rights.
    void make_private_file() const {
        const int made = ::open(file_.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, S_IRUSR | S_IWUSR);
        if (made >= 0) ::close(made);
    }
    base::Result<void> ready(Loan& loan, bool writing) {
        if (loan.held()) return {};
        const auto use = options_.read_only ? Use::read_only_file : writing ? Use::writing : Use::reading;
        TRY(loan.held(), SqliteConnection::open(file_, use, options_.busy_timeout));
        return {};
    }

    std::string file_;
    Options options_;
    Slots<SqliteConnection> readers_;
    Slots<SqliteConnection> writer_;
};

}  // namespace

base::Result<std::unique_ptr<Database>> open(const std::string& file, const Options& options) {
    auto database = std::make_unique<SqliteDatabase>(file, options);
    TRY_VOID(database->look());
    return database;
}

}  // namespace db::sqlite
