#pragma once
// Reading a list in: the file waits between upload and take-over, the mapping is remembered for the next file with the same headings.
#include "measures/import_rules.h"
#include "measures/store.h"

namespace measures {

using UploadId = base::Id<struct MeasureUploadTag>;

struct Upload {
    UploadId id;
    std::string name;
    sheets::Workbook book;
    sheets::Table table;
    Mapping mapping;
    const sheets::Sheet& sheet() const { return book.sheets[table.sheet]; }
};
// Refuses what is no list. Files that were left lying for a week go.
base::Result<UploadId> keep_upload(db::Connection&, const std::string& name, const std::string& bytes, const By&);
base::Result<Upload> find_upload(db::Connection&, UploadId, const By&);  // only one's own
base::Result<void> change_mapping(db::Connection&, const Upload&, const Mapping&, const By&);
base::Result<void> drop_upload(db::Connection&, UploadId, const By&);

struct ImportItem {
    enum class What { fresh, changed, unchanged } what = What::fresh;
    std::size_t row = 0;
    Measure measure;
    std::optional<Resource> means = {};  // that come with the row and are not there yet
    bool same_fields = false;            // of one that is there
    std::string like = {};               // what it may be a double of
};
struct ImportPlan {
    std::vector<ImportItem> items;
    std::vector<base::FieldError> mistakes;  // field: the place, in order of the rows
    std::size_t count(ImportItem::What) const;
    std::size_t doubtful() const;  // new ones that may be doubles
};
// What taking the file over would do, with every mistake at once.
base::Result<ImportPlan> plan_import(db::Connection&, const Upload&, base::Day today);

enum class Doubles { leave_out, take_over };
struct Imported {
    std::size_t created = 0, changed = 0, left = 0;
};
// All or nothing; a plan with mistakes is refused.
base::Result<Imported> take_over(db::Connection&, const Upload&, Doubles, const By&);

}  // namespace measures
