#pragma once
// Lists of measures as files: the filtered list or everything, streamed row by row, in the words an import knows.
#include "measures/list_columns.h"
#include "measures/store.h"

namespace measures {

std::vector<sheets::Column> export_columns(Audience);

// Writes every measure of the filter; `progress` is told how many so far and may end the writing by an Error.
base::Result<void> export_list(db::Connection&, Filter, Audience, sheets::Writer&,
                               const std::function<base::Result<void>(std::size_t)>& progress = {});

}  // namespace measures
