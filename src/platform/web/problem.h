#pragma once
#include <string>

#include "platform/web/context.h"

namespace web {

// 405 in the site's look; the router calls it.
http::Response method_not_allowed(const Context&, const std::string& allow);

// The page for a request that no handler has seen: the server refused it with this status.
http::Response refused(const Context&, int status);

}  // namespace web
