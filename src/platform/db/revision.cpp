#include "platform/db/revision.h"

namespace db {

base::Result<void> raise_revision(Connection& c) {
    TRY_VOID(c.execute("update revisions set number = number + 1 where id = 1"));
    return {};
}

base::Result<std::int64_t> revision(Connection& c) {
    TRY(const auto found,
        c.query_one<std::int64_t>("select number from revisions where id = 1", {}, [](const Row& row) { return row.int64("number"); }));
    return found.value_or(0);
}

}  // namespace db
