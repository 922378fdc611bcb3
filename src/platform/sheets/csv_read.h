#pragma once
#include "platform/sheets/api.h"

namespace sheets {
base::Result<Workbook> read_csv(std::string_view bytes, const Limits&);
}
