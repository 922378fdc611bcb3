#pragma once
// Who sits when, and where nobody does. Pure; days are handed in.
#include "groups/model.h"

namespace groups {

struct Span {
    base::Day from{}, until{};  // both included
    friend bool operator==(const Span&, const Span&) = default;
};
// The days between `from` and `until` on which none of the terms sits.
std::vector<Span> gaps(const std::vector<Term>& of_one_seat, base::Day from, base::Day until);
int days_of(const std::vector<Span>&);

// Why a term cannot be entered: it ends before it begins, overlaps others (each is named), or has nobody to sit.
std::vector<base::FieldError> mistakes_in(const Term&, const std::vector<Term>& of_the_seat);
std::vector<base::FieldError> mistakes_in(const Meeting&, base::Day today);
std::vector<base::FieldError> mistakes_in(const Group&);
std::vector<base::FieldError> mistakes_in(const Seat&);

// Columns of the picture of gaps: the quarters up to the one `today` lies in, oldest first.
std::vector<Span> quarters_until(base::Day today, int how_many);
std::string quarter_name(const Span&);

}  // namespace groups
