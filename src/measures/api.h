#pragma once
// What other capabilities may use of measures and targets: the values and their names.
#include "measures/model.h"
#include "measures/target_model.h"
