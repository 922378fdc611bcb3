#pragma once
// Whole installations as directories of files: load, export, check, and the sample that comes and goes (docs/data-format.md).
#include <filesystem>
#include <iosfwd>
#include <string>
#include <vector>

#include "platform/base/bilingual.h"
#include "platform/base/day.h"
#include "platform/base/result.h"
#include "platform/db/db.h"

namespace dataset {

struct LoadReport {
    std::string key;
    base::Bilingual title;
    bool sample = false;
    std::size_t clauses = 0, duties = 0, evidence = 0;
    bool recorded_days_kept = false;
    std::vector<base::Message> remarks;  // figures that do not fit: told, not hidden
};
// In one transaction or not at all. A data set that is loaded already is a conflict and changes nothing.
base::Result<LoadReport> load(db::Database&, const std::filesystem::path& directory, const base::Clock&);

// Writes what load reads, in a stable order, into a new or empty directory; what a sample brought goes to directory/sample. Accounts stay.
struct ExportReport {
    std::vector<std::filesystem::path> files;
};
base::Result<ExportReport> export_to(db::Database&, const std::filesystem::path& directory);

// Takes the sample away; not_found when there is none. Its accounts are disabled, as the audit trail names them.
base::Result<void> remove_sample(db::Database&, const base::Clock&);
bool has_sample(db::Database&);

// A figure of the plan for its page: the value, or that there is none; and what does not fit.
struct KeyFigure {
    std::string key, plan, clause, period;
    base::Bilingual title, unit, source, definition, note;
    std::string value;      // "7.6"; empty: does not exist
    std::string comes_out;  // "7.67" where another value follows from the other figures
};
base::Result<std::vector<KeyFigure>> key_figures(db::Connection&, const std::string& plan);

// The commands: 0 when done, 2 when refused; what is wrong goes to `err`, one mistake a line.
// `skip` makes a load that can be repeated: a data set that is loaded already is kept as it is, and that is no failure.
enum class Again { refuse, skip };
int load_command(db::Database&, const std::filesystem::path& directory, const base::Clock&, Again, std::ostream& out, std::ostream& err);
int export_command(db::Database&, const std::filesystem::path& directory, std::ostream& out, std::ostream& err);
int remove_sample_command(db::Database&, const base::Clock&, std::ostream& out, std::ostream& err);
// Needs no database. A data set that extends another is checked with its neighbour of that name.
int check_command(const std::filesystem::path& directory, std::ostream& out, std::ostream& err);

// The accounts a sample brings, with their passwords, for whoever starts a demonstration.
int accounts_command(const std::filesystem::path& directory, std::ostream& out, std::ostream& err);

}  // namespace dataset
