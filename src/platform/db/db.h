#pragma once
// One interface over SQLite and PostgreSQL with the same behaviour and the same kinds of failure (ADR 0003).
//
// SQL is written once, for both engines: named parameters (:day), lower case, nothing only one engine understands. Days are
// base::Day, moments base::Instant, money is int64 cents; text is UTF-8 without NUL. A value read as another type than it has is a
// programmer's mistake and ends the program.
//
// What differs between the engines and is made the same here: `like` tells capitals from small letters, text is ordered by its bytes, ids
// are never given twice, a transaction takes nothing more after a statement in it failed. What the SQL itself has to say: `nulls first` or
// `nulls last` when ordering by a column that may be null.
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "platform/base/day.h"
#include "platform/base/id.h"
#include "platform/base/result.h"

namespace db {

enum class Engine { sqlite, postgres };

// What went wrong in the database, the same on both engines; carried in base::Error::code and read with failure_of().
enum class Failure { unique, foreign_key, check, not_null, busy, connection, read_only, serialisation, other };
std::optional<Failure> failure_of(const base::Error&);

struct Blob {
    std::string bytes;
    friend bool operator==(const Blob&, const Blob&) = default;
};
using Value = std::variant<std::monostate, std::int64_t, double, bool, std::string, base::Day, base::Instant, Blob>;

// What a null would have been: PostgreSQL asks for the type of every parameter.
enum class Type { unknown, int64, real, boolean, text, day, instant, blob };
template <class T>
constexpr Type type_of() {
    if constexpr (std::is_same_v<T, bool>)
        return Type::boolean;
    else if constexpr (std::is_integral_v<T>)
        return Type::int64;
    else if constexpr (std::is_floating_point_v<T>)
        return Type::real;
    else if constexpr (std::is_same_v<T, base::Day>)
        return Type::day;
    else if constexpr (std::is_same_v<T, base::Instant>)
        return Type::instant;
    else if constexpr (std::is_same_v<T, Blob>)
        return Type::blob;
    else if constexpr (std::is_convertible_v<T, std::string_view>)
        return Type::text;
    else
        return Type::unknown;
}

// A named parameter: {"day", today}. An absent optional and an Id of 0 bind null.
struct Parameter {
    std::string_view name;
    Value value;
    Type null_type = Type::unknown;

    Parameter(std::string_view n, Value v) : name(n), value(std::move(v)) {}
    Parameter(std::string_view n, std::int64_t v) : name(n), value(v) {}
    Parameter(std::string_view n, int v) : name(n), value(std::int64_t{v}) {}
    Parameter(std::string_view n, double v) : name(n), value(v) {}
    Parameter(std::string_view n, bool v) : name(n), value(v) {}
    Parameter(std::string_view n, const char* v) : name(n), value(std::string(v)) {}
    Parameter(std::string_view n, std::string_view v) : name(n), value(std::string(v)) {}
    Parameter(std::string_view n, std::string v) : name(n), value(std::move(v)) {}
    Parameter(std::string_view n, base::Day v) : name(n), value(v) {}
    Parameter(std::string_view n, base::Instant v) : name(n), value(v) {}
    Parameter(std::string_view n, Blob v) : name(n), value(std::move(v)) {}
    Parameter(std::string_view n, std::nullopt_t) : name(n), value() {}
    template <class Tag>
    Parameter(std::string_view n, base::Id<Tag> v) : name(n), value(v ? Value(v.value) : Value()), null_type(Type::int64) {}
    template <class T>
    Parameter(std::string_view n, const std::optional<T>& v) : name(n), value(), null_type(type_of<T>()) {
        if (v) *this = Parameter(n, *v);
    }
};
using Parameters = std::vector<Parameter>;

// One row of an answer; columns by name. Valid as long as its Rows (or the call of for_each) lives.
class Row {
  public:
    virtual ~Row() = default;
    bool is_null(std::string_view column) const;
    std::int64_t int64(std::string_view column) const;
    double real(std::string_view column) const;
    bool boolean(std::string_view column) const;
    std::string text(std::string_view column) const;
    base::Day day(std::string_view column) const;
    base::Instant instant(std::string_view column) const;
    Blob blob(std::string_view column) const;
    template <class TypedId>
    TypedId id(std::string_view column) const {
        return TypedId{is_null(column) ? 0 : int64(column)};
    }
    std::optional<std::int64_t> optional_int64(std::string_view column) const;
    std::optional<std::string> optional_text(std::string_view column) const;
    std::optional<base::Day> optional_day(std::string_view column) const;
    std::optional<base::Instant> optional_instant(std::string_view column) const;

