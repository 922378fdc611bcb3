#pragma once
// What programs change; the rules, the stores and who may do what are those of the pages (deeds.h).
#include "measures/desk.h"
#include "measures/fields.h"

namespace measures {

// /api/v1/massnahmen and its parts; /api/v1/zielvorgaben with consultations; /api/v1/abfragen, /regeln, /zusagen.
void mount_api_of_measures(http::Router&, const Desk&);
void mount_api_of_files(http::Router&, const Desk&);
void mount_api_of_targets(http::Router&, const Desk&);
void mount_api_of_steering(http::Router&, const Desk&);

// What a resource or milestone says, in sixteen hexadecimal digits: the version a change of it is made from.
std::string tag_of_part(const Fields&);

}  // namespace measures
