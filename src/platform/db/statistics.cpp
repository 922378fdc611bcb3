#include "platform/db/statistics.h"

namespace db {

base::Result<void> refresh_statistics(Connection& c) {
    if (c.engine() != Engine::sqlite) return {};
    // Not `pragma optimize`: before 3.46 it looks only at tables its own connection has asked about, and pages ask on others. The limit is what the
    // documentation recommends, so that it takes milliseconds on any table (sqlite.org/lang_analyze.html); with a limit no sample values are kept,
    // either, however the library was built, so nothing personal outlives its row in the statistics.
    return c.script("pragma analysis_limit = 1000; analyze");
}

}  // namespace db
