#pragma once
#include "measures/desk.h"

namespace measures {

// /massnahmen/netz: from the clause to the evidence, drawn and as a table.
void mount_graph(http::Router&, const Desk&);

}  // namespace measures
