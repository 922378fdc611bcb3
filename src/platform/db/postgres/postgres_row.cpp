#include "platform/db/postgres/postgres_row.h"

#include <charconv>

#include <fmt/format.h>

#include "platform/db/failure.h"

namespace db::postgres {

void PostgresRow::is_not(int column, const char* what) const {
    mistake(fmt::format("column {} is not {}, but of PostgreSQL's type {}", PQfname(result_, column), what, PQftype(result_, column)));
}

int PostgresRow::column_of(std::string_view name) const {
    const int columns = PQnfields(result_);
    if (next_ < columns && name == PQfname(result_, next_)) return next_++;
    for (int i = 0; i < columns; ++i)
        if (name == PQfname(result_, i)) {
            next_ = i + 1;
            return i;
        }
    mistake("no column " + std::string(name) + " in the answer");
}

std::int64_t PostgresRow::int64_at(int column) const {
    switch (PQftype(result_, column)) {
        case int8_type:
        case int4_type:
        case int2_type:
        case oid_type:
        case numeric_type: break;  // a sum of bigint is numeric
        default: is_not(column, "a whole number");
    }
    const auto text = raw(column);
    std::int64_t value = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (code != std::errc() || end != text.data() + text.size()) is_not(column, "a whole number of 64 bits");
    return value;
}

double PostgresRow::real_at(int column) const {
    switch (PQftype(result_, column)) {
        case float8_type:
        case float4_type:
        case int8_type:
        case int4_type:
        case int2_type:
        case numeric_type: break;
        default: is_not(column, "a number");
    }
    const auto text = raw(column);
    double value = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (code != std::errc() || end != text.data() + text.size()) is_not(column, "a number");
    return value;
}

// SQLite has no boolean of its own, so a whole number 0 or 1 ("select 1 as found") is one on both.
bool PostgresRow::boolean_at(int column) const {
    if (PQftype(result_, column) == boolean_type) return raw(column) == "t";
    const auto value = int64_at(column);
    if (value != 0 && value != 1) is_not(column, "true or false");
    return value == 1;
}

std::string_view PostgresRow::text_at(int column) const {
    switch (PQftype(result_, column)) {
        case text_type:
        case varchar_type:
        case bpchar_type:
        case name_type:
        case unknown_type: return raw(column);
        default: is_not(column, "text");
    }
}

base::Day PostgresRow::day_at(int column) const {
    if (PQftype(result_, column) != date_type) is_not(column, "a day");
    const auto day = base::parse_iso_day(raw(column));
    if (!day) is_not(column, "a day of the years 1000 to 9999");
    return *day;
}

// "2018-06-30 22:15:01.00025+00", as every session of ours runs in UTC.
base::Instant PostgresRow::instant_at(int column) const {
    if (PQftype(result_, column) != timestamptz_type) is_not(column, "a moment");
    std::string text(raw(column));
    if (text.ends_with("+00")) text.replace(text.size() - 3, 3, "Z");
    const auto instant = base::parse_iso_instant(text);
    if (!instant) is_not(column, "a moment of the years 1000 to 9999");
    return *instant;
}

// "\x00ff…"
Blob PostgresRow::blob_at(int column) const {
    if (PQftype(result_, column) != bytea_type) is_not(column, "a blob");
    const auto text = raw(column);
    if (!text.starts_with("\\x")) is_not(column, "a blob in hexadecimal form");
    const auto digit = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
    Blob out;
    out.bytes.reserve(text.size() / 2);
    for (std::size_t i = 2; i + 1 < text.size(); i += 2) out.bytes += static_cast<char>(digit(text[i]) * 16 + digit(text[i + 1]));
    return out;
}

}  // namespace db::postgres
