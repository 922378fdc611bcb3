#pragma once
#include <compare>
#include <cstdint>
#include <functional>

namespace base {

// A database key that knows what it identifies: Id<struct ClauseTag> cannot be handed over where Id<struct DutyTag> is wanted.
// 0 is no record.
template <class Tag>
struct Id {
    std::int64_t value = 0;
    explicit operator bool() const { return value != 0; }
    friend auto operator<=>(const Id&, const Id&) = default;
};

}  // namespace base

template <class Tag>
struct std::hash<base::Id<Tag>> {
    std::size_t operator()(const base::Id<Tag>& id) const noexcept { return std::hash<std::int64_t>{}(id.value); }
};
