#pragma once
#include "platform/sheets/api.h"

namespace sheets {
base::Result<Workbook> read_xlsx(std::string_view bytes, const Limits&);
}
