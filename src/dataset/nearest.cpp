#include "dataset/nearest.h"

#include <algorithm>
#include <vector>

namespace dataset {
namespace {

// Letters to change, add, drop or swap with their neighbour until one becomes the other.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = i;
    for (std::size_t j = 0; j <= b.size(); ++j) d[0][j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
            d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + change});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
        }
    }
    return d[a.size()][b.size()];
}

}  // namespace

std::string nearest(std::string_view written, std::span<const std::string> known) {
    if (written.size() < 3 || written.size() > 100) return {};  // one or two letters are near to everything
    std::string best;
    std::size_t least = std::max<std::size_t>(1, written.size() / 3) + 1;
    for (const auto& candidate : known) {
        if (candidate.empty() || candidate.size() > 100) continue;
        if (const auto far = distance(written, candidate); far < least) {
            least = far;
            best = candidate;
        }
    }
    return best;
}

}  // namespace dataset
