#pragma once
// The other side of the sign-in: where a provider's doors are, its keys, and the exchange of a code for a token.
#include <mutex>

#include "platform/identity/oidc/token.h"

namespace identity::oidc {

// One request to a provider. Only https, or http to this machine; no redirects; a megabyte and ten seconds at most.
struct Call {
    std::string url;
    std::string form;            // a POST with this body; empty: GET
    std::string user, password;  // for the client's own authentication
};
using Fetch = std::function<base::Result<std::string>(const Call&)>;
base::Result<std::string> fetch(const Call&);
bool is_safe_address(std::string_view url);

struct Doors {
    std::string authorization, token, jwks;
};

class Provider {
  public:
    explicit Provider(Fetch f = fetch) : fetch_(std::move(f)) {}
    // Discovery, kept for an hour. The issuer it names must be the one asked (OpenID Connect Discovery 4.3).
    base::Result<Doors> doors(const std::string& issuer, base::Instant now);
    // The ID token a code stands for.
    base::Result<std::string> exchange(const std::string& issuer, const std::string& client_id, const std::string& secret, const std::string& code,
                                       const std::string& verifier, const std::string& redirect, base::Instant now);
    // Verified with the keys as kept; with fresh ones when the token names a key we do not know, at most once a minute.
    base::Result<Claims> verified(const std::string& token, const Expected&);

  private:
    base::Result<std::vector<Key>> keys(const std::string& issuer, base::Instant now, bool fresh);

    const Fetch fetch_;
    std::mutex mutex_;
    std::string issuer_;
    Doors doors_;
    base::Instant doors_at_{};
    std::vector<Key> keys_;
    base::Instant keys_at_{};
};

}  // namespace identity::oidc
