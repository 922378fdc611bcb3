#pragma once
#include <vector>

#include "disclosure/cells.h"

namespace disclosure {

// Publishes figures one after the other, each unless a protected figure or a sum of ones would become computable. Returns which
// figures stay suppressed. Safe against equations; what bounds give away is left to the witnesses.
std::vector<char> publish_greedily(const Layout&, const std::vector<int>& order, Count lower_bound);

// Candidates in the order of their worth: priority, then count. A jitter above 0 tries other orders.
std::vector<int> publishing_order(const Layout&, double jitter, std::uint64_t seed);

struct Size {
    std::size_t secondary = 0;
    Count sum = 0;
    friend auto operator<=>(const Size&, const Size&) = default;
};
Size size_of(const Layout&, const std::vector<char>& suppressed);

}  // namespace disclosure
