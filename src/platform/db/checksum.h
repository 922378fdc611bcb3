#pragma once
// One form of a value for both engines, and a checksum over all rows of a table (inside platform/db only).
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "platform/db/catalogue.h"

namespace db {

// The value of a column as the logical type says; what is a day on PostgreSQL is read as a day from SQLite's text, too.
Value read_value(const Row&, const Column&);

// The sum of the digests of all rows: it does not depend on their order, which the engines need not share.
class Checksum {
  public:
    void add(const std::vector<Value>& row);
    std::string hex() const;
    std::int64_t rows() const { return rows_; }

  private:
    std::array<std::uint64_t, 4> sum_{};
    std::int64_t rows_ = 0;
    std::string bytes_;
};

}  // namespace db
