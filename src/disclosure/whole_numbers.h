#pragma once
#include <cmath>
#include <coin/ClpSimplex.hpp>
#include <vector>

namespace disclosure {

// Towards whole numbers: of the solution's fractional columns, the one nearest to its next whole number is made at least that large. Its place, or
// -1 when all are whole or stand at their upper limits.
inline int raise_nearest_to_whole(ClpSimplex& program, const std::vector<double>& upper) {
    const double* solution = program.primalColumnSolution();
    int best = -1;
    double nearest = 1e-6;
    for (std::size_t c = 0; c < upper.size(); ++c) {
        const double part = solution[c] - std::floor(solution[c] + 1e-6);
        if (part > nearest && std::ceil(solution[c]) <= upper[c]) {
            nearest = part;
            best = static_cast<int>(c);
        }
    }
    if (best >= 0) program.setColumnLower(best, std::ceil(solution[best] - 1e-6));
    return best;
}

}  // namespace disclosure
