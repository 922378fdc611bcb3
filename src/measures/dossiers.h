#pragma once
// Reading measures with everything that hangs on them; for the stores of this folder.
#include "measures/store.h"

namespace measures {

// Of "measures m", with the rest of the statement: "where … order by …".
base::Result<std::vector<Dossier>> dossiers(db::Connection&, std::string_view rest, const db::Parameters&, Filter::Read);
// In this order.
base::Result<std::vector<Dossier>> dossiers(db::Connection&, const std::vector<MeasureId>&, Filter::Read);

}  // namespace measures
