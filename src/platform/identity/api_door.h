#pragma once
// The door of programs: requests to /api with a token in the header Authorization. They need no token against forged forms, since no browser sends
// this header by itself; a cookie beside it counts for nothing.
#include "platform/identity/accounts.h"
#include "platform/identity/api_tokens.h"

namespace identity {

// Whether a request comes by this door: then its cookies are nobody's.
bool comes_with_token(const http::Request&);
// The token of the header, "" when it is none.
std::string bearer_of(const http::Request&);

struct ApiDoor {
    Accounts& accounts;
    std::function<http::Response(const http::Request&, int status)> refused;  // 401, 403 and 429 in the words of the site
    double per_second = 10, burst = 120;                                      // of one token
    double wrong_per_second = 0.2, wrong_burst = 20;                          // of one address with tokens that do not work
};
// Requests with a token go to `programs`, all others to `browsers`.
http::Handler with_api_door(http::Handler programs, http::Handler browsers, ApiDoor);

}  // namespace identity
