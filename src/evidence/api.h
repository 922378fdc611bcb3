#pragma once
// What other capabilities may use of the ledger: the values, the kinds and their readable names, recording and reading.
#include "evidence/kinds.h"
#include "evidence/model.h"
#include "evidence/store.h"
