#pragma once
// Reads the CBOR that authenticators write (RFC 8949 in the canonical form of CTAP 2.1, section 8): definite lengths in their shortest form, integers,
// strings, arrays, maps, true, false and null. Nothing is copied, and no memory follows a length somebody claims (ADR 17).
#include <cstdint>
#include <optional>
#include <string_view>

namespace identity::webauthn {

struct Item {
    enum class Kind { number, bytes, text, array, map, simple };
    Kind kind = Kind::simple;
    std::int64_t number = 0;   // of a number; of true, false and null its value: 21, 20, 22
    std::string_view string;   // of bytes and text
    std::uint64_t length = 0;  // of an array its items, of a map its pairs
};

class Cbor {
  public:
    explicit Cbor(std::string_view bytes) : rest_(bytes) {}
    // The next item; of an array or map its head only, its content follows. Nothing when the bytes end or are not of this form.
    std::optional<Item> next();
    // Passes over the next item with all it holds; false as above, and where it is nested deeper than an authenticator writes.
    bool skip(int levels = 4);
    // What has not been read.
    std::string_view rest() const { return rest_; }

  private:
    std::optional<std::uint64_t> argument(unsigned char info);
    std::string_view rest_;
};

}  // namespace identity::webauthn
