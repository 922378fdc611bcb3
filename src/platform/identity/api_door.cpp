#include "platform/identity/api_door.h"

#include <algorithm>

#include "platform/http/rate_limit.h"
#include "platform/identity/passwords.h"

namespace identity {
namespace {

constexpr std::string_view scheme = "bearer ";

http::Response later(http::Response response, std::chrono::seconds wait) {
    response.headers.set("Retry-After", std::to_string(std::max<std::int64_t>(1, wait.count())));
    return response;
}

}  // namespace

bool comes_with_token(const http::Request& request) { return request.path.starts_with("/api/") && request.headers.has("authorization"); }

std::string bearer_of(const http::Request& request) {
    const auto header = request.headers.view("authorization");
    if (header.size() <= scheme.size() || header.size() > 200) return {};
    for (std::size_t i = 0; i < scheme.size(); ++i)
        if ((header[i] >= 'A' && header[i] <= 'Z' ? header[i] + ('a' - 'A') : header[i]) != scheme[i]) return {};
    const auto token = header.substr(scheme.size());
    return token.starts_with(api_token_prefix) ? std::string(token) : std::string();
}

http::Handler with_api_door(http::Handler programs, http::Handler browsers, ApiDoor door) {
    struct Shared {
        http::Handler programs, browsers;
        ApiDoor door;
        http::RateLimiter tokens, addresses;
    };
    const auto shared = std::shared_ptr<Shared>(new Shared{std::move(programs), std::move(browsers), door,
                                                           http::RateLimiter({.per_second = door.per_second, .burst = door.burst}),
                                                           http::RateLimiter({.per_second = door.wrong_per_second, .burst = door.wrong_burst})});
    return [shared](const http::Request& request) {
        if (!comes_with_token(request)) return shared->browsers(request);
        const auto& refused = shared->door.refused;
        const auto token = bearer_of(request);
        const auto open = token.empty() ? std::optional<OpenApiToken>{} : shared->door.accounts.by_api_token(token);
        if (!open) {
            // Guessing 256 bits is hopeless, but it shall not cost us time either.
            if (!shared->addresses.allow(request.remote)) return later(refused(request, 429), shared->addresses.wait(request.remote));
            auto response = refused(request, 401);
            response.headers.set("WWW-Authenticate", "Bearer realm=\"Miteinander\", error=\"invalid_token\"");
            return response;
        }
        const auto key = token_hash(token);
        if (!shared->tokens.allow(key)) return later(refused(request, 429), shared->tokens.wait(key));
        const auto needed = scope_needed(request.method, request.path);
        if (open->confined || std::find(open->scopes.begin(), open->scopes.end(), needed) == open->scopes.end()) {
            auto response = refused(request, 403);
            response.headers.set("WWW-Authenticate",
                                 "Bearer realm=\"Miteinander\", error=\"insufficient_scope\", scope=\"" + std::string(name_of(needed)) + "\"");
            return response;
        }
        auto plain = request;
        plain.headers.remove("cookie");
        return shared->programs(plain);
    };
}

}  // namespace identity
