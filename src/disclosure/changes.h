#pragma once
#include <cstdint>
#include <cstdlib>
#include <span>
#include <vector>

#include "disclosure/cells.h"

namespace disclosure {

// A change of the table by rows. Tables are walked through all the time while figures are published, so a part is as short as it can be:
// what does not fit is left out by whoever makes one.
class Part {
  public:
    Part() = default;
    Part(int row, int change)
        : bits_((static_cast<std::uint32_t>(row) << change_bits) | (static_cast<std::uint32_t>(change) & ((1u << change_bits) - 1))) {}
    int row() const { return static_cast<int>(bits_ >> change_bits); }
    int change() const { return static_cast<int>(bits_ << (32 - change_bits)) >> (32 - change_bits); }

  private:
    static constexpr int change_bits = 12;
    std::uint32_t bits_ = 0;
};
constexpr int largest_change = 2'047;
static_assert(largest_width < largest_change && most_rows <= std::size_t{1} << 20);
using Change = std::vector<Part>;  // ascending rows, none of them by 0

// By how much a change moves a row. Without a branch that depends on what is compared: which way it goes is anybody's guess.
inline int change_of(std::span<const Part> change, int row) {
    if (change.empty()) return 0;
    const Part* first = change.data();
    for (std::size_t length = change.size(); length > 1;) {
        const std::size_t half = length / 2;
        first += first[half].row() <= row ? half : 0;
        length -= half;
    }
    return first->row() == row ? first->change() : 0;
}

inline int change_of(std::span<const Part> change, std::span<const int> rows) {
    int sum = 0;
    for (const int row : rows) sum += change_of(change, row);
    return sum;
}

// Weighs changes by how far they move a figure or relation, which is put on it as its rows with their factors.
class Scale {
  public:
    explicit Scale(std::size_t rows) : factor_(rows, 0) {}
    void put(std::span<const int> rows) {
        clear();
        for (const int row : rows) on_it_.emplace_back(row, 1);
        mark();
    }
    void put(std::span<const Part> parts) {
        clear();
        on_it_.assign(parts.begin(), parts.end());
        mark();
    }
    std::span<const Part> parts() const { return on_it_; }
    int weigh(std::span<const Part> change) const {
        int by = 0;
        if (on_it_.size() * worth_a_search < change.size()) {
            for (const auto& p : on_it_) by += p.change() * change_of(change, p.row());
            return by;
        }
        for (const auto& p : change) by += factor_[p.row()] * p.change();
        return by;
    }

  private:
    static constexpr std::size_t worth_a_search = 16;  // parts of a change that are looked at in the time of one search
    void clear() {
        for (const auto& p : on_it_) factor_[p.row()] = 0;
        on_it_.clear();
    }
    void mark() {
        for (const auto& p : on_it_) factor_[p.row()] = static_cast<std::int16_t>(p.change());
    }
    std::vector<std::int16_t> factor_;
    Change on_it_;
};

// A change or proof that moves the figure at hand, by its number, and how far.
struct Moving {
    int index = 0;
    int by = 0;
};

}  // namespace disclosure
