#pragma once
#include "disclosure/api.h"

namespace disclosure {

struct PublishedFigure {
    Key key;
    Count value = 0;
};

// Every figure on its own to the nearest multiple, from the exact value (never from a rounded one); halves go up. Sums may deviate.
base::Result<std::vector<PublishedFigure>> round(const Problem&, Count to_multiple_of);

// What the rounded figures give away together. Each says that the exact count is within half a base; the attacker knows the equations,
// and here also which counts are zero, which the rounded table does not even tell. Safe means safe from less as well.
base::Result<Audit> audit_rounding(const Problem&, Count to_multiple_of, const Rules&, const Options& = {});

// Noise by size of the count and by the key of its people: the same people get the same noise in whatever table. Mean zero for
// counts of 3 and more, at most 2 away; zero stays zero, and no published figure is 1 or 2.
struct CellKeyOptions {
    std::uint64_t secret = 0;  // must not change between publications of one statistic, and must not become known
};
base::Result<std::vector<PublishedFigure>> cell_key(const Problem&, const CellKeyOptions&);
// The noise of a count for a key drawn evenly from 0 <= key < 1: what the tests take moments of.
Count cell_key_value(Count count, double key);

}  // namespace disclosure
