#pragma once
// Pure rules of indicators: what a period is, and what people may get wrong.
#include "indicators/model.h"

namespace indicators {

struct Period {
    base::Day from{}, until{};  // both included
    Rhythm rhythm = Rhythm::yearly;
    friend bool operator==(const Period&, const Period&) = default;
};
// "2020", "2020-H2", "2020-Q3", "2020-07"; nothing for what is none of these from 1990 to 2100.
std::optional<Period> period_of(std::string_view name);
// The name of the period a day lies in, and of the last one that ended before it.
std::string period_name(Rhythm, base::Day);
std::string last_ended(Rhythm, base::Day today);

std::vector<base::FieldError> mistakes_in(const Indicator&);
// A value belongs to a period of the indicator's rhythm that has begun; "there is none" needs a comment.
std::vector<base::FieldError> mistakes_in(const Value&, const Indicator&, base::Day today);

// What counts now, one for each period, in order of time; corrected ones are left out.
std::vector<Value> current(const std::vector<Value>&);

}  // namespace indicators
