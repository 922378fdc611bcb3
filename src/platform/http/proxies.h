#pragma once
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/result.h"
#include "platform/http/message.h"

namespace http {

// An address as 16 bytes, IPv4 mapped into IPv6, so that both compare alike.
using AddressBytes = std::array<unsigned char, 16>;
std::optional<AddressBytes> parse_address(std::string_view);
std::string text_of(const AddressBytes&);     // "192.0.2.7", "2001:db8::1"
std::string network_of(const AddressBytes&);  // for logs: "192.0.2.0", "2001:db8:1::"
// What counts as one client where clients are limited: an IPv4 address, the /64 of an IPv6 address.
std::string client_of(const AddressBytes&);

// The proxies whose word on the client is believed.
class TrustedProxies {
  public:
    static base::Result<TrustedProxies> parse(const std::vector<std::string>& networks);
    bool contains(const AddressBytes&) const;
    // Fills remote and secure from the connection's peer, or from X-Forwarded-For and X-Forwarded-Proto where the peer is trusted: the rightmost
    // address that is no trusted proxy, as everything left of it was written by the client.
    AddressBytes apply(const AddressBytes& peer, Request&) const;

  private:
    struct Network {
        AddressBytes address;
        unsigned bits = 128;
    };
    std::vector<Network> networks_;
};

}  // namespace http
