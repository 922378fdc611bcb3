#pragma once
// The one table the database layer keeps for itself (inside platform/db only). On PostgreSQL writers also take turns by locking it.
#include <string_view>

namespace db {

constexpr std::string_view create_schema_migrations_sqlite = R"sql(
    create table if not exists schema_migrations (
        number     integer not null primary key,
        name       text    not null,
        checksum   text    not null,
        applied_at text    not null
    ) strict
)sql";

constexpr std::string_view create_schema_migrations_postgres = R"sql(
    create table if not exists schema_migrations (
        number     bigint           not null primary key,
        name       text collate "C" not null,
        checksum   text collate "C" not null,
        applied_at timestamptz      not null
    )
)sql";

}  // namespace db
