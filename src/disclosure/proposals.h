#pragma once
#include <memory>

#include "disclosure/witness.h"

namespace disclosure {

// Other tables with the same published figures, one target after another, by a linear program over the rows that are not published.
// What follows from other published figures is left out of an equation, and what remains twice is left out once: that makes the
// program short enough for patterns made elsewhere. Proposals only; Witnesses checks them.
class Proposals {
  public:
    Proposals(const Layout&, const std::vector<char>& suppressed, const Rules&, std::uint64_t seed);
    ~Proposals();
    // Moves of the figure in whole numbers, at most one upwards and one downwards; none when that takes longer than the seconds given.
    Move rise(int figure, double seconds);
    Move fall(int figure, double seconds);

  private:
    class Program;
    std::unique_ptr<Program> program_;
};

}  // namespace disclosure
