#pragma once
#include <span>

#include "duties/model.h"

namespace duties {

// One period of a duty before any evidence is looked at.
struct Slot {
    std::string label;
    base::Day begins{}, ends{};  // for the evidence; "once" begins with the validity
    base::Day due{};             // by the rule, before any extension
};

// The periods of a duty by the calendar: those that have begun on `until`, and the next one. A period counts when it touches the validity and its
// due day does not lie before it. Nothing for on_request, whose periods are the requests.
// `from` leaves out those that end before it.
std::vector<Slot> slots_of(const Duty&, base::Day until, std::optional<base::Day> from = {});
// The calendar years a duty is valid in, up to the year of `until`.
std::vector<Slot> years_of(const Duty&, base::Day until);

// Is this the label of a period of that kind? "2019-Q2" is one of quarter.
bool is_label_of(Period, std::string_view label);
// The label of the period of that kind a day lies in.
std::string label_of(Period, base::Day);

// The extension in force for a period: of those decided by `as_of` and known by `known_on` the one decided last.
const Extension* extension_for(std::span<const Extension>, const Duty&, std::string_view label, base::Day as_of, std::optional<base::Day> known_on);
const Waiver* waiver_for(std::span<const Waiver>, const Duty&, std::string_view label, base::Day as_of, std::optional<base::Day> known_on);

}  // namespace duties
