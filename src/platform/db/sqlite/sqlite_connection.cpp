#include "platform/db/sqlite/sqlite_connection.h"

#include <fmt/format.h>

#include "platform/db/failure.h"

namespace db::sqlite {
namespace {

constexpr std::size_t most_statements = 500;

Failure failure_of_code(int extended, std::string_view message) {
    switch (extended) {
        case SQLITE_CONSTRAINT_UNIQUE:
        case SQLITE_CONSTRAINT_PRIMARYKEY:
        case SQLITE_CONSTRAINT_ROWID: return Failure::unique;
        case SQLITE_CONSTRAINT_FOREIGNKEY: return Failure::foreign_key;
        case SQLITE_CONSTRAINT_NOTNULL: return Failure::not_null;
        case SQLITE_CONSTRAINT_CHECK: return Failure::check;
        // "on delete restrict" is a trigger to SQLite.
        case SQLITE_CONSTRAINT_TRIGGER: return message == "FOREIGN KEY constraint failed" ? Failure::foreign_key : Failure::check;
        case SQLITE_READONLY_DBMOVED: return Failure::connection;
        default: break;
    }
    switch (extended & 0xff) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED: return Failure::busy;
        case SQLITE_READONLY: return Failure::read_only;
        case SQLITE_CANTOPEN:
        case SQLITE_NOTADB:
        case SQLITE_IOERR: return Failure::connection;
        default: return Failure::other;
    }
}

class SqliteRow final : public Row {
  public:
    SqliteRow(sqlite3_stmt* statement, const std::vector<std::string>& columns) : statement_(statement), columns_(columns) {}

  protected:
    int column_of(std::string_view name) const override {
        // Columns are mostly read in their order, so the one after the last is tried first.
        if (next_ < columns_.size() && columns_[next_] == name) return static_cast<int>(next_++);
        for (std::size_t i = 0; i < columns_.size(); ++i)
            if (columns_[i] == name) {
                next_ = i + 1;
                return static_cast<int>(i);
            }
        mistake("no column " + std::string(name) + " in: " + shortened(sqlite3_sql(statement_)));
    }
    bool null_at(int column) const override { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
    std::int64_t int64_at(int column) const override {
        expect(column, SQLITE_INTEGER, "a whole number");
        return sqlite3_column_int64(statement_, column);
    }
    double real_at(int column) const override {
        if (sqlite3_column_type(statement_, column) != SQLITE_INTEGER) expect(column, SQLITE_FLOAT, "a number");
        return sqlite3_column_double(statement_, column);
    }
    bool boolean_at(int column) const override {
        const auto value = int64_at(column);
        if (value != 0 && value != 1) mistake("column " + columns_[static_cast<std::size_t>(column)] + " is neither true nor false");
        return value == 1;
    }
    std::string_view text_at(int column) const override {
        expect(column, SQLITE_TEXT, "text");
        const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
        return {text, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
    }
    base::Day day_at(int column) const override {
        const auto day = base::parse_iso_day(text_at(column));
        if (!day) mistake("column " + columns_[static_cast<std::size_t>(column)] + " is no day");
        return *day;
    }
    base::Instant instant_at(int column) const override {
        const auto instant = base::parse_iso_instant(text_at(column));
        if (!instant) mistake("column " + columns_[static_cast<std::size_t>(column)] + " is no moment");
        return *instant;
    }
    Blob blob_at(int column) const override {
        expect(column, SQLITE_BLOB, "a blob");
        const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_, column));
        const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
        return Blob{size == 0 ? std::string() : std::string(bytes, size)};
    }

  private:
    void expect(int column, int type, const char* what) const {
        if (sqlite3_column_type(statement_, column) != type)
            mistake("column " + columns_[static_cast<std::size_t>(column)] + " is not " + what + " in: " + shortened(sqlite3_sql(statement_)));
    }
    sqlite3_stmt* statement_;
    const std::vector<std::string>& columns_;
    mutable std::size_t next_ = 0;
};

}  // namespace

// A statement while it runs; reset when it ends, however it ends.
class SqliteConnection::Borrowed {
  public:
    explicit Borrowed(std::shared_ptr<Statement> statement) : statement_(std::move(statement)) { statement_->in_use = true; }
    Borrowed(const Borrowed&) = delete;
    ~Borrowed() {
        sqlite3_reset(statement_->prepared);
        sqlite3_clear_bindings(statement_->prepared);
        statement_->in_use = false;
    }
    sqlite3_stmt* operator*() const { return statement_->prepared; }

