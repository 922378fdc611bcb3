#pragma once
// What people may get wrong about a measure, every mistake at once, each at its field.
#include "measures/model.h"

namespace measures {

std::vector<base::FieldError> mistakes_in(const Measure&);
std::vector<base::FieldError> mistakes_in(const Schedule&);
// A resource belongs to a year of the measure; without dates to any.
std::vector<base::FieldError> mistakes_in(const Resource&, const Schedule&);
std::vector<base::FieldError> mistakes_in(const Milestone&, const Schedule&);
std::vector<base::FieldError> mistakes_in(const StatusReport&, const Measure&, base::Day today);
// Ziffer 4.2, verifiable: percent are given only where something is counted.
bool is_countable(const Measure&);

}  // namespace measures
