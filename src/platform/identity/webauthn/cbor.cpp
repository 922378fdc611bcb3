#include "platform/identity/webauthn/cbor.h"

#include <limits>

namespace identity::webauthn {
namespace {

constexpr std::uint64_t largest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());

}  // namespace

// The number behind a head: in it up to 23, else in 1, 2, 4 or 8 bytes, and never in more of them than it needs.
std::optional<std::uint64_t> Cbor::argument(unsigned char info) {
    if (info < 24) return info;
    if (info > 27) return {};
    const std::size_t size = std::size_t{1} << (info - 24);
    if (rest_.size() < size) return {};
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < size; ++i) value = value << 8 | static_cast<unsigned char>(rest_[i]);
    rest_.remove_prefix(size);
    const std::uint64_t least = size == 1 ? 24 : std::uint64_t{1} << (4 * size);
    if (value < least) return {};
    return value;
}

std::optional<Item> Cbor::next() {
    if (rest_.empty()) return {};
    const auto head = static_cast<unsigned char>(rest_.front());
    rest_.remove_prefix(1);
    const auto major = head >> 5;
    const auto value = argument(head & 31);
    if (!value || *value > largest) return {};
    const auto number = static_cast<std::int64_t>(*value);
    switch (major) {
        case 0: return Item{.kind = Item::Kind::number, .number = number, .string = {}};
        case 1: return Item{.kind = Item::Kind::number, .number = -1 - number, .string = {}};
        case 2:
        case 3: {
            if (*value > rest_.size()) return {};
            const auto string = rest_.substr(0, *value);
            rest_.remove_prefix(*value);
            return Item{.kind = major == 2 ? Item::Kind::bytes : Item::Kind::text, .string = string};
        }
        case 4: return Item{.kind = Item::Kind::array, .string = {}, .length = *value};
        case 5: return Item{.kind = Item::Kind::map, .string = {}, .length = *value};
        case 7:
            if ((head & 31) < 20 || (head & 31) > 22) return {};
            return Item{.kind = Item::Kind::simple, .number = number, .string = {}};
        default: return {};
    }
}

// Every item is at least a byte, so a length that is only claimed ends where the bytes end.
bool Cbor::skip(int levels) {
    const auto item = next();
    if (!item) return false;
    if (item->kind != Item::Kind::array && item->kind != Item::Kind::map) return true;
    if (levels == 0) return false;
    for (std::uint64_t i = 0; i < item->length; ++i)
        if (!skip(levels - 1) || (item->kind == Item::Kind::map && !skip(levels - 1))) return false;
    return true;
}

}  // namespace identity::webauthn
