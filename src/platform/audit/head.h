#pragma once
// Inside platform/audit only.
#include <cstdint>
#include <string>
#include <string_view>

#include "platform/db/db.h"

namespace audit {

struct Tip {
    std::int64_t number = 0;
    std::string digest;  // raw bytes
};
base::Result<Tip> tip(db::Connection&);

// What a purge is recorded about; its record is the number of the purged entry.
constexpr std::string_view purged_subject = "audit.entry";

}  // namespace audit
