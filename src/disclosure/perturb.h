#pragma once
#include "disclosure/api.h"

namespace disclosure {

struct PublishedFigure {
    Key key;
    Count value = 0;
};

struct Perturbation {
    std::vector<PublishedFigure> figures;  // above zero before; others stay zero
    Audit audit;                           // of rounding; the noise of cell keys has no intervals to audit
    Certificate certificate;
};

// Every figure on its own to the nearest multiple, from the exact value (never from a rounded one); halves go up. Sums may deviate.
// Audited is what the rounded figures give away together. Each says that the exact count is within half a base; the attacker knows the
// equations, and here also which counts are zero, which the rounded table does not even tell. Safe means safe from less as well.
base::Result<Perturbation> round(const Problem&, Count to_multiple_of, const Rules&, const Options& = {});

// Noise by size of the count and by the key of its people: the same people get the same noise in whatever table. Mean zero for
// counts of 3 and more, at most 2 away; zero stays zero, and no published figure is 1 or 2.
struct CellKeyOptions {
    std::uint64_t secret = 0;  // must not change between publications of one statistic, and must not become known
};
base::Result<Perturbation> cell_key(const Problem&, const CellKeyOptions&, const Rules&);
// The noise of a count for a key drawn evenly from 0 <= key < 1: what the tests take moments of.
Count cell_key_value(Count count, double key);

Certificate certify(const Problem&, const std::vector<PublishedFigure>&, const Rules&, bool passed, std::string method, std::string statement);
std::string hash_of(const std::vector<std::string>& lines);

}  // namespace disclosure
