#pragma once
#include <memory>
#include <string>
#include <unordered_map>

#include <sqlite3.h>

#include "platform/db/sql.h"
#include "platform/db/transaction.h"

namespace db::sqlite {

enum class Use { reading, writing, read_only_file };

// One sqlite3 handle with its prepared statements. Used by one thread at a time.
class SqliteConnection final : public Transaction {
  public:
    static base::Result<std::unique_ptr<SqliteConnection>> open(const std::string& file, Use, std::chrono::milliseconds busy_timeout);
    ~SqliteConnection() override;

    Engine engine() const override { return Engine::sqlite; }
    base::Result<void> for_each(std::string_view sql, const Parameters&, const std::function<void(const Row&)>& each) override;
    base::Result<std::int64_t> execute(std::string_view sql, const Parameters&) override;
    base::Result<void> script(std::string_view sql) override;
    base::Result<void> command(const char* sql) override;

    base::Result<void> begin(bool writing);
    base::Result<void> commit() { return command("commit"); }
    void roll_back();
    sqlite3* handle() const { return handle_; }

  private:
    struct Statement {
        ParsedSql parsed;
        sqlite3_stmt* prepared = nullptr;
        std::vector<std::string> columns;
        bool in_use = false;
        Statement() = default;
        Statement(const Statement&) = delete;
        ~Statement() { sqlite3_finalize(prepared); }
    };
    class Borrowed;

    explicit SqliteConnection(Use use) : use_(use) {}
    base::Result<std::shared_ptr<Statement>> prepare(std::string_view sql);
    base::Result<void> bind(Statement&, const Parameters&, std::string_view sql);
    base::Error error_now(std::string_view sql) const;

    Use use_;
    sqlite3* handle_ = nullptr;
    // Keys are few: SQL is constant text. Beyond `most_statements` the cache begins anew.
    std::unordered_map<std::string, std::shared_ptr<Statement>> statements_;
};

}  // namespace db::sqlite
