#include "platform/http/proxies.h"

#include <arpa/inet.h>

#include <charconv>
#include <cstring>

#include "platform/http/text.h"

namespace http {

namespace {

constexpr std::array<unsigned char, 12> mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

bool is_v4(const AddressBytes& a) { return std::equal(mapped.begin(), mapped.end(), a.begin()); }

AddressBytes blanked_after(AddressBytes a, unsigned bits) {
    for (unsigned i = 0; i < 16; ++i) {
        const unsigned kept = bits <= i * 8 ? 0 : std::min(8u, bits - i * 8);
        a[i] = static_cast<unsigned char>(a[i] & (0xFF00u >> kept));
    }
    return a;
}

}  // namespace

std::optional<AddressBytes> parse_address(std::string_view text) {
    const std::string zero_ended(text.substr(0, text.find('%')));
    AddressBytes out{};
    if (::inet_pton(AF_INET6, zero_ended.c_str(), out.data()) == 1) return out;
    std::copy(mapped.begin(), mapped.end(), out.begin());
    if (::inet_pton(AF_INET, zero_ended.c_str(), out.data() + 12) == 1) return out;
    return std::nullopt;
}

std::string text_of(const AddressBytes& a) {
    char text[INET6_ADDRSTRLEN] = "";
    if (is_v4(a))
        ::inet_ntop(AF_INET, a.data() + 12, text, sizeof text);
    else
        ::inet_ntop(AF_INET6, a.data(), text, sizeof text);
    return text;
}

std::string network_of(const AddressBytes& a) { return text_of(blanked_after(a, is_v4(a) ? 96 + 24 : 48)); }
std::string client_of(const AddressBytes& a) { return is_v4(a) ? text_of(a) : text_of(blanked_after(a, 64)); }

base::Result<TrustedProxies> TrustedProxies::parse(const std::vector<std::string>& networks) {
    TrustedProxies out;
    for (const auto& text : networks) {
        const auto slash = text.find('/');
        const auto address = parse_address(std::string_view(text).substr(0, slash));
        if (!address) return base::error(base::ErrorKind::invalid_input, "trusted proxy is no address or network: " + text);
        const unsigned width = is_v4(*address) ? 32 : 128;
        unsigned bits = width;
        if (slash != std::string::npos) {
            const auto* end = text.data() + text.size();
            const auto [stop, failure] = std::from_chars(text.data() + slash + 1, end, bits);
            if (failure != std::errc() || stop != end || bits > width)
                return base::error(base::ErrorKind::invalid_input, "trusted proxy has a bad prefix length: " + text);
        }
        bits += 128 - width;
        out.networks_.push_back({blanked_after(*address, bits), bits});
    }
    return out;
}

bool TrustedProxies::contains(const AddressBytes& address) const {
    return std::any_of(networks_.begin(), networks_.end(), [&](const Network& n) { return blanked_after(address, n.bits) == n.address; });
}

AddressBytes TrustedProxies::apply(const AddressBytes& peer, Request& request) const {
    AddressBytes client = peer;
    if (contains(peer)) {
        std::vector<std::string_view> chain;
        for (const auto& [name, value] : request.headers.items())
            if (same_ignoring_case(name, "x-forwarded-for"))
                for (const auto member : list_members(value)) chain.push_back(member);
        for (auto member = chain.rbegin(); member != chain.rend() && contains(client); ++member) {
            const auto address = parse_address(*member);
            if (!address) break;
            client = *address;
        }
        request.secure = same_ignoring_case(request.headers.view("x-forwarded-proto"), "https");
    }
    request.remote = text_of(client);
    return client;
}

}  // namespace http
