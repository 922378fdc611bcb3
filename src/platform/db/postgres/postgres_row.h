#pragma once
#include <libpq-fe.h>

#include "platform/db/db.h"

namespace db::postgres {

// The types of PostgreSQL that its columns and our parameters have (pg_type.oid; they never change).
enum TypeId : Oid {
    boolean_type = 16,
    bytea_type = 17,
    name_type = 19,
    int8_type = 20,
    int2_type = 21,
    int4_type = 23,
    text_type = 25,
    oid_type = 26,
    float4_type = 700,
    float8_type = 701,
    unknown_type = 705,
    bpchar_type = 1042,
    varchar_type = 1043,
    date_type = 1082,
    timestamptz_type = 1184,
    numeric_type = 1700
};

// One row of a PGresult in text format.
class PostgresRow final : public Row {
  public:
    PostgresRow(const PGresult* result, int row) : result_(result), row_(row) {}

  protected:
    int column_of(std::string_view name) const override;
    bool null_at(int column) const override { return PQgetisnull(result_, row_, column) != 0; }
    std::int64_t int64_at(int column) const override;
    double real_at(int column) const override;
    bool boolean_at(int column) const override;
    std::string_view text_at(int column) const override;
    base::Day day_at(int column) const override;
    base::Instant instant_at(int column) const override;
    Blob blob_at(int column) const override;

  private:
    std::string_view raw(int column) const {
        return {PQgetvalue(result_, row_, column), static_cast<std::size_t>(PQgetlength(result_, row_, column))};
    }
    [[noreturn]] void is_not(int column, const char* what) const;
    const PGresult* result_;
    int row_;
    mutable int next_ = 0;
};

}  // namespace db::postgres
