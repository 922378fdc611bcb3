#pragma once
#include "measures/desk.h"

namespace measures {

// /massnahmen/regeln: which rules bind here, and since when. /massnahmen/mittel: planned against spent, by year and unit.
void mount_steering(http::Router&, const Desk&);

}  // namespace measures
