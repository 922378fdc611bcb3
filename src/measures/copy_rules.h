#pragma once
// What comes again: a measure of last year with its dates moved, and templates with places to fill. Pure.
#include "measures/fields.h"

namespace measures {

base::Day plus_years(base::Day, int years);  // 29 February becomes the 28th
// The same measure some years on, as a proposal: what was spent, reached, resolved and confirmed stays behind; years in its names move along.
Measure copied(const Measure&, int years, base::Day today);
// Whether it is a measure of that year: it ends there. What has a rhythm or goes on for ever needs no copy; what partners promised is theirs.
bool is_of_year(const Measure&, int year);
int year_of(const Measure&, base::Day today);  // it ends in, begins in, or this one

// "{jahr}", "{ort}": letters between braces, in the order they are first named.
std::vector<std::string> places_in(const Fields&);
Fields filled(Fields, const std::map<std::string, std::string>& values);
// A template from a measure: its year becomes "{jahr}".
Fields template_of(const Measure&, base::Day today);
const std::vector<std::string>& template_field_names();  // a measure's fields without number, resolution, parent and targets

}  // namespace measures
