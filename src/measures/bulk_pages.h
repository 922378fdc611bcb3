#pragma once
#include "measures/desk.h"

namespace measures {

// /massnahmen/sammelbearbeitung: what was chosen in the list, one change, a preview of every record, and only then the change.
void mount_bulk(http::Router&, const Desk&);

}  // namespace measures
