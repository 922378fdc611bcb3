#include "platform/db/postgres/postgres_connection.h"

#include <fmt/format.h>

#include "platform/db/failure.h"
#include "platform/db/postgres/postgres_row.h"
#include "platform/db/schema.h"

namespace db::postgres {
namespace {

constexpr std::size_t most_statements = 500;

Failure failure_of_state(std::string_view state, bool connected) {
    if (state == "23505") return Failure::unique;
    if (state == "23503" || state == "23001") return Failure::foreign_key;
    if (state == "23514") return Failure::check;
    if (state == "23502") return Failure::not_null;
    if (state == "40001" || state == "40P01") return Failure::serialisation;
    if (state == "55P03" || state == "57014") return Failure::busy;  // a lock, a time limit
    if (state == "25006") return Failure::read_only;
    if (state.starts_with("08") || state.starts_with("57P") || state == "53300" || !connected) return Failure::connection;
    return Failure::other;
}

Oid type_id(Type type) {
    switch (type) {
        case Type::unknown: return 0;
        case Type::int64: return int8_type;
        case Type::real: return float8_type;
        case Type::boolean: return boolean_type;
        case Type::text: return text_type;
        case Type::day: return date_type;
        case Type::instant: return timestamptz_type;
        case Type::blob: return bytea_type;
    }
    return 0;
}

}  // namespace

// The parameters of one call in the form libpq takes them. A null whose type nobody knows is written into the statement as `null`.
struct PostgresConnection::Arguments {
    std::string name;  // of the prepared statement
    std::vector<std::string> texts;
    std::vector<const char*> values;
    std::vector<int> lengths;
    std::vector<int> formats;
    int count() const { return static_cast<int>(values.size()); }
};

// The rows of an answer as they arrive. When another statement begins meanwhile, the rest is fetched into memory.
class PostgresConnection::Stream {
  public:
    explicit Stream(PostgresConnection& owner) : owner_(owner) { owner_.streaming_ = this; }
    Stream(const Stream&) = delete;
    ~Stream() {
        if (owner_.streaming_ != this) return;
        while (ResultPtr rest{PQgetResult(owner_.handle_)}) {}
        owner_.streaming_ = nullptr;
    }
    ResultPtr next() {
        if (!kept_.empty()) {
            auto out = std::move(kept_.front());
            kept_.pop_front();
            return out;
        }
        return owner_.streaming_ == this ? ResultPtr(PQgetResult(owner_.handle_)) : nullptr;
    }
    void keep_rest() {
        while (ResultPtr rest{PQgetResult(owner_.handle_)}) kept_.push_back(std::move(rest));
        owner_.streaming_ = nullptr;
    }

  private:
    PostgresConnection& owner_;
    std::deque<ResultPtr> kept_;
};

base::Result<std::unique_ptr<PostgresConnection>> PostgresConnection::open(const std::string& uri, const Options& options) {
    std::unique_ptr<PostgresConnection> out(new PostgresConnection);
    // What stands behind `dbname` is read from the URI and wins over what stands before it.
    const char* keys[] = {"connect_timeout", "fallback_application_name", "target_session_attrs", "dbname", nullptr};
    const char* values[] = {"5", "miteinander", options.read_only ? "any" : "read-write", uri.c_str(), nullptr};
    out->handle_ = PQconnectdbParams(keys, values, 1);
    if (PQstatus(out->handle_) != CONNECTION_OK) {
        std::string why = PQerrorMessage(out->handle_);
        while (!why.empty() && why.back() == '\n') why.pop_back();
        return tl::unexpected(failed(Failure::connection, "cannot connect to PostgreSQL: " + why));
    }
    PQsetNoticeProcessor(out->handle_, [](void*, const char*) {}, nullptr);
    const auto settings = fmt::format(
        "set timezone = 'UTC'; set datestyle = 'ISO, YMD'; set client_encoding = 'UTF8'; set bytea_output = 'hex'; set extra_float_digits = 1;"
        "set standard_conforming_strings = on; set jit = off; set lock_timeout = {}; {}",
        options.busy_timeout.count(), options.read_only ? "set default_transaction_read_only = on" : "");
    TRY_VOID(out->command(settings.c_str()));
    return out;
}

PostgresConnection::~PostgresConnection() { PQfinish(handle_); }

base::Error PostgresConnection::error_of(const PGresult* result, std::string_view sql) {
    const char* state_field = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : nullptr;
    const std::string_view state = state_field ? state_field : "";
    const auto failure = failure_of_state(state, PQstatus(handle_) == CONNECTION_OK);
    // A migration of another process changed a table under a prepared statement: on a fresh connection it works.
    if (state == "0A000" && std::string_view(PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY)).starts_with("cached plan")) {
        outdated_ = true;
        return failed(Failure::serialisation, "the schema changed under a prepared statement: " + shortened(sql));
    }
    // The message of some states repeats what a user typed; those of a mistaken statement or a lost server do not.
    std::string what;
    const auto field = [&](int which) {
        const char* text = result ? PQresultErrorField(result, which) : nullptr;
        return std::string(text ? text : "");
    };
    if (state.empty())
        what = PQerrorMessage(handle_);
    else if (state.starts_with("42") || state.starts_with("0") || state.starts_with("5") || state.starts_with("25") || state.starts_with("40") ||
             state == "P0001")
        what = field(PG_DIAG_MESSAGE_PRIMARY);
    else
        what = fmt::format("{} {} {}", field(PG_DIAG_TABLE_NAME), field(PG_DIAG_COLUMN_NAME), field(PG_DIAG_CONSTRAINT_NAME));
    while (!what.empty() && (what.back() == '\n' || what.back() == ' ')) what.pop_back();
    return failed(failure, fmt::format("{} (postgres {}) in: {}", what, state.empty() ? "-" : state, shortened(sql)));
}

