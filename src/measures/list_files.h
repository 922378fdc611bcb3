#pragma once
#include "measures/desk.h"

namespace measures {

// /massnahmen.csv and /massnahmen.xlsx, and for long lists /massnahmen/ausgaben/{id} with its progress.
void mount_list_files(http::Router&, const Desk&);
// /massnahmen/einlesen: an existing list, mapped in a preview, taken over whole or not at all.
void mount_import(http::Router&, const Desk&);

}  // namespace measures
