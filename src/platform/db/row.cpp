// What a column's value is read as; the engines answer below this with their raw forms.
#include "platform/db/db.h"
#include "platform/db/failure.h"

namespace db {
namespace {

void refuse_null(bool null, std::string_view column) {
    if (null) mistake("column " + std::string(column) + " is null, and no optional was asked for");
}

}  // namespace

bool Row::is_null(std::string_view column) const { return null_at(column_of(column)); }

std::int64_t Row::int64(std::string_view column) const {
    const int at = column_of(column);
    refuse_null(null_at(at), column);
    return int64_at(at);
}
double Row::real(std::string_view column) const {
    const int at = column_of(column);
    refuse_null(null_at(at), column);
    return real_at(at);
}
bool Row::boolean(std::string_view column) const {
    const int at = column_of(column);
    refuse_null(null_at(at), column);
    return boolean_at(at);
}
std::string Row::text(std::string_view column) const {
    const int at = column_of(column);
    refuse_null(null_at(at), column);
    return std::string(text_at(at));
}
base::Day Row::day(std::string_view column) const {
    const int at = column_of(column);
    refuse_null(null_at(at), column);
    return day_at(at);
}
base::Instant Row::instant(std::string_view column) const {
    const int at = column_of(column);
    refuse_null(null_at(at), column);
    return instant_at(at);
}
Blob Row::blob(std::string_view column) const {
    const int at = column_of(column);
    refuse_null(null_at(at), column);
    return blob_at(at);
}
std::optional<std::int64_t> Row::optional_int64(std::string_view column) const {
    const int at = column_of(column);
    return null_at(at) ? std::optional<std::int64_t>() : int64_at(at);
}
std::optional<std::string> Row::optional_text(std::string_view column) const {
    const int at = column_of(column);
    return null_at(at) ? std::optional<std::string>() : std::string(text_at(at));
}
std::optional<base::Day> Row::optional_day(std::string_view column) const {
    const int at = column_of(column);
    return null_at(at) ? std::optional<base::Day>() : day_at(at);
}
std::optional<base::Instant> Row::optional_instant(std::string_view column) const {
    const int at = column_of(column);
    return null_at(at) ? std::optional<base::Instant>() : instant_at(at);
}

}  // namespace db
