#pragma once
// A measure as named texts: what its form sends, its file holds, its API carries and its versions keep are the same fields, so that everything
// exported can be imported, and two people's changes can be joined.
#include <map>

#include "measures/model.h"

namespace measures {

using Fields = std::map<std::string, std::string>;

// In the order people read them: "kennung", "titel", "titel_en", … "veroeffentlicht".
const std::vector<std::string>& field_names();
Fields fields_of(const Measure&);

// The measure with every field that is present changed; what is absent stays. Every mistake at once, each at its field: those of reading and those of
// mistakes_in(). "kennung" is no change.
base::Result<Measure> with_fields(const Measure&, const Fields&, base::Day today);
// What can be read of a form that is still being filled, mistakes or not: for the grade beside it.
Measure as_far_as_readable(const Measure&, const Fields&, base::Day today);

// Two people changed the same version. What only one of them changed is taken; what both changed differently is a clash for people to decide,
// and stays as it is typed.
struct Clash {
    std::string field, base, theirs, mine;
    friend bool operator==(const Clash&, const Clash&) = default;
};
struct Merge {
    Fields fields;
    std::vector<Clash> clashes;
};
Merge merge(const std::vector<std::string>& names, const Fields& base, const Fields& theirs, const Fields& mine);
Merge merge(const Fields& base, const Fields& theirs, const Fields& mine);

// "2018:5.1-a, 2018:5.2-b" and back.
std::vector<std::string> split_list(std::string_view);
std::string join_list(const std::vector<std::string>&);

}  // namespace measures
