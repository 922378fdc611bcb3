#pragma once
// Where the log has the history of a thing: of itself and of its parts, what was withdrawn included.
#include <string>
#include <vector>

#include "platform/base/bilingual.h"

namespace audit {

struct Trace {
    std::string subject, record;
    std::string of = {};  // which part it is, as people tell it from others: a seat, the first day of a term
};
struct Trail {
    base::Bilingual title;
    std::string url;
    std::vector<Trace> traces;
};

}  // namespace audit
