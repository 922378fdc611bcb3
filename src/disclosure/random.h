#pragma once
#include <cstdint>
#include <vector>

namespace disclosure {

__extension__ using Wide = unsigned __int128;

// SplitMix64: the same numbers on every machine, which std::shuffle and the distributions of <random> do not promise.
class Random {
  public:
    explicit Random(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next() {
        std::uint64_t z = (state_ += 0x9e3779b97f4a7c15ull);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
        return z ^ (z >> 31);
    }
    // 0 <= result < limit.
    std::uint64_t below(std::uint64_t limit) { return static_cast<std::uint64_t>((static_cast<Wide>(next()) * limit) >> 64); }
    double unit() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }
    template <class T>
    void shuffle(std::vector<T>& items) {
        for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[below(i)]);
    }

  private:
    std::uint64_t state_;
};

}  // namespace disclosure
