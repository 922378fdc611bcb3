#pragma once
#include <memory>

#include "platform/db/db.h"

namespace db::postgres {

base::Result<std::unique_ptr<Database>> open(const std::string& uri, const Options&);

}  // namespace db::postgres