base::Result<ResultPtr> PostgresConnection::checked(ResultPtr result, std::string_view sql) {
    const auto status = PQresultStatus(result.get());
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_SINGLE_TUPLE) return result;
    return breaks(error_of(result.get(), sql));
}

void PostgresConnection::make_room() {
    if (streaming_) streaming_->keep_rest();
}

base::Result<PostgresConnection::Arguments> PostgresConnection::prepare(std::string_view sql, const Parameters& parameters) {
    auto known = parsed_.find(std::string(sql));
    if (known == parsed_.end()) {
        if (parsed_.size() >= most_statements) parsed_.clear();
        known = parsed_.emplace(std::string(sql), parse(sql)).first;
    }
    const ParsedSql& parsed = known->second;
    auto arranged = arrange(parsed, parameters, sql);
    if (!arranged) return breaks(std::move(arranged.error()));

    Arguments out;
    out.texts.resize(arranged->size());
    std::vector<int> places(arranged->size(), 0);  // $n, or 0 for a written null
    std::vector<Oid> types;
    for (std::size_t i = 0; i < arranged->size(); ++i) {
        const Parameter& parameter = *(*arranged)[i];
        std::string& text = out.texts[i];
        const Type type = std::visit(
            [&](const auto& value) {
                using T = std::decay_t<decltype(value)>;
                if constexpr (std::is_same_v<T, std::monostate>)
                    return parameter.null_type;
                else if constexpr (std::is_same_v<T, std::int64_t>)
                    return text = std::to_string(value), Type::int64;
                else if constexpr (std::is_same_v<T, double>)
                    return text = fmt::format("{}", value), Type::real;
                else if constexpr (std::is_same_v<T, bool>)
                    return text = value ? "t" : "f", Type::boolean;
                else if constexpr (std::is_same_v<T, std::string>)
                    return Type::text;
                else if constexpr (std::is_same_v<T, base::Day>)
                    return text = base::iso(value), Type::day;
                else if constexpr (std::is_same_v<T, base::Instant>)
                    return text = base::iso(value), Type::instant;
                else
                    return Type::blob;
            },
            parameter.value);
        if (type == Type::unknown) continue;
        const std::string* bytes = &text;
        if (const auto* own = std::get_if<std::string>(&parameter.value)) bytes = own;
        if (const auto* own = std::get_if<Blob>(&parameter.value)) bytes = &own->bytes;
        const bool null = std::holds_alternative<std::monostate>(parameter.value);
        out.values.push_back(null ? nullptr : bytes->c_str());
        out.lengths.push_back(static_cast<int>(bytes->size()));
        out.formats.push_back(type == Type::blob ? 1 : 0);
        types.push_back(type_id(type));
        places[i] = static_cast<int>(types.size());
    }

    std::string text;
    for (const auto& piece : parsed.pieces) {
        text += piece.text;
        if (piece.parameter < 0) continue;
        const int place = places[static_cast<std::size_t>(piece.parameter)];
        text += place == 0 ? std::string("null") : "$" + std::to_string(place);
    }
    std::string key = text;
    for (const auto type : types) key += ' ' + std::to_string(type);

    make_room();
    if (const auto found = prepared_.find(key); found != prepared_.end()) {
        out.name = found->second;
        return out;
    }
    if (prepared_.size() >= most_statements) {
        TRY_VOID(command("deallocate all"));
        prepared_.clear();
    }
    out.name = "s" + std::to_string(next_name_++);
    TRY_VOID(checked(ResultPtr(PQprepare(handle_, out.name.c_str(), text.c_str(), static_cast<int>(types.size()), types.data())), sql));
    prepared_.emplace(std::move(key), out.name);
    return out;
}

