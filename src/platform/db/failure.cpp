#include "platform/db/failure.h"

#include <cstdio>
#include <cstdlib>

namespace db {
namespace {

struct Name {
    Failure failure;
    std::string_view code;
    base::ErrorKind kind;
};
constexpr Name names[] = {
    {Failure::unique, "unique", base::ErrorKind::conflict},
    {Failure::foreign_key, "foreign_key", base::ErrorKind::conflict},
    {Failure::check, "check", base::ErrorKind::internal},
    {Failure::not_null, "not_null", base::ErrorKind::internal},
    {Failure::busy, "busy", base::ErrorKind::unavailable},
    {Failure::connection, "connection", base::ErrorKind::unavailable},
    {Failure::read_only, "read_only", base::ErrorKind::unavailable},
    {Failure::serialisation, "serialisation", base::ErrorKind::unavailable},
    {Failure::other, "database", base::ErrorKind::internal},
};

}  // namespace

std::optional<Failure> failure_of(const base::Error& error) {
    for (const auto& name : names)
        if (error.code == name.code) return name.failure;
    return {};
}

base::Error failed(Failure failure, std::string detail) {
    for (const auto& name : names)
        if (name.failure == failure) return base::Error{name.kind, std::move(detail), {}, std::string(name.code)};
    mistake("a failure without a name");
}

std::string shortened(std::string_view sql) {
    std::string out;
    for (const char c : sql) {
        const bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
        if (space && (out.empty() || out.back() == ' ')) continue;
        out += space ? ' ' : c;
        if (out.size() >= 160) return out + "…";
    }
    return out;
}

void mistake(const std::string& what) {
    std::fprintf(stderr, "miteinander: mistake in the use of the database: %s\n", what.c_str());
    std::abort();
}

}  // namespace db
