#pragma once
#include "dataset/model.h"

namespace dataset {
std::string measures_of(const Dataset&);
}
