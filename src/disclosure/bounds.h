#pragma once
#include <vector>

#include "disclosure/cells.h"
#include "disclosure/elimination.h"

namespace disclosure {

// What follows from the published figures by equations, and from ones that can only rise. When the seconds are over, the latter may be
// incomplete; what is not known to be forced is not safe for that.
struct Consequences {
    std::vector<char> determined;  // of each figure: the equations alone
    std::vector<char> forced;      // … together with x >= 1
    std::vector<int> group;        // figures that fix each other's value share a number; -1 for the known
};

Consequences consequences(const Layout&, const std::vector<char>& suppressed, Count lower_bound, double seconds);

}  // namespace disclosure
