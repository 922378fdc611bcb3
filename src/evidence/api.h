#pragma once
// What other capabilities may use of the ledger: the values, the kinds and their readable names.
#include "evidence/kinds.h"
#include "evidence/model.h"
