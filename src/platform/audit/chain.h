#pragma once
// How an entry and its values become digests. Pure; inside platform/audit only.
#include <string>
#include <string_view>
#include <vector>

#include "platform/audit/api.h"

namespace audit {

// A field as it is stored. Purged: no values and no salt, only the digest they left.
struct Field {
    std::string name;
    std::optional<std::string> before, after;
    std::string salt;    // 16 random bytes: without them nobody can try out what a purged value may have been
    std::string purged;  // digest, empty while the values stand
};

constexpr std::size_t digest_size = 32;

// The fields that differ, freshly salted; all fields of what was created or withdrawn.
std::vector<Field> fields_of(const Values& before, const Values& after);
std::string digest_of(const Field&);
std::string digest_of(const std::vector<Field>&);

struct Link {
    std::int64_t number = 0;
    std::string at;  // ISO, UTC
    std::int64_t account = 0;
    std::string subject, record, action, values_digest;
};
// Binds an entry to all entries before it. The first one follows 32 zero bytes.
std::string digest_of(const Link&, std::string_view previous);
std::string first_digest();

std::string as_json(const std::vector<Field>&);
// Nothing when somebody wrote something else there.
std::optional<std::vector<Field>> fields_from_json(std::string_view);

std::string hex(std::string_view bytes);

}  // namespace audit
