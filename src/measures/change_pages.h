#pragma once
#include "measures/desk.h"

namespace measures {

// /massnahmen/aenderungen (page, Atom), /massnahmen.ics, /massnahmen/abo and the links of its mails.
void mount_changes(http::Router&, const Desk&);

}  // namespace measures