  protected:
    // The engine's raw answer; see row.cpp for how both become the values above.
    virtual int column_of(std::string_view name) const = 0;
    virtual bool null_at(int column) const = 0;
    virtual std::int64_t int64_at(int column) const = 0;
    virtual double real_at(int column) const = 0;
    virtual bool boolean_at(int column) const = 0;
    virtual std::string_view text_at(int column) const = 0;
    virtual base::Day day_at(int column) const = 0;
    virtual base::Instant instant_at(int column) const = 0;
    virtual Blob blob_at(int column) const = 0;
};

// A connection inside a transaction; handed to the functions of Database::read and write, never kept.
class Connection {
  public:
    virtual ~Connection() = default;
    virtual Engine engine() const = 0;

    // Calls `each` for every row, in order; rows are streamed, so an answer of any size needs little memory. `each` may run statements of
    // its own (PostgreSQL then keeps the rest of the answer in memory), but none that change what is being read.
    virtual base::Result<void> for_each(std::string_view sql, const Parameters& parameters, const std::function<void(const Row&)>& each) = 0;
    // Runs a change; answers how many rows it touched.
    virtual base::Result<std::int64_t> execute(std::string_view sql, const Parameters& parameters = {}) = 0;

    // Several statements without parameters: migrations and fixtures.
    virtual base::Result<void> script(std::string_view sql) = 0;

    // All rows made into values: query<Clause>(sql, {…}, [](const db::Row& row) { return Clause{…}; })
    template <class T, class Make>
    base::Result<std::vector<T>> query(std::string_view sql, const Parameters& parameters, Make&& make) {
        std::vector<T> out;
        if (auto done = for_each(sql, parameters, [&](const Row& row) { out.push_back(make(row)); }); !done) return tl::unexpected(done.error());
        return out;
    }
    // The first row, or nothing.
    template <class T, class Make>
    base::Result<std::optional<T>> query_one(std::string_view sql, const Parameters& parameters, Make&& make) {
        std::optional<T> out;
        if (auto done = for_each(sql, parameters,
                                 [&](const Row& row) {
                                     if (!out) out = make(row);
                                 });
            !done)
            return tl::unexpected(done.error());
        return out;
    }
    // For "insert … returning id".
    template <class TypedId>
    base::Result<TypedId> insert(std::string_view sql, const Parameters& parameters) {
        TypedId id{};
        if (auto done = for_each(sql, parameters, [&](const Row& row) { id = row.id<TypedId>("id"); }); !done) return tl::unexpected(done.error());
        return id;
    }
    // What `work` changes is undone when it answers an Error; the transaction around it goes on. Without a savepoint a failed statement
    // ends the transaction: whatever comes after it fails with the same Error, and nothing is committed.
    virtual base::Result<void> savepoint(const std::function<base::Result<void>()>& work) = 0;
};

struct Options {
    bool read_only = false;
    std::size_t readers = 4;  // pooled connections for reading, and on PostgreSQL as many for writing; SQLite has exactly one writer
    std::chrono::milliseconds busy_timeout{5000};  // how long to wait for a connection or a lock before Failure::busy
};

// A pool of connections. Safe to use from any thread. A read inside a read or a write of the same thread joins its transaction; a write
// inside a write is refused. Writes take turns on both engines, so the state they have read is still true when they commit.
class Database {
  public:
    virtual ~Database() = default;
    virtual Engine engine() const = 0;

    // Runs `work` in a read-only transaction that sees one state of the database.
    template <class Work>
    auto read(Work&& work) -> decltype(work(std::declval<Connection&>())) {
        using R = decltype(work(std::declval<Connection&>()));
        std::optional<R> answer;
        if (auto done = run(Access::read,
                            [&](Connection& c) -> base::Result<void> {
                                answer.emplace(work(c));
                                if (!*answer) return tl::unexpected(answer->error());
                                return {};
                            });
            !done)
            return tl::unexpected(done.error());
        return std::move(*answer);
    }
    // Runs `work` in a transaction that commits when it answers a value and rolls back when it answers an Error. On a serialisation
    // failure `work` runs again (up to five times), so it must change nothing outside the database before it has returned.
    template <class Work>
    auto write(Work&& work) -> decltype(work(std::declval<Connection&>())) {
        using R = decltype(work(std::declval<Connection&>()));
        std::optional<R> answer;
        if (auto done = run(Access::write,
                            [&](Connection& c) -> base::Result<void> {
                                answer.emplace(work(c));
                                if (!*answer) return tl::unexpected(answer->error());
                                return {};
                            });
            !done)
            return tl::unexpected(done.error());
        return std::move(*answer);
    }

  protected:
    enum class Access { read, write };
    virtual base::Result<void> run(Access, const std::function<base::Result<void>(Connection&)>&) = 0;
};

// `where` is "postgresql://…" (any libpq URI) or the path of an SQLite file, which is created unless read_only.
base::Result<std::unique_ptr<Database>> open(const std::string& where, const Options& = {});

}  // namespace db
