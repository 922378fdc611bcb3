#pragma once
#include <span>

#include "duties/model.h"

namespace duties {

// What judging looks at beside the duty itself. Evidence may hold records of other kinds and in any order; they are passed over.
struct Facts {
    std::span<const evidence::Record> evidence;
    std::span<const Waiver> waivers;
    std::span<const Extension> extensions;
};

// The state of one duty in all its periods as of a day: those that have begun, and the next. `known_on` leaves out what was recorded after that
// day, withdrawals too; without it everything known now counts, and what was withdrawn never happened.
std::vector<Occurrence> judge(const Duty&, const Facts&, base::Day as_of, std::optional<base::Day> known_on = {});

// The weakest origin the state depends on. The grace only ever helps the bearer, so it does not count; a duty whose origin nobody named is ours.
OriginKind origin_of(const Duty&);

}  // namespace duties
