#include "platform/db/catalogue.h"

#include <fmt/format.h>

#include "platform/db/failure.h"

namespace db {
namespace {

constexpr std::string_view sqlite_tables = R"sql(
    select t.name as table_name, c.name as column_name, lower(c.type) as type, lower(s.sql) like '%autoincrement%' as generates
      from pragma_table_list t
      join sqlite_schema s on s.name = t.name
      join pragma_table_xinfo(t.name) c on c.hidden = 0
     where t.schema = 'main'
       and t.type = 'table'
       and t.name not like 'sqlite~_%' escape '~'
     order by t.name, c.cid
)sql";

constexpr std::string_view postgres_tables = R"sql(
    select t.relname as table_name, c.attname as column_name, format_type(c.atttypid, null) as type, c.attidentity <> '' as generates
      from pg_class t
      join pg_attribute c on c.attrelid = t.oid
     where t.relnamespace = current_schema()::regnamespace
       and t.relkind = 'r'
       and c.attnum > 0
       and not c.attisdropped
       and c.attgenerated = ''
     order by t.relname::text collate "C", c.attnum
)sql";

Type type_named(std::string_view name) {
    if (name == "integer" || name == "bigint") return Type::int64;
    if (name == "real" || name == "double precision") return Type::real;
    if (name == "boolean") return Type::boolean;
    if (name == "text") return Type::text;
    if (name == "date") return Type::day;
    if (name == "timestamp with time zone") return Type::instant;
    if (name == "blob" || name == "bytea") return Type::blob;
    return Type::unknown;
}

}  // namespace

base::Result<std::vector<Table>> tables_of(Connection& c) {
    std::vector<Table> out;
    TRY_VOID(c.for_each(c.engine() == Engine::sqlite ? sqlite_tables : postgres_tables, {}, [&](const Row& row) {
        const auto name = row.text("table_name");
        if (out.empty() || out.back().name != name) out.push_back({name, {}, false});
        out.back().columns.push_back({row.text("column_name"), type_named(row.text("type"))});
        if (row.boolean("generates")) out.back().generates_ids = true;
    }));
    for (const auto& table : out)
        for (const auto& column : table.columns)
            if (column.type == Type::unknown)
                return tl::unexpected(
                    failed(Failure::other, fmt::format("the column {}.{} is of no logical type and cannot be copied", table.name, column.name)));
    return out;
}

base::Result<std::optional<std::int64_t>> last_id(Connection& c, const Table& table) {
    const auto number = [](const Row& row) { return row.int64("last"); };
    if (c.engine() == Engine::sqlite)
        return c.query_one<std::int64_t>("select seq as last from sqlite_sequence where name = :name", {{"name", table.name}}, number);
    TRY(const auto sequence, c.query_one<std::string>("select pg_get_serial_sequence(quote_ident(:name), 'id') as name", {{"name", table.name}},
                                                      [](const Row& row) { return row.text("name"); }));
    return c.query_one<std::int64_t>(fmt::format("select last_value as last from {} where is_called", sequence.value_or("")), {}, number);
}

base::Result<void> set_last_id(Connection& c, const Table& table, std::int64_t last) {
    if (c.engine() == Engine::postgres)
        return c.execute("select setval(pg_get_serial_sequence(quote_ident(:name), 'id'), :last, true)", {{"name", table.name}, {"last", last}})
            .map([](auto) {});
    TRY(const auto touched, c.execute("update sqlite_sequence set seq = :last where name = :name", {{"name", table.name}, {"last", last}}));
    if (touched > 0) return {};
    return c.execute("insert into sqlite_sequence (name, seq) values (:name, :last)", {{"name", table.name}, {"last", last}}).map([](auto) {});
}

}  // namespace db
