#pragma once
#include "platform/http/message.h"

namespace http {

// All scripts, styles, fonts and requests from this site alone, nothing inline, no frames. Icons of the design system are data: images.
inline constexpr std::string_view strict_policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'";

// Adds what a handler has not set itself: the policy above, nosniff, Referrer-Policy, Permissions-Policy, the isolation of the window,
// Cache-Control: no-store, and Strict-Transport-Security behind TLS.
Handler with_security_headers(Handler);
void add_security_headers(const Request&, Response&);

}  // namespace http
