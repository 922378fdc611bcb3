#pragma once
#include "measures/desk.h"

namespace measures {

// /massnahmen/abfragen: status rounds for the officer, and where offices get their mail.
void mount_rounds(http::Router&, const Desk&);
// /rueckmeldung/{link}: the form behind a link, for people without an account.
void mount_answers(http::Router&, const Desk&);

}  // namespace measures
