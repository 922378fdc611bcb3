#pragma once
// Resources and milestones in the form of their measure: one form, one saving, and where two people were at it one page to merge on.
#include "measures/part_pages.h"

namespace measures {

struct PartInput {
    bool resource = true;
    std::int64_t id = 0;
    std::string prefix;   // of its fields in the form: "mittel-12-"
    Fields opened, mine;  // what stood there, and what stands there now
};
// What was changed of the parts in the form.
std::vector<PartInput> parts_in(const http::Fields& form);
// Mistakes at the fields of the form; conflict "version" when somebody else changed the same field or withdrew the part.
base::Result<void> save_parts(db::Connection&, const std::string& key, const std::vector<PartInput>&, const By&);
// The inputs, with what stands there now carried along.
void part_inputs(web::Form&, const web::Context&, const Measure&, bool unfolded);

struct PartClash {
    std::string label;  // "Mittel 3.1.5.30: Ausgegeben"
    std::string field, base, theirs, mine;
};
// Joins what only one changed into `typed`; what both changed is told.
std::vector<PartClash> merge_parts(const web::Context&, const Measure& now, const std::vector<PartInput>&, http::Fields& typed);

// The following fields lie folded until end_fold(); the title says how many there are or are chosen.
void fold(web::Form&, const web::Context&, const base::Message& title, std::size_t count, bool unfolded);
void end_fold(web::Form&);
std::string as_typed(const std::string& value);  // "2019-12-31" as people write it in a field

}  // namespace measures
