#pragma once
#include "disclosure/api.h"
#include "disclosure/witness.h"

namespace disclosure {

// The audit, shown some tables first. It believes none of them before it has checked it.
base::Result<Audit> audit_with(const Problem&, const Pattern&, const Rules&, const Options&, const std::vector<Move>& hints);

}  // namespace disclosure
