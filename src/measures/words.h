#pragma once
// The words a measure is found by: folded and stemmed, a row each, so that a search reads an index and not every title.
#include "measures/model.h"
#include "platform/db/db.h"

namespace measures {

base::Result<void> write_words(db::Connection&, const Measure&);  // of a measure that has none yet
// For databases from before there were words.
base::Result<void> complete_words(db::Database&);

}  // namespace measures
