#include "platform/db/checksum.h"

#include <bit>

#include <fmt/format.h>
#include <sodium.h>

namespace db {
namespace {

// A length or number in eight bytes, the same on every machine.
void append(std::string& out, std::uint64_t value) {
    for (int i = 0; i < 8; ++i) out += static_cast<char>(value >> (8 * i));
}
void append(std::string& out, char tag, std::string_view bytes) {
    out += tag;
    append(out, bytes.size());
    out += bytes;
}

}  // namespace

Value read_value(const Row& row, const Column& column) {
    if (row.is_null(column.name)) return {};
    switch (column.type) {
        case Type::int64: return row.int64(column.name);
        case Type::real: return row.real(column.name);
        case Type::boolean: return row.boolean(column.name);
        case Type::text: return row.text(column.name);
        case Type::day: return row.day(column.name);
        case Type::instant: return row.instant(column.name);
        case Type::blob: return row.blob(column.name);
        case Type::unknown: break;
    }
    return {};
}

// SQLite knows no boolean, day or moment: they count as the number or text they are there.
void Checksum::add(const std::vector<Value>& row) {
    bytes_.clear();
    for (const auto& value : row)
        std::visit(
            [&](const auto& v) {
                using T = std::decay_t<decltype(v)>;
                if constexpr (std::is_same_v<T, std::monostate>)
                    bytes_ += 'n';
                else if constexpr (std::is_same_v<T, std::int64_t> || std::is_same_v<T, bool>)
                    bytes_ += 'i', append(bytes_, static_cast<std::uint64_t>(v));
                else if constexpr (std::is_same_v<T, double>)
                    bytes_ += 'r', append(bytes_, std::bit_cast<std::uint64_t>(v == 0 ? 0.0 : v));
                else if constexpr (std::is_same_v<T, std::string>)
                    append(bytes_, 't', v);
                else if constexpr (std::is_same_v<T, Blob>)
                    append(bytes_, 'b', v.bytes);
                else
                    append(bytes_, 't', base::iso(v));
            },
            value);
    unsigned char digest[32];
    crypto_generichash(digest, sizeof digest, reinterpret_cast<const unsigned char*>(bytes_.data()), bytes_.size(), nullptr, 0);
    for (std::size_t lane = 0; lane < sum_.size(); ++lane) {
        std::uint64_t part = 0;
        for (std::size_t i = 8; i-- > 0;) part = part << 8 | digest[lane * 8 + i];
        sum_[lane] += part;
    }
    ++rows_;
}

std::string Checksum::hex() const { return fmt::format("{:016x}{:016x}{:016x}{:016x}", sum_[0], sum_[1], sum_[2], sum_[3]); }

}  // namespace db
