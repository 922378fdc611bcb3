#include "platform/http/security_headers.h"

namespace http {

void add_security_headers(const Request& request, Response& response) {
    const auto otherwise = [&](std::string_view name, std::string_view value) {
        if (!response.headers.has(name)) response.headers.add(name, std::string(value));
    };
    otherwise("content-security-policy", strict_policy);
    otherwise("x-content-type-options", "nosniff");
    // Not "no-referrer": with it browsers send "Origin: null" with our own forms, and the check against foreign forms would refuse them.
    otherwise("referrer-policy", "same-origin");
    otherwise("permissions-policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()");
    otherwise("cross-origin-opener-policy", "same-origin");
    otherwise("cross-origin-resource-policy", "same-origin");
    otherwise("cache-control", "no-store");
    if (request.secure) otherwise("strict-transport-security", "max-age=31536000");
}

Handler with_security_headers(Handler handler) {
    return [handler = std::move(handler)](const Request& request) {
        Response response = handler(request);
        add_security_headers(request, response);
        return response;
    };
}

}  // namespace http
