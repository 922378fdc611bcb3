#pragma once
#include <map>
#include <string>

#include "dataset/model.h"

namespace dataset {

// The files of a data set: name → text. The order is stable (keys as people count: 5.4.1.2 before 5.4.1.10; clauses and statements as they are
// read), defaults are left out, so that the same data give the same bytes.
std::map<std::string, std::string> written(const Dataset&);

// 5.4.1.2 before 5.4.1.10: digits compare as numbers.
bool before(std::string_view, std::string_view);

}  // namespace dataset