base::Result<void> PostgresConnection::for_each(std::string_view sql, const Parameters& parameters, const std::function<void(const Row&)>& each) {
    TRY_VOID(refuse_if_broken());
    TRY(const auto arguments, prepare(sql, parameters));
    if (!PQsendQueryPrepared(handle_, arguments.name.c_str(), arguments.count(), arguments.values.data(), arguments.lengths.data(),
                             arguments.formats.data(), 0))
        return breaks(error_of(nullptr, sql));
    PQsetSingleRowMode(handle_);
    Stream stream(*this);
    while (auto result = stream.next()) {
        TRY(const auto good, checked(std::move(result), sql));
        const int rows = PQntuples(good.get());
        for (int i = 0; i < rows; ++i) {
            each(PostgresRow(good.get(), i));
            TRY_VOID(refuse_if_broken());
        }
    }
    return {};
}

base::Result<std::int64_t> PostgresConnection::execute(std::string_view sql, const Parameters& parameters) {
    TRY_VOID(refuse_if_broken());
    TRY(const auto arguments, prepare(sql, parameters));
    TRY(const auto result, checked(ResultPtr(PQexecPrepared(handle_, arguments.name.c_str(), arguments.count(), arguments.values.data(),
                                                            arguments.lengths.data(), arguments.formats.data(), 0)),
                                   sql));
    if (std::string_view(PQcmdStatus(result.get())).starts_with("SELECT")) return 0;
    const std::string_view touched = PQcmdTuples(result.get());
    return touched.empty() ? 0 : std::stoll(std::string(touched));
}

base::Result<void> PostgresConnection::script(std::string_view sql) {
    TRY_VOID(refuse_if_broken());
    return command(std::string(sql).c_str());
}

base::Result<void> PostgresConnection::command(const char* sql) {
    make_room();
    TRY_VOID(checked(ResultPtr(PQexec(handle_, sql)), sql));
    return {};
}

// Writes take turns by a lock on the table of the migrations, taken before the transaction sees anything: what it then reads is
// the newest state, so two writers that meet (at the head of the audit chain they always do) wait instead of failing and trying again.
base::Result<void> PostgresConnection::begin(bool writing) {
    begin_anew();
    if (!writing) return command("begin isolation level repeatable read read only");
    constexpr auto in_turn = "begin isolation level serializable; lock table schema_migrations in exclusive mode";
    const ResultPtr result(PQexec(handle_, in_turn));
    if (PQresultStatus(result.get()) == PGRES_COMMAND_OK) return {};
    const char* state = PQresultErrorField(result.get(), PG_DIAG_SQLSTATE);
    if (!state || std::string_view(state) != "42P01") return breaks(error_of(result.get(), in_turn));
    // An empty database: the first writer makes the table, the others wait for it.
    const auto create =
        fmt::format("rollback; begin; select pg_advisory_xact_lock(7295); {}; commit; {}", create_schema_migrations_postgres, in_turn);
    return command(create.c_str());
}

base::Result<void> PostgresConnection::commit() {
    make_room();
    auto result = checked(ResultPtr(PQexec(handle_, "commit")), "commit");
    if (!result) return tl::unexpected(std::move(result.error()));
    // PostgreSQL answers "ROLLBACK" to the commit of a transaction that had failed.
    if (std::string_view(PQcmdStatus(result->get())) != "COMMIT")
        return breaks(failed(Failure::other, "the transaction had failed before its commit"));
    return {};
}

void PostgresConnection::roll_back() {
    make_room();
    if (PQstatus(handle_) == CONNECTION_OK && PQtransactionStatus(handle_) != PQTRANS_IDLE) const ResultPtr result(PQexec(handle_, "rollback"));
}

}  // namespace db::postgres
