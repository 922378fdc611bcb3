#pragma once
#include "platform/http/beast/asio.h"
#include "platform/http/server.h"

namespace http {

struct Listener {
    Tcp::acceptor acceptor;
    std::uint16_t port = 0;
    std::string url;
    bool inherited = false;  // of systemd
};

// The sockets handed over by systemd, or new ones on the configured addresses.
base::Result<std::vector<Listener>> open_listeners(asio::io_context&, const Options&);

}  // namespace http
