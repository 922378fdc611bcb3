#pragma once
#include "measures/desk.h"

namespace measures {

// /massnahmen/vorlagen: templates, and /massnahmen/uebernehmen: a whole year's measures again.
void mount_copies(http::Router&, const Desk&);

}  // namespace measures
