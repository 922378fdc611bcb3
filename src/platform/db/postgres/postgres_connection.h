#pragma once
#include <deque>
#include <memory>
#include <string>
#include <unordered_map>

#include <libpq-fe.h>

#include "platform/db/sql.h"
#include "platform/db/transaction.h"

namespace db::postgres {

struct ClearResult {
    void operator()(PGresult* result) const { PQclear(result); }
};
using ResultPtr = std::unique_ptr<PGresult, ClearResult>;

// One libpq connection with its prepared statements. Used by one thread at a time.
class PostgresConnection final : public Transaction {
  public:
    static base::Result<std::unique_ptr<PostgresConnection>> open(const std::string& uri, const Options&);
    ~PostgresConnection() override;

    Engine engine() const override { return Engine::postgres; }
    base::Result<void> for_each(std::string_view sql, const Parameters&, const std::function<void(const Row&)>& each) override;
    base::Result<std::int64_t> execute(std::string_view sql, const Parameters&) override;
    base::Result<void> script(std::string_view sql) override;
    base::Result<void> command(const char* sql) override;

    base::Result<void> begin(bool writing);
    base::Result<void> commit();
    void roll_back();
    // False when the connection is gone, or its prepared statements no longer fit the schema.
    bool usable() const { return !outdated_ && PQstatus(handle_) == CONNECTION_OK && PQtransactionStatus(handle_) == PQTRANS_IDLE; }

  private:
    class Stream;
    struct Arguments;

    PostgresConnection() = default;
    base::Result<Arguments> prepare(std::string_view sql, const Parameters&);
    base::Error error_of(const PGresult*, std::string_view sql);
    base::Result<ResultPtr> checked(ResultPtr, std::string_view sql);
    void make_room();

    PGconn* handle_ = nullptr;
    Stream* streaming_ = nullptr;  // the answer that is being received
    bool outdated_ = false;
    std::unordered_map<std::string, ParsedSql> parsed_;
    std::unordered_map<std::string, std::string> prepared_;  // text with $n and the types of its parameters → name
    std::int64_t next_name_ = 1;
};

}  // namespace db::postgres