  private:
    std::shared_ptr<Statement> statement_;
};

base::Result<std::unique_ptr<SqliteConnection>> SqliteConnection::open(const std::string& file, Use use, std::chrono::milliseconds busy_timeout) {
    std::unique_ptr<SqliteConnection> out(new SqliteConnection(use));
    // Readers are opened for writing, too, as the first of all may have to create the shared memory of the write-ahead log.
    const int flags = SQLITE_OPEN_NOMUTEX | (use == Use::read_only_file ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE) |
                      (use == Use::writing ? SQLITE_OPEN_CREATE : 0);
    if (const int code = sqlite3_open_v2(file.c_str(), &out->handle_, flags, nullptr); code != SQLITE_OK)
        return tl::unexpected(failed(Failure::connection, fmt::format("cannot open the database file {}: {}", file, sqlite3_errstr(code))));
    sqlite3_extended_result_codes(out->handle_, 1);
    sqlite3_busy_timeout(out->handle_, static_cast<int>(busy_timeout.count()));
    // `like` as on PostgreSQL; the full sync is what makes a committed record survive a power cut.
    std::string settings = "pragma foreign_keys = on; pragma case_sensitive_like = on; pragma temp_store = memory;";
    // What is deleted or purged is overwritten, too: nobody should find it in the file.
    if (use == Use::writing) settings += "pragma journal_mode = wal; pragma synchronous = full; pragma secure_delete = on;";
    if (use == Use::reading) settings += "pragma query_only = on;";
    settings += "select count(*) from sqlite_schema;";  // the first look into the file: is it a database at all?
    if (auto done = out->command(settings.c_str()); !done) {
        auto error = done.error();
        error.detail = fmt::format("cannot use the database file {}: {}", file, sqlite3_errmsg(out->handle_));
        if (failure_of(error) == Failure::other) error.code = "connection";
        return tl::unexpected(std::move(error));
    }
    return out;
}

SqliteConnection::~SqliteConnection() {
    statements_.clear();
    // What a command of a few seconds has written is looked at before it ends, as the documentation advises; nearly always there is nothing to do. It
    // waits for nobody, and closing does not fail over it.
    if (use_ == Use::writing && handle_) {
        sqlite3_busy_timeout(handle_, 0);
        sqlite3_exec(handle_, "pragma analysis_limit = 1000; pragma optimize", nullptr, nullptr, nullptr);
    }
    sqlite3_close_v2(handle_);
}

base::Error SqliteConnection::error_now(std::string_view sql) const {
    const int code = sqlite3_extended_errcode(handle_);
    const std::string_view message = sqlite3_errmsg(handle_);
    const auto failure = failure_of_code(code, message);
    return failed(failure, fmt::format("{} (sqlite {}) in: {}", message, code, shortened(sql)));
}

base::Result<std::shared_ptr<SqliteConnection::Statement>> SqliteConnection::prepare(std::string_view sql) {
    std::string key(sql);
    const auto known = statements_.find(key);
    if (known != statements_.end() && !known->second->in_use) return known->second;

    auto statement = std::make_shared<Statement>();
    statement->parsed = parse(sql);
    std::string text;
    for (const auto& piece : statement->parsed.pieces) {
        text += piece.text;
        if (piece.parameter >= 0) text += "?" + std::to_string(piece.parameter + 1);
    }
    const char* rest = nullptr;
    if (sqlite3_prepare_v3(handle_, text.c_str(), static_cast<int>(text.size()), SQLITE_PREPARE_PERSISTENT, &statement->prepared, &rest) != SQLITE_OK)
        return breaks(error_now(sql));
    for (std::string_view more = rest; !more.empty(); more.remove_prefix(1)) {
        if (const auto end = skip_quoted(more, 0); end > 0 && (more[0] == '-' || more[0] == '/'))
            more.remove_prefix(end - 1);
        else if (more[0] != ' ' && more[0] != '\n' && more[0] != '\t' && more[0] != ';')
            return breaks(failed(Failure::other, "more than one statement in: " + shortened(sql)));
    }
    if (!statement->prepared) return breaks(failed(Failure::other, "no statement in: " + shortened(sql)));
    const int columns = sqlite3_column_count(statement->prepared);
    for (int i = 0; i < columns; ++i) statement->columns.emplace_back(sqlite3_column_name(statement->prepared, i));
    // A second instance, needed while the first one runs, lives for this one call.
    if (known == statements_.end()) {
        if (statements_.size() >= most_statements) std::erase_if(statements_, [](const auto& each) { return !each.second->in_use; });
        statements_.emplace(std::move(key), statement);
    }
    return statement;
}

