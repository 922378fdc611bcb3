#pragma once
#include "dataset/model.h"

namespace dataset {

// Files of organisations and groups: "organisations.toml" and "groups.toml"; empty where there is nothing.
std::string organisations_file(const NetworkTables&);
std::string groups_file(const NetworkTables&);
std::string exchanges_file(const NetworkTables&);  // the contact log and the mailing lists
std::string office_tables(const NetworkTables&);   // tasks and deputations

}  // namespace dataset
