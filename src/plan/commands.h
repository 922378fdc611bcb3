#pragma once
// `miteinander plan import`: what the command line calls.
#include <filesystem>
#include <functional>
#include <iosfwd>
#include <set>

#include "plan/store.h"

namespace plan {

struct ImportOptions {
    std::filesystem::path file;
    std::string format = "auto";  // auto, text, pdf, docx, odt
    bool dry_run = false;         // shows the proposal and keeps nothing
    bool json = false;
    std::string key;                                                                     // of the draft; made from the title when empty
    std::string again;                                                                   // key of a draft this corrected text is imported over
    std::function<base::Result<std::set<StatementId>>(db::Connection&)> with_duty = {};  // statements a duty stands behind
};

// Answers the exit code: 0 done, 1 refused, 2 wrongly called. `database` may be null for a dry run.
int import_command(const ImportOptions&, db::Database* database, const By&, std::ostream& out, std::ostream& err);

}  // namespace plan