base::Result<void> SqliteConnection::bind(Statement& statement, const Parameters& parameters, std::string_view sql) {
    auto arranged = arrange(statement.parsed, parameters, sql);
    if (!arranged) return breaks(std::move(arranged.error()));
    for (std::size_t i = 0; i < arranged->size(); ++i) {
        const int at = static_cast<int>(i) + 1;
        auto* s = statement.prepared;
        // Text and blobs of the caller outlive the call; days and moments are made here and copied.
        const int code = std::visit(
            [&](const auto& value) {
                using T = std::decay_t<decltype(value)>;
                if constexpr (std::is_same_v<T, std::monostate>)
                    return sqlite3_bind_null(s, at);
                else if constexpr (std::is_same_v<T, std::int64_t>)
                    return sqlite3_bind_int64(s, at, value);
                else if constexpr (std::is_same_v<T, double>)
                    return sqlite3_bind_double(s, at, value);
                else if constexpr (std::is_same_v<T, bool>)
                    return sqlite3_bind_int(s, at, value ? 1 : 0);
                else if constexpr (std::is_same_v<T, std::string>)
                    return sqlite3_bind_text64(s, at, value.data(), value.size(), SQLITE_STATIC, SQLITE_UTF8);
                else if constexpr (std::is_same_v<T, Blob>)
                    return value.bytes.empty() ? sqlite3_bind_zeroblob(s, at, 0)
                                               : sqlite3_bind_blob64(s, at, value.bytes.data(), value.bytes.size(), SQLITE_STATIC);
                else {
                    const std::string text = base::iso(value);
                    return sqlite3_bind_text64(s, at, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
                }
            },
            (*arranged)[i]->value);
        if (code != SQLITE_OK) return breaks(error_now(sql));
    }
    return {};
}

base::Result<void> SqliteConnection::for_each(std::string_view sql, const Parameters& parameters, const std::function<void(const Row&)>& each) {
    TRY_VOID(refuse_if_broken());
    TRY(auto statement, prepare(sql));
    const Borrowed borrowed(statement);
    TRY_VOID(bind(*statement, parameters, sql));
    for (;;) {
        const int code = sqlite3_step(*borrowed);
        if (code == SQLITE_DONE) return {};
        if (code != SQLITE_ROW) return breaks(error_now(sql));
        // A statement whose schema changed under it was prepared anew; its columns may have, too.
        if (static_cast<std::size_t>(sqlite3_column_count(*borrowed)) != statement->columns.size()) {
            statement->columns.clear();
            for (int i = 0; i < sqlite3_column_count(*borrowed); ++i) statement->columns.emplace_back(sqlite3_column_name(*borrowed, i));
        }
        each(SqliteRow(*borrowed, statement->columns));
        TRY_VOID(refuse_if_broken());
    }
}

base::Result<std::int64_t> SqliteConnection::execute(std::string_view sql, const Parameters& parameters) {
    TRY_VOID(refuse_if_broken());
    TRY(auto statement, prepare(sql));
    const Borrowed borrowed(statement);
    TRY_VOID(bind(*statement, parameters, sql));
    const auto before = sqlite3_total_changes64(handle_);
    int code = SQLITE_ROW;
    while (code == SQLITE_ROW) code = sqlite3_step(*borrowed);
    if (code != SQLITE_DONE) return breaks(error_now(sql));
    // sqlite3_changes() keeps its number when a statement changes nothing, like a select.
    return sqlite3_total_changes64(handle_) == before ? 0 : sqlite3_changes64(handle_);
}

base::Result<void> SqliteConnection::script(std::string_view sql) {
    TRY_VOID(refuse_if_broken());
    return command(std::string(sql).c_str());
}

base::Result<void> SqliteConnection::command(const char* sql) {
    if (sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) return breaks(error_now(sql));
    return {};
}

base::Result<void> SqliteConnection::begin(bool writing) {
    begin_anew();
    return command(writing ? "begin immediate" : "begin");
}

void SqliteConnection::roll_back() {
    if (!sqlite3_get_autocommit(handle_)) sqlite3_exec(handle_, "rollback", nullptr, nullptr, nullptr);
}

}  // namespace db::sqlite
