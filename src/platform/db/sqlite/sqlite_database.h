#pragma once
#include <memory>

#include "platform/db/db.h"

namespace db::sqlite {

base::Result<std::unique_ptr<Database>> open(const std::string& file, const Options&);

}  // namespace db::sqlite
