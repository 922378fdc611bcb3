#pragma once
#include "measures/desk.h"

namespace measures {

// /massnahmen/tafel: a board by state. /massnahmen/zeitplan: when what runs, by year or quarter, as a chart with its table.
void mount_overviews(http::Router&, const Desk&);

}  // namespace measures
