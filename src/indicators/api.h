#pragma once
// What other capabilities may use of indicators: the values, reading them, and keeping definitions.
#include "indicators/rules.h"
#include "indicators/store.h"
