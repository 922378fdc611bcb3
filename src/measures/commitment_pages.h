#pragma once
#include "measures/desk.h"

namespace measures {

// /massnahmen/zusagen: self-commitments of partners and, for the officer, invitations. /zusage/{link}: where the partner writes, confirms, withdraws.
void mount_commitments(http::Router&, const Desk&);

}  // namespace measures
